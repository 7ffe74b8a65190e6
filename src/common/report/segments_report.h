/*
 * segments_report - do annotators mark the same stretches of time, with the
 * same labels?  Measuring it, and telling people and programs.
 */
#ifndef MIEN_REPORT_SEGMENTS_REPORT_H
#define MIEN_REPORT_SEGMENTS_REPORT_H

#include "common/base/buf.h"
#include "common/cli/output.h"
#include "common/stat/interval.h"
#include "common/stat/stretch_match.h"
#include "common/study/stretch_table.h"

struct segments_settings {
    double unit;    /* of time; s */
    bool unmatched; /* a table of segments without a partner, too */
    double overlap; /* below which a segment counts as unmatched */
    size_t top;     /* of that table; 0: all */
    double level;
    double min; /* of alpha of time, on each tier; below -1: none */
};

enum {
    SEGMENTS_PERCENT,
    SEGMENTS_KAPPA,
    SEGMENTS_ALPHA, /* of seconds, exact */
    SEGMENTS_KAPPA_UNIT,
    SEGMENTS_ALPHA_UNIT, /* of units of time */
    SEGMENTS_F1,         /* at the overlap in the settings */
    SEGMENTS_F1_LABEL,
    SEGMENTS_VALUES
};

extern const char *const segments_keys[SEGMENTS_VALUES];
extern const char *const segments_titles[SEGMENTS_VALUES];

/* One point of a curve; over all pairs of annotators and items. */
struct segments_point {
    struct stretch_rule rule;
    size_t segments;              /* of both sides of every pair */
    size_t pairs, same;           /* matched; matched with the same label */
    struct estimate f1, f1_label; /* 2 pairs / segments */
    struct estimate kappa;        /* of the labels of matched ones */
};

enum { SEGMENTS_OVERLAPS = 9, SEGMENTS_TOLERANCES = 7 };

struct segments_tier {
    size_t items, raters, segments; /* items with two annotators */
    double seconds;
    struct estimate value[SEGMENTS_VALUES];
    struct interval interval[SEGMENTS_VALUES];
    struct stretch_unitised unitised; /* of items that all judged */
    size_t unitised_items;
    struct segments_point overlap[SEGMENTS_OVERLAPS];
    struct segments_point tolerance[SEGMENTS_TOLERANCES];
};

/* A segment that no segment of another annotator matches. */
struct segments_lone {
    size_t tier, item, rater, other;
    const struct stretch *stretch; /* borrowed */
    double overlap;                /* with the nearest of the other's */
    const struct stretch *near;    /* that one; NULL: none overlaps */
    bool taken;                    /* it is another's partner */
};

struct segments_report {
    const struct segments_settings *settings; /* borrowed */
    const char *name;                         /* borrowed; of the source */
    struct stretch_table table;               /* owned */
    struct segments_tier *tier;               /* owned */
    struct {
        struct segments_lone *item; /* owned */
        size_t count, capacity;
    } lone;
};

/* Settings, name and table are set; false: interrupted. */
bool segments_measure(struct segments_report *report, struct error *err);
void segments_release(struct segments_report *report);
/* Something is asked for, and a tier's alpha of time is not above it. */
bool segments_fails(const struct segments_report *report);

void segments_text(const struct segments_report *report, struct buf *out);
/* One row a coefficient; with `unmatched`, that table. */
void segments_csv(const struct segments_report *report, struct buf *out);
void segments_json_object(const struct segments_report *report,
                          struct json_writer *writer);

#endif
