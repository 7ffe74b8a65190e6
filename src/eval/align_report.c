/*
 * align_report - see align_report.h.
 */
#include <config.h>

#include "eval/align_report.h"

#include <math.h>

#include "common/base/log.h"
#include "common/file/atomic.h"

static const char *item_name(const struct streams *streams, size_t item)
{
    const struct stream *first = &streams->item[0];

    return first->shared ? first->name : first->series.items.item[item];
}

void align_report_warn(const struct streams *streams,
                       const struct aligned_result *result)
{
    for (size_t s = 0; s < streams->count; s++) {
        const struct stream *stream = &streams->item[s];
        const struct series *series = &stream->series;

        if (series->left_out.count > 0)
            log_notice("%s: left out, without numbers: %s%s", stream->path,
                       series->left_out.item[0],
                       series->left_out.count > 1 ? ", ..." : "");
        if (series->doubled > 0)
            log_notice("%s: %zu samples at a time that came twice: the last "
                       "one counts",
                       stream->path, series->doubled);
        if (series->faceless > 0)
            log_notice("%s: %zu rows have no usable face", stream->path,
                       series->faceless);
        if (result->absent[s] > 0)
            log_warning("%s: has %zu of the %zu items not: their cells are "
                        "empty",
                        stream->path, result->absent[s], result->items);
    }
    for (size_t i = 0; i < result->clocks.count; i++) {
        const struct aligned_clock *clock = &result->clocks.item[i];

        if (clock->found.told && clock->warp.reason)
            log_warning("%s: warp of %s: %s", item_name(streams, clock->item),
                        streams->item[clock->stream].name, clock->warp.reason);
        if (clock->found.told)
            continue;
        if (clock->found.r_next > 0)
            log_warning("%s: clock of %s: %s (r %.2f; %.2f at %+.2f s; p %.3f)",
                        item_name(streams, clock->item),
                        streams->item[clock->stream].name, clock->found.reason,
                        clock->found.r, clock->found.r_next,
                        clock->found.next_s, clock->found.p);
        else
            log_warning("%s: clock of %s: %s", item_name(streams, clock->item),
                        streams->item[clock->stream].name, clock->found.reason);
    }
}

static struct table *columns_table(const struct streams *streams,
                                   const struct aligned_result *result)
{
    const struct aligned_column *told = result->column;
    struct table *table = table_new();

    table_column(table, "stream", "stream", TABLE_TEXT, 0);
    table_column(table, "column", "column", TABLE_TEXT, 0);
    table_column(table, "samples", "samples", TABLE_INT, 0);
    table_column(table, "valid", "valid", TABLE_NUMBER, 3);
    for (size_t s = 0; s < streams->count; s++) {
        const struct series *series = &streams->item[s].series;

        for (size_t c = 0; c < series->columns.count; c++, told++) {
            size_t samples = 0;

            for (size_t i = 0; i < series->items.count; i++)
                samples += series_at(series, i, c)->count;
            table_begin_row(table);
            table_put_text(table, streams->item[s].name);
            table_put_text(table, series->columns.item[c]);
            table_put_int(table, (int64_t)samples);
            table_put_number(table,
                             told->all > 0 ? told->valid / told->all : 0);
        }
    }
    return table;
}

/* 0 stands for what was not estimated. */
static void put_half(struct table *table, double half)
{
    if (half > 0)
        table_put_number(table, half);
    else
        table_put_missing(table, "-");
}

