/*
 * verdict - what a gate found, as text for a terminal, or as a table.
 */
#ifndef MIEN_EVAL_VERDICT_H
#define MIEN_EVAL_VERDICT_H

#include "common/base/buf.h"
#include "eval/fair/gate.h"

/* At most 80 columns where the names allow it; `name` is what was held. */
void verdict_text(const struct gate *gate, const char *name, struct buf *out);
/* One row a check; whether it passes is the exit status. */
void verdict_csv(const struct gate *gate, struct buf *out);

#endif
