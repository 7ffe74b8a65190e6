/* rng - see rng.h. */
#include <config.h>

#include "common/base/rng.h"

#include <assert.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "common/base/mem.h"

struct rng {
    gsl_rng *gsl; /* owned */
};

/* splitmix64: spreads neighbouring seeds far apart. */
static uint64_t mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

struct rng *rng_new(uint64_t seed, const char *name)
{
    struct rng *rng = xcalloc(1, sizeof(*rng));
    uint64_t hash = mix(seed);

    for (; *name; name++)
        hash = mix(hash ^ (unsigned char)*name);
    rng->gsl = gsl_rng_alloc(gsl_rng_mt19937);
    assert(rng->gsl); /* GSL aborts by itself when out of memory */
    /* The twister takes 32 bits, and 0 as "the default": never 0. */
    gsl_rng_set(rng->gsl, (unsigned long)(hash >> 32 | 1));
    return rng;
}

void rng_free(struct rng *rng)
{
    if (!rng)
        return;
    gsl_rng_free(rng->gsl);
    free(rng);
}

static uint64_t bits64(struct rng *rng)
{
    uint64_t high = gsl_rng_get(rng->gsl);

    return high << 32 | gsl_rng_get(rng->gsl);
}

uint64_t rng_below(struct rng *rng, uint64_t below)
{
    uint64_t limit, value;

    assert(below > 0);
    limit = UINT64_MAX - UINT64_MAX % below;
    do
        value = bits64(rng);
    while (value >= limit);
    return value % below;
}

double rng_uniform(struct rng *rng)
{
    return (double)(bits64(rng) >> 11) * 0x1p-53;
}

double rng_normal(struct rng *rng)
{
    return gsl_ran_ugaussian(rng->gsl);
}

void rng_shuffle(struct rng *rng, size_t *item, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = rng_below(rng, i);
        size_t kept = item[i - 1];

        item[i - 1] = item[j];
        item[j] = kept;
    }
}
