/*
 * predictions - reading and checking; predictions_sheet.c writes.
 */
#include <config.h>

#include "eval/score/predictions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/codes.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/vec.h"

static const char *const task_names[] = {
    [PREDICTIONS_CLASSIFY] = "classify",
    [PREDICTIONS_REGRESS] = "regress",
};

const char *predictions_task_name(enum predictions_task task)
{
    return task_names[task];
}

/* The cells of a column, borrowed; the array is the caller's. */
static const char **cells_of(const struct columns *table, size_t column)
{
    size_t rows = columns_rows(table);
    const char **cell = xcalloc(rows + 1, sizeof(*cell));

    for (size_t row = 0; row < rows; row++)
        cell[row] = columns_text(table, row, column);
    return cell;
}

/* False with the first row whose cell is missing. */
static bool check_filled(const struct columns *table, size_t column,
                         const char *mend, struct error *err)
{
    for (size_t row = 0; row < columns_rows(table); row++)
        if (columns_missing(table, row, column))
            return columns_fail(table, row, column, err, "%s", mend);
    return true;
}

/* Codes of a column in which every cell is filled. */
static size_t *codes_of(const struct columns *table, size_t column,
                        struct text_list *names)
{
    const char **cell = cells_of(table, column);
    size_t *code = xcalloc(columns_rows(table) + 1, sizeof(*code));

    codes_make(cell, columns_rows(table), names, code);
    free(cell);
    return code;
}

static bool choose_rows(struct predictions *p, const char *name,
                        const struct predictions_options *options,
                        struct error *err)
{
    size_t rows = columns_rows(p->table);

    if (options->only && !columns_keep_only(p->table, options->only, err))
        return false;
    p->rows = columns_rows(p->table);
    if (p->rows == 0)
        return error_set(err, ERROR_INPUT, "%s: no rows%s", name,
                         rows > 0 ? " are left by --only" : "");
    return true;
}

/* From the option, else the note, else from what the truth looks like. */
static bool find_task(struct predictions *p, const char *name,
                      const struct predictions_options *options,
                      struct error *err)
{
    const char *note = columns_note(p->table, "task");
    int truth = columns_find(p->table, "truth");
    int predicted = columns_find(p->table, "predicted");

    p->task = options->task;
    if (p->task != PREDICTIONS_TASK_UNKNOWN)
        return true;
    for (size_t i = 1; note && i < LENGTH_OF(task_names); i++)
        if (strcmp(note, task_names[i]) == 0)
            p->task = (enum predictions_task)i;
    if (note && p->task == PREDICTIONS_TASK_UNKNOWN)
        return error_set(err, ERROR_INPUT,
                         "%s: \"# task: %s\" is neither classify nor regress",
                         name, note);
    if (note)
        return true;
    if (columns_is_numeric(p->table, (size_t)truth) &&
        columns_is_numeric(p->table, (size_t)predicted))
        return error_set(err, ERROR_INPUT,
                         "%s: every truth is a number: say --task=classify or "
                         "--task=regress, or begin the file with a line "
                         "\"# task: ...\"",
                         name);
    p->task = PREDICTIONS_CLASSIFY;
    return true;
}

/* Distinct values of a column; 1 where there is no such column. */
static size_t count_distinct(const struct columns *table, const char *name)
{
    int column = columns_find(table, name);
    struct text_list names = { 0 };
    size_t count;

    if (column < 0)
        return 1;
    free(codes_of(table, (size_t)column, &names));
    count = names.count;
    text_list_release(&names);
    return count;
}

/* Fails where an id comes twice in one repeat. */
static bool check_once(struct predictions *p, size_t id, struct error *err)
{
    int repeat = columns_find(p->table, "repeat");
    const char **name = xcalloc(p->rows + 1, sizeof(*name));
    size_t *code = xcalloc(p->rows + 1, sizeof(*code));
    size_t *first = xcalloc(p->rows + 1, sizeof(*first)); /* row + 1 */
    struct text_list names = { 0 };
    struct arena arena = { 0 };
    bool good = true;

    for (size_t row = 0; row < p->rows; row++)
        name[row] = arena_printf(
            &arena, "%s\x1f%s", columns_text(p->table, row, id),
            repeat < 0 ? "" : columns_text(p->table, row, (size_t)repeat));
    codes_make(name, p->rows, &names, code);
    for (size_t row = 0; good && row < p->rows; row++) {
        if (first[code[row]] != 0)
            good = columns_fail(p->table, row, id, err,
                                "as in line %zu already: ids are unique%s",
                                columns_line(p->table, first[code[row]] - 1),
                                repeat < 0 ? "" : " within a repeat");
        first[code[row]] = row + 1;
    }
    text_list_release(&names);
    arena_release(&arena);
    free(first);
    free(code);
    free(name);
    return good;
}

