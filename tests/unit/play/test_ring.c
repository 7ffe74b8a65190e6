/*
 * Tests of ring: what goes in comes out, in order, between two threads.
 */
#include <config.h>

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/play/ring.h"

enum { FRAMES = 4 * 1000 * 1000 };

static void room_is_a_power_of_two(void **state)
{
    struct ring ring;

    (void)state;
    ring_init(&ring, 1000, sizeof(int));
    assert_int_equal(ring_writable(&ring), 1024);
    assert_int_equal(ring_readable(&ring), 0);
    ring_release(&ring);
}

static void a_full_ring_takes_no_more_and_an_empty_one_gives_none(void **state)
{
    int in[5] = { 1, 2, 3, 4, 5 }, out[5] = { 0 };
    struct ring ring;

    (void)state;
    ring_init(&ring, 4, sizeof(int));
    assert_int_equal(ring_write(&ring, in, 5), 4);
    assert_int_equal(ring_write(&ring, in, 1), 0);
    assert_int_equal(ring_read(&ring, out, 5), 4);
    assert_int_equal(out[3], 4);
    assert_int_equal(ring_read(&ring, out, 1), 0);
    assert_false(ring_peek(&ring, out));
    ring_release(&ring);
}

static void elements_that_wrap_stay_in_order(void **state)
{
    int in[3] = { 1, 2, 3 }, out[3] = { 0 };
    struct ring ring;

    (void)state;
    ring_init(&ring, 4, sizeof(int));
    for (int i = 0; i < 10; i++) {
        assert_int_equal(ring_write(&ring, in, 3), 3);
        assert_true(ring_peek(&ring, out));
        assert_int_equal(out[0], 1);
        assert_int_equal(ring_read(&ring, out, 3), 3);
        assert_memory_equal(in, out, sizeof(in));
    }
    assert_int_equal(ring_written(&ring), 30);
    assert_int_equal(ring_taken(&ring), 30);
    ring_release(&ring);
}

static void dropping_reads_without_a_copy(void **state)
{
    int in[3] = { 1, 2, 3 }, out = 0;
    struct ring ring;

    (void)state;
    ring_init(&ring, 4, sizeof(int));
    ring_write(&ring, in, 3);
    assert_int_equal(ring_read(&ring, NULL, 2), 2);
    assert_int_equal(ring_read(&ring, &out, 1), 1);
    assert_int_equal(out, 3);
    ring_release(&ring);
}

/* Frame i is (i mod 2^23, its square mod 2^23): exact as floats. */
static float square(uint32_t i)
{
    return (float)((uint64_t)i * i % (1 << 23));
}

static void *produce(void *context)
{
    struct ring *ring = context;
    float frames[2 * 97];
    uint32_t next = 0;

    while (next < FRAMES) {
        uint32_t count = FRAMES - next < 97 ? FRAMES - next : 97;
        size_t sent = 0;

        for (uint32_t i = 0; i < count; i++) {
            frames[2 * i] = (float)((next + i) % (1 << 23));
            frames[2 * i + 1] = square(next + i);
        }
        while (sent < count)
            sent += ring_write(ring, frames + 2 * sent, count - sent);
        next += count;
    }
    return NULL;
}

static void four_million_frames_pass_between_two_threads(void **state)
{
    float frames[2 * 128];
    uint64_t sum = 0, wanted = 0;
    uint32_t next = 0, wrong = 0;
    struct ring ring;
    pthread_t thread;

    (void)state;
    ring_init(&ring, 1024, sizeof(float[2]));
    assert_int_equal(pthread_create(&thread, NULL, produce, &ring), 0);
    while (next < FRAMES) {
        size_t got = ring_read(&ring, frames, 128);

        for (size_t i = 0; i < got; i++, next++) {
            wrong += frames[2 * i] != (float)(next % (1 << 23));
            wrong += frames[2 * i + 1] != square(next);
            sum = sum * 31 + (uint64_t)frames[2 * i + 1];
            wanted = wanted * 31 + (uint64_t)square(next);
        }
    }
    pthread_join(thread, NULL);
    assert_int_equal(wrong, 0);
    assert_true(sum == wanted);
    assert_int_equal(ring_readable(&ring), 0);
    ring_release(&ring);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(room_is_a_power_of_two),
        cmocka_unit_test(a_full_ring_takes_no_more_and_an_empty_one_gives_none),
        cmocka_unit_test(elements_that_wrap_stay_in_order),
        cmocka_unit_test(dropping_reads_without_a_copy),
        cmocka_unit_test(four_million_frames_pass_between_two_threads),
    };

    return cmocka_run_group_tests_name("ring", tests, NULL, NULL);
}
