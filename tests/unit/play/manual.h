/*
 * manual.h - a player on a clock that the test moves, and what is expected
 * of it.
 */
#ifndef TEST_PLAY_MANUAL_H
#define TEST_PLAY_MANUAL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/play/player.h"
#include "sound.h"

/* At 8000 Hz the manual sink asks for 80 frames every 10 ms. */
enum { RATE = 8000, FRAMES = 8000, SECOND = 1000000, BLOCK = 10000 };

static struct folder folder;
static const char *path; /* one second */

static inline int begin(void **state)
{
    (void)state;
    folder_open(&folder);
    path = write_numbered(&folder, "a.wav", RATE, 2, FRAMES);
    return 0;
}

static inline int end(void **state)
{
    (void)state;
    folder_remove(&folder);
    return 0;
}

static inline struct player *make(int64_t latency_us)
{
    struct player_settings settings = { .output = PLAYER_MANUAL,
                                        .rate = RATE,
                                        .latency_us = latency_us };
    struct error err;
    struct player *player = player_new(&settings, &err);

    assert_non_null(player);
    return player;
}

static inline struct player *make_playing(int64_t latency_us)
{
    struct player *player = make(latency_us);

    player_open(player, path, 0, -1);
    player_play(player);
    player_advance(player, 0); /* the first callback, at time 0 */
    return player;
}

static inline struct player_snapshot snap(struct player *player)
{
    struct player_snapshot snapshot;

    player_snapshot(player, &snapshot);
    return snapshot;
}

static inline void expect_state(struct player *player, enum player_state state,
                                int64_t media_us)
{
    struct player_snapshot now = snap(player);

    assert_int_equal(now.state, state);
    assert_int_equal(now.media_us, media_us);
}

static inline void expect_event(struct player *player,
                                enum player_event_kind kind, int64_t media_us,
                                int64_t host_us)
{
    struct player_event event;

    assert_true(player_next_event(player, &event));
    assert_int_equal(event.kind, kind);
    assert_int_equal(event.media_us, media_us);
    assert_int_equal(event.host_us, host_us);
}

static inline void expect_no_event(struct player *player)
{
    struct player_event event;

    assert_false(player_next_event(player, &event));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif
