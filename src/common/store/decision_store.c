/* decision_store - decisions, frozen fits, and the blindfold. */
#include <config.h>

#include "common/store/decision_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/text.h"
#include "common/file/json.h"
#include "common/store/project_internal.h"

bool project_blind(struct project *project, bool blind, struct error *err)
{
    return db_blind(project_db(project), blind, err);
}

static void apply_row(struct stmt *stmt, struct decisions *decisions)
{
    struct event event = { .entry = "", .media_us = EVENT_NO_TIME };

    event.name = stmt_text(stmt, 1);
    event.kind = event_kind_of(event.name);
    event.wall_us = stmt_int(stmt, 2);
    event.payload = stmt_is_null(stmt, 3) ? NULL : stmt_text(stmt, 3);
    if (stmt_blob(stmt, 0, event.hash, sizeof(event.hash)))
        decisions_apply(decisions, &event);
}

bool decisions_load(struct project *project, struct decisions *decisions,
                    struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_DECISION_LIST, err);
    int step;

    memset(decisions, 0, sizeof(*decisions));
    if (!stmt)
        return false;
    stmt_bind_blob(stmt, 1, project_journal(project)->chain,
                   JOURNAL_CHAIN_SIZE);
    while ((step = stmt_step(db, stmt, err)) > 0)
        apply_row(stmt, decisions);
    if (step < 0)
        decisions_release(decisions);
    return step == 0;
}

/* Tags the payload of an event with a person. */
static bool concern(struct db *db, const uint8_t hash[EVENT_HASH_SIZE],
                    const char *kind, const char *alias, struct error *err)
{
    struct stmt *stmt;

    if (!alias || !*alias)
        return true;
    stmt = db_stmt(db, STMT_CONCERN_OF_EVENT, err);
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, kind);
    stmt_bind_text(stmt, 2, alias);
    stmt_bind_blob(stmt, 3, hash, EVENT_HASH_SIZE);
    return stmt_run(db, stmt, err);
}

static bool append(struct project *project, struct decisions *decisions,
                   enum event_kind kind, const char *payload,
                   struct event *event, struct error *err)
{
    *event = (struct event){ .kind = kind, .payload = payload };
    if (!project_append(project, event, err))
        return false;
    decisions_apply(decisions, event);
    return true;
}

bool decision_record(struct project *project, struct decisions *decisions,
                     const struct decision *decision, const char *speaker,
                     struct error *err)
{
    struct db *db = project_db(project);
    char *payload = decision_payload(decision);
    struct event event;
    bool good =
        append(project, decisions, decision->kind, payload, &event, err) &&
        concern(db, event.hash, "speaker", speaker, err) &&
        concern(db, event.hash, "annotator", decision->by, err);

    free(payload);
    return good;
}

bool decision_undo(struct project *project, struct decisions *decisions,
                   const struct decision *decision, struct error *err)
{
    char *payload = event_payload_undo(decision->hash);
    struct event event;
    bool good =
        append(project, decisions, EVENT_DECISION_UNDONE, payload, &event, err);

    free(payload);
    return good;
}

const char *fit_identity(const struct fit *fit, struct arena *arena)
{
    struct buf text = { 0 };
    struct hash_part part;
    uint8_t hash[HASH_SIZE];
    char hex[HASH_HEX_SIZE];

    fit_write(fit, SIZE_MAX, &text);
    for (size_t i = 0; i < fit->raters; i++) {
        buf_addf(&text, "\n%s ", fit->rater[i].rater);
        fit_write(fit, i, &text);
    }
    part = (struct hash_part){ buf_text(&text), text.length };
    hash_blake2b(&part, 1, NULL, 0, hash);
    hash_to_hex(hash, 6, hex);
    buf_release(&text);
    return arena_strdup(arena, hex);
}

