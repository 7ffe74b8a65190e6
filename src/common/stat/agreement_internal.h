/*
 * agreement_internal - what the files of agreement share.
 */
#ifndef MIEN_STAT_AGREEMENT_INTERNAL_H
#define MIEN_STAT_AGREEMENT_INTERNAL_H

#include "common/stat/agreement.h"
#include "common/stat/icc.h"

/* Which coefficients fit the scale and the raters. */
void agreement_fits(const struct ratings *ratings,
                    const struct agreement *counts,
                    const struct agreement_settings *settings, bool *fits);

/* Fills weight[categories^2] with those of the settings. */
void agreement_weights(const struct ratings *ratings,
                       const struct agreement_settings *settings,
                       double *weight);
struct alpha agreement_alpha(const struct ratings *ratings,
                             const struct agreement_settings *settings);

/* Analytic limits, and what each value is from. */
void agreement_analytic(const struct ratings *ratings,
                        const struct agreement_settings *settings,
                        struct agreement *agreement);

/*
 * Fills the agreement and the consistency forms: by mean squares where every
 * rater judged every item (x, as of rating_grid_complete()), else by REML.
 */
void agreement_icc(const struct ratings *ratings, const double *x, size_t items,
                   size_t raters, double level, struct icc *icc);

/* The test against chance, into agreement->p. */
void agreement_permute(const struct ratings *ratings,
                       const struct agreement_settings *settings,
                       struct agreement *agreement);
/* Jackknife, bootstrap and, with these, the test. */
void agreement_resample(const struct ratings *ratings,
                        const struct agreement_settings *settings,
                        const bool *fits, struct agreement *agreement);

#endif
