/*
 * loop - the reactor: waits for keys, the player and the clock; shows.
 */
#ifndef MIEN_ANNOTATE_LOOP_H
#define MIEN_ANNOTATE_LOOP_H

#include <stdbool.h>

#include "annotate/bench.h"
#include "annotate/play/stick.h"
#include "annotate/term/term.h"

struct loop {
    struct bench *bench;       /* borrowed */
    struct terminal *terminal; /* borrowed */
    struct screen screen;      /* owned while it runs */
    struct keys keys;
    unsigned answers; /* of the terminal, that were seen */
    enum theme theme;
    struct stick *stick; /* owned while it runs; NULL: nothing asks for it */
    int64_t shown_us;    /* when the screen was drawn last */
    bool typed;          /* keys came since */
    bool ascii;
    bool hung_up; /* the terminal has gone */
};

/* What the bench tells the loop; `context` is the loop. */
struct bench_watch loop_watch(struct loop *loop);
/* Runs until the annotator stops or a signal asks; returns the reason. */
const char *loop_run(struct loop *loop);

#endif
