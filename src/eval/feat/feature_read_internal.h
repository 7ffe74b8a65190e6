/*
 * feature_read_internal - the readers of feature tables; private to feat.
 */
#ifndef MIEN_FEAT_FEATURE_READ_INTERNAL_H
#define MIEN_FEAT_FEATURE_READ_INTERNAL_H

#include "eval/feat/feature_table.h"

/* An instance name without quotes, folder kept, extension cut; the caller's. */
char *feature_read_id(const char *name);
/* A foreign number: "?", "nan" and "" are missing; false: none at all. */
bool feature_read_number(const char *text, double *value);
/* Refuses what would not fit into memory. */
bool feature_read_limits(const struct feature_table *table, const char *path,
                         struct error *err);

/* Adds columns and rows to an empty table. */
bool feature_read_csv(struct feature_table *table, const char *path,
                      struct error *err);
bool feature_read_opensmile(struct feature_table *table, const char *path,
                            struct error *err);
bool feature_read_arff(struct feature_table *table, const char *path,
                       struct error *err);

#endif
