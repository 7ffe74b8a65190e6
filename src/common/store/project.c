/*
 * project - making, opening, and the project's own journal.
 */
#include <config.h>

#include "common/store/project.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/path.h"
#include "common/store/lock.h"
#include "common/store/netfs.h"
#include "common/store/people.h"
#include "common/store/project_internal.h"

struct project {
    char *folder;      /* owned */
    struct lock *lock; /* owned; NULL when only read */
    struct db *db;     /* owned */
    struct journal journal;
    uint8_t session[EVENT_SESSION_SIZE]; /* of this process */
};

const char *project_folder(const struct project *project)
{
    return project->folder;
}

struct db *project_db(struct project *project)
{
    return project->db;
}

struct journal *project_journal(struct project *project)
{
    return &project->journal;
}

char *project_bundle_path(const struct project *project, const char *alias,
                          int64_t number)
{
    return xasprintf("%s/work/%s/%" PRId64 ".mien", project->folder, alias,
                     number);
}

char *project_draft_path(const struct project *project, const char *alias,
                         int64_t number)
{
    return xasprintf("%s/work/%s/.%" PRId64 ".mien.new", project->folder, alias,
                     number);
}

bool project_append(struct project *project, struct event *event,
                    struct error *err)
{
    event->entry = "";
    event->mono_us = bundle_mono_us();
    event->wall_us = bundle_wall_us();
    event->media_us = EVENT_NO_TIME;
    memcpy(event->session, project->session, EVENT_SESSION_SIZE);
    return journal_append(&project->journal, event, err);
}

bool project_record(struct project *project, enum event_kind kind,
                    const char *payload, struct error *err)
{
    struct event event = { .kind = kind, .payload = payload };

    return project_append(project, &event, err);
}

static bool fill(struct project *project, const char *name, const char *version,
                 const char *protocol, struct error *err)
{
    uint8_t id[JOURNAL_CHAIN_SIZE];
    char hex[2 * JOURNAL_CHAIN_SIZE + 1];
    char *payload;
    bool good;

    hash_random(id, sizeof(id));
    hash_to_hex(id, sizeof(id), hex);
    payload = event_payload_text("protocol", name);
    good = project_begin(project, err) &&
           db_set_meta(project->db, "id", hex, err) &&
           journal_open(&project->journal, project->db, id, err) &&
           project_add_protocol(project, name, version, protocol, err) &&
           project_record(project, EVENT_PROJECT_MADE, payload, err) &&
           project_commit(project, err);
    free(payload);
    return good;
}

static struct project *new_project(const char *folder)
{
    struct project *project = xcalloc(1, sizeof(*project));

    project->folder = path_absolute(folder);
    hash_random(project->session, sizeof(project->session));
    return project;
}

struct project *project_create(const char *folder, const char *name,
                               const char *version, const char *protocol,
                               struct error *err)
{
    struct project *project = new_project(folder);
    char *path = path_join(project->folder, "mien.db");
    char *people_path = path_join(project->folder, "people.db");
    bool made = !path_is_folder(project->folder);
    bool made_people = !path_is_file(people_path), begun = false;
    struct people *people = NULL;

    if (!path_make_folders(project->folder, 0700, err))
        goto failed;
    if (path_is_file(path)) {
        error_set(err, ERROR_INPUT, "%s: there is a project already", folder);
        goto failed;
    }
    if (!netfs_check(path, err))
        goto failed;
    project->lock = lock_take(path, err);
    if (!project->lock)
        goto failed;
    begun = true;
    people = people_open(project->folder, true, err);
    if (!people)
        goto failed;
    people_close(people);
    project->db = db_create(path, DB_PROJECT, err);
    if (!project->db || !fill(project, name, version, protocol, err))
        goto failed;
    free(people_path);
    free(path);
    return project;

failed: /* the same command can be given again */
    if (begun)
        unlink(path);
    if (begun && made_people)
        unlink(people_path);
    project_close(project);
    if (made)
        rmdir(folder); /* the lock, too, is gone */
    free(people_path);
    free(path);
    return NULL;
}

/* Bundles that mien.db knows but that were not yet put in their place. */
static bool finish_drafts(struct project *project, struct error *err)
{
    struct project_bundles list;
    bool good = true;

    if (!project_bundles(project, &list, err))
        return false;
    for (size_t i = 0; good && i < list.count; i++) {
        const struct project_bundle *it = &list.item[i];
        char *draft = project_draft_path(project, it->alias, it->number);

        if (!path_is_file(it->path) && path_is_file(draft) &&
            rename(draft, it->path) != 0)
            good = error_set_errno(err, ERROR_IO, "%s", it->path);
        free(draft);
    }
    project_bundles_release(&list);
    return good;
}

static bool read_id(struct project *project, struct error *err)
{
    char *hex = db_meta(project->db, "id", err);
    uint8_t id[JOURNAL_CHAIN_SIZE];
    bool good;

    if (!hex)
        return false;
    good = strlen(hex) == 2 * JOURNAL_CHAIN_SIZE &&
           hash_from_hex(hex, id, sizeof(id));
    free(hex);
    if (!good)
        return error_set(err, ERROR_INPUT, "the file is damaged: bad id");
    return journal_open(&project->journal, project->db, id, err);
}

struct project *project_open(const char *folder, bool write, struct error *err)
{
    struct project *project = new_project(folder);
    char *path = path_join(project->folder, "mien.db");

    if (write) {
        if (!netfs_check(path, err))
            goto failed;
        project->lock = lock_take(path, err);
        if (!project->lock)
            goto failed;
    }
    project->db = db_open(path, DB_PROJECT, write ? DB_WRITE : DB_READ, err);
    if (!project->db)
        goto failed;
    if (!read_id(project, err) || (write && !finish_drafts(project, err))) {
        error_prefix(err, "%s", path);
        goto failed;
    }
    free(path);
    return project;

failed:
    free(path);
    project_close(project);
    return NULL;
}

void project_close(struct project *project)
{
    if (!project)
        return;
    db_close(project->db);
    lock_drop(project->lock);
    free(project->folder);
    free(project);
}

bool project_begin(struct project *project, struct error *err)
{
    return db_begin(project->db, err);
}

bool project_commit(struct project *project, struct error *err)
{
    return db_commit(project->db, err);
}

void project_rollback(struct project *project)
{
    struct error err;
    uint8_t chain[JOURNAL_CHAIN_SIZE];

    db_rollback(project->db);
    memcpy(chain, project->journal.chain, sizeof(chain));
    /* The head that stands in the file; on failure the next append fails. */
    (void)journal_open(&project->journal, project->db, chain, &err);
}
