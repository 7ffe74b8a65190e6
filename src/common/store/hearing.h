/*
 * hearing - what adjudication needs of the store besides decisions: a private
 * bundle to hear items with, and sending items back.
 */
#ifndef MIEN_STORE_HEARING_H
#define MIEN_STORE_HEARING_H

#include "common/store/project.h"
#include "common/store/queue.h"

/*
 * A bundle in the project's folder, unknown to mien.db, in which each of
 * `item` stands `times` times in a row; the path is the caller's, who takes
 * the file away.  Reads no alias.
 */
char *hearing_bundle(struct project *project, const char *alias,
                     const char *protocol, const int64_t *item, size_t count,
                     size_t times, struct error *err);

/*
 * Hands items out again to those who labelled them and still work here, a
 * bundle for each.  Reads who that is, so never while anybody is blind.
 */
bool hearing_send_back(struct project *project, const int64_t *item,
                       size_t count, struct queue_report *report,
                       struct error *err);

#endif
