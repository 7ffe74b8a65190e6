/*
 * Tests of checkpoint: the log is taken in while commits go on.
 *
 * Also run under ThreadSanitizer (tests/unit/play/tsan.sh).
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "common/store/checkpoint_internal.h"

enum { COMMITS = 2000, ROUNDS = 10, WAL_MOST = 4 << 20 };

static char folder[] = "/tmp/mien-checkpoint.XXXXXX";
static char path[64], wal[80];

static int setup(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof(path), "%s/x.db", folder);
    snprintf(wal, sizeof(wal), "%s-wal", path);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static void run_sql(sqlite3 *db, const char *sql)
{
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static int64_t count_rows(void)
{
    sqlite3_stmt *stmt;
    sqlite3 *db;
    int64_t count;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT count(*) FROM t", -1, &stmt, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    count = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return count;
}

/* 12 KB a commit: 24 MB of log, were it never taken in. */
static void the_log_stays_short_while_commits_go_on(void **state)
{
    struct checkpoint *checkpoint;
    struct error err;
    struct stat info;
    off_t most = 0;
    sqlite3 *db;

    (void)state;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    run_sql(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                "CREATE TABLE t (x BLOB)");
    checkpoint = checkpoint_new(db, path, &err);
    assert_non_null(checkpoint);
    for (int i = 0; i < COMMITS; i++) {
        run_sql(db, "INSERT INTO t VALUES (zeroblob(8000))");
        if (stat(wal, &info) == 0 && info.st_size > most)
            most = info.st_size;
    }
    checkpoint_free(checkpoint);
    sqlite3_close(db);
    assert_true(most > 0 && most < WAL_MOST);
    assert_int_equal(count_rows(), COMMITS);
}

static void it_can_be_ended_in_the_middle_of_its_work(void **state)
{
    struct error err;
    sqlite3 *db;

    (void)state;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (int round = 0; round < ROUNDS; round++) {
        struct checkpoint *checkpoint = checkpoint_new(db, path, &err);

        assert_non_null(checkpoint);
        for (int i = 0; i < 120; i++)
            run_sql(db, "INSERT INTO t VALUES (zeroblob(8000))");
        checkpoint_free(checkpoint);
    }
    sqlite3_close(db);
    assert_int_equal(count_rows(), COMMITS + ROUNDS * 120);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_log_stays_short_while_commits_go_on),
        cmocka_unit_test(it_can_be_ended_in_the_middle_of_its_work),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
