/*
 * panel_segments - how far the annotators of a project agree on a question of
 * segments: the engine of `mien-eval agree --segments', on the same rows that
 * `export --what segments' writes.
 */
#ifndef MIEN_ANNOTATE_PANEL_SEGMENTS_H
#define MIEN_ANNOTATE_PANEL_SEGMENTS_H

#include "annotate/export_segments.h"
#include "annotate/panel.h"
#include "common/report/segments_report.h"

struct panel_segments {
    const struct question *question; /* borrowed */
    struct segments_settings settings;
    struct segments_report report; /* borrows the settings */
    struct table *by_time;         /* owned; or NULL */
    size_t left_out;               /* marks of gold, repeats, sent back */
    bool empty;                    /* nobody has handed anything in */
};

/* In place: the report points into it.  Release it also after false. */
bool panel_segments(const struct export_segments *all,
                    const struct question *question,
                    const struct panel_settings *how,
                    struct panel_segments *out, struct error *err);
void panel_segments_release(struct panel_segments *of);
bool panel_segments_fail(const struct panel_segments *of);

/* `first`: nothing stands before it. */
void panel_segments_text(const struct panel_segments *of, bool first,
                         struct buf *out);
/* A table of its own. */
void panel_segments_csv(const struct panel_segments *of, struct buf *out);
/* One object. */
void panel_segments_json(const struct panel_segments *of,
                         struct json_writer *json);

#endif
