/*
 * aligned - the table in which streams stand side by side.
 *
 * Of each item a row a point in time, or a row a window; of each stream's
 * columns a cell, which is empty where the signal is not there.  aligned.c
 * brings an item's streams to one clock, aligned_rows.c writes its rows.
 */
#ifndef MIEN_ALIGN_ALIGNED_H
#define MIEN_ALIGN_ALIGNED_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/buf.h"
#include "common/base/error.h"
#include "eval/align/spans.h"
#include "eval/align/streams.h"
#include "eval/align/warped.h"

/* What is told of a window; the order is that of the columns. */
enum aligned_functional {
    ALIGNED_MEAN,
    ALIGNED_SD,
    ALIGNED_MIN,
    ALIGNED_MAX,
    ALIGNED_SLOPE,
    ALIGNED_FUNCTIONALS
};

/* "mean", "sd", "min", "max", "slope"; ends with NULL. */
extern const char *const aligned_functional_names[];

struct aligned_plan {
    const struct streams *streams;
    double rate; /* points a second; 0: windows */
    double window_s, hop_s;
    const struct spans *spans;      /* the windows; NULL: even ones */
    const struct spans *transcript; /* NULL: none */
    const char *transcript_name;
    bool functional[ALIGNED_FUNCTIONALS];
    double min_valid; /* share of a window below which its cells are empty */
    struct clock_plan clock; /* for streams with a match */
    bool keep_clock;         /* they keep theirs: they are only warped */
    double warp_s;           /* the warp's window; 0: none */
    int jobs;                /* 0: one for each processor */
};

/* How much of a column was there, over all rows. */
struct aligned_column {
    double valid, all; /* s of windows, or points */
};

/* A clock that was looked for. */
struct aligned_clock {
    size_t item, stream; /* the item's place in the reference's list */
    struct clock_found found;
    struct clock whole;       /* with what was given, at the same pivot */
    struct warped_found warp; /* without knots */
};

struct aligned_result {
    struct buf text; /* CSV with notes and header */
    size_t items, rows;
    size_t refused; /* items without rows: a clock could not be told */
    struct {
        struct aligned_clock *item; /* owned */
        size_t count, capacity;
    } clocks;
    struct aligned_column *column; /* owned; of the streams in turn */
    size_t columns;
    size_t *absent; /* owned: of each stream, items that it does not have */
};

enum { ALIGNED_MAX_CELLS = 250000000 };

/* An item whose streams stand on the reference's clock. */
struct aligned_bench {
    const struct aligned_plan *plan;
    struct aligned_result *result;
    const char *name;
    struct channel **channel; /* owned; of each stream; NULL: it has none */
    double from, to;          /* of the reference; s */
};

void aligned_add_header(const struct aligned_plan *plan, struct buf *out);
bool aligned_add_rows(struct aligned_bench *bench, struct error *err);

bool aligned_make(const struct aligned_plan *plan,
                  struct aligned_result *result, struct error *err);
void aligned_release(struct aligned_result *result);

#endif
