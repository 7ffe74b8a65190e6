/* export_drawn - decided marks and traces as tables of their own. */
#include <config.h>

#include "annotate/export_drawn.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/text.h"
#include "common/study/verdict.h"

enum { ITEM, TIER, START, END, LABEL, QUESTION, ANSWER, NOTE, RULE, BY };
enum { DIMENSION = 1, TIME, VALUE, OF_QUESTION, OF_RULE, OF_PERSON };

static const char *const mark_columns[] = { "item",   "tier",  "start",
                                            "end",    "label", "question",
                                            "answer", "note",  "rule",
                                            "by",     NULL };
static const char *const curve_columns[] = { "item",  "dimension", "time",
                                             "value", "question",  "rule",
                                             "by",    NULL };

const char *const *export_drawn_columns(enum export_what what)
{
    return what == EXPORT_MARKS ? mark_columns : curve_columns;
}

static const char *text_of(const struct json *root, const char *key)
{
    const char *text = json_text(json_member(root, key));

    return text ? text : "";
}

bool export_drawn_is(enum export_what what, const struct json *root)
{
    return text_equal(text_of(root, "type"),
                      what == EXPORT_MARKS ? "segments" : "trace");
}

static void put_seconds(struct columns *table, size_t row, size_t column,
                        int64_t us)
{
    char text[NUMBER_TEXT_SIZE];

    columns_set(table, row, column, number_format_seconds(us, text));
}

static size_t mark_row(struct columns *table, const struct json *root)
{
    size_t row = columns_add_row(table);

    columns_set(table, row, ITEM, text_of(root, "item"));
    columns_set(table, row, QUESTION, text_of(root, "question"));
    columns_set(table, row, RULE, text_of(root, "rule"));
    columns_set(table, row, BY, text_of(root, "by"));
    return row;
}

static void put_mark(struct columns *table, size_t row,
                     const struct segment *mark)
{
    columns_set(table, row, TIER, mark->tier);
    put_seconds(table, row, START, mark->from_us);
    if (mark->to_us > mark->from_us)
        put_seconds(table, row, END, mark->to_us);
    columns_set(table, row, LABEL, mark->label);
    columns_set(table, row, NOTE, mark->note);
    for (size_t i = 0; i < mark->values.count; i++) {
        char *name =
            xasprintf("%s.%s", mark->tier, mark->values.item[i].attribute);
        int at = columns_find(table, name);
        size_t column = at >= 0 ? (size_t)at : columns_add(table, name);

        columns_set(table, row, column, mark->values.item[i].value);
        free(name);
    }
}

static bool put_marks(const struct json *root, struct columns *table,
                      struct error *err)
{
    const char *value = text_of(root, "value");
    struct track track = { 0 };
    bool good = *value != '[' || verdict_read_track(value, &track, err);

    if (good && track.count == 0) /* nothing is to be marked */
        columns_set(table, mark_row(table, root), ANSWER,
                    *value == '[' ? "" : value);
    for (size_t t = 0; t < track.tier_count; t++)
        for (size_t i = 0; i < track.tier[t].count; i++)
            put_mark(table, mark_row(table, root), track.tier[t].item[i]);
    track_release(&track);
    return good;
}

static void put_sample(const struct json *root, size_t dimension, double time,
                       double value, struct columns *table)
{
    const struct json *names = json_member(root, "dimensions");
    const char *name = json_text(json_item(names, dimension));
    size_t row = columns_add_row(table);

    columns_set(table, row, ITEM, text_of(root, "item"));
    columns_set(table, row, DIMENSION, name ? name : "");
    put_seconds(table, row, TIME, (int64_t)(time * 1e6 + 0.5));
    columns_set_number(table, row, VALUE, value);
    columns_set(table, row, OF_QUESTION, text_of(root, "question"));
    columns_set(table, row, OF_RULE, text_of(root, "rule"));
    columns_set(table, row, OF_PERSON, text_of(root, "by"));
}

static bool put_curve(const struct json *root, struct columns *table,
                      struct error *err)
{
    const char *value = text_of(root, "value");
    struct verdict_curve curve = { 0 };
    bool good = *value != '{' || verdict_read_curve(value, &curve, err);

    for (size_t d = 0; good && d < curve.dimensions; d++)
        for (size_t k = 0; k < curve.points; k++)
            put_sample(root, d, curve.start + (double)k / curve.rate,
                       curve.value[d][k], table);
    verdict_curve_release(&curve);
    return good;
}

bool export_drawn_rows(enum export_what what, const struct json *root,
                       struct columns *table, struct error *err)
{
    if (!text_equal(text_of(root, "state"), "settled") ||
        !export_drawn_is(what, root))
        return true;
    return what == EXPORT_MARKS ? put_marks(root, table, err)
                                : put_curve(root, table, err);
}
