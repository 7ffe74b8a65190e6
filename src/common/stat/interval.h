/*
 * interval - how far a score may be off, when items come in clusters.
 *
 * Items of one speaker are alike, so speakers are what is left out or drawn
 * again, never items.  A source hides what the score is made of: it can be
 * emptied, take a cluster in any number of times (also out again), and be
 * read.  All of a source's outputs are read from the same resamples.
 */
#ifndef MIEN_STAT_INTERVAL_H
#define MIEN_STAT_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/stat/estimate.h"

struct interval_source {
    size_t clusters;
    size_t outputs; /* numbers that one reading gives */
    /*
     * NULL, or 0 or 1 for each cluster: two groups that share no cluster.
     * Drawing stays within the groups, and the jackknife adds the groups'
     * variances (Welch 1947).
     */
    const size_t *group;
    void *context;
    void (*clear)(void *context);
    void (*add)(void *context, size_t cluster, int times);
    /*
     * Fills out[0 .. outputs - 1].  False: this resample lost something that
     * the whole sample has (a class), and should be drawn again.
     */
    bool (*read)(void *context, struct estimate *out);
};

enum interval_method {
    INTERVAL_JACKKNIFE_T,     /* delete one cluster, Student's t */
    INTERVAL_JACKKNIFE_WELCH, /* the same in two groups, added up */
    INTERVAL_PERCENTILE,      /* bootstrap of clusters */
    INTERVAL_NORMAL,
    INTERVAL_BASIC,
    INTERVAL_BCA,
};

struct interval {
    bool defined;
    const char *reason; /* static text, when undefined */
    enum interval_method method;
    double level; /* such as 0.95 */
    double low, high;
    double se; /* standard error */
    double df; /* jackknife: degrees of freedom of t */
    /*
     * Jackknife of one group: (G - 1) (mean of the leave-one-out values -
     * value), Quenouille's estimate of the bias; the limits are not moved by
     * it.
     */
    double bias;
    bool no_spread; /* every cluster says the same: no width to rely on */
    size_t clusters;
    size_t resamples; /* bootstrap: those that the limits are from */
    size_t redrawn;   /* bootstrap: drawn again because a class was lost */
    size_t undefined; /* bootstrap: resamples without a value, left out */
};

/* "jackknife-t", "jackknife-welch-t", "cluster-bootstrap-percentile". */
const char *interval_method_name(enum interval_method method);

/* The outputs of the whole sample. */
void interval_whole(const struct interval_source *source,
                    struct estimate *value);

/*
 * Delete-one-cluster jackknife, value +- t se.  One group: se^2 is
 * (G - 1) / G times the sum of squares of the leave-one-out values about
 * their mean (Efron, B. & Stein, C. (1981). Annals of Statistics 9(3),
 * equation 1.3), G - 1 degrees of freedom.  Two groups: the sum of both
 * variances, degrees of freedom by Satterthwaite, F. E. (1946). Biometrics
 * Bulletin 2(6), equation 17.  Fills out[] and value[] for all outputs.
 */
void interval_jackknife(const struct interval_source *source, double level,
                        struct estimate *value, struct interval *out);

/* Values of all outputs in all resamples; NAN (only here) if undefined. */
struct interval_resamples {
    size_t count, outputs, clusters;
    double *value; /* owned; [resample * outputs + output] */
    size_t redrawn;
    bool exhausted; /* gave up: nearly every draw lost a class */
};

/*
 * Draws with the stream `name` of `seed`.  Ctrl-C ends it early (`exhausted`):
 * callers ask interrupt_check().
 */
void interval_draw(const struct interval_source *source, size_t count,
                   uint64_t seed, const char *name,
                   struct interval_resamples *out);
/* With given draws: index[resample * clusters + place], from 0. */
void interval_draw_given(const struct interval_source *source,
                         const size_t *index, size_t count,
                         struct interval_resamples *out);
void interval_resamples_release(struct interval_resamples *resamples);

/* The defined values of an output, sorted; the caller's.  *count of them. */
double *interval_sorted(const struct interval_resamples *resamples,
                        size_t output, size_t *count);

/*
 * The percentile interval (order statistics of describe_quantile_order()).
 * Undefined when more than one resample in twenty has no value.
 */
struct interval interval_percentile(const struct interval_resamples *resamples,
                                    size_t output, double level);

/* Cuts the limits to what the score can be at all. */
/* Values without each cluster in turn, [cluster * outputs + output]; NAN where
   undefined; the caller's. */
double *interval_leave_out(const struct interval_source *source);

/*
 * Other limits from the same resamples; `value` is that of the whole sample.
 * Normal: the value less the bootstrap's bias, by normal quantiles; basic: the
 * percentile limits mirrored about the value.  Davison & Hinkley (1997),
 * equations 5.5 and 5.6.
 */
struct interval interval_normal(const struct interval_resamples *resamples,
                                size_t output, double level, double value);
struct interval interval_basic(const struct interval_resamples *resamples,
                               size_t output, double level, double value);
/*
 * Bias-corrected and accelerated: Efron, B. (1987). JASA 82(397), 171-185,
 * with z0 from the share of resamples below the value, and the acceleration
 * from the influence of each cluster (value less the value without it, as R's
 * boot has it): `left[0 .. n - 1]` are the values
 * without it; NAN is left out.
 */
struct interval interval_bca(const struct interval_resamples *resamples,
                             size_t output, double level, double value,
                             const double *left, size_t n);

void interval_clip(struct interval *interval, double low, double high);

#endif
