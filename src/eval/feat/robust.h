/*
 * robust - how far a set's numbers move when the recording changes and the
 * voice does not.
 *
 * Each item is measured as it is, and again in each of robust_conditions: at
 * another rate, louder, softer, between zeros, out of a lossy codec, in noise.
 * The changed sound is written to a file of its own and read like any other.
 * Over the items, a column's numbers in a condition stand beside those of the
 * items as they are.
 */
#ifndef MIEN_FEAT_ROBUST_H
#define MIEN_FEAT_ROBUST_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/text.h"
#include "common/file/columns.h"
#include "eval/feat/registry.h"

/* Done in the order of the members; 0 or NULL: not done. */
struct robust_condition {
    const char *name;
    double gain_db;
    double snr_db;     /* white Gaussian noise, so far below the item's power */
    double before_s;   /* zeros put before; negative: sound cut off */
    double after_s;    /* and behind */
    int rate;          /* Hz */
    const char *codec; /* of encode.h; NULL: 32-bit samples */
    int64_t bit_rate;
    const char *extension;
};

enum { ROBUST_CONDITIONS = 16 };
extern const struct robust_condition robust_conditions[ROBUST_CONDITIONS];

struct robust_settings {
    const struct feature_set *set; /* of sound */
    int jobs;                      /* 0: one for each processor */
    const char *folder;            /* that paths are relative to */
    const char *column;            /* of the corpus table; NULL: "file" */
    const struct prepare_settings *prepare; /* NULL: nothing is done first */
    uint64_t seed;                          /* of the noise */
};

/* One column in one condition. */
struct robust_cell {
    size_t items;      /* that have a number both times */
    size_t lost;       /* that have one of the two only */
    double r;          /* Pearson's; NAN: fewer than 3 items, or a constant */
    double change;     /* median of |new - old| / |old|; NAN: no items */
    double change_sds; /* median of |new - old|, in sds of the old over items */
};

struct robust_result {
    size_t columns;
    size_t items;                 /* that were measured in all conditions */
    bool made[ROBUST_CONDITIONS]; /* false: this FFmpeg lacks the codec */
    struct robust_cell *cell;     /* owned; condition by condition */
    size_t fileless;              /* items whose cell is empty */
    struct text_list failures;    /* owned: why, in the corpus's order */
};

/*
 * Needs a folder for temporary files ($TMPDIR, else /tmp), and memory for all
 * numbers at once: ERROR_LIMIT where these are more than 250 million.
 */
bool robust_check(const struct columns *corpus,
                  const struct robust_settings *settings,
                  struct robust_result *result, struct error *err);
void robust_result_release(struct robust_result *result);

const struct robust_cell *robust_cell_of(const struct robust_result *result,
                                         size_t condition, size_t column);

#endif
