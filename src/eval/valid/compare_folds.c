/*
 * compare_folds - one difference a fold, for tests that are made for folds.
 *
 * They are there beside the speakers' test: the corrected resampled t takes
 * the folds' differences as normal and guesses how alike folds are.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/codes.h"
#include "common/base/mem.h"
#include "eval/valid/compare.h"

/* "repeat US fold" of a row. */
static const char *fold_of(const struct predictions *p, size_t row,
                           struct arena *arena)
{
    int repeat = columns_find(p->table, "repeat");

    return arena_printf(
        arena, "%s\x1f%s",
        repeat < 0 ? "1" : columns_text(p->table, row, (size_t)repeat),
        columns_text(p->table, row, (size_t)columns_find(p->table, "fold")));
}

/* Folds of pairs, when both runs have the same ones; else false. */
static bool find_folds(const struct predictions *const side[2],
                       const struct pairing *pairing, struct text_list *names,
                       size_t *fold)
{
    const char **name = xcalloc(2 * pairing->count + 1, sizeof(*name));
    const char **other = name + pairing->count;
    struct arena arena = { 0 };
    bool same = columns_find(side[0]->table, "fold") >= 0 &&
                columns_find(side[1]->table, "fold") >= 0;

    for (size_t k = 0; same && k < pairing->count; k++) {
        name[k] = fold_of(side[0], pairing->first[k], &arena);
        other[k] = fold_of(side[1], pairing->second[k], &arena);
        same = strcmp(name[k], other[k]) == 0;
    }
    if (same)
        codes_make(name, pairing->count, names, fold);
    arena_release(&arena);
    free(name);
    return same;
}

static struct estimate score_of(const struct predictions *p, const size_t *row,
                                size_t count, const struct metric *metric)
{
    struct tally *tally = tally_new(p, row, count);
    struct tally_sums sums;
    struct estimate value;

    tally_sums_init(&sums, tally);
    tally_sums_fill(&sums, tally);
    value = metric->compute(&sums, METRIC_NO_LABEL, NULL);
    tally_sums_release(&sums);
    tally_free(tally);
    return value;
}

/* Of one fold; false without a score. */
static bool difference_of(const struct predictions *const side[2],
                          const struct pairing *pairing, const size_t *fold,
                          size_t which, const struct metric *metric,
                          double *difference)
{
    size_t *row = xcalloc(2 * pairing->count + 1, sizeof(*row));
    size_t *other = row + pairing->count, n = 0;
    struct estimate a, b;

    for (size_t k = 0; k < pairing->count; k++) {
        if (fold[k] != which)
            continue;
        row[n] = pairing->first[k];
        other[n++] = pairing->second[k];
    }
    a = score_of(side[0], row, n, metric);
    b = score_of(side[1], other, n, metric);
    free(row);
    *difference = a.value - b.value;
    return a.defined && b.defined;
}

/*
 * In the order of the names, a repeat's two folds stand together, as
 * resampled.h wants them.
 */
static bool is_five_by_two(const struct text_list *names)
{
    size_t width[5] = { 0 };

    if (names->count != 10)
        return false;
    for (size_t i = 0; i < 10; i++)
        width[i / 2] = strcspn(names->item[i], "\x1f") + 1;
    for (size_t i = 0; i < 10; i += 2) {
        const char *own = names->item[i];

        if (strncmp(own, names->item[i + 1], width[i / 2]) != 0 ||
            (i > 0 && strncmp(own, names->item[i - 1], width[i / 2]) == 0))
            return false;
    }
    return true;
}

void compare_by_fold(const struct predictions *const side[2],
                     const struct pairing *pairing, const struct metric *metric,
                     struct compare_folds *out)
{
    size_t *fold = xcalloc(pairing->count + 1, sizeof(*fold));
    struct text_list names = { 0 };
    double *difference, per_repeat;

    *out = (struct compare_folds){ 0 };
    out->used = find_folds(side, pairing, &names, fold);
    out->folds = names.count;
    difference = xcalloc(names.count + 1, sizeof(*difference));
    for (size_t f = 0; out->used && f < names.count; f++)
        out->used =
            difference_of(side, pairing, fold, f, metric, &difference[f]);
    per_repeat = (double)names.count / (double)side[0]->repeats;
    out->used = out->used && per_repeat >= 2;
    if (out->used) {
        /* Of k folds, one is tested by what k - 1 taught. */
        out->test_by_train = 1 / (per_repeat - 1);
        out->corrected =
            resampled_corrected_t(difference, names.count, out->test_by_train);
        out->five_by_two = is_five_by_two(&names);
        if (out->five_by_two)
            out->f = resampled_5x2_f(difference);
    }
    free(difference);
    text_list_release(&names);
    free(fold);
}
