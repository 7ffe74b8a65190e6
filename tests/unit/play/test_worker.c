/*
 * Tests of worker: the waveform that is wanted is the one that is drawn.
 */
#include <config.h>

#include <math.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/play/worker.h"
#include "common/file/hash.h"
#include "sound.h"

enum { RATE = 8000, FRAMES = 32000 };

static struct folder folder;
static const char *path, *other;
static struct wake wake;
static struct worker *worker;
static const struct worker_want none;

static int begin(void **state)
{
    struct worker_settings settings = { .wake = &wake,
                                        .peaks = true,
                                        .loudness = true };
    struct error err;

    (void)state;
    folder_open(&folder);
    path = write_numbered(&folder, "a.wav", RATE, 2, FRAMES);
    other = write_numbered(&folder, "b.wav", RATE, 2, FRAMES / 2);
    assert_true(wake_open(&wake, &err));
    worker = worker_new(&settings, &err);
    assert_non_null(worker);
    return 0;
}

static int end(void **state)
{
    (void)state;
    worker_free(worker);
    wake_close(&wake);
    folder_remove(&folder);
    return 0;
}

static struct peaks_info info_now(void)
{
    struct peaks_info info = { 0 };

    if (worker_peaks(worker))
        peaks_info(worker_peaks(worker), &info);
    return info;
}

static void the_waveform_is_that_of_the_medium(void **state)
{
    struct worker_want now = { path, 0, -1, NULL, NULL };
    struct peak column[4];

    (void)state;
    worker_want(worker, &now);
    worker_settle(worker);
    assert_true(info_now().finished);
    assert_int_equal(info_now().frames, FRAMES);
    assert_int_equal(peaks_draw(worker_peaks(worker), 0, 0, 4000000, column, 4),
                     4);
    for (int i = 0; i < 4; i++) { /* the first channel counts up */
        assert_true(fabsf(column[i].low * 32768 - 8000 * (float)i) < 1002);
        assert_true(fabsf(column[i].high * 32768 - 8000 * (float)(i + 1)) <
                    1002);
    }
}

static void a_span_is_read_alone_and_drawn_at_its_own_time(void **state)
{
    struct worker_want now = { path, 1000000, 1500000, NULL, NULL };
    struct peak column[4];

    (void)state;
    worker_want(worker, &now);
    worker_settle(worker);
    assert_int_equal(info_now().first, 8000);
    assert_int_equal(info_now().frames, 4000);
    assert_int_equal(
        peaks_draw(worker_peaks(worker), 0, 500000, 1500000, column, 4), 4);
    assert_true(column[1].low == 0 && column[1].high == 0);
    assert_in_range(column[2].low * 32768, 7999, 8002);
}

static void the_next_one_is_there_when_it_is_wanted(void **state)
{
    struct worker_want now = { path, 0, -1, NULL, NULL };
    struct worker_want next = { other, 0, -1, NULL, NULL };

    (void)state;
    worker_want(worker, &now);
    worker_want_next(worker, &next);
    worker_settle(worker);
    worker_want(worker, &next);
    assert_true(info_now().finished);
    assert_int_equal(info_now().frames, FRAMES / 2);
    worker_want(worker, &none);
    assert_null(worker_peaks(worker));
}

static void a_medium_that_cannot_be_read_has_no_waveform(void **state)
{
    struct worker_want now = { "/nowhere/x.wav", 0, -1, NULL, NULL };
    struct worker_want next = { path, 0, -1, NULL, NULL };

    (void)state;
    worker_want(worker, &now);
    worker_want_next(worker, &next);
    worker_settle(worker);
    assert_null(worker_peaks(worker));
    worker_want(worker, &next);
    assert_true(info_now().finished);
}

static void news_post_the_wake_pipe(void **state)
{
    struct pollfd poll_fd = { .fd = wake_fd(&wake), .events = POLLIN };
    struct worker_want now = { path, 0, -1, NULL, NULL };

    (void)state;
    worker_want(worker, &now);
    assert_int_equal(poll(&poll_fd, 1, 60000), 1);
}

static void wishes_that_change_all_the_time_are_followed(void **state)
{
    struct worker_want want[3] = { { path, 0, -1, NULL, NULL },
                                   { other, 0, -1, NULL, NULL },
                                   { path, 500000, -1, NULL, NULL } };
    struct peak column[80];
    unsigned seed = 1;

    (void)state;
    for (int i = 0; i < 2000; i++) {
        seed = seed * 1664525 + 1013904223;
        worker_want(worker, &want[seed / 65536 % 3]);
        worker_want_next(worker, &want[seed / 4096 % 3]);
        if (seed >> 31)
            info_now();
        if (worker_peaks(worker))
            peaks_draw(worker_peaks(worker), PEAKS_ALL, 0, 4000000, column, 80);
    }
    worker_want(worker, &want[2]);
    worker_want_next(worker, &want[1]);
    worker_settle(worker);
    assert_int_equal(info_now().frames, FRAMES - 4000);
}

static void what_comes_next_does_not_disturb_what_is_drawn(void **state)
{
    const char *longer =
        write_numbered(&folder, "long.wav", RATE, 2, 100 * FRAMES);
    struct worker_want now = { longer, 0, -1, NULL, NULL };
    struct worker_want next = { path, 0, -1, NULL, NULL };
    struct peaks *peaks;

    (void)state;
    worker_want(worker, &now);
    while (!(peaks = worker_peaks(worker)))
        continue;
    worker_want_next(worker, &next); /* it has a check to run, too */
    worker_settle(worker);
    assert_ptr_equal(worker_peaks(worker), peaks);
    assert_int_equal(info_now().frames, 100 * FRAMES);
}

static void the_loudness_of_a_part_is_known_once_it_is_checked(void **state)
{
    struct worker_want now = { path, 1000000, 3000000, NULL, NULL };
    const uint8_t sha256[HASH_SIZE] = { 0 };
    struct loudness alone, found;
    struct error err;

    (void)state;
    assert_true(
        loudness_measure(path, 1000000, 3000000, NULL, NULL, &alone, &err));
    assert_true(alone.audible);
    worker_want(worker, &now);
    worker_settle(worker);
    assert_int_equal(worker_checked(worker), CHECK_GOOD);
    found = worker_loudness(worker);
    assert_true(found.audible && found.lufs == alone.lufs);
    assert_true(found.peak == alone.peak);
    now.path = "/nowhere/x.wav";
    worker_want(worker, &now);
    worker_settle(worker);
    assert_int_equal(worker_checked(worker), CHECK_UNPLAYABLE);
    worker_complaint(worker, &err);
    assert_string_equal(err.text, "/nowhere/x.wav: no such file");
    assert_false(worker_loudness(worker).audible);
    now.sha256 = sha256; /* its bytes come first */
    worker_want(worker, &now);
    worker_settle(worker);
    assert_int_equal(worker_checked(worker), CHECK_UNREADABLE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_waveform_is_that_of_the_medium),
        TEST(a_span_is_read_alone_and_drawn_at_its_own_time),
        TEST(the_next_one_is_there_when_it_is_wanted),
        TEST(a_medium_that_cannot_be_read_has_no_waveform),
        TEST(the_loudness_of_a_part_is_known_once_it_is_checked),
        TEST(news_post_the_wake_pipe),
        TEST(what_comes_next_does_not_disturb_what_is_drawn),
        TEST(wishes_that_change_all_the_time_are_followed),
    };

    return cmocka_run_group_tests_name("worker", tests, NULL, NULL);
}
