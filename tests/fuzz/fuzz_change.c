/* fuzz_change - see fuzz_change.h. */
#include <config.h>

#include "fuzz_change.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/base/text.h"

enum { VALUE_MOST = 64 };

enum {
    DEED_TEXT,
    DEED_BLOB,
    DEED_NULL,
    DEED_INT,
    DEED_REAL,
    DEED_DELETE,
    DEED_BYTES,
    DEED_CUT,
};

static void table_names(sqlite3 *db, struct text_list *names)
{
    sqlite3_stmt *stmt = NULL;

    sqlite3_prepare_v2(db,
                       "SELECT name FROM sqlite_schema WHERE type = 'table' "
                       "ORDER BY name",
                       -1, &stmt, NULL);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        text_list_add(names, (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
}

static void column_names(sqlite3 *db, const char *table,
                         struct text_list *names)
{
    sqlite3_stmt *stmt = NULL;

    sqlite3_prepare_v2(db, "SELECT name FROM pragma_table_info(?1)", -1, &stmt,
                       NULL);
    sqlite3_bind_text(stmt, 1, table, -1, SQLITE_TRANSIENT);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        text_list_add(names, (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
}

static int64_t number_of(const uint8_t *value, size_t length)
{
    int64_t number = length > 0 && value[0] & 0x80 ? -1 : 0;

    for (size_t i = 0; i < length && i < 8; i++)
        number = (int64_t)((uint64_t)number << 8 | value[i]);
    return number;
}

static void bind(sqlite3_stmt *stmt, int deed, const uint8_t *value,
                 size_t length)
{
    if (deed == DEED_TEXT)
        sqlite3_bind_text(stmt, 1, (const char *)value, (int)length,
                          SQLITE_TRANSIENT);
    else if (deed == DEED_BLOB)
        sqlite3_bind_blob(stmt, 1, value, (int)length, SQLITE_TRANSIENT);
    else if (deed == DEED_INT)
        sqlite3_bind_int64(stmt, 1, number_of(value, length));
    else if (deed == DEED_REAL)
        sqlite3_bind_double(stmt, 1, (double)number_of(value, length));
    else
        sqlite3_bind_null(stmt, 1);
}

/* A cell, or a row; what the schema does not allow is not done. */
static void change_row(sqlite3 *db, const struct text_list *tables,
                       const uint8_t *head, const uint8_t *value, size_t length)
{
    const char *table = tables->item[head[1] % tables->count];
    struct text_list columns = { 0 };
    sqlite3_stmt *stmt = NULL;
    int deed = head[0] % CHANGE_DEEDS;
    const char *key;
    char *sql;

    column_names(db, table, &columns);
    if (columns.count == 0)
        return;
    key = columns.item[0]; /* also where there is no rowid */
    sql = deed == DEED_DELETE
              ? xasprintf("DELETE FROM \"%s\" WHERE \"%s\" IN (SELECT \"%s\" "
                          "FROM \"%s\" ORDER BY 1 LIMIT 1 OFFSET %d)",
                          table, key, key, table, head[3] % 16)
              : xasprintf("UPDATE OR IGNORE \"%s\" SET \"%s\" = ?1 WHERE "
                          "\"%s\" IN (SELECT \"%s\" FROM \"%s\" ORDER BY 1 "
                          "LIMIT 1 OFFSET %d)",
                          table, columns.item[head[2] % columns.count], key,
                          key, table, head[3] % 16);
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK) {
        if (deed != DEED_DELETE)
            bind(stmt, deed, value, length);
        sqlite3_step(stmt);
    }
    sqlite3_finalize(stmt);
    free(sql);
    text_list_release(&columns);
}

/* The file's own bytes; after all changes of cells. */
static void change_bytes(const char *path, const uint8_t *head,
                         const uint8_t *value, size_t length)
{
    long at = head[1] << 16 | head[2] << 8 | head[3];
    FILE *file = fopen(path, "r+b");

    if (!file)
        return;
    if (head[0] % CHANGE_DEEDS == DEED_CUT) {
        if (ftruncate(fileno(file), at) != 0)
            abort();
    } else if (fseek(file, 0, SEEK_END) == 0 && at < ftell(file)) {
        fseek(file, at, SEEK_SET);
        fwrite(value, 1, length, file);
    }
    fclose(file);
}

void fuzz_change(const char *path, const uint8_t *bytes, size_t length)
{
    struct text_list tables = { 0 };
    sqlite3 *db = NULL;

    if (sqlite3_open(path, &db) != SQLITE_OK)
        abort();
    sqlite3_exec(db,
                 "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; "
                 "PRAGMA ignore_check_constraints = ON; "
                 "PRAGMA foreign_keys = OFF",
                 NULL, NULL, NULL);
    table_names(db, &tables);
    for (int pass = 0; pass < 2; pass++) { /* cells first, then bytes */
        for (size_t at = 0; at + CHANGE_HEAD <= length;) {
            const uint8_t *head = bytes + at;
            size_t most = length - at - CHANGE_HEAD;
            size_t size = head[4] % VALUE_MOST;
            bool raw = head[0] % CHANGE_DEEDS >= DEED_BYTES;

            size = size < most ? size : most;
            if (!raw && pass == 0)
                change_row(db, &tables, head, head + CHANGE_HEAD, size);
            if (raw && pass == 1)
                change_bytes(path, head, head + CHANGE_HEAD, size);
            at += CHANGE_HEAD + size;
        }
        if (pass == 0)
            sqlite3_close(db);
    }
    text_list_release(&tables);
}
