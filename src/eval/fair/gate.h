/*
 * gate - may this model pass, by a policy?
 *
 * A gate never passes on what it could not measure.
 */
#ifndef MIEN_FAIR_GATE_H
#define MIEN_FAIR_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/error.h"
#include "eval/fair/gap.h"
#include "eval/fair/policy.h"
#include "eval/score/predictions.h"

enum gate_outcome {
    GATE_PASS,
    GATE_FAIL,
    GATE_INSUFFICIENT, /* could not be measured */
};
/* "pass", "fail", "insufficient" */
const char *gate_outcome_name(enum gate_outcome outcome);

/* One line of the verdict: an overall score, a pair, a group too small. */
struct gate_check {
    const struct policy_rule *rule; /* borrowed from the policy */
    enum gate_outcome outcome;
    char *by;     /* owned; the grouping, or NULL: all rows */
    char *first;  /* owned; group, or NULL */
    char *second; /* owned; group, or NULL */
    bool has_value;
    double value;              /* what is held against the bound */
    double group_value[2];     /* of a pair */
    struct interval interval;  /* around `value`, if defined */
    struct interval bootstrap; /* beside it, of an overall score or a gap */
    struct permutation permutation; /* of a pair, if defined */
    bool *classes; /* owned; those a pair is compared by, or NULL */
    char *reason;  /* owned; why insufficient, or NULL */
    bool waived;   /* insufficient, and the policy says "warn" */
};

struct gate {
    const struct policy *policy;           /* borrowed */
    const struct predictions *predictions; /* borrowed */
    struct {
        struct gate_check *item; /* owned */
        size_t count, capacity;
    } checks;
    bool passed;
    const char *undecided; /* why it does not decide at all, or NULL */
    /* As in evaluation.h; the caller sets them after gate_run(). */
    const char *normalization;
    bool transductive;
};

/* False on bad input: a group column or a label that is not there. */
bool gate_run(const struct predictions *predictions,
              const struct policy *policy, const struct gap_settings *settings,
              struct gate *out, struct error *err);
void gate_release(struct gate *gate);

/* How many checks came out so; waived ones are not counted. */
size_t gate_count(const struct gate *gate, enum gate_outcome outcome);
size_t gate_waived(const struct gate *gate);

/* One JSON document. */
void gate_json(const struct gate *gate, struct buf *out);

#endif
