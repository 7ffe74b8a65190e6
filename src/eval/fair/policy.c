/*
 * policy - reading it; what is not understood is refused, never ignored.
 */
#include <config.h>

#include "eval/fair/policy.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/file/json.h"

static const char *const burden_names[] = {
    [POLICY_POINT] = "point",
    [POLICY_DISPROVE] = "disprove",
    [POLICY_PROVE] = "prove",
};

const char *policy_burden_name(enum policy_burden burden)
{
    return burden_names[burden];
}

/* Known to the format, but not yet to this program. */
static bool refuse(const struct json_document *doc, const struct json *object,
                   const char *key, struct error *err)
{
    const struct json *node = json_member(object, key);

    if (!node)
        return true;
    return json_fail(doc, node, err,
                     "is not supported by this version of mien; take it out");
}

static char *path_of(const struct json_document *doc, const struct json *node)
{
    struct buf path = { 0 };

    json_path(doc, node, &path);
    return buf_steal(&path);
}

/* A number between two bounds, both allowed; *has tells whether it is there. */
static bool want_within(const struct json_document *doc,
                        const struct json *object, const char *key, double low,
                        double high, bool *has, double *value,
                        struct error *err)
{
    const struct json *node = json_member(object, key);

    *has = node != NULL;
    if (!node)
        return true;
    if (json_kind(node) != JSON_NUMBER)
        return json_fail(doc, node, err, "must be a number");
    *value = json_value(node, 0);
    if (*value >= low && *value <= high)
        return true;
    return json_fail(doc, node, err, "%g is outside %g..%g", *value, low, high);
}

static bool want_burden(const struct json_document *doc,
                        const struct json *object, struct policy_rule *rule,
                        struct error *err)
{
    const struct json *node = json_member(object, "burden");
    const char *name = NULL;
    bool has;

    rule->confidence = 0.95;
    if (!want_within(doc, object, "confidence", 0.5, 0.9999, &has,
                     &rule->confidence, err) ||
        !json_want_text(doc, object, "burden", &name, err))
        return false;
    if (has && !name)
        return json_fail(doc, json_member(object, "confidence"), err,
                         "needs \"burden\" beside it: disprove or prove");
    rule->burden = POLICY_POINT;
    if (!name)
        return true;
    for (size_t i = POLICY_DISPROVE; i < LENGTH_OF(burden_names); i++) {
        if (strcmp(name, burden_names[i]) == 0) {
            rule->burden = (enum policy_burden)i;
            return true;
        }
    }
    return json_fail(doc, node, err, "must be \"disprove\" or \"prove\"");
}

/* "recall:anger" or "uar"; `label` from elsewhere may be NULL. */
static bool set_metric(const struct json_document *doc, const struct json *node,
                       const char *text, const char *label,
                       struct policy_rule *rule, struct error *err)
{
    const char *colon = strchr(text, ':');
    char *name = colon ? xstrndup(text, (size_t)(colon - text)) : xstrdup(text);
    const char *names[64];
    size_t n = 0;

    rule->metric = metric_find(name);
    if (colon && !label)
        label = colon + 1;
    free(name);
    if (!rule->metric) {
        const char *near;

        for (const struct metric *m = metrics; m->name && n < 62; m++) {
            names[n++] = m->name;
            if (m->alias)
                names[n++] = m->alias;
        }
        names[n] = NULL;
        near = text_nearest(text, names);
        return json_fail(doc, node, err, "\"%s\" is no metric%s%s%s", text,
                         near ? "; did you mean \"" : "", near ? near : "",
                         near ? "\"?" : "");
    }
    if (metric_has_label(rule->metric) && !(label && *label))
        return json_fail(doc, node, err,
                         "%s is about one class: say which with \"label\" or "
                         "\"%s:LABEL\"",
                         text, text);
    if (!metric_has_label(rule->metric) && label)
        return json_fail(doc, node, err, "%s has no label", rule->metric->name);
    rule->label = label ? xstrdup(label) : NULL;
    return true;
}

