/*
 * extract_item - the items of a corpus table, as extraction reads them.
 */
#ifndef MIEN_FEAT_EXTRACT_ITEM_H
#define MIEN_FEAT_EXTRACT_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/file/columns.h"

enum item_state { ITEM_WAITING, ITEM_DONE, ITEM_FAILED, ITEM_FILELESS };

/* One row of the corpus; written by the one thread that does it. */
struct extract_item {
    const char *id;   /* borrowed from the corpus */
    const char *cell; /* the same: a path, or text */
    int64_t start_us, end_us;
    enum item_state state;
    bool cached;
    char *text; /* owned: why it failed */
};

/*
 * One a row: ids must be there and differ, times be in order; an item whose
 * cell of `column` is empty is ITEM_FILELESS.  Pieces have their times in
 * `start` and `end` (of a column C other than `file`: C_start, C_end), if
 * `timed`.  NULL with the reason.
 */
struct extract_item *extract_items_read(const struct columns *corpus,
                                        const char *column, bool timed,
                                        struct error *err);
void extract_items_free(struct extract_item *item, size_t count);

/* The cell, seen from `folder`, as seen from here; the caller's. */
char *extract_item_path(const struct extract_item *item, const char *folder);

#endif
