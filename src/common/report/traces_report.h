/*
 * traces_report - do annotators trace the same rises and falls?  Measuring it,
 * and telling people and programs.
 */
#ifndef MIEN_REPORT_TRACES_REPORT_H
#define MIEN_REPORT_TRACES_REPORT_H

#include "common/report/curve_view.h"
#include "common/stat/curve_agree.h"

struct traces_settings {
    struct curve_look look;
    bool annotators;   /* a table of them, too */
    double penalty;    /* CCC a second of lag */
    double warp;       /* window of the warping; s */
    int64_t shifts;    /* of its baseline */
    double bin;        /* of qualitative agreement; s */
    double level, min; /* min below -1: not asked for */
};

/* What is said where nothing else is asked for. */
#define TRACES_SETTINGS_DEFAULTS                                               \
    {                                                                          \
        .look = CURVE_LOOK_DEFAULTS, .penalty = 0.02, .warp = 2, .shifts = 99, \
        .bin = 3, .level = 0.95, .min = -2                                     \
    }

/* One item and dimension. */
struct traces_piece {
    struct curve_panel panel; /* no points: `reason` */
    const char *reason;
    struct curve_means means;
    struct curve_qa qa;
};

/* One annotator in one dimension: means over items, of those defined. */
struct traces_person {
    size_t items;
    struct estimate ccc, pearson, lagged, shift, warp, p;
};

struct traces_report {
    const struct traces_settings *settings; /* borrowed */
    const char *name;                       /* borrowed; of the source */
    struct curve_view view;
    struct traces_piece *piece; /* owned; [dimension * items + item] */
    struct traces_person
        *person; /* owned; [dimension * raters + rater], or NULL */
};

/* Settings, name and view are set; false: interrupted. */
bool traces_measure(struct traces_report *report, struct error *err);
void traces_release(struct traces_report *report);
/* Something is asked for, and a dimension's mean CCC is not above it. */
bool traces_fails(const struct traces_report *report);

/* What is measured of an item and dimension. */
enum traces_value {
    TRACES_CCC,
    TRACES_PEARSON,
    TRACES_LAGGED,
    TRACES_CRONBACH,
    TRACES_QA,
    TRACES_QA_ALPHA,
    TRACES_VALUES
};

extern const char *const traces_titles[TRACES_VALUES];

/*
 * Mean over a dimension's items (of those with `keep`; NULL: all), and half
 * its t interval where there are two; *count: of how many.
 */
struct estimate traces_mean(const struct traces_report *report,
                            size_t dimension, enum traces_value value,
                            const bool *keep, double *half, size_t *count);

/* Lin's CCC of one annotator's trace with the mean of the others'. */
struct estimate traces_rest(const struct traces_report *report,
                            size_t dimension, size_t item, size_t rater);

void traces_text(const struct traces_report *report, struct buf *out);
/* One row an item and dimension; with `annotators`, that table. */
void traces_csv(const struct traces_report *report, struct buf *out);
void traces_json_object(const struct traces_report *report,
                        struct json_writer *writer);

#endif
