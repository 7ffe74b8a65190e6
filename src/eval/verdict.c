/*
 * verdict - one line a check, a second one for what it is based on.
 */
#include <config.h>

#include "eval/verdict.h"

#include <stdio.h>

static const char *const marks[] = {
    [GATE_PASS] = "pass          ",
    [GATE_FAIL] = "FAIL          ",
    [GATE_INSUFFICIENT] = "INSUFFICIENT  ",
};
static const char indent[] = "              ";

static void put_bound(const struct policy_rule *rule, struct buf *out)
{
    if (rule->has_min)
        buf_addf(out, ", at least %g", rule->min);
    if (rule->has_max)
        buf_addf(out, ", at most %g", rule->max);
    if (rule->burden == POLICY_DISPROVE)
        buf_addf(out, " unless disproved at %g %%", 100 * rule->confidence);
    else if (rule->burden == POLICY_PROVE)
        buf_addf(out, " proved at %g %%", 100 * rule->confidence);
}

static void put_metric(const struct policy_rule *rule, struct buf *out)
{
    buf_add_text(out, rule->metric->name);
    if (rule->label)
        buf_addf(out, ":%s", rule->label);
}

static void put_range(const struct interval *interval, const char *method,
                      struct buf *out)
{
    if (interval->defined)
        buf_addf(out, "  %s [%.4f, %.4f]", method, interval->low,
                 interval->high);
}

/* The intervals that a value has, and what the permutation says. */
static void put_support(const struct gate_check *check, struct buf *out)
{
    const struct permutation *p = &check->permutation;
    bool jackknife = check->interval.method != INTERVAL_PERCENTILE;

    if (!check->interval.defined && !check->bootstrap.defined)
        return;
    buf_add_text(out, indent);
    out->length -= 2;
    put_range(&check->interval, jackknife ? "jackknife-t" : "bootstrap", out);
    if (jackknife)
        put_range(&check->bootstrap, "bootstrap", out);
    buf_add_char(out, '\n');
    if (!p->defined)
        return;
    buf_addf(out, "%spermutation p = %.4f (%s%llu splits of the speakers)\n",
             indent, p->p, p->exact ? "all " : "",
             (unsigned long long)p->splits);
}

static void put_classes(const struct gate *gate, const struct gate_check *check,
                        struct buf *out)
{
    const struct text_list *labels = &gate->predictions->labels;
    size_t n = 0;

    for (size_t k = 0; check->classes && k < labels->count; k++)
        n += check->classes[k];
    if (!check->classes || n == labels->count)
        return;
    buf_addf(out, "%sclasses in both:", indent);
    for (size_t k = 0; k < labels->count; k++)
        if (check->classes[k])
            buf_addf(out, " %s", labels->item[k]);
    buf_add_char(out, '\n');
}

static void put_between(const struct gate_check *check, struct buf *out)
{
    bool ratio = check->rule->gap == POLICY_RATIO;

    buf_addf(out, "%s: ", check->by);
    put_metric(check->rule, out);
    if (check->second)
        buf_addf(out, ", %s %s %s", check->first, ratio ? "to" : "-",
                 check->second);
    else if (check->first)
        buf_addf(out, ", %s", check->first);
}

static void put_check(const struct gate *gate, const struct gate_check *check,
                      struct buf *out)
{
    bool ratio = check->by && check->rule->gap == POLICY_RATIO;

    buf_add_text(out, marks[check->outcome]);
    if (check->by) {
        put_between(check, out);
    } else {
        buf_add_text(out, "overall: ");
        put_metric(check->rule, out);
    }
    if (check->has_value && check->by)
        buf_addf(out, "\n%s%.4f %s %.4f %s %s%.4f", indent,
                 check->group_value[0], ratio ? "to" : "-",
                 check->group_value[1], ratio ? "is" : "=",
                 ratio              ? ""
                 : check->value < 0 ? ""
                                    : "+",
                 check->value);
    else if (check->has_value)
        buf_addf(out, " %.4f", check->value);
    if (!check->reason)
        put_bound(check->rule, out);
    buf_add_char(out, '\n');
    if (check->reason)
        buf_addf(out, "%s%s%s\n", indent, check->reason,
                 check->waived ? " (named, not counted: \"warn\")" : "");
    put_support(check, out);
    put_classes(gate, check, out);
}

void verdict_text(const struct gate *gate, const char *name, struct buf *out)
{
    const struct predictions *p = gate->predictions;
    size_t checks = gate->checks.count;

    buf_addf(out, "%s: %zu items", name, p->items);
    if (p->has_speakers)
        buf_addf(out, ", %zu speakers", p->clusters);
    buf_addf(out, "; policy %s\n", gate->policy->name);
    if (gate->transductive)
        buf_addf(out,
                 "normalization: %s (transductive: by the tested speakers' "
                 "own items)\n",
                 gate->normalization);
    buf_add_char(out, '\n');
    for (size_t i = 0; i < checks; i++)
        put_check(gate, &gate->checks.item[i], out);
    if (checks > 0)
        buf_add_char(out, '\n');
    if (gate->undecided) {
        buf_addf(out, "UNDECIDED: %s\n", gate->undecided);
        return;
    }
    buf_addf(
        out, "%s: %zu of %zu checks failed, %zu could not be measured\n",
        gate->passed ? "PASS" : "FAIL", gate_count(gate, GATE_FAIL), checks,
        checks - gate_count(gate, GATE_FAIL) - gate_count(gate, GATE_PASS));
}
