/*
 * cv_table - predictions.csv of a cross-validation.
 */
#ifndef MIEN_VALID_CV_TABLE_H
#define MIEN_VALID_CV_TABLE_H

#include "common/base/error.h"
#include "common/base/text.h"
#include "common/file/columns.h"
#include "eval/score/predictions.h"
#include "eval/valid/cv.h"

/*
 * The columns of the corpus table that go along, so that scores can be
 * taken apart by them later: those that `by` names ("a*b" names a and b) and
 * every attribute.  No attribute are id, file, start, end, text, the target,
 * enrol, the columns that a table of predictions has a place of its own for,
 * and the parts NAME:LABEL of soft labels.  Fails when `by` names a column
 * that the table does not have.
 */
bool cv_table_attributes(const struct design *design,
                         const struct text_list *by, struct text_list *out,
                         struct error *err);

/*
 * One row an item, in the order of the corpus table, without those spent on
 * enrolment.  The caller's; fails on a weight that is no number above 0.
 */
struct columns *cv_table(const struct cv_settings *settings,
                         const struct cv_result *result,
                         const struct text_list *attributes, struct error *err);

#endif
