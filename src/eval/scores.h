/*
 * scores - an evaluation as people and tables want to see it.
 */
#ifndef MIEN_EVAL_SCORES_H
#define MIEN_EVAL_SCORES_H

#include "common/base/buf.h"
#include "eval/fair/evaluation.h"

/* Text of at most 80 columns; `name` is what was scored. */
void scores_text(const struct evaluation *evaluation, const char *name,
                 struct buf *out);
/* One row a score; RFC 4180. */
void scores_csv(const struct evaluation *evaluation, struct buf *out);

/*
 * The "normalization" of a run folder's run.json, into `settings`; `owned`
 * holds the text.  A path that is no folder, or has no run.json, tells
 * nothing and is no error.
 */
bool scores_normalization(const char *path,
                          struct evaluation_settings *settings, char **owned,
                          struct error *err);

#endif
