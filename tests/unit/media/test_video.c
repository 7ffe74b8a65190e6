/* video - the picture of a time is the one that the file shows then. */
#include <config.h>

#include "common/media/video.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "common/media/reader.h"
#include "film.h"

enum { COUNT = 90, STEP_US = 40000, VARIABLE = 5 };

static char folder[] = "/tmp/mien-video.XXXXXX";

/* Where picture `n` begins when the rate varies: 40 ms apart, or 110, 20. */
static int64_t variable_us(int n)
{
    static const int after_ms[VARIABLE] = { 40, 110, 20, 40, 40 };
    int64_t ms = 0;

    for (int i = 0; i < n; i++)
        ms += after_ms[i % VARIABLE];
    return ms * 1000;
}

static int64_t even_us(int n)
{
    return (int64_t)n * STEP_US;
}

/* Makes folder/`name` of the numbered pictures (in 90 kHz) and a tone. */
static void make(const char *name, const char *input, const char *output)
{
    char line[1024];

    snprintf(line, sizeof(line),
             "-f rawvideo -pix_fmt gray -s 128x64 -framerate 25 -i %s/raw %s "
             "-pix_fmt yuv420p -fps_mode passthrough %s %s/%s",
             folder, input, output, folder, name);
    if (!film_run(line))
        fail_msg("cannot be made: ffmpeg %s", line);
}

static struct video *open_film(const char *name)
{
    char path[128];
    struct error err;
    bool present;
    struct video *video;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    video = video_open(path, &present, &err);
    if (!video)
        fail_msg("%s", err.text);
    return video;
}

static int number_of(struct video *video)
{
    static uint8_t rgb[64 * 32 * 3];
    struct error err;

    if (!video_draw(video, 64, 32, rgb, &err))
        fail_msg("%s", err.text);
    return film_number(rgb, 64, 32);
}

/* A claimed time, to the tick of a millisecond container. */
static void expect_time(int64_t us, int64_t expected_us)
{
    if (us < expected_us - 600 || us > expected_us + 600)
        fail_msg("%lld us, not %lld", (long long)us, (long long)expected_us);
}

/*
 * Pictures first .. COUNT - 1 with their times, in order, then from anywhere
 * to anywhere.
 */
static void expect_pictures(const char *name, int first, int64_t offset_us,
                            int64_t (*begins)(int n))
{
    struct video *video = open_film(name);
    int64_t zero = begins(first) - offset_us;
    uint32_t state = 7;
    struct error err;

    for (int n = first; n < COUNT; n++) {
        assert_int_equal(number_of(video), n);
        expect_time(video_from_us(video), begins(n) - zero);
        if (n + 1 < COUNT)
            expect_time(video_until_us(video), begins(n + 1) - zero);
        assert_int_equal(video_next(video), n + 1 < COUNT);
    }
    assert_true(video_at_end(video));
    for (int i = 0; i < 60; i++) {
        int n, into;

        state = state * 1664525u + 1013904223u;
        n = first + (int)(state >> 16) % (COUNT - first);
        into = i % 3 == 0 ? 0 : i % 3 == 1 ? 10000 : 18000;
        /* A tick early is the picture before, so ask a tick late. */
        assert_true(video_seek(video, begins(n) - zero + 1000 + into, &err));
        assert_int_equal(number_of(video), n);
        assert_true(video_seek(video, video_from_us(video), &err));
        assert_int_equal(number_of(video), n);
        if (n > first) { /* one frame back */
            assert_true(video_seek(video, video_from_us(video) - 1, &err));
            assert_int_equal(number_of(video), n - 1);
        }
    }
    assert_true(video_seek(video, -3600000000, &err));
    assert_int_equal(number_of(video), first);
    assert_true(video_seek(video, 3600000000, &err));
    assert_int_equal(number_of(video), COUNT - 1);
    assert_int_equal(video_damaged(video), 0);
    video_close(video);
}

