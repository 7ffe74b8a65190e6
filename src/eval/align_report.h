/*
 * align_report - what `align` says of its table: how much of each column is
 * there, and what the clocks are.
 */
#ifndef MIEN_EVAL_ALIGN_REPORT_H
#define MIEN_EVAL_ALIGN_REPORT_H

#include "common/cli/output.h"
#include "eval/align/aligned.h"

/* `path`: where the table went. */
bool align_report_print(const char *path, enum output_format format,
                        const struct streams *streams,
                        const struct aligned_result *result, struct error *err);
/* The clocks as CSV. */
bool align_report_clocks(const char *path, const struct streams *streams,
                         const struct aligned_result *result,
                         struct error *err);
/* On stderr: what is not in the table, and why. */
void align_report_warn(const struct streams *streams,
                       const struct aligned_result *result);

#endif
