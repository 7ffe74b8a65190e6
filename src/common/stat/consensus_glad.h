/*
 * consensus_glad - truth, each annotator's ability, each item's easiness.
 *
 * Whitehill, J., Ruvolo, P., Wu, T., Bergsma, J. & Movellan, J. (2009). Whose
 * vote should count more. NIPS 22: annotator w labels item i rightly with
 * probability 1 / (1 + exp(-alpha_w exp(beta_i))), equation 1 with b_i =
 * exp(beta_i); each of the K - 1 wrong labels is equally likely.  Truths are
 * equally likely beforehand; alpha and beta have normal priors of mean 1 and
 * variance 1, and begin at 1.  The M-step climbs by Newton's steps over each
 * alpha, then each beta, several times.
 */
#ifndef MIEN_STAT_CONSENSUS_GLAD_H
#define MIEN_STAT_CONSENSUS_GLAD_H

#include "common/stat/consensus_em.h"

struct consensus_glad {
    struct consensus_fit fit;
    /* Of what was observed and the priors; what the fit climbs. */
    double objective;
    double *posterior; /* owned; items * classes */
    double *ability;   /* owned; alpha of each rater, 1 without ratings */
    double *easiness;  /* owned; beta of each item, 1 without ratings */
};

/* Every rating has a rater.  NULL after Ctrl-C. */
struct consensus_glad *consensus_glad_new(
    const struct ratings *ratings, const struct consensus_em_settings *settings,
    struct error *err);
void consensus_glad_free(struct consensus_glad *model);

#endif
