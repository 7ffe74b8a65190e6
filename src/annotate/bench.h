/*
 * bench - the workbench at work: one bundle, one player, one model.
 *
 * Messages go in; update() changes the model; the effects are carried out
 * here, in order, and their results come back as messages.  Both the loop on
 * a terminal and headless scripts drive it.  UI thread only.
 */
#ifndef MIEN_ANNOTATE_BENCH_H
#define MIEN_ANNOTATE_BENCH_H

#include <stdbool.h>
#include <stdint.h>

#include "annotate/app/effect.h"
#include "annotate/app/keymap.h"
#include "annotate/app/model.h"
#include "annotate/bench_court.h"
#include "annotate/play/film.h"
#include "annotate/play/player.h"
#include "annotate/play/window.h"
#include "annotate/play/worker.h"
#include "annotate/term/picture.h"
#include "annotate/timing_file.h"
#include "common/store/bundle.h"

enum window_wish { WINDOW_AUTO, WINDOW_YES, WINDOW_NO };

struct bench_settings {
    /* Of the player, for measurements; see player.h. */
    void (*tap)(void *context, const float *samples, int frames,
                int64_t heard_us);
    void *tap_context;
    const char *bundle;   /* path */
    const char *media;    /* folder where media were put by hand, or NULL */
    const char *terminal; /* for the journal: "xterm-256color", "headless" */
    const char *language; /* of the texts, or NULL */
    const struct keymap *keymap; /* borrowed */
    const char *complaint;       /* to be said on the first screen, or NULL */
    enum player_output output;
    bool silent;              /* never looks for a sound device */
    int window;               /* enum window_wish */
    int64_t latency_us;       /* of the device, where it is given; < 0 */
    struct timing_kept kept;  /* what selftest measured */
    struct timing timing;     /* the link; bench_open() adds the rest */
    enum picture_depth depth; /* of pictures as cells */
    bool ascii;               /* of ASCII characters only */
    struct court *court;      /* borrowed; of the conflict workbench, or NULL */
};

/* What the driver of the bench wants to be told; each may be NULL. */
struct bench_watch {
    void *context;
    void (*kept)(void *context, const struct event *event);
    void (*beep)(void *context);
    void (*redraw)(void *context);
    void (*suspend)(void *context);
};

/* Of which state of things the panes are drawn. */
struct bench_drawn {
    int64_t left_us, right_us;
    int width;
    int64_t frames; /* of the waveform */
    bool finished;
    unsigned news; /* of the worker's sight */
    bool any;      /* there is something to look at */
};

struct bench {
    struct bundle *bundle;       /* owned */
    struct protocol *protocol;   /* owned */
    struct model_entry *entries; /* owned; texts are the bundle's */
    struct session_entry *about; /* owned; of each entry */
    const char **truth;          /* owned; of practice, by entry and question */
    struct model model;          /* owned */
    struct player *player;       /* owned; NULL: no sound device */
    struct wake wake;
    const char *media;     /* borrowed */
    const char *complaint; /* borrowed, or NULL */
    struct bench_watch watch;
    struct effects effects; /* still to be carried out */
    size_t done;            /* of them, from the front */
    bool busy;              /* effects are being carried out */
    uint8_t session[EVENT_SESSION_SIZE];
    int64_t wall_offset_us; /* wall time less monotonic time, of late */
    size_t refused;         /* answers and the like that were not kept */
    bool quit;
    struct court *court; /* borrowed; NULL: nothing is adjudicated */

    size_t loading;  /* entry that the player opens, or the count */
    size_t sounding; /* entry that the player has, or the count */
    uint32_t medium; /* the player's number for it */
    size_t checking; /* entry whose medium is being checked, or the count */
    double gain_db;  /* it is played with that */
    char *path;      /* owned; of the open entry's medium, or NULL */
    struct worker *worker; /* owned */
    struct bench_drawn drawn;
    bool patient; /* waits for the worker: scripts see all of it */

    struct film *film;          /* owned; NULL: no pictures are to be shown */
    struct timing timing;       /* of marks */
    double uncertainty_ms;      /* of marks; 0: they have none */
    struct window *window;      /* owned; NULL: pictures are in the terminal */
    int window_wish;            /* enum window_wish */
    bool window_stale;          /* it is to be shown again */
    struct painter *painter;    /* owned; as film */
    struct picture_cell *cells; /* owned */
    enum picture_state told;    /* to the model */
    uint64_t shown;             /* number of the picture in the model */
    int64_t picture_until_us;   /* media time at which the next one is due */
    struct error failed;        /* the first thing that went wrong for good */
};

/*
 * Opens the bundle for work, folds its journal, opens the player and begins
 * a session in the journal.
 */
bool bench_open(struct bench *bench, const struct bench_settings *settings,
                const struct bench_watch *watch, struct error *err);
/* Ends the session (`reason` such as "quit"); takes a zeroed bench. */
void bench_close(struct bench *bench, const char *reason);

/* How pictures are drawn as cells from now on. */
void bench_depth(struct bench *bench, enum picture_depth depth, bool ascii);

/* Messages; `host_us` is when the key was read. */
void bench_start(struct bench *bench);
void bench_key(struct bench *bench, uint32_t key, int64_t host_us);
void bench_mouse(struct bench *bench, const struct mouse *mouse,
                 const struct hit *hit, int64_t host_us);
void bench_action(struct bench *bench, enum action action);
void bench_text(struct bench *bench, const char *text);
/* Says something on the status line. */
void bench_tell(struct bench *bench, const char *text);
void bench_size(struct bench *bench, int width, int height);
/* Takes the player's news. */
void bench_pump(struct bench *bench);
/* Where the joystick is, -1 .. 1; `plugged`: there is one. */
void bench_stick(struct bench *bench, bool plugged, double x, double y,
                 int64_t host_us);
/* Manual players only: moves the clock on, and pumps. */
void bench_advance(struct bench *bench, int64_t us);

int64_t bench_now_us(const struct bench *bench);
/* Until the next picture is due, when it plays; else negative. */
int64_t bench_next_picture_us(const struct bench *bench);
/* A trace runs: samples want a look every 10 ms. */
bool bench_is_tracing(const struct bench *bench);
/* Something moves: the screen wants a frame every 33 ms. */
bool bench_is_live(const struct bench *bench);

#endif