#define TONE "-f lavfi -i sine=d=3.6:r=44100 "
#define H264 "-c:v libx264 -preset veryfast "

static void pictures_of_long_groups_with_b_frames_are_found(void **state)
{
    (void)state;
    make("long.mp4", TONE, H264 "-g 250 -bf 3 -c:a aac");
    expect_pictures("long.mp4", 0, 0, even_us);
}

static void pictures_of_a_variable_rate_have_their_own_times(void **state)
{
    char input[700];
    int used = snprintf(input, sizeof(input),
                        "-vf settb=1/1000,setpts=floor(N/5)*250");

    /* after_ms summed: 0 40 150 170 210 in each 250. */
    snprintf(input + used, sizeof(input) - (size_t)used,
             "+gte(mod(N\\,5)\\,1)*40+gte(mod(N\\,5)\\,2)*110"
             "+gte(mod(N\\,5)\\,3)*20+gte(mod(N\\,5)\\,4)*40 ");
    (void)state;
    strcat(input, "-enc_time_base 1:1000 " H264 "-bf 2 -g 40 -c:a aac");
    make("variable.mp4", TONE, input);
    expect_pictures("variable.mp4", 0, 0, variable_us);
    strcat(input, " -c:a flac");
    make("variable.mkv", TONE, input);
    expect_pictures("variable.mkv", 0, 0, variable_us);
}

static void pictures_of_other_codecs_and_containers_are_found(void **state)
{
    (void)state;
    make("hevc.mp4", TONE,
         "-c:v libx265 -preset ultrafast -tag:v hvc1 "
         "-x265-params log-level=none:keyint=30:open-gop=1:bframes=3");
    expect_pictures("hevc.mp4", 0, 0, even_us);
    /* Whose 481 samples of delay no header tells of: they are audible. */
    make("stream.ts", TONE, H264 "-g 25 -bf 2 -c:a mp2");
    expect_pictures("stream.ts", 0, 481 * 1000000 / 44100, even_us);
    make("old.avi", TONE, "-c:v mpeg4 -q:v 2 -g 30 -c:a pcm_s16le");
    expect_pictures("old.avi", 0, 0, even_us);
    make("web.webm", TONE,
         "-c:v libvpx -deadline realtime -b:v 2M -g 40 -c:a libopus");
    /* All was moved by Opus's delay, rounded to 7 ms; the sound not heard. */
    expect_pictures("web.webm", 0, 7000, even_us);
    make("program.mpg", TONE, "-c:v mpeg2video -q:v 2 -bf 2 -g 15 -c:a mp2");
    expect_pictures("program.mpg", 0, 481 * 1000000 / 44100, even_us);
}

static void without_sound_the_first_picture_is_time_0(void **state)
{
    (void)state;
    make("mute.mp4", "", H264 "-bf 2 -output_ts_offset 3");
    expect_pictures("mute.mp4", 0, 0, even_us);
}

/* Media time 0 is the first audible sample. */
static void sound_that_begins_later_or_sooner_is_time_0(void **state)
{
    (void)state;
    make("late.mkv", "-itsoffset 0.5 " TONE, H264 "-c:a flac");
    expect_pictures("late.mkv", 0, -500000, even_us);
    make("late.mov", "-itsoffset 0.5 " TONE, H264 "-c:a pcm_s16le");
    expect_pictures("late.mov", 0, -500000, even_us);
    make("early.mkv", TONE,
         "-vf setpts=PTS+0.4/TB -enc_time_base 1:1000 " H264 "-c:a flac");
    expect_pictures("early.mkv", 0, 400000, even_us);
}

static void what_an_edit_list_cuts_off_is_not_shown(void **state)
{
    char line[256];

    (void)state;
    make("whole.mp4", TONE, H264 "-g 50 -bf 2 -c:a aac");
    snprintf(line, sizeof(line), "-ss 1 -i %s/whole.mp4 -c copy %s/cut.mp4",
             folder, folder);
    assert_true(film_run(line));
    expect_pictures("cut.mp4", 25, 0, even_us);
}

