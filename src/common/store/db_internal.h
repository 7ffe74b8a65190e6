/*
 * db - SQLite with our manners: files that are known before they are touched,
 * statements from one table, errors in words.
 *
 * Each kind of file has an application id and a user version, which counts
 * its migrations.  A file of another kind, or of a newer mien, is refused
 * before anything is changed.
 */
#ifndef MIEN_STORE_DB_INTERNAL_H
#define MIEN_STORE_DB_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/embedded.h"
#include "common/base/error.h"

/* Bits, so that a statement can say in which files it works. */
enum db_kind {
    DB_PROJECT = 1,
    DB_PEOPLE = 2,
    DB_BUNDLE = 4,
};

enum db_mode { DB_READ, DB_WRITE };

enum stmt_id {
#define STMT(kinds, name, sql) STMT_##name,
#include "common/store/statements.def"
#undef STMT
    STMT_COUNT
};

struct db;
struct stmt; /* a statement that was prepared; owned by its db */

/* Migrations by name ("bundle-0001"); made by build-aux/embed. */
extern const struct embedded_file store_migrations[];

/* A new file, readable by its owner only; fails when there is one. */
struct db *db_create(const char *path, enum db_kind kind, struct error *err);
/*
 * Brings an older file up to date; for DB_READ a copy of it in memory, so that
 * work of an older mien can be collected as it is.
 */
struct db *db_open(const char *path, enum db_kind kind, enum db_mode mode,
                   struct error *err);
/* Is the file of this kind, and not of a newer mien?  Changes nothing. */
bool db_is_ours(const char *path, enum db_kind kind, struct error *err);
/* Leaves WAL mode, when in it, so that one file is left.  Takes NULL. */
void db_close(struct db *db);

/* From now on in WAL mode. */
bool db_use_wal(struct db *db, struct error *err);
/* The next transactions are on disk when they commit (FULL), or soon. */
bool db_set_full(struct db *db, bool full, struct error *err);
/* Looks all pages over; false when the file is damaged. */
bool db_quick_check(struct db *db, struct error *err);
/* Nothing deleted is left anywhere in the file or beside it. */
bool db_scrub(struct db *db, struct error *err);
/*
 * From now on no statement of this connection reads who an annotator is: the
 * table of annotators, the alias of a bundle, whom a payload concerns.
 */
bool db_blind(struct db *db, bool blind, struct error *err);
/* A copy under another name, also while somebody writes this one. */
bool db_copy(struct db *db, const char *path, struct error *err);
int db_version(enum db_kind kind); /* how many migrations there are */

bool db_begin(struct db *db, struct error *err); /* for writing, at once */
bool db_commit(struct db *db, struct error *err);
void db_rollback(struct db *db); /* also when there is none */

/* Prepared on first use; reset, with nothing bound. */
struct stmt *db_stmt(struct db *db, enum stmt_id id, struct error *err);
const char *stmt_text_of(enum stmt_id id, int *kinds); /* for the test */
/* Places count from 1. */
void stmt_bind_int(struct stmt *stmt, int place, int64_t value);
void stmt_bind_real(struct stmt *stmt, int place, double value);
void stmt_bind_text(struct stmt *stmt, int place, const char *text); /* NULL */
void stmt_bind_blob(struct stmt *stmt, int place, const void *bytes,
                    size_t length); /* NULL */
/* 1: a row; 0: the end; -1: `err` is filled.  Reset unless it gave a row. */
int stmt_step(struct db *db, struct stmt *stmt, struct error *err);
/* To its end, rows or none. */
bool stmt_run(struct db *db, struct stmt *stmt, struct error *err);
void stmt_reset(struct stmt *stmt);
/* Columns count from 0; borrowed until the next step. */
int64_t stmt_int(struct stmt *stmt, int column);
double stmt_real(struct stmt *stmt, int column);
const char *stmt_text(struct stmt *stmt, int column); /* "" when NULL */
bool stmt_is_null(struct stmt *stmt, int column);
/* False when it is no blob of `length` bytes. */
bool stmt_blob(struct stmt *stmt, int column, void *out, size_t length);
int64_t db_last_row(struct db *db);

/* The value of a row of `meta`, the caller's; NULL when missing. */
char *db_meta(struct db *db, const char *key, struct error *err);
bool db_set_meta(struct db *db, const char *key, const char *value,
                 struct error *err);

#endif
