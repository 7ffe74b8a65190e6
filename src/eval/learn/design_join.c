/*
 * design_join - feature tables beside the corpus table, row by row.
 */
#include <config.h>

#include "eval/learn/design_internal.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/codes.h"
#include "common/base/mem.h"
#include "eval/feat/feature_table.h"

enum { MAX_CELLS = 500000000 }; /* 4 GB */

static bool add_modality(struct design *design, const char *argument,
                         struct error *err)
{
    struct design_modality *modality = &design->modality[design->modalities];

    design_split_name(argument, &modality->name, &modality->path);
    design->modalities++;
    if (!modality->name[0] || !modality->path[0])
        return error_set(err, ERROR_USAGE,
                         "--features: \"%s\" must be FILE or NAME=FILE",
                         argument);
    for (size_t i = 0; i + 1 < design->modalities; i++)
        if (strcmp(design->modality[i].name, modality->name) == 0)
            return error_set(err, ERROR_USAGE,
                             "--features: two tables are called \"%s\"; name "
                             "them, as in NAME=%s",
                             modality->name, modality->path);
    return true;
}

/* The rows whose id no row of the corpus has, --only or not. */
static size_t count_foreign(const struct design *design,
                            const struct feature_table *table)
{
    size_t rows = columns_rows(design->corpus);
    size_t known = 0;

    for (size_t i = 0; i < rows; i++)
        known += feature_table_row(
                     table, columns_text(design->corpus, i, design->id)) >= 0;
    return table->rows - known;
}

static void note_columns(struct design *design,
                         const struct feature_table *table,
                         const struct design_modality *modality, bool prefixed)
{
    for (size_t k = 0; k < table->columns; k++) {
        char *name = prefixed
                         ? xasprintf("%s:%s", modality->name, table->name[k])
                         : xstrdup(table->name[k]);

        text_list_add(&design->names, name);
        free(name);
    }
}

/* Copies one table's cells to the rows that are wanted. */
static void place_cells(const struct design *design,
                        const struct feature_table *table,
                        struct design_modality *modality, bool *wanted,
                        struct matrix *cells)
{
    for (size_t i = 0; i < cells->rows; i++) {
        long row;

        if (!wanted[i])
            continue;
        row = feature_table_row(table,
                                columns_text(design->corpus, i, design->id));
        if (row < 0 || feature_table_absent(table, (size_t)row)) {
            wanted[i] = false;
            modality->absent++;
            continue;
        }
        memcpy(matrix_row(cells, i) + modality->first,
               table->value + (size_t)row * table->columns,
               table->columns * sizeof(*cells->cell));
    }
}

/*
 * An item is absent from a modality whether or not an earlier one lacks it:
 * each table sees the same wish.
 */
static void place_all(struct design *design, struct feature_table **table,
                      bool *wanted, struct matrix *cells)
{
    bool *stays = xcalloc(cells->rows + 1, sizeof(*stays));
    bool *wish = xcalloc(cells->rows + 1, sizeof(*wish));

    memcpy(stays, wanted, cells->rows * sizeof(*stays));
    for (size_t m = 0; m < design->modalities; m++) {
        memcpy(wish, wanted, cells->rows * sizeof(*wish));
        place_cells(design, table[m], &design->modality[m], wish, cells);
        for (size_t i = 0; i < cells->rows; i++)
            stays[i] = stays[i] && wish[i];
    }
    memcpy(wanted, stays, cells->rows * sizeof(*stays));
    free(stays);
    free(wish);
}

bool design_join(struct design *design, const struct text_list *features,
                 size_t text_columns, bool *wanted, struct matrix *cells,
                 struct error *err)
{
    size_t rows = columns_rows(design->corpus);
    struct feature_table **table = xcalloc(features->count + 1, sizeof(*table));
    size_t columns = 0;
    bool done = false;

    design->modality = xcalloc(features->count + 1, sizeof(*design->modality));
    for (size_t m = 0; m < features->count; m++) {
        struct design_modality *modality = &design->modality[m];

        if (!add_modality(design, features->item[m], err))
            goto failed;
        table[m] = feature_table_read(modality->path, err);
        if (!table[m])
            goto failed;
        modality->first = columns;
        modality->columns = table[m]->columns;
        modality->rows = table[m]->rows;
        modality->foreign = count_foreign(design, table[m]);
        note_columns(design, table[m], modality, features->count > 1);
        columns += table[m]->columns;
        if (columns == 0 || rows > MAX_CELLS / columns) {
            error_set(err, ERROR_LIMIT,
                      "%s: %zu items of %zu features are more than can be "
                      "held in memory",
                      modality->path, rows, columns);
            goto failed;
        }
    }
    if (text_columns > 0 && rows > MAX_CELLS / (columns + text_columns)) {
        error_set(err, ERROR_LIMIT,
                  "%zu items of %zu features and %zu terms are more than can "
                  "be held in memory: --text-terms asks for fewer",
                  rows, columns, text_columns);
        goto failed;
    }
    matrix_init(cells, rows, columns);
    place_all(design, table, wanted, cells);
    done = true;

failed:
    for (size_t m = 0; m < features->count; m++)
        feature_table_free(table[m]);
    free(table);
    return done;
}

/* With a column `enrol`, only the items that it names can be enrolled. */
static bool may_enrol(const struct design *design, int named, size_t item)
{
    const char *cell;

    if (named < 0)
        return true;
    cell = columns_text(design->corpus, design->row[item], (size_t)named);
    return cell[0] && strcmp(cell, "0") != 0 && strcmp(cell, "no") != 0;
}

static bool find_neutral(const struct design *design, const char *neutral,
                         size_t *label, struct error *err)
{
    long found = design->class_of ? codes_find(&design->classes, neutral) : -1;

    *label = (size_t)found;
    if (found >= 0)
        return true;
    return error_set(err, ERROR_INPUT,
                     "no item has \"%s\" as its target: neutral-enrol needs "
                     "such items; --neutral names the label",
                     neutral);
}

bool design_enrol(struct design *design, const struct design_settings *settings,
                  struct error *err)
{
    int named = columns_find(design->corpus, "enrol");
    bool neutral = settings->normalize.mode == NORMALIZE_NEUTRAL_ENROL;
    size_t label = SIZE_MAX;
    const size_t *owner = design_owner(design);
    size_t *taken;

    design->enrolled = xcalloc(design->count, sizeof(*design->enrolled));
    if (!normalize_enrols(&settings->normalize))
        return true;
    if (neutral && !find_neutral(design, settings->neutral, &label, err))
        return false;
    taken = xcalloc(design_owners(design), sizeof(*taken));
    for (size_t i = 0; i < design->count; i++) {
        if (taken[owner[i]] >= settings->normalize.enrol ||
            (neutral && design->class_of[i] != label) ||
            !may_enrol(design, named, i))
            continue;
        design->enrolled[i] = true;
        design->enrolled_count++;
        taken[owner[i]]++;
    }
    free(taken);
    if (design->enrolled_count < design->count)
        return true;
    return error_set(err, ERROR_INPUT,
                     "every item would be spent on enrolment; ask for fewer "
                     "than %zu a speaker",
                     settings->normalize.enrol);
}
