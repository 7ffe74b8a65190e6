/*
 * easel - puts pictures on the terminal beside what curses draws.
 *
 * Curses knows 256 pairs of colours where a picture has thousands: it is given
 * a stand-in for each cell of a picture, and the cells themselves are written
 * over them afterwards.
 *
 * A picture is many times more to send than a screen of text.  Behind each one
 * goes a question to which every terminal has an answer (DSR, "CSI 5 n"), and
 * while that is out no other picture goes: however slow the link, at most one
 * picture lies between a key and what it changes on the screen.
 */
#ifndef MIEN_TERM_EASEL_H
#define MIEN_TERM_EASEL_H

#include <stdbool.h>
#include <stdint.h>

#include "annotate/app/picture.h"
#include "annotate/view/screen.h"

enum { EASEL_STAND_IN = '.' };

/* Zero-initialised knows nothing of the terminal yet. */
struct easel {
    bool waiting;        /* for the terminal's answer */
    bool answered;       /* it has given one, some time */
    int64_t sent_us;     /* the last picture */
    int64_t next_us;     /* no picture before this */
    int64_t round_us;    /* the last answer took so long */
    unsigned sent, held; /* pictures sent, and not */
};

/* The colours that the terminal has; curses must be up. */
enum picture_depth easel_depth(bool colour);

/* May a picture be sent now? */
bool easel_ready(struct easel *easel, int64_t now_us);
void easel_answered(struct easel *easel, int64_t at_us);

/*
 * After refresh(): writes the cells of pictures that differ from `shown`, all
 * of them in a row that `redrawn` says curses has drawn.  Without `ready` only
 * those that must be.  Returns what was written to `shown`.
 */
void easel_paint(struct easel *easel, const struct screen *screen,
                 struct screen *shown, const bool *redrawn, bool ready,
                 enum picture_depth depth, int64_t now_us);
/* Takes an answer that is still out from stdin: it must not reach the shell. */
void easel_drain(struct easel *easel);

#endif
