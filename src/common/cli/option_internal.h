/*
 * option_internal - what the files of option share.
 */
#ifndef MIEN_CLI_OPTION_INTERNAL_H
#define MIEN_CLI_OPTION_INTERNAL_H

#include "common/cli/option.h"

/*
 * Holds the options that were given against what the table says that they go
 * with; `given` is of each row.  ERROR_USAGE.
 */
bool option_check_beside(const struct option_spec *specs, const void *settings,
                         const bool *given, struct error *err);

#endif
