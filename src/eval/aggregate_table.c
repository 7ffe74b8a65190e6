/* aggregate_table - labels, weights and confusions as tables. */
#include <config.h>

#include "eval/aggregate.h"

#include <stdlib.h>

#include "common/base/intern.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/stat/consensus_vote.h"

const char *aggregate_weight_name(const struct consensus *consensus)
{
    static const char *const names[] = {
        [CONSENSUS_MAJORITY] = "agreement",
        [CONSENSUS_WAWA] = "skill",
        [CONSENSUS_ZERO_BASED] = "skill",
        [CONSENSUS_ONE_COIN] = "accuracy",
        [CONSENSUS_DAWID_SKENE] = "accuracy",
        [CONSENSUS_MACE] = "competence",
        [CONSENSUS_GLAD] = "ability",
        [CONSENSUS_EWE] = "weight",
        [CONSENSUS_RULES] = NULL,
    };

    if (!consensus->rater)
        return NULL;
    return consensus->settings.weight ? "weight"
                                      : names[consensus->settings.rule];
}

static void put_number(struct columns *table, size_t row, size_t column,
                       struct estimate value)
{
    if (value.defined)
        columns_set_number(table, row, column, value.value);
}

static void put_count(struct columns *table, size_t row, size_t column,
                      size_t count)
{
    columns_set_number(table, row, column, (double)count);
}

/* "anger|sad": the labels that are ahead together. */
static void name_tied(const struct consensus *consensus, size_t i,
                      struct buf *out)
{
    size_t classes = consensus->ratings->categories.count;
    const double *row = consensus->posterior + i * classes;
    const double least = consensus->item[i].support * (1 - CONSENSUS_VOTE_NEAR);
    size_t named = 0;

    for (size_t k = 0; k < classes; k++)
        if (row[k] >= least)
            buf_addf(out, "%s%s", named++ ? "|" : "",
                     consensus->ratings->categories.item[k]);
}

/* "only reserved answers: @cannot_tell 2, @skipped 1" */
static void name_reserved(const struct ratings *ratings, size_t i,
                          struct buf *out)
{
    size_t first = ratings->reserved_start[i];
    size_t end = ratings->reserved_start[i + 1];
    bool named = false;

    buf_add_text(out,
                 first < end ? "only reserved answers: " : "nobody rated it");
    for (size_t n = 0; n < ratings->reserved_names.count; n++) {
        size_t count = 0;

        for (size_t r = first; r < end; r++)
            count += ratings->reserved[r].code == n;
        if (count > 0)
            buf_addf(out, "%s%s %zu", named ? ", " : "",
                     ratings->reserved_names.item[n], count);
        named = named || count > 0;
    }
}

static void describe(const struct consensus *consensus, size_t i,
                     struct buf *out)
{
    const struct consensus_item *item = &consensus->item[i];
    const struct ratings *ratings = consensus->ratings;
    char number[NUMBER_TEXT_SIZE];

    switch (item->state) {
    case CONSENSUS_DECIDED:
        if (item->tied > 1) {
            name_tied(consensus, i, out);
            buf_add_text(out, consensus->settings.ties == CONSENSUS_FIRST
                                  ? " tied, the first was taken"
                                  : " tied, one was drawn");
        }
        break;
    case CONSENSUS_TIE:
        name_tied(consensus, i, out);
        break;
    case CONSENSUS_BELOW:
        buf_addf(out, "%s has %s only", ratings->categories.item[item->label],
                 number_format(item->support, number));
        break;
    case CONSENSUS_FEW:
        buf_addf(out, "%zu of %zu ratings", ratings_of(ratings, i),
                 consensus->settings.min_ratings);
        break;
    case CONSENSUS_UNRATED:
        name_reserved(ratings, i, out);
        break;
    case CONSENSUS_WEIGHTLESS:
        buf_add_text(out, "its annotators weigh nothing");
        break;
    }
}

/* Columns of the table of labels; -1: there is none. */
struct layout {
    int target, sd, weight, support, easiness;
    size_t ratings, reserved, state, note, soft;
};

