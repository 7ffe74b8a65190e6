/*
 * encode - a sound written as a file, by FFmpeg's encoders.
 *
 * The container is the one that the path's extension names.  Not every build
 * of FFmpeg has every encoder: Debian's has those below.
 */
#ifndef MIEN_MEDIA_ENCODE_H
#define MIEN_MEDIA_ENCODE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"

/* False: this FFmpeg lacks it.  "pcm_f32le", "libmp3lame", "libopus", "aac" */
bool encode_has(const char *codec);
/*
 * The rate to encode sound of `rate` Hz at: the same if the codec takes it,
 * else its next higher one, else its highest.
 */
int encode_rate(const char *codec, int rate);

/*
 * Interleaved floats, full scale 1; `rate` must be one that the codec takes.
 * `bit_rate` in bits a second; of no meaning for PCM.  What stood under the
 * name is written over: for files of one's own.
 */
bool encode_sound(const char *path, const char *codec, int64_t bit_rate,
                  int rate, int channels, const float *sample, int64_t frames,
                  struct error *err);

#endif
