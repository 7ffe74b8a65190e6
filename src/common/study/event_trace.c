/*
 * event_trace - payloads of the events of a trace.
 */
#include <config.h>

#include "common/study/event_trace.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/file/hash.h"
#include "common/file/json.h"
#include "common/study/event_timing.h"

static const char *const end_names[] = {
    "running", "complete", "paused", "sought", "stopped", "left", "cut-off",
};

const char *trace_end_name(enum trace_end end)
{
    return end_names[end];
}

struct writing {
    struct buf out;
    struct json_writer json;
};

static void begin(struct writing *writing)
{
    memset(writing, 0, sizeof(*writing));
    json_writer_init(&writing->json, &writing->out, 0);
    json_begin_object(&writing->json);
}

static char *finish(struct writing *writing)
{
    json_end_object(&writing->json);
    return buf_steal(&writing->out);
}

static void pair_hash(struct writing *w, const char *key,
                      const uint8_t hash[EVENT_HASH_SIZE])
{
    char hex[EVENT_HASH_HEX_SIZE];

    event_hash_hex(hash, hex);
    json_pair_text(&w->json, key, hex);
}

char *event_payload_pass(const struct event_pass *pass)
{
    struct writing w;

    begin(&w);
    json_pair_int(&w.json, "from_us", pass->from_us);
    json_pair_text(&w.json, "question", pass->question);
    json_pair_int(&w.json, "to_us", pass->to_us);
    json_pair_int(&w.json, "version", pass->version);
    json_pair_bool(&w.json, "whole", pass->whole);
    return finish(&w);
}

char *event_payload_seal(const struct event_seal *seal)
{
    struct writing w;

    begin(&w);
    json_pair_int(&w.json, "count", seal->count);
    json_pair_int(&w.json, "first", seal->first);
    json_pair_int(&w.json, "first_us", seal->first_us);
    pair_hash(&w, "hash", seal->hash);
    json_pair_int(&w.json, "last_us", seal->last_us);
    pair_hash(&w, "pass", seal->pass);
    return finish(&w);
}

char *event_payload_idle(const uint8_t pass[EVENT_HASH_SIZE], double seconds)
{
    struct writing w;

    begin(&w);
    pair_hash(&w, "pass", pass);
    json_pair_number(&w.json, "seconds", seconds);
    return finish(&w);
}

char *event_payload_pass_end(const uint8_t pass[EVENT_HASH_SIZE],
                             enum trace_end end, int64_t count,
                             const struct event_inputs *inputs)
{
    struct writing w;

    begin(&w);
    json_pair_int(&w.json, "count", count);
    json_pair_int(&w.json, "keys", inputs->keys);
    json_pair_int(&w.json, "mouse", inputs->mouse);
    pair_hash(&w, "pass", pass);
    json_pair_text(&w.json, "reason", end_names[end]);
    json_pair_int(&w.json, "stick", inputs->stick);
    return finish(&w);
}

char *event_payload_discard(const char *question, int version)
{
    struct writing w;

    begin(&w);
    json_pair_text(&w.json, "question", question);
    json_pair_int(&w.json, "version", version);
    return finish(&w);
}

static struct json_document *parse(const char *payload, struct error *err)
{
    struct json_document *document =
        json_parse(payload, strlen(payload), "payload", err);

    if (document && json_kind(json_root(document)) != JSON_OBJECT) {
        json_fail(document, json_root(document), err, "must be an object");
        json_free(document);
        return NULL;
    }
    return document;
}

static bool need_hash(const struct json_document *document, const char *key,
                      uint8_t hash[EVENT_HASH_SIZE], struct error *err)
{
    const char *hex = NULL;

    if (!json_need_text(document, json_root(document), key, &hex, err))
        return false;
    if (strlen(hex) == 2 * EVENT_HASH_SIZE &&
        hash_from_hex(hex, hash, EVENT_HASH_SIZE))
        return true;
    return error_set(err, ERROR_INPUT,
                     "payload: %s: must be a hash of 64 hex digits", key);
}

