/*
 * freeze_internal - what gathering a state has of its own.
 */
#ifndef MIEN_ANNOTATE_FREEZE_INTERNAL_H
#define MIEN_ANNOTATE_FREEZE_INTERNAL_H

#include "annotate/export_rows.h"
#include "annotate/freeze.h"

/*
 * Adds every mark and then every pass of a trace, of what was handed in, in
 * the order of item, annotator, bundle and position; of the journal within.
 */
bool freeze_marks(struct project *project, const struct export_rows *rows,
                  struct truth_lines *lines, struct error *err);

#endif
