/* design_internal - what design.c and its files share. */
#ifndef MIEN_LEARN_DESIGN_INTERNAL_H
#define MIEN_LEARN_DESIGN_INTERNAL_H

#include "eval/learn/design.h"

/*
 * Joins the feature tables.  In: one place for each row of the corpus,
 * wanted[row]; out: those that a modality lacks are no longer wanted, and
 * *cells (the caller's) has all columns for every row of the corpus.
 * `text_columns` will stand beside them: all must fit into memory.
 */
bool design_join(struct design *design, const struct text_list *features,
                 size_t text_columns, bool *wanted, struct matrix *cells,
                 struct error *err);

/* Marks the items that are spent on enrolment. */
bool design_enrol(struct design *design, const struct design_settings *settings,
                  struct error *err);

#endif
