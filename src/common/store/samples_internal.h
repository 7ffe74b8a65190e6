/*
 * samples_internal - rows of trace samples, in a bundle and in a project.
 */
#ifndef MIEN_STORE_SAMPLES_INTERNAL_H
#define MIEN_STORE_SAMPLES_INTERNAL_H

#include "common/base/text.h"
#include "common/store/journal_internal.h"
#include "common/study/trace.h"

/* Its number in this file; 0 when it has none here; -1 fills `err`. */
int64_t samples_pass(struct db *db, const uint8_t started[EVENT_HASH_SIZE],
                     struct error *err);
/* As samples_pass(), but a new one gets a number.  Within a transaction. */
int64_t samples_new_pass(struct db *db, const uint8_t started[EVENT_HASH_SIZE],
                         struct error *err);
/* Writes samples number `first` and on.  Within a transaction. */
bool samples_put(struct db *db, int64_t pass, int64_t first,
                 const struct trace_sample *sample, size_t count,
                 struct error *err);
/* Adds sample number `first` and on, at most `most` of them (-1: all). */
bool samples_get(struct db *db, int64_t pass, int64_t first, int64_t most,
                 struct trace_samples *out, struct error *err);
/* Deletes sample number `first` and all after it. */
bool samples_cut(struct db *db, int64_t pass, int64_t first, struct error *err);
/* Deletes the pass and all its samples; knows nothing: true. */
bool samples_drop(struct db *db, const uint8_t started[EVENT_HASH_SIZE],
                  struct error *err);

/*
 * Each seal of the journal against the rows that it sealed, in this file.
 * Seals whose payload was erased have no rows.  False when the database does
 * not read; a damage goes into `fault`, which is "" when all is well.
 */
bool samples_verify(struct db *db, const struct journal_list *list,
                    char fault[256], struct error *err);
/*
 * Copies what the seals of `list` hold from one file to another; samples that
 * are there already stay.  `taken` says whether a pass may come (or is NULL).
 */
struct samples_filter {
    void *context;
    /* 1, 0, or -1 with `err`. */
    int (*taken)(void *context, const uint8_t started[EVENT_HASH_SIZE],
                 struct error *err);
};
bool samples_bring(struct db *from, struct db *to,
                   const struct journal_list *list,
                   const struct samples_filter *filter, size_t *fresh,
                   struct error *err);
/* Deletes what no seal holds: a tail that was being written. */
bool samples_cut_unsealed(struct db *db, const struct journal_list *list,
                          struct error *err);

#endif
