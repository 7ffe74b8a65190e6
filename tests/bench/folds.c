/*
 * folds - stratified folds of whole groups: a million rows of 2,000 groups and
 * six classes, five folds, as the speed anchor has it (scikit-learn 1.2.1's
 * StratifiedGroupKFold: 0.95 s of processor time).
 *
 *     folds [ROWS]
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "common/base/mem.h"
#include "common/base/rng.h"
#include "eval/valid/split.h"

enum { GROUPS = 2000, CLASSES = 6, FOLDS = 5 };

static double cpu(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv)
{
    size_t rows = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000;
    size_t *class_of = xcalloc(rows + 1, sizeof(*class_of));
    size_t *group = xcalloc(rows + 1, sizeof(*group));
    struct rng *rng = rng_new(0, "bench/folds");
    struct split_items items = { .count = rows,
                                 .class_of = class_of,
                                 .classes = CLASSES,
                                 .group = group,
                                 .groups = GROUPS,
                                 .group_name = "group" };
    double best = 0, imbalance = 0;
    struct rusage usage;

    for (size_t i = 0; i < rows; i++) {
        class_of[i] = (size_t)rng_below(rng, CLASSES);
        group[i] = (size_t)rng_below(rng, GROUPS);
    }
    for (int run = 0; run < 3; run++) {
        double began = cpu(), took;
        struct split split;
        struct error err;

        if (!split_strata(&items, FOLDS, NULL, &split, &err)) {
            fprintf(stderr, "folds: %s\n", err.text);
            return 3;
        }
        took = cpu() - began;
        best = run == 0 || took < best ? took : best;
        imbalance = split_imbalance(&split, &items);
        split_release(&split);
    }
    getrusage(RUSAGE_SELF, &usage);
    printf("folds: %zu rows, %d groups, %d folds: %.4f s, imbalance %.2g, "
           "%ld MiB\n",
           rows, GROUPS, FOLDS, best, imbalance, usage.ru_maxrss / 1024);
    rng_free(rng);
    free(class_of);
    free(group);
    return 0;
}
