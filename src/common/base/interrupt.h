/*
 * interrupt - has the user pressed Ctrl-C?
 *
 * Until somebody asks for more, Ctrl-C ends the program at once, in words and
 * with the exit status that the man pages name: interrupt_end_at_once(), which
 * every program calls first.  Commands that run long and have something to
 * put away call interrupt_install() and ask now and then; for them the second
 * Ctrl-C ends the program.
 */
#ifndef MIEN_BASE_INTERRUPT_H
#define MIEN_BASE_INTERRUPT_H

#include <stdbool.h>

#include "common/base/error.h"

/* A signal that the caller's shell had ignored stays ignored. */
void interrupt_end_at_once(void);
void interrupt_install(void);
bool interrupt_pending(void);
/* False with ERROR_INTERRUPTED when pending. */
bool interrupt_check(struct error *err);

#endif
