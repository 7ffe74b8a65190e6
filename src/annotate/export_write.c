/*
 * export_write - rows of labels as CSV and as JSON lines.
 */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "annotate/export_rows.h"
#include "common/base/number.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/file/csv.h"
#include "common/file/json.h"

/* In this order; the first three are what mien-eval agree reads. */
const char *const export_columns[] = {
    "item",      "annotator",    "value",      "question",  "text",
    "intensity", "note",         "flagged",    "flag_text", "skip_reason",
    "skip_text", "bundle",       "position",   "role",      "opened",
    "hearings",  "heard_to_end", "reaction_s", "active_s",  "revised",
    "opened_at", "submitted_at", "gain_db",    NULL,
};

const char *const export_pair_columns[] = { "first", "second", "swapped",
                                            "chosen", NULL };

enum {
    COLUMN_COUNT = LENGTH_OF(export_columns) - 1,
    PAIR_COUNT = LENGTH_OF(export_pair_columns) - 1,
    TIME_SIZE = 40
};

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

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* "affect", "affect.x". */
static void put_question(const struct export_row *row, struct buf *out)
{
    buf_add_text(out, row->question);
    if (row->axis)
        buf_addf(out, ".%c", row->axis);
}

/* A point of a grid has two rows: the number of this one. */
static double number_of(const struct export_row *row)
{
    return row->axis == 'y' ? row->answer->rise : row->answer->number;
}

static bool is_number(const struct export_row *row)
{
    return row->answer->kind == EVENT_VALUE_NUMBER ||
           row->answer->kind == EVENT_VALUE_PAIR;
}

static bool is_pair(const struct export_row *row)
{
    return row->first && *row->first;
}

/*
 * A value as it is told: of two that were compared, by the pair's own first
 * and second, however they were met.
 */
static const char *told(const struct export_row *row, size_t i)
{
    const char *value = row->answer->values.item[i];

    if (!row->compares || !row->swapped)
        return value;
    if (text_equal(value, COMPARE_FIRST))
        return COMPARE_SECOND;
    return text_equal(value, COMPARE_SECOND) ? COMPARE_FIRST : value;
}

/* The item that was chosen of two, else "". */
static const char *chosen(const struct export_row *row)
{
    if (!row->compares || row->reserved || row->answer->values.count != 1)
        return "";
    if (text_equal(told(row, 0), COMPARE_FIRST))
        return row->first;
    return text_equal(told(row, 0), COMPARE_SECOND) ? row->second : "";
}

/* Several values have "|" between them. */
static void put_value(const struct export_row *row, struct buf *out)
{
    char text[NUMBER_TEXT_SIZE];

    if (row->reserved) {
        buf_add_text(out, row->reserved);
        return;
    }
    if (is_number(row))
        buf_add_text(out, number_format(number_of(row), text));
    for (size_t i = 0; i < row->answer->values.count; i++)
        buf_addf(out, "%s%s", i ? "|" : "", told(row, i));
}

static void fill_pair(const struct export_row *row,
                      struct buf cells[PAIR_COUNT])
{
    buf_add_text(&cells[0], row->first);
    buf_add_text(&cells[1], row->second);
    buf_add_text(&cells[2], is_pair(row) ? row->swapped ? "1" : "0" : "");
    buf_add_text(&cells[3], chosen(row));
}

/* The cells of a row, as text, owned by `cells`. */
static void fill_cells(const struct export_row *row,
                       struct buf cells[COLUMN_COUNT])
{
    const struct fold_entry *entry = row->entry;
    char text[NUMBER_TEXT_SIZE];
    char time_text[TIME_SIZE];
    size_t c = 0;

    buf_add_text(&cells[c++], row->item);
    buf_add_text(&cells[c++], row->annotator);
    put_value(row, &cells[c++]);
    put_question(row, &cells[c++]);
    buf_add_text(&cells[c++], or_empty(row->answer ? row->answer->text : NULL));
    if (row->answer && row->answer->has_intensity)
        buf_add_text(&cells[c], number_format(row->answer->intensity, text));
    c++;
    buf_add_text(&cells[c++], or_empty(entry->note));
    buf_add_text(&cells[c++], entry->flagged ? "1" : "0");
    buf_add_text(&cells[c++], or_empty(entry->flag_text));
    buf_add_text(&cells[c++], or_empty(entry->skip_reason));
    buf_add_text(&cells[c++], or_empty(entry->skip_text));
    buf_addf(&cells[c++], "%" PRId64, row->bundle);
    buf_addf(&cells[c++], "%" PRId64, row->position);
    buf_add_text(&cells[c++], row->role);
    buf_addf(&cells[c++], "%d", entry->opened);
    if (!row->unheard) {
        buf_addf(&cells[c], "%d", entry->hearings);
        buf_addf(&cells[c + 1], "%d", entry->heard_to_end);
    }
    c += 2;
    if (entry->reaction_us >= 0)
        buf_add_text(&cells[c],
                     number_format_seconds(entry->reaction_us, text));
    c++;
    buf_add_text(&cells[c++], number_format_seconds(entry->active_us, text));
    buf_addf(&cells[c++], "%d", entry->revised);
    buf_add_text(&cells[c++], format_time(entry->first_wall_us, time_text));
    buf_add_text(&cells[c++], format_time(entry->last_wall_us, time_text));
    if (entry->has_gain)
        buf_add_text(&cells[c], number_format(entry->gain_db, text));
}

