/* verdict - marks as text, what a question accepts, what a line shows. */
#include <config.h>

#include "common/study/verdict.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/utf8.h"
#include "common/file/json.h"

static void put_mark(struct json_writer *json, const struct segment *mark,
                     int64_t begins_us)
{
    json_begin_object(json);
    if (mark->values.count > 0) {
        json_put_key(json, "attributes");
        json_begin_object(json);
        for (size_t i = 0; i < mark->values.count; i++)
            json_pair_text(json, mark->values.item[i].attribute,
                           mark->values.item[i].value);
        json_end_object(json);
    }
    if (mark->to_us > mark->from_us)
        json_pair_int(json, "end_us", mark->to_us - begins_us);
    if (mark->label[0])
        json_pair_text(json, "label", mark->label);
    if (mark->note[0])
        json_pair_text(json, "note", mark->note);
    json_pair_int(json, "start_us", mark->from_us - begins_us);
    json_pair_text(json, "tier", mark->tier);
    json_end_object(json);
}

void verdict_put_track(const struct question *question,
                       const struct track *track, int64_t begins_us,
                       struct buf *out)
{
    struct json_writer json;

    json_writer_init(&json, out, 0);
    json_begin_list(&json);
    for (size_t t = 0; track && t < question->tier_count; t++) {
        const struct track_tier *tier = track_tier(track, question->tier[t].id);

        for (size_t i = 0; i < tier->count; i++)
            if (!segment_runs(tier->item[i]))
                put_mark(&json, tier->item[i], begins_us);
    }
    json_end_list(&json);
}

static bool read_values(const struct json_document *document,
                        const struct json *node, struct segment *mark,
                        struct error *err)
{
    const struct json *list;

    if (!json_want_object(document, node, "attributes", &list, err))
        return false;
    for (const struct json *it = list ? json_first(list) : NULL; it;
         it = json_next(it)) {
        if (!json_text(it))
            return json_fail(document, it, err, "must be a text");
        segment_values_set(&mark->values, json_key(it), json_text(it));
    }
    return true;
}

static bool read_mark(const struct json_document *document,
                      const struct json *node, size_t number,
                      struct track *track, struct error *err)
{
    static const char *const keys[] = { "attributes", "end_us", "label", "note",
                                        "start_us",   "tier",   NULL };
    struct segment *mark;
    struct track_deed deed = { .count = 1 };
    const char *tier, *label = "", *note = "";
    int64_t start = 0, end;
    bool good;

    if (json_kind(node) != JSON_OBJECT)
        return json_fail(document, node, err, "must be an object");
    if (!json_check_keys(document, node, keys, err) ||
        !json_need_text(document, node, "tier", &tier, err) ||
        !json_need_int(document, node, "start_us", &start, err) ||
        !json_want_text(document, node, "label", &label, err) ||
        !json_want_text(document, node, "note", &note, err))
        return false;
    end = start;
    if (!json_want_int(document, node, "end_us", &end, err))
        return false;
    if (start < 0 || end < start)
        return json_fail(document, node, err,
                         "has no times from 0 on that rise");
    mark = xcalloc(1, sizeof(*mark));
    memcpy(mark->id, &number, sizeof(number)); /* unique here */
    mark->tier = xstrdup(tier);
    mark->label = xstrdup(label ? label : "");
    mark->note = xstrdup(note ? note : "");
    mark->from_us = start;
    mark->to_us = end;
    good = read_values(document, node, mark, err);
    deed.change[0].after = mark;
    if (good)
        track_apply(track, &deed);
    track_deed_release(&deed);
    return good;
}

bool verdict_read_track(const char *value, struct track *track,
                        struct error *err)
{
    struct json_document *document =
        json_parse(value, strlen(value), "the marks", err);
    size_t number = 0;
    bool good = document != NULL;

    if (good && json_kind(json_root(document)) != JSON_ARRAY)
        good = json_fail(document, json_root(document), err,
                         "must be a list of marks");
    for (const struct json *it = good ? json_first(json_root(document)) : NULL;
         good && it; it = json_next(it))
        good = read_mark(document, it, ++number, track, err);
    json_free(document);
    return good;
}

