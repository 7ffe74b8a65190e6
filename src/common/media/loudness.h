/*
 * loudness - how loud a medium is, and the gain that makes it as loud as
 * asked: ITU-R BS.1770-4 with the gates of EBU R 128, by libebur128.
 *
 * Full scale is 1.  A medium of one channel counts as one loudspeaker, as the
 * standard has it: a sine of 997 Hz and -23 dBFS is -23 LUFS in stereo and -26
 * in mono.
 */
#ifndef MIEN_MEDIA_LOUDNESS_H
#define MIEN_MEDIA_LOUDNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"

/* True peaks (BS.1770-4, annex 2) are kept below this: EBU R 128 asks for it.
 */
#define LOUDNESS_PEAK_DBTP (-1.0)

struct loudness {
    bool audible; /* false: below the gate all along, the others are 0 */
    double lufs;  /* integrated */
    double peak;  /* true peak of the loudest channel, dBTP */
};

/*
 * Of a part of the medium, end_us < 0: to its end.  What is shorter than the
 * standard's block of 0.4 s counts as if silence filled it.  go_on (NULL:
 * always) is asked now and then; when it says no, that is ERROR_INTERRUPTED.
 */
bool loudness_measure(const char *path, int64_t start_us, int64_t end_us,
                      bool (*go_on)(void *context), void *context,
                      struct loudness *out, struct error *err);

/* dB to `lufs`, less where the true peak would pass its limit, in hundredths;
 * 0 for silence, which has no loudness. */
double loudness_gain(const struct loudness *loudness, double lufs);

#endif
