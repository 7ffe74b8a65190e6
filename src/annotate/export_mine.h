/*
 * export_mine - annotators get their own record: what they said, when, and
 * all that was recorded of them.
 *
 * From their own bundle, which says no more than they may know: no gold and
 * no repeats are marked, and items stand under their places in the queue.
 */
#ifndef MIEN_ANNOTATE_EXPORT_MINE_H
#define MIEN_ANNOTATE_EXPORT_MINE_H

#include <stdbool.h>

#include "common/base/error.h"

/* To standard output: a table of answers, or (json) events, too. */
bool export_mine(const char *bundle, bool json, struct error *err);

#endif
