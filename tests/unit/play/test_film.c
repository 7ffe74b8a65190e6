/*
 * Tests of film with the real player: at the time at which a click is heard,
 * the picture that belongs to it is shown.
 *
 * Each film has numbered pictures and a sound with a click in the middle of
 * some of them.  What is heard is taken from the samples that the player hands
 * to its device, not from its clock.
 */
#include <config.h>

#include "annotate/play/film.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "annotate/play/player.h"
#include "film.h"

enum {
    COUNT = 75,
    RATE = 48000,
    STEP_US = 5000, /* between two looks at the picture */
    MOST_CLICKS = 64,
    FILM_RATE = 25,
};

static char folder[] = "/tmp/mien-film.XXXXXX";
static const int clicked[] = { 8, 20, 33, 51, 70 };
enum { CLICKS = 5 };

/* --- fixtures ------------------------------------------------------------ */

static int64_t even_us(int n)
{
    return (int64_t)n * 40000;
}

/* 40 ms apart, but every third one lasts 90 ms and the next one 20 ms. */
static int64_t variable_us(int n)
{
    static const int64_t begin_ms[] = { 0, 40, 130 };

    return (n / 3 * 150 + begin_ms[n % 3]) * 1000;
}

static void put(FILE *file, uint32_t value, int bytes)
{
    for (; bytes > 0; bytes--, value >>= 8)
        fputc((int)(value & 255), file);
}

/* A click in the middle of each of the clicked pictures. */
static void write_clicks(int64_t (*begins)(int n), int frames)
{
    int16_t *sample = calloc((size_t)frames, sizeof(*sample));
    char path[64];
    FILE *file;

    for (int i = 0; i < CLICKS; i++) {
        int64_t us = (begins(clicked[i]) + begins(clicked[i] + 1)) / 2;
        int64_t at = us * RATE / 1000000;

        for (int k = 0; k < 48 && at + k < frames; k++)
            sample[at + k] = (int16_t)(k % 8 < 4 ? 24000 : -24000);
    }
    snprintf(path, sizeof(path), "%s/clicks.raw", folder);
    file = fopen(path, "wb");
    for (int i = 0; i < frames; i++)
        put(file, (uint16_t)sample[i], 2);
    fclose(file);
    free(sample);
}

static bool make(const char *name, int64_t (*begins)(int n), int sound_ms,
                 const char *codec)
{
    char line[1024];

    write_clicks(begins, sound_ms * (RATE / 1000));
    snprintf(line, sizeof(line),
             "-f rawvideo -pix_fmt gray -s 128x64 -framerate 25 -i %s/raw "
             "-f s16le -ar 48000 -ac 1 -i %s/clicks.raw -pix_fmt yuv420p "
             "-fps_mode passthrough -enc_time_base 1:1000 %s%s %s/%s",
             folder, folder,
             begins == variable_us
                 ? "-vf settb=1/1000,setpts=floor(N/3)*150"
                   "+gte(mod(N\\,3)\\,1)*40+gte(mod(N\\,3)\\,2)*90 "
                 : "",
             codec, folder, name);
    return film_run(line);
}

/* --- watching ------------------------------------------------------------ */

struct watch {
    struct player *player;
    struct film *film;
    int64_t heard_us[MOST_CLICKS]; /* host times of clicks */
    int heard;
    int64_t quiet_until_us;
    /* Which picture was shown from which host time on. */
    int64_t shown_us[4000];
    int shown[4000];
    int count;
};

/* The player's device: notes when clicks are heard. */
static void listen(void *context, const float *samples, int frames,
                   int64_t heard_us)
{
    struct watch *watch = context;

    for (int i = 0; i < frames; i++) {
        int64_t us = heard_us + (int64_t)i * 1000000 / RATE;

        if (fabsf(samples[i]) < 0.25f || us < watch->quiet_until_us)
            continue;
        watch->quiet_until_us = us + 60000;
        if (watch->heard < MOST_CLICKS)
            watch->heard_us[watch->heard++] = us;
    }
}

static void look(struct watch *watch)
{
    struct player_snapshot now;
    struct film_picture picture;

    player_snapshot(watch->player, &now);
    if (!film_at(watch->film, now.media_us, &picture)) {
        film_settle(watch->film);
        assert_true(film_at(watch->film, now.media_us, &picture));
    }
    watch->shown_us[watch->count] = now.now_us;
    watch->shown[watch->count++] =
        film_number(picture.rgb, picture.width, picture.height);
}

static void watch_for(struct watch *watch, int64_t us)
{
    for (; us > 0; us -= STEP_US) {
        player_advance(watch->player, STEP_US);
        look(watch);
    }
}

