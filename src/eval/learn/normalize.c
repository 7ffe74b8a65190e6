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

const char *const impute_names[] = { "mean", "median", NULL };

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
        return "transductive: each speaker was normalised on all of that "
               "speaker's own unlabelled items, the tested ones included";
    case NORMALIZE_ENROL:
        return "enrolled: each speaker was normalised on a few of that "
               "speaker's own unlabelled items, which are left out of scoring";
    case NORMALIZE_NEUTRAL_ENROL:
        return "enrolled: each speaker was normalised on a few neutral items "
               "of that speaker, which are left out of scoring";
    case NORMALIZE_NONE:
    case NORMALIZE_GLOBAL:
        break;
    }
    return NULL;
}

/* Mean and standard deviation (1/n) of the values that are there. */
struct moments {
    size_t count;
    double mean;
    double sd; /* exactly 0 for a constant */
};

/*
 * Two passes.  Rounding makes the spread of a constant such as 0.1 tiny
 * instead of 0, hence the comparison with the mean.
 */
static struct moments column_moments(const struct matrix *x, size_t column,
                                     const bool *use)
{
    struct moments moments = { 0 };
    double squares = 0;

    for (size_t i = 0; i < x->rows; i++) {
        double value = matrix_row(x, i)[column];

        if (isnan(value) || (use && !use[i]))
            continue;
        moments.mean += value;
        moments.count++;
    }
    if (moments.count == 0)
        return moments;
    moments.mean /= (double)moments.count;
    for (size_t i = 0; i < x->rows; i++) {
        double off = matrix_row(x, i)[column] - moments.mean;

        if (!isnan(off) && (!use || use[i]))
            squares += off * off;
    }
    moments.sd = sqrt(squares / (double)moments.count);
    if (moments.sd <= 1e-12 * fabs(moments.mean))
        moments.sd = 0;
    return moments;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

/* NAN when there is no value. */
static double column_median(const struct matrix *x, size_t column)
{
    double *value = xcalloc(x->rows + 1, sizeof(*value));
    size_t count = 0;
    double median = NAN;

    for (size_t i = 0; i < x->rows; i++)
        if (!isnan(matrix_row(x, i)[column]))
            value[count++] = matrix_row(x, i)[column];
    qsort(value, count, sizeof(*value), by_value);
    if (count)
        median = (value[(count - 1) / 2] + value[count / 2]) / 2;
    free(value);
    return median;
}

void scaler_fit(struct scaler *scaler,
                const struct normalize_settings *settings,
                const struct matrix *train)
{
    scaler->columns = train->columns;
    scaler->mean = xcalloc(train->columns, sizeof(double));
    scaler->scale = xcalloc(train->columns, sizeof(double));
    scaler->fill = xcalloc(train->columns, sizeof(double));
    for (size_t k = 0; k < train->columns; k++) {
        struct moments moments = column_moments(train, k, NULL);
        double middle = moments.mean;

        if (settings->impute == IMPUTE_MEDIAN && moments.count)
            middle = column_median(train, k);
        scaler->scale[k] = 1;
        if (settings->mode != NORMALIZE_NONE) {
            scaler->mean[k] = moments.mean;
            scaler->scale[k] = moments.sd > 0 ? moments.sd : 1;
        }
        scaler->fill[k] = (middle - scaler->mean[k]) / scaler->scale[k];
    }
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
    size_t *speaker; /* owned */
    bool *basis;     /* owned: its speaker's mean is taken from it */
};

static void fold_rows_make(struct fold_rows *rows,
                           const struct normalize_settings *settings,
                           const struct normalize_items *items,
                           const size_t *train, size_t train_count,
                           const size_t *test, size_t test_count)
{
    rows->count = train_count + test_count;
    rows->train = train_count;
    rows->speaker = xcalloc(rows->count + 1, sizeof(*rows->speaker));
    rows->basis = xcalloc(rows->count + 1, sizeof(*rows->basis));
    for (size_t i = 0; i < rows->count; i++) {
        size_t item = i < train_count ? train[i] : test[i - train_count];

        rows->speaker[i] = items->speaker[item];
        rows->basis[i] =
            settings->mode == NORMALIZE_SPEAKER || items->enrolled[item];
    }
}

/* Moments of one column for every speaker, in two passes over the items. */
static void speaker_moments(const struct matrix *all,
                            const struct fold_rows *rows, size_t column,
                            struct moments *of, size_t speakers)
{
    memset(of, 0, speakers * sizeof(*of));
    for (size_t i = 0; i < rows->count; i++) {
        double value = matrix_row(all, i)[column];

        if (!rows->basis[i] || isnan(value))
            continue;
        of[rows->speaker[i]].mean += value;
        of[rows->speaker[i]].count++;
    }
    for (size_t s = 0; s < speakers; s++)
        if (of[s].count)
            of[s].mean /= (double)of[s].count;
    for (size_t i = 0; i < rows->count; i++) {
        struct moments *own = &of[rows->speaker[i]];
        double off = matrix_row(all, i)[column] - own->mean;

        if (rows->basis[i] && !isnan(off))
            own->sd += off * off;
    }
    for (size_t s = 0; s < speakers; s++) {
        if (of[s].count)
            of[s].sd = sqrt(of[s].sd / (double)of[s].count);
        if (of[s].sd <= 1e-12 * fabs(of[s].mean))
            of[s].sd = 0;
    }
}

/* Step 1 on one column. */
static void normalize_column(struct matrix *all, const struct fold_rows *rows,
                             size_t column, const bool *in_train,
                             struct moments *of, size_t speakers)
{
    struct moments train = column_moments(all, column, in_train);

    if (train.sd <= 0)
        train.sd = 1;
    speaker_moments(all, rows, column, of, speakers);
    for (size_t i = 0; i < rows->count; i++) {
        double *cell = &matrix_row(all, i)[column];
        const struct moments *own = &of[rows->speaker[i]];

        if (own->count == 0)
            *cell = (*cell - train.mean) / train.sd;
        else
            *cell = (*cell - own->mean) / (own->sd > 0 ? own->sd : train.sd);
    }
}

static size_t count_bare(const struct fold_rows *rows, size_t speakers)
{
    enum { HERE = 1, BASED = 2 };
    unsigned char *seen = xcalloc(speakers, sizeof(*seen));
    size_t bare = 0;

    for (size_t i = 0; i < rows->count; i++)
        seen[rows->speaker[i]] |= rows->basis[i] ? HERE | BASED : HERE;
    for (size_t s = 0; s < speakers; s++)
        bare += seen[s] == HERE;
    free(seen);
    return bare;
}

static size_t normalize_speakers(const struct normalize_items *items,
                                 struct matrix *all,
                                 const struct fold_rows *rows)
{
    bool *in_train = xcalloc(rows->count + 1, sizeof(*in_train));
    struct moments *of = xcalloc(items->speakers, sizeof(*of));

    for (size_t i = 0; i < rows->train; i++)
        in_train[i] = true;
    for (size_t k = 0; k < all->columns; k++)
        normalize_column(all, rows, k, in_train, of, items->speakers);
    free(in_train);
    free(of);
    return count_bare(rows, items->speakers);
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
    for (size_t k = 0; k < out->train.columns; k++) {
        struct moments moments = column_moments(&out->train, k, NULL);

        out->empty_columns += moments.count == 0;
        out->constant_columns += moments.count > 0 && moments.sd <= 0;
    }
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
        out->bare_speakers = normalize_speakers(items, &all, &rows);
        free(rows.speaker);
        free(rows.basis);
    }
    copy_rows(&out->train, &all, 0, train_count);
    copy_rows(&out->test, &all, train_count, test_count);
    matrix_release(&all);
    count_columns(out);
    scaler_fit(&scaler, settings, &out->train);
    out->filled_train = scaler_apply(&scaler, &out->train);
    out->filled_test = scaler_apply(&scaler, &out->test);
    out->cells_train = train_count * columns;
    out->cells_test = test_count * columns;
    scaler_release(&scaler);
}

void normalized_release(struct normalized *normalized)
{
    matrix_release(&normalized->train);
    matrix_release(&normalized->test);
}
