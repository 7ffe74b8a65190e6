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

/* A further table, of each ... */
enum segments_per {
    SEGMENTS_PER_NONE,
    SEGMENTS_PER_UNMATCHED, /* segment without a partner */
    SEGMENTS_PER_ANNOTATOR, /* against each of the others */
    SEGMENTS_PER_LABEL      /* against all that is not marked so */
};

struct segments_settings {
    double unit; /* of time; s */
    enum segments_per per;
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
    size_t clusters;                /* of these items */
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

/* Some of the items, such as those of a speaker. */
struct segments_group {
    char *by, *name; /* owned; "speaker", "03" */
    bool *keep;      /* owned; of each item */
};

struct segments_report {
    const struct segments_settings *settings; /* borrowed */
    const char *name;                         /* borrowed; of the source */
    /*
     * Items of the same number are alike, and are left out together by the
     * jackknife: below cluster_values; NULL: each item stands for itself.
     */
    const uint32_t *cluster; /* borrowed */
    size_t cluster_values;
    const char *cluster_name; /* borrowed; of the column */
    struct {
        struct segments_group *item; /* owned */
        size_t count, capacity;
    } groups;
    struct stretch_table table; /* owned */
    struct segments_tier *tier; /* owned */
    struct {
        struct segments_lone *item; /* owned */
        size_t count, capacity;
    } lone;
};

/* What is looked at; NULL, SIZE_MAX, UINT32_MAX: all. */
struct segments_filter {
    const bool *keep; /* of each item */
    size_t rater;     /* only pairs that she is in */
    uint32_t label;   /* this one, as against all else */
};

struct segments_part {
    size_t items, segments; /* items with two annotators */
    struct estimate percent, kappa, alpha, f1, f1_label; /* of time; exact */
};

struct segments_part segments_part_of(const struct segments_report *report,
                                      size_t tier,
                                      const struct segments_filter *filter);
/* Those that the settings ask for, or of the groups; NULL: none. */
struct table *segments_per_table(const struct segments_report *report);
struct table *segments_group_table(const struct segments_report *report);
/* Adds a group for each value that `code` has, by the names. */
void segments_add_groups(struct segments_report *report, const char *by,
                         const struct text_list *names, const uint32_t *code);

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
