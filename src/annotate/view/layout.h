/*
 * layout - which rows of the screen belong to which pane.
 *
 * The questions get what they want first, then the item's text, then the
 * waveform takes what is left, up to a height that still reads well.
 */
#ifndef MIEN_VIEW_LAYOUT_H
#define MIEN_VIEW_LAYOUT_H

struct band {
    int y;
    int rows; /* 0: not shown */
};

/* What the panes would like, in rows. */
struct layout_wish {
    int questions; /* all of them in full */
    int question;  /* one in full, the others as titles */
    int text;      /* 0: there is none to show */
    int sound;     /* 1: there is something to hear */
    int wave;      /* 1: and its waveform may be shown */
};

struct layout {
    struct band header;
    struct band text;
    struct band wave;
    struct band position; /* the line with the playhead */
    struct band transport;
    struct band rule; /* between the item and the questions */
    struct band questions;
    struct band note;
    struct band status;
    struct band keys;
};

void layout_fit(struct layout *layout, int height,
                const struct layout_wish *wish);

#endif
