/*
 * decision - how disagreement about an item's question was settled, by a rule
 * or by a person, and all that happened to that since.
 *
 * Decisions are events of the project's own journal; what annotators said
 * stays untouched.  Each names an item and a question:
 *
 *     decision-made        a rule, or an adjudicator who is the first to speak
 *     decision-overruled   an adjudicator, against what stood; "why" is there
 *     decision-reopened    a judgement that it was made of has changed
 *     decision-contested   somebody doubts it; "why" is there
 *     sent-back            the annotators are to judge it again
 *     vote-cast            a member of a consensus meeting, before the others
 *                          are seen; settles nothing by itself
 *     decision-undone      takes one of these back: "event" is its hash
 *
 * Payload, canonical JSON, members that say nothing left out: basis (a hash of
 * the judgements that were there), by (the alias of a person), distribution
 * (shares by label), fit (the id of the frozen fit), item, question, rule,
 * share (support of the value: a share or a posterior), value, why.  The value
 * is a text as judgements are written ("anger", "3.5", "a|b"); none at all:
 * the question stays without an answer.
 *
 * The fold is what stands now: of each item and question the last event that
 * was not undone.
 */
#ifndef MIEN_STUDY_DECISION_H
#define MIEN_STUDY_DECISION_H

#include "common/base/intern.h"
#include "common/base/mem.h"
#include "common/study/event.h"

enum { DECISION_BASIS_SIZE = 33 }; /* hex, with the zero */

struct decision_share {
    const char *label;
    double share;
};

/* All texts are borrowed; NULL or "" say nothing. */
struct decision {
    uint8_t hash[EVENT_HASH_SIZE];
    enum event_kind kind;
    int64_t wall_us;
    const char *item, *question;
    const char *rule;  /* rule_kind_names[], or NULL of a person's deed */
    const char *value; /* NULL: none */
    const char *by, *why, *fit, *basis;
    double share; /* NAN: not said */
    struct decision_share *distribution;
    size_t distribution_count;
    bool undone;
    size_t before; /* place of the one before of the same case + 1; 0: none */
};

struct decisions {
    struct decision *item; /* owned; in the journal's order */
    size_t count, capacity;
    struct arena texts;
    struct intern cases; /* "item\nquestion" */
    struct {
        size_t *item; /* owned; of each case: place of its last + 1 */
        size_t count, capacity;
    } last;
    size_t malformed; /* payloads that do not read, or were erased */
};

enum decision_state {
    DECISION_OPEN, /* nobody has said anything */
    DECISION_SETTLED,
    DECISION_STATE_REOPENED,
    DECISION_STATE_CONTESTED,
    DECISION_STATE_SENT_BACK
};

/* "open", "settled", "reopened", "contested", "sent-back"; ends with NULL. */
extern const char *const decision_state_names[];

/* The caller's. */
char *decision_payload(const struct decision *decision);
/* Kinds of other events are passed over. */
void decisions_apply(struct decisions *decisions, const struct event *event);
void decisions_release(struct decisions *decisions);

/* The last that was not undone (votes aside), or NULL. */
const struct decision *decisions_last(const struct decisions *decisions,
                                      const char *item, const char *question);
enum decision_state decision_state_of(const struct decision *last);
/* Walks back from the newest, the undone and votes included; NULL: none. */
const struct decision *decisions_newest(const struct decisions *decisions,
                                        const char *item, const char *question);
const struct decision *decisions_before(const struct decisions *decisions,
                                        const struct decision *decision);
/* Did a person settle it, in what was not undone? */
bool decisions_by_person(const struct decisions *decisions, const char *item,
                         const char *question);
/* The last that settled it, also when it was reopened since; or NULL. */
const struct decision *decisions_settled(const struct decisions *decisions,
                                         const char *item,
                                         const char *question);

#endif
