/*
 * stick - a joystick or gamepad: where its first two axes are.
 *
 * It is asked, not waited for: whoever traces looks every 10 ms.  It may be
 * plugged in and pulled out at any time; the first one that there is counts.
 * UI thread only.
 */
#ifndef MIEN_PLAY_STICK_H
#define MIEN_PLAY_STICK_H

#include <stdbool.h>

#include "common/base/error.h"

struct stick;

struct stick_state {
    bool plugged;
    double x, y; /* -1 .. 1; right and up are positive */
};

/* NULL when the system gives no joysticks at all. */
struct stick *stick_open(struct error *err);
void stick_close(struct stick *stick); /* takes NULL */
/* Where it is; true when that is news. */
bool stick_read(struct stick *stick, struct stick_state *state);

#endif
