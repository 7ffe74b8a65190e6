/*
 * agreement_work - how far the annotators of a project agree: every question
 * worked out, and told.
 */
#ifndef MIEN_ANNOTATE_AGREEMENT_WORK_H
#define MIEN_ANNOTATE_AGREEMENT_WORK_H

#include "annotate/panel.h"
#include "annotate/panel_segments.h"
#include "annotate/panel_traces.h"

enum agreement_by {
    BY_NONE,
    BY_LABEL,
    BY_ANNOTATOR,
    BY_ITEM,
    BY_SPEAKER,
    BY_TIME
};

/* "none", "label", ...; ends with NULL. */
extern const char *const agreement_by_names[];

struct agreement_work {
    /* Set before. */
    const char *only; /* this question; NULL: all */
    enum agreement_by by;
    struct panel_settings how; /* but for `per' */
    /* Options that were given and are of such questions only; NULL: none. */
    const char *of_segments, *of_traces;

    /* Filled. */
    struct panel panel;
    struct panel_question *of; /* owned; answers, by their views */
    const struct panel_question **list;
    size_t count;
    struct panel_segments *marks; /* owned; questions of segments */
    size_t mark_count;
    struct panel_traces *trace; /* owned; questions of traces */
    size_t trace_count;
};

/* Release it also after false. */
bool agreement_work_out(struct agreement_work *work, struct project *project,
                        struct error *err);
void agreement_work_release(struct agreement_work *work);
/* Something is asked for, and there is less. */
bool agreement_work_fails(const struct agreement_work *work);

void agreement_work_text(const struct agreement_work *work, struct buf *out);
void agreement_work_csv(const struct agreement_work *work, struct buf *out);
void agreement_work_json(const struct agreement_work *work, struct buf *out);
void agreement_work_methods(const struct agreement_work *work, struct buf *out);

#endif
