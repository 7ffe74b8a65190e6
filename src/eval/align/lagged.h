/*
 * lagged - how one signal goes with another that comes later or earlier, in
 * the presence of gaps.
 *
 * The reference is cut into pieces; of each and of every lag there are the
 * sums of squares and products about the means of those moments at which both
 * signals are there, by the Fourier transform.  Padfield, D. (2012). Masked
 * object registration in the Fourier domain. IEEE Trans. Image Processing
 * 21(5), 2706-2718, equations 9 to 20.
 */
#ifndef MIEN_ALIGN_LAGGED_H
#define MIEN_ALIGN_LAGGED_H

#include <stdbool.h>
#include <stddef.h>

struct lagged_plan {
    size_t points; /* of the reference */
    size_t pieces; /* of equal length; what is left at the end is not used */
    size_t length; /* of a piece; points */
    size_t most;   /* lags are -most .. most points */
};

struct lagged;

enum {
    LAGGED_MAX_WINDOW = 1 << 20,
    LAGGED_MAX_SUMS = 40000000,
    LAGGED_REACH = 4,
};

/* x: the reference, NAN is missing; copied. */
struct lagged *lagged_new(const struct lagged_plan *plan, const double *x);
void lagged_free(struct lagged *lagged);

/*
 * Against y, which has points + 2 * most values: y[most + i] is beside x[i].
 * It is read from place `turn` on and around its end, which puts it at a wrong
 * time on purpose; 0 leaves it.  Both should be about 0 with a standard
 * deviation about 1: the sums are of single precision.
 */
void lagged_run(struct lagged *lagged, const double *y, size_t turn);

/*
 * The correlation within pieces, all pieces together: y later by a + b u
 * points in a piece whose middle is at u, from -1 to 1 over the reference.
 * `without`: a piece that is left out; SIZE_MAX: none.  Products between points
 * are by the sinc in Lanczos's window of LAGGED_REACH points to either side: a
 * polynomial through few of them would bend too much at the top, and put it at
 * a wrong place.  False when less than half of what can be is there, or nothing
 * varies.
 */
bool lagged_fit(const struct lagged *lagged, double a, double b, size_t without,
                double *r);
/* The same at the nearest whole lags: for searching. */
bool lagged_fit_coarse(const struct lagged *lagged, double a, double b,
                       double *r);

/* Pieces that have anything to say at some lag. */
size_t lagged_pieces(const struct lagged *lagged);
/* Whether piece k is one of them. */
bool lagged_used(const struct lagged *lagged, size_t piece);

#endif
