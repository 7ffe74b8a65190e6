/*
 * player - plays a medium; commands in, a snapshot and events out.
 *
 * All functions are called by one thread (the UI's) and none of them waits
 * for the disk or for the device, player_new(), player_free() and
 * player_advance() apart.  A decode thread owns the media; the device's
 * callback takes samples from a lock-free ring and publishes the clock.
 *
 * Media times are microseconds in the file (0 is its first audible sample),
 * also when only a span of it is played.  Host times are microseconds of
 * player_now_us().  Everything that is reported is about what was HEARD: a
 * sample counts when it leaves the speaker, not when it is handed over.
 *
 *     player_open(player, "a.flac", 0, -1);
 *     player_play(player);
 *     ...poll() on wake_fd(), 33 ms at most while the state is playing...
 *     player_snapshot(player, &snapshot);
 *     while (player_next_event(player, &event))
 *         journal(&event);
 */
#ifndef MIEN_PLAY_PLAYER_H
#define MIEN_PLAY_PLAYER_H

#include <stdbool.h>
#include <stdint.h>

#include "annotate/play/wake.h"
#include "common/base/error.h"

enum player_output {
    PLAYER_DEVICE, /* the sound device, through SDL */
    PLAYER_SILENT, /* no sound, but time goes by as if there were */
    PLAYER_MANUAL, /* no sound; time moves by player_advance() only */
};

struct player_settings {
    enum player_output output;
    const char *device; /* borrowed for player_new(); NULL: the default one */
    int rate;           /* Hz; 0: what the device likes best */
    int channels;       /* 0: 2 */
    int buffer_frames;  /* device buffer; 0: about 20 ms */
    /* Latency that was measured, or is to be simulated; < 0: assume one. */
    int64_t latency_us;
    /* That of one device, which was measured; NULL: of none. */
    const char *measured_device; /* borrowed for player_new() */
    int64_t measured_us;
    /*
     * Sees what is handed to the device, from the device's thread, with the
     * host time at which its first frame is heard; NULL: nobody does.
     */
    void (*tap)(void *context, const float *samples, int frames,
                int64_t heard_us);
    void *tap_context;
    struct wake *wake; /* posted on news; borrowed, outlives the player;
                          NULL: none */
};

/* No device asked for by name, nothing measured, silent = false. */
#define PLAYER_SETTINGS_DEFAULT \
    {                           \
        .latency_us = -1        \
    }

/*
 * Opens the device.  NULL at once, with a reason for the user, when there is
 * none: the caller may then offer PLAYER_SILENT.
 */
struct player *player_new(const struct player_settings *settings,
                          struct error *err);
/* Sound on its way to the speaker is cut off: pause, and take the events,
 * before that.  Takes NULL. */
void player_free(struct player *player);

/* CLOCK_MONOTONIC in microseconds; the manual clock's time when manual. */
int64_t player_now_us(const struct player *player);

/* --- commands ----------------------------------------------------------- */

/*
 * Opens a medium, or the span start_us to end_us of it (end_us < 0: to its
 * end), paused at the start and without a loop.  Failure shows in the
 * snapshot.  What was prefetched with the same arguments is there at once.
 */
void player_open(struct player *player, const char *path, int64_t start_us,
                 int64_t end_us);
/* Makes the next medium ready: opened, its first second decoded. */
void player_prefetch(struct player *player, const char *path, int64_t start_us,
                     int64_t end_us);
/* No medium any more; state empty. */
void player_stop(struct player *player);
/* Plays on; from the start again once the end was reached. */
void player_play(struct player *player);
void player_pause(struct player *player);
/* To a media time, kept inside the span; plays on if it played, also when
 * it had reached the end.  A loop that does not hold it is given up. */
void player_seek(struct player *player, int64_t media_us);
/* From the start, playing. */
void player_replay(struct player *player);
/*
 * Goes to from_us and plays from_us to to_us over and over, if it plays.
 * False, and nothing done, when the span is empty.
 */
bool player_loop(struct player *player, int64_t from_us, int64_t to_us);
/*
 * Goes to from_us and, if it plays, stops exactly at to_us, as if paused
 * there.  What moves it elsewhere gives the part up.
 */
bool player_part(struct player *player, int64_t from_us, int64_t to_us);
/*
 * Plays all of the span over and over, on from where it is.  False, and
 * nothing done, when its length is not known yet or next to nothing.  Where
 * the end is already in the ring it comes, once.
 */