static int shown_at(const struct watch *watch, int64_t host_us)
{
    int number = -1;

    for (int i = 0; i < watch->count && watch->shown_us[i] <= host_us; i++)
        number = watch->shown[i];
    return number;
}

static void start(struct watch *watch, const char *name, int64_t latency_us,
                  double speed)
{
    struct player_settings settings = { .output = PLAYER_MANUAL,
                                        .rate = RATE,
                                        .channels = 1,
                                        .latency_us = latency_us,
                                        .tap = listen,
                                        .tap_context = watch };
    char path[128];
    struct error err;

    memset(watch, 0, sizeof(*watch));
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    watch->player = player_new(&settings, &err);
    watch->film = film_new(NULL, &err);
    assert_non_null(watch->player);
    assert_non_null(watch->film);
    player_set_speed(watch->player, speed);
    player_open(watch->player, path, 0, -1);
    film_open(watch->film, path);
    film_size(watch->film, 64, 32);
    player_play(watch->player);
}

static void stop(struct watch *watch)
{
    film_free(watch->film);
    player_free(watch->player);
}

/* All clicks in order, each with its picture, or one beside it. */
static void expect_sync(const struct watch *watch, int first, int count,
                        int slack)
{
    for (int i = 0; i < watch->heard; i++) {
        int wanted = clicked[(first + i) % CLICKS];
        int shown = shown_at(watch, watch->heard_us[i]);

        if (abs(shown - wanted) > slack)
            fail_msg("click %d: picture %d, not %d", i, shown, wanted);
    }
    assert_int_equal(watch->heard, count);
}

static const int64_t latencies_us[] = { 0, 10000, 85000, 300000 };

static void expect_film_in_sync(const char *name)
{
    struct watch watch;

    for (int i = 0; i < 4; i++) {
        start(&watch, name, latencies_us[i], 1);
        watch_for(&watch, 4500000);
        expect_sync(&watch, 0, CLICKS, 0);
        stop(&watch);
    }
    start(&watch, name, 85000, 0.5);
    watch_for(&watch, 8500000);
    expect_sync(&watch, 0, CLICKS, 1);
    stop(&watch);
}

/* --- the tests ----------------------------------------------------------- */

#define H264 "-c:v libx264 -preset veryfast -bf 3 -g 250 "

static void clicks_and_pictures_are_in_sync(void **state)
{
    (void)state;
    assert_true(make("even.mp4", even_us, 3000, H264 "-c:a aac -b:a 256k"));
    expect_film_in_sync("even.mp4");
}

static void also_where_the_rate_varies(void **state)
{
    (void)state;
    assert_true(make("variable.mkv", variable_us, 3750, H264 "-c:a flac"));
    expect_film_in_sync("variable.mkv");
}

static void also_in_hevc(void **state)
{
    (void)state;
    if (!make("hevc.mp4", even_us, 3000,
              "-c:v libx265 -preset ultrafast -tag:v hvc1 -x265-params "
              "log-level=none:keyint=30:open-gop=1:bframes=3 -c:a aac")) {
        print_message("HEVC cannot be encoded here\n");
        return;
    }
    expect_film_in_sync("hevc.mp4");
}

/* What follows the sound is seen too, in time. */
static void also_where_the_sound_is_shorter(void **state)
{
    struct watch watch;
    int64_t begun_us;

    (void)state;
    assert_true(make("short.mp4", even_us, 1500, H264 "-c:a aac -b:a 256k"));
    start(&watch, "short.mp4", 85000, 1);
    watch_for(&watch, 4500000);
    expect_sync(&watch, 0, 3, 0);          /* of 0.3, 0.8, 1.3 s */
    begun_us = watch.heard_us[0] - 340000; /* when media time 0 was heard */
    for (int n = 1; n < COUNT; n++)
        assert_int_equal(shown_at(&watch, begun_us + even_us(n) + 20000), n);
    stop(&watch);
}

static void also_after_seeks(void **state)
{
    struct watch watch;

    (void)state;
    for (int i = 0; i < 4; i++) {
        start(&watch, "even.mp4", latencies_us[i], 1);
        watch_for(&watch, 500000);
        player_seek(watch.player, 1000000); /* over the click of 0.82 s */
        watch.heard = 0;
        watch_for(&watch, 700000);
        player_seek(watch.player, 700000);
        watch_for(&watch, 4000000);
        /* What was on its way when the second seek came is heard, too. */
        assert_true(watch.heard >= 4);
        watch.heard_us[0] = watch.heard_us[watch.heard - 4];
        memmove(watch.heard_us, watch.heard_us + watch.heard - 4,
                4 * sizeof(*watch.heard_us));
        watch.heard = 4;
        expect_sync(&watch, 1, 4, 0);
        stop(&watch);
    }
}

