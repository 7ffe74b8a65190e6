/*
 * fuzz_events - what stands in journals: a line is the name of an event, a
 * blank, and its payload.  All readers of payloads get each, and the fold of
 * the lines is the same when it is made again.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/study/decision.h"
#include "common/study/event_segment.h"
#include "common/study/event_trace.h"
#include "common/study/fold.h"
#include "fuzz.h"

enum { LINES = 64 };

static const char *const words[] = {
    "answer-set ",
    "answer-cleared ",
    "note ",
    "flag ",
    "segment-added ",
    "segment-split ",
    "undo ",
    "redo ",
    "segment-changed ",
    "segment-merged ",
    "submitted ",
    "skipped ",
    "trace-started ",
    "trace-sealed ",
    "play ",
    "pause ",
    "trace-ended ",
    "seek ",
    "ended ",
    "entry-opened ",
    "\"question\":",
    "\"from_us\":",
    "\"to_us\":",
    "\"segment\":",
    "9007199254740992",
    "-1",
    "1e300",
    "\"x\":1,\"y\":2",
    "decision-made ",
    "\"hash\":",
    "\"value\":[",
    NULL,
};

static void seeds(fuzz_give *give, void *context)
{
#define ONE                            \
    "01000000000000000000000000000000" \
    "00000000000000000000000000000000"
    static const char *const text[] = {
        "session-started {\"audio\":\"x\",\"latency_us\":1,"
        "\"program\":\"mien 0.1\",\"terminal\":\"x\"}\n"
        "entry-opened {}\nplay {\"speed\":1,\"gain_db\":-3}\n"
        "seek {\"to_us\":1000}\npause {}\nplay {\"speed\":1}\nended {}\n"
        "answer-set {\"question\":\"e\",\"value\":\"joy\"}\nsubmitted {}\n",
        "answer-set {\"question\":\"v\",\"value\":3.5,\"intensity\":2}\n"
        "answer-set {\"question\":\"g\",\"value\":{\"x\":1,\"y\":2}}\n"
        "answer-set {\"question\":\"m\",\"value\":[\"a\",\"b\"]}\n"
        "answer-set {\"question\":\"m\",\"value\":\"@other\","
        "\"text\":\"words\"}\nundo {\"event\":\"" ONE "\"}\n"
        "redo {\"event\":\"" ONE "\"}\nanswer-cleared {\"question\":\"m\"}\n",
        "segment-added {\"from_us\":0,\"label\":\"joy\",\"question\":\"s\","
        "\"tier\":\"t\",\"to_us\":1000000}\n"
        "segment-split {\"at_us\":500000,\"question\":\"s\","
        "\"segment\":\"" ONE "\"}\n"
        "segment-changed {\"attributes\":{\"a\":\"b\"},\"question\":\"s\","
        "\"segment\":\"" ONE "\",\"to_us\":900000}\n"
        "segment-merged {\"question\":\"s\",\"segment\":\"" ONE "\","
        "\"with\":\"" ONE "\"}\n"
        "segment-deleted {\"question\":\"s\",\"segment\":\"" ONE "\"}\n"
        "undo {\"event\":\"" ONE "\"}\n",
        "trace-started {\"from_us\":0,\"question\":\"valence\","
        "\"to_us\":60000000,\"version\":1,\"whole\":false}\n"
        "trace-sealed {\"count\":100,\"first\":0,\"first_us\":0,\"hash\":"
        "\"" ONE "\",\"last_us\":990000,\"pass\":\"" ONE "\"}\n"
        "trace-idle {\"pass\":\"" ONE "\",\"seconds\":10}\n"
        "trace-ended {\"count\":6000,\"keys\":12,\"mouse\":0,\"pass\":"
        "\"" ONE "\",\"reason\":\"complete\",\"stick\":0}\n"
        "trace-discarded {\"question\":\"valence\",\"version\":2}\n",
        "note {\"text\":\"n\"}\nflag {\"on\":true,\"text\":\"t\"}\n"
        "skipped {\"reason\":\"distressing\",\"text\":\"\"}\nrevised {}\n"
        "practice-judged {\"right\":3,\"of\":4,\"passed\":true}\n"
        "paused {\"rule\":\"limit\",\"refuse\":true}\nreleased {}\n"
        "person-answered {\"question\":\"age\",\"value\":3}\n"
        "form-done {\"form\":\"start\"}\nerased {}\n",
        "decision-made {\"item\":\"a\",\"question\":\"e\",\"rule\":\"person\","
        "\"value\":\"joy\",\"by\":\"lead\",\"why\":\"w\"}\n"
        "decision-undone {\"item\":\"a\",\"question\":\"e\"}\n"
        "vote-cast {\"item\":\"a\",\"question\":\"e\",\"value\":\"x\"}\n",
    };
#undef ONE

    for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
        fuzz_give_text(give, context, -1, text[i]);
}

/* --- each reader alone ---------------------------------------------------- */

static void read_answer(const char *payload)
{
    struct event_answer answer, again;
    struct error err = { 0 };
    bool good = event_read_answer(payload, &answer, &err);
    char *text;

    fuzz_answered(good, &err, NULL);
    if (!good)
        return;
    fuzz_must(isfinite(answer.number) && isfinite(answer.rise));
    text = event_payload_answer(&answer);
    good = event_read_answer(text, &again, &err);
    fuzz_answered(good, &err, NULL);
    fuzz_must(good && event_answer_same(&answer, &again));
    free(text);
    event_answer_release(&again);
    event_answer_release(&answer);
}

