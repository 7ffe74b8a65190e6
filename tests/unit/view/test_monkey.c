/*
 * test_monkey - thousands of keys at random, on screens of any size: the
 * model keeps its invariants and the drawing stays in its cells.
 */
#include <config.h>

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../app/fake_bench.h"
#include "annotate/view/view.h"
#include "common/base/rng.h"
#include "common/base/utf8.h"

enum { KEYS = 4000 };

static const char mixed[] =
    HEAD "\"breaks\": {\"every_minutes\": 1}, \"questions\": [" CHOICE
         "\"many\": true, \"other\": true, \"none\": true,"
         "\"cannot_tell\": true},"
         "{\"id\": \"strong\", \"type\": \"choice\","
         "\"measure\": \"nominal\", \"text\": \"And?\", \"required\": true,"
         "\"options\": [{\"value\": \"x\", \"key\": \"x\"},"
         "{\"value\": \"d\", \"key\": \"d\"}],"
         "\"intensity\": {\"min\": 1, \"max\": 3}}," SCALE(
             "sure") ", {\"id\": \"long\", \"type\": \"scale\","
                     "\"measure\": \"interval\", \"text\": \"\xE6\x84\x9B?\","
                     "\"required\": false, \"min\": -50, \"max\": 50,"
                     "\"low\": \"low\", \"high\": \"high\"},"
                     "{\"id\": \"place\", \"type\": \"grid\", \"x\": {"
                     "\"min\": 1, \"max\": 9}, \"y\": {\"min\": 1,"
                     "\"max\": 5}, \"mixed\": true},"
                     "{\"id\": \"wheel\", \"type\": \"choice\","
                     "\"figure\": \"wheel\", \"options\": ["
                     "{\"value\": \"k\"}, {\"value\": \"l\"},"
                     "{\"value\": \"m\"}, {\"value\": \"n\","
                     "\"intensity\": false}], \"intensity\":"
                     "{\"min\": 1, \"max\": 3}, \"none\": true}]}";

static int use_utf8(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

/* Each row of the dump is no wider than the screen, and there are `height`. */
static void drawn_within(const struct bench *bench, int width, int height,
                         bool ascii)
{
    struct screen screen;
    struct buf out = { 0 };
    const char *row;
    int rows = 0;

    screen_init(&screen, width, height, ascii);
    view_draw(&bench->model, &screen);
    screen_dump(&screen, &out);
    for (row = buf_text(&out); *row; row = strchr(row, '\n') + 1) {
        char line[4096];

        snprintf(line, sizeof(line), "%.*s", (int)strcspn(row, "\n"), row);
        assert_true(utf8_width(line) <= width);
        rows++;
    }
    assert_int_equal(rows, height);
    buf_release(&out);
    screen_release(&screen);
}

static void holds(const struct bench *bench)
{
    const struct model *model = &bench->model;

    assert_true(model->question < model->protocol->question_count);
    assert_true(model->position <= model->count);
    assert_true(model->page != PAGE_ITEM || model->position < model->count);
    assert_true(model->prompt.cursor <= strlen(model->prompt.text));
    assert_true(utf8_valid(model->prompt.text, strlen(model->prompt.text),
                           &(size_t){ 0 }));
    assert_true(model->scroll >= 0);
}

static uint32_t any_key(const struct bench *bench, struct rng *rng)
{
    static const char answers[] = "aj123405-xdo";

    if (rng_below(rng, 2) == 0)
        return (uint32_t)answers[rng_below(rng, sizeof(answers) - 1)];
    if (rng_below(rng, 10) == 0)
        return 0xE9; /* e with acute */
    return bench->keymap.item[rng_below(rng, bench->keymap.count)].key;
}

/* Anywhere on the screen, and a little beyond it. */
static void any_mouse(const struct bench *bench, struct rng *rng,
                      struct message *message)
{
    struct mouse *mouse = &message->mouse;

    message->kind = MESSAGE_MOUSE;
    mouse->deed = (enum mouse_deed)rng_below(rng, MOUSE_WHEEL_RIGHT + 1);
    mouse->button = (enum mouse_button)rng_below(rng, MOUSE_NO_BUTTON + 1);
    mouse->x = (int)rng_below(rng, (uint64_t)bench->model.width + 3);
    mouse->y = (int)rng_below(rng, (uint64_t)bench->model.height + 3);
    view_hit(&bench->model, rng_below(rng, 2) == 0, mouse, &message->hit);
}

static void one_step(struct bench *bench, struct rng *rng)
{
    struct message message = { .kind = MESSAGE_KEY,
                               .key = any_key(bench, rng),
                               .media_us = EVENT_NO_TIME };

    if (rng_below(rng, 3) == 0)
        any_mouse(bench, rng, &message);
    bench->now_us += (int64_t)rng_below(rng, 5000000);
    bench->disk_full = rng_below(rng, 20) == 0;
    if (rng_below(rng, 6) == 0 && bench->model.page == PAGE_ITEM)
        fake_hear(bench);
    else
        fake_send(bench, message);
}

static void nothing_breaks_whatever_is_pressed(void **state)
{
    struct rng *rng = rng_new(1, "monkey");
    struct bench bench;

    (void)state;
    fake_start(&bench, mixed);
    for (int i = 0; i < KEYS; i++) {
        int width = 1 + (int)rng_below(rng, 220);
        int height = 1 + (int)rng_below(rng, 70);

        if (rng_below(rng, 4) == 0)
            fake_send(&bench, (struct message){ .kind = MESSAGE_SIZE,
                                                .width = 80 + width,
                                                .height = 24 + height });
        one_step(&bench, rng);
        holds(&bench);
        if (i % 8 == 0)
            drawn_within(&bench, width, height, i % 3 == 0);
        if (i % 8 == 4)
            drawn_within(&bench, 80, 24, i % 3 == 0);
    }
    assert_true(bench.events > 100); /* it did get somewhere */
    fake_stop(&bench);
    rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_breaks_whatever_is_pressed),
    };

    return cmocka_run_group_tests(tests, use_utf8, NULL);
}
