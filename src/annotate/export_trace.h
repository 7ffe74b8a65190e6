/*
 * export_trace - traces as tables: samples, every pass apart, quality.
 */
#ifndef MIEN_ANNOTATE_EXPORT_TRACE_H
#define MIEN_ANNOTATE_EXPORT_TRACE_H

#include "annotate/export_rows.h"

enum export_trace {
    EXPORT_TRACE_CURRENT, /* the version that counts */
    EXPORT_TRACE_PASSES,  /* all that was ever traced, pass by pass */
    EXPORT_TRACE_QUALITY, /* one row a trace and dimension */
};

/*
 * Traces of items that were handed in, in the order of item, annotator,
 * bundle, position and question.  `rate` in Hz: means in bins; 0: the samples
 * themselves.
 */
bool export_traces(struct project *project, const struct export_rows *rows,
                   enum export_trace what, double rate, struct buf *out,
                   struct error *err);

#endif
