/*
 * glyph - the signs of the workbench, as Unicode and as ASCII.
 */
#ifndef MIEN_VIEW_GLYPH_H
#define MIEN_VIEW_GLYPH_H

#include <stdbool.h>
#include <stdint.h>

enum glyph {
    GLYPH_RULE,
    GLYPH_HEARD,   /* of the position line */
    GLYPH_UNHEARD, /* of the position line */
    GLYPH_PLAYHEAD,
    GLYPH_FULL, /* blocks of the waveform */
    GLYPH_UPPER,
    GLYPH_LOWER,
    GLYPH_MIDDLE, /* silence */
    GLYPH_OFF,    /* an option */
    GLYPH_ON,
    GLYPH_CURSOR,
    GLYPH_CURSOR_END, /* what closes it on the right */
    GLYPH_DOT,        /* of a grid or a wheel */
    GLYPH_AXIS,       /* a point on the middle line of a grid */
    GLYPH_FOCUS,
    GLYPH_GOOD,
    GLYPH_PLAY,
    GLYPH_PAUSE,
    GLYPH_STOP,
    GLYPH_FLAG,
    GLYPH_TICK,     /* of the ruler */
    GLYPH_SELECTED, /* the selection, and its ends */
    GLYPH_SELECT_FROM,
    GLYPH_SELECT_TO,
    GLYPH_WINDOW_FROM, /* what of the item is in the window */
    GLYPH_WINDOW_TO,
    GLYPH_MARK_IN, /* ends of an interval */
    GLYPH_MARK_OUT,
    GLYPH_PICKED_IN, /* of the one that is selected */
    GLYPH_PICKED_OUT,
    GLYPH_RUNS,    /* it has no end yet */
    GLYPH_POINT,   /* without a key of its own */
    GLYPH_EARLIER, /* a trace as it was before */
    GLYPH_TAIL,    /* where the point of a plane came from */
    GLYPH_BLANK,   /* of the spectrogram, and its shades */
    GLYPH_SHADE_1,
    GLYPH_SHADE_2,
    GLYPH_SHADE_3,
    GLYPH_INTENSITY,
    GLYPH_COUNT
};

uint32_t glyph_code(enum glyph glyph, bool ascii);

#endif
