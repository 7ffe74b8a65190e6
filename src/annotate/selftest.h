/*
 * selftest - measurements of this machine: how long keys wait, and how late
 * the sound comes.
 */
#ifndef MIEN_ANNOTATE_SELFTEST_H
#define MIEN_ANNOTATE_SELFTEST_H

#include <stdbool.h>
#include <stddef.h>

#include "annotate/play/player.h"
#include "common/base/error.h"
#include "common/study/timing.h"

/* Milliseconds. */
struct selftest_wait {
    size_t keys;
    double median, p95, most, sd;
};

/*
 * The wait between a byte being ready on a terminal (a pseudo-terminal of our
 * own) and being read and stamped as the workbench does it; with `load`,
 * while every processor is busy.
 */
bool selftest_wait(size_t keys, bool load, struct selftest_wait *out,
                   struct error *err);

/*
 * Plays `clicks` clicks half a second apart and takes a tap of any key to
 * each; needs a terminal.  The first ones are for getting into the beat.
 */
bool selftest_tap(struct player *player, size_t clicks,
                  struct timing_taps *taps, struct error *err);

#endif
