/*
 * event_payload - what events carry, as canonical JSON: no blanks, keys in
 * byte order.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/file/hash.h"
#include "common/file/json.h"
#include "common/study/event.h"

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

char *event_payload_empty(void)
{
    return xstrdup("{}");
}

char *event_payload_session(const char *program, const char *terminal,
                            const char *audio, int64_t latency_us)
{
    struct writing w;

    begin(&w);
    if (audio)
        json_pair_text(&w.json, "audio", audio);
    if (latency_us >= 0)
        json_pair_int(&w.json, "latency_us", latency_us);
    json_pair_text(&w.json, "program", program);
    if (terminal)
        json_pair_text(&w.json, "terminal", terminal);
    return finish(&w);
}

char *event_payload_text(const char *key, const char *text)
{
    struct writing w;

    begin(&w);
    json_pair_text(&w.json, key, text);
    return finish(&w);
}

char *event_payload_play(double speed, const double *gain_db, int64_t second_us,
                         int64_t end_us)
{
    struct writing w;

    begin(&w);
    if (second_us > 0)
        json_pair_int(&w.json, "end_us", end_us);
    if (gain_db)
        json_pair_number(&w.json, "gain_db", *gain_db);
    if (second_us > 0)
        json_pair_int(&w.json, "second_us", second_us);
    json_pair_number(&w.json, "speed", speed);
    return finish(&w);
}

char *event_payload_seek(int64_t to_us)
{
    struct writing w;

    begin(&w);
    json_pair_int(&w.json, "to_us", to_us);
    return finish(&w);
}

static void put_value(struct json_writer *json,
                      const struct event_answer *answer)
{
    switch (answer->kind) {
    case EVENT_VALUE_TEXT:
        json_pair_text(json, "value", answer->values.item[0]);
        break;
    case EVENT_VALUE_NUMBER:
        json_pair_number(json, "value", answer->number);
        break;
    case EVENT_VALUE_LIST:
        json_put_key(json, "value");
        json_begin_list(json);
        for (size_t i = 0; i < answer->values.count; i++)
            json_put_text(json, answer->values.item[i]);
        json_end_list(json);
        break;
    case EVENT_VALUE_PAIR:
        json_put_key(json, "value");
        json_begin_object(json);
        json_pair_number(json, "x", answer->number);
        json_pair_number(json, "y", answer->rise);
        json_end_object(json);
        break;
    case EVENT_VALUE_NONE:
        json_pair_text(json, "value", NULL);
        break;
    }
}

char *event_payload_answer(const struct event_answer *answer)
{
    struct writing w;

    begin(&w);
    if (answer->has_intensity)
        json_pair_number(&w.json, "intensity", answer->intensity);
    json_pair_text(&w.json, "question", answer->question);
    if (answer->text)
        json_pair_text(&w.json, "text", answer->text);
    put_value(&w.json, answer);
    return finish(&w);
}

char *event_payload_cleared(const char *question)
{
    return event_payload_text("question", question);
}

char *event_payload_note(const char *text)
{
    return event_payload_text("text", text);
}

char *event_payload_flag(bool on, const char *text)
{
    struct writing w;

    begin(&w);
    json_pair_bool(&w.json, "on", on);
    if (text)
        json_pair_text(&w.json, "text", text);
    return finish(&w);
}

char *event_payload_undo(const uint8_t hash[EVENT_HASH_SIZE])
{
    char hex[EVENT_HASH_HEX_SIZE];

    event_hash_hex(hash, hex);
    return event_payload_text("event", hex);
}

char *event_payload_skip(const char *reason, const char *text)
{
    struct writing w;

    begin(&w);
    json_pair_text(&w.json, "reason", reason);
    if (text)
        json_pair_text(&w.json, "text", text);
    return finish(&w);
}

static struct json_document *parse(const char *payload, struct error *err)
{
    struct json_document *document;

    document = json_parse(payload, strlen(payload), "payload", err);
    if (document && json_kind(json_root(document)) != JSON_OBJECT) {
        json_fail(document, json_root(document), err, "must be an object");
        json_free(document);
        return NULL;
    }
    return document;
}

static char *copy(const char *text)
{
    return text ? xstrdup(text) : NULL;
}

static bool read_list(const struct json_document *document,
                      const struct json *list, struct event_answer *answer,
                      struct error *err)
{
    answer->kind = EVENT_VALUE_LIST;
    for (const struct json *item = json_first(list); item;
         item = json_next(item)) {
        if (!json_text(item))
            return json_fail(document, item, err, "must be a text");
        text_list_add(&answer->values, json_text(item));
    }
    return true;
}

static bool read_value(const struct json_document *document,
                       const struct json *value, struct event_answer *answer,
                       struct error *err)
{
    if (value && json_text(value)) {
        answer->kind = EVENT_VALUE_TEXT;
        text_list_add(&answer->values, json_text(value));
        return true;
    }
    if (value && json_kind(value) == JSON_NUMBER) {
        answer->kind = EVENT_VALUE_NUMBER;
        answer->number = json_value(value, 0);
        return true;
    }
    if (value && json_kind(value) == JSON_ARRAY)
        return read_list(document, value, answer, err);
    if (value && json_kind(value) == JSON_OBJECT) {
        answer->kind = EVENT_VALUE_PAIR;
        return json_need_number(document, value, "x", &answer->number, err) &&
               json_need_number(document, value, "y", &answer->rise, err);
    }
    return json_fail(document, json_root(document), err,
                     "\"value\" must be a text, a number, a list or x and y");
}

bool event_read_answer(const char *payload, struct event_answer *answer,
                       struct error *err)
{
    struct json_document *document = parse(payload, err);
    const struct json *root;
    const char *question = NULL;
    const char *text = NULL;

    memset(answer, 0, sizeof(*answer));
    if (!document)
        return false;
    root = json_root(document);
    if (!json_need_text(document, root, "question", &question, err) ||
        !json_want_text(document, root, "text", &text, err))
        goto failed;
    event_answer_init(answer, question);
    answer->text = copy(text);
    if (!read_value(document, json_member(root, "value"), answer, err))
        goto failed;
    answer->has_intensity = json_member(root, "intensity") != NULL;
    if (!json_want_number(document, root, "intensity", &answer->intensity, err))
        goto failed;
    json_free(document);
    return true;

failed:
    event_answer_release(answer);
    json_free(document);
    return false;
}

bool event_read_text(const char *payload, const char *key, char **text,
                     struct error *err)
{
    struct json_document *document = parse(payload, err);
    const char *found = NULL;

    *text = NULL;
    if (!document)
        return false;
    if (!json_need_text(document, json_root(document), key, &found, err)) {
        json_free(document);
        return false;
    }
    *text = copy(found);
    json_free(document);
    return true;
}

bool event_read_flag(const char *payload, bool *on, char **text,
                     struct error *err)
{
    struct json_document *document = parse(payload, err);
    const char *found = NULL;

    *on = true;
    *text = NULL;
    if (!document)
        return false;
    if (!json_want_bool(document, json_root(document), "on", on, err) ||
        !json_want_text(document, json_root(document), "text", &found, err)) {
        json_free(document);
        return false;
    }
    *text = copy(found);
    json_free(document);
    return true;
}

bool event_read_gain(const char *payload, double *gain_db)
{
    struct error err; /* what is no number is none */
    struct json_document *document;
    bool good;

    if (!payload || !strstr(payload, "\"gain_db\"")) /* nearly always */
        return false;
    document = parse(payload, &err);
    good = document && json_need_number(document, json_root(document),
                                        "gain_db", gain_db, &err);
    json_free(document);
    return good;
}

