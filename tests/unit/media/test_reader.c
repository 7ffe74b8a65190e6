/* reader - frame 0 is the first audible sample; seeking is exact. */
#include <config.h>

#include "common/media/reader.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "avi.h"
#include "encode.h"

enum { RATE = 44100, FRAMES = 220500 }; /* five seconds */

static float *noise; /* band-limited, smooth in level */
static char folder[] = "/tmp/mien-reader.XXXXXX";

/* Low-passed noise from a fixed generator, so that codecs keep it well. */
static void make_noise(void)
{
    uint32_t state = 1;
    float low = 0, lower = 0;

    noise = calloc(FRAMES, sizeof(*noise));
    for (int i = 0; i < FRAMES; i++) {
        state = state * 1664525u + 1013904223u;
        low += 0.15f * ((float)(state >> 8) / 8388608.0f - 1 - low);
        lower += 0.15f * (low - lower);
        noise[i] = lower;
    }
}

static const char *in_folder(const char *name)
{
    static char path[4][256];
    static int next;

    next = (next + 1) % 4;
    snprintf(path[next], sizeof(path[next]), "%s/%s", folder, name);
    return path[next];
}

static struct reader *must_open(const char *path)
{
    struct error err;
    struct reader *reader = reader_open(path, &err);

    if (!reader)
        fail_msg("%s", err.text);
    return reader;
}

/* All of it, one channel, and how many frames; read in odd pieces. */
static float *read_all(struct reader *reader, int64_t *count)
{
    float *all = calloc(FRAMES * 2, sizeof(*all));
    struct error err;
    int64_t got;

    *count = 0;
    while ((got = reader_read(reader, all + *count, 1237, &err)) > 0)
        *count += got;
    if (got < 0)
        fail_msg("%s", err.text);
    return all;
}

/* The lag (in -most .. most) at which `all` is most like the noise. */
static int lag_of(const float *all, int most)
{
    double best = -1;
    int best_lag = 0;

    for (int lag = -most; lag <= most; lag++) {
        double sum = 0;

        for (int i = 20000; i < 40000; i++)
            sum += (double)noise[i] * all[i + lag];
        if (sum > best) {
            best = sum;
            best_lag = lag;
        }
    }
    return best_lag;
}

