/*
 * lpc - linear prediction: autocorrelation and the Levinson-Durbin recursion.
 *
 * Makhoul, J. (1975). Linear prediction: a tutorial review. Proceedings of the
 * IEEE 63(4), 561-580, equations 12 (autocorrelation method) and 38.
 */
#ifndef MIEN_SIGNAL_LPC_H
#define MIEN_SIGNAL_LPC_H

#include <stdbool.h>

enum { LPC_MAX_ORDER = 64 };

/* r[k] = sum x[n] x[n + k], for k = 0 .. order. */
void lpc_autocorrelate(const float *sample, int samples, int order, double *r);

/*
 * The filter 1 + a[0] z^-1 + ... + a[order - 1] z^-order that leaves least of
 * the signal.  False, and all zeros, for a signal without energy.
 */
bool lpc_durbin(const double *r, int order, double *a);

#endif