bool event_read_pair(const char *payload, int64_t *second_us, int64_t *end_us)
{
    struct error err; /* what is no number is none */
    struct json_document *document;
    int64_t second, end;
    bool good;

    if (!payload || !strstr(payload, "\"second_us\""))
        return false;
    document = parse(payload, &err);
    good = document &&
           json_need_int(document, json_root(document), "second_us", &second,
                         &err) &&
           json_need_int(document, json_root(document), "end_us", &end, &err) &&
           0 < second && second < end;
    if (good) {
        *second_us = second;
        *end_us = end;
    }
    json_free(document);
    return good;
}

bool event_read_seek(const char *payload, int64_t *to_us, struct error *err)
{
    struct json_document *document = parse(payload, err);
    bool good = document && json_need_int(document, json_root(document),
                                          "to_us", to_us, err);

    json_free(document);
    return good;
}

bool event_read_undo(const char *payload, uint8_t hash[EVENT_HASH_SIZE],
                     struct error *err)
{
    char *hex = NULL;
    bool good;

    if (!event_read_text(payload, "event", &hex, err))
        return false;
    good = strlen(hex) == 2 * EVENT_HASH_SIZE &&
           hash_from_hex(hex, hash, EVENT_HASH_SIZE);
    free(hex);
    if (!good)
        error_set(err, ERROR_INPUT,
                  "payload: event: must be a hash of 64 hex digits");
    return good;
}

bool event_read_skip(const char *payload, char **reason, char **text,
                     struct error *err)
{
    struct json_document *document = parse(payload, err);
    const char *why = NULL;
    const char *words = NULL;

    *reason = *text = NULL;
    if (!document)
        return false;
    if (!json_need_text(document, json_root(document), "reason", &why, err) ||
        !json_want_text(document, json_root(document), "text", &words, err)) {
        json_free(document);
        return false;
    }
    *reason = copy(why);
    *text = copy(words);
    json_free(document);
    return true;
}
