/*
 * commands - the subcommands of mien-annotate; each row stands with its code.
 */
#ifndef MIEN_ANNOTATE_COMMANDS_H
#define MIEN_ANNOTATE_COMMANDS_H

#include "common/cli/command.h"

/* In the order of the help; ends with NULL. */
extern const struct command *const commands[];

extern const struct command cmd_adjudicate_entry;
extern const struct command cmd_agreement_entry;
extern const struct command cmd_annotator_entry;
extern const struct command cmd_assign_entry;
extern const struct command cmd_bundle_entry;
extern const struct command cmd_collect_entry;
extern const struct command cmd_dataset_entry;
extern const struct command cmd_export_entry;
extern const struct command cmd_import_entry;
extern const struct command cmd_init_entry;
extern const struct command cmd_label_entry;
extern const struct command cmd_log_entry;
extern const struct command cmd_replay_entry;
extern const struct command cmd_protocol_entry;
extern const struct command cmd_selftest_entry;
extern const struct command cmd_snapshot_entry;
extern const struct command cmd_status_entry;

#endif
