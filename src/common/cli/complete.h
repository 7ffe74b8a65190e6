/*
 * complete - shell completion from the command and option tables.
 */
#ifndef MIEN_CLI_COMPLETE_H
#define MIEN_CLI_COMPLETE_H

#include "common/cli/command.h"

/*
 * `program --complete WORD...`: the last word is being typed; candidates are
 * added to `out`, a line each.  None: the shell completes file names.
 */
void complete_words(const struct program *program, int argc, char **argv,
                    struct buf *out);

#endif
