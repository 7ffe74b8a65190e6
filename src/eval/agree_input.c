/*
 * agree_input - what `agree` reads beside the ratings; see agree_options.h.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/intern.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/file/columns.h"
#include "common/stat/label_sets.h"
#include "eval/agree_options.h"

/* The place of each category in the table: its column, and its row. */
static bool place_category(const struct columns *table, const char *path,
                           const char *name, bool named, size_t *row,
                           size_t *column, struct error *err)
{
    int at = columns_find(table, name);

    if (at < 0)
        return error_set(err, ERROR_INPUT, "%s: no column \"%s\"", path, name);
    *column = (size_t)at;
    *row = columns_rows(table);
    if (!named)
        *row = *column;
    for (size_t r = 0; named && r < columns_rows(table); r++)
        if (text_equal(columns_text(table, r, 0), name))
            *row = r;
    if (*row >= columns_rows(table))
        return error_set(err, ERROR_INPUT, "%s: no row of \"%s\"", path, name);
    return true;
}

/* Disagreements (0 on the diagonal) to agreements; what is neither. */
static bool settle_weights(const char *path, size_t k, double *weight,
                           struct error *err)
{
    double diagonal = k > 0 ? weight[0] : 1;

    for (size_t a = 0; a < k; a++) {
        if (weight[a * k + a] != diagonal || (diagonal != 0 && diagonal != 1))
            return error_set(err, ERROR_INPUT,
                             "%s: the diagonal must be all 1 (agreement) or "
                             "all 0 (disagreement)",
                             path);
        for (size_t b = 0; b < k; b++)
            if (weight[a * k + b] != weight[b * k + a] ||
                !(weight[a * k + b] >= 0) ||
                (diagonal == 1 && weight[a * k + b] > 1))
                return error_set(err, ERROR_INPUT,
                                 "%s: the table must be symmetric, from 0 up%s",
                                 path, diagonal == 1 ? " to 1" : "");
    }
    if (diagonal == 0)
        agree_weights_from_distances(weight, k, weight);
    return true;
}

static bool read_matrix(const char *path, const struct ratings *ratings,
                        double *weight, struct error *err)
{
    const struct text_list *names = &ratings->categories;
    size_t k = names->count;
    struct columns *table = columns_read(path, NULL, err);
    size_t *row = xcalloc(2 * k + 1, sizeof(*row)), *column = row + k;
    bool good = table != NULL, named;

    named = good && columns_count(table) > columns_rows(table);
    for (size_t c = 0; good && c < k; c++)
        good = place_category(table, path, names->item[c], named, &row[c],
                              &column[c], err);
    for (size_t i = 0; good && i < k * k; i++) {
        good =
            columns_number(table, row[i / k], column[i % k], &weight[i], err);
        if (good && isnan(weight[i]))
            good = columns_fail(table, row[i / k], column[i % k], err,
                                "expected a number");
    }
    if (good)
        good = settle_weights(path, k, weight, err);
    free(row);
    columns_free(table);
    return good;
}

bool agree_weights(const struct agree_settings *settings,
                   const struct ratings *ratings, double **weight,
                   const char **name, struct error *err)
{
    size_t k = ratings->categories.count;

    *weight = NULL;
    *name = NULL;
    if (settings->sets > 0 && settings->matrix)
        return error_set(err, ERROR_USAGE,
                         "--sets and --weight-table: one of them says how "
                         "much values agree");
    if ((settings->sets > 0 || settings->matrix) &&
        (settings->weighting > 0 || settings->scale > 1))
        return error_set(err, ERROR_USAGE,
                         "--sets and --weight-table go with a nominal scale "
                         "and without --weights");
    if (k > LABEL_SETS_MAX && (settings->sets > 0 || settings->matrix))
        return error_set(err, ERROR_LIMIT, "%zu values, more than %d", k,
                         LABEL_SETS_MAX);
    if (settings->sets > 0) {
        *weight =
            label_sets_weights(&ratings->categories, settings->separator[0],
                               (enum label_sets_metric)(settings->sets - 1));
        *name = settings->sets == 1 ? "sets, by MASI" : "sets, by Jaccard";
    } else if (settings->matrix) {
        *weight = xcalloc(k * k + 1, sizeof(**weight));
        *name = "weights from a table";
        return read_matrix(settings->matrix, ratings, *weight, err);
    }
    return true;
}

/* One known answer: its category, and what it is as a number. */
static void take_gold(const struct ratings *ratings, size_t item,
                      const char *text, uint32_t *code, double *value)
{
    double number;
    bool is_number = ratings->value && number_parse(text, &number);

    code[item] = GOLD_UNSAID;
    if (is_number)
        value[item] = number;
    for (size_t c = 0; c < ratings->categories.count; c++)
        if (is_number ? ratings->value[c] == number
                      : text_equal(ratings->categories.item[c], text))
            code[item] = (uint32_t)c;
}

