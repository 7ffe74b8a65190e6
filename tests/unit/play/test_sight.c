/*
 * Tests of sight: what is drawn of the window is what is in the medium.
 */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/play/sight.h"
#include "common/media/rate.h"
#include "common/signal/pitch.h"
#include "common/signal/spectrogram.h"
#include "sound.h"

enum { RATE = 16000, FRAMES = 3 * RATE, LENGTH_US = 3000000, WIDTH = 100 };

static struct folder folder;
static const char *path;
static float sound[FRAMES]; /* as the file has it */
static struct wake wake;
static struct sight *sight;

/* A voice: pulses of 8 ms distance (125 Hz) with a falling formant. */
static int16_t sample_at(int i)
{
    double t = (double)(i % 128) / RATE;

    return (int16_t)(12000 * exp(-t * 400) *
                     sin(2 * 3.14159265358979 * 800 * t));
}

static int begin(void **state)
{
    struct error err;
    FILE *file;

    (void)state;
    folder_open(&folder);
    path = folder_file(&folder, "voice.wav");
    file = fopen(path, "wb");
    assert_non_null(file);
    put_head(file, RATE, 1, FRAMES);
    for (int i = 0; i < FRAMES; i++) {
        int16_t value = i < FRAMES / 3 ? 0 : sample_at(i);

        put(file, (uint16_t)value, 2);
        sound[i] = (float)value / 32768;
    }
    fclose(file);
    assert_true(wake_open(&wake, &err));
    return 0;
}

static int end(void **state)
{
    (void)state;
    wake_close(&wake);
    folder_remove(&folder);
    return 0;
}

static int fresh(void **state)
{
    (void)state;
    sight = sight_new(&wake);
    sight_open(sight, path, 0, LENGTH_US);
    return 0;
}

static int stale(void **state)
{
    (void)state;
    sight_free(sight);
    return 0;
}

/* How many pieces of work it takes. */
static int look(int64_t left_us, int64_t right_us, bool samples,
                bool spectrogram, bool tracks)
{
    struct sight_want want = { left_us, right_us,    WIDTH,
                               samples, spectrogram, tracks };
    int pieces = 0;

    sight_look(sight, &want);
    while (sight_serve(sight))
        pieces++;
    return pieces;
}

static void single_samples_can_be_seen(void **state)
{
    struct peak column[WIDTH];

    (void)state;
    /* 50 samples from sample 20000 on: two columns each */
    look(1250000, 1253125, true, false, false);
    assert_true(sight_samples(sight, column));
    for (int i = 0; i < WIDTH; i += 2) {
        float value = sound[20000 + i / 2];

        assert_true(column[i].low <= value && column[i].high >= value);
        assert_true(column[i].high - column[i].low < 3.0f / 32767);
    }
}

static void what_lies_beside_the_window_is_there_when_it_scrolls(void **state)
{
    struct peak column[WIDTH];
    struct sight_want on = { 1350000, 1450000, WIDTH, true, false, false };

    (void)state;
    assert_int_equal(look(1300000, 1400000, true, false, false), 1);
    sight_look(sight, &on);
    assert_true(sight_samples(sight, column));
}

/* Of a column of 2 ms: one frame, in its middle. */
static void the_spectrogram_is_that_of_the_samples(void **state)
{
    struct spectrogram_settings settings =
        spectrogram_wide_band(RATE, SIGHT_BANDS);
    struct error err;
    struct spectrogram *spectrogram = spectrogram_new(&settings, &err);
    uint8_t level[WIDTH * SIGHT_BANDS], loudest;
    float db[SIGHT_BANDS];

    (void)state;
    assert_non_null(spectrogram);
    look(2000000, 2200000, false, true, false);
    sight_spectrum(sight, level, &loudest);
    for (int i = 0; i < WIDTH; i++) {
        spectrogram_add(spectrogram, sound + 32000 + 32 * i + 16 - 40);
        spectrogram_take(spectrogram, db);
        for (int band = 0; band < SIGHT_BANDS; band++) {
            double got = level[i * SIGHT_BANDS + band] / 2.0 - 127.5;

            if (fabs(got - fmax((double)db[band], -127)) > 0.26)
                fail_msg("column %d, band %d: %g is not %g", i, band, got,
                         (double)db[band]);
            assert_true(level[i * SIGHT_BANDS + band] <= loudest);
        }
    }
    spectrogram_free(spectrogram);
}

