/*
 * agree_options - what `mien-eval agree` can be asked.
 */
#ifndef MIEN_EVAL_AGREE_OPTIONS_H
#define MIEN_EVAL_AGREE_OPTIONS_H

#include "common/report/agreement_report.h"
#include "eval/curve_source.h"
#include "eval/ratings_source.h"

struct agree_settings {
    struct ratings_source source;
    const char *cluster;
    struct text_list by;
    int scale, weighting, per, repeats;
    double period, level, min;
    int64_t top, bootstrap, permutations;
    uint64_t seed;
    int format;
    struct curve_source curve;
    double penalty, warp, bin;
    int64_t shifts;
    bool segments;
    const char *tier;
    double unit, overlap;
    int sets, jackknife, limits;
    const char *separator, *matrix, *gold, *order;
    int64_t windows;
};

extern const struct option_spec agree_options[];
extern const struct agree_settings agree_defaults;

/* settings->weight of the report: sets, or a file of them; the caller frees. */
bool agree_weights(const struct agree_settings *settings,
                   const struct ratings *ratings, double **weight,
                   const char **name, struct error *err);
/* Known answers; where --gold is a column it is the last attribute.  The
   caller frees both. */
bool agree_gold(const struct agree_settings *settings,
                const struct ratings_table *table, uint32_t **code,
                double **value, struct error *err);
/* When ratings were given, from the column --order; the caller frees. */
bool agree_moments(const struct agree_settings *settings, const char *path,
                   const struct ratings *ratings, struct moment **moment,
                   size_t *moments, struct error *err);

#endif