static void read_segment(enum event_kind kind, const char *payload)
{
    struct event_segment segment;
    struct error err = { 0 };
    bool good = event_read_segment(kind, payload, &segment, &err);
    char *text;

    fuzz_answered(good, &err, NULL);
    if (!good)
        return;
    text = event_payload_segment(&segment);
    event_segment_release(&segment);
    good = event_read_segment(kind, text, &segment, &err);
    fuzz_answered(good, &err, NULL);
    fuzz_must(good);
    event_segment_release(&segment);
    free(text);
}

static void read_trace(const char *payload)
{
    uint8_t hash[EVENT_HASH_SIZE];
    struct event_inputs inputs;
    struct event_pass pass;
    struct event_seal seal;
    struct error err = { 0 };
    enum trace_end end;
    char *question;
    int version;
    bool good = event_read_pass(payload, &pass, &err);

    fuzz_answered(good, &err, NULL);
    if (good)
        event_pass_release(&pass);
    err = (struct error){ 0 };
    good = event_read_seal(payload, &seal, &err);
    fuzz_answered(good, &err, NULL);
    fuzz_must(!good || (seal.count >= 0 && seal.first >= 0));
    err = (struct error){ 0 };
    good = event_read_pass_name(payload, hash, &err);
    fuzz_answered(good, &err, NULL);
    err = (struct error){ 0 };
    good = event_read_pass_end(payload, &end, &inputs, &err);
    fuzz_answered(good, &err, NULL);
    err = (struct error){ 0 };
    good = event_read_discard(payload, &question, &version, &err);
    fuzz_answered(good, &err, NULL);
    if (good)
        free(question);
}

static void read_rest(const char *payload)
{
    uint8_t hash[EVENT_HASH_SIZE];
    struct event_practice practice;
    struct error err = { 0 };
    char *one = NULL, *two = NULL;
    int64_t second, end;
    double gain;
    int64_t us;
    bool on;

    fuzz_answered(event_read_practice(payload, &practice, &err), &err, NULL);
    err = (struct error){ 0 };
    if (event_read_text(payload, "text", &one, &err))
        free(one);
    else
        fuzz_refused(&err, NULL);
    err = (struct error){ 0 };
    if (event_read_flag(payload, &on, &one, &err))
        free(one);
    else
        fuzz_refused(&err, NULL);
    err = (struct error){ 0 };
    fuzz_answered(event_read_seek(payload, &us, &err), &err, NULL);
    err = (struct error){ 0 };
    fuzz_answered(event_read_undo(payload, hash, &err), &err, NULL);
    err = (struct error){ 0 };
    if (event_read_skip(payload, &one, &two, &err)) {
        free(one);
        free(two);
    } else {
        fuzz_refused(&err, NULL);
    }
    fuzz_must(!event_read_gain(payload, &gain) || isfinite(gain));
    fuzz_must(!event_read_pair(payload, &second, &end) || second < end);
}

/* --- all of them, folded -------------------------------------------------- */

/* Events of two entries, whose hashes count from 1. */
static size_t read_lines(char *text, struct event *event)
{
    static const char *const entries[] = { "a", "b" };
    size_t count = 0;

    for (char *line = text; line && count < LINES; count++) {
        char *end = strchr(line, '\n');
        char *blank;

        if (end)
            *end++ = '\0';
        blank = strchr(line, ' ');
        if (blank)
            *blank++ = '\0';
        event[count] = (struct event){
            .kind = event_kind_of(line),
            .name = line,
            .entry = entries[count % 5 == 4],
            .mono_us = (int64_t)count * 1500000,
            .wall_us = (int64_t)count * 1500000,
            .media_us = (int64_t)count * 250000,
            .payload = blank,
        };
        event[count].hash[0] = (uint8_t)(count + 1);
        line = end;
    }
    return count;
}

static char *fold_all(const struct event *event, size_t count)
{
    static const char *const entries[] = { "a", "b" };
    struct buf out = { 0 };
    struct fold fold;

    fold_init(&fold, entries, 2);
    for (size_t i = 0; i < count; i++)
        fold_apply(&fold, &event[i]);
    fuzz_must(fold.events == count && fold_resume(&fold) <= fold.count);
    for (size_t i = 0; i < fold.count; i++) {
        fuzz_must(fold_heard_us(&fold, i) >= 0);
        fold_undo_target(&fold, i);
        fold_redo_target(&fold, i);
        fold_traced_us(&fold, i, "valence");
    }
    fold_dump(&fold, &out);
    fold_release(&fold);
    return buf_steal(&out);
}

static void decide_all(const struct event *event, size_t count)
{
    struct decisions decisions = { 0 };

    for (size_t i = 0; i < count; i++)
        decisions_apply(&decisions, &event[i]);
    for (size_t i = 0; i < decisions.count; i++) {
        const struct decision *it = &decisions.item[i];

        decision_state_of(decisions_last(&decisions, it->item, it->question));
        free(decision_payload(it));
    }
    decisions_release(&decisions);
}

static void one(const uint8_t *bytes, size_t length)
{
    char *text = fuzz_text(bytes, length);
    struct event *event = xcalloc(LINES, sizeof(*event));
    size_t count = read_lines(text, event);
    char *first, *second;

    for (size_t i = 0; i < count; i++) {
        const char *payload = event[i].payload;

        if (!payload)
            continue;
        read_answer(payload);
        if (event_is_segment(event[i].kind))
            read_segment(event[i].kind, payload);
        read_trace(payload);
        read_rest(payload);
    }
    first = fold_all(event, count);
    second = fold_all(event, count);
    fuzz_must(strcmp(first, second) == 0);
    decide_all(event, count);
    free(first);
    free(second);
    free(event);
    free(text);
}

const struct fuzz_target fuzz_target = {
    .name = "events",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 4096,
    .runs = 2000,
};
