/*
 * cv_table - predictions.csv of a cross-validation.
 */
#include <config.h>

#include "eval/valid/cv_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

/* Where things lie, and what the table of predictions has itself. */
static const char *const not_attributes[] = {
    "id",   "file",   "start",   "end",       "text", "enrol",  "truth",
    "fold", "repeat", "speaker", "recording", "time", "weight", "predicted",
};

static bool is_attribute(const struct design *design, size_t column)
{
    const char *name = columns_name(design->corpus, column);

    if (column == design->target || strchr(name, ':'))
        return false;
    for (size_t i = 0; i < sizeof(not_attributes) / sizeof(*not_attributes);
         i++)
        if (strcmp(name, not_attributes[i]) == 0)
            return false;
    return true;
}

/* What the written table has without our doing. */
static bool has_place(const char *name)
{
    static const char *const own[] = { "speaker", "recording", "fold", NULL };

    for (size_t i = 0; own[i]; i++)
        if (strcmp(name, own[i]) == 0)
            return true;
    return false;
}

static bool add_named(const struct design *design, const char *by,
                      struct text_list *out, struct error *err)
{
    struct text_list names = { 0 };
    bool good = true;

    text_list_split(&names, by, '*');
    for (size_t i = 0; i < names.count && good; i++) {
        const char *name = names.item[i];

        if (strcmp(name, "fold") == 0)
            continue;
        good = columns_need(design->corpus, name, err) >= 0;
        if (!good)
            error_prefix(err, "--by");
        else if (!has_place(name) && !text_list_has(out, name))
            text_list_add(out, name);
    }
    text_list_release(&names);
    return good;
}

bool cv_table_attributes(const struct design *design,
                         const struct text_list *by, struct text_list *out,
                         struct error *err)
{
    for (size_t i = 0; i < by->count; i++)
        if (!add_named(design, by->item[i], out, err))
            return false;
    for (size_t i = 0; i < columns_count(design->corpus); i++) {
        const char *name = columns_name(design->corpus, i);

        if (is_attribute(design, i) && !text_list_has(out, name))
            text_list_add(out, name);
    }
    return true;
}

/* The columns of the corpus table that a row is made from; -1: none. */
struct sources {
    int recording;
    int weight;
    size_t *attribute; /* owned */
};

static bool read_weight(const struct design *design, size_t row, int column,
                        double *weight, struct error *err)
{
    *weight = 1;
    if (column < 0)
        return true;
    if (!columns_number(design->corpus, row, (size_t)column, weight, err))
        return false;
    if (*weight > 0)
        return true;
    return columns_fail(design->corpus, row, (size_t)column, err,
                        "expected a number above 0");
}

static const char *cell(const struct design *design, size_t row, int column)
{
    return column < 0 ? "" : columns_text(design->corpus, row, (size_t)column);
}

static bool add_item(const struct cv_settings *settings,
                     const struct cv_result *result,
                     const struct predictions_shape *shape,
                     const struct sources *from, size_t item,
                     struct columns *sheet, struct error *err)
{
    const struct design *design = settings->setup.design;
    size_t at = design->row[item];
    const double *score = result->score + item * result->outputs;
    const char **attribute =
        xcalloc(shape->attributes->count + 1, sizeof(*attribute));
    struct predictions_row row = {
        .id = design_id(design, item),
        .fold = result->fold[result->split.fold[item]].name,
        .recording = cell(design, at, from->recording),
        .scores = score,
        .attributes = attribute,
    };
    bool good = read_weight(design, at, from->weight, &row.weight, err);

    for (size_t i = 0; i < shape->attributes->count; i++)
        attribute[i] = columns_text(design->corpus, at, from->attribute[i]);
    if (design->speaker)
        row.speaker = design->speakers.item[design->speaker[item]];
    if (result->predicted) {
        row.truth = design->classes.item[design->class_of[item]];
        row.predicted = design->classes.item[result->predicted[item]];
    } else {
        row.true_value = design->value[item];
        row.predicted_value = score[0];
    }
    if (good)
        predictions_sheet_add(sheet, shape, &row);
    free(attribute);
    return good;
}

struct columns *cv_table(const struct cv_settings *settings,
                         const struct cv_result *result,
                         const struct text_list *attributes, struct error *err)
{
    const struct design *design = settings->setup.design;
    struct sources from = {
        .recording = columns_find(design->corpus, "recording"),
        .weight = columns_find(design->corpus, "weight"),
        .attribute = xcalloc(attributes->count + 1, sizeof(*from.attribute)),
    };
    struct predictions_shape shape = {
        .task = result->predicted ? PREDICTIONS_CLASSIFY : PREDICTIONS_REGRESS,
        .scores =
            settings->setup.learner->probabilities ? &design->classes : NULL,
        .attributes = attributes,
        .fold = true,
        .speaker = design->speaker != NULL,
        .recording = from.recording >= 0,
        .weight = from.weight >= 0,
    };
    struct columns *sheet = predictions_sheet(&shape);
    bool good = true;

    for (size_t i = 0; i < attributes->count; i++)
        from.attribute[i] =
            (size_t)columns_find(design->corpus, attributes->item[i]);
    for (size_t i = 0; i < design->count && good; i++)
        if (!design->enrolled[i])
            good = add_item(settings, result, &shape, &from, i, sheet, err);
    free(from.attribute);
    if (good)
        return sheet;
    columns_free(sheet);
    return NULL;
}
