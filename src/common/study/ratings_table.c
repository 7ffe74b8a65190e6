/*
 * ratings_table - finding the columns, then row by row.
 */
#include <config.h>

#include "common/study/ratings_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/codes.h"
#include "common/base/intern.h"
#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/file/csv.h"
#include "common/stat/label_sets.h"

enum { VOTES_MAX = 1000000 }; /* in one cell of a table of counts */

/* A column whose cells must have one of the values. */
struct only_rule {
    size_t column;
    struct text_list values;
};

/* A column that is a rater (wide) or a category (counts). */
struct named_column {
    size_t column;
    char *name;     /* owned */
    uint32_t rater; /* wide */
};

/* Codes of an attribute while rows are read; item -> value, from 0. */
struct kept {
    size_t column;
    struct intern values;
    struct {
        uint32_t *item; /* owned */
        size_t count, capacity;
    } code; /* by item */
};

struct reading {
    struct csv_reader *csv;
    const struct ratings_table_options *options;
    const char *path;
    struct ratings_builder *builder;
    int item, rater, value; /* columns, or -1 */
    struct {
        struct only_rule *item;
        size_t count, capacity;
    } only;
    struct {
        struct named_column *item;
        size_t count, capacity;
    } named;
    struct {
        struct kept *item;
        size_t count, capacity;
    } kept;
    size_t asked; /* those of `kept` that the caller gets */
    size_t rows;
};

/* The first of `usual` (ended by NULL) that there is, or -1. */
static int find_usual(const struct reading *reading, const char *const *usual)
{
    for (; *usual; usual++) {
        int column = csv_find(reading->csv, *usual);

        if (column >= 0)
            return column;
    }
    return -1;
}

static bool find_one(const struct reading *reading, const char *name,
                     const char *const *usual, int *column, struct error *err)
{
    *column =
        name ? csv_need(reading->csv, name, err) : find_usual(reading, usual);
    return *column >= 0 || !name;
}

static bool need_one(const struct reading *reading, int column,
                     const char *what, const char *option, struct error *err)
{
    return column >= 0 ||
           error_set(err, ERROR_USAGE,
                     "%s has no column \"%s\": say which one has the %ss, "
                     "%s COL",
                     reading->path, what, what, option);
}

static bool find_columns(struct reading *reading, struct error *err)
{
    static const char *const items[] = { "item", "id", NULL };
    static const char *const raters[] = { "annotator", "rater", "worker",
                                          NULL };
    static const char *const values[] = { "value", "label", "rating", NULL };
    const struct ratings_table_options *options = reading->options;

    reading->rater = reading->value = -1;
    if (!find_one(reading, options->item, items, &reading->item, err))
        return false;
    if (options->layout != RATINGS_LONG)
        return true;
    return find_one(reading, options->rater, raters, &reading->rater, err) &&
           find_one(reading, options->value, values, &reading->value, err) &&
           need_one(reading, reading->item, "item", "--item", err) &&
           need_one(reading, reading->value, "value", "--value", err);
}

static bool find_only(struct reading *reading, struct error *err)
{
    const struct text_list *only = reading->options->only;

    for (size_t i = 0; only && i < only->count; i++) {
        const char *equals = strchr(only->item[i], '=');
        struct only_rule rule = { 0 };
        char *name;
        int column;

        if (!equals || equals == only->item[i])
            return error_set(err, ERROR_USAGE,
                             "--only: \"%s\" is not of the form COL=V,...",
                             only->item[i]);
        name = xstrndup(only->item[i], (size_t)(equals - only->item[i]));
        column = csv_need(reading->csv, name, err);
        free(name);
        if (column < 0)
            return false;
        rule.column = (size_t)column;
        text_list_split(&rule.values, equals + 1, ',');
        VEC_PUSH(&reading->only, rule);
    }
    return true;
}

/*
 * An export has the answers to all questions of an item; those to different
 * ones are not ratings of the same thing, so that the rows of an item must
 * agree in the question, too.
 */
static void keep_question(struct reading *reading)
{
    struct kept kept = { 0 };
    int column = csv_find(reading->csv, "question");

    reading->asked = reading->kept.count;
    if (reading->options->layout != RATINGS_LONG || column < 0 ||
        column == reading->item || column == reading->rater ||
        column == reading->value)
        return;
    kept.column = (size_t)column;
    VEC_PUSH(&reading->kept, kept);
}

static bool find_kept(struct reading *reading, struct error *err)
{
    const struct text_list *keep = reading->options->keep;

    for (size_t i = 0; keep && i < keep->count; i++) {
        int column = csv_need(reading->csv, keep->item[i], err);
        struct kept kept = { .column = (size_t)column };

        if (column < 0)
            return false;
        VEC_PUSH(&reading->kept, kept);
    }
    keep_question(reading);
    return true;
}

static void add_named(struct reading *reading, size_t column, const char *name)
{
    struct named_column named = { .column = column, .name = xstrdup(name) };

    if (reading->options->layout == RATINGS_WIDE)
        named.rater = ratings_builder_rater(reading->builder, name);
    VEC_PUSH(&reading->named, named);
}

