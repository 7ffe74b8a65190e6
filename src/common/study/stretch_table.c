/*
 * stretch_table - see stretch_table.h.
 */
#include <config.h>

#include "common/study/stretch_table.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/intern.h"
#include "common/base/vec.h"
#include "common/file/columns.h"

enum { ITEM, RATER, TIER, START, END, LABEL, DURATION, COLUMNS };

struct mark {
    uint32_t place[3]; /* tier, item, rater */
    bool empty;        /* judged, nothing marked */
    size_t order;
    struct stretch stretch;
};

struct reading {
    const struct columns *table;
    int at[COLUMNS]; /* -1: none */
    struct intern items, raters, tiers, labels;
    struct {
        struct mark *item;
        size_t count, capacity;
    } marks;
    struct {
        double *item; /* of each item; 0: not said */
        size_t count, capacity;
    } duration;
};

static bool find(struct reading *reading, int column, const char *name,
                 const char *first, const char *second, bool needed,
                 struct error *err)
{
    int at = columns_find(reading->table, name ? name : first);

    if (at < 0 && !name && second)
        at = columns_find(reading->table, second);
    if (at < 0 && (needed || name))
        at = columns_need(reading->table, name ? name : first, err);
    reading->at[column] = at;
    return at >= 0 || !(needed || name);
}

static bool find_all(struct reading *reading,
                     const struct stretch_table_options *options,
                     struct error *err)
{
    return find(reading, ITEM, options->item, "item", "id", true, err) &&
           find(reading, RATER, options->rater, "annotator", "rater", true,
                err) &&
           find(reading, TIER, options->tier, "tier", "question", false, err) &&
           find(reading, START, NULL, "start", NULL, true, err) &&
           find(reading, END, NULL, "end", NULL, true, err) &&
           find(reading, LABEL, options->label, "label", "value", true, err) &&
           find(reading, DURATION, NULL, "duration", NULL, false, err);
}

static const char *cell(const struct reading *reading, size_t row, int column)
{
    return reading->at[column] < 0
               ? ""
               : columns_text(reading->table, row, (size_t)reading->at[column]);
}

static bool read_duration(struct reading *reading, size_t row, uint32_t item,
                          struct error *err)
{
    double duration = 0;

    while (reading->duration.count <= item)
        VEC_PUSH(&reading->duration, 0);
    if (reading->at[DURATION] < 0)
        return true;
    if (!columns_number(reading->table, row, (size_t)reading->at[DURATION],
                        &duration, err))
        return false;
    if (duration > 0)
        reading->duration.item[item] = duration;
    return true;
}

static bool read_times(const struct reading *reading, size_t row,
                       struct mark *mark, struct error *err)
{
    size_t start = (size_t)reading->at[START], end = (size_t)reading->at[END];

    if (!columns_number(reading->table, row, start, &mark->stretch.start,
                        err) ||
        !columns_number(reading->table, row, end, &mark->stretch.end, err))
        return false;
    if (columns_missing(reading->table, row, start) || mark->stretch.start < 0)
        return columns_fail(reading->table, row, start, err,
                            "expected seconds such as 12.345");
    if (columns_missing(reading->table, row, end))
        mark->stretch.end = mark->stretch.start; /* a point */
    if (mark->stretch.end < mark->stretch.start)
        return columns_fail(reading->table, row, end, err,
                            "which is before its start");
    return true;
}

static bool read_row(struct reading *reading, size_t row, struct error *err)
{
    struct mark mark = { .order = row };

    mark.place[0] =
        (uint32_t)intern_add(&reading->tiers, cell(reading, row, TIER));
    mark.place[1] =
        (uint32_t)intern_add(&reading->items, cell(reading, row, ITEM));
    mark.place[2] =
        (uint32_t)intern_add(&reading->raters, cell(reading, row, RATER));
    mark.empty = !*cell(reading, row, START) && !*cell(reading, row, END) &&
                 !*cell(reading, row, LABEL);
    if (!read_duration(reading, row, mark.place[1], err) ||
        (!mark.empty && !read_times(reading, row, &mark, err)))
        return false;
    if (!mark.empty)
        mark.stretch.label =
            (uint32_t)intern_add(&reading->labels, cell(reading, row, LABEL));
    VEC_PUSH(&reading->marks, mark);
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct mark *one = a;
    const struct mark *other = b;

    for (int p = 0; p < 3; p++)
        if (one->place[p] != other->place[p])
            return one->place[p] < other->place[p] ? -1 : 1;
    if (one->stretch.start != other->stretch.start)
        return one->stretch.start < other->stretch.start ? -1 : 1;
    return one->order < other->order ? -1 : one->order > other->order;
}

static void take_names(struct text_list *list, const struct intern *names)
{
    for (size_t i = 0; i < names->names.count; i++)
        text_list_add(list, names->names.item[i]);
}

