/*
 * protocol_tier - the tiers of a question of segments: read, and checked for
 * contradictions.
 */
#include <config.h>

#include <math.h>
#include <string.h>

#include "common/study/protocol_internal.h"

static const char *const tier_keys[] = {
    "id",           "label",      "help",        "kind",
    "options",      "parent",     "may_overlap", "free_label",
    "min_duration", "attributes", NULL
};
static const char *const label_keys[] = { "value", "key", "label", "help",
                                          NULL };
static const char *const attribute_keys[] = { "id",   "label",   "required",
                                              "type", "options", "min",
                                              "max",  "step",    "low",
                                              "high", "points",  NULL };

/* The types of an attribute; in files as those of questions. */
static const char *const attribute_types[] = { "choice", "scale", NULL };

static size_t read_labels(const struct descriptor *reading,
                          const struct json *node,
                          struct question_option **option)
{
    const struct json *list =
        descriptor_member(reading, node, "options", JSON_ARRAY);
    size_t count = 0;

    *option =
        arena_alloc(reading->arena, (json_count(list) + 1) * sizeof(**option));
    for (const struct json *item = json_first(list); item;
         item = json_next(item)) {
        struct question_option *it = &(*option)[count++];

        *it = (struct question_option){ .value = "", .key = "" };
        if (json_kind(item) != JSON_OBJECT) {
            descriptor_fault(reading, item,
                             "must be an object: {\"value\": \"laughter\", "
                             "\"key\": \"l\"}");
            continue;
        }
        descriptor_keys(reading, item, label_keys);
        it->value = descriptor_text(reading, item, "value", NULL);
        protocol_read_option(reading, item, it);
        if (it->label.count == 0)
            it->label = descriptor_plain(reading, it->value);
    }
    return count;
}

static void read_attribute(const struct descriptor *reading,
                           const struct json *node,
                           struct tier_attribute *attribute)
{
    *attribute = (struct tier_attribute){ .id = "", .scale.figure = "" };
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node,
                         "must be an object: {\"id\": \"intensity\", \"type\": "
                         "\"scale\", \"min\": 1, \"max\": 5}");
        return;
    }
    descriptor_keys(reading, node, attribute_keys);
    attribute->id = descriptor_text(reading, node, "id", NULL);
    attribute->label = descriptor_localized(reading, node, "label");
    if (attribute->label.count == 0)
        attribute->label = descriptor_plain(reading, attribute->id);
    attribute->required = descriptor_bool(reading, node, "required", false);
    attribute->has_scale =
        descriptor_choice(reading, node, "type", attribute_types, -1) == 1;
    attribute->option_count = read_labels(reading, node, &attribute->option);
    if (!attribute->has_scale)
        return;
    protocol_read_scale(reading, node, &attribute->scale);
    if (attribute->option_count > 0)
        descriptor_fault_at(reading, node, "options",
                            "belong to a choice; name the points of a scale "
                            "with \"points\"");
    attribute->option_count = 0;
}

static void read_tier(const struct descriptor *reading, const struct json *node,
                      struct tier *tier)
{
    const struct json *list;
    double seconds;

    *tier = (struct tier){ .id = "", .parent = "" };
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node,
                         "must be an object: {\"id\": \"laughter\", \"kind\": "
                         "\"interval\"}");
        return;
    }
    descriptor_keys(reading, node, tier_keys);
    tier->id = descriptor_text(reading, node, "id", NULL);
    tier->label = descriptor_localized(reading, node, "label");
    if (tier->label.count == 0)
        tier->label = descriptor_plain(reading, tier->id);
    tier->help = descriptor_localized(reading, node, "help");
    tier->kind = (enum tier_kind)descriptor_choice(
        reading, node, "kind", tier_kind_names, TIER_INTERVAL);
    tier->parent = descriptor_text(reading, node, "parent", "");
    tier->may_overlap = descriptor_bool(reading, node, "may_overlap", false);
    tier->free_label = descriptor_bool(reading, node, "free_label", false);
    seconds = descriptor_number(reading, node, "min_duration", 0, 0, 3600);
    tier->min_duration_us = llround(seconds * 1e6);
    tier->option_count = read_labels(reading, node, &tier->option);
    list = descriptor_member(reading, node, "attributes", JSON_ARRAY);
    tier->attribute = arena_alloc(reading->arena, (json_count(list) + 1) *
                                                      sizeof(*tier->attribute));
    for (const struct json *item = json_first(list); item;
         item = json_next(item))
        read_attribute(reading, item,
                       &tier->attribute[tier->attribute_count++]);
}

void protocol_read_tiers(const struct descriptor *reading,
                         const struct json *node, struct question *question)
{
    const struct json *list =
        descriptor_member(reading, node, "tiers", JSON_ARRAY);

    if (question->type != QUESTION_SEGMENTS) {
        if (list)
            descriptor_fault(reading, list,
                             "belong to a question of type \"segments\"");
        return;
    }
    question->tier = arena_alloc(reading->arena, (json_count(list) + 1) *
                                                     sizeof(*question->tier));
    for (const struct json *item = json_first(list); item;
         item = json_next(item))
        read_tier(reading, item, &question->tier[question->tier_count++]);
    if (question->tier_count == 0)
        descriptor_fault_at(reading, node, "tiers",
                            "has none; segments lie on at least one tier");
}