bool verdict_check_track(const struct question *question,
                         const struct track *track, struct error *err)
{
    const struct track_bounds all = { 0, INT64_MAX };

    for (size_t t = 0; t < track->tier_count; t++)
        for (size_t i = 0; i < track->tier[t].count; i++) {
            struct segment *mark = track->tier[t].item[i];
            struct track_deed same = { .change[0] = { mark, mark },
                                       .count = 1 };

            if (!track_allows(track, question, &all, &same, err))
                return error_prefix(err, "%s at %.2f s", mark->tier,
                                    (double)mark->from_us / 1e6);
        }
    return true;
}

void verdict_put_words(const char *text, struct buf *out)
{
    bool blank = false;
    size_t from = out->length;

    for (; *text; text++) {
        if (strchr(" \t\n\r\f\v", *text)) {
            blank = true;
            continue;
        }
        if (blank && out->length > from)
            buf_add_char(out, ' ');
        blank = false;
        buf_add_char(out, *text);
    }
}

static bool refuse(const struct question *question, const char *value,
                   const char *wanted, struct error *err)
{
    return error_set(err, ERROR_INPUT, "\"%.80s\" is no answer to \"%s\": %s",
                     value, question->id, wanted);
}

/* A consensus may lie between two points of the scale. */
static bool within(const struct scale *scale, const char *text)
{
    double number;

    return number_parse(text, &number) && number >= scale->min &&
           number <= scale->max;
}

static bool accepts_scale(const struct question *question, const char *value,
                          struct error *err)
{
    return within(&question->scale, value) ||
           error_set(err, ERROR_INPUT,
                     "\"%s\" is no answer to \"%s\": a number from %g to %g",
                     value, question->id, question->scale.min,
                     question->scale.max);
}

static bool accepts_pair(const struct question *question, const char *value,
                         struct error *err)
{
    const char *comma = strchr(value, ',');
    char *x = xstrndup(value, comma ? (size_t)(comma - value) : 0);
    bool good = comma && within(&question->scale, x) &&
                within(&question->rise, comma + 1);

    free(x);
    return good ||
           error_set(err, ERROR_INPUT,
                     "\"%s\" is no answer to \"%s\": two numbers, X,Y, from "
                     "%g,%g to %g,%g",
                     value, question->id, question->scale.min,
                     question->rise.min, question->scale.max,
                     question->rise.max);
}

static bool accepts_list(const struct question *question, const char *value,
                         struct error *err)
{
    struct text_list parts = { 0 };
    bool good = true;

    if (question->many)
        text_list_split(&parts, value, '|');
    else
        text_list_add(&parts, value);
    for (size_t i = 0; good && i < parts.count; i++)
        good = question_accepts(question, parts.item[i], err);
    text_list_release(&parts);
    return good;
}

static bool accepts_track(const struct question *question, const char *value,
                          struct error *err)
{
    struct track track = { 0 };
    bool good = verdict_read_track(value, &track, err) &&
                verdict_check_track(question, &track, err);

    track_release(&track);
    return good;
}

static bool accepts_curve(const struct question *question, const char *value,
                          struct error *err)
{
    const struct question_trace *trace = question->trace;
    struct verdict_curve curve;
    bool good = verdict_read_curve(value, &curve, err);

    if (good && curve.dimensions != trace->count)
        good = error_set(err, ERROR_INPUT,
                         "\"%s\" has %zu dimensions, the trace has %zu",
                         question->id, trace->count, curve.dimensions);
    for (size_t d = 0; good && d < trace->count; d++)
        for (size_t k = 0;
             good && trace->mode == TRACE_ABSOLUTE && k < curve.points; k++)
            if (curve.value[d][k] < trace->dimension[d].min ||
                curve.value[d][k] > trace->dimension[d].max)
                good =
                    error_set(err, ERROR_INPUT,
                              "\"%s\" goes from %g to %g, the trace has %g",
                              trace->dimension[d].id, trace->dimension[d].min,
                              trace->dimension[d].max, curve.value[d][k]);
    verdict_curve_release(&curve);
    return good;
}

bool verdict_accepts(const struct question *question, const char *value,
                     struct error *err)
{
    size_t length;

