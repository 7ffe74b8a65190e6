/*
 * interval_bootstrap - clusters drawn with replacement, percentile limits.
 */
#include <config.h>

#include "common/stat/interval.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/rng.h"
#include "common/stat/describe.h"

enum { TRIES = 10 }; /* draws for each resample that is wanted, at most */

static void prepare(const struct interval_source *source, size_t count,
                    struct interval_resamples *out)
{
    *out = (struct interval_resamples){ .outputs = source->outputs,
                                        .clusters = source->clusters };
    out->value = xcalloc(count * source->outputs + 1, sizeof(*out->value));
}

/* Reads the source into resample `out->count` and counts it. */
static void keep(struct interval_resamples *out, const struct estimate *value)
{
    double *place = &out->value[out->count * out->outputs];

    for (size_t k = 0; k < out->outputs; k++)
        place[k] = value[k].defined ? value[k].value : (double)NAN;
    out->count++;
}

/* The clusters by group: members[0 .. size[0] - 1], then those of 1. */
static size_t *members_of(const struct interval_source *source, size_t size[2])
{
    size_t *members = xcalloc(source->clusters + 1, sizeof(*members));
    size_t filled = 0;

    size[0] = size[1] = 0;
    for (size_t g = 0; g < 2; g++) {
        for (size_t c = 0; c < source->clusters; c++) {
            if ((source->group ? source->group[c] : 0) != g)
                continue;
            members[filled++] = c;
            size[g]++;
        }
    }
    return members;
}

static void draw_once(const struct interval_source *source, struct rng *rng,
                      const size_t *members, const size_t size[2])
{
    source->clear(source->context);
    for (size_t g = 0; g < 2; g++) {
        const size_t *first = members + (g == 0 ? 0 : size[0]);

        for (size_t i = 0; i < size[g]; i++)
            source->add(source->context, first[rng_below(rng, size[g])], 1);
    }
}

void interval_draw(const struct interval_source *source, size_t count,
                   uint64_t seed, const char *name,
                   struct interval_resamples *out)
{
    struct estimate *value = xcalloc(source->outputs + 1, sizeof(*value));
    struct rng *rng = rng_new(seed, name);
    size_t size[2];
    size_t *members = members_of(source, size);

    prepare(source, count, out);
    for (size_t tried = 0; out->count < count; tried++) {
        if (tried >= TRIES * count || interrupt_pending()) {
            out->exhausted = true;
            break;
        }
        draw_once(source, rng, members, size);
        if (source->read(source->context, value))
            keep(out, value);
        else
            out->redrawn++;
    }
    free(members);
    rng_free(rng);
    free(value);
}

void interval_draw_given(const struct interval_source *source,
                         const size_t *index, size_t count,
                         struct interval_resamples *out)
{
    struct estimate *value = xcalloc(source->outputs + 1, sizeof(*value));

    prepare(source, count, out);
    for (size_t r = 0; r < count; r++) {
        source->clear(source->context);
        for (size_t i = 0; i < source->clusters; i++) {
            assert(index[r * source->clusters + i] < source->clusters);
            source->add(source->context, index[r * source->clusters + i], 1);
        }
        source->read(source->context, value);
        keep(out, value);
    }
    free(value);
}

void interval_resamples_release(struct interval_resamples *resamples)
{
    free(resamples->value);
    *resamples = (struct interval_resamples){ 0 };
}

double *interval_sorted(const struct interval_resamples *resamples,
                        size_t output, size_t *count)
{
    double *sorted = xcalloc(resamples->count + 1, sizeof(*sorted));

    *count = 0;
    for (size_t r = 0; r < resamples->count; r++) {
        double value = resamples->value[r * resamples->outputs + output];

        if (!isnan(value))
            sorted[(*count)++] = value;
    }
    describe_sort(sorted, *count);
    return sorted;
}

struct interval interval_percentile(const struct interval_resamples *resamples,
                                    size_t output, double level)
{
    struct interval out = { .method = INTERVAL_PERCENTILE,
                            .level = level,
                            .clusters = resamples->clusters,
                            .redrawn = resamples->redrawn };
    double *sorted = interval_sorted(resamples, output, &out.resamples);
    double tail = (1 - level) / 2;

    assert(level > 0 && level < 1);
    out.undefined = resamples->count - out.resamples;
    if (resamples->exhausted) {
        out.reason = "nearly every resample lost a class";
    } else if (out.resamples < 2) {
        out.reason = "no resamples";
    } else if (out.undefined * 20 > resamples->count) {
        out.reason = "undefined in too many resamples";
    } else {
        out.low = describe_quantile_order(sorted, out.resamples, tail).value;
        out.high =
            describe_quantile_order(sorted, out.resamples, 1 - tail).value;
        out.se = describe_sd(sorted, out.resamples, DESCRIBE_N_LESS_1).value;
        out.no_spread = sorted[0] == sorted[out.resamples - 1];
        out.defined = true;
    }
    free(sorted);
    return out;
}
