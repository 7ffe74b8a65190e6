/*
 * export_segments - the marks of everyone, one row a mark.
 *
 * Times are seconds from the beginning of the item.  Who handed an item in and
 * marked nothing on a tier has a row without start, end and label there: that
 * nothing was found is data, too (mien-ratings(5)).  Skipped items, and those
 * answered as not to be judged, have no rows here.
 */
#include <config.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/export_segments.h"
#include "common/base/log.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/file/csv.h"
#include "common/file/json.h"
#include "common/media/reader.h"

static const char *const fixed_columns[] = {
    "item",
    "annotator",
    "tier",
    "start",
    "end",
    "label",
    "duration",
    "question",
    "answer",
    "note",
    "bundle",
    "position",
    "role",
    "start_uncertainty",
    "end_uncertainty",
};

enum { FIXED = LENGTH_OF(fixed_columns) };

/* --- gathering ----------------------------------------------------------- */

/* What is known of an item's place in time; asked for once. */
struct export_place {
    const struct project_item *item;
    bool known;
    int64_t lasts_us; /* -1: unknown */
};

static int compare_places(const void *a, const void *b)
{
    const struct export_place *one = a;
    const struct export_place *two = b;

    return (one->item->number > two->item->number) -
           (one->item->number < two->item->number);
}

static void list_places(struct export_segments *all)
{
    size_t count = all->items.count;

    all->place = xcalloc(count + 1, sizeof(*all->place));
    for (size_t i = 0; i < count; i++)
        all->place[i].item = &all->items.item[i];
    qsort(all->place, count, sizeof(*all->place), compare_places);
}

int64_t export_medium_us(const char *folder, const char *file)
{
    char *path = path_join(folder, file);
    struct error err;
    struct reader *reader = reader_open_film(path, &err);
    int64_t us = -1;

    if (reader && reader_info(reader)->frames >= 0)
        us = reader_time_of(reader, reader_info(reader)->frames);
    reader_close(reader);
    free(path);
    return us;
}

/* Where the item begins in its medium, and how long it is. */
static void place_mark(struct export_segments *all, const char *folder,
                       int64_t number, struct export_mark *mark)
{
    const struct project_item wanted = { .number = number };
    const struct export_place key = { .item = &wanted };
    struct export_place *place = bsearch(&key, all->place, all->items.count,
                                         sizeof(*all->place), compare_places);

    mark->begins_us = 0;
    mark->lasts_us = -1;
    if (!place)
        return;
    if (!place->known) {
        int64_t end_us = place->item->end_us;

        if (end_us < 0 && place->item->file[0])
            end_us = export_medium_us(folder, place->item->file);
        place->lasts_us = end_us < 0 ? -1 : end_us - place->item->start_us;
        place->known = true;
    }
    mark->begins_us = place->item->start_us;
    mark->lasts_us = place->lasts_us;
}

static void add_tier(struct export_segments *all, struct export_mark mark,
                     const struct track *track, const char *tier)
{
    const struct track_tier *marks = track_tier(track, tier);

    mark.tier = tier;
    for (size_t i = 0; i < marks->count; i++) {
        mark.segment = marks->item[i];
        if (segment_runs(mark.segment))
            all->running++;
        else
            VEC_PUSH(all, mark);
    }
    if (marks->count == 0) {
        mark.segment = NULL;
        VEC_PUSH(all, mark);
    }
}

static void add_question(struct export_segments *all, struct export_mark mark,
                         const struct question *question)
{
    static const struct track empty = { 0 };
    const struct track *track = NULL;
    const struct event_answer *answer = NULL;
    const struct fold_tracks *tracks = &mark.entry->tracks;

    for (size_t i = 0; i < tracks->count; i++) {
        if (strcmp(tracks->item[i].question, question->id) == 0)
            track = &tracks->item[i].track;
    }
    for (size_t i = 0; i < mark.entry->answers.count; i++) {
        const struct event_answer *it = &mark.entry->answers.item[i];

        if (strcmp(it->question, question->id) == 0 &&
            it->kind != EVENT_VALUE_NONE)
            answer = it;
    }
    if (!track)
        track = &empty;
    mark.question = question;
    mark.answer = answer ? answer->values.item[0] : "";
    if (answer && track->count == 0 &&
        strcmp(mark.answer, answer_name(ANSWER_NONE)) != 0)
        return; /* not to be judged: no row says that nothing was found */
    if (!answer && track->count == 0 && !question->required)
        return; /* left out */
    for (size_t t = 0; t < question->tier_count; t++) {
        mark.order = t;
        add_tier(all, mark, track, question->tier[t].id);
    }
}