static bool need_version(const struct json_document *document, int *version,
                         struct error *err)
{
    int64_t number = 0;

    if (!json_need_int(document, json_root(document), "version", &number, err))
        return false;
    if (number < 1 || number > INT_MAX)
        return error_set(err, ERROR_INPUT,
                         "payload: version: must be 1 or more");
    *version = (int)number;
    return true;
}

bool event_read_pass(const char *payload, struct event_pass *pass,
                     struct error *err)
{
    struct json_document *document = parse(payload, err);
    const char *question = NULL;
    const struct json *root;
    bool good;

    memset(pass, 0, sizeof(*pass));
    if (!document)
        return false;
    root = json_root(document);
    good = json_need_text(document, root, "question", &question, err) &&
           need_version(document, &pass->version, err) &&
           json_need_int(document, root, "from_us", &pass->from_us, err) &&
           json_need_int(document, root, "to_us", &pass->to_us, err) &&
           json_want_bool(document, root, "whole", &pass->whole, err) &&
           event_want_uncertainty(document, &pass->uncertainty_us, err);
    if (good)
        pass->question = xstrdup(question);
    json_free(document);
    return good;
}

void event_pass_release(struct event_pass *pass)
{
    free(pass->question);
    memset(pass, 0, sizeof(*pass));
}

bool event_read_seal(const char *payload, struct event_seal *seal,
                     struct error *err)
{
    struct json_document *document = parse(payload, err);
    const struct json *root;
    bool good;

    memset(seal, 0, sizeof(*seal));
    if (!document)
        return false;
    root = json_root(document);
    good = json_need_int(document, root, "first", &seal->first, err) &&
           json_need_int(document, root, "count", &seal->count, err) &&
           json_need_int(document, root, "first_us", &seal->first_us, err) &&
           json_need_int(document, root, "last_us", &seal->last_us, err) &&
           need_hash(document, "pass", seal->pass, err) &&
           need_hash(document, "hash", seal->hash, err);
    json_free(document);
    if (good &&
        (seal->count < 1 || seal->first < 0 || seal->last_us < seal->first_us))
        good = error_set(err, ERROR_INPUT,
                         "payload: a seal must hold samples in order");
    return good;
}

bool event_read_pass_name(const char *payload, uint8_t pass[EVENT_HASH_SIZE],
                          struct error *err)
{
    struct json_document *document = parse(payload, err);
    bool good = document && need_hash(document, "pass", pass, err);

    json_free(document);
    return good;
}

bool event_read_pass_end(const char *payload, enum trace_end *end,
                         struct event_inputs *inputs, struct error *err)
{
    struct json_document *document = parse(payload, err);
    const struct json *root;
    const char *reason = NULL;
    bool good;

    memset(inputs, 0, sizeof(*inputs));
    *end = TRACE_STOPPED; /* a reason of a later version */
    if (!document)
        return false;
    root = json_root(document);
    good = json_need_text(document, root, "reason", &reason, err) &&
           json_want_int(document, root, "keys", &inputs->keys, err) &&
           json_want_int(document, root, "mouse", &inputs->mouse, err) &&
           json_want_int(document, root, "stick", &inputs->stick, err);
    for (size_t i = 0; good && i < LENGTH_OF(end_names); i++)
        if (strcmp(reason, end_names[i]) == 0)
            *end = (enum trace_end)i;
    json_free(document);
    return good;
}

bool event_read_discard(const char *payload, char **question, int *version,
                        struct error *err)
{
    struct json_document *document = parse(payload, err);
    const char *found = NULL;
    bool good;

    *question = NULL;
    good = document &&
           json_need_text(document, json_root(document), "question", &found,
                          err) &&
           need_version(document, version, err);
    if (good)
        *question = xstrdup(found);
    json_free(document);
    return good;
}
