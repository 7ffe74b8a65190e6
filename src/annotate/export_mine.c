/*
 * export_mine - annotators get their own record.
 */
#include <config.h>

#include "annotate/export_mine.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annotate/export_mine_marks.h"
#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/cli/output.h"
#include "common/file/csv.h"
#include "common/file/json.h"
#include "common/store/bundle.h"
#include "common/study/protocol.h"

static const char *const columns[] = {
    "item",
    "practice",
    "question",
    "value",
    "text",
    "intensity",
    "note",
    "flagged",
    "skipped",
    "hearings",
    "reaction_s",
    "active_s",
    "opened_at",
    "submitted_at",
    "tier",
    "start",
    "end",
    "start_uncertainty",
    "end_uncertainty",
    "attributes",
};

enum { COLUMN_COUNT = LENGTH_OF(columns), TIME_SIZE = 40 };

/* "2026-11-21T12:34:56.123456Z"; "" when there is none. */
static const char *format_time(int64_t wall_us, char out[TIME_SIZE])
{
    time_t seconds = (time_t)(wall_us / 1000000);
    char day[24];
    struct tm tm;

    out[0] = '\0';
    if (wall_us >= 0 && gmtime_r(&seconds, &tm) &&
        strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &tm) > 0)
        snprintf(out, TIME_SIZE, "%s.%06dZ", day, (int)(wall_us % 1000000));
    return out;
}

