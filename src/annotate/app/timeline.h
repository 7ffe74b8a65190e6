/*
 * timeline - the axis of time that all panes over the questions share.
 *
 * The item lies from from_us to to_us of the medium; a window of it,
 * left_us to right_us, is spread over `width` cells.  Whatever has a time is
 * drawn at timeline_column() of it, and what is pointed at is
 * timeline_time().  A selection is a part of the item.
 *
 * All times are microseconds of media time; plain data, no I/O.
 */
#ifndef MIEN_APP_TIMELINE_H
#define MIEN_APP_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    TIMELINE_MARGIN = 1,   /* cells left and right of the axis */
    TIMELINE_CELL_US = 10, /* a cell's width at the closest */
};

/* What the window does while it plays. */
enum timeline_follow {
    FOLLOW_PAGES,  /* turns a page when the playhead comes to its end */
    FOLLOW_SMOOTH, /* keeps the playhead in its middle */
    FOLLOW_NOT,
    FOLLOW_COUNT
};

struct timeline {
    int64_t from_us, to_us;    /* the item; equal: there is nothing */
    int64_t left_us, right_us; /* the window: within it */
    int width;                 /* cells */
    enum timeline_follow follow;
    /* The selection; TIMELINE_UNSET: that edge is not set yet. */
    int64_t select_from_us, select_to_us;
};

#define TIMELINE_UNSET INT64_MIN

/* Another item, or another length of it: all of it is in the window. */
void timeline_reset(struct timeline *timeline, int64_t from_us, int64_t to_us);
/* Another width of the screen; the window stays. */
void timeline_resize(struct timeline *timeline, int width);

/* The time at the left edge of a column; columns may lie outside. */
int64_t timeline_time(const struct timeline *timeline, int column);
/* The time at a fraction, 0 .. 1, of all of the item. */
int64_t timeline_item_time(const struct timeline *timeline, double fraction);
/* The time at a fraction of the width, 0 .. 1: what a pointer points at. */
int64_t timeline_time_at(const struct timeline *timeline, double fraction);
/* The column of a time: negative, or `width` and more, outside of the window;
 * the item's end, and what lies behind it, is in the last column of it. */
int timeline_column(const struct timeline *timeline, int64_t us);
/* Is it within the window? */
bool timeline_shows(const struct timeline *timeline, int64_t us);
/* Not all of the item is in the window. */
bool timeline_zoomed(const struct timeline *timeline);

/* `factor` below 1 shows less; the time `anchor_us` keeps its column. */
void timeline_zoom(struct timeline *timeline, double factor, int64_t anchor_us);
void timeline_zoom_all(struct timeline *timeline);
/* Shows from_us to to_us, and a little around it. */
void timeline_zoom_to(struct timeline *timeline, int64_t from_us,
                      int64_t to_us);
/* By a share of the window: -0.5 is half of it backwards. */
void timeline_scroll(struct timeline *timeline, double share);
/* Puts the time into the window, in the middle where it was outside. */
void timeline_show(struct timeline *timeline, int64_t us);
/* The playhead went from one time to another. */
void timeline_follow(struct timeline *timeline, int64_t before_us, int64_t us);

/* Sets an edge; the other one is given up where it stands on the wrong side
 * of it.  An end without a beginning begins where the item does. */
void timeline_select_from(struct timeline *timeline, int64_t us);
void timeline_select_to(struct timeline *timeline, int64_t us);
/* Both at once, in any order; cut to the item. */
void timeline_select(struct timeline *timeline, int64_t a_us, int64_t b_us);
void timeline_select_none(struct timeline *timeline);
/* False when there is none (or only its beginning). */
bool timeline_selection(const struct timeline *timeline, int64_t *from_us,
                        int64_t *to_us);

#endif
