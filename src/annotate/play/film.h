/*
 * film - the thread that has the picture of each media time ready.
 *
 * It decodes a few pictures ahead of the time that was asked for last, also
 * across the wrap of a loop, and leaves out those that come too late.  It has
 * no clock: whoever asks says which media time is heard.
 *
 * All functions are called by the UI thread, and none of them waits, but
 * film_free() and film_settle().  News are posted to the wake pipe.
 */
#ifndef MIEN_PLAY_FILM_H
#define MIEN_PLAY_FILM_H

#include <stdbool.h>
#include <stdint.h>

#include "annotate/play/wake.h"
#include "common/base/error.h"

struct film;

/* Shown from .. until; the first one also before, the last one also after. */
struct film_picture {
    int64_t from_us, until_us;
    int width, height;  /* as drawn */
    const uint8_t *rgb; /* borrowed until the next film_at() */
    uint64_t number;    /* another one for each picture drawn */
};

struct film_state {
    bool busy;         /* it is being opened */
    bool open;         /* there are pictures */
    bool failed;       /* there are, but they cannot be shown */
    int width, height; /* as they are to be shown, pixels */
    double rate;       /* a second, on average; 0: not known */
    unsigned late;     /* pictures that were left out */
    char error_text[512];
};

struct film *film_new(struct wake *wake, struct error *err);
void film_free(struct film *film); /* takes NULL */

/* Another medium; NULL: none. */
void film_open(struct film *film, const char *path);
/* The size to draw at from now on; 0: nothing is to be drawn. */
void film_size(struct film *film, int width, int height);
/* Pictures wrap with the sound; to_us <= from_us: they do not. */
void film_loop(struct film *film, int64_t from_us, int64_t to_us);

/*
 * The picture of a media time.  False while it is not there, and then it is
 * being fetched; `out` has the one that was shown last, or one that came too
 * late, where the machine cannot keep up (rgb NULL: none yet).
 */
bool film_at(struct film *film, int64_t media_us, struct film_picture *out);
/*
 * Looks for the beginning of the picture after the one of media_us (steps 1)
 * or before it (-1); film_stepped() gives it, once.
 */
void film_step(struct film *film, int64_t media_us, int steps);
bool film_stepped(struct film *film, int64_t *media_us);

void film_state(struct film *film, struct film_state *out);
/* Waits until all that was asked for is there: for scripts and tests. */
void film_settle(struct film *film);

#endif