void export_csv(const struct export_rows *rows, struct buf *out)
{
    bool pairs = rows->protocol->unit == UNIT_PAIR;
    size_t count = COLUMN_COUNT + (pairs ? PAIR_COUNT : 0);
    const char *fields[COLUMN_COUNT + PAIR_COUNT];

    for (size_t c = 0; c < count; c++)
        fields[c] = c < COLUMN_COUNT ? export_columns[c]
                                     : export_pair_columns[c - COLUMN_COUNT];
    csv_put_row(out, fields, count);
    for (size_t i = 0; i < rows->count; i++) {
        struct buf cells[COLUMN_COUNT + PAIR_COUNT] = { 0 };

        fill_cells(&rows->item[i], cells);
        if (pairs)
            fill_pair(&rows->item[i], cells + COLUMN_COUNT);
        for (size_t c = 0; c < count; c++)
            fields[c] = buf_text(&cells[c]);
        csv_put_row(out, fields, count);
        for (size_t c = 0; c < count; c++)
            buf_release(&cells[c]);
    }
}

static void put_json_value(struct json_writer *json,
                           const struct export_row *row)
{
    json_put_key(json, "value");
    if (row->reserved) {
        json_put_text(json, row->reserved);
    } else if (is_number(row)) {
        json_put_number(json, number_of(row));
    } else if (row->answer->kind == EVENT_VALUE_TEXT) {
        json_put_text(json, told(row, 0));
    } else {
        json_begin_list(json);
        for (size_t i = 0; i < row->answer->values.count; i++)
            json_put_text(json, told(row, i));
        json_end_list(json);
    }
}

static void pair_some(struct json_writer *json, const char *key,
                      const char *text)
{
    json_pair_text(json, key, text && *text ? text : NULL);
}

static void put_seconds(struct json_writer *json, const char *key, int64_t us)
{
    json_put_key(json, key);
    if (us >= 0)
        json_put_number(json, (double)us / 1e6);
    else
        json_put_null(json);
}

/* How often; null where nobody counted. */
static void put_times(struct json_writer *json, const char *key, int times)
{
    json_put_key(json, key);
    if (times < 0)
        json_put_null(json);
    else
        json_put_int(json, times);
}

/* How it came about: hearings and times. */
static void put_json_work(struct json_writer *json,
                          const struct export_row *row)
{
    const struct fold_entry *entry = row->entry;
    char text[TIME_SIZE];

    json_pair_int(json, "opened", entry->opened);
    put_times(json, "hearings", row->unheard ? -1 : entry->hearings);
    put_times(json, "heard_to_end", row->unheard ? -1 : entry->heard_to_end);
    put_seconds(json, "reaction_s", entry->reaction_us);
    put_seconds(json, "active_s", entry->active_us);
    json_pair_int(json, "revised", entry->revised);
    pair_some(json, "opened_at", format_time(entry->first_wall_us, text));
    pair_some(json, "submitted_at", format_time(entry->last_wall_us, text));
    json_put_key(json, "gain_db");
    if (entry->has_gain)
        json_put_number(json, entry->gain_db);
    else
        json_put_null(json);
}

void export_json_row(const struct export_row *row, struct buf *out)
{
    const struct fold_entry *entry = row->entry;
    struct json_writer json;
    struct buf question = { 0 };

    json_writer_init(&json, out, 0);
    json_begin_object(&json);
    json_pair_text(&json, "item", row->item);
    json_pair_text(&json, "annotator", row->annotator);
    put_json_value(&json, row);
    put_question(row, &question);
    json_pair_text(&json, "question", buf_text(&question));
    buf_release(&question);
    pair_some(&json, "text", row->answer ? row->answer->text : NULL);
    json_put_key(&json, "intensity");
    if (row->answer && row->answer->has_intensity)
        json_put_number(&json, row->answer->intensity);
    else
        json_put_null(&json);
    pair_some(&json, "note", entry->note);
    json_pair_bool(&json, "flagged", entry->flagged);
    pair_some(&json, "flag_text", entry->flag_text);
    pair_some(&json, "skip_reason", entry->skip_reason);
    pair_some(&json, "skip_text", entry->skip_text);
    json_pair_int(&json, "bundle", row->bundle);
    json_pair_int(&json, "position", row->position);
    json_pair_text(&json, "role", row->role);
    put_json_work(&json, row);
    if (is_pair(row)) {
        json_pair_text(&json, "first", row->first);
        json_pair_text(&json, "second", row->second);
        json_pair_bool(&json, "swapped", row->swapped);
        pair_some(&json, "chosen", chosen(row));
    }
    json_end_object(&json);
}

void export_jsonl(const struct export_rows *rows, struct buf *out)
{
    for (size_t i = 0; i < rows->count; i++) {
        export_json_row(&rows->item[i], out);
        buf_add_char(out, '\n');
    }
}
