/*
 * bundle_make - writing a bundle, and finding the one to work on.
 */
#include <config.h>

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/number.h"
#include "common/base/path.h"
#include "common/store/bundle_internal.h"
#include "common/study/protocol.h"

static bool put_entry(struct db *db, size_t position,
                      const struct bundle_draft *draft, struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_ENTRY_ADD, err);

    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, (int64_t)position);
    stmt_bind_text(stmt, 2, draft->id);
    stmt_bind_text(stmt, 3, draft->medium);
    stmt_bind_blob(stmt, 4, draft->medium[0] ? draft->sha256 : NULL, HASH_SIZE);
    stmt_bind_int(stmt, 5, draft->start_us);
    stmt_bind_int(stmt, 6, draft->end_us);
    stmt_bind_text(stmt, 7, draft->text);
    stmt_bind_text(stmt, 8, draft->speaker);
    stmt_bind_int(stmt, 9, draft->practice);
    if (draft->asks >= 0)
        stmt_bind_int(stmt, 10, draft->asks);
    stmt_bind_text(stmt, 11, draft->context);
    return stmt_run(db, stmt, err);
}

static bool put_second(struct db *db, const struct bundle_draft *draft,
                       struct error *err)
{
    const struct bundle_draft_second *second = &draft->second;
    struct stmt *stmt;

    if (!second->medium)
        return true;
    stmt = db_stmt(db, STMT_SECOND_ADD, err);
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, draft->id);
    stmt_bind_text(stmt, 2, second->medium);
    stmt_bind_blob(stmt, 3, second->medium[0] ? second->sha256 : NULL,
                   HASH_SIZE);
    stmt_bind_int(stmt, 4, second->start_us);
    stmt_bind_int(stmt, 5, second->end_us);
    stmt_bind_text(stmt, 6, second->text);
    stmt_bind_text(stmt, 7, second->speaker);
    return stmt_run(db, stmt, err);
}

static bool fill(struct db *db, const uint8_t id[BUNDLE_ID_SIZE],
                 const char *alias, const char *protocol,
                 const struct bundle_draft *draft, size_t count,
                 struct error *err)
{
    char hex[BUNDLE_ID_HEX];

    hash_to_hex(id, BUNDLE_ID_SIZE, hex);
    if (!db_begin(db, err) || !db_set_meta(db, "id", hex, err) ||
        !db_set_meta(db, "alias", alias, err) ||
        !db_set_meta(db, "protocol", protocol, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!put_entry(db, i + 1, &draft[i], err) ||
            !put_second(db, &draft[i], err))
            return false;
    return db_commit(db, err);
}

bool bundle_create(const char *path, const uint8_t id[BUNDLE_ID_SIZE],
                   const char *alias, const char *protocol,
                   const struct bundle_draft *draft, size_t count,
                   struct error *err)
{
    struct db *db = db_create(path, DB_BUNDLE, err);

    if (!db)
        return false;
    if (!fill(db, id, alias, protocol, draft, count, err)) {
        error_prefix(err, "%s", path);
        db_rollback(db);
        db_close(db);
        unlink(path);
        return false;
    }
    db_close(db);
    return true;
}

static bool put_truths(struct db *db, const struct bundle_truth *truth,
                       size_t count, struct error *err)
{
    if (!db_begin(db, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct stmt *stmt = db_stmt(db, STMT_TRUTH_ADD, err);

        if (!stmt)
            return false;
        stmt_bind_text(stmt, 1, truth[i].entry);
        stmt_bind_text(stmt, 2, truth[i].question);
        stmt_bind_text(stmt, 3, truth[i].value);
        if (!stmt_run(db, stmt, err))
            return false;
    }
    return db_commit(db, err);
}

bool bundle_add_truths(const char *path, const struct bundle_truth *truth,
                       size_t count, struct error *err)
{
    struct db *db;
    bool good;

    if (count == 0)
        return true;
    db = db_open(path, DB_BUNDLE, DB_WRITE, err);
    if (!db)
        return false;
    good = put_truths(db, truth, count, err);
    if (!good)
        db_rollback(db);
    db_close(db);
    if (!good)
        unlink(path);
    return good;
}

/* The caller's. */
static char *numbered_path(const char *project, const char *alias,
                           int64_t number)
{
    return xasprintf("%s/work/%s/%" PRId64 ".mien", project, alias, number);
}

/* All items are done, but the questionnaire at the end is not. */
static bool wants_form(const struct bundle *bundle, const struct fold *fold)
{
    const char *text = bundle_protocol(bundle);
    struct error err;
    struct protocol *protocol;
    bool wants;

    if (fold->end_form_done)
        return false;
    protocol = protocol_parse(text, strlen(text), "protocol", &err);
    wants = protocol && protocol->conduct.end.count > 0;
    protocol_free(protocol);
    return wants;
}

/* Does the journal know nothing of the last entry?  1, 0, or -1. */
static int has_untouched(const char *path, struct error *err)
{
    struct db *db = db_open(path, DB_BUNDLE, DB_READ, err);
    struct stmt *stmt = db ? db_stmt(db, STMT_ENTRY_UNTOUCHED, err) : NULL;
    int answer = stmt ? stmt_step(db, stmt, err) : -1;

    if (stmt)
        stmt_reset(stmt);
    if (db && answer < 0)
        error_prefix(err, "%s", path);
    db_close(db);
    return answer;
}

/* 1, 0, or -1.  To fold the journal takes long: until the last entry was
 * opened it need not be. */
static int has_work(const char *path, struct error *err)
{
    struct bundle *bundle;
    struct fold fold;
    int answer = has_untouched(path, err);

    if (answer != 0)
        return answer;
    bundle = bundle_open(path, BUNDLE_READ, err);
    if (!bundle)
        return -1;
    if (!bundle_fold(bundle, &fold, err)) {
        bundle_close(bundle);
        return -1;
    }
    answer = fold_resume(&fold) < fold.count || wants_form(bundle, &fold);
    fold_release(&fold);
    bundle_close(bundle);
    return answer;
}

/* Her bundle `number` is not there: she has none, or they are all done. */
static void nothing_open(const char *project, const char *alias, int64_t number,
                         char **last, struct error *err)
{
    if (number == 1)
        error_set(err, ERROR_INPUT,
                  "no work was handed out to \"%s\" here: the lead hands it "
                  "out with `mien-annotate assign'",
                  alias);
    else if (last)
        *last = numbered_path(project, alias, number - 1);
    else
        error_set(err, ERROR_INPUT, "all the work of \"%s\" is done", alias);
}

char *bundle_find_open(const char *project, const char *alias, char **last,
                       struct error *err)
{
    if (last)
        *last = NULL;
    for (int64_t number = 1;; number++) {
        char *path = numbered_path(project, alias, number);
        int work;

        if (!path_is_file(path)) {
            free(path);
            nothing_open(project, alias, number, last, err);
            return NULL;
        }
        work = has_work(path, err);
        if (work > 0)
            return path;
        free(path);
        if (work < 0)
            return NULL;
    }
}
