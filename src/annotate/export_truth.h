/*
 * export_truth - labels, decisions and soft labels of a state, as it is now or
 * as a snapshot has it.
 */
#ifndef MIEN_ANNOTATE_EXPORT_TRUTH_H
#define MIEN_ANNOTATE_EXPORT_TRUTH_H

#include "annotate/freeze.h"
#include "common/base/text.h"

enum export_what {
    EXPORT_LABELS,    /* raw, of everybody */
    EXPORT_CONSENSUS, /* one row an item's question: what was decided */
    EXPORT_SOFT,      /* one row a label that somebody gave, with its share */
    EXPORT_MARKS,     /* one row a mark that was decided for */
    EXPORT_CURVES,    /* one row a sample of a trace that was decided for */
    EXPORT_ALL,
    /* Tables of their own. */
    WHAT_TRACES,
    WHAT_PASSES,
    WHAT_TRACE_QUALITY,
    WHAT_SEGMENTS,
};

struct export_truth {
    const struct frozen *frozen;
    const struct text_list *columns; /* of people.db; or none */
    struct people *people;           /* borrowed; NULL: no columns */
};

/* In CSV, the snapshot and its hash as notes before the header. */
/* Are there any such questions? */
bool export_truth_has(const struct export_truth *export, enum export_what what);
bool export_truth_csv(const struct export_truth *export, enum export_what what,
                      struct buf *out, struct error *err);
bool export_truth_jsonl(const struct export_truth *export,
                        enum export_what what, struct buf *out,
                        struct error *err);

#endif