static void take_mark(const struct mark *mark, struct stretch_table *out)
{
    size_t item = mark->place[1];
    struct stretch_row *row =
        &out->row[(mark->place[0] * out->items.count + item) *
                      out->raters.count +
                  mark->place[2]];

    row->judged = true;
    if (mark->empty)
        return;
    if (row->n == 0)
        row->item = &out->stretch[out->stretches];
    else
        out->overlaps +=
            out->stretch[out->stretches - 1].end > mark->stretch.start;
    out->stretch[out->stretches++] = mark->stretch;
    row->n++;
    if (mark->stretch.end > out->length[item])
        out->length[item] = mark->stretch.end;
}

static void build(struct reading *reading, struct stretch_table *out)
{
    size_t items = reading->items.names.count;

    take_names(&out->items, &reading->items);
    take_names(&out->raters, &reading->raters);
    take_names(&out->tiers, &reading->tiers);
    take_names(&out->labels, &reading->labels);
    out->row = xcalloc(out->tiers.count * items * out->raters.count + 1,
                       sizeof(*out->row));
    out->stretch = xcalloc(reading->marks.count + 1, sizeof(*out->stretch));
    out->length = xcalloc(items + 1, sizeof(*out->length));
    for (size_t i = 0; i < items; i++) {
        out->length[i] = reading->duration.item[i];
        out->has_duration |= out->length[i] > 0;
    }
    qsort(reading->marks.item, reading->marks.count,
          sizeof(*reading->marks.item), by_place);
    for (size_t m = 0; m < reading->marks.count; m++)
        take_mark(&reading->marks.item[m], out);
}

static bool read_attribute(const struct columns *table, int item,
                           const char *name, struct stretch_table *out,
                           struct stretch_attribute *to, struct error *err)
{
    int at = columns_need(table, name, err);
    struct intern items = { 0 }, values = { 0 };
    bool good = at >= 0;

    to->code = xcalloc(out->items.count + 1, sizeof(*to->code));
    for (size_t i = 0; i < out->items.count; i++) {
        intern_add(&items, out->items.item[i]);
        to->code[i] = UINT32_MAX;
    }
    for (size_t row = 0; good && row < columns_rows(table); row++) {
        long of = intern_find(&items, columns_text(table, row, (size_t)item));
        uint32_t code =
            (uint32_t)intern_add(&values, columns_text(table, row, (size_t)at));

        if (to->code[of] != UINT32_MAX && to->code[of] != code)
            good = columns_fail(table, row, (size_t)at, err,
                                "an earlier row says something else of the "
                                "item");
        to->code[of] = code;
    }
    take_names(&to->values, &values);
    intern_release(&items);
    intern_release(&values);
    return good;
}

static bool read_attributes(const struct reading *reading,
                            const struct text_list *keep,
                            struct stretch_table *out, struct error *err)
{
    bool good = true;

    if (!keep)
        return true;
    out->attribute = xcalloc(keep->count + 1, sizeof(*out->attribute));
    for (size_t k = 0; good && k < keep->count; k++)
        good = read_attribute(reading->table, reading->at[ITEM], keep->item[k],
                              out, &out->attribute[out->attributes++], err);
    return good;
}

bool stretch_table_of(struct columns *table, const char *name,
                      const struct stretch_table_options *options,
                      struct stretch_table *out, struct error *err)
{
    struct reading reading = { .table = table };
    bool good = false;

    *out = (struct stretch_table){ 0 };
    if (!find_all(&reading, options, err) ||
        (options->only && !columns_keep_only(table, options->only, err)))
        goto done;
    good = true;
    for (size_t row = 0; good && row < columns_rows(table); row++)
        good = read_row(&reading, row, err);
    if (good && reading.marks.count == 0)
        good = error_set(err, ERROR_INPUT, "%s: no segments", name);
    if (good)
        build(&reading, out);
    good = good && read_attributes(&reading, options->keep, out, err);
done:
    intern_release(&reading.items);
    intern_release(&reading.raters);
    intern_release(&reading.tiers);
    intern_release(&reading.labels);
    free(reading.marks.item);
    free(reading.duration.item);
    return good;
}

bool stretch_table_read(const char *path,
                        const struct stretch_table_options *options,
                        struct stretch_table *out, struct error *err)
{
    struct columns *table = columns_read(path, NULL, err);
    bool good;

    *out = (struct stretch_table){ 0 };
    good = table && stretch_table_of(table, path, options, out, err);
    columns_free(table);
    return good;
}

void stretch_table_release(struct stretch_table *table)
{
    text_list_release(&table->items);
    text_list_release(&table->raters);
    text_list_release(&table->tiers);
    text_list_release(&table->labels);
    for (size_t k = 0; k < table->attributes; k++) {
        text_list_release(&table->attribute[k].values);
        free(table->attribute[k].code);
    }
    free(table->attribute);
    free(table->row);
    free(table->stretch);
    free(table->length);
    *table = (struct stretch_table){ 0 };
}
