/*
 * aggregate - how long an iteration of each model of annotators takes, on
 * ratings that are made here (make bench).
 *
 * The work of the speed anchor: 7,442 items, 10 ratings each, of 2,443
 * annotators, 6 labels; an annotator knows 60 % to 95 % of them.  crowd-kit
 * 1.4.1 took 37 ms of processor time for an iteration of Dawid and Skene
 * there.  Then the same with more items, for the growth.
 *
 *     aggregate [RATINGS...]
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "common/base/number.h"
#include "common/base/rng.h"
#include "common/stat/consensus.h"

enum { LABELS = 6, EACH = 10, ANCHOR_ITEMS = 7442, ANCHOR_RATERS = 2443 };

static const double anchor_ms = 37;

static double cpu_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return 1e3 * (double)now.tv_sec + (double)now.tv_nsec / 1e6;
}

static struct ratings *make(size_t items, size_t raters)
{
    static const char *const labels[LABELS] = { "anger", "disgust", "fear",
                                                "joy",   "neutral", "sad" };
    struct ratings_builder *builder = ratings_builder_new(NULL);
    struct rng *rng = rng_new(0, "bench/aggregate");
    char name[32];

    for (size_t i = 0; i < items; i++) {
        uint64_t truth = rng_below(rng, LABELS);
        uint32_t item;

        snprintf(name, sizeof(name), "i%zu", i);
        item = ratings_builder_item(builder, name);
        for (size_t n = 0; n < EACH; n++) {
            uint64_t rater = rng_below(rng, raters);
            double knows = 0.6 + 0.35 * (double)rater / (double)raters;
            uint64_t says =
                rng_uniform(rng) < knows ? truth : rng_below(rng, LABELS);

            snprintf(name, sizeof(name), "w%u", (unsigned)rater);
            ratings_builder_add(builder, item,
                                ratings_builder_rater(builder, name),
                                labels[says]);
        }
    }
    rng_free(rng);
    return ratings_builder_finish(builder);
}

/* Processor time of one iteration in ms: of `iterations` less those of 1. */
static double iteration_ms(const struct ratings *ratings,
                           enum consensus_rule rule, int iterations)
{
    struct consensus_settings settings = consensus_defaults(rule);
    double took[2];

    settings.em.tolerance = 0;
    settings.restarts = 1;
    for (int turn = 0; turn < 2; turn++) {
        double began = cpu_ms();
        struct error err;
        struct consensus *consensus;

        settings.em.iterations = turn == 0 ? 1 : iterations + 1;
        consensus = consensus_new(ratings, &settings, &err);
        if (!consensus) {
            fprintf(stderr, "aggregate: %s\n", err.text);
            exit(3);
        }
        took[turn] = cpu_ms() - began;
        consensus_free(consensus);
    }
    return (took[1] - took[0]) / iterations;
}

/* The best of three, since the machine may be busy. */
static double best_ms(const struct ratings *ratings, enum consensus_rule rule,
                      int iterations)
{
    double best = iteration_ms(ratings, rule, iterations);

    for (int turn = 1; turn < 3; turn++) {
        double ms = iteration_ms(ratings, rule, iterations);

        best = ms < best ? ms : best;
    }
    return best;
}

static void print_models(const struct ratings *ratings)
{
    static const struct {
        enum consensus_rule rule;
        int iterations;
    } models[] = { { CONSENSUS_DAWID_SKENE, 100 },
                   { CONSENSUS_ONE_COIN, 100 },
                   { CONSENSUS_MACE, 50 },
                   { CONSENSUS_GLAD, 5 } };

    printf("%zu ratings, %zu items, %zu annotators, %zu labels\n",
           ratings_count(ratings), ratings->items.count, ratings->raters.count,
           ratings->categories.count);
    for (size_t m = 0; m < sizeof(models) / sizeof(*models); m++) {
        double ms = best_ms(ratings, models[m].rule, models[m].iterations);

        printf("%-12s %8.3f ms an iteration",
               consensus_rule_names[models[m].rule], ms);
        if (models[m].rule == CONSENSUS_DAWID_SKENE)
            printf(", %.1f times as fast as crowd-kit's %g ms", anchor_ms / ms,
                   anchor_ms);
        putchar('\n');
    }
}

static void print_growth(double wanted)
{
    size_t items = (size_t)wanted / EACH;
    size_t raters = items * ANCHOR_RATERS / ANCHOR_ITEMS + 1;
    struct ratings *ratings = make(items, raters);
    double ms = best_ms(ratings, CONSENSUS_DAWID_SKENE, 10);
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    printf("dawid-skene  %9zu ratings %10.3f ms an iteration, %6.2f ns a "
           "rating, %5ld MiB in all\n",
           ratings_count(ratings), ms,
           1e6 * ms / (double)ratings_count(ratings), usage.ru_maxrss / 1024);
    ratings_free(ratings);
}

int main(int argc, char **argv)
{
    struct ratings *ratings = make(ANCHOR_ITEMS, ANCHOR_RATERS);

    print_models(ratings);
    ratings_free(ratings);
    for (int a = 1; a < argc; a++) {
        double wanted;

        if (!number_parse(argv[a], &wanted) || wanted < EACH) {
            fprintf(stderr,
                    "aggregate: \"%s\": expected a number of ratings, "
                    "10 or more\n",
                    argv[a]);
            return 2;
        }
        print_growth(wanted);
    }
    return 0;
}
