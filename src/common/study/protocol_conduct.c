/*
 * protocol_conduct - reading how a study is run: qualification, attention,
 * pauses, breaks, sessions, the plan.
 */
#include <config.h>

#include <math.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/study/protocol_internal.h"

static const char *const qualification_keys[] = { "practice", "gold_min",
                                                  "attempts", "reference",
                                                  NULL };
static const char *const reference_keys[] = { "attribute",   "attributes",
                                              "values",      "tolerance",
                                              "min_overlap", "tier",
                                              NULL };
static const char *const attention_keys[] = { "every", "checks", NULL };
static const char *const check_keys[] = { "text", "item", "question", "value",
                                          NULL };
static const char *const pause_keys[] = { "rule", "count",   "min",
                                          "then", "seconds", NULL };
static const char *const pause_then_names[] = { "go-on", "refuse", NULL };
static const char *const breaks_keys[] = { "every_minutes", "every_items",
                                           "min_minutes", NULL };
static const char *const session_keys[] = { "max_minutes",
                                            "max_minutes_per_day", NULL };
static const char *const repeats_keys[] = { "min_distance", NULL };
static const char *const plan_keys[] = { "items",      "annotators",
                                         "per_item",   "repeat",
                                         "gold",       "seconds_per_item",
                                         "hours_each", NULL };

/* {"W": "anger", ...} */
static void read_values(const struct descriptor *reading,
                        const struct json *node,
                        struct conduct_reference *reference)
{
    const struct json *map =
        descriptor_member(reading, node, "values", JSON_OBJECT);

    reference->value = arena_alloc(
        reading->arena, (json_count(map) + 1) * sizeof(*reference->value));
    for (const struct json *item = json_first(map); item;
         item = json_next(item)) {
        if (!json_text(item)) {
            descriptor_fault(reading, item,
                             "must be the text of an answer to the question");
            continue;
        }
        reference->value[reference->value_count++] =
            (struct conduct_value){ json_key(item), json_text(item) };
    }
}

/* "attributes": ["valence", "arousal"]: of a grid, rightwards and upwards. */
static void read_axes(const struct descriptor *reading, const struct json *node,
                      struct conduct_reference *reference)
{
    const struct json *list =
        descriptor_member(reading, node, "attributes", JSON_ARRAY);
    const struct json *first = json_first(list);
    const struct json *second = first ? json_next(first) : NULL;

    if (!list)
        return;
    if (json_count(list) != 2 || !json_text(first) || !json_text(second) ||
        json_member(node, "attribute")) {
        descriptor_fault_at(reading, node, "attributes",
                            "must be two names, rightwards and upwards, such "
                            "as [\"valence\", \"arousal\"], in place of "
                            "\"attribute\"");
        return;
    }
    reference->attribute = json_text(first);
    reference->rise = json_text(second);
}

static void read_reference(const struct descriptor *reading,
                           const struct json *node, struct conduct *conduct)
{
    const struct json *map =
        descriptor_member(reading, node, "reference", JSON_OBJECT);

    conduct->reference = arena_alloc(
        reading->arena, (json_count(map) + 1) * sizeof(*conduct->reference));
    for (const struct json *item = json_first(map); item;
         item = json_next(item)) {
        struct conduct_reference *it =
            &conduct->reference[conduct->reference_count++];

        *it = (struct conduct_reference){ .question = json_key(item),
                                          .attribute = json_key(item),
                                          .rise = "",
                                          .tier = "",
                                          .tolerance = NAN,
                                          .min_overlap = NAN };
        if (json_kind(item) != JSON_OBJECT) {
            descriptor_fault(reading, item,
                             "must be an object: {\"attribute\": \"emotion\", "
                             "\"values\": {\"joy\": \"happiness\"}}");
            continue;
        }
        descriptor_keys(reading, item, reference_keys);
        it->attribute =
            descriptor_text(reading, item, "attribute", it->question);
        it->tolerance =
            descriptor_number(reading, item, "tolerance", NAN, 0, 1e9);
        it->min_overlap =
            descriptor_number(reading, item, "min_overlap", NAN, 0, 1);
        it->tier = descriptor_text(reading, item, "tier", "");
        read_axes(reading, item, it);
        read_values(reading, item, it);
    }
}

static void read_qualification(const struct descriptor *reading,
                               const struct json *root,
                               struct protocol *protocol)
{
    const struct json *node =
        descriptor_member(reading, root, "qualification", JSON_OBJECT);

    if (node)
        descriptor_keys(reading, node, qualification_keys);
    protocol->practice = descriptor_int(reading, node, "practice", 0, 0, 10000);
    protocol->gold_min = descriptor_number(reading, node, "gold_min", 0, 0, 1);
    protocol->conduct.attempts =
        descriptor_int(reading, node, "attempts", 2, 1, 1000);
    read_reference(reading, node, &protocol->conduct);
}

static void read_check(const struct descriptor *reading,
                       const struct json *node, struct conduct_check *check)
{
    *check = (struct conduct_check){ .item = "", .question = "", .value = "" };
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node,
                         "must be an object: {\"text\": \"Choose sadness "
                         "here.\", \"question\": \"emotion\", \"value\": "
                         "\"sadness\"}");
        return;
    }
    descriptor_keys(reading, node, check_keys);
    check->text = descriptor_localized(reading, node, "text");
    check->item = descriptor_text(reading, node, "item", "");
    check->question = descriptor_text(reading, node, "question", NULL);
    check->value = descriptor_text(reading, node, "value", NULL);
    if (check->text.count == 0 && !check->item[0])
        descriptor_fault_at(reading, node, "text",
                            "is missing; write what the annotator is told to "
                            "answer, or name the item that says so");
}

