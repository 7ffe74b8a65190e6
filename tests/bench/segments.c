/*
 * segments - how quick the workbench is with many marks in one item.
 *
 * An item of one hour, with 1,000, 10,000 and 20,000 intervals on a tier
 * without overlaps, each labelled; then every second one's end is moved.
 * Prints how long the fold of that journal takes, a mark, and how long one
 * step in the workbench takes (the median of 200): to the next mark, an edge
 * by 10 ms (tried by the rules, folded), finding a label that is not there
 * (all marks are looked at), and a drawing of 200x60 cells with all of the
 * hour, and with ten seconds of it.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annotate/app/update.h"
#include "annotate/view/view.h"
#include "common/base/vec.h"

static const int64_t hour_us = INT64_C(3600) * 1000000;

static const char json[] =
    "{\"mien\": 1, \"name\": \"t\", \"version\": \"1.0\", \"instructions\":"
    " \"I\", \"show\": [\"waveform\"], \"questions\": [{\"id\": \"q\","
    " \"type\": \"segments\", \"none\": true, \"tiers\": [{\"id\": \"emotion\","
    " \"options\": [{\"value\": \"glad\", \"key\": \"g\"},"
    " {\"value\": \"dull\", \"key\": \"d\"}]}]}], \"advance\": \"key\"}";

static const struct model_entry entry = { .id = "e1", .has_medium = true };

struct bench {
    struct protocol *protocol;
    struct keymap keymap;
    struct model model;
    uint64_t events;
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void send(struct bench *bench, struct message message)
{
    struct effects effects = { 0 };

    message.media_us = EVENT_NO_TIME;
    update(&bench->model, &message, &effects);
    for (size_t i = 0; i < effects.count; i++) {
        const struct effect *effect = &effects.item[i];
        struct event event = {
            .kind = effect->event_kind,
            .name = event_name(effect->event_kind),
            .entry = entry.id,
            .payload = effect->payload,
        };

        if (effect->kind != EFFECT_APPEND)
            continue;
        bench->events++;
        memcpy(event.hash, &bench->events, sizeof(bench->events));
        send(bench, (struct message){ .kind = MESSAGE_KEPT, .event = &event });
    }
    effects_release(&effects);
}

static void act(struct bench *bench, enum action action)
{
    send(bench, (struct message){ .kind = MESSAGE_ACTION, .action = action });
}

/* The event number `id`, on the fold. */
static void fold_one(struct fold *fold, uint64_t id, enum event_kind kind,
                     struct event_segment *it)
{
    struct event event = { .kind = kind,
                           .name = event_name(kind),
                           .entry = entry.id };
    char *payload;

    it->question = "q";
    payload = event_payload_segment(it);
    memcpy(event.hash, &id, sizeof(id));
    event.payload = payload;
    fold_apply(fold, &event);
    free(payload);
}

/* Intervals side by side through the hour; then every second one is changed,
 * and all these changes are undone. */
static double fold_many(struct fold *fold, size_t count, uint64_t *events)
{
    int64_t step_us = hour_us / (int64_t)count;
    double begun = now();

    for (size_t i = 0; i < count; i++) {
        struct event_segment it = { .tier = "emotion",
                                    .label = i % 2 ? "glad" : "dull",
                                    .has_from = true,
                                    .has_to = true };

        it.from_us = (int64_t)i * step_us;
        it.to_us = it.from_us + step_us - 50000;
        fold_one(fold, ++*events, EVENT_SEGMENT_ADDED, &it);
    }
    for (size_t i = 0; i < count; i += 2) {
        struct event_segment it = { .has_segment = true, .has_to = true };
        uint64_t id = i + 1;

        memcpy(it.segment, &id, sizeof(id));
        it.to_us = (int64_t)(i + 1) * step_us - 20000;
        fold_one(fold, ++*events, EVENT_SEGMENT_CHANGED, &it);
    }
    return now() - begun;
}

static double undo_all(struct bench *bench, size_t count)
{
    double begun = now();

    for (size_t i = 0; i < count; i++)
        act(bench, ACTION_UNDO);
    return now() - begun;
}

static int compare(const void *a, const void *b)
{
    const double *one = a;
    const double *two = b;

    return (*one > *two) - (*one < *two);
}

enum { TIMES = 200 };

static double median(double seconds[TIMES])
{
    qsort(seconds, TIMES, sizeof(*seconds), compare);
    return seconds[TIMES / 2] * 1e6;
}

static double time_action(struct bench *bench, enum action one,
                          enum action other)
{
    double seconds[TIMES];

    for (int i = 0; i < TIMES; i++) {
        double begun = now();

        act(bench, i % 2 ? other : one);
        seconds[i] = now() - begun;
    }
    return median(seconds);
}

static double time_draw(struct bench *bench, struct screen *screen)
{
    double seconds[TIMES];

    for (int i = 0; i < TIMES; i++) {
        double begun = now();

        view_draw(&bench->model, screen);
        seconds[i] = now() - begun;
    }
    return median(seconds);
}

static void open_item(struct bench *bench)
{
    send(bench, (struct message){ .kind = MESSAGE_START });
    send(bench,
         (struct message){ .kind = MESSAGE_SIZE, .width = 200, .height = 60 });
    act(bench, ACTION_TAKE);
    send(bench, (struct message){ .kind = MESSAGE_MEDIUM,
                                  .medium = MEDIUM_READY,
                                  .to_us = hour_us });
}

static void measure(size_t count)
{
    struct bench bench = { 0 };
    struct screen screen;
    struct error err;
    double folded, undone;

    bench.protocol = protocol_parse(json, strlen(json), "bench", &err);
    keymap_defaults(&bench.keymap);
    model_init(&bench.model, bench.protocol, &bench.keymap, &entry, 1);
    screen_init(&screen, 200, 60, false);
    folded = fold_many(&bench.model.fold, count, &bench.events);
    open_item(&bench);
    printf("%6zu  fold %6.2f us a mark", count, folded * 1e6 / (double)count);
    act(&bench, ACTION_SEGMENT_NEXT);
    printf("  next %6.1f us",
           time_action(&bench, ACTION_SEGMENT_NEXT, ACTION_SEGMENT_NEXT));
    printf("  edge %6.1f us",
           time_action(&bench, ACTION_EDGE_ON, ACTION_EDGE_BACK));
    snprintf(bench.model.sought, sizeof(bench.model.sought), "sob");
    printf("  find %7.1f us",
           time_action(&bench, ACTION_FIND_NEXT, ACTION_FIND_BACK));
    printf("  draw hour %7.1f us", time_draw(&bench, &screen));
    timeline_zoom_to(&bench.model.timeline, hour_us / 2,
                     hour_us / 2 + 10000000);
    printf("  10 s %6.1f us", time_draw(&bench, &screen));
    undone = undo_all(&bench, count / 2);
    printf("  undo %6.1f us\n", undone * 1e6 / (double)(count / 2));
    screen_release(&screen);
    model_release(&bench.model);
    keymap_release(&bench.keymap);
    protocol_free(bench.protocol);
}

int main(void)
{
    static const size_t counts[] = { 1000, 10000, 20000 };

    for (size_t i = 0; i < LENGTH_OF(counts); i++)
        measure(counts[i]);
    return 0;
}
