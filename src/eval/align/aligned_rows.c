/*
 * aligned_rows - an item's rows; see aligned.h.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/file/csv.h"
#include "eval/align/aligned.h"

enum { CHECK_EACH = 256 /* rows */ };

const char *const aligned_functional_names[] = { "mean", "sd",    "min",
                                                 "max",  "slope", NULL };

static void add_number(struct buf *out, double value)
{
    char text[NUMBER_TEXT_SIZE];

    buf_add_char(out, ',');
    if (isfinite(value))
        buf_add_text(out, number_format(value, text));
}

/* To the microsecond: what is behind it is rounding. */
static double time_of(double seconds)
{
    double out = round(seconds * 1e6) / 1e6;

    return out == 0 ? 0 : out; /* no -0 */
}

static void add_name(struct buf *out, const char *stream, const char *column,
                     const char *what)
{
    char *name = xasprintf("%s_%s%s%s", stream, column, *what ? "_" : "", what);

    buf_add_char(out, ',');
    csv_put(out, name);
    free(name);
}

/* The names of what the windows' own table says of them, each after a comma. */
static void add_carried(const struct aligned_plan *plan, struct buf *out)
{
    const struct spans *spans = plan->spans;

    for (size_t c = 0; spans && c < columns_count(spans->table); c++) {
        if (!spans_carries(spans, c))
            continue;
        buf_add_char(out, ',');
        csv_put(out, columns_name(spans->table, c));
    }
}

static void add_window_header(const struct aligned_plan *plan, struct buf *out)
{
    const char *name = plan->transcript_name;

    buf_add_text(out, "# not_features: item,start,end");
    add_carried(plan, out);
    if (plan->transcript)
        buf_addf(out, ",%s_text", name);
    buf_add_text(out, "\nid,item,start,end");
    add_carried(plan, out);
    if (plan->transcript)
        buf_addf(out, ",%s_text,%s_count,%s_share", name, name, name);
}

void aligned_add_header(const struct aligned_plan *plan, struct buf *out)
{
    const struct streams *streams = plan->streams;

    buf_addf(out, "# mien: %s\n# made_by: align\n", PACKAGE_VERSION);
    if (plan->rate > 0)
        buf_add_text(out, "item,time");
    else
        add_window_header(plan, out);
    for (size_t s = 0; s < streams->count; s++) {
        const struct stream *stream = &streams->item[s];

        for (size_t c = 0; c < stream->series.columns.count; c++) {
            const char *column = stream->series.columns.item[c];

            if (plan->rate > 0) {
                add_name(out, stream->name, column, "");
                continue;
            }
            for (int f = 0; f < ALIGNED_FUNCTIONALS; f++)
                if (plan->functional[f])
                    add_name(out, stream->name, column,
                             aligned_functional_names[f]);
            add_name(out, stream->name, column, "valid");
        }
    }
    buf_add_char(out, '\n');
}

static void add_point(struct aligned_bench *bench, double t)
{
    const struct aligned_plan *plan = bench->plan;
    const struct streams *streams = plan->streams;
    struct buf *out = &bench->result->text;
    struct aligned_column *told = bench->result->column;

    csv_put(out, bench->name);
    add_number(out, time_of(t));
    for (size_t s = 0; s < streams->count; s++) {
        for (size_t c = 0; c < streams->item[s].series.columns.count; c++) {
            const struct channel *channel = bench->channel[s];
            double value =
                channel ? channel_at(&channel[c], t, 1 / plan->rate) : NAN;

            add_number(out, value);
            told->valid += !isnan(value);
            told++->all += 1;
        }
    }
    buf_add_char(out, '\n');
}

static void add_cells(const struct aligned_plan *plan,
                      const struct channel *channel, double from, double to,
                      struct aligned_column *told, struct buf *out)
{
    struct channel_window window = { 0 };
    double value[ALIGNED_FUNCTIONALS], share;

    if (channel)
        channel_over(channel, from, to, &window);
    share = to > from ? fmin(window.valid_s / (to - from), 1) : 0;
    value[ALIGNED_MEAN] = window.mean;
    value[ALIGNED_SD] = window.sd;
    value[ALIGNED_MIN] = window.least;
    value[ALIGNED_MAX] = window.most;
    value[ALIGNED_SLOPE] = window.slope;
    for (int f = 0; f < ALIGNED_FUNCTIONALS; f++)
        if (plan->functional[f])
            add_number(out,
                       share > 0 && share >= plan->min_valid ? value[f] : NAN);
    add_number(out, round(share * 1e6) / 1e6);
    told->valid += window.valid_s;
    told->all += to - from;
}

