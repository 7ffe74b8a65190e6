/*
 * gate - every rule against all rows, or against every pair of groups.
 */
#include <config.h>

#include "eval/fair/gate.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/vec.h"
#include "eval/fair/evaluation.h"

static const char *const outcome_names[] = {
    [GATE_PASS] = "pass",
    [GATE_FAIL] = "fail",
    [GATE_INSUFFICIENT] = "insufficient",
};

const char *gate_outcome_name(enum gate_outcome outcome)
{
    return outcome_names[outcome];
}

/* What the value, or all of the interval, must stay within. */
struct bounds {
    double low, high;
};

/*
 * Point: the value decides.  Disprove: the interval must reach into the
 * bounds.  Prove: it must lie within them.
 */
static enum gate_outcome decide(const struct policy_rule *rule, double value,
                                const struct interval *interval,
                                struct bounds bounds, char **reason)
{
    const double slack = 1e-12; /* 0.8 - 0.7 is a little over 0.1 */
    bool good = false;

    bounds.low -= slack;
    bounds.high += slack;
    if (rule->burden != POLICY_POINT && !interval->defined) {
        *reason = xasprintf("no interval: %s", interval->reason);
        return GATE_INSUFFICIENT;
    }
    switch (rule->burden) {
    case POLICY_POINT:
        good = value >= bounds.low && value <= bounds.high;
        break;
    case POLICY_DISPROVE:
        good = interval->high >= bounds.low && interval->low <= bounds.high;
        break;
    case POLICY_PROVE:
        good = interval->low >= bounds.low && interval->high <= bounds.high;
        break;
    }
    return good ? GATE_PASS : GATE_FAIL;
}

/* The label of a rule as the predictions number it. */
static bool find_label(const struct predictions *p, const struct policy *policy,
                       const struct policy_rule *rule, size_t *label,
                       struct error *err)
{
    int found;

    *label = METRIC_NO_LABEL;
    if (rule->metric->task != p->task)
        return error_set(err, ERROR_INPUT,
                         "%s: %s: %s is a metric of %s, but the predictions "
                         "are %s",
                         policy->name, rule->path, rule->metric->name,
                         predictions_task_name(rule->metric->task),
                         predictions_task_name(p->task));
    if (!rule->label)
        return true;
    found = predictions_label(p, rule->label);
    if (found < 0) {
        const char **names = xcalloc(p->labels.count + 1, sizeof(*names));
        const char *near;

        for (size_t i = 0; i < p->labels.count; i++)
            names[i] = p->labels.item[i];
        near = text_nearest(rule->label, names);
        error_set(err, ERROR_INPUT,
                  "%s: %s: the predictions have no label \"%s\"%s%s%s",
                  policy->name, rule->path, rule->label,
                  near ? "; did you mean \"" : "", near ? near : "",
                  near ? "\"?" : "");
        free(names);
        return false;
    }
    *label = (size_t)found;
    return true;
}

/* All rows: the evaluation at the rule's own confidence. */
static bool check_overall(struct gate *gate, const struct policy_rule *rule,
                          const struct gap_settings *settings,
                          struct error *err)
{
    const struct predictions *p = gate->predictions;
    struct evaluation_settings how = { .level = rule->confidence,
                                       .resamples = settings->resamples,
                                       .seed = settings->seed };
    struct gate_check check = { .rule = rule };
    struct bounds bounds = { -HUGE_VAL, HUGE_VAL };
    struct evaluation *evaluation;
    const struct score *score;
    size_t label;

    if (!find_label(p, gate->policy, rule, &label, err))
        return false;
    evaluation = evaluation_new(p, &how, err);
    if (!evaluation)
        return false;
    score = part_score(&evaluation->parts.item[0], rule->metric->name, label);
    assert(score);
    check.has_value = score->value.defined;
    check.value = score->value.value;
    check.interval = *score_interval(score);
    check.bootstrap = score->bootstrap;
    if (rule->has_min)
        bounds.low = rule->min;
    if (rule->has_max)
        bounds.high = rule->max;
    if (score->evidence == EVIDENCE_MEASURED) {
        check.outcome =
            decide(rule, check.value, &check.interval, bounds, &check.reason);
    } else {
        check.outcome = GATE_INSUFFICIENT;
        check.reason = xstrdup(score->reason);
        check.interval.defined = check.bootstrap.defined = false;
        check.interval.reason = check.bootstrap.reason = "insufficient";
    }
    VEC_PUSH(&gate->checks, check);
    evaluation_free(evaluation);
    return true;
}

