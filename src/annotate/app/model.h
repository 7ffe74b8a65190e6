/*
 * model - all that the workbench knows, as plain data.
 *
 * Only update() changes it.  What was kept is `fold`, the fold of the
 * journal's events: the screen and the journal cannot disagree.
 */
#ifndef MIEN_APP_MODEL_H
#define MIEN_APP_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annotate/app/court.h"
#include "annotate/app/keymap.h"
#include "annotate/app/message.h"
#include "annotate/app/mouse.h"
#include "annotate/app/panes.h"
#include "annotate/app/picture.h"
#include "annotate/app/timeline.h"
#include "annotate/app/tracing.h"
#include "common/study/fold.h"
#include "common/study/protocol.h"
#include "common/study/session.h"

enum {
    MODEL_WIDTH_MIN = 80, /* cells; smaller screens only say so */
    MODEL_HEIGHT_MIN = 24,
    MODEL_STATUS_SIZE = 400,  /* bytes */
    MODEL_PROMPT_SIZE = 4096, /* bytes; longer texts are refused */
    MODEL_VOLUME_STEPS = 20,  /* from silence to full */
    MODEL_SOUGHT_SIZE = 256,  /* bytes */
};

enum page {
    PAGE_START, /* instructions, warning, consent, what is recorded */
    PAGE_ITEM,
    PAGE_COURT, /* what others judged; a person decides */
    PAGE_DONE,
    PAGE_FORM,         /* the questionnaire */
    PAGE_PAUSED,       /* by a rule; says nothing of it */
    PAGE_SESSION_OVER, /* long enough */
    PAGE_DAY_OVER,
};

/* Lies over the page until it is left. */
enum overlay {
    OVERLAY_NONE,
    OVERLAY_HELP,
    OVERLAY_PROGRESS,
    OVERLAY_INSTRUCTIONS,
    OVERLAY_BREAK,
    OVERLAY_NO_SOUND, /* and the status says so */
    OVERLAY_FEEDBACK, /* how a practice item went */
    OVERLAY_PRACTICE, /* how practice went */
};

enum prompt_kind {
    PROMPT_NONE,
    PROMPT_NOTE,
    PROMPT_OTHER,  /* the words of "other" */
    PROMPT_TEXT,   /* an answer in the annotator's own words; several lines */
    PROMPT_NUMBER, /* a point of a long scale */
    PROMPT_SKIP,   /* a list of reasons */
    PROMPT_WHY,    /* the words of a reason to skip */
    PROMPT_FORM,   /* an answer of the questionnaire */
    PROMPT_LABEL,  /* a list of labels */
    PROMPT_LABEL_WORDS,
    PROMPT_MARK_NOTE,
    PROMPT_FIND,
    PROMPT_JUMP,
    PROMPT_REASON, /* why a case is decided so, or sent back */
};

struct prompt {
    enum prompt_kind kind;
    char text[MODEL_PROMPT_SIZE]; /* UTF-8 */
    size_t cursor;                /* bytes */
    size_t reason;                /* PROMPT_SKIP: the cursor's row */
};

enum tone { TONE_PLAIN, TONE_GOOD, TONE_ALERT };

struct status {
    enum tone tone;
    unsigned count; /* of what was said: the same words are said anew */
    char text[MODEL_STATUS_SIZE];
};

/* What the annotator may know of an entry; texts are borrowed. */
struct model_entry {
    const char *id;
    const char *text;    /* NULL: not shown */
    const char *context; /* the turns before, a line each; NULL: not shown */
    const char *speaker; /* NULL: not shown */
    bool has_medium;
    bool erased;
    bool pair; /* two to compare; these are of the second */
    const char *second_text;
    const char *second_speaker;
};

