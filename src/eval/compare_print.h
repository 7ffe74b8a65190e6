/*
 * compare_print - a comparison of two runs as people and programs read it.
 */
#ifndef MIEN_EVAL_COMPARE_PRINT_H
#define MIEN_EVAL_COMPARE_PRINT_H

#include "common/base/buf.h"
#include "eval/valid/compare.h"

/* What the numbers were made from; all borrowed. */
struct compare_made {
    const char *name[2];
    const char *normalization[2]; /* NULL: unknown */
    bool transductive[2];
    size_t left_out[2]; /* rows without a partner */
    bool knows[2];      /* who speaks, by itself */
    const struct compare_settings *settings;
};

/* Text of at most 80 columns (but for long names of files). */
void compare_text(const struct comparison *comparison,
                  const struct compare_made *made, struct buf *out);
/* One row a score. */
void compare_csv(const struct comparison *comparison, struct buf *out);
void compare_json(const struct comparison *comparison,
                  const struct compare_made *made, struct buf *out);

#endif
