/* commands - the order is the order in the help. */
#include <config.h>

#include "annotate/commands.h"

#include <stddef.h>

const struct command *const commands[] = {
    &cmd_init_entry,      &cmd_import_entry,
    &cmd_annotator_entry, &cmd_assign_entry,
    &cmd_label_entry,     &cmd_protocol_entry,
    &cmd_dataset_entry,   NULL,
};