static bool count_items(struct predictions *p, struct error *err)
{
    size_t id = (size_t)columns_find(p->table, "id");
    struct text_list ids = { 0 };

    p->item = codes_of(p->table, id, &ids);
    p->items = ids.count;
    p->repeats = count_distinct(p->table, "repeat");
    text_list_release(&ids);
    return check_once(p, id, err);
}

static bool read_weights(struct predictions *p, struct error *err)
{
    int column = columns_find(p->table, "weight");

    p->weight = xcalloc(p->rows + 1, sizeof(*p->weight));
    for (size_t row = 0; row < p->rows; row++) {
        p->weight[row] = 1;
        if (column < 0)
            continue;
        if (!columns_number(p->table, row, (size_t)column, &p->weight[row],
                            err))
            return false;
        if (!(p->weight[row] >= 0)) /* also when missing */
            return columns_fail(p->table, row, (size_t)column, err,
                                "expected a weight of 0 or more");
    }
    return true;
}

/* Labels are known from truth, predictions and the names of scores. */
static bool read_labels(struct predictions *p, const char *name,
                        struct error *err)
{
    static const char prefix[] = "score:";
    size_t truth = (size_t)columns_find(p->table, "truth");
    size_t predicted = (size_t)columns_find(p->table, "predicted");
    struct {
        const char **item;
        size_t count, capacity;
    } words = { 0 };
    double value;

    for (size_t row = 0; row < p->rows; row++) {
        VEC_PUSH(&words, columns_text(p->table, row, truth));
        VEC_PUSH(&words, columns_text(p->table, row, predicted));
    }
    for (size_t c = 0; c < columns_count(p->table); c++) {
        if (!text_starts(columns_name(p->table, c), prefix))
            continue;
        VEC_PUSH(&words, columns_name(p->table, c) + strlen(prefix));
        for (size_t row = 0; row < p->rows; row++) {
            if (!columns_number(p->table, row, c, &value, err)) {
                free(words.item);
                return false;
            }
        }
    }
    codes_names(words.item, words.count, &p->labels);
    free(words.item);
    if (p->labels.count > PREDICTIONS_MOST_LABELS)
        return error_set(err, ERROR_LIMIT,
                         "%s: %zu labels, more than %d: if they are numbers, "
                         "say --task=regress",
                         name, p->labels.count, PREDICTIONS_MOST_LABELS);
    p->truth = xcalloc(p->rows + 1, sizeof(*p->truth));
    p->predicted = xcalloc(p->rows + 1, sizeof(*p->predicted));
    for (size_t row = 0; row < p->rows; row++) {
        p->truth[row] =
            (size_t)codes_find(&p->labels, columns_text(p->table, row, truth));
        p->predicted[row] = (size_t)codes_find(
            &p->labels, columns_text(p->table, row, predicted));
    }
    return true;
}

static bool read_values(struct predictions *p, struct error *err)
{
    size_t truth = (size_t)columns_find(p->table, "truth");
    size_t predicted = (size_t)columns_find(p->table, "predicted");

    p->true_value = xcalloc(p->rows + 1, sizeof(*p->true_value));
    p->predicted_value = xcalloc(p->rows + 1, sizeof(*p->predicted_value));
    for (size_t row = 0; row < p->rows; row++) {
        if (!columns_number(p->table, row, truth, &p->true_value[row], err) ||
            !columns_number(p->table, row, predicted, &p->predicted_value[row],
                            err))
            return false;
    }
    return true;
}

