/*
 * voice_sum - the low-level descriptors of a whole sound as 88 functionals.
 *
 * Rows go in as voice.h makes them; each is smoothed over three frames.  Of
 * what does not need order only sums are kept, of pitch and loudness the
 * values: 8 bytes a frame.
 */
#ifndef MIEN_FEAT_VOICE_SUM_H
#define MIEN_FEAT_VOICE_SUM_H

#include "eval/feat/voice.h"

enum { VOICE_SUM_COUNT = 88 };

struct voice_sum;

/* `hop`: seconds between rows. */
struct voice_sum *voice_sum_new(double hop);
void voice_sum_free(struct voice_sum *sum); /* takes NULL */

/* A voice_sink; the context is the struct voice_sum. */
void voice_sum_add(void *context, const struct voice_row *row);
/* In the published order; all NAN when there was no row. */
void voice_sum_finish(struct voice_sum *sum, double out[VOICE_SUM_COUNT]);

/* Smoothed values of the middle one of three rows, as they are published. */
void voice_sum_smooth(const struct voice_row *before,
                      const struct voice_row *row,
                      const struct voice_row *after, float out[VOICE_COUNT]);

#endif
