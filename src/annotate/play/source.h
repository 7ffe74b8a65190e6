/*
 * source - a medium as the device wants it: a span of it, at the device's
 * rate and channels, from any sample on, at any speed that stretch.h allows.
 *
 * At speed 1 nothing is done to the sound but what the device asks for.
 *
 * One thread at a time.
 */
#ifndef MIEN_PLAY_SOURCE_H
#define MIEN_PLAY_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"

struct source;

struct source_info {
    int rate, channels;   /* of the medium */
    int64_t start_us;     /* the span, made exact to the frame; */
    int64_t end_us;       /* -1: not known before it has been read */
    int64_t duration_us;  /* of the whole medium; may be the header's guess */
    int64_t first_end_us; /* of a pair: where the first ends; else 0 */
    int64_t second_us;    /* of a pair: where the second begins; else 0 */
};

/* The span start_us to end_us; end_us < 0: to the end of the medium. */
struct source *source_open(const char *path, int64_t start_us, int64_t end_us,
                           int rate, int channels, double speed,
                           struct error *err);
void source_close(struct source *source); /* takes NULL */

/* Borrowed; more exact once the end has been read. */
const struct source_info *source_info(const struct source *source);

/*
 * The next frame is the one at from_us, and source_read() ends at to_us
 * (< 0: the end of the span); both are kept inside the span.
 */
bool source_place(struct source *source, int64_t from_us, int64_t to_us,
                  double speed, struct error *err);
double source_speed(const struct source *source); /* since source_place() */
/* Media time of the first frame after source_place(), to the microsecond. */
int64_t source_origin_us(const struct source *source);
/* Where source_read() ended, once it has returned 0. */
int64_t source_ended_us(const struct source *source);
/* From now on source_read() ends at the end of the span, if not yet there. */
void source_extend(struct source *source);

/* Up to `frames` frames for the device; 0 at the end, -1 with the reason. */
int64_t source_read(struct source *source, float *out, int64_t frames,
                    struct error *err);

/*
 * Decodes up to `frames` frames ahead, for source_read() to give at once.
 * Only straight after source_open().
 */
bool source_prime(struct source *source, int64_t frames, struct error *err);

#endif
