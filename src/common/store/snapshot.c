/* snapshot - keeping lines, and giving them back. */
#include <config.h>

#include "common/store/snapshot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/file/json.h"
#include "common/store/project_internal.h"

void snapshot_hash(const struct truth_lines *lines, char hex[HASH_HEX_SIZE])
{
    struct buf all = { 0 };
    uint8_t hash[HASH_SIZE];

    for (size_t i = 0; i < lines->count; i++) {
        buf_add_text(&all, lines->item[i].body);
        buf_add_char(&all, '\n');
    }
    hash_sha256(buf_text(&all), all.length, hash);
    hash_to_hex(hash, HASH_SIZE, hex);
    buf_release(&all);
}

static bool keep_line(struct db *db, const char *name, size_t place,
                      const struct truth_line *line, struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_LINE_ADD, err);
    uint8_t hash[HASH_SIZE];

    if (!stmt)
        return false;
    hash_sha256(line->body, strlen(line->body), hash);
    stmt_bind_blob(stmt, 1, hash, HASH_SIZE);
    stmt_bind_text(stmt, 2, truth_kind_names[line->kind]);
    stmt_bind_text(stmt, 3, line->speaker);
    stmt_bind_text(stmt, 4, line->annotator);
    stmt_bind_text(stmt, 5, line->body);
    if (!stmt_run(db, stmt, err))
        return false;
    stmt = db_stmt(db, STMT_LINE_PLACE, err);
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, name);
    stmt_bind_int(stmt, 2, (int64_t)place);
    stmt_bind_blob(stmt, 3, hash, HASH_SIZE);
    return stmt_run(db, stmt, err);
}

static bool keep_head(struct project *project, const char *name,
                      const char *hex, struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_SNAPSHOT_ADD, err);
    struct buf payload = { 0 };
    struct json_writer json;
    bool good;

    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, name);
    stmt_bind_int(stmt, 2, bundle_wall_us());
    stmt_bind_text(stmt, 3, hex);
    json_writer_init(&json, &payload, 0);
    json_begin_object(&json);
    json_pair_text(&json, "name", name);
    json_pair_text(&json, "sha256", hex);
    json_end_object(&json);
    good =
        stmt_run(db, stmt, err) &&
        project_record(project, EVENT_SNAPSHOT_MADE, buf_text(&payload), err);
    buf_release(&payload);
    return good;
}

/* 1 there, 0 not, -1 `err`. */
static int find(struct project *project, const char *name,
                struct snapshot *snapshot, struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_SNAPSHOT_FIND, err);
    int step;

    memset(snapshot, 0, sizeof(*snapshot));
    if (!stmt)
        return -1;
    stmt_bind_text(stmt, 1, name);
    step = stmt_step(db, stmt, err);
    if (step > 0) {
        snapshot->name = xstrdup(name);
        snapshot->made_us = stmt_int(stmt, 0);
        snprintf(snapshot->sha256, sizeof(snapshot->sha256), "%s",
                 stmt_text(stmt, 1));
    }
    stmt_reset(stmt);
    return step;
}

bool snapshot_create(struct project *project, const char *name,
                     const struct truth_lines *lines, struct error *err)
{
    struct snapshot known;
    char hex[HASH_HEX_SIZE];
    int there = find(project, name, &known, err);
    bool good;

    snapshot_release(&known);
    if (there < 0)
        return false;
    if (there > 0)
        return error_set(err, ERROR_INPUT,
                         "there is a snapshot \"%s\" already; what was frozen "
                         "stays as it is",
                         name);
    snapshot_hash(lines, hex);
    if (!project_begin(project, err))
        return false;
    good = keep_head(project, name, hex, err);
    for (size_t i = 0; good && i < lines->count; i++)
        good = keep_line(project_db(project), name, i, &lines->item[i], err);
    if (good && project_commit(project, err))
        return true;
    project_rollback(project);
    return false;
}

bool snapshot_list(struct project *project, struct snapshots *list,
                   struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_SNAPSHOT_LIST, err);
    int step;

    memset(list, 0, sizeof(*list));
    if (!stmt)
        return false;
    while ((step = stmt_step(db, stmt, err)) > 0) {
        struct snapshot it = { .name = xstrdup(stmt_text(stmt, 0)),
                               .made_us = stmt_int(stmt, 1),
                               .lines = (size_t)stmt_int(stmt, 3),
                               .erased = (size_t)stmt_int(stmt, 4) };

        snprintf(it.sha256, sizeof(it.sha256), "%s", stmt_text(stmt, 2));
        VEC_PUSH(list, it);
    }
    if (step < 0)
        snapshots_release(list);
    return step == 0;
}

void snapshots_release(struct snapshots *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->item[i].name);
    free(list->item);
    memset(list, 0, sizeof(*list));
}

void snapshot_release(struct snapshot *snapshot)
{
    free(snapshot->name);
    memset(snapshot, 0, sizeof(*snapshot));
}

static enum truth_kind kind_of(struct stmt *stmt)
{
    size_t kind = 0;

    if (stmt_is_null(stmt, 0))
        return TRUTH_ERASED;
    while (kind < TRUTH_ERASED &&
           !text_equal(truth_kind_names[kind], stmt_text(stmt, 0)))
        kind++;
    return (enum truth_kind)kind;
}

bool snapshot_load(struct project *project, const char *name,
                   struct snapshot *snapshot, struct truth_lines *lines,
                   struct error *err)
{
    struct db *db = project_db(project);
    int there = find(project, name, snapshot, err);
    struct stmt *stmt;
    int step;

    if (there < 0)
        return false;
    if (there == 0)
        return error_set(err, ERROR_INPUT,
                         "no snapshot \"%s\"; `mien-annotate snapshot list' "
                         "names them",
                         name);
    stmt = db_stmt(db, STMT_SNAPSHOT_LINES, err);
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, name);
    while ((step = stmt_step(db, stmt, err)) > 0) {
        enum truth_kind kind = kind_of(stmt);

        truth_add(lines, (struct truth_line){ kind, stmt_text(stmt, 1),
                                              stmt_text(stmt, 2),
                                              stmt_text(stmt, 3) });
        snapshot->lines++;
        snapshot->erased += kind == TRUTH_ERASED;
    }
    return step == 0;
}
