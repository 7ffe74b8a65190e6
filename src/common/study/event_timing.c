/*
 * event_timing - what the journal says of how well things were timed.
 */
#include <config.h>

#include "common/study/event_timing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/file/json.h"

enum { UNCERTAINTY_MOST_MS = 3600 * 1000 }; /* nothing is farther off */

static const char *const source_names[] = { "none", "assumed", "measured" };

/* `member` is JSON such as "\"a\":1"; the outcome is canonical. */
static char *with(char *payload, const char *member)
{
    size_t length = strlen(payload);
    struct json_document *document;
    struct buf text = { 0 };
    struct buf out = { 0 };
    struct error err;

    buf_add(&text, payload, length - 1); /* without its "}" */
    buf_addf(&text, "%s%s}", length > 2 ? "," : "", member);
    document = json_parse(buf_text(&text), text.length, "payload", &err);
    buf_release(&text);
    if (!document) /* no object, or it has the member: as it was */
        return payload;
    json_canonical(json_root(document), &out);
    json_free(document);
    free(payload);
    payload = xstrdup(buf_text(&out));
    buf_release(&out);
    return payload;
}

/* To a hundredth of a millisecond: more is not known. */
static double rounded(double ms)
{
    return round(ms * 100) / 100;
}

static void add_number(struct buf *out, const char *key, double ms)
{
    char text[NUMBER_TEXT_SIZE];

    buf_addf(out, ",\"%s\":%s", key, number_format(rounded(ms), text));
}

char *event_payload_with_timing(char *payload, const struct timing *timing)
{
    struct buf member = { 0 };

    buf_addf(&member, "\"timing\":{\"source\":\"%s\"",
             source_names[timing->source]);
    add_number(&member, "latency_ms", timing->latency);
    if (timing->source == TIMING_MEASURED)
        add_number(&member, "latency_sd_ms", timing->latency_sd);
    add_number(&member, "buffer_ms", timing->buffer);
    add_number(&member, "key_sd_ms", timing->key_sd);
    if (timing->remote) {
        add_number(&member, "round_ms", timing->round);
        add_number(&member, "round_sd_ms", timing->round_sd);
    }
    add_number(&member, "uncertainty_ms", timing_uncertainty(timing));
    buf_add_text(&member, "}");
    payload = with(payload, buf_text(&member));
    buf_release(&member);
    return payload;
}

char *event_payload_with_uncertainty(char *payload, double uncertainty_ms)
{
    char number[NUMBER_TEXT_SIZE];
    char *member;

    if (!(rounded(uncertainty_ms) > 0))
        return payload;
    number_format(rounded(uncertainty_ms), number);
    member = xasprintf("\"uncertainty_ms\":%s", number);
    payload = with(payload, member);
    free(member);
    return payload;
}

bool event_want_uncertainty(const struct json_document *document, int64_t *us,
                            struct error *err)
{
    const struct json *root = json_root(document);
    double ms = 0;

    *us = 0;
    if (!json_want_number(document, root, "uncertainty_ms", &ms, err))
        return false;
    if (!(ms >= 0 && ms <= UNCERTAINTY_MOST_MS))
        return json_fail(document, root, err,
                         "\"uncertainty_ms\" must be from 0 to %d",
                         UNCERTAINTY_MOST_MS);
    *us = llround(ms * 1000);
    return true;
}