static bool read_gold(const char *path, const struct ratings *ratings,
                      uint32_t *code, double *value, struct error *err)
{
    static const char *const values[] = { "value", "label", "gold", "rating",
                                          NULL };
    struct columns *table = columns_read(path, NULL, err);
    struct intern items = { 0 };
    int item = -1, at = -1;
    bool good = false;

    if (!table)
        return false;
    item = columns_find(table, "item");
    item = item < 0 ? columns_need(table, "id", err) : item;
    for (size_t v = 0; item >= 0 && at < 0 && values[v]; v++)
        at = columns_find(table, values[v]);
    if (item >= 0 && at < 0)
        at = columns_need(table, values[0], err);
    if (at >= 0) {
        good = true;
        for (size_t i = 0; i < ratings->items.count; i++)
            intern_add(&items, ratings->items.item[i]);
        for (size_t row = 0; row < columns_rows(table); row++) {
            const char *text = columns_text(table, row, (size_t)at);
            long of =
                intern_find(&items, columns_text(table, row, (size_t)item));

            if (of >= 0 && *text && *text != '@')
                take_gold(ratings, (size_t)of, text, code, value);
        }
    }
    intern_release(&items);
    columns_free(table);
    return good;
}

bool agree_gold(const struct agree_settings *settings,
                const struct ratings_table *table, uint32_t **code,
                double **value, struct error *err)
{
    const struct ratings *ratings = table->ratings;
    size_t items = ratings->items.count;

    *code = NULL;
    *value = NULL;
    if (!settings->gold)
        return true;
    *code = xcalloc(items + 1, sizeof(**code));
    *value = xcalloc(items + 1, sizeof(**value));
    for (size_t i = 0; i < items; i++) {
        (*code)[i] = GOLD_NONE;
        (*value)[i] = (double)NAN;
    }
    if (path_is_file(settings->gold))
        return read_gold(settings->gold, ratings, *code, *value, err);
    for (size_t i = 0; i < items; i++) {
        const struct ratings_attribute *of =
            &table->attribute[table->attributes - 1];
        const char *text = of->values.item[of->code[i]];

        if (*text && *text != '@')
            take_gold(ratings, i, text, *code, *value);
    }
    return true;
}

/* Where the columns of a long table are. */
struct places {
    int item, rater, value, order;
};

static int find(const struct columns *table, const char *name,
                const char *const *usual)
{
    int at = name ? columns_find(table, name) : -1;

    for (; !name && at < 0 && *usual; usual++)
        at = columns_find(table, *usual);
    return at;
}

static bool find_places(const struct agree_settings *settings,
                        const struct columns *table, struct places *at,
                        struct error *err)
{
    static const char *const item[] = { "item", "id", NULL };
    static const char *const rater[] = { "annotator", "rater", "worker", NULL };
    static const char *const value[] = { "value", "label", "rating", NULL };

    at->item = find(table, settings->source.item, item);
    at->rater = find(table, settings->source.rater, rater);
    at->value = find(table, settings->source.value, value);
    at->order =
        settings->order ? columns_need(table, settings->order, err) : -1;
    if (settings->order && at->order < 0)
        return false;
    if (at->rater < 0)
        return error_set(err, ERROR_USAGE,
                         "--per time: annotators must have names");
    return true;
}

static bool take_moment(const struct columns *table, size_t row,
                        const struct places *at, const struct intern names[3],
                        const struct ratings *ratings, struct moment *out,
                        bool *is_one, struct error *err)
{
    const char *text = columns_text(table, row, (size_t)at->value);
    long item =
        intern_find(&names[0], columns_text(table, row, (size_t)at->item));
    long rater =
        intern_find(&names[1], columns_text(table, row, (size_t)at->rater));
    long code = intern_find(&names[2], text);
    double number;

    *out = (struct moment){ .time = (double)row + 1 };
    *is_one = false;
    if (at->order >= 0 &&
        !columns_number(table, row, (size_t)at->order, &out->time, err))
        return false;
    for (size_t c = 0;
         code < 0 && ratings->value && number_parse(text, &number) &&
         c < ratings->categories.count;
         c++)
        if (ratings->value[c] == number) /* 1.0 is 1 */
            code = (long)c;
    if (item < 0 || rater < 0 || code < 0 || isnan(out->time))
        return true;
    out->item = (uint32_t)item;
    out->rater = (uint32_t)rater;
    out->code = (uint32_t)code;
    *is_one = true;
    return true;
}

bool agree_moments(const struct agree_settings *settings, const char *path,
                   const struct ratings *ratings, struct moment **moment,
                   size_t *moments, struct error *err)
{
    const struct text_list *lists[] = { &ratings->items, &ratings->raters,
                                        &ratings->categories };
    struct columns *table;
    struct intern names[3] = { 0 };
    struct places at;
    bool good, is_one;

    *moments = 0;
    *moment = NULL;
    if (settings->source.wide || settings->source.counts ||
        settings->sets > 0 || text_equal(path, "-"))
        return error_set(err, ERROR_USAGE,
                         "--per time wants a file with one row a rating, "
                         "without --sets");
    table = columns_read(path, NULL, err);
    good = table && find_places(settings, table, &at, err) &&
           columns_keep_only(table, &settings->source.only, err);
    for (size_t n = 0; n < 3; n++)
        for (size_t i = 0; good && i < lists[n]->count; i++)
            intern_add(&names[n], lists[n]->item[i]);
    if (good)
        *moment = xcalloc(columns_rows(table) + 1, sizeof(**moment));
    for (size_t row = 0; good && row < columns_rows(table); row++) {
        good = take_moment(table, row, &at, names, ratings,
                           &(*moment)[*moments], &is_one, err);
        *moments += good && is_one;
    }
    for (size_t n = 0; n < 3; n++)
        intern_release(&names[n]);
    columns_free(table);
    return good;
}
