/*
 * mouse - what was done with the mouse, and what it hit on the screen.
 *
 * The terminal gives cells; only the view knows what it drew there, so that
 * whoever drives the bench asks view_hit() and puts both into the message.
 * Whatever the mouse can do, keys can do as well.
 */
#ifndef MIEN_APP_MOUSE_H
#define MIEN_APP_MOUSE_H

#include <stddef.h>
#include <stdint.h>

enum mouse_deed {
    MOUSE_PRESS,
    MOUSE_DRAG, /* moved while a button is down */
    MOUSE_MOVE, /* moved without one; told while a trace runs */
    MOUSE_RELEASE,
    MOUSE_WHEEL_UP,
    MOUSE_WHEEL_DOWN,
    MOUSE_WHEEL_LEFT,
    MOUSE_WHEEL_RIGHT,
};

enum mouse_button {
    MOUSE_LEFT,
    MOUSE_MIDDLE,
    MOUSE_RIGHT,
    MOUSE_NO_BUTTON, /* of the wheel, or not told */
};

struct mouse {
    enum mouse_deed deed;
    enum mouse_button button;
    uint32_t modifiers; /* KEY_MOD_... of key.h */
    int x, y;           /* cells, from 0, of the whole screen */
};

enum pane {
    PANE_NONE, /* nothing that takes a click */
    PANE_PAGE, /* the start page, the help and other pages of text */
    PANE_TEXT, /* what was said */
    PANE_WAVE,
    PANE_POSITION, /* the line with the playhead */
    PANE_QUESTION, /* `question` and `part` say which and where */
    PANE_REASON,   /* `index`: a reason to skip */
    PANE_SIDE,     /* `index`: 0 or 1, one of the two of a pair */
};

/* Of a question. */
enum hit_part {
    HIT_TITLE,
    HIT_OPTION,    /* `index` of its options */
    HIT_POINT,     /* `index` of its scale's points */
    HIT_INTENSITY, /* the same, of how strong a choice is */
    HIT_SLIDER,    /* along the line of a long scale */
    HIT_STRENGTH,  /* the same, of how strong a choice is */
    HIT_TIER,      /* `index`: the name of a tier */
    HIT_TRACK,     /* `index`: the marks of a tier, along the time axis */
    HIT_WRITING,   /* a text */
    HIT_FIELD,     /* the points of a grid */
    HIT_CIRCLE,    /* of a wheel: `index` an option, `level` how strong */
    HIT_TRACE,     /* the pane of a trace */
    HIT_TRACE_BAR, /* the slider under it */
};

struct hit {
    enum pane pane;
    enum hit_part part;
    size_t question;
    int index;
    int level;
    int column, row;   /* within the pane or part, from its upper left cell */
    int columns, rows; /* its size */
    double x, y;       /* 0 in the first cell, 1 in the last one */
};

#endif
