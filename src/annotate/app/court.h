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

/* What one of them judged. */
struct court_voice {
    const char *name;   /* "A", drawn anew for each item; a member's alias */
    const char *value;  /* "anger" */
    const char *beside; /* "intensity 2, heard twice, note: ..." */
};

/* What a rule of the chain says. */
struct court_opinion {
    const char *rule;
    const char *value; /* "": none */
    const char *why;
    bool settled;
};

struct court_question {
    const char *id;
    const char *state; /* open, contested, ... */
    struct court_voice *voice;
    size_t voices;
    struct court_opinion *opinion;
    size_t opinions;
    const char **history; /* a line each, newest first */
    size_t past;
    const char **choice; /* values that somebody, or a rule, proposes */
    size_t choices;
    size_t own;          /* her own among them; `choices`: none */
    const char *stands;  /* was decided, or is what the rules say; or NULL */
    const char *decided; /* here and now; NULL: not yet */
    bool sent_back;      /* here and now */
};

struct court_case {
    struct court_question *question;
    size_t count;
};

/* What update() asks for; the answers come back as another case. */
enum court_deed { COURT_DECIDE, COURT_SEND_BACK, COURT_UNDO };

#endif
