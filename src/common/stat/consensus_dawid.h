/*
 * consensus_dawid - truth and error rates of each annotator, by Dawid and
 * Skene's EM.
 *
 * Dawid, A. P. & Skene, A. M. (1979). Maximum likelihood estimation of
 * observer error-rates using the EM algorithm. Applied Statistics 28(1),
 * 20-28.  Start: the shares of the votes.  M-step: equations 2.3 and 2.4, the
 * prior is the mean posterior, an annotator's error rates for truth j are the
 * posterior-weighted shares of her answers.  E-step: equation 2.5.  Stop: the
 * logarithm of equation 2.7.  A rate of zero stays zero; several ratings of an
 * item by one annotator all count.
 */
#ifndef MIEN_STAT_CONSENSUS_DAWID_H
#define MIEN_STAT_CONSENSUS_DAWID_H

#include "common/stat/consensus_em.h"

struct consensus_dawid {
    size_t classes;
    struct consensus_fit fit;
    double *posterior; /* owned; items * classes */
    double *prior;     /* owned; classes */
    /*
     * Owned; of each rater, answer, truth: the share among her ratings of
     * that truth, and how many they are by the final posteriors.
     */
    double *error, *count;
};

/* Every rating has a rater.  NULL after Ctrl-C. */
struct consensus_dawid *consensus_dawid_new(
    const struct ratings *ratings, const struct consensus_em_settings *settings,
    struct error *err);
void consensus_dawid_free(struct consensus_dawid *model);
/*
 * P(the rater answers `answer` | `truth`); 0 in all of a row whose truth no
 * item of hers may have.
 */
double consensus_dawid_error(const struct consensus_dawid *model, size_t rater,
                             size_t truth, size_t answer);
/* How many of her ratings of items of that truth are that answer. */
double consensus_dawid_count(const struct consensus_dawid *model, size_t rater,
                             size_t truth, size_t answer);

#endif