static struct layout lay_out(const struct aggregate *aggregate,
                             struct columns *table)
{
    const struct consensus *consensus = aggregate->consensus;
    enum consensus_rule rule = consensus->settings.rule;
    struct layout at = {
        .sd = -1, .weight = -1, .support = -1, .easiness = -1
    };

    at.target = (int)columns_add(table, aggregate->target);
    if (consensus_is_number(rule)) {
        at.sd = (int)columns_add(table, "sd");
        if (rule == CONSENSUS_EWE || consensus->settings.weight)
            at.weight = (int)columns_add(table, "weight_sum");
    } else {
        at.support = (int)columns_add(
            table, consensus_is_model(rule) ? "posterior" : "share");
    }
    if (consensus->easiness)
        at.easiness = (int)columns_add(table, "easiness");
    at.ratings = columns_add(table, "ratings");
    at.reserved = columns_add(table, "reserved");
    at.state = columns_add(table, "state");
    at.note = columns_add(table, "note");
    at.soft = columns_count(table);
    for (size_t k = 0;
         aggregate->soft && k < consensus->ratings->categories.count; k++) {
        char *name = xasprintf("%s:%s", aggregate->target,
                               consensus->ratings->categories.item[k]);

        columns_add(table, name);
        free(name);
    }
    return at;
}

static void put_answer(const struct aggregate *aggregate, size_t i,
                       const struct layout *at, struct columns *table)
{
    const struct consensus *consensus = aggregate->consensus;
    const struct consensus_item *item = &consensus->item[i];
    bool rated =
        item->state != CONSENSUS_UNRATED && item->state != CONSENSUS_WEIGHTLESS;
    bool number = consensus_is_number(consensus->settings.rule);

    if (item->state == CONSENSUS_DECIDED && number)
        columns_set_number(table, i, (size_t)at->target, item->value);
    else if (item->state == CONSENSUS_DECIDED)
        columns_set(table, i, (size_t)at->target,
                    consensus->ratings->categories.item[item->label]);
    if (at->sd >= 0)
        put_number(table, i, (size_t)at->sd, item->sd);
    if (at->weight >= 0)
        columns_set_number(table, i, (size_t)at->weight, item->weight);
    if (at->support >= 0 && rated)
        columns_set_number(table, i, (size_t)at->support, item->support);
    if (at->easiness >= 0 && rated)
        columns_set_number(table, i, (size_t)at->easiness,
                           consensus->easiness[i]);
}

static void put_item(const struct aggregate *aggregate, size_t i,
                     const struct layout *at, struct columns *table)
{
    const struct consensus *consensus = aggregate->consensus;
    const struct ratings *ratings = consensus->ratings;
    const struct consensus_item *item = &consensus->item[i];
    size_t classes = ratings->categories.count;
    struct buf note = { 0 };

    put_answer(aggregate, i, at, table);
    put_count(table, i, at->ratings, ratings_of(ratings, i));
    put_count(table, i, at->reserved,
              ratings->reserved_start[i + 1] - ratings->reserved_start[i]);
    columns_set(table, i, at->state, consensus_state_names[item->state]);
    describe(consensus, i, &note);
    columns_set(table, i, at->note, buf_text(&note));
    buf_release(&note);
    if (!aggregate->soft || item->state == CONSENSUS_UNRATED ||
        item->state == CONSENSUS_WEIGHTLESS)
        return;
    for (size_t k = 0; k < classes; k++)
        columns_set_number(table, i, at->soft + k,
                           consensus->posterior[i * classes + k]);
}

