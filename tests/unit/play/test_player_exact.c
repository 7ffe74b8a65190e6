/*
 * Tests that what leaves the player is the file, bit by bit: SDL's `disk'
 * driver keeps what it was given, which is compared with the samples of the
 * file from each place that was sought.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "annotate/play/player.h"
#include "sound.h"

enum {
    RATE = 48000,
    CHANNELS = 2,
    FRAMES = 6 * RATE,
    SEEKS = 60,
};

/* Noise that uses all 16 bits; no two stereo frames of it are alike, as good
 * as surely, and none is silent. */
struct noise {
    struct folder folder;
    const char *path;
    int16_t samples[FRAMES * CHANNELS];
    int64_t sought[SEEKS]; /* frames, in the order of the commands */
};

static struct noise noise;

static uint32_t chance(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static int begin(void **state)
{
    uint32_t seed = 20261;
    FILE *file;

    (void)state;
    folder_open(&noise.folder);
    noise.path = folder_file(&noise.folder, "noise.wav");
    file = fopen(noise.path, "wb");
    assert_non_null(file);
    put_head(file, RATE, CHANNELS, FRAMES);
    for (int i = 0; i < FRAMES * CHANNELS; i++) {
        noise.samples[i] = (int16_t)((int)(chance(&seed) >> 8) - 32768);
        if (noise.samples[i] == 0)
            noise.samples[i] = 1;
        put(file, (uint16_t)noise.samples[i], 2);
    }
    assert_int_equal(fclose(file), 0);
    return 0;
}

static int end(void **state)
{
    (void)state;
    folder_remove(&noise.folder);
    return 0;
}

static void sleep_ms(int ms)
{
    struct timespec time = { .tv_nsec = ms * 1000000L };

    nanosleep(&time, NULL);
}

static struct player *on_disk(const char *played)
{
    struct player_settings settings = { .output = PLAYER_DEVICE,
                                        .rate = RATE,
                                        .channels = CHANNELS,
                                        .latency_us = -1 };
    struct player *player;
    struct error err;

    setenv("SDL_AUDIODRIVER", "disk", 1);
    setenv("SDL_DISKAUDIOFILE", played, 1);
    /* Milliseconds a buffer: many times as fast as it is heard.  0 would
     * write silence by the gigabyte wherever the test waits. */
    setenv("SDL_DISKAUDIODELAY", "1", 1);
    player = player_new(&settings, &err);
    assert_non_null(player);
    return player;
}

/* Until something of the last seek was heard; ten seconds at most. */
static void wait_until_heard(struct player *player, uint32_t epoch)
{
    struct player_snapshot now;

    for (int i = 0; i < 5000; i++) {
        player_snapshot(player, &now);
        if (now.epoch != epoch && now.heard)
            return;
        sleep_ms(2);
    }
    fail_msg("nothing was heard after a seek");
}

static uint32_t epoch_of(struct player *player)
{
    struct player_snapshot now;

    player_snapshot(player, &now);
    return now.epoch;
}

/* Seeks about, now playing, now paused in between. */
static void play_about(struct player *player, uint32_t seed)
{
    for (int i = 0; i < SEEKS; i++) {
        int64_t media_us = (int64_t)(chance(&seed) % 5900000);
        uint32_t epoch = epoch_of(player);

        if (i % 3 == 2) {
            player_pause(player);
            sleep_ms((int)(chance(&seed) % 4));
        }
        noise.sought[i] = (media_us * RATE + 500000) / 1000000;
        player_seek(player, media_us);
        if (i % 3 == 2 || i == 0)
            player_play(player);
        wait_until_heard(player, epoch);
        sleep_ms((int)(chance(&seed) % 8));
    }
}

/* The same stereo frame, to the last bit of a float. */
static bool is_frame(const float *played, int64_t frame)
{
    float wanted[CHANNELS];

    if (frame >= FRAMES)
        return false;
    for (int c = 0; c < CHANNELS; c++)
        wanted[c] = (float)noise.samples[frame * CHANNELS + c] / 32768.0f;
    return memcmp(played, wanted, sizeof(wanted)) == 0;
}

static bool is_silent(const float *played)
{
    return played[0] == 0 && played[1] == 0;
}

/*
 * Each run of what was played begins where it was sought and goes on frame by
 * frame; only silence may come in between.  Returns the frames compared.
 */
static int64_t compare(const float *played, size_t count)
{
    int64_t next = 0, compared = 0;
    int seek = -1;

    for (size_t i = 0; i < count; i++) {
        const float *frame = played + i * CHANNELS;

        if (is_silent(frame))
            continue;
        if (seek < 0 || !is_frame(frame, next)) {
            if (++seek == SEEKS || !is_frame(frame, noise.sought[seek]))
                fail_msg("frame %zu, after seek %d: %.9g %.9g is not in its "
                         "place in the file",
                         i, seek, frame[0], frame[1]);
            next = noise.sought[seek];
        }
        next++;
        compared++;
    }
    assert_int_equal(seek, SEEKS - 1);
    return compared;
}

/* All that the device was given; the caller frees it. */
static float *read_played(const char *path, size_t *count)
{
    FILE *file = fopen(path, "rb");
    float *played;
    long bytes;

    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    bytes = ftell(file);
    rewind(file);
    played = malloc((size_t)bytes + 1);
    assert_non_null(played);
    *count = fread(played, sizeof(float[CHANNELS]),
                   (size_t)bytes / sizeof(float[CHANNELS]), file);
    fclose(file);
    return played;
}

static void after_random_seeks_every_sample_played_is_the_files(void **state)
{
    const char *disk = folder_file(&noise.folder, "played.raw");
    struct player *player = on_disk(disk);
    float *played;
    size_t count;

    (void)state;
    player_open(player, noise.path, 0, -1);
    play_about(player, 4711);
    player_free(player);
    played = read_played(disk, &count);
    assert_true(compare(played, count) > RATE);
    free(played);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            after_random_seeks_every_sample_played_is_the_files, begin, end),
    };

    return cmocka_run_group_tests_name("player_exact", tests, NULL, NULL);
}
