/* cmd_collect - bring the work home. */
#include <config.h>

#include "annotate/commands.h"
#include "annotate/home.h"
#include "annotate/workspace.h"
#include "common/base/log.h"
#include "common/cli/output.h"

struct collect_settings {
    const char *project;
    int format;
};

static const struct option_spec collect_options[] = {
    WORKSPACE_PROJECT_OPTION(struct collect_settings),
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct collect_settings, format),
      .choices = output_format_names,
      .help = "text, csv or json" },
    OPTION_END
};

static void print(const struct collect_report *report,
                  enum output_format format, struct error *err)
{
    struct table *table = table_new();
    struct buf out = { 0 };

    table_column(table, "bundles", "bundles", TABLE_INT, 0);
    table_column(table, "new_events", "new events", TABLE_INT, 0);
    table_column(table, "forks", "forks", TABLE_INT, 0);
    table_column(table, "refused", "refused", TABLE_INT, 0);
    table_column(table, "damaged", "damaged", TABLE_INT, 0);
    table_begin_row(table);
    table_put_int(table, (int64_t)report->files);
    table_put_int(table, (int64_t)report->events);
    table_put_int(table, (int64_t)report->forked.count);
    table_put_int(table, (int64_t)report->refused);
    table_put_int(table, (int64_t)report->damaged);
    table_print(table, format, &out);
    output_write(&out, err);
    buf_release(&out);
    table_free(table);
}

static int cmd_collect(void *context, int argc, char **argv, struct error *err)
{
    const struct collect_settings *settings = context;
    struct collect_report report = { 0 };
    struct project *project = workspace_open(settings->project, true, err);
    bool good = project && collect_work(project, &report, err);
    bool damaged;

    for (int i = 0; good && i < argc; i++)
        good = collect_file(project, argv[i], &report, err);
    home_tell(&report);
    for (size_t i = 0; i < report.forked.count; i++)
        log_notice("%s has more than one end; its later answers count",
                   report.forked.item[i]);
    if (good)
        print(&report, (enum output_format)settings->format, err);
    damaged = report.damaged > 0;
    collect_report_release(&report);
    project_close(project);
    if (err->code != ERROR_NONE)
        return error_exit_status(err->code);
    return damaged ? 1 : 0;
}

const struct command cmd_collect_entry = {
    .name = "collect",
    .group = "Results",
    .synopsis = "[options] [bundle ...]",
    .summary = "bring the work in work/, and any bundle named, home",
    .options = collect_options,
    .settings_size = sizeof(struct collect_settings),
    .run = cmd_collect,
};
