/*
 * pairing - rows by "id, repeat", then what both must agree on.
 */
#include <config.h>

#include "eval/score/pairing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/codes.h"
#include "common/base/mem.h"

/* Two tables on the way to pairs. */
struct two {
    struct predictions *side[2];
    const char *const *name;
    struct arena arena;
};

static const char *id_of(const struct predictions *p, size_t row)
{
    return columns_text(p->table, row, (size_t)columns_find(p->table, "id"));
}

/* "id US repeat"; a table without repeats has one, the first. */
static const char *key_of(struct two *two, size_t side, size_t row)
{
    const struct predictions *p = two->side[side];
    int repeat = columns_find(p->table, "repeat");

    return arena_printf(
        &two->arena, "%s\x1f%s", id_of(p, row),
        repeat < 0 ? "1" : columns_text(p->table, row, (size_t)repeat));
}

/* Row of the second for each row of the first, or SIZE_MAX. */
static void match(struct two *two, struct pairing *pairing)
{
    size_t rows[2] = { two->side[0]->rows, two->side[1]->rows };
    const char **key = xcalloc(rows[1] + 1, sizeof(*key));
    size_t *code = xcalloc(rows[1] + 1, sizeof(*code));
    size_t *row_of = xcalloc(rows[1] + 1, sizeof(*row_of));
    bool *found = xcalloc(rows[1] + 1, sizeof(*found));
    struct text_list names = { 0 };

    for (size_t row = 0; row < rows[1]; row++)
        key[row] = key_of(two, 1, row);
    codes_make(key, rows[1], &names, code);
    for (size_t row = 0; row < rows[1]; row++)
        row_of[code[row]] = row;
    pairing->first = xcalloc(rows[0] + 1, sizeof(*pairing->first));
    pairing->second = xcalloc(rows[0] + 1, sizeof(*pairing->second));
    for (size_t row = 0; row < rows[0]; row++) {
        long at = codes_find(&names, key_of(two, 0, row));

        if (at < 0) {
            pairing->only_first++;
            pairing->first_id = id_of(two->side[0], row);
            continue;
        }
        found[row_of[at]] = true;
        pairing->first[pairing->count] = row;
        pairing->second[pairing->count++] = row_of[at];
    }
    for (size_t row = 0; row < rows[1]; row++) {
        if (!found[row]) {
            pairing->only_second++;
            pairing->second_id = id_of(two->side[1], row);
        }
    }
    text_list_release(&names);
    free(found);
    free(row_of);
    free(code);
    free(key);
}

static bool check_all_matched(const struct two *two,
                              const struct pairing *pairing, bool common,
                              struct error *err)
{
    if (pairing->count == 0)
        return error_set(err, ERROR_INPUT,
                         "%s and %s have no item in common: they cannot be "
                         "compared item by item",
                         two->name[0], two->name[1]);
    if (common || (pairing->only_first == 0 && pairing->only_second == 0))
        return true;
    return error_set(
        err, ERROR_INPUT,
        "%zu rows of %s are not in %s, %zu the other way round (such as id "
        "\"%s\"): --common compares what both have",
        pairing->only_first, two->name[0], two->name[1], pairing->only_second,
        pairing->first_id ? pairing->first_id : pairing->second_id);
}

static bool same_truth(const struct predictions *a, size_t i,
                       const struct predictions *b, size_t j)
{
    if (a->task == PREDICTIONS_REGRESS)
        return fabs(a->true_value[i] - b->true_value[j]) <=
               1e-9 * fmax(1, fabs(a->true_value[i]));
    return strcmp(a->labels.item[a->truth[i]], b->labels.item[b->truth[j]]) ==
           0;
}

static bool same_name(const struct predictions *a, size_t i,
                      const struct predictions *b, size_t j, const char *name)
{
    int x = columns_find(a->table, name), y = columns_find(b->table, name);

    return x < 0 || y < 0 ||
           strcmp(columns_text(a->table, i, (size_t)x),
                  columns_text(b->table, j, (size_t)y)) == 0;
}