/* "# key: value" lines: where the labels come from. */
static void put_notes(const struct aggregate *aggregate, struct columns *table)
{
    const struct consensus *consensus = aggregate->consensus;
    enum consensus_rule rule = consensus->settings.rule;
    char number[NUMBER_TEXT_SIZE];

    columns_set_note(table, "rule", consensus_rule_names[rule]);
    if (aggregate->sha256)
        columns_set_note(table, "input_sha256", aggregate->sha256);
    if (!consensus_is_model(rule))
        return;
    columns_set_note(table, "iterations",
                     number_format(consensus->fit.iterations, number));
    columns_set_note(table, "converged",
                     consensus->fit.converged ? "yes" : "no");
    columns_set_note(table, "log_likelihood",
                     number_format(consensus->fit.log_likelihood, number));
}

static bool is_ours(const char *name)
{
    static const char *const names[] = {
        "id",       "sd",      "weight_sum", "share", "posterior",
        "easiness", "ratings", "reserved",   "state", "note",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (text_equal(names[i], name))
            return true;
    return false;
}

struct columns *aggregate_labels(const struct aggregate *aggregate,
                                 struct error *err)
{
    const struct ratings *ratings = aggregate->consensus->ratings;
    struct columns *table;
    struct layout at;

    if (is_ours(aggregate->target)) {
        error_set(err, ERROR_USAGE,
                  "--target %s: another column has that name: take, for "
                  "example, emotion",
                  aggregate->target);
        return NULL;
    }
    table = columns_new();
    put_notes(aggregate, table);
    columns_add(table, "id");
    at = lay_out(aggregate, table);
    for (size_t k = 0; k < aggregate->attributes->count; k++) {
        const char *name = aggregate->attributes->item[k];

        if (columns_find(table, name) >= 0) {
            error_set(err, ERROR_USAGE,
                      "--keep %s: the labels have a column of that name", name);
            columns_free(table);
            return NULL;
        }
        columns_add(table, name);
    }
    for (size_t i = 0; i < ratings->items.count; i++) {
        size_t column = columns_count(table) - aggregate->attributes->count;

        columns_add_row(table);
        columns_set(table, i, 0, ratings->items.item[i]);
        put_item(aggregate, i, &at, table);
        for (size_t k = 0; k < aggregate->attributes->count; k++) {
            const struct ratings_attribute *attribute =
                &aggregate->table->attribute[k];

            columns_set(table, i, column + k,
                        attribute->values.item[attribute->code[i]]);
        }
    }
    return table;
}

/* Where a strategy's columns begin, after they were added. */
static size_t add_strategy(const struct consensus *consensus,
                           struct columns *table)
{
    size_t first = columns_count(table);

    for (size_t k = 0;
         consensus->strategy && k < consensus->ratings->categories.count; k++) {
        char *name =
            xasprintf("guess:%s", consensus->ratings->categories.item[k]);

        columns_add(table, name);
        free(name);
    }
    return first;
}

struct columns *aggregate_weights(const struct aggregate *aggregate)
{
    const struct consensus *consensus = aggregate->consensus;
    const struct ratings *ratings = consensus->ratings;
    bool evaluator = consensus->settings.rule == CONSENSUS_EWE;
    struct columns *table = columns_new();
    size_t classes = ratings->categories.count, strategy;

    put_notes(aggregate, table);
    columns_set_note(table, "weight", aggregate_weight_name(consensus));
    columns_add(table, "annotator");
    columns_add(table, "ratings");
    columns_add(table, "weight");
    if (evaluator)
        columns_add(table, "r");
    columns_add(table, "note");
    strategy = add_strategy(consensus, table);
    for (size_t w = 0; w < ratings->raters.count; w++) {
        const struct consensus_rater *rater = &consensus->rater[w];
        const struct estimate *told = evaluator ? &rater->raw : &rater->weight;
        size_t column = 0;

        columns_add_row(table);
        columns_set(table, w, column++, ratings->raters.item[w]);
        put_count(table, w, column++, rater->ratings);
        put_number(table, w, column++, rater->weight);
        if (evaluator)
            put_number(table, w, column++, rater->raw);
        if (!told->defined)
            columns_set(table, w, column, told->reason);
        else if (evaluator && told->value < 0)
            columns_set(table, w, column, "negative, weighs nothing");
        for (size_t k = 0; consensus->strategy && k < classes; k++)
            columns_set_number(table, w, strategy + k,
                               consensus->strategy[w * classes + k]);
    }
    return table;
}

struct columns *aggregate_confusion(const struct aggregate *aggregate)
{
    static const char *const names[] = { "annotator", "truth", "answer",
                                         "probability", "expected_ratings" };
    const struct consensus *consensus = aggregate->consensus;
    const struct ratings *ratings = consensus->ratings;
    const struct text_list *labels = &ratings->categories;
    struct columns *table = columns_new();
    size_t cell = 0;

    put_notes(aggregate, table);
    for (size_t c = 0; c < sizeof(names) / sizeof(*names); c++)
        columns_add(table, names[c]);
    for (size_t w = 0; w < ratings->raters.count; w++) {
        for (size_t truth = 0; truth < labels->count; truth++) {
            for (size_t answer = 0; answer < labels->count; answer++) {
                size_t row = columns_add_row(table);

                columns_set(table, row, 0, ratings->raters.item[w]);
                columns_set(table, row, 1, labels->item[truth]);
                columns_set(table, row, 2, labels->item[answer]);
                columns_set_number(table, row, 3, consensus->confusion[cell]);
                columns_set_number(table, row, 4, consensus->expected[cell]);
                cell++;
            }
        }
    }
    return table;
}

/* Who rated anything; the caller frees. */
static bool *find_active(const struct ratings *ratings)
{
    bool *active = xcalloc(ratings->raters.count + 1, sizeof(*active));

    for (size_t r = 0; r < ratings_count(ratings); r++)
        if (ratings->rating[r].rater != RATINGS_NOBODY)
            active[ratings->rating[r].rater] = true;
    return active;
}

/* weight[] of the raters whose names are in `names`; -1 before it is read. */
static bool read_weight(const struct columns *table, size_t row, int name,
                        int value, const struct intern *names, double *weight,
                        struct error *err)
{
    long w = intern_find(names, columns_text(table, row, (size_t)name));
    double number;

    if (w < 0 || columns_missing(table, row, (size_t)value))
        return true;
    if (!columns_number(table, row, (size_t)value, &number, err))
        return false;
    if (number < 0)
        return columns_fail(table, row, (size_t)value, err,
                            "a weight is not negative");
    if (weight[w] >= 0)
        return columns_fail(table, row, (size_t)name, err,
                            "which has had a row already");
    weight[w] = number;
    return true;
}

/* Those who rated have one; those who did not need none. */
static bool all_weigh(const char *path, const struct ratings *ratings,
                      double *weight, struct error *err)
{
    bool *active = find_active(ratings);
    bool good = true;

    for (size_t w = 0; w < ratings->raters.count && good; w++) {
        if (active[w] && weight[w] < 0)
            good = error_set(err, ERROR_INPUT,
                             "%s has no weight of annotator \"%s\"", path,
                             ratings->raters.item[w]);
        weight[w] = weight[w] < 0 ? 0 : weight[w];
    }
    free(active);
    return good;
}

double *aggregate_weights_read(const char *path, const struct ratings *ratings,
                               struct error *err)
{
    struct columns *table = columns_read(path, NULL, err);
    double *weight = xcalloc(ratings->raters.count + 1, sizeof(*weight));
    struct intern names = { 0 };
    int name, value;

    for (size_t w = 0; w < ratings->raters.count; w++) {
        intern_add(&names, ratings->raters.item[w]);
        weight[w] = -1;
    }
    if (!table || (name = columns_need(table, "annotator", err)) < 0 ||
        (value = columns_need(table, "weight", err)) < 0)
        goto failed;
    for (size_t row = 0; row < columns_rows(table); row++)
        if (!read_weight(table, row, name, value, &names, weight, err))
            goto failed;
    if (!all_weigh(path, ratings, weight, err))
        goto failed;
    intern_release(&names);
    columns_free(table);
    return weight;

failed:
    intern_release(&names);
    columns_free(table);
    free(weight);
    return NULL;
}