struct playback {
    enum medium_state medium;
    char problem[MODEL_STATUS_SIZE]; /* why it cannot be played */
    int64_t from_us, to_us;          /* the part that is the item */
    int64_t position_us;             /* heard */
    int64_t first_end_us, second_us; /* of a pair: between its two; else 0 */
    bool playing;
    bool at_end;
    bool loop;
    bool loop_part;     /* not of all of it */
    double speed;       /* one of the protocol's */
    int volume;         /* 0 .. MODEL_VOLUME_STEPS */
    bool silent;        /* no sound device, and gone on without */
    int64_t seek_to_us; /* of the last seek that was asked for */
};

/* Where work on the marks of a question of segments stands. */
struct model_marks {
    size_t tier;   /* that has the focus */
    bool selected; /* and which one; it may be gone meanwhile */
    uint8_t segment[EVENT_HASH_SIZE];
    bool at_end;        /* its end is the edge in hand, else its beginning */
    int attribute;      /* that is asked for; -1: none */
    int64_t dragged_us; /* where the mouse has its edge; -1: nowhere */
};

struct model {
    /* Set once; borrowed. */
    const struct protocol *protocol;
    const struct keymap *keymap;
    const struct model_entry *entry;
    /* Of each entry; NULL: nothing but work.  Set once; borrowed. */
    const struct session_entry *about;
    size_t count;
    const char *language; /* "de", "en_GB.UTF-8", or NULL */
    int64_t guard_us;     /* so long a new item takes no answers; 0: none */

    struct fold fold; /* owned */

    int width, height;
    int64_t now_us;
    enum page page;
    enum overlay overlay;
    int text_scroll; /* of the item's text, in lines; 0: as it begins */
    int scroll;      /* of the overlay or the start page, in lines */
    size_t position;
    int64_t opened_us; /* when it opened by itself */
    bool opened;       /* the entry at `position` stands in the journal */
    bool going_on;     /* hand in as soon as all was heard */
    size_t question;   /* that has the focus */
    int cursor;        /* option or point; -1: none */
    bool half;         /* of a grid the column was typed, the row not */
    bool on_intensity; /* the focus is on how strong */
    struct model_marks marks;
    char sought[MODEL_SOUGHT_SIZE];   /* what was looked for last */
    bool grabbed;                     /* a button is down on `grab` */
    struct hit grab;                  /* what drags and the release belong to */
    int64_t grab_from_us, grab_to_us; /* of a pane of time: its column's */
    bool dragged;                     /* ... and it left that column */
    int pending;                      /* events under way to the journal */
    bool consented;                   /* in this session */
    int64_t break_base_us;            /* active time at the last break */
    size_t break_base_done;
    int64_t break_begun_us;
    struct event_practice practice; /* how it went, for the screen */
    bool form_at_end;
    size_t form_question;
    int64_t last_key_us; /* while everything is recorded */
    struct prompt prompt;
    struct status status;
    /* Why the journal took nothing, until it takes something again: keys that
     * are pressed meanwhile must not wipe it away. */
    char not_kept[MODEL_STATUS_SIZE];
    struct playback playback;
    struct timeline timeline; /* of the open entry */
    /* Of the open entry; filled in by the bench. */
    struct wave wave;
    struct spectrum spectrum;
    struct tracks tracks;
    struct picture picture; /* of the open entry; owned */
    struct tracing trace;   /* of the open entry */
    bool told_window;       /* that pictures are in one */
    bool adjudicates;       /* what is handed in is revealed */
    /* Of a meeting, who vote on each item in turn; borrowed, set once. */
    const char *const *member;
    size_t members;                 /* 0: nobody but one */
    const struct court_case *court; /* borrowed; NULL: nothing is revealed */
    size_t court_question;          /* of it, that is shown */
    int court_choice;
    enum court_deed court_deed; /* that waits for its reason */
};

/* `ids` are those of `entry`. */
void model_init(struct model *model, const struct protocol *protocol,
                const struct keymap *keymap, const struct model_entry *entry,
                size_t count);
void model_release(struct model *model);

