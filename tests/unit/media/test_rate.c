/* rate - exact lengths, no delay, nothing above half the rate. */
#include <config.h>

#include "common/media/rate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "encode.h"

static float *sine(double hz, int rate, int64_t frames)
{
    float *sample = calloc((size_t)frames + 1, sizeof(*sample));

    for (int64_t i = 0; i < frames; i++)
        sample[i] = (float)(0.5 * sin(2 * M_PI * hz * (double)i / rate));
    return sample;
}

/* All of `in`, pushed in pieces of `piece`; *count says how many come out. */
static float *change(int in_rate, int out_rate, const float *in, int64_t frames,
                     int64_t piece, int64_t *count)
{
    struct error err;
    struct rate *rate = rate_new(in_rate, out_rate, 1, &err);
    int64_t room = rate_length(frames, in_rate, out_rate) + 10, got;
    float *out = calloc((size_t)room, sizeof(*out));

    assert_non_null(rate);
    *count = 0;
    for (int64_t i = 0; i < frames; i += piece) {
        rate_push(rate, in + i, frames - i < piece ? frames - i : piece);
        got = rate_ready(rate);
        assert_true(*count + got <= room);
        assert_int_equal(rate_pull(rate, out + *count, got), got);
        *count += got;
    }
    rate_finish(rate);
    *count += rate_pull(rate, out + *count, room - *count);
    assert_int_equal(rate_ready(rate), 0);
    rate_free(rate);
    return out;
}

static void n_frames_give_the_rounded_up_share_of_n(void **state)
{
    static const int rates[] = { 8000, 11025, 16000, 22050, 44100, 48000 };
    static const int64_t lengths[] = { 1, 2, 7, 100, 441, 4410, 44101 };
    float *in = sine(440, 16000, 44101);

    (void)state;
    for (size_t a = 0; a < 6; a++)
        for (size_t b = 0; b < 6; b++)
            for (size_t n = 0; n < 7; n++) {
                int64_t want =
                    (lengths[n] * rates[b] + rates[a] - 1) / rates[a];
                int64_t count;
                float *out =
                    change(rates[a], rates[b], in, lengths[n], 1000, &count);

                assert_int_equal(count, want);
                assert_int_equal(rate_length(lengths[n], rates[a], rates[b]),
                                 want);
                free(out);
            }
    free(in);
}

static void a_sine_keeps_its_phase(void **state)
{
    static const int rates[] = { 8000, 11025, 16000, 44100, 48000, 96000 };

    (void)state;
    for (size_t a = 0; a < 6; a++) {
        int64_t frames = rates[a], count;
        float *in = sine(440, rates[a], frames);
        float *out = change(rates[a], 16000, in, frames, 777, &count);
        double worst = 0;

        for (int64_t i = 400; i < count - 400; i++)
            worst = fmax(worst, fabs(out[i] - 0.5 * sin(2 * M_PI * 440 *
                                                        (double)i / 16000)));
        if (worst > 2e-4)
            fail_msg("%d Hz: off by %g", rates[a], worst);
        free(in);
        free(out);
    }
}

static double level(const float *sample, int64_t count)
{
    double sum = 0;

    for (int64_t i = 400; i < count - 400; i++)
        sum += (double)sample[i] * sample[i];
    return 10 * log10(sum / (double)(count - 800) / 0.125); /* sine: 0 */
}

/* 48 kHz to 16 kHz: 7 kHz stays, 9 kHz may not come back as 7 kHz. */
static void what_the_new_rate_cannot_hold_is_gone(void **state)
{
    int64_t count;
    float *low = sine(7000, 48000, 48000), *high = sine(9000, 48000, 48000);
    float *out = change(48000, 16000, low, 48000, 5000, &count);

    (void)state;
    assert_true(fabs(level(out, count)) < 0.1);
    free(out);
    out = change(48000, 16000, high, 48000, 5000, &count);
    assert_true(level(out, count) < -85);
    free(out);
    free(low);
    free(high);
}

static void the_size_of_the_pieces_changes_nothing(void **state)
{
    float *in = sine(1234, 44100, 30000);
    int64_t one, other;
    float *all = change(44100, 16000, in, 30000, 30000, &one);

    (void)state;
    for (int64_t piece = 1; piece < 5000; piece = piece * 3 + 1) {
        float *out = change(44100, 16000, in, 30000, piece, &other);

        assert_int_equal(one, other);
        assert_memory_equal(all, out, (size_t)one * sizeof(float));
        free(out);
    }
    free(all);
    free(in);
}

static void equal_rates_are_a_copy_and_reset_forgets(void **state)
{
    struct error err;
    float in[8] = { 1, 2, 3, 4, 5, 6, 7, 8 }, out[8] = { 0 };
    struct rate *rate = rate_new(16000, 16000, 2, &err);

    (void)state;
    rate_push(rate, in, 4);
    assert_int_equal(rate_pull(rate, out, 1), 1);
    assert_true(out[0] == 1 && out[1] == 2);
    rate_reset(rate);
    assert_int_equal(rate_ready(rate), 0);
    rate_push(rate, in + 4, 2);
    rate_finish(rate);
    assert_int_equal(rate_pull(rate, out, 4), 2);
    assert_true(out[0] == 5 && out[3] == 8);
    rate_free(rate);
    assert_null(rate_new(10, 16000, 1, &err));
    assert_int_equal(err.code, ERROR_LIMIT);
}

static char wav[] = "/tmp/mien-rate.XXXXXX";