static bool keep(struct db *db, const struct fit *fit, size_t rater,
                 struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_FIT_ADD, err);
    struct buf body = { 0 };
    int64_t number = 0;
    bool good;

    if (!stmt)
        return false;
    if (rater != SIZE_MAX)
        number = strtoll(fit->rater[rater].rater, NULL, 10);
    fit_write(fit, rater, &body);
    stmt_bind_text(stmt, 1, fit->id);
    stmt_bind_int(stmt, 2, number);
    stmt_bind_text(stmt, 3, buf_text(&body));
    good = stmt_run(db, stmt, err);
    buf_release(&body);
    return good;
}

static char *frozen_payload(const struct fit *fit)
{
    struct buf out = { 0 };
    struct json_writer json;

    json_writer_init(&json, &out, 0);
    json_begin_object(&json);
    json_pair_text(&json, "fit", fit->id);
    json_pair_int(&json, "items", (int64_t)fit->items);
    json_pair_text(&json, "question", fit->question);
    json_pair_int(&json, "raters", (int64_t)fit->raters);
    json_pair_int(&json, "ratings", (int64_t)fit->ratings);
    json_pair_text(&json, "rule", rule_kind_names[fit->kind]);
    json_end_object(&json);
    return buf_steal(&out);
}

bool fit_freeze(struct project *project, struct fit *fit, struct arena *arena,
                struct error *err)
{
    struct db *db = project_db(project);
    char *payload;
    bool good;

    fit->id = fit_identity(fit, arena);
    good = keep(db, fit, SIZE_MAX, err);
    for (size_t i = 0; good && i < fit->raters; i++)
        good = keep(db, fit, i, err);
    payload = frozen_payload(fit);
    good = good && project_record(project, EVENT_FIT_FROZEN, payload, err);
    free(payload);
    return good;
}

/* The id of the fit that an event names, if it is of this question and rule. */
static bool names(const char *payload, const char *question,
                  enum rule_kind kind, struct arena *arena, const char **id)
{
    struct error err;
    struct json_document *document =
        json_parse(payload, strlen(payload), "fit-frozen", &err);
    const struct json *root;
    bool is;

    if (!document)
        return false;
    root = json_root(document);
    is = text_equal(json_text(json_member(root, "question")), question) &&
         text_equal(json_text(json_member(root, "rule")),
                    rule_kind_names[kind]) &&
         json_text(json_member(root, "fit"));
    if (is)
        *id = arena_strdup(arena, json_text(json_member(root, "fit")));
    json_free(document);
    return is;
}

static bool load(struct db *db, const char *id, struct arena *arena,
                 struct fit **fit, struct error *err)
{
    struct stmt *stmt = db_stmt(db, STMT_FIT_GET, err);
    char rater[32];
    int step;
    bool good = true;

    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, id);
    while (good && (step = stmt_step(db, stmt, err)) != 0) {
        if (step < 0)
            return false;
        snprintf(rater, sizeof(rater), "%" PRId64, stmt_int(stmt, 0));
        if (stmt_int(stmt, 0) == 0) {
            *fit = fit_read(id, stmt_text(stmt, 1), arena, err);
            good = *fit != NULL;
        } else {
            good = *fit &&
                   fit_read_rater(*fit, rater, stmt_text(stmt, 1), arena, err);
        }
    }
    if (!good)
        stmt_reset(stmt);
    return good;
}

bool fit_frozen(struct project *project, const char *question,
                enum rule_kind kind, struct arena *arena, struct fit **fit,
                struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_FIT_EVENTS, err);
    const char *id = NULL;
    int step;

    *fit = NULL;
    if (!stmt)
        return false;
    stmt_bind_blob(stmt, 1, project_journal(project)->chain,
                   JOURNAL_CHAIN_SIZE);
    while ((step = stmt_step(db, stmt, err)) > 0)
        names(stmt_text(stmt, 0), question, kind, arena, &id);
    if (step != 0 || (id && !load(db, id, arena, fit, err)))
        return false;
    if (*fit &&
        ((*fit)->kind != kind || !text_equal((*fit)->question, question)))
        return error_set(err, ERROR_INPUT,
                         "fit %s is not of the rule %s of \"%s\", as the "
                         "journal says",
                         id, rule_kind_names[kind], question);
    return true;
}
