/* commands - the order is the order in the help. */
#include <config.h>

#include "annotate/commands.h"

#include <stddef.h>

const struct command *const commands[] = {
    &cmd_dataset_entry,
    &cmd_label_entry,
    &cmd_protocol_entry,
    NULL,
};
