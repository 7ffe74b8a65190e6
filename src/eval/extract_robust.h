/*
 * extract_robust - how far each column moves when the recording changes: the
 * summary that is printed, and the table of all columns.
 */
#ifndef MIEN_EVAL_EXTRACT_ROBUST_H
#define MIEN_EVAL_EXTRACT_ROBUST_H

#include <stdbool.h>

#include "common/base/error.h"
#include "common/cli/output.h"
#include "common/file/columns.h"
#include "eval/feat/robust.h"

/*
 * Measures, prints a line a condition, and writes a row a condition and
 * column to `output` ("-": none).  ERROR_NO when some items could not be
 * measured; they are told of.
 */
bool extract_robust(const struct columns *corpus,
                    const struct robust_settings *settings, const char *output,
                    enum output_format format, struct error *err);

#endif
