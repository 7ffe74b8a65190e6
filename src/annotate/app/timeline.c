/*
 * timeline - the axis of time that all panes over the questions share.
 */
#include <config.h>

#include "annotate/app/timeline.h"

#include <math.h>

static const double room_around = 0.1; /* of a span that is zoomed to */

static int64_t clamp(int64_t us, int64_t least, int64_t most)
{
    if (us > most)
        us = most;
    return us < least ? least : us;
}

/* A window that long, from there, moved and cut so that it is in the item. */
static void place(struct timeline *timeline, int64_t left_us, int64_t length_us)
{
    int64_t whole = timeline->to_us - timeline->from_us;
    int64_t least = (int64_t)timeline->width * TIMELINE_CELL_US;

    length_us = clamp(length_us, least < whole ? least : whole, whole);
    timeline->left_us =
        clamp(left_us, timeline->from_us, timeline->to_us - length_us);
    timeline->right_us = timeline->left_us + length_us;
}

static int64_t window(const struct timeline *timeline)
{
    return timeline->right_us - timeline->left_us;
}

void timeline_reset(struct timeline *timeline, int64_t from_us, int64_t to_us)
{
    timeline->from_us = from_us;
    timeline->to_us = to_us > from_us ? to_us : from_us;
    timeline_zoom_all(timeline);
    timeline_select_none(timeline);
}

void timeline_resize(struct timeline *timeline, int width)
{
    timeline->width = width > 1 ? width : 1;
    place(timeline, timeline->left_us, window(timeline));
}

int64_t timeline_time(const struct timeline *timeline, int column)
{
    return timeline->left_us + window(timeline) * column / timeline->width;
}

int64_t timeline_item_time(const struct timeline *timeline, double fraction)
{
    double whole = (double)(timeline->to_us - timeline->from_us);

    return timeline->from_us + (int64_t)(whole * fraction);
}

int64_t timeline_time_at(const struct timeline *timeline, double fraction)
{
    int64_t us =
        timeline->left_us + llround((double)window(timeline) * fraction);

    return clamp(us, timeline->left_us, timeline->right_us);
}

int timeline_column(const struct timeline *timeline, int64_t us)
{
    int64_t length = window(timeline);
    int64_t at = us - timeline->left_us;

    if (length <= 0)
        return 0;
    if (us >= timeline->to_us && timeline->right_us == timeline->to_us)
        return timeline->width - 1;
    if (at < 0)
        return -1;
    if (at >= length)
        return timeline->width;
    return (int)(at * timeline->width / length);
}

bool timeline_shows(const struct timeline *timeline, int64_t us)
{
    int column = timeline_column(timeline, us);

    return column >= 0 && column < timeline->width;
}

bool timeline_zoomed(const struct timeline *timeline)
{
    return timeline->left_us > timeline->from_us ||
           timeline->right_us < timeline->to_us;
}

void timeline_zoom(struct timeline *timeline, double factor, int64_t anchor_us)
{
    double length = (double)window(timeline);
    double share = 0.5;
    double wanted = length * factor;

    if (length > 0) {
        anchor_us = clamp(anchor_us, timeline->left_us, timeline->right_us);
        share = (double)(anchor_us - timeline->left_us) / length;
    }
    /* An anchor keeps its place also where the length is at its limit. */
    if (wanted < (double)timeline->width * TIMELINE_CELL_US)
        wanted = (double)timeline->width * TIMELINE_CELL_US;
    place(timeline, anchor_us - llround(wanted * share), llround(wanted));
}

void timeline_zoom_all(struct timeline *timeline)
{
    timeline->left_us = timeline->from_us;
    timeline->right_us = timeline->to_us;
}

void timeline_zoom_to(struct timeline *timeline, int64_t from_us, int64_t to_us)
{
    double length = (double)(to_us - from_us);
    int64_t room = llround(length * room_around);

    place(timeline, from_us - room, to_us - from_us + 2 * room);
}

void timeline_scroll(struct timeline *timeline, double share)
{
    int64_t by = llround((double)window(timeline) * share);

    place(timeline, timeline->left_us + by, window(timeline));
}

void timeline_show(struct timeline *timeline, int64_t us)
{
    if (!timeline_shows(timeline, us))
        place(timeline, us - window(timeline) / 2, window(timeline));
}

void timeline_follow(struct timeline *timeline, int64_t before_us, int64_t us)
{
    /* Who has scrolled away is left alone. */
    if (timeline->follow == FOLLOW_NOT || !timeline_zoomed(timeline) ||
        !timeline_shows(timeline, before_us))
        return;
    if (timeline->follow == FOLLOW_SMOOTH)
        place(timeline, us - window(timeline) / 2, window(timeline));
    else if (!timeline_shows(timeline, us))
        place(timeline, us, window(timeline));
}

void timeline_select_from(struct timeline *timeline, int64_t us)
{
    timeline->select_from_us = clamp(us, timeline->from_us, timeline->to_us);
    if (timeline->select_to_us <= timeline->select_from_us)
        timeline->select_to_us = TIMELINE_UNSET;
}

void timeline_select_to(struct timeline *timeline, int64_t us)
{
    timeline->select_to_us = clamp(us, timeline->from_us, timeline->to_us);
    if (timeline->select_from_us == TIMELINE_UNSET ||
        timeline->select_from_us >= timeline->select_to_us)
        timeline->select_from_us = timeline->from_us;
    if (timeline->select_to_us <= timeline->select_from_us)
        timeline_select_none(timeline);
}

void timeline_select(struct timeline *timeline, int64_t a_us, int64_t b_us)
{
    timeline_select_none(timeline);
    timeline_select_from(timeline, a_us < b_us ? a_us : b_us);
    timeline_select_to(timeline, a_us < b_us ? b_us : a_us);
}

void timeline_select_none(struct timeline *timeline)
{
    timeline->select_from_us = TIMELINE_UNSET;
    timeline->select_to_us = TIMELINE_UNSET;
}

bool timeline_selection(const struct timeline *timeline, int64_t *from_us,
                        int64_t *to_us)
{
    if (timeline->select_from_us == TIMELINE_UNSET ||
        timeline->select_to_us == TIMELINE_UNSET)
        return false;
    *from_us = timeline->select_from_us;
    *to_us = timeline->select_to_us;
    return true;
}
