/*
 * agreement_report - how far raters agree, for people and for programs.
 */
#ifndef MIEN_REPORT_AGREEMENT_REPORT_H
#define MIEN_REPORT_AGREEMENT_REPORT_H

#include "common/base/buf.h"
#include "common/cli/output.h"
#include "common/stat/agreement.h"
#include "common/stat/agreement_skill.h"
#include "common/study/ratings_table.h"

/* All items, or those of a group. */
struct agreement_group {
    const char *by;   /* borrowed; NULL: all */
    const char *name; /* borrowed; of the group; "" is missing */
    struct agreement agreement;
};

enum agreement_per {
    PER_NONE,
    PER_ANNOTATOR,
    PER_ITEM,
    PER_LABEL,
    PER_PAIR,      /* of annotators */
    PER_CONFUSION, /* what two annotators say of one item, all cells */
    PER_GOLD,      /* annotators against known answers */
    PER_TIME       /* annotators over windows of their work */
};

struct agreement_report {
    const char *source;
    const struct agreement_settings *settings;
    bool scale_guessed;
    const char *cluster;                /* the column of --cluster, or NULL */
    const struct ratings *ratings;      /* without repeats */
    const struct ratings *with_repeats; /* as read */
    size_t dropped;                     /* repeats */
    enum ratings_repeat repeat;         /* which of them counts */
    struct {
        struct agreement_group *item; /* owned; the first is all */
        size_t count, capacity;
    } groups;
    enum agreement_per per;
    size_t top;            /* items shown, hardest first; 0: all */
    bool plain;            /* text without intervals */
    const char *weights;   /* what settings->weight are, for people; or NULL */
    struct gold gold;      /* PER_GOLD; code NULL: not known */
    struct moment *moment; /* PER_TIME; borrowed */
    size_t moments, windows;
};

/*
 * "BCa", or "percentile" where that was asked for or BCa would take long;
 * NULL: nothing was bootstrapped.
 */
const char *agreement_limits(const struct agreement_report *report);
void agreement_report_release(struct agreement_report *report);

/* Text of at most 80 columns. */
void agreement_text(const struct agreement_report *report, struct buf *out);
/* One row a coefficient; with `per`, that table. */
void agreement_csv(const struct agreement_report *report, struct buf *out);
void agreement_json(const struct agreement_report *report, struct buf *out);
/* The same object where a larger document wants it. */
void agreement_json_object(const struct agreement_report *report,
                           struct json_writer *writer);

/*
 * The table that `per` asks for; the caller frees.  NULL: none.  `full`: also
 * columns in which nothing stands.
 */
struct table *agreement_per_table(const struct agreement_report *report,
                                  bool full);
/* Those of pairs, confusions, gold and time. */
struct table *agreement_skill_table(const struct agreement_report *report);
/* Remarks on its rows, a line each: raters of one category and the like. */
void agreement_per_notes(const struct agreement_report *report,
                         struct buf *out);

#endif