void model_say(struct model *model, enum tone tone, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Did the journal take what it was given?  For update(). */
void model_heed_journal(struct model *model, const struct message *message);

/* Of the trace that has the focus; NULL: it is no trace. */
const struct question_trace *model_trace(const struct model *model);
/* The first part of the open entry that is still to be traced, or false. */
bool model_trace_hole(const struct model *model, size_t question,
                      struct fold_span *hole);

/* A joystick is held off its middle, and moves the trace. */
bool model_trace_held(const struct model *model);

/*
 * As annotators count: in practice its entries, afterwards the others; in a
 * meeting items, each of which is an entry for every member.  `number` counts
 * from 1.
 */
size_t model_number(const struct model *model);
size_t model_total(const struct model *model);
size_t model_total_done(const struct model *model);
bool study_in_practice(const struct model *model);
int64_t study_break_left_us(const struct model *model);
const struct form *form_of(const struct model *model);
const struct form_question *form_now(const struct model *model);
/* The open entry's attention check, or NULL. */
const struct conduct_check *model_check(const struct model *model);

/* In a meeting: who is to vote now, and who after that on the same item. */
const char *model_turn(const struct model *model);      /* NULL: no meeting */
const char *model_next_turn(const struct model *model); /* NULL: nobody */

/* The question of a revealed case that is shown; NULL: none is. */
const struct court_question *court_question(const struct model *model);

/* The question that has the focus. */
const struct question *model_question(const struct model *model);
/* The present answer to a question of the open entry, or NULL. */
const struct event_answer *model_answer(const struct model *model,
                                        size_t question);
/*
 * The marks of a question of the open entry (never NULL), the tier that has
 * the focus (NULL when the question has none), the mark that is selected
 * (NULL: none).
 */
const struct track *model_track(const struct model *model, size_t question);
const struct tier *model_tier(const struct model *model);
const struct segment *model_segment(const struct model *model);
/* The first of a question's marks that lacks something, and what (the end of
 * a sentence); NULL when none does. */
const struct segment *model_unfinished(const struct model *model,
                                       size_t question, const char **lack);
/* It has an answer, and an intensity where one must be; of segments: marks
 * that lack nothing, or an answer that there are none. */
bool model_settled(const struct model *model, size_t question);
/* The first that wants an answer (all, or the required ones only). */
size_t model_unsettled(const struct model *model, bool required_only);
/* The open entry was handed in and not opened up again. */
bool model_done(const struct model *model);
/* All of the open entry was heard, or there is nothing to hear. */
bool model_heard_all(const struct model *model);
/* The open entry is a pair with sound; where one of it (0, 1) lies; all of it
 * was heard. */
bool model_pair(const struct model *model);
void model_side(const struct model *model, int side, int64_t *from_us,
                int64_t *to_us);
bool model_side_heard(const struct model *model, int side);
/* Hearings left of the open entry; -1: no limit. */
int model_hearings_left(const struct model *model);
/* Is `value` (one of) the answer's? */
bool model_answer_has(const struct event_answer *answer, const char *value);
const char *model_text(const struct model *model, const struct localized *text);

/*
 * The prompt is a list to choose from, and its rows: reasons to skip, labels
 * of the tier that has the focus.
 */
bool model_prompt_is_list(const struct model *model);
const struct question_option *model_prompt_list(const struct model *model,
                                                size_t *count);

/*
 * The key that answers with a point of a scale: its own digit where all
 * points are digits; 0 when a number must be typed.
 */
uint32_t model_point_key(const struct scale *scale, size_t index);
/* Arrow keys move the cursor both ways: a grid, a wheel, a slider. */
bool model_takes_arrows(const struct model *model);
/* Where the present answer stands among the points of a grid; -1: nowhere. */
int model_grid_point(const struct question *question,
                     const struct event_answer *answer);
/* The point of that key, or -1. */
int model_point_of_key(const struct scale *scale, uint32_t key);

#endif