static struct table *clocks_table(const struct streams *streams,
                                  const struct aligned_result *result)
{
    struct table *table = table_new();

    table_column(table, "item", "item", TABLE_TEXT, 0);
    table_column(table, "stream", "stream", TABLE_TEXT, 0);
    table_column(table, "offset_s", "offset", TABLE_NUMBER, 3);
    table_column(table, "offset_half_s", "+-", TABLE_NUMBER, 3);
    table_column(table, "skew_ppm", "skew", TABLE_NUMBER, 1);
    table_column(table, "skew_half_ppm", "+-", TABLE_NUMBER, 1);
    table_column(table, "pivot_s", "at", TABLE_NUMBER, 3);
    table_column(table, "r", "r", TABLE_NUMBER, 3);
    table_column(table, "r_uncorrected", "before", TABLE_NUMBER, 3);
    table_column(table, "r_next", "next", TABLE_NUMBER, 3);
    table_column(table, "p", "p", TABLE_NUMBER, 3);
    table_column(table, "pieces", "pieces", TABLE_INT, 0);
    table_column(table, "rate_hz", "Hz", TABLE_NUMBER, 1);
    table_column(table, "warped_s", "warped", TABLE_NUMBER, 3);
    table_column(table, "warp_similarity", "alike", TABLE_NUMBER, 3);
    table_column(table, "warp_p", "p", TABLE_NUMBER, 3);
    table_column(table, "refused", "refused", TABLE_TEXT, 0);
    for (size_t i = 0; i < result->clocks.count; i++) {
        const struct aligned_clock *clock = &result->clocks.item[i];
        const struct clock_found *found = &clock->found;

        table_begin_row(table);
        table_put_text(table, item_name(streams, clock->item));
        table_put_text(table, streams->item[clock->stream].name);
        table_put_number(table, found->told ? clock->whole.offset_s : NAN);
        put_half(table, found->offset_half_s);
        table_put_number(table, found->told ? clock->whole.skew_ppm : NAN);
        put_half(table, found->skew_half_ppm);
        table_put_number(table, found->told ? clock->whole.pivot_s : NAN);
        table_put_number(table, found->rate_hz > 0 ? found->r : NAN);
        table_put_number(table, found->rate_hz > 0 ? found->r_zero : NAN);
        put_half(table, found->r_next);
        table_put_number(table, found->p);
        table_put_int(table, (int64_t)found->pieces);
        table_put_number(table, found->rate_hz);
        table_put_number(table, clock->warp.told ? clock->warp.most_s : NAN);
        table_put_number(table, clock->warp.runs ? clock->warp.similarity
                                                 : (double)NAN);
        table_put_number(table, clock->warp.runs ? clock->warp.p : (double)NAN);
        table_put_text(table,
                       found->reason ? found->reason : clock->warp.reason);
    }
    return table;
}

static void add_text(const char *path, const struct table *columns,
                     const struct table *clocks,
                     const struct aligned_result *result, struct buf *out)
{
    buf_addf(out, "%s: %zu item%s, %zu rows\n", path, result->items,
             result->items == 1 ? "" : "s", result->rows);
    table_print(columns, OUTPUT_TEXT, out);
    if (result->clocks.count > 0) {
        buf_add_text(out, "\nclocks: what is shown at the reference's time "
                          "\"at\", less that time (s, ppm;\n95 % intervals "
                          "over pieces)\n");
        table_print(clocks, OUTPUT_TEXT, out);
    }
}

static void add_json(const char *path, const struct table *columns,
                     const struct table *clocks,
                     const struct aligned_result *result, struct buf *out)
{
    struct json_writer writer;

    json_writer_init(&writer, out, 2);
    json_begin_object(&writer);
    json_pair_text(&writer, "table", path);
    json_pair_int(&writer, "items", (int64_t)result->items);
    json_pair_int(&writer, "rows", (int64_t)result->rows);
    json_put_key(&writer, "columns");
    table_put_json(columns, &writer);
    json_put_key(&writer, "clocks");
    table_put_json(clocks, &writer);
    json_end_object(&writer);
    buf_add_char(out, '\n');
}

bool align_report_print(const char *path, enum output_format format,
                        const struct streams *streams,
                        const struct aligned_result *result, struct error *err)
{
    struct table *columns = columns_table(streams, result);
    struct table *clocks = clocks_table(streams, result);
    struct buf out = { 0 };
    bool good;

    if (format == OUTPUT_TEXT)
        add_text(path, columns, clocks, result, &out);
    else if (format == OUTPUT_JSON)
        add_json(path, columns, clocks, result, &out);
    else
        table_print(columns, format, &out);
    good = output_write(&out, err);
    buf_release(&out);
    table_free(columns);
    table_free(clocks);
    return good;
}

bool align_report_clocks(const char *path, const struct streams *streams,
                         const struct aligned_result *result, struct error *err)
{
    struct table *table = clocks_table(streams, result);
    struct buf out = { 0 };
    bool good;

    table_print(table, OUTPUT_CSV, &out);
    good = atomic_write(path, buf_text(&out), out.length, err);
    buf_release(&out);
    table_free(table);
    return good;
}
