/* protocol_tier_check - contradictions and doubts in the tiers of segments. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "common/study/protocol_internal.h"

enum { PATH_SIZE = 128 };

static bool has_scale(const struct tier *tier)
{
    for (size_t i = 0; i < tier->attribute_count; i++) {
        if (tier->attribute[i].has_scale)
            return true;
    }
    return false;
}

static void check_attribute(const char *tier_path, const struct tier *tier,
                            size_t i, struct fault_list *faults)
{
    const struct tier_attribute *attribute = &tier->attribute[i];
    char path[PATH_SIZE];

    snprintf(path, sizeof(path), "%s.attributes[%zu].id", tier_path, i);
    if (attribute->id[0] && !protocol_check_is_id(attribute->id))
        fault_add(faults, path,
                  "is \"%s\"; it names a column: begin with a letter, then "
                  "letters, digits, _ or -",
                  attribute->id);
    for (size_t j = 0; j < i; j++) {
        if (attribute->id[0] &&
            strcmp(attribute->id, tier->attribute[j].id) == 0)
            fault_add(faults, path,
                      "is \"%s\" as attributes[%zu].id is; give each an id of "
                      "its own",
                      attribute->id, j);
    }
    if (attribute->has_scale) {
        snprintf(path, sizeof(path), "%s.attributes[%zu].", tier_path, i);
        protocol_check_scale(path, &attribute->scale, faults);
        return;
    }
    snprintf(path, sizeof(path), "%s.attributes[%zu].options", tier_path, i);
    if (attribute->option_count < 2)
        fault_add(faults, path, "offers %zu; a choice needs at least two",
                  attribute->option_count);
    /* No key of the workbench is needed while an attribute is asked for. */
    protocol_check_labels(path, attribute->option, attribute->option_count,
                          NULL, false, faults);
}

/* A chain of parents that comes back to where it began. */
static bool is_circle(const struct question *question, size_t t)
{
    size_t at = t;

    for (size_t steps = 0; steps <= question->tier_count; steps++) {
        if (question->tier[at].parent[0] == '\0')
            return false;
        at = question_tier(question, question->tier[at].parent);
        if (at == question->tier_count)
            return false;
        if (at == t)
            return true;
    }
    return false;
}

static void check_parent(const char *tier_path, const struct question *question,
                         size_t t, struct fault_list *faults)
{
    const struct tier *tier = &question->tier[t];
    size_t parent = question_tier(question, tier->parent);
    char path[PATH_SIZE];

    if (tier->parent[0] == '\0')
        return;
    snprintf(path, sizeof(path), "%s.parent", tier_path);
    if (parent == question->tier_count)
        fault_add(faults, path,
                  "is \"%s\", but no tier of this question has "
                  "that id",
                  tier->parent);
    else if (is_circle(question, t))
        fault_add(faults, path,
                  "is \"%s\", and so the tier would lie within itself",
                  tier->parent);
    else if (question->tier[parent].kind == TIER_POINT)
        fault_add(faults, path,
                  "is \"%s\", whose marks are points: nothing can lie inside "
                  "them",
                  tier->parent);
}

/* Keys that two tiers share go to the one that has the focus. */
static void check_shared_keys(const char *tier_path,
                              const struct question *question, size_t t,
                              struct fault_list *faults)
{
    const struct tier *tier = &question->tier[t];
    char path[PATH_SIZE];

    for (size_t i = 0; i < tier->option_count; i++) {
        snprintf(path, sizeof(path), "%s.options[%zu].key", tier_path, i);
        for (size_t e = 0; tier->option[i].code && e < question->option_count;
             e++) {
            if (question->option[e].code == tier->option[i].code)
                fault_add(faults, path,
                          "is \"%s\" as that of \"%s\" is; give each a key of "
                          "its own",
                          tier->option[i].key, question->option[e].value + 1);
        }
        for (size_t other = 0; other < t; other++) {
            if (tier_option_by_code(&question->tier[other],
                                    tier->option[i].code))
                fault_add_warning(
                    faults, path,
                    "is \"%s\", which tier \"%s\" has, too: the key goes to "
                    "the tier that has the focus",
                    tier->option[i].key, question->tier[other].id);
        }
    }
}

static void check_tier(const struct protocol_reserved *reserved, size_t q,
                       const struct question *question, size_t t,
                       struct fault_list *faults)
{
    const struct tier *tier = &question->tier[t];
    char tier_path[64], path[PATH_SIZE];

    snprintf(tier_path, sizeof(tier_path), "questions[%zu].tiers[%zu]", q, t);
    snprintf(path, sizeof(path), "%s.id", tier_path);
    if (tier->id[0] && !protocol_check_is_id(tier->id))
        fault_add(faults, path,
                  "is \"%s\"; it names a column: begin with a letter, then "
                  "letters, digits, _ or -",
                  tier->id);
    if (tier->id[0] && question_tier(question, tier->id) < t)
        fault_add(faults, path,
                  "is \"%s\" as tiers[%zu].id is; give each tier an id of its "
                  "own",
                  tier->id, question_tier(question, tier->id));
    snprintf(path, sizeof(path), "%s.min_duration", tier_path);
    if (tier->kind == TIER_POINT && tier->min_duration_us > 0)
        fault_add(faults, path,
                  "belongs to intervals; points have no duration");
    snprintf(path, sizeof(path), "%s.options", tier_path);
    protocol_check_labels(path, tier->option, tier->option_count, reserved,
                          has_scale(tier), faults);
    check_parent(tier_path, question, t, faults);
    check_shared_keys(tier_path, question, t, faults);
    for (size_t i = 0; i < tier->attribute_count; i++)
        check_attribute(tier_path, tier, i, faults);
}

void protocol_check_tiers(const struct protocol_reserved *reserved, size_t q,
                          const struct question *question,
                          struct fault_list *faults)
{
    char path[PATH_SIZE];
    bool none = false;

    for (size_t t = 0; t < question->tier_count; t++)
        check_tier(reserved, q, question, t, faults);
    for (size_t i = 0; i < question->option_count; i++) {
        enum answer_kind kind = question->option[i].kind;

        none = none || kind == ANSWER_NONE;
        snprintf(path, sizeof(path), "questions[%zu].%s", q,
                 question->option[i].value + 1);
        if (kind == ANSWER_OTHER || kind == ANSWER_MIXED)
            fault_add(faults, path,
                      "is no answer to a question of segments; for labels in "
                      "one's own words set \"free_label\" in a tier");
    }
    snprintf(path, sizeof(path), "questions[%zu].none", q);
    if (question->required && !none)
        fault_add_warning(faults, path,
                          "is missing: an item without any event could not be "
                          "handed in; add \"none\": {\"key\": \"0\"}, or set "
                          "\"required\" to false");
}
