/* verdict_curve - traces as the text of a decision. */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/file/json.h"
#include "common/study/trace_measure.h"
#include "common/study/verdict.h"

enum { POINTS_MAX = 24 * 3600 * 100 }; /* a day, at 100 Hz */

/* Enough of any scale, and short in the journal. */
static double rounded(double value)
{
    return round(value * 1e4) / 1e4;
}

void verdict_put_curve(const struct verdict_curve *curve, struct buf *out)
{
    struct json_writer json;

    json_writer_init(&json, out, 0);
    json_begin_object(&json);
    json_pair_number(&json, "rate", curve->rate);
    json_pair_int(&json, "start_us", (int64_t)llround(curve->start * 1e6));
    json_put_key(&json, "values");
    json_begin_list(&json);
    for (size_t d = 0; d < curve->dimensions; d++) {
        json_begin_list(&json);
        for (size_t k = 0; k < curve->points; k++)
            json_put_number(&json, rounded(curve->value[d][k]));
        json_end_list(&json);
    }
    json_end_list(&json);
    json_end_object(&json);
}

static bool read_values(const struct json_document *document,
                        const struct json *list, struct verdict_curve *curve,
                        struct error *err)
{
    for (const struct json *it = json_first(list); it; it = json_next(it)) {
        double *value;
        size_t k = 0;

        if (json_kind(it) != JSON_ARRAY || json_count(it) == 0 ||
            json_count(it) > POINTS_MAX ||
            (curve->dimensions > 0 && json_count(it) != curve->points))
            return json_fail(document, it, err,
                             "must be a list of numbers, as long as others");
        if (curve->dimensions == TRACE_DIMENSIONS)
            return json_fail(document, it, err, "is one dimension too many");
        curve->points = json_count(it);
        value = xcalloc(curve->points, sizeof(*value));
        curve->value[curve->dimensions++] = value;
        for (const struct json *one = json_first(it); one;
             one = json_next(one)) {
            if (json_kind(one) != JSON_NUMBER)
                return json_fail(document, one, err, "must be a number");
            value[k++] = json_value(one, 0);
        }
    }
    return curve->dimensions > 0 ||
           json_fail(document, list, err, "has no dimension");
}

bool verdict_read_curve(const char *value, struct verdict_curve *curve,
                        struct error *err)
{
    static const char *const keys[] = { "rate", "start_us", "values", NULL };
    struct json_document *document =
        json_parse(value, strlen(value), "the trace", err);
    const struct json *root = document ? json_root(document) : NULL, *list;
    int64_t start = 0;
    bool good;

    memset(curve, 0, sizeof(*curve));
    if (!document)
        return false;
    good = json_kind(root) == JSON_OBJECT ||
           json_fail(document, root, err, "must be an object");
    good = good && json_check_keys(document, root, keys, err) &&
           json_need_number(document, root, "rate", &curve->rate, err) &&
           json_need_int(document, root, "start_us", &start, err) &&
           json_want_list(document, root, "values", &list, err);
    if (good && !list)
        good = json_fail(document, root, err, "has no values");
    if (good && !(curve->rate > 0 && curve->rate <= 1000))
        good =
            json_fail(document, root, err, "has a rate of %g Hz", curve->rate);
    good = good && read_values(document, list, curve, err);
    curve->start = (double)start / 1e6;
    json_free(document);
    return good;
}

void verdict_curve_release(struct verdict_curve *curve)
{
    for (size_t d = 0; d < TRACE_DIMENSIONS; d++)
        free(curve->value[d]);
    memset(curve, 0, sizeof(*curve));
}

bool verdict_curve_of(const struct curve *trace, size_t dimensions,
                      struct verdict_curve *out)
{
    double from, to;

    memset(out, 0, sizeof(*out));
    if (trace[0].n < 2)
        return false;
    from = trace[0].time[0];
    to = trace[0].time[trace[0].n - 1];
    out->rate = VERDICT_RATE;
    out->start = from;
    out->dimensions = dimensions;
    out->points = (size_t)floor((to - from) * out->rate + 1e-6) + 1;
    for (size_t d = 0; d < dimensions; d++) {
        out->value[d] = xcalloc(out->points, sizeof(double));
        curve_sample(&trace[d], from, 1 / out->rate, out->points,
                     out->value[d]);
    }
    return out->points >= 2;
}

bool verdict_put_samples(const struct trace_samples *samples, int64_t begins_us,
                         size_t dimensions, struct buf *out)
{
    struct trace_bins bins = { 0 };
    struct curve trace[TRACE_DIMENSIONS] = { 0 };
    double *time, *value[TRACE_DIMENSIONS] = { 0 };
    struct verdict_curve curve = { 0 };
    size_t n = 0;
    bool good;

    trace_bin(samples, begins_us, -1, VERDICT_RATE, &bins);
    time = xcalloc(bins.count + 1, sizeof(*time));
    for (size_t d = 0; d < dimensions; d++)
        value[d] = xcalloc(bins.count + 1, sizeof(double));
    for (size_t b = 0; b < bins.count; b++) {
        if (bins.item[b].samples == 0)
            continue;
        time[n] = (double)(bins.item[b].middle_us - begins_us) / 1e6;
        for (size_t d = 0; d < dimensions; d++)
            value[d][n] = bins.item[b].value[d];
        n++;
    }
    for (size_t d = 0; d < dimensions; d++)
        trace[d] = (struct curve){ time, value[d], n };
    good = verdict_curve_of(trace, dimensions, &curve);
    if (good)
        verdict_put_curve(&curve, out);
    verdict_curve_release(&curve);
    for (size_t d = 0; d < dimensions; d++)
        free(value[d]);
    free(time);
    free(bins.item);
    return good;
}
