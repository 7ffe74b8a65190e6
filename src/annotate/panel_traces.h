/*
 * panel_traces - how far the annotators of a project agree on a question of
 * traces: the engine of `mien-eval agree --traces', on the same samples that
 * `export --what traces' writes.
 */
#ifndef MIEN_ANNOTATE_PANEL_TRACES_H
#define MIEN_ANNOTATE_PANEL_TRACES_H

#include "annotate/export_trace.h"
#include "annotate/panel.h"
#include "common/report/traces_report.h"

struct panel_traces {
    const struct question *question; /* borrowed */
    struct traces_settings settings;
    struct traces_report report; /* borrows the settings */
    struct table *further;       /* owned; by speaker, over time; or NULL */
    const char *further_name;
    size_t left_out; /* traces of gold, repeats, sent back */
    bool empty;      /* nobody has handed anything in */
};

/* In place: the report points into it.  Release it also after false. */
bool panel_traces(struct project *project, const struct export_rows *rows,
                  const struct question *question,
                  const struct panel_settings *how, struct panel_traces *out,
                  struct error *err);
void panel_traces_release(struct panel_traces *of);
bool panel_traces_fail(const struct panel_traces *of);

/* `first`: nothing stands before it. */
void panel_traces_text(const struct panel_traces *of, bool first,
                       struct buf *out);
/* A table of its own. */
void panel_traces_csv(const struct panel_traces *of, struct buf *out);
/* One object. */
void panel_traces_json(const struct panel_traces *of, struct json_writer *json);

#endif
