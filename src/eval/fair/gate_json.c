/*
 * gate_json - the verdict as one document, for other programs.
 */
#include <config.h>

#include "eval/fair/gate.h"

#include "common/file/json.h"
#include "eval/fair/evaluation.h"

static void put_rule(struct json_writer *json, const struct policy_rule *rule,
                     bool between)
{
    json_pair_text(json, "rule", rule->path);
    json_pair_text(json, "metric", rule->metric->name);
    if (rule->label)
        json_pair_text(json, "label", rule->label);
    if (between)
        json_pair_text(json, "gap",
                       rule->gap == POLICY_RATIO ? "ratio" : "difference");
    if (rule->has_min)
        json_pair_number(json, "min", rule->min);
    if (rule->has_max)
        json_pair_number(json, "max", rule->max);
    json_pair_text(json, "burden", policy_burden_name(rule->burden));
}

static void put_permutation(struct json_writer *json,
                            const struct permutation *permutation)
{
    json_put_key(json, "permutation"); /* of speakers between the groups */
    json_begin_object(json);
    json_pair_number(json, "p", permutation->p);
    json_pair_bool(json, "exact", permutation->exact);
    json_pair_int(json, "splits", (int64_t)permutation->splits);
    json_pair_int(json, "undefined", (int64_t)permutation->undefined);
    json_end_object(json);
}

static void put_pair(struct json_writer *json, const struct gate *gate,
                     const struct gate_check *check)
{
    const struct text_list *labels = &gate->predictions->labels;

    json_pair_text(json, "by", check->by);
    if (check->first)
        json_pair_text(json, check->second ? "first" : "group", check->first);
    if (check->second)
        json_pair_text(json, "second", check->second);
    if (!check->has_value)
        return;
    json_pair_number(json, "first_value", check->group_value[0]);
    json_pair_number(json, "second_value", check->group_value[1]);
    if (check->classes) {
        json_put_key(json, "classes");
        json_begin_list(json);
        for (size_t k = 0; k < labels->count; k++)
            if (check->classes[k])
                json_put_text(json, labels->item[k]);
        json_end_list(json);
    }
    if (check->permutation.defined)
        put_permutation(json, &check->permutation);
}

static void put_check(struct json_writer *json, const struct gate *gate,
                      const struct gate_check *check)
{
    json_begin_object(json);
    json_pair_text(json, "outcome", gate_outcome_name(check->outcome));
    put_rule(json, check->rule, check->by != NULL);
    if (check->by)
        put_pair(json, gate, check);
    json_put_key(json, "value");
    if (check->has_value)
        json_put_number(json, check->value);
    else
        json_put_null(json);
    if (check->interval.defined) {
        json_put_key(json, "interval");
        evaluation_put_interval(json, &check->interval, "speaker");
    }
    if (check->bootstrap.defined) {
        json_put_key(json, "beside");
        evaluation_put_interval(json, &check->bootstrap, "speaker");
    }
    if (check->reason)
        json_pair_text(json, "reason", check->reason);
    if (check->outcome == GATE_INSUFFICIENT)
        json_pair_bool(json, "waived", check->waived);
    json_end_object(json);
}

void gate_json(const struct gate *gate, struct buf *out)
{
    const struct predictions *p = gate->predictions;
    struct json_writer json;

    json_writer_init(&json, out, 1);
    json_begin_object(&json);
    json_pair_int(&json, "mien", 1);
    json_pair_text(&json, "kind", "gate");
    json_pair_text(&json, "policy", gate->policy->name);
    json_pair_text(&json, "task", predictions_task_name(p->task));
    json_pair_int(&json, "items", (int64_t)p->items);
    json_put_key(&json, "speakers");
    if (p->has_speakers)
        json_put_int(&json, (int64_t)p->clusters);
    else
        json_put_null(&json);
    json_put_key(&json, "normalization");
    evaluation_put_normalization(&json, gate->normalization,
                                 gate->transductive);
    json_pair_text(&json, "verdict",
                   gate->undecided ? "undecided"
                   : gate->passed  ? "pass"
                                   : "fail");
    if (gate->undecided)
        json_pair_text(&json, "reason", gate->undecided);
    json_pair_int(&json, "passed", (int64_t)gate_count(gate, GATE_PASS));
    json_pair_int(&json, "failed", (int64_t)gate_count(gate, GATE_FAIL));
    json_pair_int(&json, "insufficient",
                  (int64_t)gate_count(gate, GATE_INSUFFICIENT));
    json_pair_int(&json, "waived", (int64_t)gate_waived(gate));
    json_put_key(&json, "checks");
    json_begin_list(&json);
    for (size_t i = 0; i < gate->checks.count; i++)
        put_check(&json, gate, &gate->checks.item[i]);
    json_end_list(&json);
    json_end_object(&json);
}
