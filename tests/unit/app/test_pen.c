/* pen - moves with their times, samples with theirs. */
#include <config.h>

#include "annotate/app/pen.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/rng.h"

static const struct question_trace rules = {
    .dimension = { { .id = "v", .min = -1, .max = 1, .start = 0 } },
    .count = 1,
    .step = 0.05,
    .velocity = 0.25,
    .idle_seconds = 2,
    .settle_seconds = 1,
};

struct run {
    struct pen pen;
    struct sampler sampler;
    struct trace_samples out;
};

static void begin(struct run *run, int64_t from_us, int64_t to_us)
{
    memset(run, 0, sizeof(*run));
    pen_init(&run->pen, &rules, 0);
    sampler_init(&run->sampler, from_us, to_us);
}

static void look(struct run *run, int64_t host_us, int64_t media_us)
{
    sampler_look(&run->sampler, &run->pen, host_us, media_us, &run->out);
}

static void move(struct run *run, int64_t host_us, enum pen_deed deed,
                 double value)
{
    struct pen_move it = { host_us, deed, 0, value };

    pen_tell(&run->pen, &it);
}

static void a_sample_for_each_10_ms_that_was_heard(void **state)
{
    struct run run;

    (void)state;
    begin(&run, 0, 1000000);
    sampler_begin(&run.sampler, 5000000, 0);
    look(&run, 5033000, 33000);
    assert_int_equal(run.out.count, 4); /* 0, 10, 20, 30 ms */
    assert_int_equal(run.out.item[0].media_us, 0);
    assert_int_equal(run.out.item[0].host_us, 5000000);
    assert_int_equal(run.out.item[3].media_us, 30000);
    assert_int_equal(run.out.item[3].host_us, 5030000);
    look(&run, 5039000, 39000);
    assert_int_equal(run.out.count, 4); /* nothing was heard of 40 ms yet */
    look(&run, 5040000, 40000);
    assert_int_equal(run.out.count, 5);
    look(&run, 5050000, 40000); /* the clock stands still */
    assert_int_equal(run.out.count, 5);
    free(run.out.item);
}

static void a_move_counts_from_the_time_at_which_it_was_read(void **state)
{
    struct run run;

    (void)state;
    begin(&run, 0, 1000000);
    sampler_begin(&run.sampler, 0, 0);
    move(&run, 15000, PEN_BY, 0.5);
    move(&run, 25000, PEN_TO, -0.25);
    look(&run, 40000, 40000);
    assert_int_equal(run.out.count, 5);
    assert_true(run.out.item[1].value[0] == 0);
    assert_true(run.out.item[2].value[0] == 0.5);
    assert_true(run.out.item[3].value[0] == -0.25);
    assert_int_equal(run.out.item[1].flags & TRACE_INPUT, 0);
    assert_int_equal(run.out.item[2].flags & TRACE_INPUT, TRACE_INPUT);
    assert_int_equal(run.out.item[4].flags & TRACE_INPUT, 0);
    assert_true(isnan(run.out.item[0].value[1]));
    free(run.out.item);
}

static void at_half_speed_host_time_runs_twice_as_fast(void **state)
{
    struct run run;

    (void)state;
    begin(&run, 0, 1000000);
    sampler_begin(&run.sampler, 0, 0);
    move(&run, 30000, PEN_TO, 1); /* at 15 ms of the medium */
    look(&run, 80000, 40000);
    assert_int_equal(run.out.count, 5);
    assert_int_equal(run.out.item[4].host_us, 80000);
    assert_int_equal(run.out.item[2].host_us, 40000);
    assert_true(run.out.item[1].value[0] == 0);
    assert_true(run.out.item[2].value[0] == 1);
    free(run.out.item);
}

/* 0.25 of a range of 2 in a second: 0.005 in 10 ms; stops at the end. */
static void a_velocity_moves_until_it_is_stopped_or_at_the_end(void **state)
{
    struct run run;

    (void)state;
    begin(&run, 0, 10000000);
    sampler_begin(&run.sampler, 0, 0);
    move(&run, 0, PEN_SPEED, 0.5);
    look(&run, 1000000, 1000000);
    assert_true(fabs(run.out.item[1].value[0] - 0.005) < 1e-9);
    assert_true(fabs(run.out.item[100].value[0] - 0.5) < 1e-9);
    look(&run, 3000000, 3000000);
    assert_true(run.out.item[300].value[0] == 1);
    assert_true(run.pen.speed[0] == 0);
    move(&run, 3000000, PEN_SPEED, -0.5);
    move(&run, 3500000, PEN_SPEED, 0);
    look(&run, 4000000, 4000000);
    assert_true(fabs(run.out.item[400].value[0] - 0.75) < 1e-9);
    free(run.out.item);
}