static void expect_size(const char *name, int width, int height)
{
    struct video *video = open_film(name);

    assert_int_equal(video_info(video)->width, width);
    assert_int_equal(video_info(video)->height, height);
    video_close(video);
}

static void pixels_are_made_square(void **state)
{
    (void)state;
    make("wide.mp4", "", H264 "-vf setsar=2/1");
    expect_size("wide.mp4", 256, 64);
}

/* As the ffmpeg tool itself turns them. */
static void pictures_are_turned_upright(void **state)
{
    static const char *const angles[] = { "90", "180", "270" };
    static uint8_t ours[128 * 128 * 3], theirs[128 * 128 * 3];
    char text[256];
    struct error err;

    (void)state;
    for (int i = 0; i < 3; i++) {
        int width = i == 1 ? 128 : 64;
        struct video *video;
        FILE *file;
        double off = 0;

        make("flat.mp4", "", H264 "-frames:v 80 -crf 1");
        snprintf(text, sizeof(text),
                 "-i %s/flat.mp4 -c copy -metadata:s:v rotate=%s %s/turned.mp4",
                 folder, angles[i], folder);
        assert_true(film_run(text));
        expect_size("turned.mp4", width, 192 - width);
        video = open_film("turned.mp4");
        assert_true(video_seek(video, even_us(78), &err));
        assert_true(video_draw(video, width, 192 - width, ours, &err));
        video_close(video);
        snprintf(text, sizeof(text),
                 "-i %s/turned.mp4 -vf select=eq(n\\,78) -frames:v 1 "
                 "-f rawvideo -pix_fmt rgb24 %s/turned.rgb",
                 folder, folder);
        assert_true(film_run(text));
        snprintf(text, sizeof(text), "%s/turned.rgb", folder);
        file = fopen(text, "rb");
        assert_int_equal(fread(theirs, 1, 128 * 64 * 3, file), 128 * 64 * 3);
        fclose(file);
        for (int at = 0; at < 128 * 64 * 3; at++)
            off += abs(ours[at] - theirs[at]);
        assert_true(off / (128 * 64 * 3) < 3);
    }
}

static void expect_no_video(const char *name)
{
    char path[128];
    struct error err;
    bool present = true;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    assert_null(video_open(path, &present, &err));
    assert_false(present);
}

static void a_cover_in_a_sound_file_is_no_video(void **state)
{
    char line[512];

    (void)state;
    snprintf(line, sizeof(line),
             "-f lavfi -i sine=d=1 -f rawvideo -pix_fmt gray -s 128x64 -i "
             "%s/raw -map 0 -map 1 -frames:v 1 -c:v mjpeg -pix_fmt yuvj420p "
             "-disposition:v attached_pic",
             folder);
    for (int i = 0; i < 2; i++) {
        static const char *const names[] = { "cover.mp3", "cover.m4a" };
        char whole[640];

        snprintf(whole, sizeof(whole), "%s %s/%s", line, folder, names[i]);
        assert_true(film_run(whole));
        expect_no_video(names[i]);
    }
}

static void one_picture_is_shown_at_all_times(void **state)
{
    struct video *video;
    struct error err;

    (void)state;
    make("still.mp4", TONE, H264 "-frames:v 1 -c:a aac");
    video = open_film("still.mp4");
    assert_true(video_seek(video, 2000000, &err));
    assert_int_equal(number_of(video), 0);
    assert_int_equal(video_next(video), 0);
    video_close(video);
}

