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

/* One trace: an entry's question. */
struct export_subject {
    const struct project_work *work;
    const struct fold_entry *entry;
    const struct question *question;
    const char *annotator;
    int64_t bundle;
    size_t position;
    size_t order;
    int64_t from_us, to_us; /* of the item; to_us as its passes knew it */
};

struct export_subjects {
    struct export_subject *item; /* owned; borrows from the rows */
    size_t count, capacity;
};

/* All traces of items that were handed in, in the order of export_traces(). */
bool export_subjects_list(struct project *project,
                          const struct export_rows *rows,
                          struct export_subjects *out, struct error *err);
/* The newest pass that covers it: the trace is of it there; or NULL. */
const struct event_pass *export_subject_pass(const struct export_subject *it,
                                             int64_t media_us);

/*
 * Traces of items that were handed in, in the order of item, annotator,
 * bundle, position and question.  `rate` in Hz: means in bins; 0: the samples
 * themselves.
 */
bool export_traces(struct project *project, const struct export_rows *rows,
                   enum export_trace what, double rate, struct buf *out,
                   struct error *err);

#endif