static bool read_overall(struct policy *policy, const struct json_document *doc,
                         const struct json *overall, struct error *err)
{
    static const char *const keys[] = { "min", "max", "burden", "confidence",
                                        NULL };

    for (const struct json *node = overall ? json_first(overall) : NULL; node;
         node = json_next(node)) {
        struct policy_rule rule = { .path = path_of(doc, node) };
        bool good;

        VEC_PUSH(&policy->overall, rule); /* freed with the policy */
        if (json_kind(node) != JSON_OBJECT)
            return json_fail(doc, node, err,
                             "must be an object such as {\"min\": 0.6}");
        good = json_check_keys(doc, node, keys, err) &&
               set_metric(doc, node, json_key(node), NULL, &rule, err) &&
               want_within(doc, node, "min", -1e9, 1e9, &rule.has_min,
                           &rule.min, err) &&
               want_within(doc, node, "max", -1e9, 1e9, &rule.has_max,
                           &rule.max, err) &&
               want_burden(doc, node, &rule, err);
        policy->overall.item[policy->overall.count - 1] = rule;
        if (!good)
            return false;
        if (!rule.has_min && !rule.has_max)
            return json_fail(doc, node, err, "needs \"min\" or \"max\"");
    }
    return true;
}

/* "gap": difference with max, or ratio with min. */
static bool read_gap(const struct json_document *doc, const struct json *node,
                     struct policy_rule *rule, struct error *err)
{
    const char *gap = NULL;

    if (!json_need_text(doc, node, "gap", &gap, err))
        return false;
    if (strcmp(gap, "difference") == 0)
        rule->gap = POLICY_DIFFERENCE;
    else if (strcmp(gap, "ratio") == 0)
        rule->gap = POLICY_RATIO;
    else
        return json_fail(doc, json_member(node, "gap"), err,
                         "must be \"difference\" or \"ratio\"");
    if (!want_within(doc, node, "max", 0, 1e9, &rule->has_max, &rule->max,
                     err) ||
        !want_within(doc, node, "min", 0, 1, &rule->has_min, &rule->min, err))
        return false;
    if (rule->gap == POLICY_DIFFERENCE && (!rule->has_max || rule->has_min))
        return json_fail(doc, node, err,
                         "a difference has a \"max\" and no \"min\"");
    if (rule->gap == POLICY_RATIO && (!rule->has_min || rule->has_max))
        return json_fail(doc, node, err,
                         "a ratio (smaller to larger) has a \"min\" and no "
                         "\"max\"");
    return true;
}

static bool read_rules(struct policy *policy, const struct json_document *doc,
                       const struct json *rules, struct error *err)
{
    static const char *const keys[] = {
        "metric", "label", "gap", "max", "min", "burden", "confidence", NULL
    };

    for (const struct json *node = rules ? json_first(rules) : NULL; node;
         node = json_next(node)) {
        struct policy_rule rule = { .path = path_of(doc, node) };
        const char *metric = NULL, *label = NULL;
        bool good;

        VEC_PUSH(&policy->rules, rule); /* freed with the policy */
        if (json_kind(node) != JSON_OBJECT)
            return json_fail(doc, node, err, "must be an object");
        good = json_check_keys(doc, node, keys, err) &&
               json_need_text(doc, node, "metric", &metric, err) &&
               json_want_text(doc, node, "label", &label, err) &&
               set_metric(doc, json_member(node, "metric"), metric, label,
                          &rule, err) &&
               read_gap(doc, node, &rule, err) &&
               want_burden(doc, node, &rule, err);
        policy->rules.item[policy->rules.count - 1] = rule;
        if (!good)
            return false;
    }
    return true;
}

static bool read_groups(struct policy *policy, const struct json_document *doc,
                        const struct json *groups, struct error *err)
{
    for (const struct json *node = groups ? json_first(groups) : NULL; node;
         node = json_next(node)) {
        const char *by = json_text(node);

        if (!by || !*by)
            return json_fail(doc, node, err,
                             "must be a column, or columns with * between");
        if (text_list_has(&policy->groups, by))
            return json_fail(doc, node, err, "\"%s\" is there twice", by);
        text_list_add(&policy->groups, by);
    }
    return true;
}

static bool want_count(const struct json_document *doc,
                       const struct json *object, const char *key,
                       size_t *count, struct error *err)
{
    int64_t value = 0;

    if (!json_want_int(doc, object, key, &value, err))
        return false;
    if (value < 0)
        return json_fail(doc, json_member(object, key), err,
                         "must not be negative");
    *count = (size_t)value;
    return true;
}

