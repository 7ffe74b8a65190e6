/*
 * agreement_permute - alpha against chance: each rater's ratings dealt anew.
 */
#include <config.h>

#include "common/stat/agreement_internal.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/rng.h"

/* Ratings looked at in all permutations, at most: about two seconds. */
static const double work_most = 1e8;

enum {
    SHUFFLED_MAX = 2000000, /* ratings; luck is no question with more */
    PERMUTATIONS_MIN = 99,
};

/* The places of each rater's ratings, rater after rater. */
static size_t *places_by_rater(const struct ratings *ratings, size_t *start)
{
    size_t n = ratings_count(ratings), raters = ratings->raters.count;
    size_t *place = xcalloc(n + 1, sizeof(*place));

    for (size_t k = 0; k < n; k++) {
        uint32_t rater = ratings->rating[k].rater;

        start[(rater == RATINGS_NOBODY ? raters : rater) + 2]++;
    }
    for (size_t g = 2; g < raters + 3; g++)
        start[g] += start[g - 1];
    for (size_t k = 0; k < n; k++) {
        uint32_t rater = ratings->rating[k].rater;

        place[start[(rater == RATINGS_NOBODY ? raters : rater) + 1]++] = k;
    }
    return place;
}

/*
 * Each rater's values are dealt anew to the items that the rater judged: what
 * raters prefer stays, what they know of the items goes.
 */
static void permute(const struct ratings *whole,
                    const struct agreement_settings *settings,
                    struct agreement *out)
{
    size_t raters = whole->raters.count, n = ratings_count(whole);
    size_t *start = xcalloc(raters + 4, sizeof(*start));
    size_t *place = places_by_rater(whole, start);
    struct rng *rng = rng_new(settings->seed, "agreement/permutations");
    struct ratings sample = *whole;
    double least = out->of[COEFFICIENT_ALPHA].value.value - 1e-12;
    int64_t extreme = 0, most = (int64_t)(work_most / (double)n);
    int64_t rounds = settings->permutations;

    if (most < PERMUTATIONS_MIN)
        most = PERMUTATIONS_MIN;
    if (rounds > most)
        rounds = most;

    sample.rating = xcalloc(n + 1, sizeof(*sample.rating));
    memcpy(sample.rating, whole->rating, n * sizeof(*sample.rating));
    for (int64_t b = 0; b < rounds; b++) {
        struct alpha alpha;

        for (size_t g = 0; g <= raters; g++) {
            for (size_t i = start[g + 1]; i > start[g] + 1; i--) {
                size_t a = place[i - 1];
                size_t c = place[start[g] + rng_below(rng, i - start[g])];
                uint32_t code = sample.rating[a].code;

                sample.rating[a].code = sample.rating[c].code;
                sample.rating[c].code = code;
            }
        }
        alpha = agreement_alpha(&sample, settings);
        extreme += !alpha.value.defined || alpha.value.value >= least;
    }
    out->tested = true;
    out->permutations = rounds;
    out->p = (double)(extreme + 1) / (double)(rounds + 1);
    rng_free(rng);
    free(sample.rating);
    free(start);
    free(place);
}

void agreement_permute(const struct ratings *ratings,
                       const struct agreement_settings *settings,
                       struct agreement *out)
{
    if (!out->of[COEFFICIENT_ALPHA].value.defined)
        out->untested = out->of[COEFFICIENT_ALPHA].value.reason;
    else if (out->ratings > SHUFFLED_MAX)
        out->untested = "left out: too many ratings";
    else
        permute(ratings, settings, out);
}
