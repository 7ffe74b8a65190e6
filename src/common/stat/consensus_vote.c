/* consensus_vote - see consensus_vote.h. */
#include <config.h>

#include "common/stat/consensus_vote.h"

#include <stdlib.h>

#include "common/base/mem.h"

enum { ROUNDS = 100, ROUNDS_TO_HALF = 5 };

static const double first_more = 1e-5;

/* As consensus_vote_shares(), into rows that are there. */
static void fill_shares(const struct ratings *ratings, const double *weight,
                        double *share)
{
    size_t classes = ratings->categories.count;

    for (size_t i = 0; i < ratings->items.count; i++) {
        double *row = share + i * classes;
        double sum = 0;

        for (size_t k = 0; k < classes; k++)
            row[k] = 0;
        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++) {
            const struct rating *rating = &ratings->rating[r];
            double votes = weight ? weight[rating->rater] : 1;

            row[rating->code] += votes;
            sum += votes;
        }
        for (size_t k = 0; k < classes && sum > 0; k++)
            row[k] /= sum;
    }
}

double *consensus_vote_shares(const struct ratings *ratings,
                              const double *weight)
{
    size_t cells = ratings->items.count * ratings->categories.count + 1;
    double *share = xcalloc(cells, sizeof(*share));

    fill_shares(ratings, weight, share);
    return share;
}

size_t consensus_vote_top(const double *share, size_t classes, size_t *tied)
{
    size_t top = 0, equal = 0, first = classes;

    for (size_t k = 1; k < classes; k++)
        if (share[k] > share[top])
            top = k;
    for (size_t k = 0; k < classes; k++) {
        if (share[k] <= 0 || share[k] < share[top] * (1 - CONSENSUS_VOTE_NEAR))
            continue;
        first = first < k ? first : k;
        equal++;
    }
    if (tied)
        *tied = equal;
    return equal > 0 ? first : 0;
}

static void fill_agreement(const struct ratings *ratings, const double *share,
                           double *agreement, size_t *count)
{
    size_t classes = ratings->categories.count;

    for (size_t w = 0; w < ratings->raters.count; w++) {
        agreement[w] = 0;
        count[w] = 0;
    }
    for (size_t i = 0; i < ratings->items.count; i++) {
        size_t top = consensus_vote_top(share + i * classes, classes, NULL);

        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++) {
            const struct rating *rating = &ratings->rating[r];

            agreement[rating->rater] += rating->code == top;
            count[rating->rater]++;
        }
    }
    for (size_t w = 0; w < ratings->raters.count; w++)
        if (count[w] > 0)
            agreement[w] /= (double)count[w];
}

double *consensus_vote_agreement(const struct ratings *ratings,
                                 const double *share)
{
    size_t raters = ratings->raters.count;
    double *agreement = xcalloc(raters + 1, sizeof(*agreement));
    size_t *count = xcalloc(raters + 1, sizeof(*count));

    fill_agreement(ratings, share, agreement, count);
    free(count);
    return agreement;
}

double *consensus_vote_wawa(const struct ratings *ratings)
{
    double *share = consensus_vote_shares(ratings, NULL);
    double *skill = consensus_vote_agreement(ratings, share);

    free(share);
    return skill;
}

double *consensus_vote_zero_based(const struct ratings *ratings)
{
    size_t raters = ratings->raters.count;
    size_t classes = ratings->categories.count;
    double *skill = xcalloc(raters + 1, sizeof(*skill));
    double *agreement = xcalloc(raters + 1, sizeof(*agreement));
    size_t *count = xcalloc(raters + 1, sizeof(*count));
    double *share = xcalloc(ratings->items.count * classes + 1, sizeof(*share));
    double rate = 1;

    for (size_t w = 0; w < raters; w++)
        skill[w] = 1.0 / (double)classes + first_more;
    for (int round = 1; round <= ROUNDS; round++) {
        if (round % ROUNDS_TO_HALF == 0)
            rate /= 2;
        fill_shares(ratings, skill, share);
        fill_agreement(ratings, share, agreement, count);
        for (size_t w = 0; w < raters; w++)
            skill[w] += rate * (agreement[w] - skill[w]);
    }
    free(share);
    free(count);
    free(agreement);
    return skill;
}
