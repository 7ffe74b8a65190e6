/* settle_write - frozen fits as canonical JSON, and back. */
#include <config.h>

#include <math.h>
#include <string.h>

#include "common/file/json.h"
#include "common/study/settle_internal.h"

static void put_numbers(struct json_writer *json, const char *key,
                        const double *value, size_t n)
{
    if (!value)
        return;
    json_put_key(json, key);
    json_begin_list(json);
    for (size_t i = 0; i < n; i++)
        json_put_number(json, value[i]);
    json_end_list(json);
}

static void put_rater(struct json_writer *json, const struct fit *fit,
                      const struct fit_rater *rater)
{
    size_t k = fit->categories;

    put_numbers(json, "confusion", rater->confusion, k * k);
    put_numbers(json, "lags", rater->lags, fit->dimensions);
    put_numbers(json, "strategy", rater->strategy, k);
    json_pair_number(json, "weight", rater->weight);
    put_numbers(json, "weights", rater->weights, fit->dimensions);
}

void fit_write(const struct fit *fit, size_t rater, struct buf *out)
{
    struct json_writer json;

    json_writer_init(&json, out, 0);
    json_begin_object(&json);
    if (rater != SIZE_MAX) {
        put_rater(&json, fit, &fit->rater[rater]);
        json_end_object(&json);
        return;
    }
    json_put_key(&json, "categories");
    json_begin_list(&json);
    for (size_t c = 0; c < fit->categories; c++)
        json_put_text(&json, fit->category[c]);
    json_end_list(&json);
    if (fit->dimensions > 0)
        json_pair_int(&json, "dimensions", (int64_t)fit->dimensions);
    json_pair_int(&json, "items", (int64_t)fit->items);
    put_numbers(&json, "prior", fit->prior, fit->categories);
    json_pair_text(&json, "question", fit->question);
    json_pair_int(&json, "ratings", (int64_t)fit->ratings);
    json_pair_text(&json, "rule", rule_kind_names[fit->kind]);
    json_end_object(&json);
}

enum { LAG_MOST_S = 60 };

/* What numbers may be; shares and weights pass 1 by a rounding. */
enum range { RANGE_SHARE, RANGE_LAG };

static bool in_range(double value, enum range range)
{
    return range == RANGE_LAG ? fabs(value) <= LAG_MOST_S
                              : value >= 0 && value <= 1 + 1e-6;
}

/* Of a node that is one of the fit's numbers. */
static bool check_number(const struct json_document *document,
                         const struct json *node, enum range range,
                         struct error *err)
{
    if (json_kind(node) != JSON_NUMBER)
        return json_fail(document, node, err, "must be a number");
    if (!in_range(json_value(node, 0), range))
        return json_fail(document, node, err, "must be from %s",
                         range == RANGE_LAG ? "-60 to 60" : "0 to 1");
    return true;
}

/* A list of n numbers, or NULL when it is not there. */
static bool read_numbers(const struct json_document *document, const char *key,
                         size_t n, enum range range, double **value,
                         struct arena *arena, struct error *err)
{
    const struct json *list;
    size_t i = 0;

    if (!json_want_list(document, json_root(document), key, &list, err))
        return false;
    *value = NULL;
    if (!list)
        return true;
    if (json_count(list) != n)
        return json_fail(document, list, err, "has not %zu numbers", n);
    *value = arena_alloc(arena, (n + 1) * sizeof(double));
    for (const struct json *it = json_first(list); it; it = json_next(it)) {
        if (!check_number(document, it, range, err))
            return false;
        (*value)[i++] = json_value(it, 0);
    }
    return true;
}

static bool read_all(const struct json_document *document, struct fit *fit,
                     struct arena *arena, struct error *err)
{
    const struct json *root = json_root(document), *list;
    const char *question, *rule;
    int64_t items, ratings, dimensions = 0;

