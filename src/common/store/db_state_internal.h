/*
 * db_state - what a struct db is made of; for db*.c and stmt.c only.
 */
#ifndef MIEN_STORE_DB_STATE_INTERNAL_H
#define MIEN_STORE_DB_STATE_INTERNAL_H

#include "common/store/db_internal.h"

struct sqlite3;
struct sqlite3_stmt;

struct db {
    struct sqlite3 *handle;                /* owned */
    struct sqlite3_stmt *stmt[STMT_COUNT]; /* owned; NULL until used */
    enum db_kind kind;
    bool wal;                      /* this connection turned it on */
    struct checkpoint *checkpoint; /* owned; while in WAL mode */
    bool full;                     /* synchronous is FULL */
    bool in_transaction;
};

/* Fills `err` with what SQLite says, in words; returns false. */
bool db_fail(struct db *db, int code, const char *doing, struct error *err);
bool db_exec(struct db *db, const char *sql, struct error *err);
/* Is it ours, of this kind, and not newer?  Reads it and changes nothing. */
bool db_identify(const char *path, enum db_kind kind, struct error *err);
bool db_migrate(struct db *db, bool may_write, struct error *err);

#endif