/* Copies `from` to `to` with bytes overwritten, or its end cut off. */
static void damage(const char *from, const char *to, bool cut)
{
    char path[128];
    uint8_t *bytes = malloc(1 << 22);
    size_t size;
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s", folder, from);
    file = fopen(path, "rb");
    size = fread(bytes, 1, 1 << 22, file);
    fclose(file);
    if (cut)
        size = size * 6 / 10;
    else
        for (size_t i = size * 3 / 10; i < size * 5 / 10; i += 37)
            bytes[i] ^= 0xA5;
    snprintf(path, sizeof(path), "%s/%s", folder, to);
    file = fopen(path, "wb");
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
    free(bytes);
}

static void damaged_pictures_are_passed_over(void **state)
{
    (void)state;
    make("sound.ts", TONE, H264 "-g 10 -bf 2 -c:a mp2");
    for (int cut = 0; cut < 2; cut++) {
        struct video *video;
        struct error err;
        int64_t before_us = INT64_MIN;
        int seen = 0;

        damage("sound.ts", "damaged.ts", cut);
        video = open_film("damaged.ts");
        do {
            assert_true(video_from_us(video) > before_us);
            before_us = video_from_us(video);
            assert_true(number_of(video) >= 0);
            seen++;
        } while (video_next(video));
        assert_in_range(seen, 20, COUNT);
        assert_true(video_seek(video, 1500000, &err));
        assert_true(video_from_us(video) <= 1500000);
        assert_true(video_seek(video, 0, &err));
        video_close(video);
    }
}

/* Silence after the sound, until the pictures end. */
static void sound_lasts_as_long_as_the_pictures(void **state)
{
    static const char *const sounds[] = { "-f lavfi -i sine=d=1.2:r=8000 ",
                                          "" };

    (void)state;
    for (int i = 0; i < 2; i++) {
        float sample[800] = { 0 };
        struct error err;
        struct reader *reader;
        char path[128];
        int64_t rate, count = 0, got;

        make("short.mp4", sounds[i], H264 "-c:a aac");
        snprintf(path, sizeof(path), "%s/short.mp4", folder);
        reader = reader_open_film(path, &err);
        assert_non_null(reader);
        assert_int_equal(reader_info(reader)->channels, 1);
        rate = reader_info(reader)->rate;
        assert_true(reader_seek(reader, rate * 3, &err)); /* 3 s */
        assert_int_equal(reader_read(reader, sample, 800, &err), 800);
        for (int k = 0; k < 800; k++)
            assert_true(sample[k] == 0);
        assert_true(reader_seek(reader, rate / 2, &err));
        assert_int_equal(reader_read(reader, sample, 800, &err), 800);
        assert_true((fabsf(sample[300]) + fabsf(sample[301]) > 0) == (i == 0));
        assert_true(reader_seek(reader, 0, &err));
        while ((got = reader_read(reader, sample, 800, &err)) > 0)
            count += got;
        assert_int_equal(got, 0);
        assert_int_equal(count, rate * COUNT / 25); /* 3.6 s */
        assert_int_equal(reader_info(reader)->frames, count);
        reader_close(reader);
    }
}

static int begin(void **state)
{
    (void)state;
    return film_folder_make(folder, COUNT) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    return film_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_of_long_groups_with_b_frames_are_found),
        cmocka_unit_test(pictures_of_a_variable_rate_have_their_own_times),
        cmocka_unit_test(pictures_of_other_codecs_and_containers_are_found),
        cmocka_unit_test(without_sound_the_first_picture_is_time_0),
        cmocka_unit_test(sound_that_begins_later_or_sooner_is_time_0),
        cmocka_unit_test(what_an_edit_list_cuts_off_is_not_shown),
        cmocka_unit_test(pixels_are_made_square),
        cmocka_unit_test(pictures_are_turned_upright),
        cmocka_unit_test(a_cover_in_a_sound_file_is_no_video),
        cmocka_unit_test(one_picture_is_shown_at_all_times),
        cmocka_unit_test(sound_lasts_as_long_as_the_pictures),
        cmocka_unit_test(damaged_pictures_are_passed_over),
    };

    if (!film_can_be_made()) {
        printf("1..0 # SKIP ffmpeg is not installed\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, begin, end);
}