static void channels_are_mixed_by_their_mean(void **state)
{
    float both[2000];
    struct rate_sound sound;
    struct error err;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        both[2 * i] = 0.5f;
        both[2 * i + 1] = -0.25f;
    }
    assert_true(encode_wav(wav, 16000, 2, both, 1000));
    assert_true(rate_load(wav, 0, -1, 16000, &sound, &err));
    assert_int_equal(sound.count, 1000);
    assert_int_equal(sound.source_channels, 2);
    for (int i = 0; i < 1000; i++)
        assert_true(fabsf(sound.sample[i] - 0.125f) < 1e-4f);
    rate_sound_release(&sound);
}

/* Sample i is i / 10000: a piece says where it comes from. */
static void a_segment_is_cut_to_the_sample(void **state)
{
    float ramp[8000];
    struct rate_sound sound;
    struct error err;

    (void)state;
    for (int i = 0; i < 8000; i++)
        ramp[i] = (float)i / 10000;
    assert_true(encode_wav(wav, 8000, 1, ramp, 8000));
    assert_true(rate_load(wav, 250000, 500000, 8000, &sound, &err));
    assert_int_equal(sound.count, 2000);
    assert_true(fabsf(sound.sample[0] - 0.2f) < 1e-4f);
    assert_true(fabsf(sound.sample[1999] - 0.3999f) < 1e-4f);
    rate_sound_release(&sound);
    /* Up to a tenth of a second beyond the end is rounding. */
    assert_true(rate_load(wav, 900000, 1090000, 8000, &sound, &err));
    assert_int_equal(sound.count, 800);
    rate_sound_release(&sound);
    assert_false(rate_load(wav, 900000, 1200000, 8000, &sound, &err));
    assert_non_null(strstr(err.text, "\"end\" is 1.2 s, but the medium ends "
                                     "at 1 s"));
    assert_false(rate_load(wav, 2000000, -1, 8000, &sound, &err));
    assert_non_null(strstr(err.text, "beyond the end"));
    assert_false(rate_load(wav, 500000, 500000, 8000, &sound, &err));
}

/* The same file with its samples called 32-bit floats. */
static void call_floats(int bytes, int byte)
{
    FILE *file = fopen(wav, "r+b");
    const unsigned char format[] = { 3, 0,   1, 0, 64, 31, 0,  0,
                                     0, 125, 0, 0, 4,  0,  32, 0 };

    assert_non_null(file);
    fseek(file, 20, SEEK_SET);
    fwrite(format, 1, sizeof(format), file);
    fseek(file, 44, SEEK_SET);
    for (int i = 0; i < bytes; i++)
        fputc(byte, file);
    fclose(file);
}

static void samples_that_are_no_numbers_are_refused(void **state)
{
    float ramp[800] = { 0 };
    struct rate_sound sound;
    struct error err;

    (void)state;
    assert_true(encode_wav(wav, 8000, 1, ramp, 800));
    call_floats(0, 0);
    assert_true(rate_load(wav, 0, -1, 8000, &sound, &err));
    assert_int_equal(sound.count, 400);
    rate_sound_release(&sound);
    call_floats(4, 255); /* 0xffffffff is a NaN */
    assert_false(rate_load(wav, 0, -1, 8000, &sound, &err));
    assert_non_null(strstr(err.text, "is damaged at 0.000 s"));
    call_floats(4, 126); /* 0x7e7e7e7e is 8.5e37 */
    assert_false(rate_load(wav, 0, -1, 8000, &sound, &err));
    assert_non_null(strstr(err.text, "is not a number, or 1e+10 times"));
}

/* Two hours and a bit of silence, which the file system does not store. */
static void what_is_too_long_is_refused_before_it_is_read(void **state)
{
    float one[1] = { 0 };
    struct rate_sound sound;
    struct error err;
    const uint32_t bytes = 2u * 8000 * (RATE_LOAD_MAX_SECONDS + 1);
    FILE *file;

    (void)state;
    assert_true(encode_wav(wav, 8000, 1, one, 1));
    file = fopen(wav, "r+b");
    assert_non_null(file);
    fseek(file, 40, SEEK_SET);
    for (int i = 0; i < 4; i++)
        fputc((int)(bytes >> (8 * i) & 255), file);
    fclose(file);
    assert_int_equal(truncate(wav, 44 + (off_t)bytes), 0);
    assert_false(rate_load(wav, 0, -1, 8000, &sound, &err));
    assert_int_equal(err.code, ERROR_LIMIT);
    assert_non_null(strstr(err.text, "longer than 120 minutes"));
    assert_true(rate_load(wav, 7200000000, 7200500000, 8000, &sound, &err));
    assert_int_equal(sound.count, 4000);
    rate_sound_release(&sound);
}

static int begin(void **state)
{
    int file = mkstemp(wav);

    (void)state;
    return file < 0 ? -1 : close(file);
}

static int finish(void **state)
{
    (void)state;
    return unlink(wav);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(n_frames_give_the_rounded_up_share_of_n),
        cmocka_unit_test(a_sine_keeps_its_phase),
        cmocka_unit_test(what_the_new_rate_cannot_hold_is_gone),
        cmocka_unit_test(the_size_of_the_pieces_changes_nothing),
        cmocka_unit_test(equal_rates_are_a_copy_and_reset_forgets),
        cmocka_unit_test(channels_are_mixed_by_their_mean),
        cmocka_unit_test(a_segment_is_cut_to_the_sample),
        cmocka_unit_test(samples_that_are_no_numbers_are_refused),
        cmocka_unit_test(what_is_too_long_is_refused_before_it_is_read),
    };

    return cmocka_run_group_tests(tests, begin, finish);
}