static void add_entry(struct export_segments *all, const char *folder,
                      size_t bundle, size_t index)
{
    const struct export_rows *rows = &all->rows;
    const struct export_source *source = &rows->source[bundle];
    const struct project_work *work = &source->works.item[index];
    struct export_mark mark = {
        .item = work->item_id,
        .annotator = rows->bundles.item[bundle].alias,
        .bundle = rows->bundles.item[bundle].number,
        .position = (int64_t)index + 1,
        .role = work->role,
        .entry = &source->fold.entry[index],
    };

    if (mark.entry->withdrawn || mark.entry->skipped ||
        mark.entry->submitted == 0 ||
        project_role_is_label(work->role) == rows->apart)
        return;
    place_mark(all, folder, work->item, &mark);
    for (size_t q = 0; q < rows->protocol->question_count; q++) {
        mark.question_order = q;
        if (rows->protocol->question[q].type == QUESTION_SEGMENTS)
            add_question(all, mark, &rows->protocol->question[q]);
    }
}

static int by_number(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_marks(const void *a, const void *b)
{
    const struct export_mark *one = a;
    const struct export_mark *two = b;
    int by = strcmp(one->item, two->item);

    if (by == 0)
        by = strcmp(one->annotator, two->annotator);
    if (by == 0)
        by = by_number(one->bundle, two->bundle);
    if (by == 0)
        by = by_number(one->position, two->position);
    if (by == 0)
        by = by_number((int64_t)one->question_order,
                       (int64_t)two->question_order);
    if (by == 0)
        by = by_number((int64_t)one->order, (int64_t)two->order);
    if (by == 0 && one->segment && two->segment) {
        by = by_number(one->segment->from_us, two->segment->from_us);
        if (by == 0)
            by = by_number(one->segment->to_us, two->segment->to_us);
        if (by == 0)
            by = strcmp(one->segment->label, two->segment->label);
        if (by == 0)
            by = memcmp(one->segment->id, two->segment->id, EVENT_HASH_SIZE);
    }
    return by;
}

void export_segments_sort(struct export_segments *all)
{
    if (all->count > 0)
        qsort(all->item, all->count, sizeof(*all->item), compare_marks);
    if (all->running > 0)
        log_warning("%zu marks of items that were handed in have no end and "
                    "are left out",
                    all->running);
}

bool export_segments_gather(struct project *project, bool apart,
                            struct export_segments *all, struct error *err)
{
    memset(all, 0, sizeof(*all));
    if (!export_gather(project, apart, &all->rows, err) ||
        !project_items(project, &all->items, err))
        return false;
    list_places(all);
    for (size_t b = 0; b < all->rows.source_count; b++) {
        for (size_t i = 0; i < all->rows.source[b].works.count; i++)
            add_entry(all, project_folder(project), b, i);
    }
    export_segments_sort(all);
    return true;
}

void export_segments_release(struct export_segments *all)
{
    export_release(&all->rows);
    project_items_release(&all->items);
    free(all->place);
    free(all->item);
    arena_release(&all->texts);
    memset(all, 0, sizeof(*all));
}

/* --- writing ------------------------------------------------------------- */

/* "TIER.ATTRIBUTE" of all questions; ids of tiers may come twice. */
static void list_attributes(const struct protocol *protocol,
                            struct text_list *out)
{
    for (size_t q = 0; q < protocol->question_count; q++) {
        const struct question *question = &protocol->question[q];

        for (size_t t = 0; t < question->tier_count; t++) {
            const struct tier *tier = &question->tier[t];

            for (size_t i = 0; i < tier->attribute_count; i++) {
                char *name =
                    xasprintf("%s.%s", tier->id, tier->attribute[i].id);

                if (!text_list_has(out, name))
                    text_list_add(out, name);
                free(name);
            }
        }
    }
}

/* The value that stands in the column "TIER.ATTRIBUTE"; "" for another tier. */
static const char *value_of(const struct export_mark *mark, const char *column)
{
    size_t length = strlen(mark->tier);

    if (!mark->segment || strncmp(column, mark->tier, length) != 0 ||
        column[length] != '.')
        return "";
    return segment_value(mark->segment, column + length + 1);
}

static void add_seconds(struct buf *out, int64_t us)
{
    char text[NUMBER_TEXT_SIZE];

    if (us >= 0)
        buf_add_text(out, number_format_seconds(us, text));
}

static bool is_point(const struct segment *segment)
{
    return segment->from_us == segment->to_us;
}

/* Nothing for an edge that was not timed, and for one that is not there. */
static int64_t sd_or_none(const struct segment *segment, bool of_end)
{
    int64_t us = 0;

    if (segment && !of_end)
        us = segment->from_sd_us;
    else if (segment && !is_point(segment))
        us = segment->to_sd_us;
    return us > 0 ? us : -1;
}

/* The cells of the fixed columns, as text. */
static void fill_cells(const struct export_mark *mark, struct buf cells[FIXED])
{
    const struct segment *segment = mark->segment;
    size_t c = 0;

    buf_add_text(&cells[c++], mark->item);
    buf_add_text(&cells[c++], mark->annotator);
    buf_add_text(&cells[c++], mark->tier);
    if (segment)
        add_seconds(&cells[c], segment->from_us - mark->begins_us);
    c++;
    if (segment && !is_point(segment))
        add_seconds(&cells[c], segment->to_us - mark->begins_us);
    c++;
    buf_add_text(&cells[c++], segment ? segment->label : "");
    add_seconds(&cells[c++], mark->lasts_us);
    buf_add_text(&cells[c++], mark->question->id);
    buf_add_text(&cells[c++], mark->answer);
    buf_add_text(&cells[c++], segment ? segment->note : "");
    buf_addf(&cells[c++], "%" PRId64, mark->bundle);
    buf_addf(&cells[c++], "%" PRId64, mark->position);
    buf_add_text(&cells[c++], mark->role);
    add_seconds(&cells[c++], sd_or_none(segment, false));
    add_seconds(&cells[c++], sd_or_none(segment, true));
}

void export_segments_csv(const struct export_segments *all, struct buf *out)
{
    struct text_list columns = { 0 };
    const char **fields;

    for (size_t i = 0; i < FIXED; i++)
        text_list_add(&columns, fixed_columns[i]);
    list_attributes(all->rows.protocol, &columns);
    fields = xcalloc(columns.count, sizeof(*fields));
    csv_put_row(out, (const char *const *)columns.item, columns.count);
    for (size_t m = 0; m < all->count; m++) {
        struct buf cells[FIXED] = { 0 };

        fill_cells(&all->item[m], cells);
        for (size_t i = 0; i < columns.count; i++)
            fields[i] = i < FIXED ? buf_text(&cells[i])
                                  : value_of(&all->item[m], columns.item[i]);
        csv_put_row(out, fields, columns.count);
        for (size_t i = 0; i < FIXED; i++)
            buf_release(&cells[i]);
    }
    free(fields);
    text_list_release(&columns);
}

static void pair_seconds(struct json_writer *json, const char *key, int64_t us)
{
    json_put_key(json, key);
    if (us >= 0)
        json_put_number(json, (double)us / 1e6);
    else
        json_put_null(json);
}

static void pair_some(struct json_writer *json, const char *key,
                      const char *text)
{
    json_pair_text(json, key, text[0] ? text : NULL);
}

static void put_json_mark(const struct export_mark *mark, struct buf *out)
{
    const struct segment *segment = mark->segment;
    struct json_writer json;

    json_writer_init(&json, out, 0);
    json_begin_object(&json);
    json_pair_text(&json, "item", mark->item);
    json_pair_text(&json, "annotator", mark->annotator);
    json_pair_text(&json, "tier", mark->tier);
    pair_seconds(&json, "start",
                 segment ? segment->from_us - mark->begins_us : -1);
    pair_seconds(
        &json, "end",
        segment && !is_point(segment) ? segment->to_us - mark->begins_us : -1);
    pair_some(&json, "label", segment ? segment->label : "");
    pair_seconds(&json, "duration", mark->lasts_us);
    json_pair_text(&json, "question", mark->question->id);
    pair_some(&json, "answer", mark->answer);
    pair_some(&json, "note", segment ? segment->note : "");
    json_pair_int(&json, "bundle", mark->bundle);
    json_pair_int(&json, "position", mark->position);
    json_pair_text(&json, "role", mark->role);
    pair_seconds(&json, "start_uncertainty", sd_or_none(segment, false));
    pair_seconds(&json, "end_uncertainty", sd_or_none(segment, true));
    json_put_key(&json, "attributes");
    json_begin_object(&json);
    for (size_t i = 0; segment && i < segment->values.count; i++)
        json_pair_text(&json, segment->values.item[i].attribute,
                       segment->values.item[i].value);
    json_end_object(&json);
    json_end_object(&json);
    buf_add_char(out, '\n');
}

void export_segments_jsonl(const struct export_segments *all, struct buf *out)
{
    for (size_t m = 0; m < all->count; m++)
        put_json_mark(&all->item[m], out);
}
