/*
 * alpha - how long Krippendorff's alpha takes, and how it grows.
 *
 * Items with ten raters, 60 % of whose ratings are the item's own value and
 * the rest any, 10 % missing; the same seed each time.  Prints seconds of one
 * run (the best of three) for each metric, with 6 and with 101 values, and
 * the memory that the process has held at most.  Where python3 has numpy, the
 * vectorised way (a table of coincidences) runs on the same numbers: alpha.py.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "common/base/rng.h"
#include "common/stat/alpha.h"

enum { RATERS = 10 };

static struct ratings *make(size_t items, uint64_t values)
{
    struct ratings_builder *builder = ratings_builder_new(NULL);
    struct rng *rng = rng_new(0, "bench");
    uint32_t rater[RATERS];
    char name[32];

    for (size_t g = 0; g < RATERS; g++) {
        snprintf(name, sizeof(name), "r%zu", g);
        rater[g] = ratings_builder_rater(builder, name);
    }
    for (size_t i = 0; i < items; i++) {
        uint64_t truth = rng_below(rng, values);
        uint32_t item;

        snprintf(name, sizeof(name), "%zu", i);
        item = ratings_builder_item(builder, name);
        for (size_t g = 0; g < RATERS; g++) {
            uint64_t value =
                rng_uniform(rng) < 0.6 ? truth : rng_below(rng, values);

            snprintf(name, sizeof(name), "%llu",
                     (unsigned long long)(value + 1));
            ratings_builder_add(builder, item, rater[g],
                                rng_uniform(rng) < 0.1 ? "" : name);
        }
    }
    rng_free(rng);
    return ratings_builder_finish(builder);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double best_of_three(const struct ratings *ratings,
                            enum alpha_metric metric, double *value)
{
    double best = 0;

    for (int run = 0; run < 3; run++) {
        double begun = now(), took;

        *value = alpha_of(ratings, metric, 0, NULL).value.value;
        took = now() - begun;
        best = run == 0 || took < best ? took : best;
    }
    return best;
}

static double megabytes(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

int main(int argc, char **argv)
{
    static const uint64_t values[] = { 6, 101 };
    size_t most = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000;

    printf("%9s %6s %-8s %10s %10s %8s\n", "items", "values", "metric", "alpha",
           "cpu s", "MiB");
    for (size_t items = 1000; items <= most; items *= 10) {
        for (size_t v = 0; v < 2; v++) {
            struct ratings *ratings = make(items, values[v]);

            for (int m = ALPHA_NOMINAL; m <= ALPHA_RATIO; m++) {
                double value,
                    took = best_of_three(ratings, (enum alpha_metric)m, &value);

                printf("%9zu %6d %-8s %10.6f %10.6f %8.1f\n", items,
                       (int)values[v], alpha_metric_names[m], value, took,
                       megabytes());
            }
            ratings_free(ratings);
        }
    }
    return 0;
}
