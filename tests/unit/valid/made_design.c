/* made_design - a seeded design in memory, for tests of valid/. */
#include <config.h>

#include "made_design.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/rng.h"

static void name_all(struct text_list *list, const char *format, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *name = xasprintf("%s%zu", format, i);

        text_list_add(list, name);
        free(name);
    }
}

struct design *made_design(uint64_t seed, bool enrol)
{
    struct design *design = xcalloc(1, sizeof(*design));
    struct rng *rng = rng_new(seed, "made");
    size_t count = MADE_SPEAKERS * MADE_EACH;

    design->count = design->asked = count;
    matrix_init(&design->features, count, MADE_COLUMNS);
    design->class_of = xcalloc(count, sizeof(size_t));
    design->value = xcalloc(count, sizeof(double));
    design->group = xcalloc(count, sizeof(size_t));
    design->speaker = xcalloc(count, sizeof(size_t));
    design->enrolled = xcalloc(count, sizeof(bool));
    name_all(&design->groups, "s", MADE_SPEAKERS);
    name_all(&design->speakers, "s", MADE_SPEAKERS);
    name_all(&design->classes, "c", MADE_CLASSES);
    for (size_t i = 0; i < count; i++) {
        double *row = matrix_row(&design->features, i);
        size_t speaker = i / MADE_EACH;

        design->group[i] = design->speaker[i] = speaker;
        design->class_of[i] = i % MADE_CLASSES;
        design->value[i] = (double)(i % MADE_CLASSES) + rng_normal(rng);
        design->enrolled[i] = enrol && i % MADE_EACH == 0;
        design->enrolled_count += design->enrolled[i];
        for (size_t k = 0; k < MADE_COLUMNS; k++)
            row[k] = rng_normal(rng) + 0.3 * (double)speaker +
                     (k < 2 && design->class_of[i] == k ? 1.5 : 0);
    }
    matrix_row(&design->features, 5)[2] = NAN;
    matrix_row(&design->features, 40)[0] = NAN;
    rng_free(rng);
    return design;
}

void made_design_spoil(struct design *design, size_t speaker, uint64_t seed)
{
    struct rng *rng = rng_new(seed, "spoil");

    for (size_t i = 0; i < design->count; i++) {
        if (design->speaker[i] != speaker)
            continue;
        design->class_of[i] = rng_below(rng, MADE_CLASSES);
        design->value[i] = 100 * rng_normal(rng);
        /* A leak: here the first column is the class itself. */
        for (size_t k = 0; k < MADE_COLUMNS; k++)
            matrix_row(&design->features, i)[k] =
                k == 0 ? 1000 * (double)design->class_of[i]
                       : 50 * rng_normal(rng);
    }
    rng_free(rng);
}
