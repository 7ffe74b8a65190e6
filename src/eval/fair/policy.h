/*
 * policy - what a model has to reach, and for whom: mien-policy(5).
 */
#ifndef MIEN_FAIR_POLICY_H
#define MIEN_FAIR_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/text.h"
#include "eval/fair/support.h"
#include "eval/score/metrics.h"

/* Who has to show what. */
enum policy_burden {
    POLICY_POINT,    /* the value itself decides */
    POLICY_DISPROVE, /* fails when the interval excludes the bound */
    POLICY_PROVE,    /* passes only when the interval lies within it */
};

enum policy_gap { POLICY_DIFFERENCE, POLICY_RATIO };

struct policy_rule {
    char *path; /* owned; "overall.uar", "rules[0]": for messages */
    const struct metric *metric;
    char *label;         /* owned; NULL where the metric has none */
    enum policy_gap gap; /* of rules between groups */
    bool has_min, has_max;
    double min, max;
    enum policy_burden burden;
    double confidence; /* such as 0.95; of the interval, if it decides */
};

struct policy_rules {
    struct policy_rule *item; /* owned */
    size_t count, capacity;
};

struct policy {
    char *name; /* owned; the file's */
    struct policy_rules overall;
    struct policy_rules rules;
    struct text_list groups; /* "sex", "sex*age_band" */
    struct support_minimum group_minimum;
    /*
     * A group that is too small fails the gate, or, when false, is named and
     * left out, as long as every rule still has something to measure.
     */
    bool insufficient_fails;
};

/* Errors name the file and the JSON path. */
struct policy *policy_read(const char *path, struct error *err);
struct policy *policy_parse(const char *text, size_t length, const char *name,
                            struct error *err);
void policy_free(struct policy *policy);

const char *policy_burden_name(enum policy_burden burden);

#endif
