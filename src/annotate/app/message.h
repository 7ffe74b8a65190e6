/*
 * message - what the loop tells update(): keys, time, results of effects.
 *
 * Everything in a message is borrowed for the call.
 */
#ifndef MIEN_APP_MESSAGE_H
#define MIEN_APP_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annotate/app/action.h"
#include "annotate/app/court.h"
#include "annotate/app/mouse.h"
#include "annotate/app/picture.h"
#include "common/study/event.h"
#include "common/study/trace.h"

enum message_kind {
    MESSAGE_START,    /* the first one */
    MESSAGE_KEY,      /* key */
    MESSAGE_ACTION,   /* action, by its name, from a script */
    MESSAGE_MOUSE,    /* mouse, hit, hidden */
    MESSAGE_TEXT,     /* text, as if typed */
    MESSAGE_TICK,     /* time went by */
    MESSAGE_SIZE,     /* width, height */
    MESSAGE_KEPT,     /* event: the journal has it */
    MESSAGE_NOT_KEPT, /* event kind and text: the journal has not */
    MESSAGE_MEDIUM,   /* entry, medium, text, from_us, to_us */
    MESSAGE_PLAYER,   /* player: what it does now */
    MESSAGE_HEARD,    /* heard: sound began or stopped */
    MESSAGE_VIDEO,    /* entry, picture, width, height, text */
    MESSAGE_CELLS,    /* entry, cells, width, height: a picture to show */
    MESSAGE_STEPPED,  /* entry, from_us: where the picture beside begins */
    MESSAGE_NO_SOUND, /* text: there is no sound device */
    MESSAGE_SAMPLED,  /* the rows of trace.fresh are written */
    MESSAGE_TRACED,   /* samples, count, version: of an earlier pass */
    MESSAGE_STICK,    /* stick: where the joystick is; at host_us */
    MESSAGE_FOUND,    /* text: something to tell, such as a bad key file */
    MESSAGE_REVEALED, /* court, deed: a case, after what was done to it */
};

enum medium_state {
    MEDIUM_NONE,     /* the entry has no medium */
    MEDIUM_CHECKING, /* whether it is the right one */
    MEDIUM_LOADING,
    MEDIUM_READY,
    MEDIUM_MISSING,
    MEDIUM_CHANGED,
    MEDIUM_UNREADABLE,
};

struct play_state {
    bool playing;
    bool ended;          /* the end was heard */
    bool looping;        /* all or a part of it goes on over and over */
    int64_t position_us; /* heard media time */
    int64_t to_us;       /* the end of the item, as far as it is known */
    const char *failure; /* the device or the file broke off, or NULL */
};

/* Between a start and the next stop the medium was heard without a gap. */
enum heard_kind {
    HEARD_START,
    HEARD_PAUSE,
    HEARD_SEEK,
    HEARD_SPEED, /* goes on at another speed; a start follows */
    HEARD_LOOP,  /* from the end to the beginning; a start follows */
    HEARD_END,
    HEARD_STARVED, /* the device ran dry; a start follows */
};

struct heard {
    enum heard_kind kind;
    int64_t media_us;
    int64_t host_us;
    double speed;   /* of a start: media time by time heard */
    double gain_db; /* of a start: done to the item, without the volume */
};

struct message {
    enum message_kind kind;
    int64_t now_us;   /* CLOCK_MONOTONIC, or the script's clock */
    int64_t host_us;  /* when the key was read; else now_us */
    int64_t media_us; /* what was heard at host_us, or EVENT_NO_TIME */
    uint32_t key;
    struct mouse mouse;
    struct hit hit;
    int hidden; /* lines of the page that are below the screen */
    int text_above, text_below; /* of the item's text that are not shown */
    enum action action;
    const char *text;
    int width, height;
    const struct event *event;
    enum event_kind event_kind;
    size_t entry;
    enum medium_state medium;
    int64_t from_us, to_us; /* the part of the medium that is the item */
    int64_t first_end_us, second_us; /* of a pair: between its two; else 0 */
    enum picture_state picture;
    const struct picture_cell *cells;
    struct play_state player;
    struct heard heard;
    const struct trace_sample *samples;
    size_t sample_count;
    int version;
    double stick[TRACE_DIMENSIONS]; /* -1 .. 1, up and right are positive */
    bool plugged;                   /* there is one */
    const struct court_case *court; /* NULL: it is not to be shown yet */
    enum court_deed deed;
};

#endif
