/*
 * db - opening, closing and transactions.
 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "common/base/mem.h"
#include "common/store/checkpoint_internal.h"
#include "common/store/db_state_internal.h"

enum { BUSY_MS = 5000 };

/* Short enough for the last line of a narrow screen. */
static bool disk_full(struct error *err)
{
    return error_set(err, ERROR_IO,
                     "the disk is full: free some space; what was kept is "
                     "safe");
}

static bool fail_by_system(struct db *db, int code, const char *doing,
                           struct error *err)
{
    int number = sqlite3_system_errno(db->handle);

    if (number == ENOSPC || number == EDQUOT || number == EFBIG)
        return disk_full(err);
    /* SQLite often has lost the number by the time it is asked for. */
    if (code == SQLITE_IOERR_WRITE && (number == 0 || number == EIO))
        return error_set(err, ERROR_IO,
                         "the disk takes no more (full? limit?); what was "
                         "kept is safe");
    errno = number ? number : EIO;
    return error_set_errno(err, ERROR_IO, "%s", doing);
}

bool db_fail(struct db *db, int code, const char *doing, struct error *err)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return disk_full(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(err, ERROR_BUSY,
                         "%s: another process is writing to it; try again "
                         "when that is done",
                         doing);
    case SQLITE_READONLY:
        return error_set(err, ERROR_IO,
                         "%s: it is read-only; give yourself the right to "
                         "write to the file and its folder",
                         doing);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return error_set(err, ERROR_INPUT,
                         "%s: the file is damaged; keep it, and go on with "
                         "a copy of it from before",
                         doing);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return fail_by_system(db, code, doing, err);
    default:
        return error_set(err, ERROR_IO, "%s: %s", doing,
                         db->handle ? sqlite3_errmsg(db->handle)
                                    : sqlite3_errstr(code));
    }
}

bool db_exec(struct db *db, const char *sql, struct error *err)
{
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ||
           db_fail(db, sqlite3_extended_errcode(db->handle), "writing", err);
}

static struct db *open_handle(const char *path, enum db_kind kind,
                              enum db_mode mode, struct error *err)
{
    struct db *db = xcalloc(1, sizeof(*db));
    int code;

    db->kind = kind;
    db->full = true; /* SQLite's own default */
    /*
     * For writing in any case: what a killed process left half-done must be
     * taken back before the file can be read.  SQLite itself falls back when
     * the file is read-only.
     */
    code = sqlite3_open_v2(path, &db->handle,
                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        db_fail(db, code, "opening", err);
        goto failed;
    }
    sqlite3_busy_timeout(db->handle, BUSY_MS);
    if (!db_exec(db,
                 "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; "
                 "PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY",
                 err) ||
        (mode == DB_READ && !db_exec(db, "PRAGMA query_only = ON", err)))
        goto failed;
    return db;

failed:
    db_close(db);
    return NULL;
}

/* What SQLite asks when it prepares a statement: may it read this? */
static int allow(void *context, int action, const char *table,
                 const char *column, const char *base, const char *trigger)
{
    (void)context;
    (void)base;
    (void)trigger;
    if (action != SQLITE_READ || !table || !column)
        return SQLITE_OK;
    if (strcmp(table, "annotator") == 0 ||
        ((strcmp(table, "bundle") == 0 || strcmp(table, "concern") == 0) &&
         strcmp(column, "alias") == 0))
        return SQLITE_DENY;
    return SQLITE_OK;
}

bool db_blind(struct db *db, bool blind, struct error *err)
{
    /* Statements that were prepared before are prepared anew, by SQLite. */
    int code = sqlite3_set_authorizer(db->handle, blind ? allow : NULL, NULL);

    return code == SQLITE_OK || db_fail(db, code, "blinding", err);
}

bool db_is_ours(const char *path, enum db_kind kind, struct error *err)
{
    return db_identify(path, kind, err) || error_prefix(err, "%s", path);
}

struct db *db_open(const char *path, enum db_kind kind, enum db_mode mode,
                   struct error *err)
{
    struct db *db = NULL;

    if (!db_identify(path, kind, err)) /* before anything is changed */
        goto failed;
    db = open_handle(path, kind, mode, err);
    if (!db || !db_migrate(db, mode == DB_WRITE, err))
        goto failed;
    return db;

failed:
    error_prefix(err, "%s", path);
    db_close(db);
    return NULL;
}

