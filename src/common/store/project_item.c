/*
 * project_item - items and what is known about them.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/store/project_internal.h"

bool project_items(struct project *project, struct project_items *items,
                   struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_ITEM_LIST, err);
    int step;

    memset(items, 0, sizeof(*items));
    if (!stmt)
        return false;
    while ((step = stmt_step(db, stmt, err)) > 0) {
        struct project_item item = {
            .number = stmt_int(stmt, 0),
            .id = arena_strdup(&items->texts, stmt_text(stmt, 1)),
            .file = arena_strdup(&items->texts, stmt_text(stmt, 2)),
            .start_us = stmt_int(stmt, 4),
            .end_us = stmt_int(stmt, 5),
            .speaker = arena_strdup(&items->texts, stmt_text(stmt, 6)),
            .text = arena_strdup(&items->texts, stmt_text(stmt, 7)),
            .annotators = stmt_int(stmt, 8),
            .first = stmt_int(stmt, 9),
            .second = stmt_int(stmt, 10),
        };

        if (!stmt_blob(stmt, 3, item.sha256, HASH_SIZE))
            memset(item.sha256, 0, HASH_SIZE);
        VEC_PUSH(items, item);
    }
    if (step < 0)
        project_items_release(items);
    return step == 0;
}

void project_items_release(struct project_items *items)
{
    free(items->item);
    arena_release(&items->texts);
    memset(items, 0, sizeof(*items));
}

static bool insert(struct project *project, struct project_item *item,
                   struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_ITEM_ADD, err);

    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, item->id);
    stmt_bind_text(stmt, 2, item->file);
    stmt_bind_blob(stmt, 3, item->sha256, HASH_SIZE);
    stmt_bind_int(stmt, 4, item->start_us);
    stmt_bind_int(stmt, 5, item->end_us);
    stmt_bind_text(stmt, 6, item->speaker);
    if (!stmt_run(db, stmt, err))
        return false;
    item->number = db_last_row(db);
    return true;
}

static bool move(struct project *project, const struct project_item *item,
                 struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_ITEM_MOVE, err);

    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, item->number);
    stmt_bind_text(stmt, 2, item->file);
    return stmt_run(db, stmt, err);
}

bool project_add_item(struct project *project, struct project_item *item,
                      enum project_add *how, struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_ITEM_FIND, err);
    uint8_t known[HASH_SIZE] = { 0 };
    bool same_place = false;
    int step;

    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, item->id);
    step = stmt_step(db, stmt, err);
    if (step > 0) {
        item->number = stmt_int(stmt, 0);
        if (!stmt_blob(stmt, 1, known, HASH_SIZE))
            memset(known, 0, HASH_SIZE);
        same_place = text_equal(stmt_text(stmt, 2), item->file);
    }
    stmt_reset(stmt);
    if (step < 0)
        return false;
    if (step == 0) {
        *how = PROJECT_ADDED;
        return insert(project, item, err);
    }
    if (memcmp(known, item->sha256, HASH_SIZE) != 0)
        return error_set(err, ERROR_INPUT,
                         "%s: another %s than the one that was imported as "
                         "\"%s\"; give it an id of its own",
                         item->file[0] ? item->file : item->id,
                         item->file[0] ? "medium" : "text", item->id);
    *how = same_place ? PROJECT_KNOWN : PROJECT_MOVED;
    return same_place || move(project, item, err);
}

bool project_set_attribute(struct project *project, int64_t item,
                           const char *name, const char *value,
                           struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_ATTRIBUTE_SET, err);

    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, item);
    stmt_bind_text(stmt, 2, name);
    stmt_bind_text(stmt, 3, value);
    return stmt_run(db, stmt, err);
}
