/*
 * consensus_coin - truth and one accuracy of each annotator ("one coin").
 *
 * Dawid and Skene's model where an annotator is right with one probability s
 * whatever the truth is, and each wrong answer has (1 - s) / (K - 1): for
 * annotators with too few ratings for a whole confusion.  Zhang, Y., Chen, X.,
 * Zhou, D. & Jordan, M. I. (2016). Spectral methods meet EM. JMLR 17(102),
 * section 4.  Start: the shares of the votes; logarithms are taken of s within
 * 1e-10 .. 1 - 1e-10.
 */
#ifndef MIEN_STAT_CONSENSUS_COIN_H
#define MIEN_STAT_CONSENSUS_COIN_H

#include "common/stat/consensus_em.h"

struct consensus_coin {
    struct consensus_fit fit;
    double *posterior; /* owned; items * classes */
    double *prior;     /* owned; classes */
    double *skill;     /* owned; of each rater; 0 without ratings */
};

/* Every rating has a rater.  NULL after Ctrl-C. */
struct consensus_coin *consensus_coin_new(
    const struct ratings *ratings, const struct consensus_em_settings *settings,
    struct error *err);
void consensus_coin_free(struct consensus_coin *model);

/*
 * The share of each rater's ratings that the posteriors hold for right; 0
 * without ratings.
 */
void consensus_coin_skill(const struct ratings *ratings,
                          const double *posterior, double *skill);

#endif
