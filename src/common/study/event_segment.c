/* event_segment - what the events about segments carry. */
#include <config.h>

#include "common/study/event_segment.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/file/hash.h"
#include "common/file/json.h"
#include "common/study/event_timing.h"

static size_t place(const struct segment_values *values, const char *attribute)
{
    size_t at = 0;

    while (at < values->count &&
           strcmp(values->item[at].attribute, attribute) < 0)
        at++;
    return at;
}

static bool is_at(const struct segment_values *values, size_t at,
                  const char *attribute)
{
    return at < values->count &&
           strcmp(values->item[at].attribute, attribute) == 0;
}

const char *segment_values_get(const struct segment_values *values,
                               const char *attribute)
{
    size_t at = place(values, attribute);

    return is_at(values, at, attribute) ? values->item[at].value : NULL;
}

void segment_values_set(struct segment_values *values, const char *attribute,
                        const char *value)
{
    size_t at = place(values, attribute);

    if (is_at(values, at, attribute)) {
        char *old = values->item[at].value;

        values->item[at].value = xstrdup(value);
        free(old);
        return;
    }
    VEC_GROW(values);
    memmove(&values->item[at + 1], &values->item[at],
            (values->count - at) * sizeof(*values->item));
    values->item[at] =
        (struct segment_value){ xstrdup(attribute), xstrdup(value) };
    values->count++;
}

void segment_values_drop(struct segment_values *values, const char *attribute)
{
    size_t at = place(values, attribute);

    if (!is_at(values, at, attribute))
        return;
    free(values->item[at].attribute);
    free(values->item[at].value);
    values->count--;
    memmove(&values->item[at], &values->item[at + 1],
            (values->count - at) * sizeof(*values->item));
}

void segment_values_copy(struct segment_values *to,
                         const struct segment_values *from)
{
    memset(to, 0, sizeof(*to));
    for (size_t i = 0; i < from->count; i++)
        segment_values_set(to, from->item[i].attribute, from->item[i].value);
}

void segment_values_release(struct segment_values *values)
{
    for (size_t i = 0; i < values->count; i++) {
        free(values->item[i].attribute);
        free(values->item[i].value);
    }
    free(values->item);
    memset(values, 0, sizeof(*values));
}

void event_segment_release(struct event_segment *event)
{
    free(event->question);
    free(event->tier);
    free(event->label);
    free(event->note);
    segment_values_release(&event->values);
    memset(event, 0, sizeof(*event));
}

bool event_is_segment(enum event_kind kind)
{
    return kind == EVENT_SEGMENT_ADDED || kind == EVENT_SEGMENT_CHANGED ||
           kind == EVENT_SEGMENT_DELETED || kind == EVENT_SEGMENT_SPLIT ||
           kind == EVENT_SEGMENT_MERGED;
}

static void put_hash(struct json_writer *json, const char *key,
                     const uint8_t hash[EVENT_HASH_SIZE])
{
    char hex[EVENT_HASH_HEX_SIZE];

    event_hash_hex(hash, hex);
    json_pair_text(json, key, hex);
}

static void put_values(struct json_writer *json,
                       const struct segment_values *values)
{
    if (values->count == 0)
        return;
    json_put_key(json, "attributes");
    json_begin_object(json);
    for (size_t i = 0; i < values->count; i++)
        json_pair_text(json, values->item[i].attribute, values->item[i].value);
    json_end_object(json);
}

char *event_payload_segment(const struct event_segment *event)
{
    struct buf out = { 0 };
    struct json_writer json;

    json_writer_init(&json, &out, 0);
    json_begin_object(&json);
    if (event->has_at)
        json_pair_int(&json, "at_us", event->at_us);
    put_values(&json, &event->values);
    if (event->has_from)
        json_pair_int(&json, "from_us", event->from_us);
    if (event->label)
        json_pair_text(&json, "label", event->label);
    if (event->note)
        json_pair_text(&json, "note", event->note);
    json_pair_text(&json, "question", event->question);
    if (event->has_segment)
        put_hash(&json, "segment", event->segment);
    if (event->tier)
        json_pair_text(&json, "tier", event->tier);
    if (event->has_to)
        json_pair_int(&json, "to_us", event->to_us);
    if (event->has_with)
        put_hash(&json, "with", event->with);
    json_end_object(&json);
    return buf_steal(&out);
}

