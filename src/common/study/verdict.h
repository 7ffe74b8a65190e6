/*
 * verdict - what was decided of a question, as one text: a decision's value.
 *
 *     choice, scale  as judgements are written: "anger", "a|b", "3.5"
 *     grid           "x,y"
 *     text           the words, white space normalised
 *     segments       a list of marks, tier by tier and in the order of time:
 *                    [{"end_us":..,"label":..,"start_us":..,"tier":..}, ..]
 *                    with "attributes" and "note" where there are any; a point
 *                    has no end_us; []: nothing is to be marked
 *     trace          {"rate":10,"start_us":..,"values":[[..],[..]]}: samples
 *                    of each dimension
 *
 * Canonical JSON, so that the same marks are the same text; times run from
 * the item's beginning.  Any of them may be a reserved answer ("@none").
 */
#ifndef MIEN_STUDY_VERDICT_H
#define MIEN_STUDY_VERDICT_H

#include "common/base/buf.h"
#include "common/stat/curve.h"
#include "common/study/question.h"
#include "common/study/trace.h"
#include "common/study/track.h"

enum { VERDICT_RATE = 10 }; /* samples in a second of a trace */

/* Marks without an end are left out; `begins_us`: the item, in its medium. */
void verdict_put_track(const struct question *question,
                       const struct track *track, int64_t begins_us,
                       struct buf *out);
/* Back into an empty track; release it also after false. */
bool verdict_read_track(const char *value, struct track *track,
                        struct error *err);
/* Does each mark keep to the question's rules? */
bool verdict_check_track(const struct question *question,
                         const struct track *track, struct error *err);

/* A trace on even points in time. */
struct verdict_curve {
    size_t dimensions, points;
    double rate, start;              /* Hz; s */
    double *value[TRACE_DIMENSIONS]; /* owned */
};

void verdict_put_curve(const struct verdict_curve *curve, struct buf *out);
bool verdict_read_curve(const char *value, struct verdict_curve *curve,
                        struct error *err);
void verdict_curve_release(struct verdict_curve *curve);
/*
 * One annotator's trace, straight between its samples.  False when it has
 * fewer than two points in time.
 */
bool verdict_curve_of(const struct curve *trace, size_t dimensions,
                      struct verdict_curve *out);

/*
 * The samples of a trace as such a text, means of its tenths of a second;
 * `begins_us`: the item, in its medium.  False when there are too few.
 */
bool verdict_put_samples(const struct trace_samples *samples, int64_t begins_us,
                         size_t dimensions, struct buf *out);

/* White space at the ends goes, inside it becomes one blank. */
void verdict_put_words(const char *text, struct buf *out);

/* Can the question be settled with this?  False says why not. */
bool verdict_accepts(const struct question *question, const char *value,
                     struct error *err);
/* The same marks or trace as the same text; others as they are. */
void verdict_put_canonical(const struct question *question, const char *value,
                           struct buf *out);
/*
 * For a line of a screen or a table: "3 marks: anger 0.5 to 1.2 s, ...",
 * "0.4 to 9.8 s: valence -0.2 to 0.7, mean 0.31".  Others as they are.
 */
void verdict_brief(const struct question *question, const char *value,
                   struct buf *out);
/* The same of a line of a snapshot, whose question may be gone. */
void verdict_brief_json(const char *value, struct buf *out);

#endif
