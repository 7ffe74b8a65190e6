/*
 * picture - the picture of a video as cells of a terminal.
 */
#ifndef MIEN_APP_PICTURE_H
#define MIEN_APP_PICTURE_H

#include <stddef.h>
#include <stdint.h>

enum {
    PICTURE_PLAIN = -1, /* the terminal's own colour */
    PICTURE_COLUMNS_MAX = 1000,
    PICTURE_ROWS_MAX = 500,
};

/* How many colours the cells may have, and what their numbers mean. */
enum picture_depth {
    PICTURE_MONO, /* all are PICTURE_PLAIN */
    PICTURE_8,    /* 0 to 7 */
    PICTURE_16,   /* 0 to 15 */
    PICTURE_256,  /* of the usual palette */
    PICTURE_TRUE, /* 0xRRGGBB */
};

struct picture_cell {
    uint32_t code;
    int32_t ink, paper;
};

enum picture_state {
    PICTURE_NONE,   /* the open entry has no pictures */
    PICTURE_COMING, /* not known yet */
    PICTURE_HERE,   /* shown in the workbench */
    PICTURE_APART,  /* shown in a window */
    PICTURE_FAILED, /* there are some, but they cannot be shown */
};

struct picture {
    enum picture_state state;
    int width, height;         /* of the pictures, square pixels */
    int columns, rows;         /* of `cell`; 0: none is there yet */
    struct picture_cell *cell; /* owned; row by row */
};

/* Copies the cells in; columns or rows 0 empties it. */
void picture_set(struct picture *picture, const struct picture_cell *cell,
                 int columns, int rows);
void picture_release(struct picture *picture);

/*
 * The largest size in cells that fits and keeps the picture's shape; cells
 * are taken to be twice as high as wide.
 */
void picture_fit(const struct picture *picture, int columns_most, int rows_most,
                 int *columns, int *rows);

#endif