static void add_insufficient(struct gate *gate, const struct policy_rule *rule,
                             const char *by, const char *first,
                             const char *second, char *reason)
{
    struct gate_check check = {
        .rule = rule,
        .outcome = GATE_INSUFFICIENT,
        .by = xstrdup(by),
        .first = first ? xstrdup(first) : NULL,
        .second = second ? xstrdup(second) : NULL,
        .reason = reason,
        .waived = !gate->policy->insufficient_fails,
    };

    VEC_PUSH(&gate->checks, check);
}

/* NULL, or what min_group finds lacking; the caller's. */
static char *group_lack(const struct gate *gate, const struct group *group,
                        const struct policy_rule *rule, size_t label)
{
    const struct predictions *p = gate->predictions;
    struct tally *tally = tally_new(p, group->row, group->count);
    bool *every = xcalloc(p->labels.count + 1, sizeof(*every));
    struct tally_sums whole;
    char *lack;

    /* Every class of the whole table is asked for; names alone are not. */
    for (size_t row = 0; p->task == PREDICTIONS_CLASSIFY && row < p->rows;
         row++)
        every[p->truth[row]] = true;
    tally_sums_init(&whole, tally);
    tally_sums_fill(&whole, tally);
    lack = support_lack(p, tally, &whole, rule->metric, label, every,
                        &gate->policy->group_minimum);
    tally_sums_release(&whole);
    tally_free(tally);
    free(every);
    return lack;
}

/* The bound as it is held against a gap. */
static void judge_gap(const struct policy_rule *rule, const struct gap *gap,
                      struct gate_check *check)
{
    struct bounds difference = { -rule->max, rule->max };
    struct bounds ratio = { rule->min, HUGE_VAL };

    if (rule->gap == POLICY_DIFFERENCE) {
        check->value = gap->difference.value;
        check->interval = gap->difference_interval;
        check->bootstrap = gap->difference_bootstrap;
        check->outcome = decide(rule, check->value, &check->interval,
                                difference, &check->reason);
        return;
    }
    check->interval = gap->ratio_interval;
    check->bootstrap.reason = "not made for ratios";
    if (!gap->ratio.defined) {
        check->has_value = false;
        check->outcome = GATE_INSUFFICIENT;
        check->reason = xstrdup(gap->ratio.reason);
        return;
    }
    check->value = gap->ratio.value;
    check->outcome =
        decide(rule, check->value, &check->interval, ratio, &check->reason);
}

static void check_pair(struct gate *gate, const struct policy_rule *rule,
                       size_t label, const char *by, const struct group *first,
                       const struct group *second,
                       const struct gap_settings *settings)
{
    struct gap_settings own = *settings;
    struct gate_check check = { .rule = rule };
    struct gap gap;

    own.level = rule->confidence;
    gap_measure(gate->predictions, first, second, rule->metric, label, &own,
                &gap);
    if (gap.lack) {
        add_insufficient(gate, rule, by, first->name, second->name, gap.lack);
        gap.lack = NULL;
        gap_release(&gap);
        return;
    }
    check.by = xstrdup(by);
    check.first = xstrdup(first->name);
    check.second = xstrdup(second->name);
    check.has_value = true;
    check.group_value[0] = gap.value[0].value;
    check.group_value[1] = gap.value[1].value;
    check.permutation = gap.permutation;
    check.classes = gap.shared;
    gap.shared = NULL;
    judge_gap(rule, &gap, &check);
    check.waived =
        check.outcome == GATE_INSUFFICIENT && !gate->policy->insufficient_fails;
    VEC_PUSH(&gate->checks, check);
    gap_release(&gap);
}

static bool check_grouping(struct gate *gate, const struct policy_rule *rule,
                           const struct grouping *grouping,
                           const struct gap_settings *settings,
                           struct error *err)
{
    bool *enough = NULL;
    size_t label, usable = 0;

