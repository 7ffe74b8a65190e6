/*
 * project_protocol - the versions of a project's protocol.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/store/project_internal.h"
#include "common/study/protocol.h"

bool project_add_protocol(struct project *project, const char *name,
                          const char *version, const char *protocol,
                          struct error *err)
{
    struct stmt *stmt = db_stmt(project_db(project), STMT_PROTOCOL_ADD, err);
    uint8_t sha256[HASH_SIZE];

    if (!stmt)
        return false;
    hash_sha256(protocol, strlen(protocol), sha256);
    stmt_bind_text(stmt, 1, name);
    stmt_bind_text(stmt, 2, version);
    stmt_bind_text(stmt, 3, protocol);
    stmt_bind_blob(stmt, 4, sha256, HASH_SIZE);
    return stmt_run(project_db(project), stmt, err);
}

char *project_protocol(struct project *project, int64_t *number,
                       struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_PROTOCOL_LAST, err);
    char *text = NULL;
    int step;

    if (!stmt)
        return NULL;
    step = stmt_step(db, stmt, err);
    if (step > 0) {
        *number = stmt_int(stmt, 0);
        text = xstrdup(stmt_text(stmt, 1));
    } else if (step == 0) {
        error_set(err, ERROR_INPUT, "the project has no protocol");
    }
    stmt_reset(stmt);
    return text;
}

static bool is_later(const struct protocol *next, const struct protocol *last)
{
    return next->major > last->major ||
           (next->major == last->major && next->minor > last->minor);
}

static bool may_follow(const struct protocol *next, const struct protocol *last,
                       struct error *err)
{
    if (strcmp(next->name, last->name) != 0)
        return error_set(err, ERROR_INPUT,
                         "is protocol \"%s\", this project's is \"%s\"; "
                         "another protocol is another project",
                         next->name, last->name);
    if (!is_later(next, last))
        return error_set(err, ERROR_INPUT,
                         "is version %s, the project has %s already; give a "
                         "later one to what was changed",
                         next->version, last->version);
    return true;
}

static bool adopt(struct project *project, const struct protocol *next,
                  struct error *err)
{
    char *payload = event_payload_text("version", next->version);
    bool good = project_begin(project, err) &&
                project_add_protocol(project, next->name, next->version,
                                     next->source, err) &&
                project_record(project, EVENT_PROTOCOL_ADOPTED, payload, err) &&
                project_commit(project, err);

    if (!good)
        project_rollback(project);
    free(payload);
    return good;
}

bool project_adopt_protocol(struct project *project, const char *text,
                            const char *name, bool *compatible,
                            struct error *err)
{
    int64_t number;
    char *before = project_protocol(project, &number, err);
    struct protocol *last = NULL;
    struct protocol *next = NULL;
    bool good = false;

    if (before)
        last = protocol_parse(before, strlen(before), "the protocol", err);
    if (last)
        next = protocol_parse(text, strlen(text), name, err);
    if (next && !may_follow(next, last, err)) {
        error_prefix(err, "%s", name);
    } else if (next) {
        *compatible = protocol_compatible(next, last);
        good = adopt(project, next, err);
    }
    protocol_free(next);
    protocol_free(last);
    free(before);
    return good;
}

char *project_protocol_numbered(struct project *project, int64_t number,
                                struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_PROTOCOL_LIST, err);
    char *text = NULL;
    int step;

    if (!stmt)
        return NULL;
    while (!text && (step = stmt_step(db, stmt, err)) > 0)
        if (stmt_int(stmt, 0) == number)
            text = xstrdup(stmt_text(stmt, 2));
    stmt_reset(stmt);
    if (!text && err->code == ERROR_NONE)
        error_set(err, ERROR_INPUT, "the project has no protocol number %lld",
                  (long long)number);
    return text;
}

bool project_references(struct project *project,
                        struct project_references *list, struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_REFERENCE_LIST, err);
    int step;

    memset(list, 0, sizeof(*list));
    if (!stmt)
        return false;
    while ((step = stmt_step(db, stmt, err)) > 0) {
        VEC_GROW(list);
        list->item[list->count].item = stmt_int(stmt, 0);
        list->item[list->count].question =
            arena_strdup(&list->texts, stmt_text(stmt, 1));
        list->item[list->count++].value =
            arena_strdup(&list->texts, stmt_text(stmt, 2));
    }
    if (step < 0)
        project_references_release(list);
    return step == 0;
}

const char *project_reference(const struct project_references *list,
                              int64_t item, const char *question)
{
    size_t low = 0, high = list->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (list->item[middle].item < item)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < list->count && list->item[low].item == item; low++)
        if (strcmp(list->item[low].question, question) == 0)
            return list->item[low].value;
    return NULL;
}

void project_references_release(struct project_references *list)
{
    free(list->item);
    arena_release(&list->texts);
    memset(list, 0, sizeof(*list));
}
