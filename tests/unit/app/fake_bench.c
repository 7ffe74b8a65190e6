/*
 * fake_bench - a tiny bench for tests of update().
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake_bench.h"

static const struct model_entry entries[] = {
    { .id = "e1", .has_medium = true },
    { .id = "e2", .has_medium = true },
    { .id = "e3", .text = "words" },
};

void fake_start(struct bench *bench, const char *json)
{
    struct error err;

    memset(bench, 0, sizeof(*bench));
    bench->protocol = protocol_parse(json, strlen(json), "test", &err);
    if (!bench->protocol)
        fail_msg("%s", err.text);
    keymap_defaults(&bench->keymap);
    model_init(&bench->model, bench->protocol, &bench->keymap, entries, 3);
}

void fake_stop(struct bench *bench)
{
    model_release(&bench->model);
    effects_release(&bench->effects);
    keymap_release(&bench->keymap);
    buf_release(&bench->log);
    protocol_free(bench->protocol);
}

static void carry_out(struct bench *bench, const struct effect *effect);

void fake_send(struct bench *bench, struct message message)
{
    struct effects effects = { 0 };

    message.now_us = bench->now_us;
    message.host_us = bench->now_us;
    update(&bench->model, &message, &effects);
    for (size_t i = 0; i < effects.count; i++)
        carry_out(bench, &effects.item[i]);
    effects_release(&effects);
}

static void append(struct bench *bench, const struct effect *effect)
{
    struct event event = {
        .kind = effect->event_kind,
        .name = event_name(effect->event_kind),
        .entry = effect->entry < 3 ? entries[effect->entry].id : "",
        .mono_us = effect->mono_us,
        .media_us = effect->media_us,
        .payload = effect->payload,
    };

    if (bench->disk_full) {
        fake_send(bench, (struct message){ .kind = MESSAGE_NOT_KEPT,
                                           .event_kind = effect->event_kind,
                                           .text = "disk full",
                                           .media_us = EVENT_NO_TIME });
        return;
    }
    bench->events++;
    memcpy(event.hash, &bench->events, sizeof(bench->events));
    buf_addf(&bench->log, "%s%s", bench->log.length ? " " : "", event.name);
    fake_send(bench, (struct message){ .kind = MESSAGE_KEPT,
                                       .event = &event,
                                       .media_us = effect->media_us });
}

void fake_heard(struct bench *bench, enum heard_kind kind, int64_t media_us)
{
    fake_send(bench,
              (struct message){ .kind = MESSAGE_HEARD,
                                .entry = bench->model.position,
                                .media_us = EVENT_NO_TIME,
                                .heard = { kind, media_us, bench->now_us,
                                           bench->model.playback.speed } });
}

static void carry_out(struct bench *bench, const struct effect *effect)
{
    struct message message = { .kind = MESSAGE_MEDIUM,
                               .entry = effect->entry,
                               .medium = MEDIUM_READY,
                               .media_us = EVENT_NO_TIME,
                               .to_us = LENGTH_US };

    if (effect->kind == EFFECT_APPEND)
        append(bench, effect);
    if (effect->kind == EFFECT_OPEN)
        fake_send(bench, message);
    if (effect->kind == EFFECT_PLAY || effect->kind == EFFECT_REPLAY)
        bench->plays++;
    if (effect->kind == EFFECT_REVEAL)
        bench->reveals++;
    if (effect->kind == EFFECT_JUDGE) {
        bench->judged.count++;
        bench->judged.deed = (enum court_deed)effect->number;
        bench->judged.question = effect->entry;
        bench->judged.choice = (int)effect->at_us;
        snprintf(bench->judged.why, sizeof(bench->judged.why), "%s",
                 effect->payload ? effect->payload : "");
    }
    if (effect->kind == EFFECT_QUIT)
        bench->quit = true;
}

/* All of the open item sounds, from the beginning to the end. */
void fake_hear(struct bench *bench)
{
    fake_heard(bench, HEARD_START, 0);
    bench->now_us += LENGTH_US;
    fake_heard(bench, HEARD_END, LENGTH_US);
}

/* Keys by their names, blanks between. */
void press(struct bench *bench, const char *names)
{
    struct text_list list = { 0 };
    uint32_t key;

    text_list_split(&list, names, ' ');
    for (size_t i = 0; i < list.count; i++) {
        assert_true(key_parse(list.item[i], &key));
        bench->now_us += 100000;
        fake_send(bench, (struct message){ .kind = MESSAGE_KEY,
                                           .key = key,
                                           .media_us = EVENT_NO_TIME });
    }
    text_list_release(&list);
}

void logged(struct bench *bench, const char *names)
{
    assert_string_equal(buf_text(&bench->log), names);
    buf_clear(&bench->log);
}

void answered(struct bench *bench, size_t question, const char *value)
{
    const struct event_answer *answer = model_answer(&bench->model, question);

    if (!value) {
        assert_null(answer);
        return;
    }
    assert_non_null(answer);
    assert_string_equal(answer->values.item[0], value);
}

void says(const struct bench *bench, const char *text)
{
    if (!strstr(bench->model.status.text, text))
        fail_msg("status is \"%s\", not \"%s\"", bench->model.status.text,
                 text);
}
