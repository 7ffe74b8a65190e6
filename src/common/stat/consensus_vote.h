/*
 * consensus_vote - shares of votes, plain and weighted by skill.
 *
 * Shares are rows of `classes` numbers, item by item, that sum to 1; the row
 * of an item without ratings, or whose raters all weigh nothing, is all zero.
 * Inside the two rules that estimate skills a tie goes to the first label in
 * the categories' order (as in crowd-kit, which has both rules).
 */
#ifndef MIEN_STAT_CONSENSUS_VOTE_H
#define MIEN_STAT_CONSENSUS_VOTE_H

#include "common/stat/ratings.h"

/* Each is the caller's to free. */

/* `weight` of each rater, none negative; NULL: one vote each. */
double *consensus_vote_shares(const struct ratings *ratings,
                              const double *weight);
/*
 * Of each rater the share of ratings that are the item's first most voted
 * label; 0 without ratings.  Every rating has a rater.
 */
double *consensus_vote_agreement(const struct ratings *ratings,
                                 const double *share);
/*
 * Worker agreement with aggregate (Wawa): the agreement with the majority is
 * the weight of a second vote.
 */
double *consensus_vote_wawa(const struct ratings *ratings);
/*
 * Zero-based skill: 100 rounds of weighted votes; after each the skill moves
 * towards the agreement with the vote by a rate of 1 that is halved every
 * fifth round.  First skill: 1/K + 1e-5.
 */
double *consensus_vote_zero_based(const struct ratings *ratings);

/* Two shares that differ by rounding only are a tie. */
#define CONSENSUS_VOTE_NEAR 1e-9

/*
 * The first of the largest of a row, and in *tied (may be NULL) how many
 * there are; 0 when the row is all zero.
 */
size_t consensus_vote_top(const double *share, size_t classes, size_t *tied);

#endif