/* The column has another use: item, attribute, rule. */
static bool is_taken(const struct reading *reading, size_t column)
{
    if (reading->item >= 0 && (size_t)reading->item == column)
        return true;
    for (size_t i = 0; i < reading->only.count; i++)
        if (reading->only.item[i].column == column)
            return true;
    for (size_t i = 0; i < reading->kept.count; i++)
        if (reading->kept.item[i].column == column)
            return true;
    return false;
}

static bool find_named(struct reading *reading, struct error *err)
{
    const struct text_list *columns = reading->options->columns;

    if (reading->options->layout == RATINGS_LONG)
        return true;
    for (size_t i = 0; columns && i < columns->count; i++) {
        const char *equals = strchr(columns->item[i], '=');
        size_t length = equals ? (size_t)(equals - columns->item[i])
                               : strlen(columns->item[i]);
        char *name = xstrndup(columns->item[i], length);
        int column = csv_need(reading->csv, name, err);

        if (column >= 0)
            add_named(reading, (size_t)column, equals ? equals + 1 : name);
        free(name);
        if (column < 0)
            return false;
    }
    if (!columns || columns->count == 0)
        for (size_t c = 0; c < csv_column_count(reading->csv); c++)
            if (!is_taken(reading, c))
                add_named(reading, c, csv_column_name(reading->csv, c));
    return reading->named.count > 0 ||
           error_set(err, ERROR_INPUT, "%s has no column left for %s",
                     reading->path,
                     reading->options->layout == RATINGS_WIDE
                         ? "an annotator's ratings"
                         : "a category's counts");
}

static bool is_wanted(const struct reading *reading)
{
    for (size_t i = 0; i < reading->only.count; i++) {
        const struct only_rule *rule = &reading->only.item[i];

        if (!text_list_has(&rule->values,
                           csv_field(reading->csv, rule->column)))
            return false;
    }
    return true;
}

/* Notes what the row says about its item; rows of one item must agree. */
static bool note_attributes(struct reading *reading, uint32_t item,
                            struct error *err)
{
    for (size_t k = 0; k < reading->kept.count; k++) {
        struct kept *kept = &reading->kept.item[k];
        const char *text = csv_field(reading->csv, kept->column);
        uint32_t value = (uint32_t)intern_add(&kept->values, text);

        if (item == kept->code.count)
            VEC_PUSH(&kept->code, value);
        else if (kept->code.item[item] != value)
            return csv_fail(reading->csv, kept->column, err,
                            "but an earlier row of the same item has "
                            "\"%s\"%s",
                            kept->values.names.item[kept->code.item[item]],
                            k < reading->asked
                                ? ""
                                : ": say which one, --only question=...");
    }
    return true;
}

static bool undeclared(const struct reading *reading, size_t column,
                       struct error *err)
{
    return csv_fail(reading->csv, column, err,
                    "which is none of the declared categories");
}

/* The cell's value; sets of labels in one way of writing. */
static bool add_value(struct reading *reading, uint32_t item, uint32_t rater,
                      size_t column, struct error *err)
{
    const char *text = csv_field(reading->csv, column);
    char *set = NULL;
    double number;
    bool good;

    /* Differences of such values, squared, would be no numbers any more. */
    if (number_parse(text, &number) && fabs(number) > NUMBER_MOST)
        return csv_fail(reading->csv, column, err,
                        "expected a number of at most %g in size", NUMBER_MOST);
    if (reading->options->sets && *text && *text != '@')
        text = set = label_sets_canonical(text, reading->options->sets);
    good = ratings_builder_add(reading->builder, item, rater, text);
    free(set);
    return good || undeclared(reading, column, err);
}

static bool take_long(struct reading *reading, uint32_t item, struct error *err)
{
    uint32_t rater = RATINGS_NOBODY;
    size_t value = (size_t)reading->value;

    if (reading->rater >= 0) {
        const char *name = csv_field(reading->csv, (size_t)reading->rater);

        if (*name == '\0')
            return csv_fail(reading->csv, (size_t)reading->rater, err,
                            "expected the annotator's name");
        rater = ratings_builder_rater(reading->builder, name);
    }
    return add_value(reading, item, rater, value, err);
}

static bool take_wide(struct reading *reading, uint32_t item, struct error *err)
{
    for (size_t i = 0; i < reading->named.count; i++) {
        const struct named_column *named = &reading->named.item[i];

        if (!add_value(reading, item, named->rater, named->column, err))
            return false;
    }
    return true;
}

