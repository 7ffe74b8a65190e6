/*
 * layout - which rows of the screen belong to which pane.
 *
 * The questions get what they want first, then the item's text.  What is left
 * goes to a stack of panes that share one axis of time (timeline.h): the
 * picture of a video, the waveform, the spectrogram, the tracks, the pane of
 * the open question (tiers or a trace) and the ruler.  Where the rows do not
 * suffice, the ruler goes first, then the tracks, then the spectrogram; then
 * the questions lend rows to the waveform and to the open question's pane; then
 * the waveform goes. Where there are more, each pane grows up to a height that
 * still reads well.
 */
#ifndef MIEN_VIEW_LAYOUT_H
#define MIEN_VIEW_LAYOUT_H

struct band {
    int y;
    int rows; /* 0: not shown */
};

/* What the panes would like, in rows. */
struct layout_wish {
    int questions;      /* all of them in full */
    int question;       /* one in full, the others as titles */
    int question_least; /* of these; panes may not borrow them; 0: few */
    int text;           /* 0: there is none to show */
    int sound;          /* 1: there is something to hear */
    int picture;        /* 1: there are pictures to see */
    int wave;           /* 1: and its waveform may be shown */
    int spectrogram;    /* 1: its spectrogram, too */
    int tracks;         /* 1: its pitch and intensity, too */
    int own;            /* the open question's own pane; 0: it has none */
    int own_least;      /* of them; fewer do not make sense */
};

struct layout {
    struct band header;
    struct band text;
    struct band picture;
    struct band wave;
    struct band spectrogram;
    struct band tracks;
    struct band own;
    struct band ruler;
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
