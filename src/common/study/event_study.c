/*
 * event_study - what the events of a study's conduct carry.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/file/json.h"
#include "common/study/event.h"

char *event_payload_practice(const struct event_practice *practice)
{
    struct buf out = { 0 };
    struct json_writer json;

    json_writer_init(&json, &out, 0);
    json_begin_object(&json);
    json_pair_int(&json, "of", (int64_t)practice->of);
    json_pair_bool(&json, "passed", practice->passed);
    json_pair_int(&json, "right", (int64_t)practice->right);
    json_end_object(&json);
    return buf_steal(&out);
}

bool event_read_practice(const char *payload, struct event_practice *practice,
                         struct error *err)
{
    struct json_document *document =
        json_parse(payload, strlen(payload), "payload", err);
    int64_t right = 0, of = 0;
    bool good =
        document &&
        json_need_int(document, json_root(document), "right", &right, err) &&
        json_need_int(document, json_root(document), "of", &of, err);

    *practice = (struct event_practice){ 0 };
    good = good && json_want_bool(document, json_root(document), "passed",
                                  &practice->passed, err);
    if (right >= 0 && of >= right) {
        practice->right = (size_t)right;
        practice->of = (size_t)of;
    }
    json_free(document);
    return good;
}

char *event_payload_paused(const char *rule, bool refuse)
{
    struct buf out = { 0 };
    struct json_writer json;

    json_writer_init(&json, &out, 0);
    json_begin_object(&json);
    json_pair_text(&json, "rule", rule);
    json_pair_text(&json, "then", refuse ? "refuse" : "go-on");
    json_end_object(&json);
    return buf_steal(&out);
}

char *event_payload_waited(int64_t us)
{
    struct buf out = { 0 };
    struct json_writer json;

    json_writer_init(&json, &out, 0);
    json_begin_object(&json);
    json_pair_int(&json, "us", us);
    json_end_object(&json);
    return buf_steal(&out);
}