static bool read_clusters(struct predictions *p,
                          const struct predictions_options *options,
                          struct error *err)
{
    const char *name = options->speaker ? options->speaker : "speaker";
    int column = options->speaker ? columns_need(p->table, name, err)
                                  : columns_find(p->table, name);

    if (options->speaker && column < 0)
        return false;
    p->has_speakers = column >= 0;
    if (p->has_speakers) {
        if (!check_filled(p->table, (size_t)column,
                          "each row needs one (without such a column, rows "
                          "are taken as independent)",
                          err))
            return false;
        p->cluster = codes_of(p->table, (size_t)column, &p->speakers);
        p->clusters = p->speakers.count;
        return true;
    }
    p->cluster = xcalloc(p->rows + 1, sizeof(*p->cluster));
    for (size_t row = 0; row < p->rows; row++)
        p->cluster[row] = row;
    p->clusters = p->rows;
    return true;
}

static bool read_recordings(struct predictions *p, struct error *err)
{
    int column = columns_find(p->table, "recording");
    struct text_list names = { 0 };

    p->recordings = 1;
    /* A column that is empty throughout tells nothing. */
    for (size_t row = 0; column >= 0 && row < p->rows; row++)
        if (!columns_missing(p->table, row, (size_t)column))
            p->has_recordings = true;
    if (!p->has_recordings) {
        p->recording = xcalloc(p->rows + 1, sizeof(*p->recording));
        return true;
    }
    if (!check_filled(p->table, (size_t)column,
                      "each row needs one where others have one", err))
        return false;
    p->recording = codes_of(p->table, (size_t)column, &names);
    p->recordings = names.count;
    text_list_release(&names);
    return true;
}

static bool fill(struct predictions *p, const char *name,
                 const struct predictions_options *options, struct error *err)
{
    static const char *const needed[] = { "id", "truth", "predicted" };

    for (size_t i = 0; i < LENGTH_OF(needed); i++)
        if (columns_need(p->table, needed[i], err) < 0)
            return false;
    if (!choose_rows(p, name, options, err) ||
        !find_task(p, name, options, err))
        return false;
    for (size_t i = 0; i < LENGTH_OF(needed); i++)
        if (!check_filled(p->table, (size_t)columns_find(p->table, needed[i]),
                          "each row needs one", err))
            return false;
    if (!count_items(p, err) || !read_weights(p, err) ||
        !read_clusters(p, options, err) || !read_recordings(p, err))
        return false;
    return p->task == PREDICTIONS_CLASSIFY ? read_labels(p, name, err)
                                           : read_values(p, err);
}

struct predictions *predictions_take(struct columns *table, const char *name,
                                     const struct predictions_options *options,
                                     struct error *err)
{
    static const struct predictions_options plain = { 0 };
    struct predictions *p = xcalloc(1, sizeof(*p));

    p->table = table;
    if (!fill(p, name, options ? options : &plain, err)) {
        predictions_free(p);
        return NULL;
    }
    return p;
}

struct predictions *predictions_read(const char *path,
                                     const struct predictions_options *options,
                                     struct error *err)
{
    bool folder = path_is_folder(path);
    char *file = folder ? path_join(path, "predictions.csv") : xstrdup(path);
    struct columns *table = NULL;
    struct predictions *p = NULL;

    if (folder && !path_is_file(file))
        error_set(err, ERROR_INPUT,
                  "%s: no run (it has no predictions.csv); name the folder "
                  "that `mien-eval cv -o' made, or a table of predictions",
                  path);
    else
        table = columns_read(file, NULL, err);
    if (table)
        p = predictions_take(table, file, options, err);
    free(file);
    return p;
}

void predictions_free(struct predictions *predictions)
{
    if (!predictions)
        return;
    columns_free(predictions->table);
    free(predictions->item);
    free(predictions->weight);
    text_list_release(&predictions->labels);
    free(predictions->truth);
    free(predictions->predicted);
    free(predictions->true_value);
    free(predictions->predicted_value);
    text_list_release(&predictions->speakers);
    free(predictions->cluster);
    free(predictions->recording);
    free(predictions);
}

int predictions_label(const struct predictions *predictions, const char *label)
{
    return (int)codes_find(&predictions->labels, label);
}