    if (!find_label(gate->predictions, gate->policy, rule, &label, err))
        return false;
    enough = xcalloc(grouping->count + 1, sizeof(*enough));
    for (size_t i = 0; i < grouping->count; i++) {
        char *lack = group_lack(gate, &grouping->item[i], rule, label);

        enough[i] = lack == NULL;
        usable += enough[i];
        if (lack)
            add_insufficient(gate, rule, grouping->by, grouping->item[i].name,
                             NULL, lack);
    }
    if (usable < 2)
        add_insufficient(gate, rule, grouping->by, NULL, NULL,
                         xasprintf("%zu of %zu groups can be compared: a gap "
                                   "needs two",
                                   usable, grouping->count));
    for (size_t i = 0; i < grouping->count; i++)
        for (size_t j = i + 1; j < grouping->count; j++)
            if (enough[i] && enough[j] && !interrupt_pending())
                check_pair(gate, rule, label, grouping->by, &grouping->item[i],
                           &grouping->item[j], settings);
    free(enough);
    return interrupt_check(err);
}

size_t gate_count(const struct gate *gate, enum gate_outcome outcome)
{
    size_t n = 0;

    for (size_t i = 0; i < gate->checks.count; i++)
        n += gate->checks.item[i].outcome == outcome &&
             !gate->checks.item[i].waived;
    return n;
}

size_t gate_waived(const struct gate *gate)
{
    size_t n = 0;

    for (size_t i = 0; i < gate->checks.count; i++)
        n += gate->checks.item[i].waived;
    return n;
}

/* Nothing waives a rule away: each grouping must have measured something. */
static void unwaive(struct gate *gate, size_t from)
{
    bool measured = false;

    for (size_t i = from; i < gate->checks.count; i++)
        measured |= gate->checks.item[i].outcome != GATE_INSUFFICIENT;
    for (size_t i = from; i < gate->checks.count; i++)
        gate->checks.item[i].waived &= measured;
}

static bool check_rules(struct gate *gate, const char *by,
                        const struct gap_settings *settings, struct error *err)
{
    const struct policy_rules *rules = &gate->policy->rules;
    struct grouping grouping;
    bool good = true;

    if (!grouping_make(gate->predictions, by, &grouping, err))
        return false;
    for (size_t i = 0; good && i < rules->count; i++) {
        size_t from = gate->checks.count;

        good = check_grouping(gate, &rules->item[i], &grouping, settings, err);
        unwaive(gate, from);
    }
    grouping_release(&grouping);
    return good;
}

bool gate_run(const struct predictions *predictions,
              const struct policy *policy, const struct gap_settings *settings,
              struct gate *out, struct error *err)
{
    const struct policy_rules *overall = &policy->overall;

    *out = (struct gate){ .policy = policy, .predictions = predictions };
    for (size_t i = 0; i < policy->groups.count; i++) {
        struct grouping grouping; /* only tried: bad input is said first */

        if (!grouping_make(predictions, policy->groups.item[i], &grouping,
                           err)) {
            err->code = ERROR_INPUT; /* of the policy, not of the user */
            return error_prefix(err, "%s: groups[%zu]", policy->name, i);
        }
        grouping_release(&grouping);
    }
    if (!predictions->has_speakers) {
        out->undecided = "no column \"speaker\": rows taken as independent, "
                         "and a gate does not decide on them";
        return true;
    }
    for (size_t i = 0; i < overall->count; i++)
        if (!check_overall(out, &overall->item[i], settings, err))
            goto failed;
    for (size_t i = 0; i < policy->groups.count; i++)
        if (!check_rules(out, policy->groups.item[i], settings, err))
            goto failed;
    out->passed = gate_count(out, GATE_FAIL) == 0 &&
                  gate_count(out, GATE_INSUFFICIENT) == 0;
    return true;

failed:
    gate_release(out);
    return false;
}

void gate_release(struct gate *gate)
{
    for (size_t i = 0; i < gate->checks.count; i++) {
        struct gate_check *check = &gate->checks.item[i];

        free(check->by);
        free(check->first);
        free(check->second);
        free(check->classes);
        free(check->reason);
    }
    free(gate->checks.item);
    *gate = (struct gate){ 0 };
}
