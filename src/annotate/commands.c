/* commands - the order is the order in the help. */
#include <config.h>

#include "annotate/commands.h"

#include <stddef.h>

/* clang-format off */
const struct command *const commands[] = {
    &cmd_init_entry,
    &cmd_import_entry,
    &cmd_annotator_entry,
    &cmd_assign_entry,
    &cmd_bundle_entry,
    &cmd_label_entry,
    &cmd_selftest_entry,
    &cmd_collect_entry,
    &cmd_status_entry,
    &cmd_agreement_entry,
    &cmd_adjudicate_entry,
    &cmd_snapshot_entry,
    &cmd_export_entry,
    &cmd_replay_entry,
    &cmd_log_entry,
    &cmd_protocol_entry,
    &cmd_dataset_entry,
    NULL,
};
/* clang-format on */