static bool take_counts(struct reading *reading, uint32_t item,
                        struct error *err)
{
    for (size_t i = 0; i < reading->named.count; i++) {
        const struct named_column *named = &reading->named.item[i];
        const char *cell = csv_field(reading->csv, named->column);
        double votes = 0;

        if (*cell != '\0' &&
            (!number_parse(cell, &votes) || votes < 0 || votes > VOTES_MAX ||
             votes != (double)(size_t)votes))
            return csv_fail(reading->csv, named->column, err,
                            "expected a whole number of votes, 0 to %d",
                            VOTES_MAX);
        if (!ratings_builder_add_votes(reading->builder, item, named->name,
                                       (size_t)votes))
            return error_set(err, ERROR_INPUT,
                             "%s: column \"%s\" is none of the declared "
                             "categories",
                             reading->path, named->name);
    }
    return true;
}

/* The row's item; wide and counts have one row for each. */
static bool row_item(struct reading *reading, uint32_t *item, struct error *err)
{
    char number[32];
    const char *name = number;
    uint32_t known = (uint32_t)reading->rows;

    if (reading->item >= 0)
        name = csv_field(reading->csv, (size_t)reading->item);
    else
        snprintf(number, sizeof(number), "%zu", reading->rows + 1);
    if (*name == '\0')
        return csv_fail(reading->csv, (size_t)reading->item, err,
                        "expected the item's name");
    *item = ratings_builder_item(reading->builder, name);
    if (reading->options->layout != RATINGS_LONG && *item != known)
        return csv_fail(reading->csv, (size_t)reading->item, err,
                        "which has had a row already");
    return true;
}

static bool take_row(struct reading *reading, struct error *err)
{
    uint32_t item = 0;

    if (!is_wanted(reading))
        return true;
    if (!row_item(reading, &item, err) || !note_attributes(reading, item, err))
        return false;
    reading->rows++;
    switch (reading->options->layout) {
    case RATINGS_LONG:
        return take_long(reading, item, err);
    case RATINGS_WIDE:
        return take_wide(reading, item, err);
    case RATINGS_COUNTS:
        return take_counts(reading, item, err);
    }
    return false;
}

/* The attributes' values in byte order, and their codes by item. */
static void hand_over_attributes(struct reading *reading,
                                 struct ratings_table *out)
{
    out->attributes = reading->asked;
    out->attribute = xcalloc(out->attributes + 1, sizeof(*out->attribute));
    for (size_t k = 0; k < out->attributes; k++) {
        struct kept *kept = &reading->kept.item[k];
        const struct text_list *names = &kept->values.names;
        size_t *place = xcalloc(names->count + 1, sizeof(*place));

        codes_make((const char *const *)names->item, names->count,
                   &out->attribute[k].values, place);
        for (size_t i = 0; i < kept->code.count; i++)
            kept->code.item[i] = (uint32_t)place[kept->code.item[i]];
        out->attribute[k].code = kept->code.item;
        kept->code.item = NULL;
        free(place);
    }
}

static void release(struct reading *reading)
{
    for (size_t i = 0; i < reading->only.count; i++)
        text_list_release(&reading->only.item[i].values);
    for (size_t i = 0; i < reading->named.count; i++)
        free(reading->named.item[i].name);
    for (size_t i = 0; i < reading->kept.count; i++) {
        intern_release(&reading->kept.item[i].values);
        free(reading->kept.item[i].code.item);
    }
    free(reading->only.item);
    free(reading->named.item);
    free(reading->kept.item);
    ratings_builder_free(reading->builder);
    csv_close(reading->csv);
}

static struct csv_reader *open_table(const char *path,
                                     const struct ratings_table_options *how,
                                     struct error *err)
{
    struct csv_options options = { .separator = how->separator };

    if (!options.separator && text_ends(path, ".tsv"))
        options.separator = '\t';
    return csv_open(path, &options, err);
}

bool ratings_table_read(const char *path,
                        const struct ratings_table_options *options,
                        struct ratings_table *out, struct error *err)
{
    struct reading reading = { .options = options, .path = path };
    int got = -1;

    *out = (struct ratings_table){ 0 };
    reading.csv = open_table(path, options, err);
    if (!reading.csv)
        return false;
    reading.builder = ratings_builder_new(options->categories);
    if (find_columns(&reading, err) && find_only(&reading, err) &&
        find_kept(&reading, err) && find_named(&reading, err))
        while ((got = csv_next(reading.csv, err)) == 1)
            if (!take_row(&reading, err)) {
                got = -1;
                break;
            }
    if (got == 0 && reading.rows == 0) {
        bool chosen = options->only && options->only->count > 0;

        got = -1;
        error_set(err, ERROR_INPUT, "%s: %s", path,
                  chosen ? "--only leaves no row" : "there are no rows");
    }
    if (got == 0) {
        hand_over_attributes(&reading, out);
        out->rows = reading.rows;
        out->ratings = ratings_builder_finish(reading.builder);
        reading.builder = NULL;
    }
    release(&reading);
    return got == 0;
}

void ratings_table_release(struct ratings_table *table)
{
    ratings_free(table->ratings);
    for (size_t k = 0; k < table->attributes; k++) {
        text_list_release(&table->attribute[k].values);
        free(table->attribute[k].code);
    }
    free(table->attribute);
    *table = (struct ratings_table){ 0 };
}