static void add_id(const struct aligned_bench *bench, size_t row, double from,
                   double to, struct buf *out)
{
    const struct spans *spans = bench->plan->spans;
    struct buf id = { 0 };
    char text[NUMBER_TEXT_SIZE];

    if (spans && spans->id >= 0) {
        /* A window of every item is a row of each. */
        if (spans->item < 0 && !bench->plan->streams->item[0].shared)
            buf_addf(&id, "%s#", bench->name);
        buf_add_text(&id, columns_text(spans->table, row, (size_t)spans->id));
        csv_put(out, buf_text(&id));
        buf_release(&id);
        return;
    }
    buf_addf(&id, "%s#%s-", bench->name, number_format(time_of(from), text));
    buf_add_text(&id, number_format(time_of(to), text));
    csv_put(out, buf_text(&id));
    buf_release(&id);
}

/* What is said in it: whose middle is inside; and how much of it speaks. */
static void add_words(const struct aligned_bench *bench, double from, double to,
                      struct buf *out)
{
    const struct spans *said = bench->plan->transcript;
    double covered = 0, until = from, count = 0;
    struct buf text = { 0 };

    for (size_t k = 0; k < columns_rows(said->table); k++) {
        size_t i = said->by_start[k];
        double middle = (said->start[i] + said->end[i]) / 2;

        if (!spans_of(said, i, bench->name))
            continue;
        /* In the order of starts what overlaps counts once. */
        covered +=
            fmax(fmin(said->end[i], to) - fmax(said->start[i], until), 0);
        until = fmax(until, fmin(said->end[i], to));
        if (middle < from || middle >= to)
            continue;
        count++;
        if (said->text >= 0) {
            if (text.length > 0)
                buf_add_char(&text, ' ');
            buf_add_text(&text,
                         columns_text(said->table, i, (size_t)said->text));
        }
    }
    buf_add_char(out, ',');
    csv_put(out, buf_text(&text));
    add_number(out, count);
    add_number(out, to > from ? round(covered / (to - from) * 1e6) / 1e6 : 0);
    buf_release(&text);
}

/* `row`: of the table of windows. */
static void add_window(struct aligned_bench *bench, size_t row, double from,
                       double to)
{
    const struct aligned_plan *plan = bench->plan;
    const struct streams *streams = plan->streams;
    struct buf *out = &bench->result->text;
    struct aligned_column *told = bench->result->column;

    add_id(bench, row, from, to, out);
    buf_add_char(out, ',');
    csv_put(out, bench->name);
    add_number(out, time_of(from));
    add_number(out, time_of(to));
    for (size_t c = 0; plan->spans && c < columns_count(plan->spans->table);
         c++) {
        if (!spans_carries(plan->spans, c))
            continue;
        buf_add_char(out, ',');
        csv_put(out, columns_text(plan->spans->table, row, c));
    }
    if (plan->transcript)
        add_words(bench, from, to, out);
    for (size_t s = 0; s < streams->count; s++)
        for (size_t c = 0; c < streams->item[s].series.columns.count; c++)
            add_cells(plan, bench->channel[s] ? &bench->channel[s][c] : NULL,
                      from, to, told++, out);
    buf_add_char(out, '\n');
}

static bool add_spans(struct aligned_bench *bench, struct error *err)
{
    const struct spans *spans = bench->plan->spans;

    for (size_t row = 0; row < columns_rows(spans->table); row++) {
        if (!spans_of(spans, row, bench->name))
            continue;
        if (bench->result->rows++ % CHECK_EACH == 0 && !interrupt_check(err))
            return false;
        add_window(bench, row, spans->start[row], spans->end[row]);
    }
    return true;
}

/* Points are multiples of the step, windows begin at multiples of the hop. */
bool aligned_add_rows(struct aligned_bench *bench, struct error *err)
{
    const struct aligned_plan *plan = bench->plan;
    bool points = plan->rate > 0;
    double each = points ? 1 / plan->rate : plan->hop_s;
    double first = points ? ceil(bench->from / each - 1e-6)
                          : floor(bench->from / each + 1e-9);
    double last = points ? floor(bench->to / each + 1e-6)
                         : ceil(bench->to / each - 1e-9) - 1;
    double cells = (last - first + 1) * (double)(bench->result->columns + 2);

    if (plan->spans)
        return add_spans(bench, err);
    if (cells > ALIGNED_MAX_CELLS)
        return error_set(err, ERROR_LIMIT,
                         "%s: %s%s%s spans %.0f s, which makes more than %d "
                         "cells",
                         plan->streams->item[0].path, *bench->name ? "\"" : "",
                         bench->name, *bench->name ? "\"" : "",
                         bench->to - bench->from, ALIGNED_MAX_CELLS);
    for (double k = first; k <= last; k++) {
        if (bench->result->rows++ % CHECK_EACH == 0 && !interrupt_check(err))
            return false;
        if (points)
            add_point(bench, k / plan->rate);
        else
            add_window(bench, 0, k * each, k * each + plan->window_s);
    }
    return true;
}
