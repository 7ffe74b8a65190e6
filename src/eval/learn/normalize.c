/*
 * normalize - features on a common scale, and missing cells filled.
 */
#include <config.h>

#include "eval/learn/normalize.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/text.h"
#include "eval/learn/spread.h"

const char *const impute_names[] = { "mean", "median", NULL };
const char *const normalize_spread_names[] = { "sd", "mad", NULL };

static bool parse_enrol(const char *text, const char *prefix,
                        enum normalize_mode mode,
                        struct normalize_settings *settings, bool *matched,
                        struct error *err)
{
    int64_t count;

    *matched = text_starts(text, prefix);
    if (!*matched)
        return true;
    if (!number_parse_int(text + strlen(prefix), &count) || count < 1 ||
        count > 1000000)
        return error_set(err, ERROR_USAGE,
                         "\"%s\" must end with a number of items from 1, such "
                         "as %s5",
                         text, prefix);
    settings->mode = mode;
    settings->enrol = (size_t)count;
    return true;
}

bool normalize_parse(const char *text, struct normalize_settings *settings,
                     struct error *err)
{
    static const char *const plain[] = { "none", "global", "speaker", NULL };
    bool matched = false;

    settings->enrol = 0;
    for (size_t i = 0; plain[i]; i++) {
        if (strcmp(text, plain[i]) == 0) {
            settings->mode = (enum normalize_mode)i;
            return true;
        }
    }
    if (!parse_enrol(text, "enrol:", NORMALIZE_ENROL, settings, &matched, err))
        return false;
    if (!matched &&
        !parse_enrol(text, "neutral-enrol:", NORMALIZE_NEUTRAL_ENROL, settings,
                     &matched, err))
        return false;
    if (matched)
        return true;
    return error_set(err, ERROR_USAGE,
                     "\"%s\" is none of none, global, speaker, enrol:K, "
                     "neutral-enrol:K",
                     text);
}

bool normalize_is_transductive(const struct normalize_settings *settings)
{
    return settings->mode == NORMALIZE_SPEAKER;
}

bool normalize_enrols(const struct normalize_settings *settings)
{
    return settings->mode == NORMALIZE_ENROL ||
           settings->mode == NORMALIZE_NEUTRAL_ENROL;
}

bool normalize_needs_speakers(const struct normalize_settings *settings)
{
    return settings->mode >= NORMALIZE_SPEAKER;
}

const char *normalize_remark(const struct normalize_settings *settings)
{
    switch (settings->mode) {
    case NORMALIZE_SPEAKER:
        return "transductive: each speaker (or value of --normalize-by) was "
               "normalised on all of its own unlabelled items, the tested "
               "ones included";
    case NORMALIZE_ENROL:
        return "enrolled: each speaker (or value of --normalize-by) was "
               "normalised on a few of its own unlabelled items, which are "
               "left out of scoring";
    case NORMALIZE_NEUTRAL_ENROL:
        return "enrolled: each speaker (or value of --normalize-by) was "
               "normalised on a few of its own neutral items, which are left "
               "out of scoring";
    case NORMALIZE_NONE:
    case NORMALIZE_GLOBAL:
        break;
    }
    return NULL;
}

/* Of one column, the missing cells passed over; `value` has room for all. */
static struct spread column_spread(const struct matrix *x, size_t column,
                                   size_t rows, bool robust, double *value)
{
    size_t count = 0;

    for (size_t i = 0; i < rows; i++) {
        double cell = matrix_row(x, i)[column];

        if (!isnan(cell))
            value[count++] = cell;
    }
    return spread_of(value, count, robust);
}

static double column_median(const struct matrix *x, size_t column,
                            double *value)
{
    size_t count = 0;

    for (size_t i = 0; i < x->rows; i++)
        if (!isnan(matrix_row(x, i)[column]))
            value[count++] = matrix_row(x, i)[column];
    return spread_median(value, count);
}

