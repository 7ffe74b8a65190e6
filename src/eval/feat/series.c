/*
 * series - see series.h.
 */
#include <config.h>

#include "eval/feat/series.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/intern.h"
#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/file/csv.h"
#include "common/stat/describe.h"
#include "eval/feat/face_table.h"
#include "eval/feat/feature_read_internal.h"
#include "eval/feat/series_only.h"

enum { CHECK_EACH = 4096 /* rows */, ROOM = 64 };

const char *const series_time_names[] = { "time",      "time_s",   "t_s",
                                          "timestamp", "t",        "seconds",
                                          "unix_time", "datetime", NULL };

/* The file that is being read; column numbers, -1 where it has none. */
struct source {
    struct csv_reader *csv; /* owned */
    const char *path;
    const struct series_options *options;
    int time, item, confidence, success, score;
    size_t *at;   /* owned: columns taken, in the file */
    size_t count; /* of them */
    bool *sure;   /* owned: of each, a number was seen, or it was named */
    bool *none;   /* owned: of each, its first value is no number */
    struct series_only only;
    size_t rows, values; /* rows that --only leaves */
    size_t all_rows;
    struct error first; /* the first cell that is no number */
    struct intern items;
    struct {
        struct series_curve *item; /* owned; [item * count + column] */
        size_t count, capacity;
    } curves;
};

/* A tab or a semicolon where the header has one and no comma. */
static char separator_of(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[4096], out = ',';

    if (!file)
        return out; /* csv_open() says what is wrong */
    while (fgets(line, sizeof(line), file) && line[0] == '#')
        ;
    if (!ferror(file) && !strchr(line, ',')) {
        if (strchr(line, '\t'))
            out = '\t';
        else if (strchr(line, ';'))
            out = ';';
    }
    fclose(file);
    return out;
}

static int find(const struct csv_reader *csv, const char *name)
{
    char room[ROOM];

    for (size_t i = 0; i < csv_column_count(csv); i++)
        if (text_equal(series_trim(csv_column_name(csv, i), room, sizeof(room)),
                       name))
            return (int)i;
    return -1;
}

/* As find(), but missing is an error. */
static bool need(const struct source *source, const char *name, int *at,
                 struct error *err)
{
    *at = find(source->csv, name);
    return *at >= 0 || csv_need(source->csv, name, err) >= 0;
}

static bool find_time(struct source *source, struct error *err)
{
    const char *const *name = series_time_names;

    if (source->options->time)
        return need(source, source->options->time, &source->time, err);
    for (; source->time < 0 && *name; name++)
        source->time = find(source->csv, *name);
    if (source->time >= 0)
        return true;
    return error_set(err, ERROR_INPUT,
                     "%s: no column of time: none is called time, time_s, t_s, "
                     "timestamp, t, seconds, unix_time or datetime",
                     source->path);
}

static void take(struct source *source, int column, bool named)
{
    source->at[source->count] = (size_t)column;
    source->sure[source->count++] = named;
}

static bool find_columns(struct source *source, struct error *err)
{
    const struct text_list *named = source->options->columns;
    size_t all = csv_column_count(source->csv);
    size_t wanted = named ? named->count : 0;

    source->at = xcalloc(all + wanted + 1, sizeof(*source->at));
    source->sure = xcalloc(all + wanted + 1, sizeof(*source->sure));
    source->none = xcalloc(all + wanted + 1, sizeof(*source->none));
    if (!find_time(source, err) ||
        (source->options->item &&
         !need(source, source->options->item, &source->item, err)))
        return false;
    source->confidence = find(source->csv, "confidence");
    source->success = find(source->csv, "success");
    source->score = find(source->csv, "FaceScore");
    for (size_t i = 0; i < wanted; i++) {
        int at;

        if (!need(source, named->item[i], &at, err))
            return false;
        take(source, at, true);
    }
    for (size_t i = 0; wanted == 0 && i < all; i++)
        if ((int)i != source->time && (int)i != source->item)
            take(source, (int)i, false);
    return true;
}

/* NAN where the cell is empty or there is no such column. */
static double number_at(const struct csv_reader *csv, int column)
{
    char room[ROOM];
    double value = NAN;

    if (column < 0 ||
        !feature_read_number(
            series_trim(csv_field(csv, (size_t)column), room, sizeof(room)),
            &value))
        return NAN;
    return value;
}

