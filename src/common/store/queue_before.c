/*
 * queue_before - what was handed out earlier, and to whom.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/store/queue_internal.h"

const char *const queue_role_names[] = { "work", "repeat",   "again",
                                         "gold", "practice", "attention",
                                         NULL };

size_t queue_find_staff(const struct assigning *work, const char *alias)
{
    size_t at = 0;

    while (at < work->staff.count &&
           strcmp(work->staff.item[at].alias, alias) != 0)
        at++;
    return at;
}

/* Items stand in the order of their numbers. */
size_t queue_find_item(const struct assigning *work, int64_t number)
{
    size_t low = 0, high = work->items.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (work->items.item[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < work->items.count && work->items.item[low].number == number
               ? low
               : work->items.count;
}

size_t queue_find_id(const struct assigning *work, const char *id)
{
    size_t at = 0;

    while (at < work->items.count && strcmp(work->items.item[at].id, id) != 0)
        at++;
    return at;
}

/* What an entry of an earlier bundle says about its item. */
static void note_role(struct queue_standing *it, const char *role)
{
    if (strcmp(role, queue_role_names[QUEUE_PRACTICE]) == 0)
        it->was_practice = it->reserved = true;
    else if (strcmp(role, queue_role_names[QUEUE_GOLD]) == 0)
        it->was_gold = it->reserved = true;
    else if (strcmp(role, queue_role_names[QUEUE_ATTENTION]) != 0)
        it->handed_out = true;
}

/*
 * What was handed out before.  Work under an older major version of the
 * protocol is work of another kind: it has to be done again.
 */
static bool read_works(struct assigning *work, struct error *err)
{
    struct db *db = project_db(work->project);
    struct stmt *stmt = db_stmt(db, STMT_WORK_BY_ALIAS, err);
    int step;

    if (!stmt)
        return false;
    while ((step = stmt_step(db, stmt, err)) > 0) {
        size_t item = queue_find_item(work, stmt_int(stmt, 0));
        size_t who = queue_find_staff(work, stmt_text(stmt, 1));
        const char *role = stmt_text(stmt, 2);
        size_t at = item * work->staff.count + who;

        if (item == work->items.count || who == work->staff.count)
            continue;
        work->met[at] = true;
        note_role(&work->standing[item], role);
        if (who < work->working && stmt_int(stmt, 3) >= work->protocol_since &&
            project_role_counts(role))
            work->has[at] = true;
    }
    return step == 0;
}

/* What one who retired did counts; what was left undone does not. */
static bool read_done(struct assigning *work, size_t who,
                      const struct project_bundle *bundle, struct error *err)
{
    struct project_works works;
    struct fold fold;

    if (!project_works(work->project, bundle->id, &works, err))
        return false;
    if (!project_fold(work->project, bundle->id, &works, &fold, err)) {
        project_works_release(&works);
        return false;
    }
    for (size_t i = 0; i < works.count; i++) {
        size_t item = queue_find_item(work, works.item[i].item);

        if (item < work->items.count && fold_done(&fold, i) &&
            project_role_counts(works.item[i].role) &&
            !fold.entry[i].withdrawn && !fold.entry[i].skipped)
            work->has[item * work->staff.count + who] = true;
    }
    fold_release(&fold);
    project_works_release(&works);
    return true;
}

static bool read_retired(struct assigning *work, struct error *err)
{
    struct project_bundles list;
    bool good = true;

    if (!project_bundles(work->project, &list, err))
        return false;
    for (size_t i = 0; good && i < list.count; i++) {
        size_t who = queue_find_staff(work, list.item[i].alias);

        if (who >= work->working && who < work->staff.count &&
            list.item[i].protocol >= work->protocol_since)
            good = read_done(work, who, &list.item[i], err);
    }
    project_bundles_release(&list);
    return good;
}

bool queue_read_before(struct assigning *work, struct error *err)
{
    return read_works(work, err) && read_retired(work, err);
}
