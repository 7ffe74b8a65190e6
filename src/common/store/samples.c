/*
 * samples - rows of trace samples, in a bundle and in a project.
 */
#include <config.h>

#include "common/store/samples_internal.h"

#include <math.h>

#include "common/base/vec.h"

enum { PASS_SHIFT = 32 };

static int64_t id_of(int64_t pass, int64_t number)
{
    return (pass << PASS_SHIFT) + number;
}

int64_t samples_pass(struct db *db, const uint8_t started[EVENT_HASH_SIZE],
                     struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_PASS_FIND, err);
    int64_t number = 0;
    int step;

    if (!stmt)
        return -1;
    stmt_bind_blob(stmt, 1, started, EVENT_HASH_SIZE);
    step = stmt_step(db, stmt, err);
    if (step > 0)
        number = stmt_int(stmt, 0);
    stmt_reset(stmt);
    return step < 0 ? -1 : number;
}

int64_t samples_new_pass(struct db *db, const uint8_t started[EVENT_HASH_SIZE],
                         struct error *err)
{
    int64_t number = samples_pass(db, started, err);
    struct stmt *stmt;

    if (number != 0)
        return number;
    stmt = db_stmt(db, STMT_PASS_ADD, err);
    if (!stmt)
        return -1;
    stmt_bind_blob(stmt, 1, started, EVENT_HASH_SIZE);
    return stmt_run(db, stmt, err) ? db_last_row(db) : -1;
}

bool samples_put(struct db *db, int64_t pass, int64_t first,
                 const struct trace_sample *sample, size_t count,
                 struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct stmt *stmt = db_stmt(db, STMT_SAMPLE_ADD, err);

        if (!stmt)
            return false;
        stmt_bind_int(stmt, 1, id_of(pass, first + (int64_t)i));
        stmt_bind_int(stmt, 2, sample[i].media_us);
        stmt_bind_int(stmt, 3, sample[i].host_us);
        stmt_bind_real(stmt, 4, sample[i].value[0]);
        if (!isnan(sample[i].value[1]))
            stmt_bind_real(stmt, 5, sample[i].value[1]);
        stmt_bind_int(stmt, 6, sample[i].flags);
        if (!stmt_run(db, stmt, err))
            return false;
    }
    return true;
}

bool samples_get(struct db *db, int64_t pass, int64_t first, int64_t most,
                 struct trace_samples *out, struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_SAMPLE_LIST, err);
    int64_t expected = id_of(pass, first);
    int step = -1;

    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, expected);
    stmt_bind_int(stmt, 2, id_of(pass + 1, 0));
    stmt_bind_int(stmt, 3, most);
    while ((step = stmt_step(db, stmt, err)) > 0) {
        struct trace_sample sample = {
            .media_us = stmt_int(stmt, 1),
            .host_us = stmt_int(stmt, 2),
            .value = { stmt_real(stmt, 3), NAN },
            .flags = (unsigned)stmt_int(stmt, 5),
        };

        if (stmt_int(stmt, 0) != expected++) {
            step = -1 + (int)error_set(err, ERROR_INPUT,
                                       "the file is damaged: a sample of a "
                                       "trace is missing");
            break;
        }
        if (!stmt_is_null(stmt, 4))
            sample.value[1] = stmt_real(stmt, 4);
        VEC_PUSH(out, sample);
    }
    stmt_reset(stmt);
    return step == 0;
}

static bool delete_range(struct db *db, int64_t from, int64_t to,
                         struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_SAMPLE_DROP, err);

    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, from);
    stmt_bind_int(stmt, 2, to);
    return stmt_run(db, stmt, err);
}

bool samples_cut(struct db *db, int64_t pass, int64_t first, struct error *err)
{
    return delete_range(db, id_of(pass, first), id_of(pass + 1, 0), err);
}

bool samples_drop(struct db *db, const uint8_t started[EVENT_HASH_SIZE],
                  struct error *err)
{
    int64_t pass = samples_pass(db, started, err);
    struct stmt *stmt;

    if (pass <= 0)
        return pass == 0;
    stmt = db_stmt(db, STMT_PASS_DROP, err);
    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, pass);
    return stmt_run(db, stmt, err) && samples_cut(db, pass, 0, err);
}
