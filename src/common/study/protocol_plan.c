/*
 * protocol_plan - checks of a protocol as a design: references, attention
 * checks, pauses, breaks, and whether the plan can be carried out.
 */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/study/protocol_internal.h"
#include "common/study/reference.h"

enum { PATH_SIZE = 128 };

static const char *tier_fault(const struct question *question,
                              const struct conduct_reference *it)
{
    if (question->type != QUESTION_SEGMENTS)
        return it->tier[0] ? "names a tier, but only segments have tiers; "
                             "leave it out"
                           : NULL;
    if (it->tier[0])
        return question_tier(question, it->tier) < question->tier_count
                   ? NULL
                   : "names a tier that the question does not have";
    return question->tier_count > 1
               ? "must name the \"tier\" that is judged: there are several"
               : NULL;
}

/* False, and said so: nothing that is answered could be right or wrong. */
static bool check_judged(const struct question *question,
                         const struct conduct_reference *it, const char *path,
                         struct fault_list *faults)
{
    bool marks = question->type == QUESTION_SEGMENTS;
    const char *tier = tier_fault(question, it);

    if (tier) {
        fault_add(faults, path, "%s", tier);
        return false;
    }
    if (!reference_judges(question, it)) {
        if (marks)
            fault_add(faults, path,
                      "does not say how near a mark must be; add a "
                      "\"tolerance\" in seconds or a \"min_overlap\" from 0 to "
                      "1");
        else
            fault_add(faults, path,
                      "is of a question whose answers are neither right nor "
                      "wrong (%s); leave it out",
                      question_type_names[question->type]);
        return false;
    }
    if (!isnan(it->tolerance) && question_is_list(question))
        fault_add(faults, path,
                  "has a tolerance, but options are right or wrong; leave it "
                  "out");
    if (!isnan(it->min_overlap) && !marks && !question->many)
        fault_add(faults, path,
                  "has a min_overlap, which only segments and choices of many "
                  "have; leave it out");
    if (it->rise[0] && question->type != QUESTION_GRID)
        fault_add(faults, path,
                  "has two attributes, but one number; write \"attribute\"");
    return true;
}

/* A pass mark that nothing could ever meet or miss. */
static void check_pass_mark(const struct protocol *protocol,
                            struct fault_list *faults)
{
    if (protocol->practice == 0 || protocol->gold_min <= 0)
        return;
    for (size_t q = 0; q < protocol->question_count; q++) {
        const struct question *question = &protocol->question[q];

        if (reference_judges(
                question, conduct_reference(&protocol->conduct, question->id)))
            return;
    }
    fault_add(faults, "qualification.gold_min",
              "is %g, but no answer here is right or wrong: traces and texts "
              "are not judged, and segments only by a reference with a "
              "\"tolerance\" or a \"min_overlap\"; leave it out",
              protocol->gold_min);
}

static void check_reference(const struct protocol *protocol, size_t i,
                            struct fault_list *faults)
{
    const struct conduct_reference *it = &protocol->conduct.reference[i];
    const struct question *question = protocol_question(protocol, it->question);
    char path[PATH_SIZE];

    snprintf(path, sizeof(path), "qualification.reference.%s", it->question);
    if (!question) {
        fault_add(faults, path, "is no question of this protocol");
        return;
    }
    if (!check_judged(question, it, path, faults))
        return;
    for (size_t v = 0; v < it->value_count; v++)
        if (!conduct_translate(&protocol->conduct, question, it->value[v].from))
            fault_add(faults, path,
                      "makes \"%s\" of \"%s\", which is no answer to the "
                      "question",
                      it->value[v].to, it->value[v].from);
}

/* "a|b": each of them, of a choice of many. */
static bool accepts(const struct question *question, const char *value,
                    struct error *err)
{
    if (question->type == QUESTION_CHOICE && question->many &&
        strchr(value, '|'))
        return reference_reads(question, NULL, value);
    return question_accepts(question, value, err);
}

static bool any_compared(const struct protocol *protocol)
{
    for (size_t q = 0; q < protocol->question_count; q++)
        if (reference_compares(&protocol->question[q]))
            return true;
    return false;
}

static void check_attention(const struct protocol *protocol, size_t i,
                            struct fault_list *faults)
{
    const struct conduct_check *check = &protocol->conduct.check[i];
    const struct question *question =
        protocol_question(protocol, check->question);
    struct error err;
    char path[PATH_SIZE];

    snprintf(path, sizeof(path), "attention.checks[%zu]", i);
    if (!check->question[0] || !check->value[0])
        return; /* said already */
    if (!question)
        fault_add(faults, path, "asks \"%s\", no question of this protocol",
                  check->question);
    else if (!reference_compares(question))
        fault_add(faults, path,
                  "asks for an answer to \"%s\" (%s): attention is judged by "
                  "choices, scales and grids only",
                  check->question, question_type_names[question->type]);
    else if (!accepts(question, check->value, &err))
        fault_add(faults, path, "wants \"%s\", which is no answer to \"%s\"",
                  check->value, check->question);
}

static void check_pause(const struct protocol *protocol, size_t i,
                        struct fault_list *faults)
{
    const struct conduct *conduct = &protocol->conduct;
    const struct pause_rule *rule = &conduct->pause[i];
    char path[PATH_SIZE];

