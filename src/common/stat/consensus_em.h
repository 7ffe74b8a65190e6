/*
 * consensus_em - what the models of annotators fitted by EM share.
 *
 * All of them work in logarithms (Dawid and Skene's in products where these
 * do not underflow), stop on the log-likelihood of what was observed, and
 * report how they ended.  Posteriors are rows of `classes` numbers, item by
 * item; the row of an item without ratings is all zero.
 */
#ifndef MIEN_STAT_CONSENSUS_EM_H
#define MIEN_STAT_CONSENSUS_EM_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/stat/ratings.h"

struct consensus_em_settings {
    int iterations; /* at most */
    /*
     * Converged: the log-likelihood changed by no more than this share of
     * itself, and no posterior by more than CONSENSUS_STEP.  0: go on to the
     * last iteration.
     */
    double tolerance;
};

#define CONSENSUS_STEP 1e-8

struct consensus_fit {
    int iterations;
    bool converged;
    /* Of what was observed, under the parameters that are handed out. */
    double log_likelihood;
    double step; /* largest change of a posterior in the last iteration */
};

/*
 * Posteriors of an item: exp(log_p[]), which is used up, normalised into
 * row[].  Adds the logarithm of the sum to the fit's log-likelihood and raises
 * its step.  What is below 1e-290 becomes zero, so that no denormal numbers
 * slow the sums down.
 */
void consensus_em_row(double *log_p, size_t classes, double *row,
                      struct consensus_fit *fit);
/*
 * The same of exp(log_scale) * p[]; `sum`, above zero, is that of p[].
 */
void consensus_em_share(const double *p, double sum, double log_scale,
                        size_t classes, double *row, struct consensus_fit *fit);

/* Before an E-step: forgets log-likelihood and step, counts the iteration. */
void consensus_em_begin(struct consensus_fit *fit);
/*
 * After it; `before` is the objective of the iteration before, `now` its
 * present one (the log-likelihood, or more).  True when the fit is to go on;
 * after Ctrl-C false with `err` filled.
 */
bool consensus_em_goes_on(struct consensus_fit *fit,
                          const struct consensus_em_settings *settings,
                          double before, double now, struct error *err);

/* The shares of an item's votes, the start of EM; the caller frees. */
double *consensus_em_shares(const struct ratings *ratings);
/* The mean posterior of the items that have ratings. */
void consensus_em_prior(const struct ratings *ratings, const double *posterior,
                        double *prior);
/* log(), and -INFINITY at 0 without a look at errno. */
double consensus_em_log(double p);

#endif
