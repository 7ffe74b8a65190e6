/* hearing - private bundles, and sending items back. */
#include <config.h>

#include "common/store/hearing.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/store/bundle_internal.h"
#include "common/store/project_internal.h"
#include "common/study/protocol.h"

/* What is heard and read of an item that is no pair. */
static bool draft_side(struct db *db, int64_t item, unsigned show,
                       struct bundle_draft_second *side, struct arena *texts,
                       struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_ITEM_MEDIUM, err);
    int step;

    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, item);
    step = stmt_step(db, stmt, err);
    if (step > 0) {
        side->medium = arena_strdup(texts, stmt_text(stmt, 0));
        if (!stmt_blob(stmt, 1, side->sha256, HASH_SIZE))
            memset(side->sha256, 0, HASH_SIZE);
        side->start_us = stmt_int(stmt, 2);
        side->end_us = stmt_int(stmt, 3);
        if ((show & SHOW_SPEAKER) && *stmt_text(stmt, 4))
            side->speaker = arena_strdup(texts, stmt_text(stmt, 4));
        if ((show & SHOW_TEXT) && *stmt_text(stmt, 5))
            side->text = arena_strdup(texts, stmt_text(stmt, 5));
    }
    stmt_reset(stmt);
    return step > 0 ||
           (step == 0 && error_set(err, ERROR_INPUT, "an item is gone"));
}

/* The two of a pair; an item that is none stays as it is. */
static bool read_pair(struct db *db, int64_t *item, int64_t *second,
                      struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_PAIR_OF, err);
    int step;

    *second = 0;
    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, *item);
    step = stmt_step(db, stmt, err);
    if (step > 0) {
        *item = stmt_int(stmt, 0);
        *second = stmt_int(stmt, 1);
    }
    stmt_reset(stmt);
    return step >= 0;
}

/* A pair as it is: its first is heard first, whoever heard it otherwise. */
static bool draft_item(struct db *db, int64_t item, unsigned show,
                       struct bundle_draft *draft, struct arena *texts,
                       struct error *err)
{
    uint8_t chance[(ENTRY_ID_HEX - 1) / 2];
    struct bundle_draft_second first = { 0 };
    int64_t second;

    if (!read_pair(db, &item, &second, err) ||
        !draft_side(db, item, show, &first, texts, err) ||
        (second > 0 &&
         !draft_side(db, second, show, &draft->second, texts, err)))
        return false;
    hash_random(chance, sizeof(chance));
    hash_to_hex(chance, sizeof(chance), draft->id);
    draft->asks = -1;
    draft->medium = first.medium;
    memcpy(draft->sha256, first.sha256, HASH_SIZE);
    draft->start_us = first.start_us;
    draft->end_us = first.end_us;
    draft->text = first.text;
    draft->speaker = first.speaker;
    return true;
}

char *hearing_bundle(struct project *project, const char *alias,
                     const char *protocol, const int64_t *item, size_t count,
                     size_t times, struct error *err)
{
    struct protocol *read =
        protocol_parse(protocol, strlen(protocol), "the protocol", err);
    struct bundle_draft *draft = xcalloc(count * times + 1, sizeof(*draft));
    struct arena texts = { 0 };
    uint8_t id[BUNDLE_ID_SIZE];
    char hex[BUNDLE_ID_HEX];
    char *path = NULL;
    bool good = read != NULL;

    for (size_t i = 0; good && i < count * times; i++)
        good = draft_item(project_db(project), item[i / times], read->show,
                          &draft[i], &texts, err);
    hash_random(id, sizeof(id));
    hash_to_hex(id, sizeof(id), hex);
    if (good) {
        path = xasprintf("%s/.hearing-%s.mien", project_folder(project), hex);
        good =
            bundle_create(path, id, alias, protocol, draft, count * times, err);
    }
    if (!good) {
        free(path);
        path = NULL;
    }
    free(draft);
    arena_release(&texts);
    protocol_free(read);
    return path;
}

struct tasks {
    struct queue_task *item; /* owned */
    size_t count, capacity;
};

static bool add_tasks(struct project *project, int64_t item,
                      struct tasks *tasks, struct arena *texts,
                      struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_LABELLED_BY, err);
    int step;

    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, item);
    while ((step = stmt_step(db, stmt, err)) > 0) {
        struct queue_task task = { .alias =
                                       arena_strdup(texts, stmt_text(stmt, 0)),
                                   .item = item };

        VEC_PUSH(tasks, task);
    }
    return step == 0;
}

bool hearing_send_back(struct project *project, const int64_t *item,
                       size_t count, struct queue_report *report,
                       struct error *err)
{
    struct queue_settings settings = { .seed = 1 };
    struct tasks tasks = { 0 };
    struct arena texts = { 0 };
    bool good = true;

    for (size_t i = 0; good && i < count; i++)
        good = add_tasks(project, item[i], &tasks, &texts, err);
    if (good && tasks.count == 0)
        good = error_set(err, ERROR_INPUT,
                         "nobody who labelled it works here any more");
    good = good &&
           queue_send(project, tasks.item, tasks.count, &settings, report, err);
    free(tasks.item);
    arena_release(&texts);
    return good;
}
