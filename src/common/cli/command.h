/*
 * command - subcommands, their help, and the main that both programs share.
 *
 * The row stands with its code; the program's table only collects:
 *
 *     const struct command cmd_cv_entry = {
 *         .name = "cv",
 *         .group = "Models",
 *         .synopsis = "[options] corpus.csv",
 *         .summary = "cross-validate a learner",
 *         .options = cv_options,
 *         .settings_size = sizeof(struct cv_settings),
 *         .defaults = &cv_defaults,
 *         .run = cmd_cv,
 *     };
 */
#ifndef MIEN_CLI_COMMAND_H
#define MIEN_CLI_COMMAND_H

#include "common/cli/option.h"

struct command {
    const char *name;
    const char *group; /* heading in the program's help */
    const char *synopsis;
    const char *summary; /* lower case, no full stop */
    const char *notes;   /* more help text after the options, or NULL */
    const struct option_spec *options;
    size_t settings_size;
    const void *defaults; /* NULL: all zero */
    /*
     * Commands of this command (`protocol check`), ended by NULL: the first
     * word names one.  run() is NULL then.
     */
    const struct command *const *nested;
    /*
     * Does the work and returns the exit status; on an error fills `err` and
     * returns anything (command_main() prints it as "program command: text"
     * and returns the status of its code).  argv[0 .. argc - 1] are the words
     * after the options.
     */
    int (*run)(void *settings, int argc, char **argv, struct error *err);
};

struct program {
    const char *name;
    const char *summary;
    const struct command *const *commands; /* ends with NULL */
    const char *fallback; /* command run when there is no argument, or NULL */
};

/* Handles --help, --version, unknown commands; returns the exit status. */
int command_main(const struct program *program, int argc, char **argv);

/* Runs the one that argv[0] names; `parent` stands in messages and help. */
int command_run_nested(const char *parent,
                       const struct command *const *commands, int argc,
                       char **argv, struct error *err);

#endif
