/* people_frozen - what is known of persons when a snapshot is taken. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/file/hash.h"
#include "common/file/json.h"
#include "common/store/people_internal.h"

/* Made on first use; it never leaves the file. */
static bool secret(struct people *people, uint8_t key[HASH_SIZE],
                   struct error *err)
{
    struct stmt *stmt = db_stmt(people->db, STMT_SECRET_ADD, err);
    int step;

    hash_random(key, HASH_SIZE);
    if (!stmt)
        return false;
    stmt_bind_blob(stmt, 1, key, HASH_SIZE);
    if (!stmt_run(people->db, stmt, err))
        return false;
    stmt = db_stmt(people->db, STMT_SECRET_GET, err);
    if (!stmt)
        return false;
    step = stmt_step(people->db, stmt, err);
    if (step > 0 && !stmt_blob(stmt, 0, key, HASH_SIZE))
        step = error_set(err, ERROR_INPUT, "the file is damaged: bad secret");
    stmt_reset(stmt);
    return step > 0;
}

/* One person on the way into the list: attributes as canonical JSON. */
struct freezing {
    struct people_frozen now;
    struct buf body;
};

static bool keep(struct people *people, const uint8_t key[HASH_SIZE],
                 struct freezing *one, struct error *err)
{
    struct stmt *stmt = db_stmt(people->db, STMT_FROZEN_ADD, err);
    struct hash_part part;
    uint8_t digest[HASH_SIZE];

    buf_add_char(&one->body, '}');
    part = (struct hash_part){ buf_text(&one->body), one->body.length };
    hash_blake2b(&part, 1, key, HASH_SIZE, digest);
    hash_to_hex(digest, HASH_SIZE, one->now.digest);
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, people_kind_name(one->now.kind));
    stmt_bind_text(stmt, 2, one->now.alias);
    stmt_bind_text(stmt, 3, one->now.digest);
    stmt_bind_text(stmt, 4, buf_text(&one->body));
    return stmt_run(people->db, stmt, err);
}

struct freezing_list {
    struct freezing *item; /* owned */
    size_t count, capacity;
};

static void put_text(const char *text, struct buf *out)
{
    struct json_writer json;

    json_writer_init(&json, out, 0);
    json_put_text(&json, text);
}

/* Rows come by kind, alias and name: a new alias begins a new person. */
static void take_row(struct stmt *stmt, struct freezing_list *list)
{
    const char *kind = stmt_text(stmt, 0), *alias = stmt_text(stmt, 1);
    bool speaker = text_equal(kind, people_kind_name(PEOPLE_SPEAKER));
    enum people_kind of = speaker ? PEOPLE_SPEAKER : PEOPLE_ANNOTATOR;
    struct freezing *last =
        list->count > 0 ? &list->item[list->count - 1] : NULL;

    if (!last || last->now.kind != of || !text_equal(last->now.alias, alias)) {
        struct freezing fresh = { .now = { .kind = of,
                                           .alias = xstrdup(alias) } };

        VEC_PUSH(list, fresh);
        last = &list->item[list->count - 1];
        buf_add_char(&last->body, '{');
    }
    if (stmt_is_null(stmt, 2) ||
        (!speaker && text_equal(stmt_text(stmt, 2), "name")))
        return;
    if (last->body.length > 1)
        buf_add_char(&last->body, ',');
    put_text(stmt_text(stmt, 2), &last->body);
    buf_add_char(&last->body, ':');
    put_text(stmt_text(stmt, 3), &last->body);
}

static bool gather(struct people *people, struct freezing_list *list,
                   struct error *err)
{
    struct stmt *stmt = db_stmt(people->db, STMT_PERSON_LIST, err);
    int step;

    if (!stmt)
        return false;
    while ((step = stmt_step(people->db, stmt, err)) > 0)
        take_row(stmt, list);
    return step == 0;
}

bool people_freeze(struct people *people, struct people_frozen_list *list,
                   struct error *err)
{
    struct freezing_list all = { 0 };
    uint8_t key[HASH_SIZE];
    bool good;

    memset(list, 0, sizeof(*list));
    good = db_begin(people->db, err) && secret(people, key, err) &&
           gather(people, &all, err);
    for (size_t i = 0; i < all.count; i++) {
        good = good && keep(people, key, &all.item[i], err);
        VEC_PUSH(list, all.item[i].now);
        buf_release(&all.item[i].body);
    }
    free(all.item);
    if (good && db_commit(people->db, err))
        return true;
    db_rollback(people->db);
    return false;
}

void people_frozen_release(struct people_frozen_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->item[i].alias);
    free(list->item);
    memset(list, 0, sizeof(*list));
}

bool people_get_frozen(struct people *people, enum people_kind kind,
                       const char *alias, const char *digest, const char *name,
                       char **value, struct error *err)
{
    struct stmt *stmt = db_stmt(people->db, STMT_FROZEN_GET, err);
    struct json_document *document = NULL;
    const char *text;
    int step;

    *value = NULL;
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, people_kind_name(kind));
    stmt_bind_text(stmt, 2, alias);
    stmt_bind_text(stmt, 3, digest);
    step = stmt_step(people->db, stmt, err);
    if (step > 0) {
        document = json_parse(stmt_text(stmt, 0), strlen(stmt_text(stmt, 0)),
                              alias, err);
        text =
            document ? json_text(json_member(json_root(document), name)) : NULL;
        *value = text ? xstrdup(text) : NULL;
        step = document ? 1 : -1;
    }
    stmt_reset(stmt);
    json_free(document);
    return step >= 0;
}
