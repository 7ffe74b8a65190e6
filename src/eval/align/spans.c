/*
 * spans - see spans.h.
 */
#include <config.h>

#include "eval/align/spans.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "eval/align/transcript.h"
#include "eval/feat/series.h"

static int find(const struct columns *table, const char *const *name)
{
    int at = -1;

    for (; at < 0 && *name; name++)
        at = columns_find(table, *name);
    return at;
}

/* SPPAS writes tier, start, end, text and no header. */
static bool is_headless(const struct columns *table)
{
    double value;

    return columns_count(table) == 4 &&
           number_parse(columns_name(table, 1), &value) &&
           number_parse(columns_name(table, 2), &value);
}

static bool find_columns(const char *path, bool headless, struct spans *spans,
                         struct error *err)
{
    static const char *const starts[] = { "start", "start_s", "StartTime",
                                          "begin", "from",    "onset",
                                          NULL };
    static const char *const ends[] = { "end", "end_s",  "EndTime",
                                        "to",  "offset", NULL };
    static const char *const texts[] = { "text",      "word",  "utterance",
                                         "Utterance", "label", NULL };
    static const char *const items[] = { "item", NULL };
    static const char *const ids[] = { "id", NULL };

    spans->id = find(spans->table, ids);
    spans->item = find(spans->table, items);
    spans->first = headless ? 1 : find(spans->table, starts);
    spans->last = headless ? 2 : find(spans->table, ends);
    spans->text = headless ? 3 : find(spans->table, texts);
    if (spans->first >= 0 && spans->last >= 0)
        return true;
    return error_set(err, ERROR_INPUT,
                     "%s: no column %s: call it so (times of stretches)", path,
                     spans->first < 0 ? "start" : "end");
}

static bool read_time(const struct spans *spans, size_t row, int column,
                      double *seconds, struct error *err)
{
    char room[64];
    const char *text = series_trim(
        columns_text(spans->table, row, (size_t)column), room, sizeof(room));

    return series_parse_time(text, 1, seconds) ||
           columns_fail(spans->table, row, (size_t)column, err,
                        "expected a time: seconds such as 12.345 or "
                        "00:16:16.059");
}

static bool read_times(struct spans *spans, struct error *err)
{
    size_t rows = columns_rows(spans->table);

    spans->start = xcalloc(rows + 1, sizeof(*spans->start));
    spans->end = xcalloc(rows + 1, sizeof(*spans->end));
    for (size_t row = 0; row < rows; row++) {
        if (!read_time(spans, row, spans->first, &spans->start[row], err) ||
            !read_time(spans, row, spans->last, &spans->end[row], err))
            return false;
        if (spans->end[row] < spans->start[row])
            return columns_fail(spans->table, row, (size_t)spans->last, err,
                                "it ends before it starts");
    }
    return true;
}

struct begin {
    double start;
    size_t row;
};

static int by_start(const void *a, const void *b)
{
    const struct begin *one = a;
    const struct begin *other = b;

    if (one->start != other->start)
        return one->start < other->start ? -1 : 1;
    return one->row < other->row ? -1 : one->row > other->row;
}

static void sort(struct spans *spans)
{
    size_t rows = columns_rows(spans->table);
    struct begin *all = xcalloc(rows + 1, sizeof(*all));

    spans->by_start = xcalloc(rows + 1, sizeof(*spans->by_start));
    for (size_t row = 0; row < rows; row++)
        all[row] = (struct begin){ spans->start[row], row };
    qsort(all, rows, sizeof(*all), by_start);
    for (size_t row = 0; row < rows; row++)
        spans->by_start[row] = all[row].row;
    free(all);
}

bool spans_read(const char *path, struct spans *spans, struct error *err)
{
    bool known, headless = false;

    *spans = (struct spans){ .id = -1, .item = -1 };
    spans->table = transcript_read(path, &known, err);
    if (!known)
        spans->table = columns_read(path, NULL, err);
    if (!known && spans->table && is_headless(spans->table)) {
        const struct csv_options plain = { .no_header = true };

        headless = true;
        columns_free(spans->table);
        spans->table = columns_read(path, &plain, err);
    }
    if (!spans->table || !find_columns(path, headless, spans, err) ||
        !read_times(spans, err)) {
        spans_release(spans);
        return false;
    }
    if (columns_rows(spans->table) == 0) {
        spans_release(spans);
        return error_set(err, ERROR_INPUT, "%s: has nothing in it", path);
    }
    sort(spans);
    return true;
}

void spans_release(struct spans *spans)
{
    columns_free(spans->table);
    free(spans->start);
    free(spans->end);
    free(spans->by_start);
    *spans = (struct spans){ .id = -1, .item = -1 };
}

bool spans_of(const struct spans *spans, size_t row, const char *item)
{
    return spans->item < 0 ||
           text_equal(columns_text(spans->table, row, (size_t)spans->item),
                      item);
}

bool spans_carries(const struct spans *spans, size_t column)
{
    return (int)column != spans->id && (int)column != spans->item &&
           (int)column != spans->first && (int)column != spans->last;
}
