/*
 * theme - how each role of a cell looks.
 *
 * No meaning hangs on colour alone: whatever is chosen, refused or under the
 * cursor has a mark of its own in the text as well.  The colours are those
 * that people with any kind of colour vision tell apart in the usual eight:
 * blue, cyan and yellow, never red against green.
 */
#ifndef MIEN_VIEW_THEME_H
#define MIEN_VIEW_THEME_H

#include <stdbool.h>

#include "annotate/view/screen.h"

enum theme { THEME_COLOUR, THEME_MONO };

/* The eight colours of terminals. */
enum ink {
    INK_DEFAULT = -1,
    INK_BLACK,
    INK_RED,
    INK_GREEN,
    INK_YELLOW,
    INK_BLUE,
    INK_MAGENTA,
    INK_CYAN,
    INK_WHITE,
};

struct look {
    enum ink ink;
    enum ink paper;
    bool bold;
    bool underline;
    bool reverse;
    bool faint;
};

/* A heat's colour, of a terminal that has 256. */
int theme_heat_colour(int heat);

const struct look *theme_look(enum theme theme, enum role role);

#endif