static bool has_face(const struct source *source)
{
    const struct csv_reader *csv = source->csv;

    if (source->confidence >= 0 && source->success >= 0)
        return number_at(csv, source->success) == 1 &&
               number_at(csv, source->confidence) >= FACE_LEAST_CONFIDENCE;
    return source->score < 0 ||
           number_at(csv, source->score) >= FACE_LEAST_CONFIDENCE;
}

/* What says how far the others can be trusted is known without a face. */
static bool is_trust(const struct source *source, size_t column)
{
    return (int)column == source->confidence || (int)column == source->success;
}

/* A number that is none: its column is one of numbers all the same. */
static bool is_infinite(const char *text)
{
    text += *text == '-' || *text == '+';
    return strcasecmp(text, "inf") == 0 || strcasecmp(text, "infinity") == 0;
}

static bool read_cell(struct source *source, size_t column, double *value,
                      struct error *err)
{
    char room[ROOM];
    const char *text = series_trim(csv_field(source->csv, source->at[column]),
                                   room, sizeof(room));

    *value = NAN;
    if (source->none[column] || *text == '\0')
        return true;
    if (feature_read_number(text, value)) {
        source->sure[column] = source->sure[column] || !isnan(*value);
        return true;
    }
    *value = NAN;
    if (source->sure[column] || is_infinite(text))
        return csv_fail(source->csv, source->at[column], err,
                        "expected a number, or nothing where it is missing");
    source->none[column] = true;
    if (source->first.code == ERROR_NONE)
        csv_fail(source->csv, source->at[column], &source->first,
                 "expected a number: no column has one");
    return true;
}

static bool read_row(struct source *source, struct series *series,
                     struct error *err)
{
    const struct csv_reader *csv = source->csv;
    char room[ROOM];
    const char *text =
        series_trim(csv_field(csv, (size_t)source->time), room, sizeof(room));
    bool face = has_face(source);
    double seconds, value;
    size_t item;

    if (!series_parse_time(text, source->options->unit, &seconds))
        return csv_fail(csv, (size_t)source->time, err,
                        "expected a time: seconds such as 12.345, 00:16:16.059 "
                        "or 2019-06-11T21:23:45Z");
    item = intern_add(&source->items,
                      source->item < 0 ? ""
                                       : csv_field(csv, (size_t)source->item));
    while (source->curves.count < (item + 1) * source->count)
        VEC_PUSH(&source->curves, (struct series_curve){ 0 });
    series->faceless += !face;
    for (size_t c = 0; c < source->count; c++) {
        if (!read_cell(source, c, &value, err))
            return false;
        if (isnan(value) || (!face && !is_trust(source, source->at[c])))
            continue;
        series_push(&source->curves.item[item * source->count + c], seconds,
                    value);
        if (++source->values > SERIES_MAX_VALUES)
            return error_set(err, ERROR_LIMIT, "%s: more than %d values",
                             source->path, SERIES_MAX_VALUES);
    }
    return true;
}

static bool read_rows(struct source *source, struct series *series,
                      struct error *err)
{
    int got;

    while ((got = csv_next(source->csv, err)) > 0) {
        if (source->all_rows++ % CHECK_EACH == 0 && !interrupt_check(err))
            return false;
        if (!series_only_has(&source->only, source->csv))
            continue;
        source->rows++;
        if (!read_row(source, series, err))
            return false;
    }
    if (got != 0 || source->values > 0)
        return got == 0;
    if (source->rows > 0 && source->first.code != ERROR_NONE) {
        *err = source->first;
        return false;
    }
    return error_set(err, ERROR_INPUT,
                     source->all_rows == 0 ? "%s: has a header and no row"
                     : source->rows == 0   ? "%s: --only leaves no row"
                                           : "%s: has no number",
                     source->path);
}