    snprintf(path, sizeof(path), "pauses[%zu]", i);
    if (rule->kind == PAUSE_ATTENTION && conduct->check_count == 0)
        fault_add(faults, path,
                  "waits for attention checks that fail, but there are none; "
                  "add \"attention\"");
    if (rule->kind == PAUSE_CONSISTENCY && conduct->plan.items > 0 &&
        conduct->plan.repeat == 0)
        fault_add(faults, path,
                  "needs items that are asked twice, but plan.repeat is 0");
    if (rule->kind == PAUSE_CONSISTENCY && !any_compared(protocol))
        fault_add(faults, path,
                  "compares answers, but no question here has a choice, a "
                  "scale or a grid; leave the rule out");
}

static void check_times(const struct protocol *protocol,
                        struct fault_list *faults)
{
    const struct conduct *conduct = &protocol->conduct;

    if (conduct->break_minutes > 0 && protocol->break_minutes == 0 &&
        conduct->break_items == 0)
        fault_add(faults, "breaks.min_minutes",
                  "says how long breaks are, but there are none; add "
                  "every_minutes or every_items");
    if (conduct->session_minutes > 0 &&
        protocol->break_minutes >= conduct->session_minutes)
        fault_add_warning(faults, "breaks.every_minutes",
                          "is %d, but a session ends after %g minutes: nobody "
                          "comes to a break",
                          protocol->break_minutes, conduct->session_minutes);
    if (conduct->day_minutes > 0 &&
        conduct->session_minutes > conduct->day_minutes)
        fault_add_warning(faults, "session.max_minutes",
                          "is %g, more than a day's %g: it never acts",
                          conduct->session_minutes, conduct->day_minutes);
}

/* Entries of one annotator's queue, practice aside. */
static double queue_length(const struct conduct_plan *plan)
{
    double items = (double)plan->items * plan->per_item / plan->annotators;

    return items * (1 + plan->repeat + plan->gold);
}

static void check_load(const struct protocol *protocol, double entries,
                       struct fault_list *faults)
{
    const struct conduct_plan *plan = &protocol->conduct.plan;
    double session_s = protocol->conduct.session_minutes * 60;
    double hours =
        (entries + protocol->practice) * plan->seconds_per_item / 3600;

    if (plan->seconds_per_item == 0) {
        if (plan->hours_each > 0)
            fault_add_warning(faults, "plan.hours_each",
                              "cannot be held against the work: add "
                              "seconds_per_item, how long an item takes");
        return;
    }
    if (plan->hours_each > 0 && hours > plan->hours_each)
        fault_add(faults, "plan.hours_each",
                  "is %g, but %g entries of %g s are %.1f hours each: more "
                  "work than these people can do; plan more annotators, fewer "
                  "items or a lower per_item",
                  plan->hours_each, round(entries) + protocol->practice,
                  plan->seconds_per_item, hours);
    if (session_s > 0 && plan->seconds_per_item > session_s)
        fault_add(faults, "session.max_minutes",
                  "is %g, but one item takes %g s: no session holds one",
                  protocol->conduct.session_minutes, plan->seconds_per_item);
}

static void check_plan(const struct protocol *protocol,
                       struct fault_list *faults)
{
    const struct conduct *conduct = &protocol->conduct;
    const struct conduct_plan *plan = &conduct->plan;
    double entries;

    if (plan->items == 0 || plan->annotators == 0)
        return;
    if (plan->per_item > plan->annotators)
        fault_add(faults, "plan.per_item",
                  "is %d, but there are %d annotators: an item cannot be "
                  "judged by more",
                  plan->per_item, plan->annotators);
    entries = queue_length(plan);
    if (plan->repeat > 0 && conduct->repeat_distance >= entries)
        fault_add(faults, "repeats.min_distance",
                  "is %d, but a queue has %g entries: no repeat finds a place",
                  conduct->repeat_distance, round(entries));
    if (conduct->check_count > 0 && conduct->check_every >= entries)
        fault_add_warning(faults, "attention.every",
                          "is %d, but a queue has %g entries: nobody meets a "
                          "check",
                          conduct->check_every, round(entries));
    if (protocol->practice > plan->items)
        fault_add(faults, "qualification.practice",
                  "is %d, more than the %d items of the plan",
                  protocol->practice, plan->items);
    check_load(protocol, entries, faults);
}

void protocol_check_conduct(const struct protocol *protocol,
                            struct fault_list *faults)
{
    const struct conduct *conduct = &protocol->conduct;

    if (protocol->gold_min > 0 && protocol->practice == 0)
        fault_add(faults, "qualification.gold_min",
                  "is a pass mark without practice to pass; set "
                  "qualification.practice or leave it out");
    check_pass_mark(protocol, faults);
    for (size_t i = 0; i < conduct->reference_count; i++)
        check_reference(protocol, i, faults);
    for (size_t i = 0; i < conduct->check_count; i++)
        check_attention(protocol, i, faults);
    for (size_t i = 0; i < conduct->pause_count; i++)
        check_pause(protocol, i, faults);
    check_times(protocol, faults);
    check_plan(protocol, faults);
}