static void scrolling_back_computes_nothing_anew(void **state)
{
    (void)state;
    assert_true(look(1000000, 1500000, false, true, true) > 0);
    look(1250000, 1750000, false, true, true);
    assert_int_equal(look(1000000, 1500000, false, true, true), 0);
    assert_true(look(1000000, 1250000, false, true, true) > 0); /* a zoom */
}

/* Of a short item just as `extract' computes them: of all of it at once. */
static void tracks_are_those_that_extract_computes(void **state)
{
    struct pitch_settings settings = pitch_defaults(RATE, RATE / 100);
    struct error err;
    struct pitch *pitch = pitch_new(&settings, &err);
    struct pitch_value value[400];
    float hz[WIDTH], db[WIDTH];

    (void)state;
    assert_int_equal(pitch_count(pitch, FRAMES), 300);
    pitch_track(pitch, sound, FRAMES, value);
    look(1500000, 2500000, false, false, true); /* a point a column */
    sight_tracks(sight, hz, db);
    for (int i = 0; i < WIDTH; i++) {
        assert_true(fabsf(hz[i] - value[150 + i].hz) < 0.01f);
        assert_true(fabsf(hz[i] - 125) < 1);
        assert_true(db[i] > -30 && db[i] < -5);
    }
    look(0, 1000000, false, false, true);
    sight_tracks(sight, hz, db);
    assert_true(hz[WIDTH / 2] == 0 && db[WIDTH / 2] < -100); /* silence */
    pitch_free(pitch);
}

/* A part is a medium of its own: no frame may see beyond it. */
static void nothing_outside_of_the_item_is_seen(void **state)
{
    uint8_t level[WIDTH * SIGHT_BANDS], loudest;

    (void)state;
    sight_open(sight, path, 0, LENGTH_US / 3); /* the silent part */
    look(0, LENGTH_US / 3, false, true, false);
    sight_spectrum(sight, level, &loudest);
    assert_int_equal(loudest, 1);
}

/* As of a film whose pictures last longer. */
static void an_item_may_last_longer_than_its_sound(void **state)
{
    float hz[WIDTH], db[WIDTH];

    (void)state;
    sight_open(sight, path, 0, LENGTH_US + 2000000);
    look(1500000, 2500000, false, false, true);
    sight_tracks(sight, hz, db);
    assert_true(fabsf(hz[WIDTH / 2] - 125) < 1);
    assert_true(db[WIDTH / 2] > -30 && db[WIDTH / 2] < -5);
    look(LENGTH_US + 500000, LENGTH_US + 1500000, false, false, true);
    sight_tracks(sight, hz, db);
    assert_true(isnan(hz[WIDTH / 2]) && isnan(db[WIDTH / 2]));
}

static void another_item_forgets_what_was_there(void **state)
{
    uint8_t level[WIDTH * SIGHT_BANDS], loudest;
    struct sight_want want = { 0, LENGTH_US, WIDTH, false, true, false };

    (void)state;
    look(0, LENGTH_US, false, true, false);
    sight_open(sight, path, 0, LENGTH_US);
    sight_look(sight, &want);
    sight_spectrum(sight, level, &loudest);
    assert_int_equal(loudest, 0);
    sight_open(sight, NULL, 0, 0);
    assert_false(sight_serve(sight));
}

static void a_medium_that_cannot_be_read_shows_nothing_and_ends(void **state)
{
    float hz[WIDTH], db[WIDTH];
    struct peak column[WIDTH];

    (void)state;
    sight_open(sight, "/nowhere/x.wav", 0, LENGTH_US);
    look(0, LENGTH_US, true, true, true);
    assert_true(sight_samples(sight, column));
    assert_true(column[0].high == 0);
    sight_tracks(sight, hz, db);
    assert_true(isnan(hz[0]) && isnan(db[0]));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, stale)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(single_samples_can_be_seen),
        TEST(what_lies_beside_the_window_is_there_when_it_scrolls),
        TEST(the_spectrogram_is_that_of_the_samples),
        TEST(scrolling_back_computes_nothing_anew),
        TEST(tracks_are_those_that_extract_computes),
        TEST(nothing_outside_of_the_item_is_seen),
        TEST(an_item_may_last_longer_than_its_sound),
        TEST(another_item_forgets_what_was_there),
        TEST(a_medium_that_cannot_be_read_shows_nothing_and_ends),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
