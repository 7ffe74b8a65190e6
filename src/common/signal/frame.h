/*
 * frame - short overlapping pieces of a sound, one every `hop` samples.
 *
 * Plain: frame k begins at sample k * hop, and only complete frames count.
 * Centred: frame k has its middle sample (size / 2) at k * hop, for every
 * k * hop within the sound, which is taken to be 0 outside; so frames of
 * different sizes with one hop describe the same moments, and a sound of one
 * sample has a frame.
 */
#ifndef MIEN_SIGNAL_FRAME_H
#define MIEN_SIGNAL_FRAME_H

#include <stdbool.h>
#include <stdint.h>

struct frame_settings {
    int size; /* samples, at least 1 */
    int hop;  /* samples, at least 1 */
    bool centred;
};

int64_t frame_count(const struct frame_settings *settings, int64_t samples);
/* Where frame `index` begins; negative for the first centred ones. */
int64_t frame_begin(const struct frame_settings *settings, int64_t index);
/* `size` samples into `out`. */
void frame_copy(const struct frame_settings *settings, const float *sample,
                int64_t samples, int64_t index, float *out);

#endif
