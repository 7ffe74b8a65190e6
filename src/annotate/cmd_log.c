/* cmd_log - is the record of what was done as it was written? */
#include <config.h>

#include "annotate/commands.h"
#include "annotate/workspace.h"
#include "common/cli/output.h"
#include "common/store/collect.h"

struct log_settings {
    const char *project;
};

static const struct option_spec verify_options[] = {
    WORKSPACE_PROJECT_OPTION(struct log_settings), OPTION_END
};

static int run_verify(void *context, int argc, char **argv, struct error *err)
{
    const struct log_settings *settings = context;
    struct text_list faults = { 0 };
    struct project *project = NULL;
    struct buf out = { 0 };
    size_t events = 0;
    size_t erased = 0;
    size_t found;

    (void)argv;
    if (argc != 0)
        error_set(err, ERROR_USAGE, "verify takes options only");
    else
        project = workspace_open(settings->project, false, err);
    if (project && collect_verify(project, &events, &erased, &faults, err)) {
        for (size_t i = 0; i < faults.count; i++)
            buf_addf(&out, "%s\n", faults.item[i]);
        buf_addf(&out, "%zu events, %zu payloads erased, %zu faults\n", events,
                 erased, faults.count);
        output_write(&out, err);
    }
    found = faults.count;
    buf_release(&out);
    text_list_release(&faults);
    project_close(project);
    if (err->code != ERROR_NONE)
        return error_exit_status(err->code);
    return found ? 1 : 0;
}

static const struct command verify_entry = {
    .name = "verify",
    .synopsis = "[options]",
    .summary = "check the hash chains of all that was collected",
    .options = verify_options,
    .settings_size = sizeof(struct log_settings),
    .run = run_verify,
};

static const struct command *const log_commands[] = { &verify_entry, NULL };

const struct command cmd_log_entry = {
    .name = "log",
    .group = "Results",
    .synopsis = "verify ...",
    .summary = "check the record of all that was done",
    .nested = log_commands,
};
