/*
 * text_set - the set "text": counts and readability of each item's text, and
 * its scores by lexicons.
 *
 * The registry has it without lexicons; text_set_new() makes one with them,
 * whose columns are called after them.
 */
#ifndef MIEN_FEAT_TEXT_SET_H
#define MIEN_FEAT_TEXT_SET_H

#include "common/base/text.h"
#include "eval/feat/feature_table.h"
#include "eval/feat/registry.h"

extern const struct feature_set text_set;

struct text_set;

/* `lexicons` are FILE or NAME=FILE; a file names its lexicon otherwise. */
struct text_set *text_set_new(const struct text_list *lexicons,
                              struct error *err);
void text_set_free(struct text_set *text); /* takes NULL */

/* Borrowed; lives as `text`. */
const struct feature_set *text_set_features(const struct text_set *text);
/* "lexicon NAME: SHA-256", one for each. */
void text_set_add_notes(const struct text_set *text,
                        struct feature_table *table);

#endif
