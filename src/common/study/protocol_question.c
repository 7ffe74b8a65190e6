/* protocol_question - the questions of a protocol file. */
#include <config.h>

#include <math.h>
#include <string.h>

#include "common/base/text.h"
#include "common/base/utf8.h"
#include "common/base/vec.h"
#include "common/study/protocol_internal.h"

const char *const protocol_later_types[] = { NULL };

static const char *const question_keys[] = {
    "id",        "type",    "measure",   "text",         "help",  "many",
    "required",  "options", "other",     "none",         "mixed", "cannot_tell",
    "intensity", "min",     "max",       "step",         "low",   "high",
    "points",    "figure",  "agreement", "adjudication", "tiers", "x",
    "y",         "corners", "rows",      "max_length",   NULL
};
static const char *const trace_keys[] = { "id",
                                          "type",
                                          "measure",
                                          "text",
                                          "help",
                                          "required",
                                          "dimensions",
                                          "mode",
                                          "input",
                                          "keys",
                                          "stick",
                                          "transport",
                                          "show_earlier",
                                          "idle_seconds",
                                          "settle_seconds",
                                          "cannot_tell",
                                          "agreement",
                                          "adjudication",
                                          NULL };
static const char *const compare_keys[] = {
    "id",        "type",        "measure",   "text",         "help",
    "many",      "required",    "first",     "second",       "tie",
    "intensity", "cannot_tell", "agreement", "adjudication", NULL
};
static const char *const option_keys[] = { "value", "key",       "label",
                                           "help",  "intensity", NULL };
static const char *const extra_keys[] = { "key", "label", "help", NULL };
static const char *const intensity_keys[] = { "min",    "max",      "step",
                                              "low",    "high",     "points",
                                              "figure", "required", NULL };
static const char *const point_keys[] = { "value", "label", NULL };
static const char *const agreement_keys[] = { "primary", "min", NULL };

/* The answers that are no values, in the order in which they are offered. */
static const struct extra {
    const char *key; /* in the question */
    enum answer_kind kind;
    const char *en, *de; /* labels when the file gives none */
} extras[] = {
    { "other", ANSWER_OTHER, "other", "andere" },
    { "none", ANSWER_NONE, "none", "keine" },
    { "mixed", ANSWER_MIXED, "mixed", "gemischt" },
    { "cannot_tell", ANSWER_CANNOT_TELL, "cannot tell",
      "nicht zu entscheiden" },
};

/*
 * Whatever the locale: no control character, no blank, no combining mark
 * (U+0300 to U+036F), no byte that is no UTF-8.
 */
static bool is_visible(uint32_t code)
{
    return code > ' ' && (code < 0x7f || code > 0xa0) && code != 0xfffd &&
           (code < 0x300 || code > 0x36f);
}

static void read_key(const struct descriptor *reading, const struct json *node,
                     struct question_option *option)
{
    size_t length;

    option->key = descriptor_text(reading, node, "key", "");
    length = utf8_decode(option->key, &option->code);
    if (length == 0) {
        option->code = 0;
    } else if (option->key[length] != '\0' || !is_visible(option->code)) {
        descriptor_fault_at(reading, node, "key",
                            "is \"%s\", must be one visible character",
                            option->key);
        option->key = "";
        option->code = 0;
    }
}

void protocol_read_option(const struct descriptor *reading,
                          const struct json *node,
                          struct question_option *option)
{
    read_key(reading, node, option);
    option->label = descriptor_localized(reading, node, "label");
    option->help = descriptor_localized(reading, node, "help");
}

static void read_value_option(const struct descriptor *reading,
                              const struct json *node, bool has_intensity,
                              struct question_option *option)
{
    *option = (struct question_option){ .value = "", .key = "" };
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node,
                         "must be an object: {\"value\": \"anger\", \"key\": "
                         "\"a\"}");
        return;
    }
    descriptor_keys(reading, node, option_keys);
    option->value = descriptor_text(reading, node, "value", NULL);
    protocol_read_option(reading, node, option);
    if (option->label.count == 0)
        option->label = descriptor_plain(reading, option->value);
    option->intensity =
        descriptor_bool(reading, node, "intensity", has_intensity);
    if (option->intensity && !has_intensity)
        descriptor_fault_at(reading, node, "intensity",
                            "is true, but the question has no \"intensity\" "
                            "scale; add one or leave this out");
}

