/*
 * stretch - the same sound at another tempo, the pitch kept, by WSOLA.
 *
 * Verhelst, W. & Roelands, M. (1993). An overlap-add technique based on
 * waveform similarity (WSOLA) for high quality time-scale modification of
 * speech. ICASSP-93, vol. 2, 554-557.
 *
 * Why not FFmpeg's atempo: the moment that is heard must be known.  There it
 * is off by up to half a window (21 ms at 48 kHz, 32 ms at 16 kHz; more in
 * silence), and what comes out at the end depends on the size of the pieces
 * that were put in.
 *
 * Output frame k sounds like input frame k * speed; there is no delay.  What
 * is heard there may come from STRETCH_REACH_US earlier or later, and between
 * two joints (12.5 ms of output) from |1 - speed| times the way to the next
 * one farther off.  N frames in give ceil(N / speed) frames out, exactly,
 * and their values do not depend on the sizes of the pieces.
 *
 * Faster means that some sound is left out: a click of a
 * millisecond may be softened down to nothing.
 */
#ifndef MIEN_MEDIA_STRETCH_H
#define MIEN_MEDIA_STRETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"

enum {
    /* How far from its place similar sound is looked for, both ways: half a
     * period of the lowest voices (62 Hz). */
    STRETCH_REACH_US = 8000,
    /* Between two joints; half of the window. */
    STRETCH_HOP_US = 12500,
};

/* Factors: 0.5 takes twice as long. */
#define STRETCH_SLOWEST 0.5
#define STRETCH_FASTEST 2.0

struct stretch;

/* Rate and channels within the limits of reader; interleaved floats. */
struct stretch *stretch_new(int rate, int channels, double speed,
                            struct error *err);
void stretch_free(struct stretch *stretch); /* takes NULL */

/* Takes all of the input; not after stretch_finish(). */
void stretch_push(struct stretch *stretch, const float *in, int64_t frames);
/* No more comes: the rest is made ready. */
void stretch_finish(struct stretch *stretch);
/* Frames ready to be pulled. */
int64_t stretch_ready(const struct stretch *stretch);
/* Up to `frames` of those; returns how many. */
int64_t stretch_pull(struct stretch *stretch, float *out, int64_t frames);
/* Forgets all samples, as after a seek; from here on at `speed`. */
void stretch_reset(struct stretch *stretch, double speed);

/* ceil(frames / speed) */
int64_t stretch_length(int64_t frames, double speed);

#endif
