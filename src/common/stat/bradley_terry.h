/*
 * bradley_terry - a scale from comparisons of two, ties allowed.
 *
 * Each item has a strength pi; with s = sqrt(pi_i pi_j) and
 * D = pi_i + pi_j + nu s, i is said to be more with probability pi_i / D, and
 * neither with nu s / D.
 *
 * Bradley, R. A. & Terry, M. E. (1952). Rank analysis of incomplete block
 * designs I. Biometrika 39, 324-345.  Ties: Davidson, R. R. (1970). On
 * extending the Bradley-Terry model to accommodate ties in paired comparison
 * experiments. JASA 65, 317-328, equation 2.
 */
#ifndef MIEN_STAT_BRADLEY_TERRY_H
#define MIEN_STAT_BRADLEY_TERRY_H

#include <stdbool.h>
#include <stddef.h>

/* One judgement of two items. */
struct comparison {
    size_t first, second;
    enum { COMPARED_FIRST, COMPARED_SECOND, COMPARED_TIE } outcome;
};

enum bradley_terry_ties {
    BRADLEY_TERRY_DAVIDSON, /* have a probability of their own */
    BRADLEY_TERRY_HALF,     /* count half for each */
};

struct bradley_terry_settings {
    size_t items;
    enum bradley_terry_ties ties;
    /*
     * Against an item of the mean strength that is in no table each item has
     * so many wins and as many losses: 0 is maximum likelihood.
     */
    double prior;
    int iterations;
    double tolerance; /* of log strengths, in a step */
};

#define BRADLEY_TERRY_DEFAULTS                   \
    {                                            \
        .iterations = 100000, .tolerance = 1e-12 \
    }

enum bradley_terry_state {
    BRADLEY_TERRY_FITTED,
    BRADLEY_TERRY_APART,  /* no finite scale: see `part` */
    BRADLEY_TERRY_CUT_OFF /* by the number of iterations */
};

struct bradley_terry {
    enum bradley_terry_state state;
    double *score;         /* owned; log strengths, their mean is 0 */
    double *error;         /* owned; standard errors; NAN: not computed */
    double tie;            /* nu; 0 without ties */
    double log_likelihood; /* of the judgements, without the prior */
    int iterations;
    /*
     * Owned; items of one part were each said to be more than another one by
     * some way; between parts it went one way only, or nothing was compared
     * (Ford 1957), and their distance is not finite.
     */
    size_t *part;
    size_t parts;
};

/* More items have no standard errors: a matrix must be inverted. */
enum { BRADLEY_TERRY_ERRORS_MAX = 2000 };

void bradley_terry_fit(const struct bradley_terry_settings *settings,
                       const struct comparison *comparison, size_t count,
                       struct bradley_terry *out);
void bradley_terry_release(struct bradley_terry *fit);

#endif
