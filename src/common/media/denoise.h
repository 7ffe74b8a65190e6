/*
 * denoise - steady noise taken out of a sound, by FFmpeg's afftdn.
 *
 * afftdn lowers each band of a short-time spectrum by how little it stands out
 * of a noise whose spectrum is flat and whose level is given (spectral
 * subtraction after Boll 1979, with Ephraim & Malah's (1984) a-priori ratio).
 * It may take at most DENOISE_MOST_DB from a band, so that speech is not
 * hollowed out.
 *
 * One channel.  The delay of the filter is taken out: N samples in give N
 * samples out, sample k for sample k, whatever the sizes of the pieces.
 *
 * libavfilter is loaded when the first filter is made, not with the program:
 * it pulls in 31 further libraries, half as much again as a start takes.
 */
#ifndef MIEN_MEDIA_DENOISE_H
#define MIEN_MEDIA_DENOISE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"

/* What afftdn takes for the level of noise, in dB re full scale. */
#define DENOISE_LOWEST_DB (-80.0)
#define DENOISE_HIGHEST_DB (-20.0)
#define DENOISE_MOST_DB 12.0

struct denoise;

/* `noise_db` is brought within the limits; NULL with the reason. */
struct denoise *denoise_new(int rate, double noise_db, struct error *err);
void denoise_free(struct denoise *denoise); /* takes NULL */

/* Takes all of the input; not after denoise_finish(). */
bool denoise_push(struct denoise *denoise, const float *in, int64_t count,
                  struct error *err);
/* No more comes: the rest is made ready. */
bool denoise_finish(struct denoise *denoise, struct error *err);
/* Up to `count` samples that are ready; returns how many. */
int64_t denoise_pull(struct denoise *denoise, float *out, int64_t count);

#endif