/* `true`, or an object with a key and texts of its own. */
static bool read_extra(const struct descriptor *reading,
                       const struct json *node, const struct extra *extra,
                       struct question_option *option)
{
    const struct json *member = json_member(node, extra->key);

    *option = (struct question_option){ .kind = extra->kind,
                                        .value = answer_name(extra->kind),
                                        .key = "" };
    if (!member || json_kind(member) == JSON_NULL)
        return false;
    if (json_kind(member) == JSON_OBJECT) {
        descriptor_keys(reading, member, extra_keys);
        protocol_read_option(reading, member, option);
    } else if (!descriptor_bool(reading, node, extra->key, false)) {
        return false;
    }
    if (option->label.count == 0) {
        option->label = (struct localized){
            .item =
                arena_alloc(reading->arena, 2 * sizeof(*option->label.item)),
            .count = 2
        };
        option->label.item[0] = (struct localized_text){ "en", extra->en };
        option->label.item[1] = (struct localized_text){ "de", extra->de };
    }
    return true;
}

static void read_options(const struct descriptor *reading,
                         const struct json *node, struct question *question)
{
    const struct json *list =
        descriptor_member(reading, node, "options", JSON_ARRAY);
    size_t count = json_count(list);

    question->option = arena_alloc(
        reading->arena, (count + COMPARE_OPTIONS + LENGTH_OF(extras)) *
                            sizeof(*question->option));
    if (question->type == QUESTION_COMPARE)
        protocol_read_compare(reading, node, question);
    if (question_is_numeric(question) && list)
        descriptor_fault(reading, list,
                         "a %s has no options; name its points with "
                         "\"points\"",
                         question_type_names[question->type]);
    if (question->type == QUESTION_TEXT && list)
        descriptor_fault(reading, list,
                         "a text has no options; ask a choice beside it");
    if (question->type == QUESTION_SEGMENTS && list)
        descriptor_fault(reading, list,
                         "belong to a tier: put them into \"tiers\"");
    for (const struct json *item = json_first(list); item;
         item = json_next(item)) {
        if (question->type == QUESTION_CHOICE)
            read_value_option(reading, item, question->has_scale,
                              &question->option[question->value_count++]);
    }
    question->option_count = question->value_count;
    for (size_t i = 0; i < LENGTH_OF(extras); i++) {
        if (read_extra(reading, node, &extras[i],
                       &question->option[question->option_count]))
            question->option_count++;
    }
}

static void read_point(const struct descriptor *reading,
                       const struct json *node, struct scale_point *point)
{
    *point = (struct scale_point){ .value = NAN };
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node,
                         "must be an object: {\"value\": 3, \"label\": "
                         "\"medium\"}");
        return;
    }
    descriptor_keys(reading, node, point_keys);
    point->value = descriptor_number(reading, node, "value", NAN, -1e9, 1e9);
    point->label = descriptor_localized(reading, node, "label");
    if (point->label.count == 0)
        descriptor_fault_at(reading, node, "label",
                            "is missing; add the point's name");
}

