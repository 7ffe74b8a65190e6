/*
 * db_identify - is this file ours?  And its migrations.
 *
 * The first 100 bytes of an SQLite file tell all that is needed: the user
 * version at 60, the application id at 68, both big-endian
 * (https://www.sqlite.org/fileformat.html, 1.3).  They are read as plain
 * bytes: SQLite itself might change a file that it opens.
 */
#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <sqlite3.h>

#include "common/store/db_state_internal.h"

enum { HEADER_SIZE = 100 };

struct identity {
    enum db_kind kind;
    uint32_t id;
    const char *name; /* of its migrations */
    const char *what; /* as users call it */
};

/* "mieP", "mieH", "mieB". */
static const struct identity identities[] = {
    { DB_PROJECT, 0x6d696550, "project", "a mien project" },
    { DB_PEOPLE, 0x6d696548, "people", "a mien people file" },
    { DB_BUNDLE, 0x6d696542, "bundle", "a mien bundle" },
};

static const struct identity *identity_of(enum db_kind kind)
{
    for (size_t i = 0; i < sizeof(identities) / sizeof(*identities); i++)
        if (identities[i].kind == kind)
            return &identities[i];
    return NULL;
}

static const struct identity *identity_by_id(uint32_t id)
{
    for (size_t i = 0; i < sizeof(identities) / sizeof(*identities); i++)
        if (identities[i].id == id)
            return &identities[i];
    return NULL;
}

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
           (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool newer(const struct identity *want, int version, struct error *err)
{
    return error_set(err, ERROR_INPUT,
                     "%s of a newer mien (version %d, this one knows %d): "
                     "nothing was changed; use that version of mien",
                     want->what, version, db_version(want->kind));
}

static bool judge(const unsigned char *header, size_t length,
                  const struct identity *want, struct error *err)
{
    const struct identity *is;
    int version;

    if (length < HEADER_SIZE || memcmp(header, "SQLite format 3", 16) != 0)
        return error_set(err, ERROR_INPUT, "is no mien file; expected %s",
                         want->what);
    is = identity_by_id(big_endian(header + 68));
    if (!is)
        return error_set(err, ERROR_INPUT,
                         "is no mien file but the database of another "
                         "program; expected %s",
                         want->what);
    if (is != want)
        return error_set(err, ERROR_INPUT, "is %s; expected %s", is->what,
                         want->what);
    version = (int)big_endian(header + 60);
    if (version > db_version(want->kind))
        return newer(want, version, err);
    return true;
}

bool db_identify(const char *path, enum db_kind kind, struct error *err)
{
    const struct identity *want = identity_of(kind);
    unsigned char header[HEADER_SIZE] = { 0 };
    struct stat status;
    size_t length;
    FILE *file;

    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return error_set(err, ERROR_INPUT, "is no mien file; expected %s",
                         want->what);
    file = fopen(path, "rbe");
    if (!file)
        return error_set_errno(err, errno == ENOENT ? ERROR_INPUT : ERROR_IO,
                               "cannot be opened");
    length = fread(header, 1, sizeof(header), file);
    fclose(file);
    return judge(header, length, want, err);
}

/* Their names end in four digits, from 0001. */
static const struct embedded_file *migration(enum db_kind kind, int number)
{
    char name[64];

    snprintf(name, sizeof(name), "%s-%04d", identity_of(kind)->name, number);
    return embedded_find(store_migrations, name);
}

int db_version(enum db_kind kind)
{
    int number = 0;

    while (migration(kind, number + 1))
        number++;
    return number;
}

static bool read_version(struct db *db, int *version, struct error *err)
{
    sqlite3_stmt *stmt = NULL;
    int code =
        sqlite3_prepare_v2(db->handle, "PRAGMA user_version", -1, &stmt, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        *version = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    return code == SQLITE_ROW || db_fail(db, code, "reading", err);
}

static bool migrate_once(struct db *db, int number, struct error *err)
{
    char pragma[96];

    snprintf(pragma, sizeof(pragma),
             "PRAGMA application_id = %u; PRAGMA user_version = %d",
             identity_of(db->kind)->id, number);
    return db_begin(db, err) &&
           db_exec(db, migration(db->kind, number)->text, err) &&
           db_exec(db, pragma, err) && db_commit(db, err);
}

/*
 * From here on reads a copy in memory, which can be brought up to date while
 * the file stays as it is.
 */
static bool into_memory(struct db *db, struct error *err)
{
    sqlite3_backup *backup = NULL;
    sqlite3 *copy = NULL;
    int code = sqlite3_open_v2(
        ":memory:", &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    if (code == SQLITE_OK)
        backup = sqlite3_backup_init(copy, "main", db->handle, "main");
    if (backup) {
        sqlite3_backup_step(backup, -1);
        code = sqlite3_backup_finish(backup);
    } else if (code == SQLITE_OK) {
        code = sqlite3_errcode(copy);
    }
    if (code != SQLITE_OK) {
        sqlite3_close(copy);
        return db_fail(db, code, "reading", err);
    }
    sqlite3_close(db->handle);
    db->handle = copy;
    return true;
}

bool db_migrate(struct db *db, bool may_write, struct error *err)
{
    int known = db_version(db->kind);
    int version = 0;

    if (!read_version(db, &version, err))
        return false;
    if (version > known) /* told by its WAL only */
        return newer(identity_of(db->kind), version, err);
    if (version < known && !may_write && !into_memory(db, err))
        return false;
    while (version < known)
        if (!migrate_once(db, ++version, err)) {
            db_rollback(db);
            return false;
        }
    return true;
}