    if (*value == '@' && question->type != QUESTION_TEXT)
        return accepts_list(question, value, err);
    switch (question->type) {
    case QUESTION_CHOICE:
    case QUESTION_COMPARE:
        return accepts_list(question, value, err);
    case QUESTION_SCALE:
        return accepts_scale(question, value, err);
    case QUESTION_GRID:
        return accepts_pair(question, value, err);
    case QUESTION_SEGMENTS:
        return accepts_track(question, value, err);
    case QUESTION_TRACE:
        return accepts_curve(question, value, err);
    case QUESTION_TEXT:
        break;
    }
    if (*value == '@') /* reserved, or words that begin so */
        return true;
    length = utf8_count(value);
    if (length == 0)
        return refuse(question, value, "some words", err);
    return question->max_length <= 0 ||
           length <= (size_t)question->max_length ||
           refuse(question, value, "it is too long", err);
}

void verdict_put_canonical(const struct question *question, const char *value,
                           struct buf *out)
{
    struct verdict_curve curve;
    struct track track = { 0 };
    struct error err;

    if (question->type == QUESTION_SEGMENTS && *value == '[' &&
        verdict_read_track(value, &track, &err)) {
        verdict_put_track(question, &track, 0, out);
    } else if (question->type == QUESTION_TRACE && *value == '{') {
        if (verdict_read_curve(value, &curve, &err))
            verdict_put_curve(&curve, out);
        verdict_curve_release(&curve);
    } else if (question->type == QUESTION_TEXT) {
        verdict_put_words(value, out);
    } else {
        buf_add_text(out, value);
    }
    track_release(&track);
}

static void brief_track(const char *value, struct buf *out)
{
    struct track track = { 0 };
    struct error err;
    const char *between = "";

    if (!verdict_read_track(value, &track, &err)) {
        buf_add_text(out, "marks that do not read");
    } else {
        buf_addf(out, "%zu mark%s", track.count, track.count == 1 ? "" : "s");
        between = ": ";
    }
    for (size_t t = 0; t < track.tier_count; t++)
        for (size_t i = 0; i < track.tier[t].count; i++) {
            const struct segment *mark = track.tier[t].item[i];

            buf_addf(out, "%s%s%s%.2f", between, mark->label,
                     mark->label[0] ? " " : "", (double)mark->from_us / 1e6);
            if (mark->to_us > mark->from_us)
                buf_addf(out, " to %.2f", (double)mark->to_us / 1e6);
            buf_add_text(out, " s");
            between = ", ";
        }
    track_release(&track);
}

static void brief_curve(const struct question *question, const char *value,
                        struct buf *out)
{
    struct verdict_curve curve;
    struct error err;

    if (!verdict_read_curve(value, &curve, &err)) {
        buf_add_text(out, "a trace that does not read");
        verdict_curve_release(&curve);
        return;
    }
    buf_addf(out, "%.1f to %.1f s", curve.start,
             curve.start + (double)(curve.points - 1) / curve.rate);
    for (size_t d = 0; d < curve.dimensions; d++) {
        double low = INFINITY, high = -INFINITY, sum = 0;

        for (size_t k = 0; k < curve.points; k++) {
            low = fmin(low, curve.value[d][k]);
            high = fmax(high, curve.value[d][k]);
            sum += curve.value[d][k];
        }
        buf_add_text(out, d == 0 ? ": " : "; ");
        if (question && question->trace && d < question->trace->count)
            buf_addf(out, "%s ", question->trace->dimension[d].id);
        buf_addf(out, "%.2f to %.2f, mean %.2f", low, high,
                 sum / (double)curve.points);
    }
    verdict_curve_release(&curve);
}

void verdict_brief_json(const char *value, struct buf *out)
{
    if (*value == '[')
        brief_track(value, out);
    else if (*value == '{')
        brief_curve(NULL, value, out);
    else
        buf_add_text(out, value);
}

void verdict_brief(const struct question *question, const char *value,
                   struct buf *out)
{
    if (question->type == QUESTION_SEGMENTS && *value == '[')
        brief_track(value, out);
    else if (question->type == QUESTION_TRACE && *value == '{')
        brief_curve(question, value, out);
    else
        buf_add_text(out, value);
}