void protocol_read_scale(const struct descriptor *reading,
                         const struct json *node, struct scale *scale)
{
    const struct json *list =
        descriptor_member(reading, node, "points", JSON_ARRAY);
    static const char *const needed[] = { "min", "max" };

    for (size_t i = 0; i < LENGTH_OF(needed); i++) {
        if (!json_member(node, needed[i]))
            descriptor_fault_at(reading, node, needed[i],
                                "is missing; a scale needs min and max");
    }
    scale->min = descriptor_number(reading, node, "min", NAN, -1e9, 1e9);
    scale->max = descriptor_number(reading, node, "max", NAN, -1e9, 1e9);
    scale->step = descriptor_number(reading, node, "step", 1, 1e-6, 1e9);
    scale->low = descriptor_localized(reading, node, "low");
    scale->high = descriptor_localized(reading, node, "high");
    scale->figure = "";
    if (descriptor_member(reading, node, "figure", JSON_STRING))
        scale->figure = scale_figure_names[descriptor_choice(
            reading, node, "figure", scale_figure_names, 0)];
    scale->point = arena_alloc(reading->arena,
                               (json_count(list) + 1) * sizeof(*scale->point));
    for (const struct json *item = json_first(list); item;
         item = json_next(item))
        read_point(reading, item, &scale->point[scale->point_count++]);
}

/* The scale of the question itself, or of the intensity of a choice. */
static void read_own_scale(const struct descriptor *reading,
                           const struct json *node, struct question *question)
{
    const struct json *intensity =
        descriptor_member(reading, node, "intensity", JSON_OBJECT);
    static const char *const own[] = { "min",  "max",    "step", "low",
                                       "high", "points", NULL };

    question->wheel = protocol_read_grid(reading, node, question);
    if (question->type == QUESTION_GRID) {
        if (intensity)
            descriptor_fault(reading, intensity, "belongs to a choice");
        return;
    }
    if (question->type == QUESTION_TRACE) {
        protocol_read_trace(reading, node, question);
        return;
    }
    if (question->type == QUESTION_SCALE) {
        question->has_scale = true;
        protocol_read_scale(reading, node, &question->scale);
        if (intensity)
            descriptor_fault(reading, intensity,
                             "belongs to a choice; ask a second question for "
                             "the strength of a scale");
        return;
    }
    for (size_t i = 0; own[i]; i++) {
        if (json_member(node, own[i]))
            descriptor_fault_at(reading, node, own[i],
                                question->type == QUESTION_SEGMENTS
                                    ? "belongs to a scale; for what is said of "
                                      "each mark use \"attributes\" of a tier"
                                    : "belongs to a scale; for the strength "
                                      "of a choice put it into \"intensity\"");
    }
    if (!intensity)
        return;
    if (question->type == QUESTION_SEGMENTS) {
        descriptor_fault(reading, intensity,
                         "belongs to a choice; give a tier \"attributes\"");
        return;
    }
    descriptor_keys(reading, intensity, intensity_keys);
    question->has_scale = true;
    question->intensity_required =
        descriptor_bool(reading, intensity, "required", true);
    protocol_read_scale(reading, intensity, &question->scale);
}

/* Aliases of those whose answer settles it, in this order. */
static void read_experts(const struct descriptor *reading,
                         const struct json *node, struct question_rule *rule)
{
    const struct json *list =
        descriptor_member(reading, node, "annotators", JSON_ARRAY);

    rule->expert = arena_alloc(reading->arena,
                               (json_count(list) + 1) * sizeof(*rule->expert));
    for (const struct json *it = json_first(list); it; it = json_next(it)) {
        if (json_text(it) && *json_text(it))
            rule->expert[rule->experts++] =
                arena_strdup(reading->arena, json_text(it));
        else
            descriptor_fault(reading, it, "must be an annotator's alias");
    }
}

static void rule_keys(enum rule_kind kind, bool segments, const char **keys)
{
    size_t count = 0;

    keys[count++] = "rule";
    if (kind <= RULE_MACE)
        keys[count++] = "min_raters";
    if (kind == RULE_MAJORITY)
        keys[count++] = "min_share";
    if (kind == RULE_DAWID_SKENE || kind == RULE_MACE)
        keys[count++] = "min_posterior";
    if (kind == RULE_MEAN || kind == RULE_MEDIAN || kind == RULE_EWE)
        keys[count++] = "max_spread";
    if (kind == RULE_EXPERT)
        keys[count++] = "annotators";
    if (segments && (kind == RULE_UNANIMOUS || kind == RULE_MAJORITY)) {
        keys[count++] = "overlap";
        keys[count++] = "tolerance";
    }
    keys[count] = NULL;
}

