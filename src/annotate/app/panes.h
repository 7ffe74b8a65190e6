/*
 * panes - what is drawn of the sound that is in the window.
 *
 * A column of each is a column of the timeline.  The bench fills them in; the
 * model knows nothing else of the sound itself.
 */
#ifndef MIEN_APP_PANES_H
#define MIEN_APP_PANES_H

#include <stdbool.h>
#include <stdint.h>

enum {
    WAVE_COLUMNS = 1024, /* more than any screen has */
    SPECTRUM_BANDS = 64,
};

/* The lowest and highest sample of each column, -1 .. 1. */
struct wave {
    float low[WAVE_COLUMNS];
    float high[WAVE_COLUMNS];
    float peak; /* of all of the item */
    int count;  /* columns; 0: not known */
};

/* How strong each band of 0 to 5000 Hz is, the lowest first. */
struct spectrum {
    uint8_t level[WAVE_COLUMNS][SPECTRUM_BANDS]; /* half dB; 0: not known */
    uint8_t loudest;                             /* in the item so far */
    int count;
};

/* Pitch and intensity. */
struct tracks {
    float hz[WAVE_COLUMNS]; /* 0: unvoiced; NAN: not known */
    float db[WAVE_COLUMNS]; /* re full scale; NAN: not known */
    bool too_wide;          /* the window is too long for them */
    int count;
};

#endif
