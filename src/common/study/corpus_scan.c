/* corpus_scan - from a folder to a corpus table. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/study/corpus_internal.h"

struct scan {
    const struct corpus_rules *rules;
    const char *folder;
    struct text_list paths; /* relative to the folder */
    struct corpus_rows rows;
    struct columns *source; /* owned; where rows come from a table: a row for
                             * each path */
    struct fault_list *notes;
};

/* Columns that every corpus table has in this order, when it has them. */
static const char *const first_columns[] = { "start",   "end",       "speaker",
                                             "session", "recording", "text",
                                             "language" };

static bool gather(void *context, const char *relative, struct error *err)
{
    struct scan *scan = context;

    (void)err;
    for (size_t i = 0; i < scan->rules->glob_count; i++) {
        if (corpus_glob_match(scan->rules->glob[i], relative)) {
            text_list_add(&scan->paths, relative);
            break;
        }
    }
    return true;
}

/* A row of a side table, for the template of "rows". */
struct side_row {
    const struct columns *table;
    size_t row;
    const char *missing; /* a column that is not there */
};

static const char *look_side(void *context, const char *name)
{
    struct side_row *side = context;
    int column = columns_find(side->table, name);

    if (column < 0)
        side->missing = name;
    return column < 0 ? ""
                      : columns_text(side->table, side->row, (size_t)column);
}

/* No media: the rows are those of a table. */
static bool gather_rows(struct scan *scan, const char *folder,
                        struct error *err)
{
    const struct corpus_side *rule = &scan->rules->rows;
    struct columns *table = corpus_side_load(rule, folder, err);
    struct side_row at = { .table = table };
    struct buf path = { 0 };
    bool good = table != NULL;

    for (; good && at.row < columns_rows(table); at.row++) {
        buf_clear(&path);
        corpus_template_expand(rule->match, look_side, &at, &path);
        if (at.missing)
            good = error_set(err, ERROR_INPUT,
                             "%s: has no column that rows.path asks for",
                             rule->file[0]);
        text_list_add(&scan->paths, buf_text(&path));
    }
    if (good && scan->rules->glob_count > 0)
        fault_add_warning(scan->notes, folder,
                          "holds no media of this dataset: the rows come "
                          "from %s and have no file",
                          rule->file[0]);
    buf_release(&path);
    scan->source = table;
    return good;
}

static bool makes(const struct scan *scan, const char *name)
{
    const struct corpus_rules *rules = scan->rules;

    for (size_t i = 0; i < rules->pattern.group_count; i++) {
        if (text_equal(rules->pattern.group[i], name))
            return true;
    }
    for (size_t i = 0; i < rules->columns.count; i++) {
        if (text_equal(rules->columns.item[i].name, name))
            return true;
    }
    for (size_t i = 0; scan->source && i < rules->rows.columns.count; i++) {
        if (text_equal(rules->rows.columns.item[i].name, name))
            return true;
    }
    for (size_t i = 0; i < rules->side_count; i++) {
        if (!corpus_side_is_there(&rules->side[i], scan->folder))
            continue;
        for (size_t j = 0; j < rules->side[i].columns.count; j++) {
            if (text_equal(rules->side[i].columns.item[j].name, name))
                return true;
        }
    }
    return false;
}

static void add_column(struct columns *table, const char *name)
{
    if (columns_find(table, name) < 0)
        columns_add(table, name);
}

static void add_columns(struct scan *scan)
{
    const struct corpus_rules *rules = scan->rules;

    add_column(scan->rows.table, "id");
    add_column(scan->rows.table, "file");
    for (size_t i = 0; i < LENGTH_OF(first_columns); i++) {
        if (makes(scan, first_columns[i]))
            add_column(scan->rows.table, first_columns[i]);
    }
    for (size_t i = 0; i < rules->pattern.group_count; i++) {
        if (rules->pattern.group[i])
            add_column(scan->rows.table, rules->pattern.group[i]);
    }
    for (size_t i = 0; scan->source && i < rules->rows.columns.count; i++)
        add_column(scan->rows.table, rules->rows.columns.item[i].name);
    for (size_t i = 0; i < rules->columns.count; i++)
        add_column(scan->rows.table, rules->columns.item[i].name);
    for (size_t i = 0; i < rules->side_count; i++) {
        if (!corpus_side_is_there(&rules->side[i], scan->folder))
            continue;
        for (size_t j = 0; j < rules->side[i].columns.count; j++)
            add_column(scan->rows.table, rules->side[i].columns.item[j].name);
    }
}

static void fill_columns(struct scan *scan, struct corpus_gap *gaps)
{
    const struct corpus_columns *columns = &scan->rules->columns;
    struct buf text = { 0 };

    for (size_t i = 0; i < columns->count; i++) {
        const struct corpus_column *column = &columns->item[i];

        buf_clear(&text);
        if (column->template_text)
            corpus_template_expand(column->template_text, corpus_rows_look,
                                   &scan->rows, &text);
        else
            buf_add_text(&text, corpus_rows_look(&scan->rows, column->from));
        corpus_rows_set(&scan->rows, column->name,
                        corpus_translate(column, buf_text(&text), &gaps[i]));
    }
    buf_release(&text);
}

/* What the maps of one pass met that they have nothing for. */
struct gaps {
    struct corpus_gap *own, *rows; /* owned */
};

/* One row, when the pattern fits the path: 1, 0 when not, -1 on failure. */
static int add_row(struct scan *scan, size_t at, bool is_medium,
                   struct gaps *gaps, struct error *err)
{
    const char *path = scan->paths.item[at];
    const struct corpus_pattern *pattern = &scan->rules->pattern;
    char *value[CORPUS_GROUPS_MAX] = { 0 };
    char *stem = path_without_extension(path);
    bool fits =
        !pattern->compiled || corpus_pattern_match(pattern, stem, value);
    bool good = true;

