/*
 * screen - a grid of terminal cells, drawn by the views, shown by term.
 *
 * Each cell holds a character, its combining marks and a role: what the cell
 * is, not how it looks (theme.h says that).  A wide character takes two cells;
 * the second has code 0.  Drawing outside the grid is cut off; a wide
 * character that does not fit becomes a blank.
 */
#ifndef MIEN_VIEW_SCREEN_H
#define MIEN_VIEW_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "annotate/app/picture.h"
#include "common/base/buf.h"

enum {
    SCREEN_MARKS = 4, /* combining marks kept in a cell */
    SCREEN_SIDE_MAX = 1000,
    SCREEN_HEATS = 8, /* steps from dark to light */
};

/* What a cell is; the letters are those of the role dump. */
enum role {
    ROLE_PLAIN,     /* . */
    ROLE_TITLE,     /* T */
    ROLE_FAINT,     /* - of less weight: rules, hints */
    ROLE_KEY,       /* K a key to press */
    ROLE_CHOSEN,    /* X the given answer */
    ROLE_CURSOR,    /* C what the cursor is on */
    ROLE_BOTH,      /* B chosen and under the cursor */
    ROLE_WAVE,      /* w sound not heard yet */
    ROLE_HEARD,     /* h sound that was heard */
    ROLE_PLAYHEAD,  /* P */
    ROLE_GOOD,      /* g kept, done */
    ROLE_ALERT,     /* ! refused, failed */
    ROLE_BAR,       /* = the status and header bars */
    ROLE_BAR_KEY,   /* k a key within a bar */
    ROLE_INPUT,     /* _ where text is typed */
    ROLE_PICTURE,   /* p a part of a picture, in its own colours */
    ROLE_SELECTION, /* s the selected part of the sound */
    ROLE_PITCH,     /* f */
    ROLE_INTENSITY, /* i */
    ROLE_COUNT,
    /* Two heights of a spectrogram: see screen_heat_role(). */
    ROLE_HEAT = 64
};

struct cell {
    uint32_t code; /* 0: the second half of a wide character */
    uint32_t mark[SCREEN_MARKS];
    uint8_t role;
    int32_t ink, paper; /* of ROLE_PICTURE; see picture.h */
};

struct screen {
    int width, height;
    bool ascii;             /* nothing but ASCII may be drawn */
    bool heat;              /* the terminal tells ROLE_HEAT and on apart */
    int cursor_x, cursor_y; /* of the terminal; -1: hidden */
    struct cell *cells;     /* owned; height rows of width */
};

/* The role of an upper half block: its colour is one heat, the paper below
 * it another. */
enum role screen_heat_role(int upper, int lower);
/* False: it is another role. */
bool screen_role_heats(enum role role, int *upper, int *lower);

void screen_init(struct screen *screen, int width, int height, bool ascii);
void screen_release(struct screen *screen);
/* Makes it another size, all blank. */
void screen_resize(struct screen *screen, int width, int height);
void screen_clear(struct screen *screen);

/* The cell at a place within the grid. */
const struct cell *screen_cell(const struct screen *screen, int x, int y);

/*
 * Draws text from (x, y), at most `cells` wide, and returns the cells that it
 * took.  Control characters are left out.  On an ASCII screen other
 * characters become "?", as many as they are wide.
 */
int screen_put(struct screen *screen, int x, int y, int cells, enum role role,
               const char *text);
int screen_putf(struct screen *screen, int x, int y, int cells, enum role role,
                const char *format, ...) __attribute__((format(printf, 6, 7)));
/* As screen_put; a text that is cut ends in an ellipsis. */
int screen_put_cut(struct screen *screen, int x, int y, int cells,
                   enum role role, const char *text);
void screen_put_code(struct screen *screen, int x, int y, enum role role,
                     uint32_t code);
void screen_put_picture(struct screen *screen, int x, int y,
                        const struct picture_cell *cell);
/* A run of one character. */
void screen_fill(struct screen *screen, int x, int y, int cells, enum role role,
                 uint32_t code);

/* Rows with blanks at their ends cut off, each ended by a newline. */
void screen_dump(const struct screen *screen, struct buf *out);
/* The same, a letter a cell for its role; plain cells are ".". */
void screen_dump_roles(const struct screen *screen, struct buf *out);

#endif
