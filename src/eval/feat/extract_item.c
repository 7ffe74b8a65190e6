/*
 * extract_item - the items of a corpus table, as extraction reads them.
 */
#include <config.h>

#include "eval/feat/extract_item.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/text.h"

/* The columns of the corpus table that are read; negative: not there. */
struct places {
    int id, cell, start, end;
};

/* Seconds in an optional column; `missing` where there are none. */
static bool read_time(const struct columns *corpus, size_t row, int column,
                      int64_t missing, int64_t *us, struct error *err)
{
    *us = missing;
    if (column < 0 || columns_missing(corpus, row, (size_t)column))
        return true;
    if (!number_parse_seconds(columns_text(corpus, row, (size_t)column), us))
        return columns_fail(corpus, row, (size_t)column, err,
                            "expected seconds such as 12.345");
    return true;
}

static bool read_item(const struct columns *corpus, size_t row,
                      const struct places *at, struct extract_item *item,
                      struct error *err)
{
    item->id = columns_text(corpus, row, (size_t)at->id);
    item->cell = columns_text(corpus, row, (size_t)at->cell);
    if (columns_missing(corpus, row, (size_t)at->id))
        return columns_fail(corpus, row, (size_t)at->id, err,
                            "every item needs an id");
    if (!read_time(corpus, row, at->start, 0, &item->start_us, err) ||
        !read_time(corpus, row, at->end, -1, &item->end_us, err))
        return false;
    if (item->end_us >= 0 && item->end_us <= item->start_us)
        return columns_fail(
            corpus, row, (size_t)at->end, err, "expected a time after \"%s\"",
            at->start < 0 ? "0" : columns_name(corpus, (size_t)at->start));
    if (columns_missing(corpus, row, (size_t)at->cell))
        item->state = ITEM_FILELESS;
    return true;
}

struct numbered {
    const char *id;
    size_t row;
};

static int by_id(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    int order = strcmp(x->id, y->id);

    return order ? order : x->row < y->row ? -1 : x->row > y->row;
}

static bool check_unique(const struct columns *corpus,
                         const struct extract_item *item, size_t count, int id,
                         struct error *err)
{
    struct numbered *list = xcalloc(count + 1, sizeof(*list));
    bool good = true;

    for (size_t i = 0; i < count; i++)
        list[i] = (struct numbered){ item[i].id, i };
    qsort(list, count, sizeof(*list), by_id);
    for (size_t i = 1; good && i < count; i++)
        if (strcmp(list[i].id, list[i - 1].id) == 0)
            good = columns_fail(corpus, list[i].row, (size_t)id, err,
                                "the same as in line %zu; ids must differ",
                                columns_line(corpus, list[i - 1].row));
    free(list);
    return good;
}

/* "start" of a medium, "face_start" of the column "face". */
static int find_time(const struct columns *corpus, const char *column,
                     const char *word)
{
    char *name = text_equal(column, "file") ? xstrdup(word)
                                            : xasprintf("%s_%s", column, word);
    int at = columns_find(corpus, name);

    free(name);
    return at;
}

static bool find_places(const struct columns *corpus, const char *column,
                        bool timed, struct places *at, struct error *err)
{
    *at = (struct places){ -1, -1, -1, -1 };
    at->id = columns_need(corpus, "id", err);
    if (at->id < 0)
        return false;
    at->cell = columns_need(corpus, column, err);
    if (timed) {
        at->start = find_time(corpus, column, "start");
        at->end = find_time(corpus, column, "end");
    }
    return at->cell >= 0;
}

struct extract_item *extract_items_read(const struct columns *corpus,
                                        const char *column, bool timed,
                                        struct error *err)
{
    size_t count = columns_rows(corpus);
    struct extract_item *item;
    struct places at;

    if (!find_places(corpus, column, timed, &at, err))
        return NULL;
    item = xcalloc(count + 1, sizeof(*item));
    for (size_t i = 0; i < count; i++)
        if (!read_item(corpus, i, &at, &item[i], err))
            goto failed;
    if (check_unique(corpus, item, count, at.id, err))
        return item;
failed:
    extract_items_free(item, count);
    return NULL;
}

void extract_items_free(struct extract_item *item, size_t count)
{
    for (size_t i = 0; item && i < count; i++)
        free(item[i].text);
    free(item);
}

char *extract_item_path(const struct extract_item *item, const char *folder)
{
    if (text_equal(folder, "."))
        return xstrdup(item->cell);
    return path_join(folder, item->cell);
}