/* A new, empty file that nobody else can read at any moment. */
static bool make_private(const char *path, struct error *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0)
        return error_set_errno(err, errno == EEXIST ? ERROR_INPUT : ERROR_IO,
                               "%s: cannot be made", path);
    close(fd);
    return true;
}

struct db *db_create(const char *path, enum db_kind kind, struct error *err)
{
    struct db *db = NULL;

    if (!make_private(path, err))
        return NULL;
    db = open_handle(path, kind, DB_WRITE, err);
    if (!db || !db_migrate(db, true, err))
        goto failed;
    return db;

failed:
    error_prefix(err, "%s", path);
    db_close(db);
    unlink(path);
    return NULL;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    for (int i = 0; i < STMT_COUNT; i++)
        sqlite3_finalize(db->stmt[i]);
    checkpoint_free(db->checkpoint);
    /* When that cannot be done now, the next one to open it goes on. */
    if (db->wal)
        sqlite3_exec(db->handle, "PRAGMA journal_mode = DELETE", NULL, NULL,
                     NULL);
    sqlite3_close(db->handle);
    free(db);
}

bool db_use_wal(struct db *db, struct error *err)
{
    if (!db_exec(db, "PRAGMA journal_mode = WAL", err))
        return false;
    db->wal = true;
    checkpoint_free(db->checkpoint);
    db->checkpoint = checkpoint_new(
        db->handle, sqlite3_db_filename(db->handle, "main"), err);
    return db->checkpoint != NULL;
}

bool db_set_full(struct db *db, bool full, struct error *err)
{
    if (db->full == full)
        return true;
    if (!db_exec(db,
                 full ? "PRAGMA synchronous = FULL"
                      : "PRAGMA synchronous = NORMAL",
                 err))
        return false;
    db->full = full;
    return true;
}

bool db_quick_check(struct db *db, struct error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool good = false;
    int code = sqlite3_prepare_v2(db->handle, "PRAGMA quick_check(1)", -1,
                                  &stmt, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        good = strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") == 0;
    if (!good)
        db_fail(db, code == SQLITE_ROW ? SQLITE_CORRUPT : code, "checking it",
                err);
    sqlite3_finalize(stmt);
    return good;
}

/*
 * A rollback journal that is deleted would leave its blocks on the disk; with
 * WAL the old pages lie in the WAL.  So: no WAL, all pages written anew.
 */
bool db_scrub(struct db *db, struct error *err)
{
    checkpoint_free(db->checkpoint);
    db->checkpoint = NULL;
    if (!db_exec(db, "PRAGMA journal_mode = DELETE", err) ||
        !db_exec(db, "VACUUM", err))
        return false;
    return !db->wal || db_use_wal(db, err);
}

bool db_copy(struct db *db, const char *path, struct error *err)
{
    sqlite3_backup *backup = NULL;
    sqlite3 *target = NULL;
    int code;

    if (!make_private(path, err))
        return false;
    code = sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE, NULL);
    if (code == SQLITE_OK)
        backup = sqlite3_backup_init(target, "main", db->handle, "main");
    if (backup) {
        sqlite3_backup_step(backup, -1);
        code = sqlite3_backup_finish(backup);
    } else if (code == SQLITE_OK) {
        code = sqlite3_errcode(target);
    }
    /* The copy stands alone, also when its source was in WAL mode. */
    if (code == SQLITE_OK)
        code = sqlite3_exec(target, "PRAGMA journal_mode = DELETE", NULL, NULL,
                            NULL);
    sqlite3_close(target);
    if (code == SQLITE_OK)
        return true;
    db_fail(db, code, "copying", err);
    return error_prefix(err, "%s", path);
}

bool db_begin(struct db *db, struct error *err)
{
    if (!db_exec(db, "BEGIN IMMEDIATE", err))
        return false;
    db->in_transaction = true;
    return true;
}

bool db_commit(struct db *db, struct error *err)
{
    if (!db_exec(db, "COMMIT", err))
        return false;
    db->in_transaction = false;
    return true;
}

void db_rollback(struct db *db)
{
    if (!db->in_transaction)
        return;
    for (int i = 0; i < STMT_COUNT; i++)
        sqlite3_reset(db->stmt[i]);
    sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    db->in_transaction = false;
}
