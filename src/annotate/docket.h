/*
 * docket - the cases that are to be settled: each question of each item that
 * annotators were given, its answers without names, and how it stands.
 */
#ifndef MIEN_ANNOTATE_DOCKET_H
#define MIEN_ANNOTATE_DOCKET_H

#include "common/stat/estimate.h"
#include "common/store/decision_store.h"
#include "common/store/judgement.h"
#include "common/study/settle.h"

struct docket_case {
    size_t question; /* place in the protocol */
    int64_t item;
    const char *item_id;
    const char *speaker;
    size_t rated;      /* place of the item in the question's ratings, or
                          SIZE_MAX */
    int64_t begins_us; /* the item, in its medium */
    size_t pending; /* judgements that were handed out and did not come home */
    size_t answers; /* that are values */
    /* Share of pairs that say the same; numbers: nearness on the scale. */
    struct estimate agreement;
    char basis[DECISION_BASIS_SIZE]; /* of the judgements that count */
    /* Of a question that settle_by_voice() says: in docket_answers()' order. */
    struct settle_voice *voice; /* owned */
    size_t voices;
};

/*
 * Who the protocol's rules call experts, by number: read before anybody is
 * blind; no name is learnt that the protocol does not say.
 */
struct docket_experts {
    struct docket_expert {
        char *alias;   /* owned */
        int64_t rater; /* 0: has no work here */
    } * item;          /* owned */
    size_t count, capacity;
};

bool docket_experts_find(struct project *project, struct docket_experts *out,
                         struct error *err);
void docket_experts_release(struct docket_experts *experts);

struct docket {
    struct project *project; /* owned; NULL between deeds, when it was let go */
    char *folder;            /* owned; of a project that was let go; or NULL */
    struct protocol *protocol;            /* owned */
    const struct docket_experts *experts; /* borrowed */
    struct judgements judgements;
    struct decisions decisions;
    struct arena texts;
    struct ratings **ratings; /* owned; of each question; NULL: not settled,
                                 or by voice */
    struct {                  /* owned: samples of traces, and curves */
        void **item;
        size_t count, capacity;
    } memory;
    struct fit **fit; /* of each question by rule kind; NULL: not loaded */
    struct docket_case *item; /* owned; by item and question */
    size_t count, capacity;
};

/*
 * After work was collected.  Takes the project, which is closed by
 * docket_release(), to be called also after false.
 */
bool docket_open(struct docket *docket, struct project *project,
                 const struct docket_experts *experts, struct error *err);
void docket_release(struct docket *docket);

/*
 * For a sitting that lasts: closes mien.db, so that others can use it; each
 * deed takes it, blind, and gives it back.  docket_take() reads anew what was
 * decided, and fails when `it` (or NULL) was dealt with meanwhile, or when it
 * stays busy.  Without docket_let_go() both do nothing.
 */
bool docket_let_go(struct docket *docket, struct error *err);
bool docket_take(struct docket *docket, const struct docket_case *it,
                 struct error *err);
void docket_give_back(struct docket *docket);

/* Has the question a chain of rules? */
bool docket_settles(const struct question *question);
const struct question *docket_question(const struct docket *docket,
                                       const struct docket_case *it);
/* Has the question a chain, or (NULL) any of the protocol?  Else the reason. */
bool docket_can_settle(const struct docket *docket, const char *question,
                       struct error *err);
/* Was the item handed out?  Else the reason. */
bool docket_knows(const struct docket *docket, const char *item,
                  struct error *err);
/* The case, or NULL with the reason. */
const struct docket_case *docket_find(const struct docket *docket,
                                      const char *item, const char *question,
                                      struct error *err);
enum decision_state docket_state(const struct docket *docket,
                                 const struct docket_case *it);

/* The frozen fit of a rule that wants one, loaded once; NULL: none. */
bool docket_fit(struct docket *docket, size_t question, enum rule_kind kind,
                struct fit **fit, struct error *err);
/*
 * What each rule of the chain says, as many as the question has; the caller
 * releases each and frees.
 */
struct settlement *docket_opinions(struct docket *docket,
                                   const struct docket_case *it,
                                   struct error *err);
/* What the first of the rule's experts says who judged it. */
void docket_ask_expert(const struct docket *docket,
                       const struct docket_case *it,
                       const struct question_rule *rule,
                       struct settlement *out);
/* The first that settles it: its place, or the number of rules. */
size_t docket_first(const struct question *question,
                    const struct settlement *opinion);

/*
 * The judgements that count for a case, the caller's to free; in the order of
 * their entries' ids, which are random: who is A and who is B changes from
 * item to item.
 */
const struct judgement **docket_answers(const struct docket *docket,
                                        const struct docket_case *it,
                                        size_t *count);

/* Filled for the journal; texts borrowed from the arguments. */
struct decision docket_decision(const struct docket *docket,
                                const struct docket_case *it,
                                enum event_kind kind);
/*
 * What a judgement of the case says, as a decision's value (study/verdict.h):
 * of docket_answers() the one at `place`.
 */
void docket_value(const struct docket *docket, const struct docket_case *it,
                  const struct judgement *one, size_t place, struct buf *out);
/*
 * What "A", "B" ... of the case or a rule of its chain says: the caller's, or
 * NULL with the reason.
 */
char *docket_taken(struct docket *docket, const struct docket_case *it,
                   const char *from, struct error *err);
/* Fills the voices of a case, its answers and its agreement. */
bool docket_hear(struct docket *docket, struct docket_case *it,
                 struct error *err);

#endif
