/*
 * extract_sets - one or more feature sets, extracted into one table.
 *
 * With several, each set's columns stand behind its name ("quality:snr_db"),
 * in the order in which the sets were named; an item that one of them cannot
 * measure has no row, and where a set has nothing to read its cells are empty.
 */
#ifndef MIEN_EVAL_EXTRACT_SETS_H
#define MIEN_EVAL_EXTRACT_SETS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/text.h"
#include "common/cli/output.h"
#include "common/file/columns.h"
#include "eval/feat/extract.h"
#include "eval/feat/text_set.h"

enum rate_choice { RATE_OF_SET, RATE_OF_FILE, RATE_16000 };

struct chosen_set {
    const struct feature_set *set;
    struct text_set *text; /* owned; NULL without lexicons */
};

struct chosen_sets {         /* zero-initialised is empty */
    struct chosen_set *item; /* owned */
    size_t count, capacity;
};

/* `lexicons` are for the set "text", which must be among the names. */
bool chosen_sets_take(struct chosen_sets *sets, const struct text_list *names,
                      enum rate_choice rate, const struct text_list *lexicons,
                      struct error *err);
void chosen_sets_release(struct chosen_sets *sets);

/*
 * As extract_corpus() with each set in turn; `settings->set` is not looked
 * at.  A failure's text begins with the set's name when there are several.
 */
bool chosen_sets_extract(const struct chosen_sets *sets,
                         const struct columns *corpus,
                         const struct extract_settings *settings,
                         struct extract_result *result, struct error *err);

/* Sets, versions, rates, lexicons: nothing that differs from run to run. */
void chosen_sets_add_notes(const struct chosen_sets *sets,
                           struct feature_table *table);

/* The table that lists columns, and one row of it. */
void chosen_sets_list_begin(struct table *table);
void chosen_sets_list_row(struct table *table, const char *name,
                          const struct descriptor *descriptor);

/* Prints each column with unit, meaning and source. */
bool chosen_sets_list(const struct chosen_sets *sets, enum output_format format,
                      struct error *err);

#endif
