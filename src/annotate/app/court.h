/*
 * court - a case of the conflict workbench, as its screen shows it: what
 * others judged, under letters, what the rules say, and what can be decided.
 *
 * Plain data; texts are borrowed from whoever made it, until the next one.
 */
#ifndef MIEN_APP_COURT_H
#define MIEN_APP_COURT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A mark, in the item's time. */
struct court_bar {
    size_t tier; /* place among the question's */
    int64_t from_us, to_us;
    const char *label;
};

/* What is drawn in place of words: marks on lanes, or a trace. */
struct court_figure {
    struct court_bar *bar; /* in the order of time */
    size_t bars;
    size_t dimensions, points; /* of a trace; 0: it is none */
    double start, step;        /* s; of its points */
    double *value[2];
};

/* What one of them judged. */
struct court_voice {
    const char *name;   /* "A", drawn anew for each item; a member's alias */
    const char *value;  /* "anger"; "2 marks: ..." */
    const char *beside; /* "intensity 2, heard twice, note: ..." */
    const struct court_figure *figure; /* NULL: the value says it all */
    double lag[2]; /* s; of a trace's dimensions, as a rule's fit knows it */
};

/* What a rule of the chain says. */
struct court_opinion {
    const char *rule;
    const char *value; /* "": none */
    const char *why;
    const struct court_figure *figure;
    bool settled;
};

struct court_question {
    const char *id;
    const char *state; /* open, contested, ... */
    size_t number;     /* place in the protocol */
    struct court_voice *voice;
    size_t voices;
    struct court_opinion *opinion;
    size_t opinions;
    const char **history; /* a line each, newest first */
    size_t past;
    const char **choice; /* values that somebody, or a rule, proposes */
    const char **brief;  /* the same, as one line */
    const char **from;   /* whose, but hers: "A C majority" */
    size_t choices;
    size_t own; /* her own among them; `choices`: none */
    const struct court_figure *own_figure; /* or NULL */
    const char *stands;  /* was decided, or is what the rules say; or NULL */
    const char *decided; /* here and now; NULL: not yet */
    bool sent_back;      /* here and now */
};

struct court_case {
    struct court_question *question;
    size_t count;
};

/* What update() asks for; the answers come back as another case. */
enum court_deed {
    COURT_DECIDE,
    COURT_SEND_BACK,
    COURT_UNDO,
    COURT_LOOK /* nothing: the case as it is now */
};

#endif
