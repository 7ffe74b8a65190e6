/*
 * session - how an annotator fares: practice, attention, consistency, speed.
 *
 * Pure judgements over a fold and what is known about its entries.  The
 * workbench judges practice, attention checks and repeats with it; what needs
 * the truth of gold is judged where that is, when work comes home.
 */
#ifndef MIEN_STUDY_SESSION_H
#define MIEN_STUDY_SESSION_H

#include "common/study/fold.h"
#include "common/study/protocol.h"
#include "common/study/reference.h"

/* What is known about an entry besides its answers; borrowed. */
struct session_entry {
    bool practice;
    const struct conduct_check *check; /* attention; NULL: it is none */
    size_t same; /* entries with the same number ask for the same */
    bool turned; /* of a pair: the other way round than those not so */
    /* The right answer to each question of the protocol, or NULL; NULL when
     * none is known. */
    const char *const *truth;
    int64_t begins_us; /* where the item begins in its medium */
};

enum session_verdict {
    VERDICT_UNKNOWN, /* there is no truth */
    VERDICT_MISSING, /* no answer, or one that is no option */
    VERDICT_WRONG,
    VERDICT_RIGHT,
};

/*
 * By the rules of reference.h.  `distance` (may be NULL) gets how far off a
 * number is; NAN elsewhere.
 */
enum session_verdict session_verdict(const struct protocol *protocol,
                                     const struct question *question,
                                     const struct reference_given *given,
                                     const char *truth, double *distance);
/* The same of question `q` of an entry. */
enum session_verdict session_judge(const struct protocol *protocol,
                                   const struct fold *fold,
                                   const struct session_entry *entry,
                                   size_t index, size_t q, double *distance);
/* All answers of which the truth is known are right. */
bool session_entry_right(const struct protocol *protocol,
                         const struct fold *fold,
                         const struct session_entry *entry, size_t index);

struct session_score {
    size_t right;
    size_t of;
};

/* Practice that was done; a skipped item counts as not right. */
struct session_score session_practice(const struct protocol *protocol,
                                      const struct fold *fold,
                                      const struct session_entry *entry);
/* `of` items with a share of `right` pass. */
bool session_passes(const struct protocol *protocol,
                    struct session_score score);
/* Practice is there and was not passed yet. */
bool session_in_practice(const struct fold *fold);
/* How many entries of practice there are; they stand first. */
size_t session_practice_count(const struct fold *fold);

/* Attention checks that were done after `since_us` (wall time). */
struct session_score session_attention(const struct protocol *protocol,
                                       const struct fold *fold,
                                       const struct session_entry *entry,
                                       int64_t since_us);
/*
 * Entries that ask for the same as an earlier one, both done, the later one
 * after `since_us`; right: all their answers are the same.
 */
struct session_score session_consistency(const struct protocol *protocol,
                                         const struct fold *fold,
                                         const struct session_entry *entry,
                                         int64_t since_us);
/* The same, said of two that stood the other way round if `turned`. */
bool session_same_answer(const struct question *question,
                         const struct event_answer *a,
                         const struct event_answer *b, bool turned);
/* The same answer, as far as values go. */
bool session_same_value(const struct event_answer *a,
                        const struct event_answer *b);

/*
 * The rule of the protocol that says to pause now that the entry `last` is
 * done, or NULL.  What was before the last pause counts no more.
 */
const struct pause_rule *session_pause(const struct protocol *protocol,
                                       const struct fold *fold,
                                       const struct session_entry *entry,
                                       size_t last);

#endif
