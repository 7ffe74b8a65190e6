/*
 * easel - puts pictures on the terminal beside what curses draws.
 */
#include <config.h>

#include "annotate/term/easel.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#include "common/base/buf.h"
#include "common/base/utf8.h"

#undef lines
#undef columns

enum {
    PATIENCE_US = 1000000,  /* for the first answer; then it has none */
    LOST_US = 5000000,      /* an answer that came no more */
    UNANSWERED_US = 200000, /* between pictures to terminals without one */
    FAREWELL_MS = 300,
};

static const char question[] = "\033[5n";

static bool says_true_colour(void)
{
    const char *told = getenv("COLORTERM");

    return (told &&
            (strcmp(told, "truecolor") == 0 || strcmp(told, "24bit") == 0)) ||
           tigetflag("RGB") > 0 || tigetflag("Tc") > 0;
}

enum picture_depth easel_depth(bool colour)
{
    if (!colour)
        return PICTURE_MONO;
    if (says_true_colour())
        return PICTURE_TRUE;
    if (max_colors >= 256)
        return PICTURE_256;
    if (max_colors >= 16)
        return PICTURE_16;
    return max_colors >= 8 ? PICTURE_8 : PICTURE_MONO;
}

bool easel_ready(struct easel *easel, int64_t now_us)
{
    int64_t gone_us = now_us - easel->sent_us;

    if (easel->waiting && easel->answered && gone_us > LOST_US)
        easel->waiting = false;
    if (easel->waiting && !easel->answered && gone_us > PATIENCE_US)
        easel->waiting = false;
    return !easel->waiting && now_us >= easel->next_us;
}

/* As long as the picture took, the link is free for other things. */
void easel_answered(struct easel *easel, int64_t at_us)
{
    if (!easel->waiting)
        return;
    easel->waiting = false;
    easel->answered = true;
    easel->round_us = at_us - easel->sent_us;
    easel->next_us = at_us + easel->round_us / 2;
}

static bool same_look(const struct cell *a, const struct cell *b)
{
    return a->ink == b->ink && a->paper == b->paper;
}

static void add_colour(struct buf *out, enum picture_depth depth, int32_t value,
                       bool ink)
{
    char *text = ink ? set_a_foreground : set_a_background;

    if (value == PICTURE_PLAIN || depth == PICTURE_MONO)
        return;
    if (depth == PICTURE_TRUE)
        buf_addf(out, "\033[%d;2;%d;%d;%dm", ink ? 38 : 48, value >> 16 & 255,
                 value >> 8 & 255, value & 255);
    else if (text)
        buf_add_text(out, tparm(text, (long)value));
}

static void add_cell(struct buf *out, const struct cell *cell,
                     const struct cell *before, enum picture_depth depth)
{
    char bytes[4];

    if (!before || !same_look(before, cell)) {
        buf_add_text(out, exit_attribute_mode ? exit_attribute_mode : "");
        add_colour(out, depth, cell->ink, true);
        add_colour(out, depth, cell->paper, false);
    }
    buf_add(out, bytes, utf8_encode(cell->code, bytes));
}

/* One row; cells that were written are copied to `shown`. */
static void add_row(struct buf *out, const struct screen *screen,
                    struct screen *shown, int y, bool all, bool ready,
                    enum picture_depth depth)
{
    const struct cell *before = NULL; /* written just left of this one */

    for (int x = 0; x < screen->width && x < COLS; x++) {
        const struct cell *cell = screen_cell(screen, x, y);
        struct cell *old = &shown->cells[y * shown->width + x];
        bool changed = old->role != ROLE_PICTURE || old->code != cell->code ||
                       !same_look(old, cell);

        if (cell->role != ROLE_PICTURE ||
            !(all || old->role != ROLE_PICTURE || (ready && changed))) {
            before = NULL;
            continue;
        }
        if (!before)
            buf_add_text(out, tparm(cursor_address, (long)y, (long)x));
        add_cell(out, cell, before, depth);
        *old = *cell;
        before = cell;
    }
}

void easel_paint(struct easel *easel, const struct screen *screen,
                 struct screen *shown, const bool *redrawn, bool ready,
                 enum picture_depth depth, int64_t now_us)
{
    struct buf out = { 0 };
    int x, y;

    for (y = 0; y < screen->height && y < LINES; y++)
        add_row(&out, screen, shown, y, redrawn[y], ready, depth);
    easel->held += !ready;
    if (out.length > 0) {
        if (exit_attribute_mode)
            buf_add_text(&out, exit_attribute_mode);
        getyx(curscr, y, x); /* where curses believes the cursor to be */
        buf_add_text(&out, tparm(cursor_address, (long)y, (long)x));
        if (ready) {
            buf_add_text(&out, question);
            easel->waiting = true;
            easel->sent_us = now_us;
            easel->next_us = now_us + (easel->answered ? 0 : UNANSWERED_US);
            easel->sent++;
        }
        fwrite(buf_text(&out), 1, out.length, stdout);
        fflush(stdout);
    }
    buf_release(&out);
}

void easel_drain(struct easel *easel)
{
    struct pollfd file = { .fd = STDIN_FILENO, .events = POLLIN };
    char byte;

    while (easel->waiting && poll(&file, 1, FAREWELL_MS) > 0 &&
           read(STDIN_FILENO, &byte, 1) == 1) {
        if (byte == 'n')
            easel->waiting = false;
    }
    easel->waiting = false;
}
