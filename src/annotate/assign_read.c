/*
 * assign_read - what the lead writes down for assign.
 */
#include <config.h>

#include "annotate/assign_read.h"

#include <stdlib.h>
#include <string.h>

#include "common/file/columns.h"
#include "common/study/protocol.h"

static int item_column(const struct columns *table, struct error *err)
{
    int column = columns_find(table, "id");

    return column >= 0 ? column : columns_need(table, "item", err);
}

static struct protocol *newest(struct project *project, struct error *err)
{
    int64_t number;
    char *text = project_protocol(project, &number, err);
    struct protocol *protocol = NULL;

    if (text)
        protocol = protocol_parse(text, strlen(text), "the protocol", err);
    free(text);
    return protocol;
}

static void add_truths(const struct columns *table,
                       const struct protocol *protocol, int id,
                       struct assign_list *list)
{
    size_t rows = columns_rows(table);

    list->truth =
        xcalloc(rows * protocol->question_count + 1, sizeof(*list->truth));
    for (size_t row = 0; row < rows; row++)
        for (size_t q = 0; q < protocol->question_count; q++) {
            const char *question = protocol->question[q].id;
            int column = columns_find(table, question);

            if (column < 0 || columns_missing(table, row, (size_t)column))
                continue;
            list->truth[list->count++] = (struct queue_truth){
                .item = arena_strdup(&list->texts,
                                     columns_text(table, row, (size_t)id)),
                .question = arena_strdup(&list->texts, question),
                .value = arena_strdup(&list->texts,
                                      columns_text(table, row, (size_t)column)),
            };
        }
}

static bool read_truths(struct project *project, const char *path,
                        struct assign_list *list, struct error *err)
{
    struct columns *table = columns_read(path, NULL, err);
    struct protocol *protocol = table ? newest(project, err) : NULL;
    int id = protocol ? item_column(table, err) : -1;
    bool good = id >= 0;

    if (good)
        add_truths(table, protocol, id, list);
    if (good && list->count == 0)
        good = error_set(err, ERROR_INPUT,
                         "%s: no column is called as a question of the "
                         "protocol is, such as \"%s\", and holds an answer",
                         path, protocol->question[0].id);
    protocol_free(protocol);
    columns_free(table);
    return good;
}

bool assign_read_pool(struct project *project, const struct text_list *from,
                      struct assign_list *list, struct queue_pool *pool,
                      struct error *err)
{
    if (from->count == 0)
        return true;
    if (!text_ends(from->item[0], ".csv")) {
        pool->filter = from;
        return true;
    }
    if (from->count > 1)
        return error_set(err, ERROR_USAGE,
                         "one .csv file of right answers, or filters");
    if (!read_truths(project, from->item[0], list, err))
        return false;
    pool->truth = list->truth;
    pool->truth_count = list->count;
    return true;
}

/* Items by id: their numbers. */
static int64_t number_of(const struct project_items *items, const char *id)
{
    for (size_t i = 0; i < items->count; i++)
        if (strcmp(items->item[i].id, id) == 0)
            return items->item[i].number;
    return 0;
}

static bool add_tasks(const struct columns *table,
                      const struct project_items *items, int id, int who,
                      struct assign_list *list, struct error *err)
{
    size_t rows = columns_rows(table);

    list->task = xcalloc(rows + 1, sizeof(*list->task));
    for (size_t row = 0; row < rows; row++) {
        int64_t number = number_of(items, columns_text(table, row, (size_t)id));

        if (number == 0)
            return columns_fail(table, row, (size_t)id, err,
                                "no item of this project");
        list->task[list->count++] = (struct queue_task){
            .alias = arena_strdup(&list->texts,
                                  columns_text(table, row, (size_t)who)),
            .item = number,
        };
    }
    return list->count > 0 ||
           error_set(err, ERROR_INPUT, "there are no tasks in it");
}

bool assign_read_tasks(struct project *project, const char *path,
                       struct assign_list *list, struct error *err)
{
    struct project_items items = { 0 };
    struct columns *table = columns_read(path, NULL, err);
    int id = table ? item_column(table, err) : -1;
    int who = id >= 0 ? columns_need(table, "annotator", err) : -1;
    bool good = who >= 0 && project_items(project, &items, err) &&
                add_tasks(table, &items, id, who, list, err);

    project_items_release(&items);
    columns_free(table);
    return good;
}

void assign_list_release(struct assign_list *list)
{
    free(list->truth);
    free(list->task);
    arena_release(&list->texts);
    memset(list, 0, sizeof(*list));
}