    if (fits) {
        struct buf id = { 0 };

        scan->rows.row = columns_add_row(scan->rows.table);
        text_list_add(&scan->rows.stem, stem);
        if (is_medium)
            corpus_rows_set(&scan->rows, "file", path);
        for (size_t i = 0; i < pattern->group_count; i++) {
            if (pattern->group[i])
                corpus_rows_set(&scan->rows, pattern->group[i],
                                value[i] ? value[i] : "");
            free(value[i]);
        }
        good =
            !scan->source || corpus_fill_row(&scan->rules->rows, scan->source,
                                             at, &scan->rows, gaps->rows, err);
        fill_columns(scan, gaps->own);
        corpus_template_expand(scan->rules->id, corpus_rows_look, &scan->rows,
                               &id);
        corpus_rows_set(&scan->rows, "id", buf_text(&id));
        buf_release(&id);
    }
    free(stem);
    return good ? fits : -1;
}

static bool add_rows(struct scan *scan, const char *folder, bool media,
                     struct error *err)
{
    struct gaps gaps = {
        xcalloc(scan->rules->columns.count + 1, sizeof(*gaps.own)),
        xcalloc(scan->rules->rows.columns.count + 1, sizeof(*gaps.rows)),
    };
    const char *misfit = NULL;
    size_t misfits = 0;
    int added = 0;

    for (size_t i = 0; added >= 0 && i < scan->paths.count; i++) {
        added = add_row(scan, i, media, &gaps, err);
        if (added == 0 && misfits++ == 0)
            misfit = scan->paths.item[i];
    }
    corpus_note_gaps(&scan->rules->columns, gaps.own, scan->notes);
    corpus_note_gaps(&scan->rules->rows.columns, gaps.rows, scan->notes);
    if (added < 0)
        return false;
    if (columns_rows(scan->rows.table) == 0)
        return error_set(err, ERROR_INPUT,
                         "%s: %zu files, such as %s, but none has a name as "
                         "this dataset has them",
                         folder, misfits, misfit);
    if (misfits > 0)
        fault_add_warning(scan->notes, misfit,
                          "is left out (and %zu more): its name is not one "
                          "of this dataset",
                          misfits - 1);
    return true;
}

struct id_row {
    const char *id;
    size_t row;
};

static int by_id(const void *a, const void *b)
{
    const struct id_row *x = a, *y = b;
    int order = strcmp(x->id, y->id);

    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static bool check_ids(const struct scan *scan, const char *folder,
                      struct error *err)
{
    size_t count = columns_rows(scan->rows.table);
    struct id_row *ids = xcalloc(count, sizeof(*ids));
    bool good = true;

    for (size_t row = 0; row < count; row++)
        ids[row] =
            (struct id_row){ columns_text(scan->rows.table, row, 0), row };
    qsort(ids, count, sizeof(*ids), by_id);
    for (size_t i = 0; good && i < count; i++) {
        if (!ids[i].id[0])
            good =
                error_set(err, ERROR_INPUT, "%s: %s: the id is empty", folder,
                          columns_text(scan->rows.table, ids[i].row, 1));
        else if (i > 0 && text_equal(ids[i].id, ids[i - 1].id))
            good = error_set(
                err, ERROR_INPUT,
                "%s: %s and %s have the same id \"%s\"; name the "
                "folder of one copy only",
                folder, columns_text(scan->rows.table, ids[i - 1].row, 1),
                columns_text(scan->rows.table, ids[i].row, 1), ids[i].id);
    }
    free(ids);
    return good;
}

bool corpus_has_media(const struct corpus *corpus)
{
    return corpus->rules->glob_count > 0;
}

/* No medium and no row: what was looked for? */
static bool found_nothing(const struct corpus *corpus, const char *folder,
                          struct error *err)
{
    const struct corpus_rules *rules = corpus->rules;

    error_set(err, ERROR_INPUT,
              "%s: holds no medium of the dataset %s (looked for", folder,
              corpus->name);
    for (size_t i = 0; i < rules->glob_count; i++)
        error_append(err, "%s %s", i > 0 ? "," : "", rules->glob[i]);
    return error_append(err, ")");
}

struct columns *corpus_scan(const struct corpus *corpus, const char *folder,
                            struct fault_list *notes, struct error *err)
{
    struct scan scan = { .rules = corpus->rules,
                         .folder = folder,
                         .notes = notes };
    bool media;

    if (!path_walk(folder, gather, &scan, err))
        goto failed;
    media = scan.paths.count > 0;
    if (!media && scan.rules->has_rows && !gather_rows(&scan, folder, err))
        goto failed;
    if (scan.paths.count == 0) {
        found_nothing(corpus, folder, err);
        goto failed;
    }
    scan.rows.table = columns_new();
    add_columns(&scan);
    if (!add_rows(&scan, folder, media, err) || !check_ids(&scan, folder, err))
        goto failed;
    for (size_t i = 0; i < scan.rules->side_count; i++) {
        const struct corpus_side *side = &scan.rules->side[i];

        if (side->optional && !corpus_side_is_there(side, folder))
            continue;
        if (!corpus_join(side, folder, &scan.rows, notes, err))
            goto failed;
    }
    text_list_release(&scan.paths);
    text_list_release(&scan.rows.stem);
    columns_free(scan.source);
    return scan.rows.table;

failed:
    text_list_release(&scan.paths);
    text_list_release(&scan.rows.stem);
    columns_free(scan.source);
    columns_free(scan.rows.table);
    return NULL;
}
