/* decision - payloads, and the fold of what was decided. */
#include <config.h>

#include "common/study/decision.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/file/hash.h"
#include "common/file/json.h"

const char *const decision_state_names[] = { "open",      "settled",
                                             "reopened",  "contested",
                                             "sent-back", NULL };

static void pair(struct json_writer *json, const char *key, const char *text)
{
    if (text && *text)
        json_pair_text(json, key, text);
}

char *decision_payload(const struct decision *decision)
{
    struct buf out = { 0 };
    struct json_writer json;

    json_writer_init(&json, &out, 0);
    json_begin_object(&json);
    pair(&json, "basis", decision->basis);
    pair(&json, "by", decision->by);
    if (decision->distribution_count > 0) {
        json_put_key(&json, "distribution");
        json_begin_object(&json);
        for (size_t i = 0; i < decision->distribution_count; i++)
            json_pair_number(&json, decision->distribution[i].label,
                             decision->distribution[i].share);
        json_end_object(&json);
    }
    pair(&json, "fit", decision->fit);
    pair(&json, "item", decision->item);
    pair(&json, "question", decision->question);
    pair(&json, "rule", decision->rule);
    if (!isnan(decision->share))
        json_pair_number(&json, "share", decision->share);
    pair(&json, "value", decision->value);
    pair(&json, "why", decision->why);
    json_end_object(&json);
    return buf_steal(&out);
}

static bool concerns(enum event_kind kind)
{
    return kind == EVENT_DECISION_MADE || kind == EVENT_DECISION_OVERRULED ||
           kind == EVENT_DECISION_REOPENED ||
           kind == EVENT_DECISION_CONTESTED || kind == EVENT_SENT_BACK ||
           kind == EVENT_VOTE_CAST;
}

static const char *text_of(struct decisions *to, const struct json *root,
                           const char *key)
{
    const char *text = json_text(json_member(root, key));

    return text ? arena_strdup(&to->texts, text) : NULL;
}

static void read_distribution(struct decisions *to, const struct json *root,
                              struct decision *decision)
{
    const struct json *of = json_member(root, "distribution");
    size_t n = of ? json_count(of) : 0;

    if (n == 0)
        return;
    decision->distribution =
        arena_alloc(&to->texts, n * sizeof(*decision->distribution));
    for (const struct json *it = json_first(of); it; it = json_next(it)) {
        struct decision_share *share =
            &decision->distribution[decision->distribution_count++];

        share->label = arena_strdup(&to->texts, json_key(it));
        share->share = json_value(it, 0);
    }
}

static char *case_key(const char *item, const char *question)
{
    return xasprintf("%s\n%s", item, question);
}

static void take(struct decisions *to, struct decision decision)
{
    char *key = case_key(decision.item, decision.question);
    size_t of = intern_add(&to->cases, key);

    free(key);
    while (to->last.count <= of)
        VEC_PUSH(&to->last, 0);
    decision.before = to->last.item[of];
    VEC_PUSH(to, decision);
    to->last.item[of] = to->count;
}

static void apply_undo(struct decisions *to, const struct json *root)
{
    const char *hex = json_text(json_member(root, "event"));
    uint8_t hash[EVENT_HASH_SIZE];

    if (!hex || strlen(hex) != 2 * EVENT_HASH_SIZE ||
        !hash_from_hex(hex, hash, sizeof(hash))) {
        to->malformed++;
        return;
    }
    for (size_t i = to->count; i-- > 0;)
        if (memcmp(to->item[i].hash, hash, sizeof(hash)) == 0)
            to->item[i].undone = true;
}

void decisions_apply(struct decisions *to, const struct event *event)
{
    struct decision decision = { .kind = event->kind,
                                 .wall_us = event->wall_us };
    struct json_document *document = NULL;
    const struct json *root;
    struct error err;

    if (!concerns(event->kind) && event->kind != EVENT_DECISION_UNDONE)
        return;
    if (event->payload)
        document = json_parse(event->payload, strlen(event->payload),
                              "decision", &err);
    if (!document) {
        to->malformed++;
        return;
    }
    root = json_root(document);
    memcpy(decision.hash, event->hash, sizeof(decision.hash));
    if (event->kind == EVENT_DECISION_UNDONE) {
        apply_undo(to, root);
        json_free(document);
        return;
    }
    decision.item = text_of(to, root, "item");
    decision.question = text_of(to, root, "question");
    decision.rule = text_of(to, root, "rule");
    decision.value = text_of(to, root, "value");
    decision.by = text_of(to, root, "by");
    decision.why = text_of(to, root, "why");
    decision.fit = text_of(to, root, "fit");
    decision.basis = text_of(to, root, "basis");
    decision.share = json_value(json_member(root, "share"), (double)NAN);
    read_distribution(to, root, &decision);
    if (decision.item && decision.question)
        take(to, decision);
    else
        to->malformed++;
    json_free(document);
}

void decisions_release(struct decisions *decisions)
{
    free(decisions->item);
    free(decisions->last.item);
    intern_release(&decisions->cases);
    arena_release(&decisions->texts);
    memset(decisions, 0, sizeof(*decisions));
}

const struct decision *decisions_newest(const struct decisions *decisions,
                                        const char *item, const char *question)
{
    char *key = case_key(item, question);
    long of = intern_find(&decisions->cases, key);

    free(key);
    return of < 0 ? NULL
                  : &decisions->item[decisions->last.item[(size_t)of] - 1];
}

const struct decision *decisions_before(const struct decisions *decisions,
                                        const struct decision *decision)
{
    return decision->before ? &decisions->item[decision->before - 1] : NULL;
}

const struct decision *decisions_last(const struct decisions *decisions,
                                      const char *item, const char *question)
{
    const struct decision *at = decisions_newest(decisions, item, question);

    while (at && (at->undone || at->kind == EVENT_VOTE_CAST))
        at = decisions_before(decisions, at);
    return at;
}

enum decision_state decision_state_of(const struct decision *last)
{
    if (!last)
        return DECISION_OPEN;
    switch (last->kind) {
    case EVENT_DECISION_REOPENED:
        return DECISION_STATE_REOPENED;
    case EVENT_DECISION_CONTESTED:
        return DECISION_STATE_CONTESTED;
    case EVENT_SENT_BACK:
        return DECISION_STATE_SENT_BACK;
    default:
        return DECISION_SETTLED;
    }
}

const struct decision *decisions_settled(const struct decisions *decisions,
                                         const char *item, const char *question)
{
    const struct decision *at = decisions_newest(decisions, item, question);

    while (at && (at->undone || (at->kind != EVENT_DECISION_MADE &&
                                 at->kind != EVENT_DECISION_OVERRULED)))
        at = decisions_before(decisions, at);
    return at;
}

bool decisions_by_person(const struct decisions *decisions, const char *item,
                         const char *question)
{
    const struct decision *at = decisions_newest(decisions, item, question);

    for (; at; at = decisions_before(decisions, at))
        if (!at->undone &&
            (at->kind == EVENT_DECISION_MADE ||
             at->kind == EVENT_DECISION_OVERRULED) &&
            at->by && *at->by)
            return true;
    return false;
}
