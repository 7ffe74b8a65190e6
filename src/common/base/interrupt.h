/*
 * interrupt - has the user pressed Ctrl-C?
 *
 * interrupt_install() is called by main for commands that run long; the
 * second Ctrl-C ends the program at once.
 */
#ifndef MIEN_BASE_INTERRUPT_H
#define MIEN_BASE_INTERRUPT_H

#include <stdbool.h>

#include "common/base/error.h"

void interrupt_install(void);
bool interrupt_pending(void);
/* False with ERROR_INTERRUPTED when pending. */
bool interrupt_check(struct error *err);

#endif
