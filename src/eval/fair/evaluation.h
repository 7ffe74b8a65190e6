/*
 * evaluation - all scores of a table of predictions, over all rows and for
 * each group, with intervals and with how well they are supported.
 *
 * metrics.json of a run folder and `mien-eval score` are both this.
 */
#ifndef MIEN_FAIR_EVALUATION_H
#define MIEN_FAIR_EVALUATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/error.h"
#include "common/base/text.h"
#include "common/stat/interval.h"
#include "eval/score/metrics.h"
#include "eval/score/predictions.h"

enum {
    EVALUATION_FEW_SPEAKERS = 4,   /* fewer: "insufficient" */
    EVALUATION_MANY_SPEAKERS = 30, /* from here the bootstrap leads */
    EVALUATION_RESAMPLES = 2000,   /* the usual number */
    /* Above, the bootstrap is left out: slow, and no better than t. */
    EVALUATION_MOST_DRAWN = 20000,
};

struct evaluation_settings {
    const struct text_list *by; /* columns, in order; NULL or empty: none */
    double level;               /* of the intervals, such as 0.95 */
    int64_t resamples;          /* of the bootstrap; 0: none */
    uint64_t seed;
    /*
     * How features were normalised, and whether with test items.  run.json
     * has the same as "normalization": {"how": ..., "transductive": ...}.
     */
    const char *normalization; /* "global", "speaker", ...; NULL: unknown */
    bool transductive;
};

/* How far a score can be relied on. */
enum evidence {
    EVIDENCE_MEASURED,
    EVIDENCE_INSUFFICIENT, /* too few speakers: a value, no interval */
    EVIDENCE_UNDEFINED,    /* no value */
};
const char *evidence_name(enum evidence evidence);

struct score {
    const struct metric *metric;
    size_t label; /* of a per-class metric, else METRIC_NO_LABEL */
    struct estimate value;
    enum evidence evidence;
    char *reason; /* owned; why it is not "measured", else NULL */
    struct interval jackknife;
    struct interval bootstrap; /* undefined without resamples */
};

/* The interval that leads: by the number of clusters. */
const struct interval *score_interval(const struct score *score);

/* How a score spreads over single speakers (those where it is defined). */
struct spread {
    size_t speakers;
    double low, median, high, sd; /* sd: 0 for one speaker */
};

struct part {
    char *by;   /* owned; "sex", "sex*age"; NULL for all rows */
    char *name; /* owned; "female", "female*30s"; NULL for all rows */
    size_t rows, items, clusters;
    size_t recordings;          /* regress: those whose own CCC is defined */
    size_t *class_clusters;     /* owned; clusters that carry each class */
    struct confusion confusion; /* classify; else no classes */
    struct {
        struct score *item; /* owned */
        size_t count, capacity;
    } scores;
    struct spread spread; /* of the leading metric; speakers 0: none */
};

struct evaluation {
    const struct predictions *predictions; /* borrowed */
    struct evaluation_settings settings;
    struct {
        struct part *item; /* owned; [0] is all rows */
        size_t count, capacity;
    } parts;
};

/* `predictions` is kept in use until evaluation_free(). */
struct evaluation *evaluation_new(const struct predictions *predictions,
                                  const struct evaluation_settings *settings,
                                  struct error *err);
void evaluation_free(struct evaluation *evaluation);

/* The score of a part, or NULL; METRIC_NO_LABEL for those without. */
const struct score *part_score(const struct part *part, const char *metric,
                               size_t label);

struct json_writer;
/* An interval as an object; `cluster` is "speaker" or "row". */
void evaluation_put_interval(struct json_writer *json,
                             const struct interval *interval,
                             const char *cluster);
/* {"how": ..., "transductive": ...}, or null when `how` is NULL. */
void evaluation_put_normalization(struct json_writer *json, const char *how,
                                  bool transductive);
/* One JSON document, ended by a newline: metrics.json. */
void evaluation_json(const struct evaluation *evaluation, struct buf *out);

#endif
