/*
 * stmt - the statements of statements.def, prepared on first use.
 */
#include <config.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "common/base/mem.h"
#include "common/store/db_state_internal.h"

static const struct {
    int kinds;
    const char *sql;
} statements[] = {
#define STMT(where, name, text) { .kinds = where, .sql = text },
#include "common/store/statements.def"
#undef STMT
};

/* A struct stmt is a sqlite3_stmt under a name that headers may say. */
static sqlite3_stmt *in(struct stmt *stmt)
{
    return (sqlite3_stmt *)stmt;
}

const char *stmt_text_of(enum stmt_id id, int *kinds)
{
    *kinds = statements[id].kinds;
    return statements[id].sql;
}

struct stmt *db_stmt(struct db *db, enum stmt_id id, struct error *err)
{
    int code;

    assert(statements[id].kinds & (int)db->kind);
    if (!db->stmt[id]) {
        code =
            sqlite3_prepare_v3(db->handle, statements[id].sql, -1,
                               SQLITE_PREPARE_PERSISTENT, &db->stmt[id], NULL);
        if (code != SQLITE_OK) {
            db_fail(db, code, "reading", err);
            return NULL;
        }
    }
    sqlite3_reset(db->stmt[id]);
    sqlite3_clear_bindings(db->stmt[id]);
    return (struct stmt *)db->stmt[id];
}

void stmt_bind_int(struct stmt *stmt, int place, int64_t value)
{
    int code = sqlite3_bind_int64(in(stmt), place, value);

    assert(code == SQLITE_OK);
    (void)code;
}

void stmt_bind_real(struct stmt *stmt, int place, double value)
{
    int code = sqlite3_bind_double(in(stmt), place, value);

    assert(code == SQLITE_OK);
    (void)code;
}

void stmt_bind_text(struct stmt *stmt, int place, const char *text)
{
    int code =
        text ? sqlite3_bind_text(in(stmt), place, text, -1, SQLITE_TRANSIENT)
             : sqlite3_bind_null(in(stmt), place);

    assert(code == SQLITE_OK);
    (void)code;
}

void stmt_bind_blob(struct stmt *stmt, int place, const void *bytes,
                    size_t length)
{
    int code = bytes ? sqlite3_bind_blob64(in(stmt), place, bytes, length,
                                           SQLITE_TRANSIENT)
                     : sqlite3_bind_null(in(stmt), place);

    assert(code == SQLITE_OK);
    (void)code;
}

int stmt_step(struct db *db, struct stmt *stmt, struct error *err)
{
    int code = sqlite3_step(in(stmt));

    if (code == SQLITE_ROW)
        return 1;
    if (code != SQLITE_DONE)
        db_fail(db, sqlite3_extended_errcode(db->handle),
                sqlite3_stmt_readonly(in(stmt)) ? "reading" : "writing", err);
    sqlite3_reset(in(stmt));
    return code == SQLITE_DONE ? 0 : -1;
}

bool stmt_run(struct db *db, struct stmt *stmt, struct error *err)
{
    int step;

    do
        step = stmt_step(db, stmt, err);
    while (step > 0);
    return step == 0;
}

void stmt_reset(struct stmt *stmt)
{
    sqlite3_reset(in(stmt));
}

int64_t stmt_int(struct stmt *stmt, int column)
{
    return sqlite3_column_int64(in(stmt), column);
}

double stmt_real(struct stmt *stmt, int column)
{
    return sqlite3_column_double(in(stmt), column);
}

const char *stmt_text(struct stmt *stmt, int column)
{
    const unsigned char *text = sqlite3_column_text(in(stmt), column);

    return text ? (const char *)text : "";
}

bool stmt_is_null(struct stmt *stmt, int column)
{
    return sqlite3_column_type(in(stmt), column) == SQLITE_NULL;
}

bool stmt_blob(struct stmt *stmt, int column, void *out, size_t length)
{
    const void *bytes = sqlite3_column_blob(in(stmt), column);

    if (!bytes || (size_t)sqlite3_column_bytes(in(stmt), column) != length)
        return false;
    memcpy(out, bytes, length);
    return true;
}

int64_t db_last_row(struct db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

char *db_meta(struct db *db, const char *key, struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_META_GET, err);
    char *value = NULL;
    int step;

    if (!stmt)
        return NULL;
    stmt_bind_text(stmt, 1, key);
    step = stmt_step(db, stmt, err);
    if (step > 0)
        value = xstrdup(stmt_text(stmt, 0));
    else if (step == 0)
        error_set(err, ERROR_INPUT,
                  "the file is damaged: it has no \"%s\"; go on with a copy "
                  "of it from before",
                  key);
    stmt_reset(stmt);
    return value;
}

bool db_set_meta(struct db *db, const char *key, const char *value,
                 struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_META_SET, err);

    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, key);
    stmt_bind_text(stmt, 2, value);
    return stmt_run(db, stmt, err);
}
