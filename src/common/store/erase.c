/*
 * erase - taking a person out.
 *
 * Bundles first, then people.db, then mien.db, which knows what is to be
 * done: so a run that was cut off can be done again.
 */
#include <config.h>

#include "common/store/erase.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/file/json.h"
#include "common/store/project_internal.h"

struct hashes {
    uint8_t (*item)[EVENT_HASH_SIZE]; /* owned */
    size_t count, capacity;
};

struct erasing {
    struct project *project;
    enum people_kind kind;
    const char *alias;
    struct erase_report *report;
    struct {
        int64_t *item; /* owned; the speaker's items */
        size_t count, capacity;
    } items;
};

/* Adds the hashes that a statement gives. */
static bool gather(struct db *db, struct stmt *stmt, struct hashes *hashes,
                   struct error *err)
{
    int step;

    while ((step = stmt_step(db, stmt, err)) > 0) {
        VEC_GROW(hashes);
        if (stmt_blob(stmt, 0, hashes->item[hashes->count], EVENT_HASH_SIZE))
            hashes->count++;
    }
    return step == 0;
}

static char *tombstone_payload(const struct hashes *hashes)
{
    struct buf out = { 0 };
    struct json_writer json;
    char hex[EVENT_HASH_HEX_SIZE];

    json_writer_init(&json, &out, 0);
    json_begin_object(&json);
    json_put_key(&json, "events");
    json_begin_list(&json);
    for (size_t i = 0; i < hashes->count; i++) {
        event_hash_hex(hashes->item[i], hex);
        json_put_text(&json, hex);
    }
    json_end_list(&json);
    json_end_object(&json);
    return buf_steal(&out);
}

static bool bury_all(struct db *db, const struct hashes *hashes,
                     struct error *err)
{
    for (size_t i = 0; i < hashes->count; i++)
        if (!journal_bury(db, hashes->item[i], err))
            return false;
    return true;
}

static bool find_items(struct erasing *erasing, struct error *err)
{
    struct db *db = project_db(erasing->project);
    struct stmt *stmt = db_stmt(db, STMT_ITEM_OF_SPEAKER, err);
    int step;

    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, erasing->alias);
    while ((step = stmt_step(db, stmt, err)) > 0) {
        char *file =
            path_join(project_folder(erasing->project), stmt_text(stmt, 1));

        VEC_PUSH(&erasing->items, stmt_int(stmt, 0));
        if (*stmt_text(stmt, 1) &&
            !text_list_has(&erasing->report->media, file))
            text_list_add(&erasing->report->media, file);
        free(file);
    }
    return step == 0;
}

static bool concerned(const struct erasing *erasing,
                      const struct project_work *work)
{
    if (erasing->kind == PEOPLE_ANNOTATOR)
        return false;
    for (size_t i = 0; i < erasing->items.count; i++)
        if (erasing->items.item[i] == work->item)
            return true;
    return false;
}

/* Empties an entry and gathers what was said about it. */
static bool clear_entry(struct db *db, const char *entry, struct hashes *hashes,
                        struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_ENTRY_EVENTS, err);

    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, entry);
    if (!gather(db, stmt, hashes, err))
        return false;
    stmt = db_stmt(db, STMT_TRUTH_DROP, err);
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, entry);
    if (!stmt_run(db, stmt, err))
        return false;
    stmt = db_stmt(db, STMT_SECOND_DROP, err);
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, entry);
    if (!stmt_run(db, stmt, err))
        return false;
    stmt = db_stmt(db, STMT_ENTRY_ERASE, err);
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, entry);
    return stmt_run(db, stmt, err);
}

static bool append_tombstone(struct journal *journal,
                             const struct hashes *hashes, struct error *err)
{
    char *payload = tombstone_payload(hashes);
    struct event event = { .kind = EVENT_ERASED,
                           .entry = "",
                           .mono_us = bundle_mono_us(),
                           .wall_us = bundle_wall_us(),
                           .media_us = EVENT_NO_TIME,
                           .payload = payload };
    bool good = journal_append(journal, &event, err);

    free(payload);
    return good;
}

/* Whose turns stand before other entries is not known there: all go. */
static bool drop_turns(struct db *db, struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_CONTEXT_DROP, err);

    return stmt && stmt_run(db, stmt, err);
}

static bool clear_bundle(struct erasing *erasing, struct bundle *bundle,
                         const struct project_works *works, struct error *err)
{
    struct db *db = bundle_db(bundle);
    struct hashes hashes = { 0 };
    bool good = db_set_full(db, true, err) && db_begin(db, err);

    for (size_t i = 0; good && i < works->count; i++)
        if (concerned(erasing, &works->item[i]))
            good = clear_entry(db, works->item[i].entry, &hashes, err);
    good = good && (erasing->kind == PEOPLE_ANNOTATOR || drop_turns(db, err));
    if (good && erasing->kind == PEOPLE_ANNOTATOR) {
        struct stmt *stmt = db_stmt(db, STMT_ALL_EVENTS, err);

        good = stmt && gather(db, stmt, &hashes, err);
    }
    good = good && bury_all(db, &hashes, err) &&
           (hashes.count == 0 ||
            append_tombstone(bundle_journal(bundle), &hashes, err)) &&
           db_commit(db, err) && db_scrub(db, err);
    if (!good)
        db_rollback(db);
    free(hashes.item);
    return good;
}

/* Turns before other entries may be the person's. */
static bool shows_turns(const struct project_bundle *it)
{
    struct error err;
    struct bundle *bundle = bundle_open(it->path, BUNDLE_READ, &err);
    bool any = false;

    for (size_t i = 0; bundle && !any && i < bundle_count(bundle); i++)
        any = bundle_entry(bundle, i)->context != NULL;
    bundle_close(bundle);
    return any;
}