bool player_loop_all(struct player *player);
/* Plays on past the loop's end.  A wrap already in the ring happens. */
void player_loop_off(struct player *player);
/*
 * Media time by time heard, 0.5 to 2, with the pitch kept; at first 1, which
 * leaves every sample as it is.  Holds for all media from now on; what plays
 * goes on from where it is (no sound is left out; up to one buffer of it may
 * be heard twice).  False, and nothing done, when it is out of bounds.
 */
bool player_set_speed(struct player *player, double speed);
/* Linear, 0 to PLAYER_GAIN_MAX; 1 leaves every sample as it is. */
#define PLAYER_GAIN_MAX 4.0f
void player_set_gain(struct player *player, float gain);
/*
 * A factor besides, up to PLAYER_LEVEL_MAX, that levels the medium; set it
 * after player_open(), which leaves it as it is.
 */
#define PLAYER_LEVEL_MAX 1000.0f
void player_set_level(struct player *player, float level);

/* --- what is so now ----------------------------------------------------- */

enum player_state {
    PLAYER_EMPTY,
    PLAYER_OPENING,
    PLAYER_PAUSED,
    PLAYER_PLAYING, /* until the last sample before a pause was heard */
    PLAYER_ENDED,   /* the last sample was heard */
    PLAYER_FAILED,  /* see error_text */
};

enum latency_source {
    LATENCY_NONE,     /* there is no device */
    LATENCY_ASSUMED,  /* from the buffer size */
    LATENCY_MEASURED, /* given in the settings */
};

struct player_snapshot {
    enum player_state state;
    int64_t now_us;      /* host time of this snapshot */
    int64_t media_us;    /* heard now; where it will begin when !heard */
    bool heard;          /* something was heard since the open or last seek */
    int64_t start_us;    /* the span that was opened ... */
    int64_t end_us;      /* ... its end made exact once it is open */
    int64_t duration_us; /* of the whole medium; 0 until it is open */
    int64_t first_end_us, second_us; /* of a pair; see source.h */
    bool looping;
    int64_t loop_from_us, loop_to_us;
    double speed;       /* that was asked for */
    uint32_t epoch;     /* raised by open, stop, seek, loop and speed */
    uint32_t medium;    /* raised by each open and stop; 0: none yet */
    unsigned underruns; /* since player_new() */
    float gain;         /* as set, without the level */
    int rate, channels; /* of the medium; 0 until it is open */

    /* The same all along. */
    bool silent; /* there is no sound device behind this */
    int64_t latency_us;
    enum latency_source latency_source;
    bool wireless;     /* its name says so: expect 100 to 300 ms */
    int device_rate;   /* Hz */
    int device_buffer; /* frames */
    char device[128];  /* for people: "name (driver)" */

    char error_text[512]; /* when state is PLAYER_FAILED, else "" */
};

void player_snapshot(struct player *player, struct player_snapshot *out);

/*
 * What was heard: each PLAYER_HEARD_START is followed by one of the others, and
 * between the two the medium was heard without a gap from the first media
 * time to the second, at one speed.
 */
enum player_event_kind {
    PLAYER_HEARD_START, /* sound began */
    /* It stopped, because: */
    PLAYER_HEARD_PAUSE,
    PLAYER_HEARD_SEEK,  /* also loops set and media opened by a command */
    PLAYER_HEARD_SPEED, /* goes on at another speed; a start follows */
    PLAYER_HEARD_LOOP,  /* a wrap of the loop; a start follows at once */
    PLAYER_HEARD_END,
    PLAYER_HEARD_STARVED, /* an underrun; a start follows */
};

struct player_event {
    enum player_event_kind kind;
    int64_t media_us;
    int64_t host_us;
    double speed;
    uint32_t epoch;
    uint32_t medium;
};

/* The next one that has come to pass by player_now_us(); false: none. */
bool player_next_event(struct player *player, struct player_event *event);

/*
 * The media time that was heard at `host_us` (a key's time stamp), even when
 * a seek came since; false when nothing of the present medium had been heard
 * by then, or when it is so long ago (seconds) that it is not known.  While
 * nothing sounds it is where the sound stopped, or was sought to.
 */
bool player_heard_at(struct player *player, int64_t host_us, int64_t *media_us);

/* --- PLAYER_MANUAL ------------------------------------------------------ */

/*
 * The disk takes no time here: player_snapshot() too waits until all is open
 * and decoded that can be.  So a script always sees the same.
 *
 * Moves the manual clock on, decoding and "playing" all that belongs there;
 * the outcome depends on nothing but the calls.  Waits for the disk.
 */
void player_advance(struct player *player, int64_t us);

#endif
