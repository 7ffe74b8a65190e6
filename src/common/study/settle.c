/* settle - rules that look at one item. */
#include <config.h>

#include "common/study/settle_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/text.h"

void settlement_release(struct settlement *settlement)
{
    free(settlement->distribution);
    free(settlement->value);
    memset(settlement, 0, sizeof(*settlement));
}

bool settle_needs_fit(enum rule_kind kind)
{
    return kind == RULE_DAWID_SKENE || kind == RULE_MACE || kind == RULE_EWE;
}

void settle_say(struct settlement *out, bool settled, const char *format, ...)
{
    va_list args;

    out->settled = settled;
    va_start(args, format);
    vsnprintf(out->why, sizeof(out->why), format, args);
    va_end(args);
}

void settle_value(struct settlement *out, const char *value)
{
    char *copy = xstrdup(value); /* it may be its own */

    free(out->value);
    out->value = copy;
}

void settle_unset(struct settlement *out, enum rule_kind kind)
{
    memset(out, 0, sizeof(*out));
    out->kind = kind;
    out->share = (double)NAN;
    out->value = xstrdup("");
}

void settle_number(struct settlement *out, double value)
{
    char text[NUMBER_TEXT_SIZE];

    settle_value(out, number_format(value, text));
}

/* How often each category was chosen. */
static void count(struct answers *answers)
{
    const struct ratings *r = answers->ratings;

    answers->votes = xcalloc(r->categories.count + 1, sizeof(size_t));
    if (answers->item == SIZE_MAX)
        return;
    for (size_t k = r->start[answers->item]; k < r->start[answers->item + 1];
         k++) {
        answers->votes[r->rating[k].code]++;
        answers->n++;
    }
    answers->reserved =
        r->reserved_start[answers->item + 1] - r->reserved_start[answers->item];
    for (size_t c = 0; c < r->categories.count; c++) {
        if (answers->votes[c] == answers->votes[answers->top])
            answers->tied += c != answers->top;
        if (answers->votes[c] > answers->votes[answers->top]) {
            answers->top = c;
            answers->tied = 0;
        }
    }
}

/* All said the same reserved answer, such as @cannot_tell. */
static const char *all_reserved(const struct answers *answers)
{
    const struct ratings *r = answers->ratings;
    size_t from;

    if (answers->n > 0 || answers->reserved == 0)
        return NULL;
    from = r->reserved_start[answers->item];
    for (size_t k = from; k < r->reserved_start[answers->item + 1]; k++)
        if (r->reserved[k].code != r->reserved[from].code)
            return NULL;
    return r->reserved_names.item[r->reserved[from].code];
}

static void unanimous(const struct answers *answers,
                      const struct question_rule *rule, struct settlement *out)
{
    size_t least = rule->min_raters > 0 ? (size_t)rule->min_raters : 2;
    const char *reserved = all_reserved(answers);
    size_t all = answers->n + answers->reserved;

    if (all < least) {
        settle_say(out, false, "%zu of %zu answers that it takes", all, least);
    } else if (reserved) {
        settle_value(out, reserved);
        settle_say(out, true, "all %zu say %s", all, reserved);
    } else if (answers->reserved > 0) {
        settle_say(out, false, "%zu of %zu answers are reserved ones",
                   answers->reserved, all);
    } else if (answers->votes[answers->top] < answers->n) {
        settle_say(out, false, "%zu of %zu say %s",
                   answers->votes[answers->top], answers->n,
                   answers->ratings->categories.item[answers->top]);
    } else {
        settle_value(out, answers->ratings->categories.item[answers->top]);
        out->share = 1;
        settle_say(out, true, "all %zu say %s", answers->n, out->value);
    }
}

/* Enough answers that are values? */
static bool enough(const struct answers *answers,
                   const struct question_rule *rule, struct settlement *out)
{
    size_t least = rule->min_raters > 0 ? (size_t)rule->min_raters : 1;

    if (answers->n >= least)
        return true;
    settle_say(out, false, "%zu of %zu answers that it takes", answers->n,
               least);
    return false;
}

static void majority(const struct answers *answers,
                     const struct question_rule *rule, struct settlement *out)
{
    const char *label;
    double share;

    if (!enough(answers, rule, out))
        return;
    label = answers->ratings->categories.item[answers->top];
    share = (double)answers->votes[answers->top] / (double)answers->n;
    out->share = share;
    if (answers->tied > 0) {
        settle_say(out, false, "%zu labels have %zu of %zu answers each",
                   answers->tied + 1, answers->votes[answers->top], answers->n);
    } else if (share < rule->min_share) {
        settle_say(out, false, "%s has a share of %.2f, below %g", label, share,
                   rule->min_share);
    } else {
        settle_value(out, label);
        settle_say(out, true, "%zu of %zu say %s", answers->votes[answers->top],
                   answers->n, label);
    }
}

/* How many answers, sets of labels, have this one? */
static size_t with_label(const struct answers *answers, const char *label)
{
    const struct ratings *r = answers->ratings;
    size_t n = 0;

    for (size_t c = 0; c < r->categories.count; c++) {
        struct text_list parts = { 0 };

        text_list_split(&parts, r->categories.item[c], '|');
        if (text_list_has(&parts, label))
            n += answers->votes[c];
        text_list_release(&parts);
    }
    return n;
}

/* Of several labels at once each that more than half of the answers have. */
static void majority_of_each(const struct answers *answers,
                             const struct question *question,
                             const struct question_rule *rule,
                             struct settlement *out)
{
    struct buf value = { 0 };
    double least = 1;

    if (!enough(answers, rule, out))
        return;
    for (size_t o = 0; o < question->option_count; o++) {
        const char *label = question->option[o].value;
        size_t votes = with_label(answers, label);
        double share = (double)votes / (double)answers->n;

        if (2 * votes == answers->n ||
            (2 * votes > answers->n && share < rule->min_share)) {
            settle_say(out, false,
                       2 * votes == answers->n
                           ? "half of the %zu answers have %s"
                           : "of %zu answers too few have %s",
                       answers->n, label);
            buf_release(&value);
            return;
        }
        if (2 * votes < answers->n)
            continue;
        buf_addf(&value, "%s%s", value.length > 0 ? "|" : "", label);
        least = share < least ? share : least;
    }
    if (value.length == 0) {
        settle_say(out, false, "no label is in most of the %zu answers",
                   answers->n);
    } else {
        out->share = least;
        settle_value(out, buf_text(&value));
        settle_say(out, true, "each label that most of the %zu answers have",
                   answers->n);
    }
    buf_release(&value);
}

/* Numbers, and not too far from each other? */
static bool near_enough(const struct answers *answers,
                        const struct question_rule *rule,
                        struct settlement *out)
{
    const struct ratings *r = answers->ratings;
    double mean = 0, squares = 0, sd;

    if (!r->value) {
        settle_say(out, false, "the answers are no numbers");
        return false;
    }
    for (size_t c = 0; c < r->categories.count; c++)
        mean += (double)answers->votes[c] * r->value[c] / (double)answers->n;
    for (size_t c = 0; c < r->categories.count; c++)
        squares += (double)answers->votes[c] * (r->value[c] - mean) *
                   (r->value[c] - mean);
    sd = answers->n > 1 ? sqrt(squares / (double)(answers->n - 1)) : NAN;
    if (rule->max_spread > 0 && !(sd <= rule->max_spread)) {
        if (answers->n > 1)
            settle_say(out, false, "a standard deviation of %.2f, above %g", sd,
                       rule->max_spread);
        else
            settle_say(out, false, "one answer has no spread");
        return false;
    }
    return true;
}

static void mean(const struct answers *answers,
                 const struct question_rule *rule, struct settlement *out)
{
    const struct ratings *r = answers->ratings;
    double sum = 0;

    if (!enough(answers, rule, out) || !near_enough(answers, rule, out))
        return;
    for (size_t c = 0; c < r->categories.count; c++)
        sum += (double)answers->votes[c] * r->value[c];
    settle_number(out, sum / (double)answers->n);
    settle_say(out, true, "the mean of %zu answers", answers->n);
}

/* The category of the k-th answer, from 0, in their order. */
static size_t in_order(const struct answers *answers, size_t k)
{
    size_t c = 0;

    while (k >= answers->votes[c])
        k -= answers->votes[c++];
    return c;
}

static void median(const struct answers *answers,
                   const struct question_rule *rule, struct settlement *out)
{
    const struct ratings *r = answers->ratings;
    size_t low, high;

    if (!enough(answers, rule, out) ||
        (r->value && !near_enough(answers, rule, out)))
        return;
    low = in_order(answers, (answers->n - 1) / 2);
    high = in_order(answers, answers->n / 2);
    if (r->value) {
        settle_number(out, (r->value[low] + r->value[high]) / 2);
    } else if (low == high) {
        settle_value(out, r->categories.item[low]);
    } else {
        settle_say(out, false, "the middle lies between %s and %s",
                   r->categories.item[low], r->categories.item[high]);
        return;
    }
    settle_say(out, true, "the median of %zu answers", answers->n);
}

static void soft(const struct answers *answers, struct settlement *out)
{
    const struct ratings *r = answers->ratings;

    if (answers->n == 0) {
        settle_say(out, false, "no answer that is a value");
        return;
    }
    out->distribution = xcalloc(r->categories.count + 1, sizeof(double));
    for (size_t c = 0; c < r->categories.count; c++)
        out->distribution[c] = (double)answers->votes[c] / (double)answers->n;
    settle_say(out, true, "the distribution of %zu answers is kept",
               answers->n);
}

static void model(const struct answers *answers,
                  const struct question_rule *rule, const struct fit *fit,
                  struct settlement *out)
{
    if (!enough(answers, rule, out))
        return;
    if (!fit) {
        settle_say(out, false, "there is no fit");
        return;
    }
    if (rule->kind != RULE_EWE)
        settle_model(answers, rule, fit, out);
    else if (near_enough(answers, rule, out))
        settle_ewe(answers, fit, out);
}

void settle_rule(const struct question *question,
                 const struct question_rule *rule,
                 const struct ratings *ratings, size_t item,
                 const struct fit *fit, struct settlement *out)
{
    struct answers answers = { .ratings = ratings, .item = item };

    settle_unset(out, rule->kind);
    count(&answers);
    switch (rule->kind) {
    case RULE_UNANIMOUS:
        unanimous(&answers, rule, out);
        break;
    case RULE_MAJORITY:
        if (question->many)
            majority_of_each(&answers, question, rule, out);
        else
            majority(&answers, rule, out);
        break;
    case RULE_MEAN:
        mean(&answers, rule, out);
        break;
    case RULE_MEDIAN:
        median(&answers, rule, out);
        break;
    case RULE_EWE:
    case RULE_DAWID_SKENE:
    case RULE_MACE:
        model(&answers, rule, fit, out);
        break;
    case RULE_EXPERT:
    case RULE_ADJUDICATOR:
        out->person = true;
        settle_say(out, true, "a person decides");
        break;
    case RULE_SOFT:
        soft(&answers, out);
        break;
    case RULE_UNRESOLVED:
        settle_say(out, true, "it stays without a label");
        break;
    }
    free(answers.votes);
}
