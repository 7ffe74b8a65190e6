/*
 * window - pictures in a window of their own, where there is a display.
 *
 * Its title says nothing of what is shown.  Keys that are pressed in it are
 * given on.  UI thread only; the display is looked at by window_next().
 */
#ifndef MIEN_PLAY_WINDOW_H
#define MIEN_PLAY_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"

struct window;

enum window_event_kind {
    WINDOW_CLOSED,  /* the user wants it gone */
    WINDOW_CHANGED, /* another size, or uncovered: show again */
    WINDOW_KEY,
};

enum window_key {
    WINDOW_TEXT, /* `code` is a character */
    WINDOW_ENTER,
    WINDOW_TAB,
    WINDOW_BACKSPACE,
    WINDOW_ESC,
    WINDOW_UP,
    WINDOW_DOWN,
    WINDOW_LEFT,
    WINDOW_RIGHT,
    WINDOW_HOME,
    WINDOW_END,
    WINDOW_PAGE_UP,
    WINDOW_PAGE_DOWN,
    WINDOW_INSERT,
    WINDOW_DELETE,
    WINDOW_F1, /* and on to F12 */
    WINDOW_F12 = WINDOW_F1 + 11,
};

struct window_event {
    enum window_event_kind kind;
    enum window_key key;
    uint32_t code;
    bool shift, ctrl, alt;
    int64_t host_us; /* when it was read */
};

/*
 * Is there a display on this machine?  Not one that a network lies before:
 * pictures would crawl there.
 */
bool window_likely(void);

/* For pictures of this size; smaller where the display is. */
struct window *window_open(int width, int height, struct error *err);
void window_close(struct window *window); /* takes NULL */

/* The pixels that a picture of this shape has in it. */
void window_fit(struct window *window, int width, int height, int *fit_width,
                int *fit_height);
/* Shows a picture of three bytes a pixel, its shape kept. */
bool window_show(struct window *window, const uint8_t *rgb, int width,
                 int height, struct error *err);
void window_blank(struct window *window);

/* The next thing that happened; false: nothing more. */
bool window_next(struct window *window, struct window_event *event);

#endif
