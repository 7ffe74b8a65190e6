/*
 * verdict_table - what a gate found, one row a check, for other programs.
 */
#include <config.h>

#include "eval/verdict.h"

#include <math.h>

#include "common/base/vec.h"
#include "common/cli/output.h"

static void put_number(struct table *table, bool defined, double value)
{
    table_put_number(table, defined ? value : (double)NAN);
}

static void put_check(struct table *table, const struct gate_check *check)
{
    const struct policy_rule *rule = check->rule;
    bool pair = check->second && check->has_value;
    const char *gap = rule->gap == POLICY_RATIO ? "ratio" : "difference";

    table_begin_row(table);
    table_put_text(table, gate_outcome_name(check->outcome));
    table_put_bool(table, check->waived);
    table_put_text(table, rule->path);
    table_put_text(table, rule->metric->name);
    table_put_text(table, rule->label);
    table_put_text(table, check->by ? gap : NULL);
    put_number(table, rule->has_min, rule->min);
    put_number(table, rule->has_max, rule->max);
    table_put_text(table, policy_burden_name(rule->burden));
    table_put_text(table, check->by);
    table_put_text(table, check->first);
    table_put_text(table, check->second);
    put_number(table, pair, check->group_value[0]);
    put_number(table, pair, check->group_value[1]);
    put_number(table, check->has_value, check->value);
    put_number(table, check->interval.defined, check->interval.low);
    put_number(table, check->interval.defined, check->interval.high);
    put_number(table, check->bootstrap.defined, check->bootstrap.low);
    put_number(table, check->bootstrap.defined, check->bootstrap.high);
    put_number(table, check->permutation.defined, check->permutation.p);
    table_put_text(table, check->reason);
}

void verdict_csv(const struct gate *gate, struct buf *out)
{
    static const struct {
        const char *key;
        enum table_kind kind;
    } heads[] = {
        { "outcome", TABLE_TEXT },
        { "waived", TABLE_BOOL },
        { "rule", TABLE_TEXT },
        { "metric", TABLE_TEXT },
        { "label", TABLE_TEXT },
        { "gap", TABLE_TEXT },
        { "min", TABLE_NUMBER },
        { "max", TABLE_NUMBER },
        { "burden", TABLE_TEXT },
        { "by", TABLE_TEXT },
        { "first", TABLE_TEXT },
        { "second", TABLE_TEXT },
        { "first_value", TABLE_NUMBER },
        { "second_value", TABLE_NUMBER },
        { "value", TABLE_NUMBER },
        { "low", TABLE_NUMBER },
        { "high", TABLE_NUMBER },
        { "bootstrap_low", TABLE_NUMBER },
        { "bootstrap_high", TABLE_NUMBER },
        { "p", TABLE_NUMBER },
        { "reason", TABLE_TEXT },
    };
    struct table *table = table_new();

    for (size_t i = 0; i < LENGTH_OF(heads); i++)
        table_column(table, heads[i].key, heads[i].key, heads[i].kind, 4);
    for (size_t i = 0; i < gate->checks.count; i++)
        put_check(table, &gate->checks.item[i]);
    table_print(table, OUTPUT_CSV, out);
    table_free(table);
}
