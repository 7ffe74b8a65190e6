/*
 * glyph - the signs of the workbench, as Unicode and as ASCII.
 *
 * All are one cell wide in the C library's tables and stand in the fonts of
 * the usual terminals.
 */
#include <config.h>

#include "annotate/view/glyph.h"

#include <assert.h>

struct sign {
    uint32_t unicode;
    char ascii;
};

static const struct sign signs[GLYPH_COUNT] = {
    [GLYPH_RULE] = { 0x2500, '-' },        /* light horizontal */
    [GLYPH_HEARD] = { 0x2501, '=' },       /* heavy horizontal */
    [GLYPH_UNHEARD] = { 0x2500, '-' },     /* light horizontal */
    [GLYPH_PLAYHEAD] = { 0x2503, '|' },    /* heavy vertical */
    [GLYPH_FULL] = { 0x2588, '#' },        /* full block */
    [GLYPH_UPPER] = { 0x2580, '"' },       /* upper half block */
    [GLYPH_LOWER] = { 0x2584, '_' },       /* lower half block */
    [GLYPH_MIDDLE] = { 0x2500, '-' },      /* light horizontal */
    [GLYPH_OFF] = { 0x25CB, 'o' },         /* white circle */
    [GLYPH_ON] = { 0x25CF, '*' },          /* black circle */
    [GLYPH_CURSOR] = { 0x203A, '>' },      /* single angle quote */
    [GLYPH_CURSOR_END] = { 0x2039, '<' },  /* single angle quote, left */
    [GLYPH_DOT] = { 0x00B7, '.' },         /* middle dot */
    [GLYPH_AXIS] = { 0x253C, '+' },        /* light cross */
    [GLYPH_FOCUS] = { 0x25B8, '>' },       /* small triangle */
    [GLYPH_GOOD] = { 0x2713, '+' },        /* check mark */
    [GLYPH_PLAY] = { 0x25B6, '>' },        /* triangle */
    [GLYPH_PAUSE] = { 0x2016, '=' },       /* double vertical line */
    [GLYPH_STOP] = { 0x25A0, '#' },        /* black square */
    [GLYPH_FLAG] = { 0x2691, '!' },        /* black flag */
    [GLYPH_TICK] = { 0x2575, '\'' },       /* light up */
    [GLYPH_SELECTED] = { 0x2550, '~' },    /* double horizontal */
    [GLYPH_SELECT_FROM] = { 0x255E, '(' }, /* vertical, right double */
    [GLYPH_SELECT_TO] = { 0x2561, ')' },   /* vertical, left double */
    [GLYPH_WINDOW_FROM] = { '[', '[' },
    [GLYPH_WINDOW_TO] = { ']', ']' },
    [GLYPH_BLANK] = { ' ', ' ' },
    [GLYPH_SHADE_1] = { 0x2591, '.' },    /* light shade */
    [GLYPH_SHADE_2] = { 0x2592, ':' },    /* medium shade */
    [GLYPH_SHADE_3] = { 0x2593, '%' },    /* dark shade */
    [GLYPH_INTENSITY] = { 0x00B7, '.' },  /* middle dot */
    [GLYPH_MARK_IN] = { 0x251C, '[' },    /* vertical and right */
    [GLYPH_MARK_OUT] = { 0x2524, ']' },   /* vertical and left */
    [GLYPH_PICKED_IN] = { 0x25C0, '<' },  /* triangle to the left */
    [GLYPH_PICKED_OUT] = { 0x25B6, '>' }, /* triangle to the right */
    [GLYPH_RUNS] = { 0x2026, '~' },       /* ellipsis */
    [GLYPH_POINT] = { 0x25C6, '^' },      /* black diamond */
    [GLYPH_EARLIER] = { 0x00B7, '.' },    /* middle dot */
    [GLYPH_TAIL] = { 0x2022, ':' },       /* bullet */
};

uint32_t glyph_code(enum glyph glyph, bool ascii)
{
    assert(glyph < GLYPH_COUNT);
    return ascii ? (uint32_t)signs[glyph].ascii : signs[glyph].unicode;
}