static bool read_minimum(struct policy *policy, const struct json_document *doc,
                         const struct json *root, struct error *err)
{
    static const char *const keys[] = { "items", "speakers", "per_class",
                                        NULL };
    struct support_minimum *minimum = &policy->group_minimum;
    const struct json *node = NULL;
    const char *what = "fail";

    if (!json_want_object(doc, root, "min_group", &node, err) ||
        !json_want_text(doc, root, "on_insufficient", &what, err))
        return false;
    if (node && (!json_check_keys(doc, node, keys, err) ||
                 !want_count(doc, node, "items", &minimum->items, err) ||
                 !want_count(doc, node, "speakers", &minimum->speakers, err) ||
                 !want_count(doc, node, "per_class", &minimum->per_class, err)))
        return false;
    if (minimum->speakers < SUPPORT_SPEAKERS)
        minimum->speakers = SUPPORT_SPEAKERS;
    policy->insufficient_fails = strcmp(what, "fail") == 0;
    if (!policy->insufficient_fails && strcmp(what, "warn") != 0)
        return json_fail(doc, json_member(root, "on_insufficient"), err,
                         "must be \"fail\" or \"warn\"; what was not "
                         "measured never counts as passed");
    return true;
}

static bool read_all(struct policy *policy, const struct json_document *doc,
                     struct error *err)
{
    static const char *const keys[] = {
        "mien",  "overall",    "groups",          "min_group",
        "rules", "regression", "on_insufficient", NULL
    };
    const struct json *root = json_root(doc);
    const struct json *overall = NULL, *groups = NULL, *rules = NULL;
    int64_t version = 0;

    if (json_kind(root) != JSON_OBJECT)
        return json_fail(doc, root, err, "must be an object");
    if (!json_check_keys(doc, root, keys, err) ||
        !refuse(doc, root, "regression", err) ||
        !json_need_int(doc, root, "mien", &version, err))
        return false;
    if (version != 1)
        return json_fail(doc, json_member(root, "mien"), err,
                         "must be 1: this version of mien knows no other");
    if (!json_want_object(doc, root, "overall", &overall, err) ||
        !json_want_list(doc, root, "groups", &groups, err) ||
        !json_want_list(doc, root, "rules", &rules, err) ||
        !read_overall(policy, doc, overall, err) ||
        !read_groups(policy, doc, groups, err) ||
        !read_minimum(policy, doc, root, err) ||
        !read_rules(policy, doc, rules, err))
        return false;
    if (policy->rules.count > 0 && policy->groups.count == 0)
        return json_fail(doc, rules, err,
                         "need \"groups\": the columns to compare by");
    if (policy->groups.count > 0 && policy->rules.count == 0)
        return json_fail(doc, groups, err,
                         "need \"rules\": what to compare them by");
    if (policy->overall.count + policy->rules.count == 0)
        return json_fail(doc, root, err,
                         "checks nothing: give \"overall\" or \"rules\"");
    return true;
}

static struct policy *take(struct json_document *doc, struct error *err)
{
    struct policy *policy;

    if (!doc)
        return NULL;
    policy = xcalloc(1, sizeof(*policy));
    policy->name = xstrdup(json_document_name(doc));
    if (!read_all(policy, doc, err)) {
        policy_free(policy);
        policy = NULL;
    }
    json_free(doc);
    return policy;
}

struct policy *policy_read(const char *path, struct error *err)
{
    return take(json_read_file(path, err), err);
}

struct policy *policy_parse(const char *text, size_t length, const char *name,
                            struct error *err)
{
    return take(json_parse(text, length, name, err), err);
}

static void rules_release(struct policy_rules *rules)
{
    for (size_t i = 0; i < rules->count; i++) {
        free(rules->item[i].path);
        free(rules->item[i].label);
    }
    free(rules->item);
}

void policy_free(struct policy *policy)
{
    if (!policy)
        return;
    rules_release(&policy->overall);
    rules_release(&policy->rules);
    text_list_release(&policy->groups);
    free(policy->name);
    free(policy);
}