static void twenty_steps_up_and_down_meet_the_start_again(void **state)
{
    struct run run;

    (void)state;
    begin(&run, 0, 1000000);
    for (int i = 0; i < 7; i++)
        move(&run, 0, PEN_BY, 0.1);
    for (int i = 0; i < 7; i++)
        move(&run, 0, PEN_BY, -0.1);
    pen_run(&run.pen, 1);
    assert_true(run.pen.value[0] == 0);
    assert_false(signbit(run.pen.value[0]));
}

static void the_first_seconds_and_idleness_are_flagged(void **state)
{
    struct run run;

    (void)state;
    begin(&run, 0, 10000000);
    sampler_begin(&run.sampler, 0, 0);
    move(&run, 500000, PEN_BY, 0.1);
    look(&run, 4000000, 4000000);
    assert_true(run.out.item[99].flags & TRACE_SETTLING);
    assert_false(run.out.item[100].flags & TRACE_SETTLING);
    assert_false(run.out.item[249].flags & TRACE_IDLE);
    assert_true(run.out.item[250].flags & TRACE_IDLE);
    assert_true(run.sampler.idle);
    free(run.out.item);
}

static void after_sound_broke_off_nothing_is_sampled_twice(void **state)
{
    struct run run;

    (void)state;
    begin(&run, 0, 1000000);
    sampler_begin(&run.sampler, 0, 0);
    look(&run, 100000, 100000);
    sampler_end(&run.sampler);
    look(&run, 300000, 300000); /* silence: no sample */
    assert_int_equal(run.out.count, 11);
    sampler_begin(&run.sampler, 500000, 85000); /* a part is heard again */
    look(&run, 550000, 135000);
    assert_int_equal(run.out.count, 14); /* 110, 120, 130 ms */
    assert_int_equal(run.out.item[11].media_us, 110000);
    assert_true(run.out.item[11].flags & TRACE_AFTER_GAP);
    assert_false(run.out.item[12].flags & TRACE_AFTER_GAP);
    free(run.out.item);
}

static void samples_lie_in_the_part_that_was_asked_for(void **state)
{
    struct run run;

    (void)state;
    begin(&run, 55000, 95000); /* the sound begins before */
    sampler_begin(&run.sampler, 0, 0);
    look(&run, 200000, 200000);
    assert_int_equal(run.out.count, 4); /* 60, 70, 80, 90 ms */
    assert_int_equal(run.out.item[0].media_us, 60000);
    assert_true(sampler_is_full(&run.sampler));
    free(run.out.item);
}

/*
 * Looks at random times, a random speed, silences: samples rise by whole
 * steps, lie in what was heard, and each value is that of the last move that
 * was read by its host time.
 */
static void random_looks_never_give_more_than_was_heard(void **state)
{
    struct rng *rng = rng_new(7, "test/pen");

    (void)state;
    for (int round = 0; round < 200; round++) {
        struct run run;
        struct pen_move last[400] = { 0 };
        size_t moves = 0;
        int64_t host_us = 1000, media_us = 0;
        double speed = 0.5 + 0.25 * (double)rng_below(rng, 7);

        begin(&run, 0, 60000000);
        sampler_begin(&run.sampler, host_us, media_us);
        for (int i = 0; i < 300; i++) {
            int64_t gone = (int64_t)rng_below(rng, 40000);

            if (rng_below(rng, 3) == 0 && gone > 0) {
                last[moves] = (struct pen_move){
                    host_us + (int64_t)rng_below(rng, (uint64_t)gone), PEN_TO,
                    0, (double)rng_below(rng, 9) / 4 - 1
                };
                pen_tell(&run.pen, &last[moves++]);
            }
            host_us += gone;
            media_us += (int64_t)((double)gone * speed);
            look(&run, host_us, media_us);
            assert_true((int64_t)run.out.count <= media_us / TRACE_STEP_US + 1);
        }
        for (size_t i = 0; i < run.out.count; i++) {
            const struct trace_sample *it = &run.out.item[i];
            double value = 0;

            assert_int_equal(it->media_us, (int64_t)i * TRACE_STEP_US);
            assert_true(i == 0 || it->host_us >= it[-1].host_us);
            for (size_t m = 0; m < moves && last[m].host_us <= it->host_us; m++)
                value = last[m].value;
            assert_true(it->value[0] == value);
        }
        assert_int_equal(run.out.count, media_us / TRACE_STEP_US + 1);
        free(run.out.item);
    }
    rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sample_for_each_10_ms_that_was_heard),
        cmocka_unit_test(a_move_counts_from_the_time_at_which_it_was_read),
        cmocka_unit_test(at_half_speed_host_time_runs_twice_as_fast),
        cmocka_unit_test(a_velocity_moves_until_it_is_stopped_or_at_the_end),
        cmocka_unit_test(twenty_steps_up_and_down_meet_the_start_again),
        cmocka_unit_test(the_first_seconds_and_idleness_are_flagged),
        cmocka_unit_test(after_sound_broke_off_nothing_is_sampled_twice),
        cmocka_unit_test(samples_lie_in_the_part_that_was_asked_for),
        cmocka_unit_test(random_looks_never_give_more_than_was_heard),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