    if (!json_need_text(document, root, "question", &question, err) ||
        !json_need_text(document, root, "rule", &rule, err) ||
        !json_need_int(document, root, "items", &items, err) ||
        !json_need_int(document, root, "ratings", &ratings, err) ||
        !json_want_int(document, root, "dimensions", &dimensions, err) ||
        !json_want_list(document, root, "categories", &list, err))
        return false;
    while (rule_kind_names[fit->kind] &&
           strcmp(rule_kind_names[fit->kind], rule) != 0)
        fit->kind++;
    if (!rule_kind_names[fit->kind])
        return json_fail(document, root, err, "no rule \"%s\"", rule);
    if (items < 0 || ratings < 0)
        return json_fail(document, root, err, "counts less than nothing");
    fit->question = arena_strdup(arena, question);
    fit->items = (size_t)items;
    fit->ratings = (size_t)ratings;
    if (dimensions < 0 || dimensions > TRACE_DIMENSIONS)
        return json_fail(document, root, err, "has too many dimensions");
    fit->dimensions = (size_t)dimensions;
    fit->category = arena_alloc(arena, ((list ? json_count(list) : 0) + 1) *
                                           sizeof(*fit->category));
    for (const struct json *it = list ? json_first(list) : NULL; it;
         it = json_next(it)) {
        const char *label = json_text(it);

        if (!label)
            return json_fail(document, it, err, "must be a text");
        fit->category[fit->categories++] = arena_strdup(arena, label);
    }
    return read_numbers(document, "prior", fit->categories, RANGE_SHARE,
                        &fit->prior, arena, err);
}

struct fit *fit_read(const char *id, const char *body, struct arena *arena,
                     struct error *err)
{
    const char *name = arena_printf(arena, "frozen fit %s", id);
    struct json_document *document = json_parse(body, strlen(body), name, err);
    struct fit *fit = arena_alloc(arena, sizeof(*fit));
    bool good;

    if (!document)
        return NULL;
    fit->id = arena_strdup(arena, id);
    good = read_all(document, fit, arena, err);
    json_free(document);
    return good ? fit : NULL;
}

static bool read_rater(const struct json_document *document,
                       const struct fit *fit, struct fit_rater *to,
                       struct arena *arena, struct error *err)
{
    const struct json *root = json_root(document);
    size_t k = fit->categories, dimensions = fit->dimensions;

    if (!json_need_number(document, root, "weight", &to->weight, err) ||
        !check_number(document, json_member(root, "weight"), RANGE_SHARE,
                      err) ||
        !read_numbers(document, "confusion", k * k, RANGE_SHARE, &to->confusion,
                      arena, err) ||
        !read_numbers(document, "strategy", k, RANGE_SHARE, &to->strategy,
                      arena, err) ||
        !read_numbers(document, "weights", dimensions, RANGE_SHARE,
                      &to->weights, arena, err) ||
        !read_numbers(document, "lags", dimensions, RANGE_LAG, &to->lags, arena,
                      err))
        return false;
    if (fit->kind != RULE_EWE && !to->confusion && !to->strategy)
        return json_fail(document, root, err, "neither confusion nor strategy");
    if (dimensions > 0 && !to->weights)
        return json_fail(document, root, err, "no weights");
    return true;
}

bool fit_read_rater(struct fit *fit, const char *rater, const char *body,
                    struct arena *arena, struct error *err)
{
    const char *name =
        arena_printf(arena, "frozen fit %s, annotator %s", fit->id, rater);
    struct json_document *document = json_parse(body, strlen(body), name, err);
    struct fit_rater *more =
        arena_alloc(arena, (fit->raters + 1) * sizeof(*more));
    bool good;

    if (!document)
        return false;
    if (fit->raters > 0)
        memcpy(more, fit->rater, fit->raters * sizeof(*more));
    more[fit->raters].rater = arena_strdup(arena, rater);
    good = read_rater(document, fit, &more[fit->raters], arena, err);
    if (good) {
        fit->rater = more;
        fit->raters++;
    }
    json_free(document);
    return good;
}
