/*
 * docket_auto - the protocol's rule chains, applied.
 */
#ifndef MIEN_ANNOTATE_DOCKET_AUTO_H
#define MIEN_ANNOTATE_DOCKET_AUTO_H

#include "annotate/docket.h"

/* What became of a question's cases. */
struct auto_question {
    const char *question;
    size_t fresh[RULE_UNRESOLVED + 1]; /* settled now, by rule */
    size_t kept[RULE_UNRESOLVED + 1];  /* stood already, by rule */
    size_t persons;                    /* settled by a person before */
    size_t reopened;  /* now, because a judgement had changed */
    size_t waiting;   /* for judgements that were handed out */
    size_t sent_back; /* for those that judge them again */
    size_t queue;     /* for a person, whatever the reason */
};

/* A label that a new fit turns over. */
struct auto_flip {
    const char *item, *question;
    const char *from, *to; /* values; NULL: none */
};

struct auto_report {
    struct auto_question *question; /* owned */
    size_t questions;
    struct {
        struct auto_flip *item; /* owned */
        size_t count, capacity;
    } flips;
    struct text_list notes; /* fits that were made, or could not be */
    struct arena texts;
};

struct auto_settings {
    bool early; /* settle also what waits for judgements */
    bool refit; /* renew the frozen fits */
};

/* All of it or nothing, in one transaction. */
bool docket_auto(struct docket *docket, const struct auto_settings *settings,
                 struct auto_report *report, struct error *err);
void auto_report_release(struct auto_report *report);

#endif
