/*
 * extract_frames - a table with a row a frame: id, time, and the set's
 * columns.
 *
 * Items are measured on several threads, a few at a time, and written in the
 * order of the corpus: memory holds those few only.
 */
#ifndef MIEN_EVAL_EXTRACT_FRAMES_H
#define MIEN_EVAL_EXTRACT_FRAMES_H

#include "common/base/buf.h"
#include "common/base/text.h"
#include "common/cli/output.h"
#include "common/file/columns.h"
#include "eval/feat/frame_set.h"

struct frames_settings {
    const struct frame_set *set;
    int jobs;           /* 0: one for each processor */
    const char *folder; /* that paths are relative to */
    const char *column; /* of the corpus table; NULL: "file" */
    const char *output; /* "-" is stdout */
};

struct frames_result {
    size_t items;              /* written */
    size_t rows;               /* frames, of all items */
    size_t fileless;           /* items whose cell is empty */
    struct text_list failures; /* owned: why, in the corpus's order */
};

/*
 * Items that cannot be measured are failures in the result.  `notes` are
 * "# key: value" lines that stand first.  On Ctrl-C nothing is left behind.
 */
bool extract_frames(const struct columns *corpus,
                    const struct frames_settings *settings, const char *notes,
                    struct frames_result *result, struct error *err);
void frames_result_release(struct frames_result *result);

/* Prints the set's columns with unit, meaning and source. */
bool extract_frames_list(const struct frame_set *set, enum output_format format,
                         struct error *err);
/* Set, version, rate, the corpus table's hash: the `notes` of such a table. */
bool extract_frames_notes(const struct frame_set *set, const char *corpus,
                          struct buf *notes, struct error *err);

#endif
