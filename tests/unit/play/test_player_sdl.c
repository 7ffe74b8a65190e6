/*
 * Tests of player on SDL's drivers that need no device, and on the silent
 * sink, in real time: what was played, when, and from several threads.
 */
#include <config.h>

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "annotate/play/player.h"
#include "sound.h"

enum { RATE = 16000, FRAMES = 40000 };

static struct folder folder;
static const char *path; /* 2.5 seconds */

static int begin(void **state)
{
    (void)state;
    folder_open(&folder);
    path = write_numbered(&folder, "a.wav", RATE, 2, FRAMES);
    return 0;
}

static int end(void **state)
{
    (void)state;
    folder_remove(&folder);
    return 0;
}

static void sleep_ms(int ms)
{
    struct timespec time = { .tv_sec = ms / 1000,
                             .tv_nsec = ms % 1000 * 1000000L };

    nanosleep(&time, NULL);
}

static struct player *make(const char *driver, struct wake *wake,
                           struct error *err)
{
    struct player_settings settings = { .output = PLAYER_DEVICE,
                                        .rate = RATE,
                                        .channels = 2,
                                        .latency_us = -1,
                                        .wake = wake };

    setenv("SDL_AUDIODRIVER", driver, 1);
    return player_new(&settings, err);
}

static enum player_state state_of(struct player *player)
{
    struct player_snapshot snapshot;

    player_snapshot(player, &snapshot);
    return snapshot.state;
}

/* False when it does not come within ten seconds. */
static bool wait_for(struct player *player, enum player_state state)
{
    for (int i = 0; i < 2000; i++) {
        if (state_of(player) == state)
            return true;
        sleep_ms(5);
    }
    return false;
}

static void without_a_device_it_says_so_at_once(void **state)
{
    struct error err;

    (void)state;
    assert_null(make("nonexistent", NULL, &err));
    assert_int_equal(err.code, ERROR_IO);
    assert_non_null(strstr(err.text, "no sound device can be opened"));
    assert_non_null(strstr(err.text, "SDL_AUDIODRIVER"));
}

/* Reads what the disk driver wrote; the caller frees it. */
static float *read_played(const char *file_path, size_t *frames)
{
    FILE *file = fopen(file_path, "rb");
    float *played = malloc(sizeof(float[2]) * FRAMES * 40);

    assert_non_null(file);
    *frames = fread(played, sizeof(float[2]), FRAMES * 40, file);
    fclose(file);
    return played;
}

/* Frames `from` to the end are next, silence between them or not. */
static size_t expect_rest(const float *played, size_t count, size_t at,
                          int64_t from)
{
    for (; from < FRAMES; from++, at++) {
        while (at < count && number_of(played + 2 * at) < 0)
            at++;
        assert_in_range(at, 0, count - 1);
        assert_int_equal(number_of(played + 2 * at), from);
    }
    return at;
}

static void what_was_played_after_a_seek_is_bit_exact(void **state)
{
    const char *disk = folder_file(&folder, "played.raw");
    struct player *player;
    struct error err;
    size_t count, at = 0;
    float *played;

    (void)state;
    setenv("SDL_DISKAUDIOFILE", disk, 1);
    player = make("disk", NULL, &err);
    assert_non_null(player);
    player_open(player, path, 0, -1);
    player_seek(player, 1543125); /* frame 24690 */
    player_play(player);
    assert_true(wait_for(player, PLAYER_ENDED));
    player_seek(player, 2437500); /* frame 39000 */
    assert_true(wait_for(player, PLAYER_PLAYING));
    assert_true(wait_for(player, PLAYER_ENDED));
    player_free(player);
    played = read_played(disk, &count);
    at = expect_rest(played, count, at, 24690);
    at = expect_rest(played, count, at, 39000);
    for (; at < count; at++)
        assert_int_equal(number_of(played + 2 * at), -1);
    free(played);
}

static void the_device_is_described(void **state)
{
    struct player_snapshot snapshot;
    struct player *player;
    struct error err;

    (void)state;
    player = make("dummy", NULL, &err);
    assert_non_null(player);
    player_snapshot(player, &snapshot);
    assert_non_null(strstr(snapshot.device, "dummy"));
    assert_false(snapshot.silent);
    assert_false(snapshot.wireless);
    assert_int_equal(snapshot.device_rate, RATE);
    assert_int_equal(snapshot.latency_source, LATENCY_ASSUMED);
    assert_int_equal(snapshot.latency_us,
                     2LL * snapshot.device_buffer * 1000000 / RATE);
    player_free(player);
}

