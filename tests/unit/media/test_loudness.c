/*
 * Tests of loudness: tones whose loudness the standards state.
 *
 * BS.1770-4: a sine of 997 Hz and 0 dBFS in one channel is -3.01 LKFS.  EBU
 * Tech 3341 (2016), table 1: case 1, a stereo sine of -23 dBFS is -23.0 LUFS;
 * case 3, the same with 10 s of -36 dBFS before and after it is, too; both to
 * 0.1 LU.
 */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/media/loudness.h"
#include "sound.h"

enum { RATE = 48000, LEVELS = 3 };

struct tone {
    double level; /* dBFS; above 0: silence */
    double seconds;
};

static struct folder folder;

static int begin(void **state)
{
    (void)state;
    folder_open(&folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    folder_remove(&folder);
    return 0;
}

/* Sines of 997 Hz, one after the other; tones of no seconds are left out. */
static const char *sines(const char *name, int channels,
                         const struct tone tone[LEVELS])
{
    const char *path = folder_file(&folder, name);
    FILE *file = fopen(path, "wb");
    uint32_t frames = 0, at = 0;

    assert_non_null(file);
    for (int i = 0; i < LEVELS; i++)
        frames += (uint32_t)(tone[i].seconds * RATE);
    put_head(file, RATE, channels, frames);
    for (int i = 0; i < LEVELS; i++) {
        double high = tone[i].level > 0 ? 0 : pow(10, tone[i].level / 20);
        uint32_t stop = at + (uint32_t)(tone[i].seconds * RATE);

        for (; at < stop; at++) {
            double value = high * sin(2 * M_PI * 997 * at / RATE);

            for (int c = 0; c < channels; c++)
                put(file, (uint32_t)lrint(32767 * value), 2);
        }
    }
    assert_int_equal(fclose(file), 0);
    return path;
}

static struct loudness measured(const char *path, int64_t start_us,
                                int64_t end_us)
{
    struct loudness loudness;
    struct error err;

    assert_true(
        loudness_measure(path, start_us, end_us, NULL, NULL, &loudness, &err));
    return loudness;
}

static void expect_near(double value, double wanted)
{
    if (!(fabs(value - wanted) <= 0.1))
        fail_msg("%g is not %g", value, wanted);
}

static void a_stereo_sine_is_as_loud_as_its_level(void **state)
{
    static const struct tone tone[LEVELS] = { { -23, 20 } };
    struct loudness it = measured(sines("a.wav", 2, tone), 0, -1);

    (void)state;
    assert_true(it.audible);
    expect_near(it.lufs, -23);
    expect_near(it.peak, -23);
    expect_near(loudness_gain(&it, -30), -7);
    expect_near(loudness_gain(&it, -10), 13);
}

static void one_channel_alone_is_3_lu_softer(void **state)
{
    static const struct tone tone[LEVELS] = { { -23, 5 } };

    (void)state;
    expect_near(measured(sines("a.wav", 1, tone), 0, -1).lufs, -26.01);
}

static void soft_parts_are_gated(void **state)
{
    static const struct tone tone[LEVELS] = { { -36, 10 },
                                              { -23, 60 },
                                              { -36, 10 } };

    (void)state;
    expect_near(measured(sines("a.wav", 2, tone), 0, -1).lufs, -23);
}

static void a_part_is_measured_alone(void **state)
{
    static const struct tone tone[LEVELS] = { { -3, 2 },
                                              { -33, 2 },
                                              { -3, 2 } };
    const char *path = sines("a.wav", 2, tone);
    struct loudness it = measured(path, 2000000, 4000000);

    (void)state;
    expect_near(it.lufs, -33);
    expect_near(it.peak, -33);
}

static void a_true_peak_limits_the_gain(void **state)
{
    static const struct tone tone[LEVELS] = { { -43, 9 }, { -6, 0.01 } };
    struct loudness it = measured(sines("a.wav", 2, tone), 0, -1);
    double gain = loudness_gain(&it, -23);

    (void)state;
    assert_true(it.lufs < -30);
    expect_near(it.peak, -6);
    assert_true(gain + it.peak <= LOUDNESS_PEAK_DBTP);
    expect_near(gain, 5);
}

static void silence_has_no_loudness_and_no_gain(void **state)
{
    static const struct tone tone[LEVELS] = { { 1, 3 } };
    static const struct tone hardly[LEVELS] = { { -85, 3 } };
    struct loudness it = measured(sines("a.wav", 2, tone), 0, -1);

    (void)state;
    assert_false(it.audible);
    assert_true(loudness_gain(&it, -23) == 0);
    it = measured(sines("b.wav", 2, hardly), 0, -1);
    assert_false(it.audible);
    assert_true(loudness_gain(&it, -23) == 0);
}

static void a_burst_below_one_block_has_a_loudness(void **state)
{
    static const struct tone tone[LEVELS] = { { -23, 0.2 } };
    struct loudness it = measured(sines("a.wav", 2, tone), 0, -1);

    (void)state;
    assert_true(it.audible);
    expect_near(it.lufs, -23 + 10 * log10(0.5));
}

static bool never(void *context)
{
    (void)context;
    return false;
}

static void a_measurement_can_be_given_up(void **state)
{
    static const struct tone tone[LEVELS] = { { -23, 1 } };
    struct loudness it;
    struct error err;

    (void)state;
    assert_false(loudness_measure(sines("a.wav", 1, tone), 0, -1, never, NULL,
                                  &it, &err));
    assert_int_equal(err.code, ERROR_INTERRUPTED);
    assert_false(
        loudness_measure("/nowhere/x.wav", 0, -1, NULL, NULL, &it, &err));
    assert_int_not_equal(err.code, ERROR_INTERRUPTED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_stereo_sine_is_as_loud_as_its_level),
        TEST(one_channel_alone_is_3_lu_softer),
        TEST(soft_parts_are_gated),
        TEST(a_part_is_measured_alone),
        TEST(a_true_peak_limits_the_gain),
        TEST(silence_has_no_loudness_and_no_gain),
        TEST(a_burst_below_one_block_has_a_loudness),
        TEST(a_measurement_can_be_given_up),
    };

    return cmocka_run_group_tests_name("loudness", tests, NULL, NULL);
}
