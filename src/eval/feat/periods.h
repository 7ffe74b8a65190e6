/*
 * periods - jitter and shimmer, period by period in the waveform.
 *
 * Each period's length is the lag, within a tenth of the pitch's, at which the
 * waveform resembles itself most (Pearson's r); the next period begins there.
 * Jitter is the mean difference of neighbouring periods over the mean period,
 * shimmer the same of their peak-to-peak amplitudes in dB: Eyben et al. (2016)
 * and Eyben, F. (2016). Real-time Speech and Music Classification, chapter 2.2.
 */
#ifndef MIEN_FEAT_PERIODS_H
#define MIEN_FEAT_PERIODS_H

#include <stdbool.h>
#include <stdint.h>

struct periods_settings {
    int rate;  /* Hz */
    int hop;   /* samples from step to step */
    int frame; /* samples that a step may look ahead */
    double lowest_hz;
    /*
     * Neighbours of which one is longer, or higher, than so many times the
     * other are no neighbours: a period was missed, or the voice begins.
     * 0: no limit, as in the reference set.
     */
    double most_length_ratio, most_height_ratio;
};

struct periods_value {
    double jitter;     /* ratio; 0: unvoiced */
    double shimmer_db; /* 0: unvoiced */
    /* There were two periods to compare since the voice began. */
    bool has_jitter, has_shimmer;
};

struct periods;

struct periods *periods_new(const struct periods_settings *settings);
void periods_free(struct periods *periods); /* takes NULL */

/* Samples before the step's own that it may still look at. */
int periods_reach(const struct periods *periods);

/*
 * The next hop.  `sample` points to its first sample; periods_reach() samples
 * lie before it (fewer at the beginning) and settings->frame from it on.
 */
struct periods_value periods_step(struct periods *periods, const float *sample,
                                  double f0_hz);

#endif
