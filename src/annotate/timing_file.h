/*
 * timing_file - what selftest measured, kept for the user.
 *
 * $XDG_CONFIG_HOME/mien/timing.json (else ~/.config/mien): it names the sound
 * device, for which alone the latency holds, and stays on this machine.
 */
#ifndef MIEN_ANNOTATE_TIMING_FILE_H
#define MIEN_ANNOTATE_TIMING_FILE_H

#include <stdbool.h>

#include "annotate/play/player.h"
#include "annotate/term/facts.h"
#include "common/base/error.h"
#include "common/study/timing.h"

struct timing_kept {
    char device[128];  /* "" : no latency was measured */
    double latency;    /* ms */
    double latency_sd; /* ms */
    double key_sd;     /* ms; negative: not measured */
};

/* False, and `kept` empty, when there is none or it cannot be read. */
bool timing_file_read(struct timing_kept *kept);
/* Returns the path, the caller's; NULL with the reason. */
char *timing_file_write(const struct timing_kept *kept, struct error *err);

/* How marks are timed with this player; the link is left as it is. */
void timing_of(const struct player_snapshot *player,
               const struct timing_kept *kept, struct timing *timing);

/* The latency that was kept is that of this device. */
bool timing_holds(const struct player_snapshot *player,
                  const struct timing_kept *kept);
/* The round trip, from answers of the terminal; local ones need none. */
void timing_link(const struct facts *facts, struct timing *timing);

/*
 * What label has to go by: what was kept, and the link, for which `rounds`
 * questions go to the terminal if it is at the other end of a network.
 */
void timing_here(size_t rounds, struct timing *timing,
                 struct timing_kept *kept);

/*
 * What kind of device it is, for the journal: names of devices may be those
 * of people.  "none", "dummy", "bluetooth", "hdmi", "usb", "other", and the
 * driver.
 */
void timing_device_class(const struct player_snapshot *player, char *out,
                         size_t size);

#endif