static void a_wav_file_gives_the_samples_that_were_written(void **state)
{
    const char *path = in_folder("plain.wav");
    struct reader *reader;
    int64_t count;
    float *all;

    (void)state;
    assert_true(encode_wav(path, RATE, 1, noise, 1000));
    reader = must_open(path);
    assert_int_equal(reader_info(reader)->rate, RATE);
    assert_int_equal(reader_info(reader)->channels, 1);
    assert_int_equal(reader_info(reader)->frames, 1000);
    assert_string_equal(reader_info(reader)->format, "WAV");
    all = read_all(reader, &count);
    assert_int_equal(count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_true(fabsf(all[i] - noise[i]) < 1.0f / 16384);
    free(all);
    reader_close(reader);
}

/* Of one medium; `padding`: frames that are signalled nowhere as such. */
static void check_codec(const char *name, const char *codec, int rate,
                        int64_t padding)
{
    const char *path = in_folder(name);
    struct reader *reader;
    struct error err;
    int64_t count;
    float *all, piece[500];
    static const int64_t goals[] = { 200000, 5,     100000, 99999, 0,
                                     150000, 60000, 60001,  22050, 219400 };

    if (!encode_medium(path, codec, rate, 1, noise, FRAMES)) {
        print_message("# this FFmpeg cannot write %s\n", codec);
        return;
    }
    reader = must_open(path);
    assert_int_equal(reader_info(reader)->rate, rate);
    all = read_all(reader, &count);
    assert_int_equal(count, FRAMES + padding);
    assert_int_equal(reader_info(reader)->frames, FRAMES + padding);
    if (padding == 0)
        assert_int_equal(lag_of(all, 2500), 0);
    for (size_t i = 0; i < sizeof(goals) / sizeof(goals[0]); i++) {
        float worst = 0;

        if (!reader_seek(reader, goals[i], &err))
            fail_msg("%s", err.text);
        assert_int_equal(reader_position(reader), goals[i]);
        assert_int_equal(reader_read(reader, piece, 500, &err), 500);
        for (int k = 0; k < 500; k++)
            worst = fmaxf(worst, fabsf(piece[k] - all[goals[i] + k]));
        if (worst > 1e-3f)
            fail_msg("%s: after a seek to %d: off by %g", name, (int)goals[i],
                     (double)worst);
    }
    free(all);
    reader_close(reader);
}

static void mp4_with_aac_begins_with_the_first_audible_sample(void **state)
{
    (void)state;
    check_codec("a.m4a", "aac", RATE, 0);
}

static void mp3_loses_its_delay_and_its_padding(void **state)
{
    (void)state;
    check_codec("a.mp3", "libmp3lame", RATE, 0);
}

static void flac_and_vorbis_are_exact(void **state)
{
    (void)state;
    check_codec("a.flac", "flac", RATE, 0);
    check_codec("a.ogg", "libvorbis", RATE, 0);
}

static void coarse_timestamps_do_not_blur_a_seek(void **state)
{
    (void)state;
    check_codec("a.mka", "flac", RATE, 0);
    check_codec("b.opus", "libopus", 48000, 0);
    /* 144 blocks of 1536 and a delay of 256, in a raw stream. */
    check_codec("a.ac3", "ac3", RATE, 144 * 1536 - FRAMES);
}

static void refuses(const char *path, const char *why)
{
    struct error err;
    struct reader *reader = reader_open(path, &err);
    float piece[4096];
    int64_t got = 1;

    if (reader) {
        while (got > 0)
            got = reader_read(reader, piece, 2048, &err);
        reader_close(reader);
    }
    if (!reader || got < 0) {
        if (strncmp(err.text, path, strlen(path)) != 0)
            fail_msg("no path in: %s", err.text);
        if (!strstr(err.text, why))
            fail_msg("expected \"%s\" in: %s", why, err.text);
        return;
    }
    fail_msg("%s was read", path);
}

static void put_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void what_is_no_sound_is_refused_by_name_and_reason(void **state)
{
    (void)state;
    refuses(in_folder("none.wav"), "no such file");
    refuses(folder, "is a folder");
    put_text(in_folder("empty.wav"), "");
    refuses(in_folder("empty.wav"), "is empty (0 bytes)");
    put_text(in_folder("text.mp3"), "This is no sound, only some words.\n");
    refuses(in_folder("text.mp3"), "no sound or video file");
    assert_true(encode_wav(in_folder("zero.wav"), RATE, 1, noise, 0));
    refuses(in_folder("zero.wav"), "zero length");
    assert_true(avi_write(in_folder("mute.avi"), 5));
    refuses(in_folder("mute.avi"), "has no sound in it");
    /* Lists of other files are not followed. */
    put_text(in_folder("list.m3u8"), "#EXTM3U\n#EXTINF:5,\nplain.wav\n");
    refuses(in_folder("list.m3u8"), "no sound or video file");
}

static void what_is_cut_short_is_called_truncated(void **state)
{
    static const char *const names[] = { "t.wav", "t.flac", "t.mp3", "t.m4a" };
    static const char *const codecs[] = { "", "flac", "libmp3lame", "aac" };

    (void)state;
    for (int i = 0; i < 4; i++) {
        const char *path = in_folder(names[i]);

        if (i == 0)
            assert_true(encode_wav(path, RATE, 1, noise, FRAMES));
        else if (!encode_medium(path, codecs[i], RATE, 1, noise, FRAMES))
            continue;
        assert_true(encode_cut(path, 60));
        /* An MP4 file has its table at the end: without it, it is none. */
        refuses(path, i == 3 ? "damaged" : "truncated");
    }
}

static void a_seek_beyond_the_end_says_where_the_end_is(void **state)
{
    struct error err;
    float one;
    struct reader *reader;

    (void)state;
    assert_true(encode_wav(in_folder("s.wav"), 8000, 1, noise, 8000));
    reader = must_open(in_folder("s.wav"));
    assert_true(reader_seek(reader, 8000, &err));
    assert_int_equal(reader_read(reader, &one, 1, &err), 0);
    assert_false(reader_seek(reader, 8001, &err));
    assert_non_null(strstr(err.text, "beyond the end at 1.000 s"));
    reader_close(reader);
}

/* Of MP3 the end is known only when it was read: the position must stay. */
static void a_seek_that_fails_leaves_the_position(void **state)
{
    const char *path = in_folder("f.mp3");
    struct error err;
    struct reader *reader;
    float one[10], again[10];

    (void)state;
    if (!encode_medium(path, "libmp3lame", RATE, 1, noise, FRAMES))
        return;
    reader = must_open(path);
    assert_true(reader_seek(reader, 100000, &err));
    assert_int_equal(reader_read(reader, one, 10, &err), 10);
    assert_true(reader_seek(reader, 100000, &err));
    assert_false(reader_seek(reader, FRAMES * 3, &err));
    assert_non_null(strstr(err.text, "beyond the end at 5.000 s"));
    assert_int_equal(reader_position(reader), 100000);
    assert_int_equal(reader_read(reader, again, 10, &err), 10);
    for (int i = 0; i < 10; i++)
        assert_true(fabsf(one[i] - again[i]) < 1e-3f);
    reader_close(reader);
}

/* 11025 Hz: no whole number of microseconds; times must come back. */
static void times_and_frames_are_each_others_inverse(void **state)
{
    struct reader *reader;

    (void)state;
    assert_true(encode_wav(in_folder("r.wav"), 11025, 1, noise, 100));
    reader = must_open(in_folder("r.wav"));
    assert_int_equal(reader_frame_at(reader, 1000000), 11025);
    assert_int_equal(reader_time_of(reader, 1), 91); /* 90.7 us */
    for (int64_t frame = 0; frame < 4000000000; frame += 123456789)
        assert_true(reader_frame_at(reader, reader_time_of(reader, frame)) ==
                    frame);
    reader_close(reader);
}

static int begin(void **state)
{
    (void)state;
    make_noise();
    return mkdtemp(folder) ? 0 : -1;
}

static int finish(void **state)
{
    char command[64];

    (void)state;
    free(noise);
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wav_file_gives_the_samples_that_were_written),
        cmocka_unit_test(mp4_with_aac_begins_with_the_first_audible_sample),
        cmocka_unit_test(mp3_loses_its_delay_and_its_padding),
        cmocka_unit_test(flac_and_vorbis_are_exact),
        cmocka_unit_test(coarse_timestamps_do_not_blur_a_seek),
        cmocka_unit_test(what_is_no_sound_is_refused_by_name_and_reason),
        cmocka_unit_test(what_is_cut_short_is_called_truncated),
        cmocka_unit_test(a_seek_beyond_the_end_says_where_the_end_is),
        cmocka_unit_test(a_seek_that_fails_leaves_the_position),
        cmocka_unit_test(times_and_frames_are_each_others_inverse),
    };

    return cmocka_run_group_tests(tests, begin, finish);
}
