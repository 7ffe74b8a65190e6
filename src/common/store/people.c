/*
 * people - who is behind an alias.
 */
#include <config.h>

#include "common/store/people_internal.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/store/db_internal.h"

static const char *const kind_names[] = { "speaker", "annotator" };

/* As corpora call what they say about persons. */
static const char *const demographics[] = {
    "accent",
    "age",
    "age_band",
    "birth_year",
    "country",
    "dialect",
    "disability",
    "education",
    "ethnicity",
    "first_language",
    "gender",
    "handedness",
    "mother_tongue",
    "name",
    "nationality",
    "native_language",
    "occupation",
    "race",
    "region",
    "religion",
    "sex",
    "skin_type",
    "sexual_orientation",
};

const char *people_kind_name(enum people_kind kind)
{
    return kind_names[kind];
}

bool people_is_demographic(const char *column)
{
    for (size_t i = 0; i < LENGTH_OF(demographics); i++)
        if (strcmp(demographics[i], column) == 0)
            return true;
    return false;
}

struct people *people_open(const char *folder, bool make, struct error *err)
{
    char *path = path_join(folder, "people.db");
    struct people *people = xcalloc(1, sizeof(*people));

    if (make && !path_is_file(path))
        people->db = db_create(path, DB_PEOPLE, err);
    else
        people->db = db_open(path, DB_PEOPLE, DB_WRITE, err);
    free(path);
    if (people->db)
        return people;
    people_close(people);
    return NULL;
}

void people_close(struct people *people)
{
    if (!people)
        return;
    if (people->db)
        db_rollback(people->db);
    db_close(people->db);
    free(people);
}

bool people_begin(struct people *people, struct error *err)
{
    return db_begin(people->db, err);
}

bool people_commit(struct people *people, struct error *err)
{
    return db_commit(people->db, err);
}

/* With kind and alias in the first two places. */
static struct stmt *about(struct people *people, enum stmt_id id,
                          enum people_kind kind, const char *alias,
                          struct error *err)
{
    struct stmt *stmt = db_stmt(people->db, id, err);

    if (stmt) {
        stmt_bind_text(stmt, 1, kind_names[kind]);
        stmt_bind_text(stmt, 2, alias);
    }
    return stmt;
}

bool people_add(struct people *people, enum people_kind kind, const char *alias,
                struct error *err)
{
    struct stmt *stmt = about(people, STMT_PERSON_ADD, kind, alias, err);

    return stmt && stmt_run(people->db, stmt, err);
}

bool people_set(struct people *people, enum people_kind kind, const char *alias,
                const char *name, const char *value, struct error *err)
{
    struct stmt *stmt = about(people, STMT_DETAIL_SET, kind, alias, err);

    if (!stmt)
        return false;
    stmt_bind_text(stmt, 3, name);
    stmt_bind_text(stmt, 4, value);
    return stmt_run(people->db, stmt, err);
}

bool people_get(struct people *people, enum people_kind kind, const char *alias,
                const char *name, char **value, struct error *err)
{
    struct stmt *stmt = about(people, STMT_DETAIL_GET, kind, alias, err);
    int step;

    *value = NULL;
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 3, name);
    step = stmt_step(people->db, stmt, err);
    if (step > 0)
        *value = xstrdup(stmt_text(stmt, 0));
    stmt_reset(stmt);
    return step >= 0;
}

bool people_erase(struct people *people, enum people_kind kind,
                  const char *alias, struct error *err)
{
    struct stmt *stmt = about(people, STMT_PERSON_DROP, kind, alias, err);

    return stmt && stmt_run(people->db, stmt, err) && db_scrub(people->db, err);
}
