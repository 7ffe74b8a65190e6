/*
 * physio_read - the files of an Empatica E4: EDA, HR, TEMP, ACC, BVP, IBI; or
 * any table with time stamps, see physio_csv.h.
 *
 * Of an E4 line 1 is the start in Unix time, line 2 the rate in Hz, then one
 * value a line (ACC: three, in 1/64 g).  IBI.csv has no rate: line 1 is the
 * start and "IBI", then the beat's seconds since then and the interval before
 * it.  Files that are missing or empty are streams that are not there.
 */
#ifndef MIEN_FEAT_PHYSIO_READ_H
#define MIEN_FEAT_PHYSIO_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"

enum physio_kind {
    PHYSIO_EDA,  /* microsiemens */
    PHYSIO_HR,   /* beats a minute */
    PHYSIO_TEMP, /* degrees Celsius */
    PHYSIO_ACC,  /* length of the acceleration's vector, g */
    PHYSIO_BVP,  /* pulse wave, in units of its own */
    PHYSIO_STREAMS,
};

struct physio_stream {
    double start_s; /* since the recording's start */
    double rate_hz; /* 0: not there */
    double *value;  /* owned; NAN in gaps */
    size_t count, capacity;
};

struct physio_beat {
    double at_s;       /* since the recording's start */
    double interval_s; /* from the beat before to this one */
};

struct physio_beats {
    bool there;
    bool of_wave;             /* found in the pulse wave */
    struct physio_beat *item; /* owned; times ascend */
    size_t count, capacity;
};

struct physio {
    struct physio_stream stream[PHYSIO_STREAMS];
    struct physio_beats beats;
    double duration_s;   /* from the first start to the last end */
    double start_unix_s; /* the first start, as the stamps have it */
};

enum { PHYSIO_MAX_BYTES = 512 << 20, PHYSIO_MAX_DAYS = 100 };

/*
 * A folder of an E4's files, one of them by its own name, or a table.  Where
 * there are no intervals, those of the pulse wave are taken (pulse.h).
 */
bool physio_read(const char *path, struct physio *physio, struct error *err);
/* Is it a folder, or one of an E4's files by its name and first line? */
bool physio_is_device(const char *path);
void physio_release(struct physio *physio);

#endif
