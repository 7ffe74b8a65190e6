/* commands - the order is the order in the help. */
#include <config.h>

#include "eval/commands.h"

#include <stddef.h>

const struct command *const commands[] = {
    &cmd_corpus_entry,
    &cmd_extract_entry,
    &cmd_align_entry,
    &cmd_cv_entry,
    &cmd_score_entry,
    &cmd_compare_entry,
    &cmd_gate_entry,
    &cmd_agree_entry,
    &cmd_aggregate_entry,
    &cmd_rank_entry,
    NULL,
};
