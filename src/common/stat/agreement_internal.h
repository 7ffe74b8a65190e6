/*
 * agreement_internal - what the files of agreement share.
 */
#ifndef MIEN_STAT_AGREEMENT_INTERNAL_H
#define MIEN_STAT_AGREEMENT_INTERNAL_H

#include "common/stat/agreement.h"

/* Which coefficients fit the scale and the raters. */
void agreement_fits(const struct ratings *ratings,
                    const struct agreement *counts,
                    const struct agreement_settings *settings, bool *fits);

/* Analytic limits, and what each value is from. */
void agreement_analytic(const struct ratings *ratings,
                        const struct agreement_settings *settings,
                        struct agreement *agreement);

/* Jackknife, bootstrap and permutations, into agreement->of[] and ->p. */
void agreement_resample(const struct ratings *ratings,
                        const struct agreement_settings *settings,
                        const bool *fits, struct agreement *agreement);

#endif
