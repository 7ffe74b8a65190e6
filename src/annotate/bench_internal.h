/*
 * bench_internal - what the files of the bench share.
 */
#ifndef MIEN_ANNOTATE_BENCH_INTERNAL_H
#define MIEN_ANNOTATE_BENCH_INTERNAL_H

#include "annotate/bench.h"

/* Hands a message to update() and carries out what it wants. */
void bench_send(struct bench *bench, struct message *message);
/* A message with its times filled in. */
struct message bench_message(const struct bench *bench, enum message_kind kind);

/* bench_medium: finding, loading, drawing what is heard. */
void bench_medium_open(struct bench *bench, size_t entry);
void bench_medium_prefetch(struct bench *bench, size_t entry);
void bench_medium_stop(struct bench *bench);
/* Tells the model what the player came to. */
void bench_medium_settle(struct bench *bench,
                         const struct player_snapshot *snapshot);

/* bench_film: the pictures. */
bool bench_film_begin(struct bench *bench,
                      const struct bench_settings *settings, struct error *err);
void bench_film_end(struct bench *bench);
void bench_film_open(struct bench *bench, const char *path); /* NULL: none */
void bench_film_pump(struct bench *bench,
                     const struct player_snapshot *snapshot);
/* bench_trace: the samples of traces. */
bool bench_trace_write(struct bench *bench, struct error *err);
/* Tells the model what there is of a question's trace. */
void bench_trace_read(struct bench *bench, size_t entry, size_t question);
/* Closes the pass that a session before this one left open. */
bool bench_trace_recover(struct bench *bench, struct error *err);
/* bench_sight: what is in the window.  The item is open, at `path`; NULL: none
 * is. */
void bench_sight_open(struct bench *bench, const char *path);
/* Draws what has changed since the last time. */
void bench_sight_draw(struct bench *bench);

/* bench_window: the pictures in a window. */
bool bench_window_open(struct bench *bench, const struct film_state *state);
void bench_window_show(struct bench *bench,
                       const struct player_snapshot *snapshot,
                       const struct film_state *state);
void bench_window_end(struct bench *bench);
void bench_window_pump(struct bench *bench); /* its keys */

/* bench_effect: one effect. */
void bench_carry_out(struct bench *bench, const struct effect *effect);
/* Appends an event of this session; false: it stands in `err`. */
bool bench_append(struct bench *bench, struct event *event, struct error *err);

#endif