static bool read_text(const struct json_document *document, const char *key,
                      char **out, struct error *err)
{
    const char *text = NULL;

    if (!json_want_text(document, json_root(document), key, &text, err))
        return false;
    *out = text ? xstrdup(text) : NULL;
    return true;
}

static bool read_time(const struct json_document *document, const char *key,
                      bool *has, int64_t *us, struct error *err)
{
    *has = json_member(json_root(document), key) != NULL;
    if (!json_want_int(document, json_root(document), key, us, err))
        return false;
    if (*has && *us < 0)
        return json_fail(document, json_root(document), err,
                         "\"%s\" is before the beginning of the medium", key);
    return true;
}

static bool read_hash(const struct json_document *document, const char *key,
                      bool *has, uint8_t hash[EVENT_HASH_SIZE],
                      struct error *err)
{
    const char *hex = NULL;

    if (!json_want_text(document, json_root(document), key, &hex, err))
        return false;
    *has = hex != NULL;
    if (hex && (strlen(hex) != 2 * EVENT_HASH_SIZE ||
                !hash_from_hex(hex, hash, EVENT_HASH_SIZE)))
        return json_fail(document, json_root(document), err,
                         "\"%s\" must be a hash of 64 hex digits", key);
    return true;
}

static bool read_values(const struct json_document *document,
                        struct segment_values *values, struct error *err)
{
    const struct json *object = NULL;

    if (!json_want_object(document, json_root(document), "attributes", &object,
                          err))
        return false;
    for (const struct json *item = json_first(object); item;
         item = json_next(item)) {
        if (!json_text(item))
            return json_fail(document, item, err, "must be a text");
        segment_values_set(values, json_key(item), json_text(item));
    }
    return true;
}

static bool is_complete(enum event_kind kind, const struct event_segment *it)
{
    switch (kind) {
    case EVENT_SEGMENT_ADDED:
        return it->tier && it->has_from &&
               (!it->has_to || it->to_us >= it->from_us);
    case EVENT_SEGMENT_SPLIT:
        return it->has_segment && it->has_at;
    case EVENT_SEGMENT_MERGED:
        return it->has_segment && it->has_with;
    default:
        return it->has_segment;
    }
}

static bool read_all(const struct json_document *document,
                     struct event_segment *it, struct error *err)
{
    return read_text(document, "question", &it->question, err) &&
           read_text(document, "tier", &it->tier, err) &&
           read_text(document, "label", &it->label, err) &&
           read_text(document, "note", &it->note, err) &&
           read_time(document, "from_us", &it->has_from, &it->from_us, err) &&
           read_time(document, "to_us", &it->has_to, &it->to_us, err) &&
           read_time(document, "at_us", &it->has_at, &it->at_us, err) &&
           read_hash(document, "segment", &it->has_segment, it->segment, err) &&
           read_hash(document, "with", &it->has_with, it->with, err) &&
           read_values(document, &it->values, err) &&
           event_want_uncertainty(document, &it->uncertainty_us, err);
}

bool event_read_segment(enum event_kind kind, const char *payload,
                        struct event_segment *event, struct error *err)
{
    struct json_document *document =
        json_parse(payload, strlen(payload), "payload", err);
    bool good;

    memset(event, 0, sizeof(*event));
    if (!document)
        return false;
    good = read_all(document, event, err);
    if (good && (!event->question || !is_complete(kind, event)))
        good = error_set(err, ERROR_INPUT, "payload: %s lacks what it is about",
                         event_name(kind));
    if (!good)
        event_segment_release(event);
    json_free(document);
    return good;
}