void scaler_fit(struct scaler *scaler,
                const struct normalize_settings *settings,
                const struct matrix *train)
{
    double *value = xcalloc(train->rows + 1, sizeof(*value));

    scaler->columns = train->columns;
    scaler->mean = xcalloc(train->columns, sizeof(double));
    scaler->scale = xcalloc(train->columns, sizeof(double));
    scaler->fill = xcalloc(train->columns, sizeof(double));
    for (size_t k = 0; k < train->columns; k++) {
        struct spread plain =
            column_spread(train, k, train->rows, false, value);
        double middle = plain.middle;

        if (settings->impute == IMPUTE_MEDIAN && plain.count)
            middle = column_median(train, k, value);
        scaler->scale[k] = 1;
        if (settings->mode != NORMALIZE_NONE) {
            struct spread spread =
                column_spread(train, k, train->rows, settings->robust, value);

            scaler->mean[k] = spread.middle;
            scaler->scale[k] = spread.scale > 0 ? spread.scale : 1;
        }
        scaler->fill[k] = (middle - scaler->mean[k]) / scaler->scale[k];
    }
    free(value);
}

size_t scaler_apply(const struct scaler *scaler, struct matrix *part)
{
    size_t filled = 0;

    assert(part->columns == scaler->columns);
    for (size_t i = 0; i < part->rows; i++) {
        double *row = matrix_row(part, i);

        for (size_t k = 0; k < part->columns; k++) {
            if (isnan(row[k])) {
                row[k] = scaler->fill[k];
                filled++;
            } else {
                row[k] = (row[k] - scaler->mean[k]) / scaler->scale[k];
            }
        }
    }
    return filled;
}

void scaler_release(struct scaler *scaler)
{
    free(scaler->mean);
    free(scaler->scale);
    free(scaler->fill);
    memset(scaler, 0, sizeof(*scaler));
}

/* The items of a fold, training first, as step 1 sees them. */
struct fold_rows {
    size_t count;
    size_t train;
    bool robust;
    size_t *own;   /* owned: whose items they are */
    bool *basis;   /* owned: its owner's middle is taken from it */
    size_t *order; /* owned: the basis, by owner, each in item order */
    size_t *first; /* owned: of an owner in `order`; one more at the end */
    double *value; /* owned: room for a column */
};

static void order_basis(struct fold_rows *rows, size_t owners)
{
    size_t *next = xcalloc(owners + 1, sizeof(*next));

    rows->order = xcalloc(rows->count + 1, sizeof(*rows->order));
    rows->first = xcalloc(owners + 1, sizeof(*rows->first));
    for (size_t i = 0; i < rows->count; i++)
        rows->first[rows->own[i] + 1] += rows->basis[i];
    for (size_t s = 0; s < owners; s++) {
        rows->first[s + 1] += rows->first[s];
        next[s] = rows->first[s];
    }
    for (size_t i = 0; i < rows->count; i++)
        if (rows->basis[i])
            rows->order[next[rows->own[i]]++] = i;
    free(next);
}

static void fold_rows_make(struct fold_rows *rows,
                           const struct normalize_settings *settings,
                           const struct normalize_items *items,
                           const size_t *train, size_t train_count,
                           const size_t *test, size_t test_count)
{
    rows->count = train_count + test_count;
    rows->train = train_count;
    rows->robust = settings->robust;
    rows->own = xcalloc(rows->count + 1, sizeof(*rows->own));
    rows->basis = xcalloc(rows->count + 1, sizeof(*rows->basis));
    rows->value = xcalloc(rows->count + 1, sizeof(*rows->value));
    for (size_t i = 0; i < rows->count; i++) {
        size_t item = i < train_count ? train[i] : test[i - train_count];

        rows->own[i] = items->owner[item];
        rows->basis[i] =
            settings->mode == NORMALIZE_SPEAKER || items->enrolled[item];
    }
    order_basis(rows, items->owners);
}

static void fold_rows_release(struct fold_rows *rows)
{
    free(rows->own);
    free(rows->basis);
    free(rows->order);
    free(rows->first);
    free(rows->value);
}

/* Of one column, for every owner. */
static void own_spreads(const struct matrix *all, const struct fold_rows *rows,
                        size_t column, struct spread *of, size_t owners)
{
    for (size_t s = 0; s < owners; s++) {
        size_t count = 0;

        for (size_t i = rows->first[s]; i < rows->first[s + 1]; i++) {
            double cell = matrix_row(all, rows->order[i])[column];

            if (!isnan(cell))
                rows->value[count++] = cell;
        }
        of[s] = spread_of(rows->value, count, rows->robust);
    }
}

