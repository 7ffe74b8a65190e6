/*
 * commands - the subcommands of mien-eval; each row stands with its code.
 */
#ifndef MIEN_EVAL_COMMANDS_H
#define MIEN_EVAL_COMMANDS_H

#include "common/cli/command.h"

/* In the order of the help; ends with NULL. */
extern const struct command *const commands[];

extern const struct command cmd_aggregate_entry;
extern const struct command cmd_agree_entry;
extern const struct command cmd_align_entry;
extern const struct command cmd_compare_entry;
extern const struct command cmd_corpus_entry;
extern const struct command cmd_cv_entry;
extern const struct command cmd_extract_entry;
extern const struct command cmd_gate_entry;
extern const struct command cmd_rank_entry;
extern const struct command cmd_score_entry;

#endif