static void read_attention(const struct descriptor *reading,
                           const struct json *root, struct conduct *conduct)
{
    const struct json *node =
        descriptor_member(reading, root, "attention", JSON_OBJECT);
    const struct json *list =
        descriptor_member(reading, node, "checks", JSON_ARRAY);

    if (!node)
        return;
    descriptor_keys(reading, node, attention_keys);
    conduct->check_every =
        descriptor_int(reading, node, "every", 50, 2, 100000);
    if (json_count(list) == 0)
        descriptor_fault_at(reading, node, "checks",
                            "is missing or empty; write at least one");
    conduct->check = arena_alloc(reading->arena, (json_count(list) + 1) *
                                                     sizeof(*conduct->check));
    for (const struct json *item = json_first(list); item;
         item = json_next(item))
        read_check(reading, item, &conduct->check[conduct->check_count++]);
}

static void read_pause(const struct descriptor *reading,
                       const struct json *node, struct pause_rule *rule)
{
    int kind;

    *rule = (struct pause_rule){ .count = 1 };
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node,
                         "must be an object: {\"rule\": \"attention\", "
                         "\"count\": 2}");
        return;
    }
    descriptor_keys(reading, node, pause_keys);
    kind = descriptor_choice(reading, node, "rule", pause_rule_names, -1);
    rule->kind = kind < 0 ? PAUSE_ATTENTION : (enum pause_rule_kind)kind;
    rule->count =
        descriptor_int(reading, node, "count",
                       rule->kind == PAUSE_ATTENTION ? 2 : 10, 1, 100000);
    rule->min = descriptor_number(reading, node, "min", 0.5, 0, 1);
    rule->seconds = descriptor_number(reading, node, "seconds", 1, 0, 3600);
    rule->refuse =
        descriptor_choice(reading, node, "then", pause_then_names, 1) == 1;
    if (rule->kind != PAUSE_CONSISTENCY && json_member(node, "min"))
        descriptor_fault_at(reading, node, "min",
                            "belongs to the rule \"consistency\"");
    if (rule->kind != PAUSE_FAST && json_member(node, "seconds"))
        descriptor_fault_at(reading, node, "seconds",
                            "belongs to the rule \"fast\"");
}

static void read_pauses(const struct descriptor *reading,
                        const struct json *root, struct conduct *conduct)
{
    const struct json *list =
        descriptor_member(reading, root, "pauses", JSON_ARRAY);

    conduct->pause = arena_alloc(reading->arena, (json_count(list) + 1) *
                                                     sizeof(*conduct->pause));
    for (const struct json *item = json_first(list); item;
         item = json_next(item))
        read_pause(reading, item, &conduct->pause[conduct->pause_count++]);
}

static void read_times(const struct descriptor *reading,
                       const struct json *root, struct protocol *protocol)
{
    struct conduct *conduct = &protocol->conduct;
    const struct json *breaks =
        descriptor_member(reading, root, "breaks", JSON_OBJECT);
    const struct json *session =
        descriptor_member(reading, root, "session", JSON_OBJECT);
    const struct json *repeats =
        descriptor_member(reading, root, "repeats", JSON_OBJECT);

    if (breaks)
        descriptor_keys(reading, breaks, breaks_keys);
    protocol->break_minutes =
        descriptor_int(reading, breaks, "every_minutes", 0, 1, 480);
    conduct->break_items =
        descriptor_int(reading, breaks, "every_items", 0, 1, 100000);
    conduct->break_minutes =
        descriptor_number(reading, breaks, "min_minutes", 0, 0, 480);
    if (session)
        descriptor_keys(reading, session, session_keys);
    conduct->session_minutes =
        descriptor_number(reading, session, "max_minutes", 0, 0, 1440);
    conduct->day_minutes =
        descriptor_number(reading, session, "max_minutes_per_day", 0, 0, 1440);
    if (repeats)
        descriptor_keys(reading, repeats, repeats_keys);
    conduct->repeat_distance =
        descriptor_int(reading, repeats, "min_distance", 0, 1, 100000);
}

static void read_plan(const struct descriptor *reading, const struct json *root,
                      struct conduct_plan *plan)
{
    const struct json *node =
        descriptor_member(reading, root, "plan", JSON_OBJECT);

    if (!node)
        return;
    descriptor_keys(reading, node, plan_keys);
    plan->items = descriptor_int(reading, node, "items", 0, 1, 100000000);
    plan->annotators =
        descriptor_int(reading, node, "annotators", 0, 1, 100000);
    plan->per_item = descriptor_int(reading, node, "per_item", 1, 1, 1000);
    plan->repeat = descriptor_number(reading, node, "repeat", 0, 0, 1);
    plan->gold = descriptor_number(reading, node, "gold", 0, 0, 1);
    plan->seconds_per_item =
        descriptor_number(reading, node, "seconds_per_item", 0, 0, 86400);
    plan->hours_each =
        descriptor_number(reading, node, "hours_each", 0, 0, 100000);
}

void protocol_read_conduct(const struct descriptor *reading,
                           const struct json *root, struct protocol *protocol)
{
    read_qualification(reading, root, protocol);
    read_attention(reading, root, &protocol->conduct);
    read_pauses(reading, root, &protocol->conduct);
    read_times(reading, root, protocol);
    read_plan(reading, root, &protocol->conduct.plan);
    protocol_read_forms(reading, root, &protocol->conduct);
}