static void add_value(const struct event_answer *answer, struct buf *out)
{
    char text[NUMBER_TEXT_SIZE];

    if (answer->kind == EVENT_VALUE_NUMBER)
        buf_add_text(out, number_format(answer->number, text));
    for (size_t i = 0; i < answer->values.count; i++)
        buf_addf(out, "%s%s", i ? "|" : "", answer->values.item[i]);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/*
 * A point of a grid as two answers, affect.x and affect.y, as exports have
 * it; another answer as it is.  How many there are; to be released.
 */
static int split_axes(const struct event_answer *answer,
                      struct event_answer out[2])
{
    bool pair = answer->kind == EVENT_VALUE_PAIR;
    int count = pair ? 2 : 1;

    for (int i = 0; i < count; i++) {
        event_answer_copy(&out[i], answer);
        if (!pair)
            break;
        free(out[i].question);
        out[i].question = xasprintf("%s.%c", answer->question, "xy"[i]);
        out[i].kind = EVENT_VALUE_NUMBER;
        out[i].number = i == 0 ? answer->number : answer->rise;
    }
    return count;
}

/* What stands where an answer's value does. */
static void add_mark_value(const struct mine_mark *mark, struct buf *out)
{
    if (mark->segment)
        buf_add_text(out, mark->segment->label);
    else
        buf_addf(out, "%d", mark->pass->begin.version);
}

static void put_mark_cells(const struct mine_mark *mark, struct buf *cell,
                           size_t c)
{
    buf_add_text(&cell[c++], or_empty(mark->tier));
    mine_mark_seconds(mark->start_us, &cell[c++]);
    mine_mark_seconds(mark->end_us, &cell[c++]);
    mine_mark_seconds(mark->start_sd_us > 0 ? mark->start_sd_us : -1,
                      &cell[c++]);
    mine_mark_seconds(mark->end_sd_us > 0 ? mark->end_sd_us : -1, &cell[c++]);
    mine_mark_attributes(mark, &cell[c]);
}

/* The table; whether anybody counted what was heard. */
struct rows {
    struct buf *out; /* borrowed */
    bool heard;
};

/* Of an answer, of a mark, or, with neither, of an item that was skipped. */
static void put_row(const struct fold_entry *entry, size_t index,
                    const struct event_answer *answer,
                    const struct mine_mark *mark, const struct rows *rows)
{
    struct buf cell[COLUMN_COUNT] = { 0 };
    const char *field[COLUMN_COUNT];
    char text[NUMBER_TEXT_SIZE];
    char time_text[TIME_SIZE];
    size_t c = 0;

    buf_addf(&cell[c++], "%zu", index + 1);
    buf_add_text(&cell[c++], entry->practice ? "1" : "0");
    buf_add_text(&cell[c++], answer ? answer->question
                             : mark ? mark->question
                                    : "");
    if (answer)
        add_value(answer, &cell[c]);
    else if (mark)
        add_mark_value(mark, &cell[c]);
    c++;
    buf_add_text(&cell[c++], or_empty(answer ? answer->text : NULL));
    if (answer && answer->has_intensity)
        buf_add_text(&cell[c], number_format(answer->intensity, text));
    c++;
    buf_add_text(&cell[c++], mark && mark->segment ? mark->segment->note
                                                   : or_empty(entry->note));
    buf_add_text(&cell[c++], entry->flagged ? "1" : "0");
    buf_add_text(&cell[c++], or_empty(entry->skip_reason));
    if (rows->heard)
        buf_addf(&cell[c], "%d", entry->hearings);
    c++;
    if (entry->reaction_us >= 0)
        buf_add_text(&cell[c], number_format_seconds(entry->reaction_us, text));
    c++;
    buf_add_text(&cell[c++], number_format_seconds(entry->active_us, text));
    buf_add_text(&cell[c++], format_time(entry->first_wall_us, time_text));
    buf_add_text(&cell[c++], format_time(entry->last_wall_us, time_text));
    if (mark)
        put_mark_cells(mark, cell, c);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        field[i] = buf_text(&cell[i]);
    csv_put_row(rows->out, field, COLUMN_COUNT);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        buf_release(&cell[i]);
}

static void put_answered(const struct fold_entry *entry, size_t index,
                         const struct event_answer *answer,
                         const struct rows *rows)
{
    struct event_answer axis[2];
    int count = split_axes(answer, axis);

    for (int i = 0; i < count; i++) {
        put_row(entry, index, &axis[i], NULL, rows);
        event_answer_release(&axis[i]);
    }
}

static void put_marks(const struct fold_entry *entry, size_t index,
                      int64_t begins_us, const struct rows *rows)
{
    struct mine_marks marks;

    mine_marks_list(entry, begins_us, &marks);
    for (size_t i = 0; i < marks.count; i++)
        put_row(entry, index, NULL, &marks.item[i], rows);
    free(marks.item);
}

static void put_rows(const struct bundle *bundle, const struct fold *fold,
                     const struct rows *rows)
{
    csv_put_row(rows->out, columns, COLUMN_COUNT);
    for (size_t i = 0; i < fold->count; i++) {
        const struct fold_entry *entry = &fold->entry[i];

        if (entry->skipped)
            put_row(entry, i, NULL, NULL, rows);
        for (size_t a = 0; !entry->skipped && a < entry->answers.count; a++)
            if (entry->answers.item[a].kind != EVENT_VALUE_NONE)
                put_answered(entry, i, &entry->answers.item[a], rows);
        if (!entry->skipped)
            put_marks(entry, i, bundle_entry(bundle, i)->start_us, rows);
    }
}

static bool put_table(struct bundle *bundle, const struct fold *fold,
                      struct buf *out, struct error *err)
{
    const char *text = bundle_protocol(bundle);
    struct protocol *protocol =
        protocol_parse(text, strlen(text), "protocol", err);
    struct rows rows = { .out = out };

    if (!protocol)
        return false;
    rows.heard = protocol_journals_hearing(protocol);
    protocol_free(protocol);
    put_rows(bundle, fold, &rows);
    return true;
}

struct listing {
    struct json_writer json;
    const struct fold *fold;
};

static bool put_event(void *context, const struct event *event,
                      struct error *err)
{
    struct listing *listing = context;
    struct json_writer *json = &listing->json;
    size_t entry = fold_find(listing->fold, event->entry);
    char text[TIME_SIZE];

    (void)err;
    json_begin_object(json);
    json_pair_text(json, "at", format_time(event->wall_us, text));
    json_pair_text(json, "kind", event->name);
    if (entry < listing->fold->count)
        json_pair_int(json, "item", (int64_t)entry + 1);
    if (event->media_us >= 0)
        json_pair_number(json, "media_s", (double)event->media_us / 1e6);
    /* As it was written: the very bytes that the journal's hash is of.  But a
     * pause gives nothing away here either: its rule tells of what is hidden
     * in the work. */
    json_pair_text(json, "payload",
                   event->kind == EVENT_PAUSED ? NULL : event->payload);
    json_end_object(json);
    return true;
}

static void put_answer(struct json_writer *json, size_t item,
                       const struct fold_entry *entry,
                       const struct event_answer *answer)
{
    struct event_answer axis[2];
    int count = split_axes(answer, axis);

    for (int i = 0; i < count; i++) {
        struct buf value = { 0 };

        add_value(&axis[i], &value);
        json_begin_object(json);
        json_pair_int(json, "item", (int64_t)item + 1);
        json_pair_bool(json, "practice", entry->practice);
        json_pair_text(json, "question", axis[i].question);
        json_pair_text(json, "value", buf_text(&value));
        json_pair_text(json, "text", axis[i].text);
        json_end_object(json);
        buf_release(&value);
        event_answer_release(&axis[i]);
    }
}

static void put_json_marks(struct json_writer *json,
                           const struct bundle *bundle, const struct fold *fold)
{
    json_put_key(json, "marks");
    json_begin_list(json);
    for (size_t i = 0; i < fold->count; i++) {
        struct mine_marks marks;

        mine_marks_list(&fold->entry[i], bundle_entry(bundle, i)->start_us,
                        &marks);
        for (size_t m = 0; m < marks.count; m++)
            mine_mark_json(&marks.item[m], i, json);
        free(marks.item);
    }
    json_end_list(json);
}

static bool put_record(struct bundle *bundle, const struct fold *fold,
                       struct buf *out, struct error *err)
{
    struct listing listing = { .fold = fold };
    struct json_writer *json = &listing.json;
    bool good;

    json_writer_init(json, out, 2);
    json_begin_object(json);
    json_pair_text(json, "alias", bundle_alias(bundle));
    json_pair_text(json, "protocol", bundle_protocol(bundle));
    json_put_key(json, "about_me");
    json_begin_list(json);
    for (size_t i = 0; i < fold->person.count; i++) {
        struct buf value = { 0 };

        add_value(&fold->person.item[i], &value);
        json_begin_object(json);
        json_pair_text(json, "question", fold->person.item[i].question);
        json_pair_text(json, "value", buf_text(&value));
        json_end_object(json);
        buf_release(&value);
    }
    json_end_list(json);
    json_put_key(json, "answers");
    json_begin_list(json);
    for (size_t i = 0; i < fold->count; i++)
        for (size_t a = 0; a < fold->entry[i].answers.count; a++)
            if (fold->entry[i].answers.item[a].kind != EVENT_VALUE_NONE)
                put_answer(json, i, &fold->entry[i],
                           &fold->entry[i].answers.item[a]);
    json_end_list(json);
    put_json_marks(json, bundle, fold);
    json_put_key(json, "events");
    json_begin_list(json);
    good = bundle_events(bundle, put_event, &listing, err);
    json_end_list(json);
    json_end_object(json);
    buf_add_text(out, "\n");
    return good;
}

bool export_mine(const char *path, bool json, struct error *err)
{
    struct bundle *bundle = bundle_open(path, BUNDLE_READ, err);
    struct buf out = { 0 };
    struct fold fold;
    bool good = false;

    if (bundle && bundle_fold(bundle, &fold, err)) {
        good = json ? put_record(bundle, &fold, &out, err)
                    : put_table(bundle, &fold, &out, err);
        fold_release(&fold);
    }
    good = good && output_write(&out, err);
    buf_release(&out);
    bundle_close(bundle);
    return good;
}
