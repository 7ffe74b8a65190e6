/*
 * predictions_sheet - the table that a model's answers are written to.
 */
#include <config.h>

#include "eval/score/predictions.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/mem.h"

struct columns *predictions_sheet(const struct predictions_shape *shape)
{
    struct columns *sheet = columns_new();

    assert(shape->task != PREDICTIONS_TASK_UNKNOWN);
    columns_set_note(sheet, "task", predictions_task_name(shape->task));
    columns_add(sheet, "id");
    columns_add(sheet, "truth");
    columns_add(sheet, "predicted");
    if (shape->fold)
        columns_add(sheet, "fold");
    if (shape->repeat)
        columns_add(sheet, "repeat");
    if (shape->speaker)
        columns_add(sheet, "speaker");
    if (shape->recording)
        columns_add(sheet, "recording");
    if (shape->time)
        columns_add(sheet, "time");
    if (shape->weight)
        columns_add(sheet, "weight");
    for (size_t i = 0; shape->scores && i < shape->scores->count; i++) {
        char *name = xasprintf("score:%s", shape->scores->item[i]);

        columns_add(sheet, name);
        free(name);
    }
    for (size_t i = 0; shape->attributes && i < shape->attributes->count; i++)
        columns_add(sheet, shape->attributes->item[i]);
    return sheet;
}

static void add_answers(struct columns *sheet, size_t line,
                        const struct predictions_shape *shape,
                        const struct predictions_row *row, size_t *column)
{
    columns_set(sheet, line, (*column)++, row->id);
    if (shape->task == PREDICTIONS_CLASSIFY) {
        columns_set(sheet, line, (*column)++, row->truth);
        columns_set(sheet, line, (*column)++, row->predicted);
    } else {
        columns_set_number(sheet, line, (*column)++, row->true_value);
        columns_set_number(sheet, line, (*column)++, row->predicted_value);
    }
}

void predictions_sheet_add(struct columns *sheet,
                           const struct predictions_shape *shape,
                           const struct predictions_row *row)
{
    size_t line = columns_add_row(sheet);
    size_t c = 0;

    add_answers(sheet, line, shape, row, &c);
    if (shape->fold)
        columns_set(sheet, line, c++, row->fold);
    if (shape->repeat) {
        char text[24];

        snprintf(text, sizeof(text), "%lld", (long long)row->repeat);
        columns_set(sheet, line, c++, text);
    }
    if (shape->speaker)
        columns_set(sheet, line, c++, row->speaker);
    if (shape->recording)
        columns_set(sheet, line, c++, row->recording);
    if (shape->time)
        columns_set_number(sheet, line, c++, row->time);
    if (shape->weight)
        columns_set_number(sheet, line, c++, row->weight);
    for (size_t i = 0; shape->scores && i < shape->scores->count; i++)
        columns_set_number(sheet, line, c++, row->scores[i]);
    for (size_t i = 0; shape->attributes && i < shape->attributes->count; i++)
        columns_set(sheet, line, c++, row->attributes[i]);
}

bool predictions_write(const struct predictions *predictions, const char *path,
                       struct error *err)
{
    return columns_write(predictions->table, path, err);
}