static void read_rule(const struct descriptor *reading, const struct json *node,
                      bool segments, struct question_rule *rule)
{
    const char *keys[8];
    int kind;

    *rule = (struct question_rule){ .kind = RULE_UNRESOLVED };
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node,
                         "must be an object: {\"rule\": \"majority\"}");
        return;
    }
    kind = descriptor_choice(reading, node, "rule", rule_kind_names, -1);
    rule->kind = kind < 0 ? RULE_UNRESOLVED : (enum rule_kind)kind;
    rule_keys(rule->kind, segments, keys);
    descriptor_keys(reading, node, keys);
    rule->min_raters = descriptor_int(reading, node, "min_raters", 0, 1, 1000);
    rule->min_share = descriptor_number(reading, node, "min_share", 0, 0, 1);
    rule->min_posterior =
        descriptor_number(reading, node, "min_posterior", 0, 0, 1);
    rule->max_spread =
        descriptor_number(reading, node, "max_spread", 0, 0, 1e9);
    rule->overlap = descriptor_number(reading, node, "overlap", 0, 0.01, 1);
    rule->tolerance =
        descriptor_number(reading, node, "tolerance", 0, 0.001, 3600);
    if (rule->overlap > 0 && rule->tolerance > 0)
        descriptor_fault(reading, node,
                         "has an overlap and a tolerance: "
                         "leave one of both out");
    if (rule->kind == RULE_EXPERT)
        read_experts(reading, node, rule);
}

static void read_settling(const struct descriptor *reading,
                          const struct json *node, struct question *question)
{
    const struct json *list =
        descriptor_member(reading, node, "adjudication", JSON_ARRAY);
    const struct json *agreement =
        descriptor_member(reading, node, "agreement", JSON_OBJECT);
    int primary;

    question->agreement_min = NAN;
    if (agreement) {
        descriptor_keys(reading, agreement, agreement_keys);
        primary = descriptor_choice(reading, agreement, "primary",
                                    primary_coefficient_names, -1);
        if (primary >= 0)
            question->agreement = (enum primary_coefficient)primary;
        question->agreement_min =
            descriptor_number(reading, agreement, "min", NAN, -1, 1);
    }
    question->rule = arena_alloc(reading->arena, (json_count(list) + 1) *
                                                     sizeof(*question->rule));
    for (const struct json *item = json_first(list); item;
         item = json_next(item))
        read_rule(reading, item, question->type == QUESTION_SEGMENTS,
                  &question->rule[question->rule_count++]);
}

void protocol_read_question(const struct descriptor *reading,
                            const struct json *node, struct question *question)
{
    int type;

    *question = (struct question){ .id = "", .scale.figure = "" };
    question->agreement_min = NAN;
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node, "is %s, must be an object",
                         json_kind_name(json_kind(node)));
        return;
    }
    question->id = descriptor_text(reading, node, "id", NULL);
    type = protocol_read_supported(reading, node, "type", question_type_names,
                                   protocol_later_types, -1);
    if (type < 0)
        return; /* its other keys are those of a later version */
    question->type = (enum question_type)type;
    descriptor_keys(reading, node,
                    question->type == QUESTION_TRACE     ? trace_keys
                    : question->type == QUESTION_COMPARE ? compare_keys
                                                         : question_keys);
    question->measure = (enum question_measure)descriptor_choice(
        reading, node, "measure", question_measure_names,
        protocol_usual_measure(question->type));
    question->required = descriptor_bool(reading, node, "required", true);
    question->many = descriptor_bool(reading, node, "many", false);
    question->text = descriptor_localized(reading, node, "text");
    if (question->text.count == 0)
        question->text = descriptor_plain(reading, question->id);
    question->help = descriptor_localized(reading, node, "help");
    protocol_read_text(reading, node, question);
    read_own_scale(reading, node, question);
    read_options(reading, node, question);
    protocol_read_tiers(reading, node, question);
    read_settling(reading, node, question);
}
