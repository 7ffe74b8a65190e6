/*
 * quality_meter - what a recording is worth, measured as it passes by.
 *
 * Takes sound piece by piece; its memory grows by one number for each 20 ms.
 * Level, silence, noise and bandwidth are those of the mean of all channels,
 * which is what other sets hear; peak, clipping and zeros look at each channel.
 */
#ifndef MIEN_FEAT_QUALITY_METER_H
#define MIEN_FEAT_QUALITY_METER_H

#include <stdint.h>

struct quality_meter;

struct quality {
    double duration_s;
    double bandwidth_hz;      /* NAN: digital silence */
    double effective_rate_hz; /* NAN: the same */
    double snr_db;            /* NAN: nothing to tell apart */
    double silence_share;     /* 0 .. 1, like all shares */
    double digital_zero_share;
    double clipping_share;
    double peak_db; /* re full scale 1, not below QUALITY_FLOOR_DB */
    double rms_db;  /* the same */
    double dc_offset;
};

enum { QUALITY_FLOOR_DB = -120 };

struct quality_meter *quality_meter_new(int rate, int channels);
void quality_meter_free(struct quality_meter *meter); /* takes NULL */

/* Interleaved, full scale 1, all finite. */
void quality_meter_push(struct quality_meter *meter, const float *sample,
                        int64_t frames);
/* Once, after the last piece; at least one frame was pushed. */
void quality_meter_finish(struct quality_meter *meter, struct quality *out);

#endif
