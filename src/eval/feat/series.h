/*
 * series - signals with time stamps, read from tables: one row a moment.
 *
 * A CSV (also with `;` or tabs) has a column of time and columns of numbers;
 * time stamps may be irregular and need not be in order.  Blanks around names
 * and cells are passed over, as OpenFace writes them.  A cell that is empty,
 * "nan", "NaN" or "?" is missing: that column has no sample there.  Tables of
 * OpenFace (columns `confidence` and `success`) and Py-Feat (`FaceScore`) have
 * none in frames without a usable face, see face_table.h.
 */
#ifndef MIEN_FEAT_SERIES_H
#define MIEN_FEAT_SERIES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/text.h"

enum { SERIES_MAX_VALUES = 250000000 };

struct series_options {
    const char *time; /* column; NULL: see series_time_names */
    const char *item; /* column; NULL: all rows are of one item */
    /* Columns of numbers; NULL or empty: all whose first value is one. */
    const struct text_list *columns;
    double unit; /* seconds of one unit of a time that is a number; 0: 1 */
    /* "COL=V,...": rows of tables that have the column; NULL: all. */
    const struct text_list *only;
    bool *only_has; /* of each: set where a table has the column */
};

/* "time", "time_s", "t_s", "timestamp", ...; ends with NULL. */
extern const char *const series_time_names[];

/* One column of one item.  Times rise strictly; seconds. */
struct series_curve {
    double *time, *value; /* owned */
    size_t count, capacity;
    bool unsorted; /* private to reading */
};

struct series {
    struct text_list items; /* "" where there is no column of them */
    struct text_list columns;
    struct text_list left_out;  /* columns without numbers */
    struct series_curve *curve; /* owned; see series_at() */
    size_t doubled;  /* samples at a time that came again: the last counts */
    size_t faceless; /* rows without a usable face */
    double start_s;  /* the earliest time of all; NAN where there is none */
};

/* Errors name file, line and column. */
bool series_read(const char *path, const struct series_options *options,
                 struct series *series, struct error *err);
void series_release(struct series *series);

static inline struct series_curve *series_at(const struct series *series,
                                             size_t item, size_t column)
{
    return &series->curve[item * series->columns.count + column];
}

/* Building by hand: curves belong to items in turn. */
void series_push(struct series_curve *curve, double time_s, double value);
/* Into order, without times that came twice; sets start_s. */
void series_finish(struct series *series);

/* The (lower) median of the steps; NAN for fewer than two samples. */
double series_step(const struct series_curve *curve);

/*
 * Seconds from a cell: a number (of `unit` seconds each), a time of day such
 * as 00:16:16,059 or 16:16.059, or a date and time of ISO 8601, which become
 * seconds since 1970 (UTC, unless they end in an offset such as +02:00).
 * False where it is none of these.
 */
bool series_parse_time(const char *text, double unit, double *seconds);

/* Without blanks at its ends: `text` itself, or a copy in `room`. */
const char *series_trim(const char *text, char *room, size_t size);

#endif