static bool erase_in_bundle(struct erasing *erasing,
                            const struct project_bundle *it, struct error *err)
{
    struct project_works works;
    struct bundle *bundle;
    bool mine = erasing->kind == PEOPLE_ANNOTATOR &&
                strcmp(it->alias, erasing->alias) == 0;
    bool good = true;

    if (!path_is_file(it->path))
        return true; /* handed out; what comes back is refused */
    if (!project_works(erasing->project, it->id, &works, err))
        return false;
    for (size_t i = 0; !mine && i < works.count; i++)
        mine = concerned(erasing, &works.item[i]);
    if (!mine && erasing->kind != PEOPLE_ANNOTATOR)
        mine = shows_turns(it);
    if (mine) {
        bundle = bundle_open(it->path, BUNDLE_WORK, err);
        good = bundle && clear_bundle(erasing, bundle, &works, err);
        bundle_close(bundle);
        erasing->report->bundles++;
    }
    project_works_release(&works);
    return good;
}

static bool erase_in_bundles(struct erasing *erasing, struct error *err)
{
    struct project_bundles list;
    bool good = true;

    if (!project_bundles(erasing->project, &list, err))
        return false;
    for (size_t i = 0; good && i < list.count; i++)
        good = erase_in_bundle(erasing, &list.item[i], err);
    project_bundles_release(&list);
    return good;
}

/* The item's number stays, for the work that was done on it. */
static bool erase_item(struct db *db, int64_t number, struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_ATTRIBUTE_DROP, err);
    uint8_t chance[8];
    char name[32] = "erased-";

    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, number);
    if (!stmt_run(db, stmt, err))
        return false;
    stmt = db_stmt(db, STMT_REFERENCE_DROP, err);
    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, number);
    if (!stmt_run(db, stmt, err))
        return false;
    hash_random(chance, sizeof(chance));
    hash_to_hex(chance, sizeof(chance), name + 7);
    stmt = db_stmt(db, STMT_ITEM_ERASE, err);
    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, number);
    stmt_bind_text(stmt, 2, name);
    return stmt_run(db, stmt, err);
}

/* Runs a statement on (kind, alias). */
static struct stmt *about(const struct erasing *erasing, enum stmt_id id,
                          struct error *err)
{
    struct stmt *stmt = db_stmt(project_db(erasing->project), id, err);

    if (stmt) {
        stmt_bind_text(stmt, 1, people_kind_name(erasing->kind));
        stmt_bind_text(stmt, 2, erasing->alias);
    }
    return stmt;
}

static bool run_on_alias(const struct erasing *erasing, enum stmt_id id,
                         struct error *err)
{
    struct db *db = project_db(erasing->project);
    struct stmt *stmt = db_stmt(db, id, err);

    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, erasing->alias);
    return stmt_run(db, stmt, err);
}

static bool mark_annotator(const struct erasing *erasing, struct error *err)
{
    struct db *db = project_db(erasing->project);
    struct stmt *stmt;

    if (erasing->kind != PEOPLE_ANNOTATOR)
        return run_on_alias(erasing, STMT_LINE_FORGET_SPEAKER, err);
    stmt = db_stmt(db, STMT_ANNOTATOR_ERASE, err);
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, erasing->alias);
    stmt_bind_int(stmt, 2, bundle_wall_us());
    if (!stmt_run(db, stmt, err))
        return false;
    return run_on_alias(erasing, STMT_BUNDLE_WITHDRAW, err) &&
           run_on_alias(erasing, STMT_FIT_FORGET, err) &&
           run_on_alias(erasing, STMT_LINE_FORGET_ANNOTATOR, err);
}

static bool erase_in_project(struct erasing *erasing, struct error *err)
{
    struct project *project = erasing->project;
    struct db *db = project_db(project);
    struct hashes hashes = { 0 };
    struct stmt *stmt;
    char *payload = NULL;
    bool good = false;

    if (!project_begin(project, err))
        return false;
    stmt = about(erasing, STMT_CONCERN_LIST, err);
    if (!stmt || !gather(db, stmt, &hashes, err) || !bury_all(db, &hashes, err))
        goto failed;
    stmt = about(erasing, STMT_CONCERN_DROP, err);
    if (!stmt || !stmt_run(db, stmt, err))
        goto failed;
    for (size_t i = 0; i < erasing->items.count; i++)
        if (!erase_item(db, erasing->items.item[i], err))
            goto failed;
    payload = tombstone_payload(&hashes);
    if (!mark_annotator(erasing, err) ||
        !project_record(project, EVENT_ERASED, payload, err))
        goto failed;
    good = project_commit(project, err) && db_scrub(db, err);
    erasing->report->payloads = hashes.count;
    erasing->report->items = erasing->items.count;

failed:
    if (!good)
        project_rollback(project);
    free(payload);
    free(hashes.item);
    return good;
}

static bool erase_in_people(const struct erasing *erasing, struct error *err)
{
    struct people *people =
        people_open(project_folder(erasing->project), true, err);
    bool good =
        people && people_erase(people, erasing->kind, erasing->alias, err);

    people_close(people);
    return good;
}

bool erase_person(struct project *project, enum people_kind kind,
                  const char *alias, struct erase_report *report,
                  struct error *err)
{
    struct erasing erasing = {
        .project = project, .kind = kind, .alias = alias, .report = report
    };
    bool good = (kind != PEOPLE_SPEAKER || find_items(&erasing, err)) &&
                erase_in_bundles(&erasing, err) &&
                erase_in_people(&erasing, err) &&
                erase_in_project(&erasing, err);

    free(erasing.items.item);
    return good;
}

void erase_report_release(struct erase_report *report)
{
    text_list_release(&report->media);
    memset(report, 0, sizeof(*report));
}