/* Step 1 on one column. */
static void normalize_column(struct matrix *all, const struct fold_rows *rows,
                             size_t column, struct spread *of, size_t owners)
{
    struct spread train =
        column_spread(all, column, rows->train, rows->robust, rows->value);

    if (train.scale <= 0)
        train.scale = 1;
    own_spreads(all, rows, column, of, owners);
    for (size_t i = 0; i < rows->count; i++) {
        double *cell = &matrix_row(all, i)[column];
        const struct spread *own = &of[rows->own[i]];

        if (own->count == 0)
            *cell = (*cell - train.middle) / train.scale;
        else
            *cell = (*cell - own->middle) /
                    (own->scale > 0 ? own->scale : train.scale);
    }
}

static size_t count_bare(const struct fold_rows *rows, size_t owners)
{
    bool *seen = xcalloc(owners, sizeof(*seen));
    size_t bare = 0;

    for (size_t i = 0; i < rows->count; i++)
        seen[rows->own[i]] = true;
    for (size_t s = 0; s < owners; s++)
        bare += seen[s] && rows->first[s] == rows->first[s + 1];
    free(seen);
    return bare;
}

static size_t normalize_owners(const struct normalize_items *items,
                               struct matrix *all, const struct fold_rows *rows)
{
    struct spread *of = xcalloc(items->owners, sizeof(*of));

    for (size_t k = 0; k < all->columns; k++)
        normalize_column(all, rows, k, of, items->owners);
    free(of);
    return count_bare(rows, items->owners);
}

static void copy_rows(struct matrix *out, const struct matrix *from,
                      size_t first, size_t count)
{
    matrix_init(out, count, from->columns);
    memcpy(out->cell, from->cell + first * from->columns,
           count * from->columns * sizeof(*out->cell));
}

static void count_columns(struct normalized *out)
{
    double *value = xcalloc(out->train.rows + 1, sizeof(*value));

    for (size_t k = 0; k < out->train.columns; k++) {
        struct spread spread =
            column_spread(&out->train, k, out->train.rows, false, value);

        out->empty_columns += spread.count == 0;
        out->constant_columns += spread.count > 0 && spread.scale <= 0;
    }
    free(value);
}

void normalize_fold(const struct normalize_settings *settings,
                    const struct normalize_items *items, const size_t *train,
                    size_t train_count, const size_t *test, size_t test_count,
                    struct normalized *out)
{
    struct matrix all = { 0 };
    struct scaler scaler = { 0 };
    size_t columns = items->x->columns;

    memset(out, 0, sizeof(*out));
    matrix_init(&all, train_count + test_count, columns);
    for (size_t i = 0; i < all.rows; i++) {
        size_t item = i < train_count ? train[i] : test[i - train_count];

        memcpy(matrix_row(&all, i), matrix_row(items->x, item),
               columns * sizeof(*all.cell));
    }
    if (normalize_needs_speakers(settings)) {
        struct fold_rows rows = { 0 };

        fold_rows_make(&rows, settings, items, train, train_count, test,
                       test_count);
        out->bare_speakers = normalize_owners(items, &all, &rows);
        fold_rows_release(&rows);
    }
    copy_rows(&out->train, &all, 0, train_count);
    copy_rows(&out->test, &all, train_count, test_count);
    matrix_release(&all);
    count_columns(out);
    scaler_fit(&scaler, settings, &out->train);
    out->filled_train = scaler_apply(&scaler, &out->train);
    out->filled_test = scaler_apply(&scaler, &out->test);
    cascade_apply(settings->cascade, &out->train);
    cascade_apply(settings->cascade, &out->test);
    out->cells_train = train_count * columns;
    out->cells_test = test_count * columns;
    scaler_release(&scaler);
}

void normalized_release(struct normalized *normalized)
{
    matrix_release(&normalized->train);
    matrix_release(&normalized->test);
}