/* Loose bounds: the machine may be busy; but never early. */
static void heard_time_goes_by_as_the_device_plays(void **state)
{
    struct player *player;
    struct player_snapshot now, later;
    struct error err;

    (void)state;
    player = make("dummy", NULL, &err);
    assert_non_null(player);
    player_open(player, path, 0, -1);
    player_play(player);
    do {
        sleep_ms(1);
        player_snapshot(player, &now);
    } while (!now.heard);
    do {
        sleep_ms(10);
        player_snapshot(player, &later);
        assert_true(later.media_us <=
                    now.media_us + (later.now_us - now.now_us) + 20000);
    } while (later.media_us < 400000);
    assert_in_range(later.now_us - now.now_us, 350000, 5000000);
    player_free(player);
}

static void the_loop_is_woken_when_a_medium_is_open(void **state)
{
    struct player *player;
    struct pollfd poll_fd;
    struct wake wake;
    struct error err;

    (void)state;
    assert_true(wake_open(&wake, &err));
    poll_fd = (struct pollfd){ .fd = wake_fd(&wake), .events = POLLIN };
    player = make("dummy", &wake, &err);
    assert_int_equal(poll(&poll_fd, 1, 0), 0);
    player_open(player, path, 0, -1);
    assert_int_equal(poll(&poll_fd, 1, 60000), 1);
    wake_drain(&wake);
    assert_int_equal(state_of(player), PLAYER_PAUSED);
    player_free(player);
    wake_close(&wake);
}

/* One random command; the seeds are fixed, the threads' timing is not. */
static void command(struct player *player, unsigned *seed)
{
    int64_t media_us;

    *seed = *seed * 1664525 + 1013904223;
    media_us = *seed / 4096 % 2500000;
    switch (*seed >> 28) {
    case 0:
        player_open(player, path, 0, -1);
        break;
    case 1:
        player_prefetch(player, path, media_us, -1);
        break;
    case 2:
        player_stop(player);
        break;
    case 3:
        player_loop(player, media_us, media_us + 30000);
        break;
    case 4:
        player_loop_off(player);
        break;
    case 5:
        player_pause(player);
        break;
    case 6:
        player_set_gain(player, (float)(media_us % 5));
        break;
    case 7:
    case 8:
        player_replay(player);
        break;
    case 9:
    case 10:
        player_seek(player, media_us);
        break;
    default:
        player_play(player);
    }
}

/* Starts and stops take turns, in time; a heard stretch runs forward. */
static void check_event(const struct player_event *event,
                        struct player_event *last)
{
    bool starts = event->kind == PLAYER_HEARD_START;

    assert_int_equal(starts, last->kind != PLAYER_HEARD_START);
    assert_true(event->host_us >= last->host_us - 20000);
    if (!starts)
        assert_true(event->media_us >= last->media_us &&
                    event->epoch == last->epoch);
    *last = *event;
}

static void storm(enum player_output output, const char *driver)
{
    struct player_settings settings = { .output = output, .latency_us = 20000 };
    struct player_event event, last = { .kind = PLAYER_HEARD_END };
    struct player_snapshot snapshot;
    struct player *player;
    unsigned seed = 4711;
    struct error err;

    setenv("SDL_AUDIODRIVER", driver, 1);
    player = player_new(&settings, &err);
    assert_non_null(player);
    for (int i = 0; i < 400; i++) {
        command(player, &seed);
        if (seed & 64)
            sleep_ms((int)(seed >> 8) % 10);
        player_snapshot(player, &snapshot);
        assert_int_not_equal(snapshot.state, PLAYER_FAILED);
        while (player_next_event(player, &event))
            check_event(&event, &last);
    }
    player_free(player);
}

static void a_storm_of_commands_keeps_its_record_straight(void **state)
{
    (void)state;
    storm(PLAYER_SILENT, "dummy");
    storm(PLAYER_DEVICE, "dummy");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_a_device_it_says_so_at_once),
        TEST(what_was_played_after_a_seek_is_bit_exact),
        TEST(the_device_is_described),
        TEST(heard_time_goes_by_as_the_device_plays),
        TEST(the_loop_is_woken_when_a_medium_is_open),
        TEST(a_storm_of_commands_keeps_its_record_straight),
    };

    return cmocka_run_group_tests_name("player_sdl", tests, NULL, NULL);
}
