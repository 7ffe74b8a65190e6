/*
 * restore - the terminal is given back whatever ends the program.
 *
 * Signal handlers can only reach what is static: the one place besides main
 * with state of its own, all of it here and touched only as POSIX allows a
 * handler to.
 */
#ifndef MIEN_TERM_RESTORE_H
#define MIEN_TERM_RESTORE_H

#include <stdbool.h>

#include "common/base/error.h"

/* Saves the terminal's settings and catches signals. */
bool restore_arm(struct error *err);
/*
 * What gives the screen, the cursor, the plain look, plain pastes and the
 * mouse back; each may be NULL.
 */
void restore_set_text(const char *screen, const char *cursor, const char *plain,
                      const char *paste, const char *mouse);
/* The signals' own handling again. */
void restore_disarm(void);

/* The signal that asks for the end, else 0. */
int restore_signal(void);
/* Readable after a signal; -1 when not armed. */
int restore_fd(void);

#endif
