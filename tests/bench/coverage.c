/*
 * coverage - how often the intervals of agreement hold the true value.
 *
 * Conditions: four raters who each give an item's own value with probability
 * 0.6 and any of four values else (nominal); or that value plus a rater's
 * error, standard deviations of items 1 and of errors 1 (interval); no missing
 * ratings.  The truth is the value of 100,000 items.  Seeded: the same table
 * each time.  Usage: coverage [samples [resamples [percentiles]]]
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/rng.h"
#include "common/stat/agreement.h"

enum { RATERS = 4 };

static void rate(char *out, size_t size, enum alpha_metric scale,
                 struct rng *rng, uint64_t truth, double level)
{
    if (scale == ALPHA_NOMINAL)
        snprintf(out, size, "%d",
                 (int)(rng_uniform(rng) < 0.6 ? truth : rng_below(rng, 4)));
    else
        snprintf(out, size, "%.3f", level + rng_normal(rng));
}

static struct ratings *simulate(enum alpha_metric scale, size_t items,
                                uint64_t seed)
{
    struct ratings_builder *builder = ratings_builder_new(NULL);
    struct rng *rng = rng_new(seed, "coverage");
    uint32_t rater[RATERS];
    char text[32];

    for (size_t g = 0; g < RATERS; g++) {
        snprintf(text, sizeof(text), "r%zu", g);
        rater[g] = ratings_builder_rater(builder, text);
    }
    for (size_t i = 0; i < items; i++) {
        uint64_t truth = rng_below(rng, 4);
        double level = rng_normal(rng);
        uint32_t item;

        snprintf(text, sizeof(text), "%zu", i);
        item = ratings_builder_item(builder, text);
        for (size_t g = 0; g < RATERS; g++) {
            rate(text, sizeof(text), scale, rng, truth, level);
            ratings_builder_add(builder, item, rater[g], text);
        }
    }
    rng_free(rng);
    return ratings_builder_finish(builder);
}

struct hits {
    size_t formula, jackknife, bootstrap, of;
};

static void count(const struct coefficient *one, double truth,
                  struct hits *hits)
{
    if (!one->value.defined)
        return;
    hits->of++;
    hits->formula += one->analytic && one->low <= truth && truth <= one->high;
    hits->jackknife += one->jackknife.defined && one->jackknife.low <= truth &&
                       truth <= one->jackknife.high;
    hits->bootstrap += one->bootstrap.defined && one->bootstrap.low <= truth &&
                       truth <= one->bootstrap.high;
}

static void run(enum alpha_metric scale, int64_t resamples, bool percentiles,
                const enum coefficient_id *ids, size_t count_ids, size_t items,
                size_t samples, const struct agreement *truth)
{
    struct agreement_settings how = { .scale = scale,
                                      .level = 0.95,
                                      .resamples = resamples,
                                      .seed = 1,
                                      .percentiles = percentiles };
    struct hits hits[COEFFICIENT_COUNT] = { 0 };

    for (size_t s = 0; s < samples; s++) {
        struct ratings *ratings = simulate(scale, items, 1000 + s);
        struct agreement agreement = agreement_of(ratings, &how);

        for (size_t i = 0; i < count_ids; i++)
            count(&agreement.of[ids[i]], truth->of[ids[i]].value.value,
                  &hits[i]);
        ratings_free(ratings);
    }
    for (size_t i = 0; i < count_ids; i++) {
        double of = (double)hits[i].of / 100;

        printf("%5zu  %-22s %7.1f %9.1f %9.1f %8zu\n", items,
               coefficient_title(ids[i], truth, &how),
               (double)hits[i].formula / of, (double)hits[i].jackknife / of,
               (double)hits[i].bootstrap / of, hits[i].of);
        fflush(stdout);
    }
}

int main(int argc, char **argv)
{
    static const enum coefficient_id nominal[] = { COEFFICIENT_ALPHA,
                                                   COEFFICIENT_CONGER,
                                                   COEFFICIENT_GWET };
    static const enum coefficient_id interval[] = { COEFFICIENT_ALPHA,
                                                    COEFFICIENT_ICC_1,
                                                    COEFFICIENT_ICC_A1 };
    static const size_t sizes[] = { 5, 10, 20, 40, 100 };
    size_t samples = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
    int64_t resamples = argc > 2 ? strtol(argv[2], NULL, 10) : 400;
    bool percentiles = argc > 3 && strcmp(argv[3], "percentiles") == 0;

    printf("%5s  %-22s %7s %9s %9s %8s\n", "items", "coefficient", "formula",
           "jackknife", percentiles ? "bootstrap" : "BCa", "samples");
    for (int kind = 0; kind < 2; kind++) {
        enum alpha_metric scale = kind ? ALPHA_INTERVAL : ALPHA_NOMINAL;
        struct agreement_settings how = { .scale = scale, .level = 0.95 };
        struct ratings *all = simulate(scale, 100000, 1);
        struct agreement truth = agreement_of(all, &how);

        for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
            run(scale, resamples, percentiles, kind ? interval : nominal, 3,
                sizes[i], samples, &truth);
        ratings_free(all);
    }
    return 0;
}