/* What differs in a pair, or NULL. */
static const char *difference(const struct two *two, size_t i, size_t j)
{
    const struct predictions *a = two->side[0], *b = two->side[1];

    if (!same_truth(a, i, b, j))
        return "truth";
    if (a->weight[i] != b->weight[j])
        return "weight";
    if (a->has_speakers && b->has_speakers &&
        strcmp(a->speakers.item[a->cluster[i]],
               b->speakers.item[b->cluster[j]]) != 0)
        return "speaker";
    if (a->has_recordings && b->has_recordings &&
        !same_name(a, i, b, j, "recording"))
        return "recording";
    return NULL;
}

static bool check_same(const struct two *two, const struct pairing *pairing,
                       struct error *err)
{
    for (size_t k = 0; k < pairing->count; k++) {
        const char *what =
            difference(two, pairing->first[k], pairing->second[k]);

        if (what)
            return error_set(err, ERROR_INPUT,
                             "id \"%s\": %s and %s do not have the same %s: "
                             "they are not about the same data",
                             id_of(two->side[0], pairing->first[k]),
                             two->name[0], two->name[1], what);
    }
    return true;
}

/* One list of labels for both, so that their confusions can be mixed. */
static void share_labels(struct two *two)
{
    size_t n[2] = { two->side[0]->labels.count, two->side[1]->labels.count };
    const char **name = xcalloc(n[0] + n[1] + 1, sizeof(*name));

    for (size_t side = 0; side < 2; side++)
        for (size_t k = 0; k < n[side]; k++)
            name[side * n[0] + k] =
                arena_strdup(&two->arena, two->side[side]->labels.item[k]);
    for (size_t side = 0; side < 2; side++) {
        struct predictions *p = two->side[side];
        struct text_list all = { 0 };

        codes_names(name, n[0] + n[1], &all);
        for (size_t row = 0; n[side] > 0 && row < p->rows; row++) {
            p->truth[row] =
                (size_t)codes_find(&all, p->labels.item[p->truth[row]]);
            p->predicted[row] =
                (size_t)codes_find(&all, p->labels.item[p->predicted[row]]);
        }
        text_list_release(&p->labels);
        p->labels = all;
    }
    free(name);
}

/* Clusters are numbered as in the table that knows who speaks. */
static void share_clusters(struct two *two, const struct pairing *pairing)
{
    bool second_knows =
        two->side[1]->has_speakers && !two->side[0]->has_speakers;
    struct predictions *from = two->side[second_knows ? 1 : 0];
    struct predictions *to = two->side[second_knows ? 0 : 1];

    to->clusters = from->clusters;
    to->has_speakers = from->has_speakers;
    for (size_t k = 0; k < pairing->count; k++) {
        size_t i = pairing->first[k], j = pairing->second[k];

        if (second_knows)
            to->cluster[i] = from->cluster[j];
        else
            to->cluster[j] = from->cluster[i];
    }
}

/* So are recordings: their own CCCs are averaged in both. */
static void share_recordings(struct two *two, const struct pairing *pairing)
{
    bool both = two->side[0]->has_recordings && two->side[1]->has_recordings;

    for (size_t side = 0; side < 2; side++)
        two->side[side]->has_recordings = both;
    two->side[1]->recordings = two->side[0]->recordings;
    for (size_t k = 0; k < pairing->count; k++)
        two->side[1]->recording[pairing->second[k]] =
            two->side[0]->recording[pairing->first[k]];
}

bool pairing_make(struct predictions *first, struct predictions *second,
                  const char *const name[2], bool common,
                  struct pairing *pairing, struct error *err)
{
    struct two two = { .side = { first, second }, .name = name };
    bool good;

    *pairing = (struct pairing){ 0 };
    if (first->task != second->task)
        return error_set(err, ERROR_INPUT,
                         "%s is about a task to %s, %s about one to %s",
                         name[0], predictions_task_name(first->task), name[1],
                         predictions_task_name(second->task));
    match(&two, pairing);
    good = check_all_matched(&two, pairing, common, err) &&
           check_same(&two, pairing, err);
    if (good) {
        share_labels(&two);
        share_clusters(&two, pairing);
        share_recordings(&two, pairing);
    }
    arena_release(&two.arena);
    return good;
}

void pairing_release(struct pairing *pairing)
{
    free(pairing->first);
    free(pairing->second);
    *pairing = (struct pairing){ 0 };
}