/* Columns with numbers move to `series`; the others are only named. */
static void hand_over(struct source *source, struct series *series)
{
    struct series_curve *curve = source->curves.item;
    size_t items = source->items.names.count, to = 0;
    char room[ROOM];

    for (size_t i = 0; i < items; i++)
        text_list_add(&series->items, source->items.names.item[i]);
    for (size_t c = 0; c < source->count; c++)
        text_list_add(source->sure[c] ? &series->columns : &series->left_out,
                      series_trim(csv_column_name(source->csv, source->at[c]),
                                  room, sizeof(room)));
    for (size_t i = 0; i < items; i++)
        for (size_t c = 0; c < source->count; c++)
            if (source->sure[c])
                curve[to++] = curve[i * source->count + c];
    series->curve = curve;
    source->curves.item = NULL;
    source->curves.count = 0;
}

bool series_read(const char *path, const struct series_options *options,
                 struct series *series, struct error *err)
{
    struct csv_options csv = { .separator = separator_of(path) };
    struct source source = {
        .path = path, .options = options, .time = -1, .item = -1
    };
    bool good = false;

    *series = (struct series){ .start_s = NAN };
    source.csv = csv_open(path, &csv, err);
    if (!source.csv || !find_columns(&source, err) ||
        !series_only_find(&source.only, options->only, source.csv,
                          options->only_has, err) ||
        !read_rows(&source, series, err))
        goto failed;
    hand_over(&source, series);
    series_finish(series);
    good = true;
failed:
    for (size_t i = 0; i < source.curves.count; i++) {
        free(source.curves.item[i].time);
        free(source.curves.item[i].value);
    }
    free(source.curves.item);
    intern_release(&source.items);
    free(source.at);
    free(source.sure);
    free(source.none);
    series_only_release(&source.only);
    csv_close(source.csv);
    return good;
}

void series_release(struct series *series)
{
    for (size_t i = 0; i < series->items.count * series->columns.count; i++) {
        free(series->curve[i].time);
        free(series->curve[i].value);
    }
    free(series->curve);
    text_list_release(&series->items);
    text_list_release(&series->columns);
    text_list_release(&series->left_out);
    *series = (struct series){ .start_s = NAN };
}

void series_push(struct series_curve *curve, double time_s, double value)
{
    if (curve->count == curve->capacity) {
        curve->capacity = curve->capacity ? curve->capacity * 2 : 16;
        curve->time =
            xreallocarray(curve->time, curve->capacity, sizeof(*curve->time));
        curve->value =
            xreallocarray(curve->value, curve->capacity, sizeof(*curve->value));
    }
    if (curve->count > 0 && time_s <= curve->time[curve->count - 1])
        curve->unsorted = true;
    curve->time[curve->count] = time_s;
    curve->value[curve->count++] = value;
}

struct moment_of {
    double time, value;
    size_t order;
};

static int by_time(const void *a, const void *b)
{
    const struct moment_of *one = a;
    const struct moment_of *other = b;

    if (one->time != other->time)
        return one->time < other->time ? -1 : 1;
    return one->order < other->order ? -1 : one->order > other->order;
}

/* Of samples at one time the last counts; how many did not. */
static size_t put_in_order(struct series_curve *curve)
{
    struct moment_of *all = xcalloc(curve->count + 1, sizeof(*all));
    size_t count = curve->count, to = 0;

    for (size_t i = 0; i < count; i++)
        all[i] = (struct moment_of){ curve->time[i], curve->value[i], i };
    qsort(all, count, sizeof(*all), by_time);
    for (size_t i = 0; i < count; i++) {
        if (i + 1 < count && all[i + 1].time == all[i].time)
            continue;
        curve->time[to] = all[i].time;
        curve->value[to++] = all[i].value;
    }
    free(all);
    curve->count = to;
    curve->unsorted = false;
    return count - to;
}

void series_finish(struct series *series)
{
    series->start_s = NAN;
    for (size_t i = 0; i < series->items.count * series->columns.count; i++) {
        struct series_curve *curve = &series->curve[i];

        if (curve->unsorted)
            series->doubled += put_in_order(curve);
        if (curve->count > 0)
            series->start_s = fmin(series->start_s, curve->time[0]);
    }
}

double series_step(const struct series_curve *curve)
{
    double *step, out;

    if (curve->count < 2)
        return NAN;
    step = xcalloc(curve->count, sizeof(*step));
    for (size_t i = 0; i + 1 < curve->count; i++)
        step[i] = curve->time[i + 1] - curve->time[i];
    describe_sort(step, curve->count - 1);
    out = step[(curve->count - 2) / 2];
    free(step);
    return out;
}
