/*
 * curve_view - continuous ratings, and how late everybody is taken to be: what
 * is measured, and told, of traces is told of such a view.
 */
#ifndef MIEN_REPORT_CURVE_VIEW_H
#define MIEN_REPORT_CURVE_VIEW_H

#include "common/base/buf.h"
#include "common/cli/output.h"
#include "common/stat/curve_lag.h"
#include "common/study/curve_table.h"

/* How traces are looked at; texts are borrowed. */
struct curve_look {
    double rate;               /* points a second at which they are compared */
    double most, lag;          /* the longest lag; that of everybody; s */
    int align;                 /* 0: none, else 1 + enum curve_fit */
    const char *signal, *lags; /* names of their files, or NULL */
};

#define CURVE_LOOK_DEFAULTS             \
    {                                   \
        .rate = 10, .most = 5, .lag = 0 \
    }

/* "none", "correlation", "ccc", "mutual-information"; ends with NULL. */
extern const char *const curve_align_names[];

/* Traces and how late they are. */
struct curve_view {
    struct curve_table table;
    double *lag;             /* owned; [dimension * raters + rater], s */
    struct curve_lag *found; /* owned; the same; NULL: not estimated */
    size_t rounds;           /* the most that an estimate took */
};

/*
 * The table is there: everybody is as late as the look says, or, where it
 * aligns, as is estimated from `signal` (NULL: from the other annotators).
 */
bool curve_view_settle(struct curve_view *view, const struct curve_look *look,
                       const struct curve_table *signal, struct error *err);
void curve_view_release(struct curve_view *view);

/* Lines of what was read and how it is looked at. */
void curve_view_head(const struct curve_view *view,
                     const struct curve_look *look, struct buf *out);
/* The same as members of the object that the writer is in. */
void curve_view_json(const struct curve_view *view,
                     const struct curve_look *look, struct json_writer *writer);

#endif
