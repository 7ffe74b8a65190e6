/*
 * group - the product of the columns' values.
 */
#include <config.h>

#include "eval/fair/group.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/codes.h"
#include "common/base/mem.h"
#include "common/base/vec.h"

static const char missing[] = "(missing)";

/* One column of a grouping. */
struct side {
    struct text_list values; /* in byte order; "" (missing) moved to the end */
    size_t *code;            /* owned; of each row */
};

static void side_release(struct side *side)
{
    text_list_release(&side->values);
    free(side->code);
}

static void side_fill(struct side *side, const struct predictions *p,
                      size_t column)
{
    const char **cell = xcalloc(p->rows + 1, sizeof(*cell));

    for (size_t row = 0; row < p->rows; row++)
        cell[row] = columns_text(p->table, row, column);
    side->code = xcalloc(p->rows + 1, sizeof(*side->code));
    codes_make(cell, p->rows, &side->values, side->code);
    free(cell);
    if (side->values.count == 0 || side->values.item[0][0] != '\0')
        return;
    /* "" sorts first: turn the list so that it comes last. */
    for (size_t i = 1; i < side->values.count; i++) {
        char *kept = side->values.item[i - 1];

        side->values.item[i - 1] = side->values.item[i];
        side->values.item[i] = kept;
    }
    for (size_t row = 0; row < p->rows; row++)
        side->code[row] =
            side->code[row] == 0 ? side->values.count - 1 : side->code[row] - 1;
}

/* The name of combination `cell`; *lacks: a part of it is missing. */
static char *cell_name(const struct side *side, size_t sides, size_t cell,
                       bool *lacks)
{
    const char *part[GROUP_MOST_COLUMNS];
    struct buf name = { 0 };

    *lacks = false;
    for (size_t s = sides; s-- > 0;) { /* the last column turns fastest */
        part[s] = side[s].values.item[cell % side[s].values.count];
        cell /= side[s].values.count;
        *lacks |= part[s][0] == '\0';
    }
    for (size_t s = 0; s < sides; s++) {
        if (s > 0)
            buf_add_char(&name, '*');
        buf_add_text(&name, part[s][0] ? part[s] : missing);
    }
    return buf_steal(&name);
}

static void fill_groups(const struct predictions *p, const struct side *side,
                        size_t sides, size_t cells, struct grouping *out)
{
    struct group *all = xcalloc(cells + 1, sizeof(*all));

    for (size_t row = 0; row < p->rows; row++) {
        size_t cell = 0;

        for (size_t s = 0; s < sides; s++)
            cell = cell * side[s].values.count + side[s].code[row];
        if (!all[cell].row)
            all[cell].row = xcalloc(p->rows + 1, sizeof(*all[cell].row));
        all[cell].row[all[cell].count++] = row;
    }
    for (size_t cell = 0; cell < cells; cell++) {
        bool lacks;

        all[cell].name = cell_name(side, sides, cell, &lacks);
        if (all[cell].count == 0 && lacks) {
            free(all[cell].name);
            continue;
        }
        all[cell].row = xreallocarray(all[cell].row, all[cell].count + 1,
                                      sizeof(*all[cell].row));
        VEC_PUSH(out, all[cell]);
    }
    free(all);
}

bool grouping_make(const struct predictions *predictions, const char *by,
                   struct grouping *out, struct error *err)
{
    struct side side[GROUP_MOST_COLUMNS] = { 0 };
    struct text_list names = { 0 };
    size_t cells = 1;
    bool good = false;

    *out = (struct grouping){ .by = xstrdup(by) };
    text_list_split(&names, by, '*');
    if (names.count == 0 || names.count > GROUP_MOST_COLUMNS) {
        error_set(err, ERROR_USAGE,
                  "\"%s\": expected 1 to %d columns with * between", by,
                  GROUP_MOST_COLUMNS);
        goto failed;
    }
    for (size_t s = 0; s < names.count; s++) {
        int column = columns_need(predictions->table, names.item[s], err);

        if (column < 0)
            goto failed;
        side_fill(&side[s], predictions, (size_t)column);
        cells *= side[s].values.count;
        if (cells > GROUP_MOST_CELLS) {
            error_set(err, ERROR_LIMIT,
                      "\"%s\" makes more than %d groups: too many to compare",
                      by, GROUP_MOST_CELLS);
            goto failed;
        }
    }
    fill_groups(predictions, side, names.count, cells, out);
    good = true;
failed:
    for (size_t s = 0; s < GROUP_MOST_COLUMNS; s++)
        side_release(&side[s]);
    text_list_release(&names);
    if (!good)
        grouping_release(out);
    return good;
}

void grouping_release(struct grouping *grouping)
{
    for (size_t i = 0; i < grouping->count; i++) {
        free(grouping->item[i].name);
        free(grouping->item[i].row);
    }
    free(grouping->item);
    free(grouping->by);
    *grouping = (struct grouping){ 0 };
}

static unsigned bits(unsigned set)
{
    unsigned n = 0;

    for (; set != 0; set >>= 1)
        n += set & 1;
    return n;
}

static void add_set(const struct text_list *columns, unsigned set,
                    struct text_list *out)
{
    struct buf name = { 0 };

    for (size_t i = 0; i < columns->count; i++) {
        if (!(set & 1u << i))
            continue;
        if (name.length > 0)
            buf_add_char(&name, '*');
        buf_add_text(&name, columns->item[i]);
    }
    if (!text_list_has(out, buf_text(&name)))
        text_list_add(out, buf_text(&name));
    buf_release(&name);
}

bool group_expand(const struct text_list *by, struct text_list *out,
                  struct error *err)
{
    struct text_list columns = { 0 };
    bool good = true;

    for (size_t i = 0; by && i < by->count; i++)
        if (!strchr(by->item[i], '*') && !text_list_has(&columns, by->item[i]))
            text_list_add(&columns, by->item[i]);
    if (columns.count > GROUP_MOST_COLUMNS)
        good = error_set(err, ERROR_USAGE,
                         "--by: %zu columns; at most %d are crossed at once",
                         columns.count, GROUP_MOST_COLUMNS);
    /* The single columns in their order, then pairs, then more. */
    for (unsigned size = 1; good && size <= columns.count; size++)
        for (unsigned set = 1; set < 1u << columns.count; set++)
            if (bits(set) == size)
                add_set(&columns, set, out);
    for (size_t i = 0; good && by && i < by->count; i++)
        if (strchr(by->item[i], '*') && !text_list_has(out, by->item[i]))
            text_list_add(out, by->item[i]);
    text_list_release(&columns);
    return good;
}
