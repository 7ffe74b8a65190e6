/*
 * prepare - what is done to a sound before it is measured, and what that
 * changed: steady noise taken out, silence cut off at both ends.
 *
 * Noise: its level is the mean power of the quietest tenth of all frames of
 * 20 ms, digital silence passed over (as the set "quality" has it, after
 * Hirsch & Ehrlicher 1995); denoise.h lowers it.
 *
 * Silence: frames of 20 ms that are 25 dB and more below the loudest, as
 * Praat's "To TextGrid (silences)" has it; 0.1 s of it stays on each side, so
 * that weak consonants do.  After the noise was taken out, if both are asked
 * for.
 *
 * The medium is read twice or three times and never held whole.
 */
#ifndef MIEN_MEDIA_PREPARE_H
#define MIEN_MEDIA_PREPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/media/rate.h"

/* As part of a cache's key: 1 is this way of doing it. */
#define PREPARE_VERSION "1"
#define PREPARE_SILENCE_DB 25.0
#define PREPARE_MARGIN_S 0.1

struct prepare_settings {
    bool denoise;
    bool trim;
};

/* What each of the two does, as notes of tables tell it. */
extern const char prepare_denoise_note[];
extern const char prepare_trim_note[];

/* NAN: not asked for, or undefined (a sound of zeros has no noise). */
struct prepare_changes {
    double noise_db;       /* the level of noise as it was, re full scale */
    double noise_taken_db; /* how much lower it is now */
    double level_taken_db; /* how much lower the mean power of all is now */
    double cut_start_s;
    double cut_end_s;
};

enum { PREPARE_CHANGES = sizeof(struct prepare_changes) / sizeof(double) };

/* "noise_floor_db", ...: names of the members above, in their order. */
extern const char *const prepare_change_names[PREPARE_CHANGES];

/*
 * As rate_stream() and rate_load().  `settings` NULL: as it is; `changes` is
 * left alone then.
 */
bool prepare_stream(const char *path, int64_t start_us, int64_t end_us,
                    int out_rate, const struct prepare_settings *settings,
                    const struct rate_sink *sink,
                    struct prepare_changes *changes, struct error *err);
bool prepare_load(const char *path, int64_t start_us, int64_t end_us,
                  int out_rate, const struct prepare_settings *settings,
                  struct rate_sound *sound, struct prepare_changes *changes,
                  struct error *err);

#endif