static void also_in_a_loop(void **state)
{
    struct watch watch;

    (void)state;
    for (int i = 0; i < 4; i++) {
        start(&watch, "even.mp4", latencies_us[i], 1);
        watch_for(&watch, 100000);
        assert_true(player_loop(watch.player, 200000, 2500000));
        film_loop(watch.film, 200000, 2500000);
        watch_for(&watch, 9200000 + latencies_us[i]);
        if (watch.heard_us[watch.heard - 1] > watch.shown_us[watch.count - 1])
            watch.heard--; /* on its way to the speaker */
        for (int k = 0; k < watch.heard; k++)
            assert_int_equal(shown_at(&watch, watch.heard_us[k]),
                             clicked[k % 4]);
        assert_true(watch.heard >= 15); /* four rounds of four, about */
        stop(&watch);
    }
}

/* Forwards and backwards, by the pictures' own times. */
static void frames_are_stepped_by_their_own_times(void **state)
{
    struct watch watch;
    int64_t us = 0;

    (void)state;
    start(&watch, "variable.mkv", 0, 1);
    for (int n = 1; n < 40; n++) {
        film_step(watch.film, us, 1);
        film_settle(watch.film);
        assert_true(film_stepped(watch.film, &us));
        assert_false(film_stepped(watch.film, &us));
        assert_int_equal(us, variable_us(n));
    }
    for (int n = 38; n > 20; n--) {
        film_step(watch.film, us + 300, -1);
        film_settle(watch.film);
        assert_true(film_stepped(watch.film, &us));
        assert_int_equal(us, variable_us(n));
    }
    stop(&watch);
}

/* Asked for without waiting, as by a machine that cannot keep up. */
static void a_late_picture_is_shown_until_the_right_one_is_there(void **state)
{
    struct film_picture picture;
    struct wake wake;
    struct error err;
    struct film *film;
    char path[64];

    (void)state;
    snprintf(path, sizeof(path), "%s/even.mp4", folder);
    assert_true(wake_open(&wake, &err));
    film = film_new(&wake, &err);
    film_open(film, path);
    film_size(film, 64, 48);
    assert_false(film_at(film, 1000000, &picture));
    assert_null(picture.rgb); /* nothing was drawn yet */
    film_settle(film);
    /* Eight pictures of 40 ms are ready; 1.5 s is behind all of them. */
    assert_false(film_at(film, 1500000, &picture));
    assert_non_null(picture.rgb);
    assert_in_range(picture.until_us, 1200000, 1400000);
    film_settle(film);
    assert_true(film_at(film, 1500000, &picture));
    assert_true(picture.from_us <= 1500000 && picture.until_us > 1500000);
    /* What was shown stays while one goes back ... */
    assert_false(film_at(film, 200000, &picture));
    assert_true(picture.until_us > 1500000);
    /* ... but never of another film. */
    film_open(film, path);
    assert_false(film_at(film, 1500000, &picture));
    assert_null(picture.rgb);
    film_free(film);
    wake_close(&wake);
}

static void a_sound_without_pictures_has_none(void **state)
{
    struct film_picture picture;
    struct film_state now;
    struct error err;
    struct film *film = film_new(NULL, &err);
    char path[128];

    (void)state;
    assert_true(make("sound.flac", even_us, 1000, "-vn"));
    snprintf(path, sizeof(path), "%s/sound.flac", folder);
    film_open(film, path);
    film_size(film, 64, 32);
    assert_false(film_at(film, 0, &picture));
    film_settle(film);
    assert_false(film_at(film, 0, &picture));
    film_state(film, &now);
    assert_false(now.open || now.failed || now.busy);
    film_free(film);
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
        cmocka_unit_test(clicks_and_pictures_are_in_sync),
        cmocka_unit_test(also_where_the_rate_varies),
        cmocka_unit_test(also_in_hevc),
        cmocka_unit_test(also_where_the_sound_is_shorter),
        cmocka_unit_test(also_after_seeks),
        cmocka_unit_test(also_in_a_loop),
        cmocka_unit_test(frames_are_stepped_by_their_own_times),
        cmocka_unit_test(a_late_picture_is_shown_until_the_right_one_is_there),
        cmocka_unit_test(a_sound_without_pictures_has_none),
    };

    if (!film_can_be_made()) {
        printf("1..0 # SKIP ffmpeg is not installed\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, begin, end);
}
