/*
 * project_work - annotators, their bundles, and what came home.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/store/alias.h"
#include "common/store/project_internal.h"

bool project_annotators(struct project *project,
                        struct project_annotators *list, struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_ANNOTATOR_LIST, err);
    int step;

    memset(list, 0, sizeof(*list));
    if (!stmt)
        return false;
    while ((step = stmt_step(db, stmt, err)) > 0) {
        struct project_annotator it = {
            .alias = arena_strdup(&list->texts, stmt_text(stmt, 0)),
            .added_us = stmt_int(stmt, 1),
            .retired_us = stmt_is_null(stmt, 2) ? -1 : stmt_int(stmt, 2),
            .erased = stmt_int(stmt, 3) != 0,
            .bundles = stmt_int(stmt, 4),
            .entries = stmt_int(stmt, 5),
            .practice = stmt_int(stmt, 6),
        };

        VEC_PUSH(list, it);
    }
    if (step < 0)
        project_annotators_release(list);
    return step == 0;
}

void project_annotators_release(struct project_annotators *list)
{
    free(list->item);
    arena_release(&list->texts);
    memset(list, 0, sizeof(*list));
}

enum standing { UNREADABLE, UNKNOWN, WORKING, RETIRED, ERASED };

/* UNREADABLE fills `err`. */
static enum standing standing(struct project *project, const char *alias,
                              struct error *err)
{
    struct project_annotators list;
    enum standing found = UNKNOWN;

    if (!project_annotators(project, &list, err))
        return UNREADABLE;
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.item[i].alias, alias) == 0)
            found = list.item[i].erased           ? ERASED
                    : list.item[i].retired_us < 0 ? WORKING
                                                  : RETIRED;
    project_annotators_release(&list);
    return found;
}

/* Runs a statement on (alias, now) and records it. */
static bool change(struct project *project, enum stmt_id id, bool timed,
                   enum event_kind kind, const char *alias, struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, id, err);
    char *payload;
    bool good;

    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, alias);
    if (timed)
        stmt_bind_int(stmt, 2, bundle_wall_us());
    payload = event_payload_text("alias", alias);
    good =
        stmt_run(db, stmt, err) && project_record(project, kind, payload, err);
    free(payload);
    return good;
}

bool project_add_annotator(struct project *project, const char *alias,
                           struct error *err)
{
    enum standing now;

    if (!alias_check(alias, err))
        return false;
    now = standing(project, alias, err);
    switch (now) {
    case UNREADABLE:
        return false;
    case WORKING:
        return error_set(err, ERROR_INPUT, "\"%s\" works here already", alias);
    case ERASED:
        return error_set(err, ERROR_INPUT,
                         "what \"%s\" did was erased, and the alias with it: "
                         "take another one",
                         alias);
    case RETIRED:
        return change(project, STMT_ANNOTATOR_BACK, false,
                      EVENT_ANNOTATOR_ADDED, alias, err);
    case UNKNOWN:
        break;
    }
    return change(project, STMT_ANNOTATOR_ADD, true, EVENT_ANNOTATOR_ADDED,
                  alias, err);
}

bool project_retire_annotator(struct project *project, const char *alias,
                              struct error *err)
{
    enum standing now = standing(project, alias, err);

    if (now == UNREADABLE)
        return false;
    if (now != WORKING)
        return error_set(err, ERROR_INPUT,
                         now != UNKNOWN ? "\"%s\" has retired already"
                                        : "no annotator \"%s\"; `mien-annotate "
                                          "annotator list' names them",
                         alias);
    return change(project, STMT_ANNOTATOR_RETIRE, true, EVENT_ANNOTATOR_RETIRED,
                  alias, err);
}

bool project_bundles(struct project *project, struct project_bundles *list,
                     struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_BUNDLE_LIST, err);
    int step;

    memset(list, 0, sizeof(*list));
    if (!stmt)
        return false;
    while ((step = stmt_step(db, stmt, err)) > 0) {
        struct project_bundle it = {
            .alias = arena_strdup(&list->texts, stmt_text(stmt, 1)),
            .number = stmt_int(stmt, 2),
            .protocol = stmt_int(stmt, 3),
        };

        it.path = project_bundle_path(project, it.alias, it.number);
        if (!stmt_blob(stmt, 0, it.id, sizeof(it.id)))
            memset(it.id, 0, sizeof(it.id));
        VEC_PUSH(list, it);
    }
    if (step < 0)
        project_bundles_release(list);
    return step == 0;
}

void project_bundles_release(struct project_bundles *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->item[i].path);
    free(list->item);
    arena_release(&list->texts);
    memset(list, 0, sizeof(*list));
}

bool project_role_counts(const char *role)
{
    return strcmp(role, "work") == 0 || strcmp(role, "again") == 0 ||
           strcmp(role, "gold") == 0;
}

bool project_role_is_label(const char *role)
{
    return project_role_counts(role) || strcmp(role, "repeat") == 0;
}

bool project_works(struct project *project,
                   const uint8_t bundle[PROJECT_BUNDLE_ID_SIZE],
                   struct project_works *list, struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_WORK_LIST, err);
    int step;

    memset(list, 0, sizeof(*list));
    if (!stmt)
        return false;
    stmt_bind_blob(stmt, 1, bundle, PROJECT_BUNDLE_ID_SIZE);
    while ((step = stmt_step(db, stmt, err)) > 0) {
        struct project_work it = {
            .entry = arena_strdup(&list->texts, stmt_text(stmt, 0)),
            .item = stmt_int(stmt, 1),
            .role = arena_strdup(&list->texts, stmt_text(stmt, 2)),
            .item_id = arena_strdup(&list->texts, stmt_text(stmt, 3)),
            .speaker = arena_strdup(&list->texts, stmt_text(stmt, 4)),
            .erased = stmt_int(stmt, 5) != 0,
            .asks = stmt_is_null(stmt, 6) ? -1 : (int)stmt_int(stmt, 6),
            .begins_us = stmt_int(stmt, 7),
            .swapped = stmt_int(stmt, 8) != 0,
            .first = arena_strdup(&list->texts, stmt_text(stmt, 9)),
            .second = arena_strdup(&list->texts, stmt_text(stmt, 10)),
        };

        VEC_PUSH(list, it);
    }
    if (step < 0)
        project_works_release(list);
    return step == 0;
}

void project_works_release(struct project_works *list)
{
    free(list->item);
    arena_release(&list->texts);
    memset(list, 0, sizeof(*list));
}

bool project_fold(struct project *project,
                  const uint8_t bundle[PROJECT_BUNDLE_ID_SIZE],
                  const struct project_works *works, struct fold *fold,
                  struct error *err)
{
    const char **id = xcalloc(works->count + 1, sizeof(*id));
    struct journal_list list;
    bool good = journal_load(project_db(project), bundle, &list, err);

    if (good) {
        for (size_t i = 0; i < works->count; i++)
            id[i] = works->item[i].entry;
        fold_init(fold, id, works->count);
        for (size_t i = 0; i < works->count; i++)
            fold->entry[i].withdrawn = works->item[i].erased;
        for (size_t i = 0; i < works->count; i++)
            fold->entry[i].practice =
                strcmp(works->item[i].role, "practice") == 0;
        journal_order(&list);
        for (size_t i = 0; i < list.count; i++)
            fold_apply(fold, &list.item[i].event);
        journal_list_release(&list);
    }
    free(id);
    return good;
}
