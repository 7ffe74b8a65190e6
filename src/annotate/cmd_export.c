/* cmd_export - the raw labels of everyone, for other tools. */
#include <config.h>

#include "annotate/commands.h"
#include "annotate/export_rows.h"
#include "annotate/home.h"
#include "annotate/workspace.h"
#include "common/file/atomic.h"

enum export_format { EXPORT_CSV, EXPORT_JSONL };

struct export_settings {
    const char *project;
    const char *output;
    int format;
    bool practice;
};

static const char *const format_names[] = { "csv", "jsonl", NULL };

static const struct export_settings export_defaults = { .output = "-" };

static const struct option_spec export_options[] = {
    { .name = "project",
      .letter = 'p',
      .type = OPTION_TEXT,
      .arg = "dir",
      .offset = offsetof(struct export_settings, project),
      .help = "the project, in place of $MIEN_PROJECT or the nearest upwards" },
    { .name = "as-format",
      .letter = 'f',
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct export_settings, format),
      .choices = format_names,
      .help = "csv (the default) or jsonl" },
    { .name = "output",
      .letter = 'o',
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct export_settings, output),
      .help = "where the labels are written; - is standard output, the "
              "default" },
    { .name = "practice",
      .type = OPTION_FLAG,
      .offset = offsetof(struct export_settings, practice),
      .help = "write the answers to practice and to attention checks, which "
              "never stand among the labels" },
    OPTION_END
};

static bool write_rows(struct project *project,
                       const struct export_settings *settings,
                       struct error *err)
{
    struct export_rows rows;
    struct buf out = { 0 };
    bool good = export_gather(project, settings->practice, &rows, err);

    if (good) {
        if (settings->format == EXPORT_JSONL)
            export_jsonl(&rows, &out);
        else
            export_csv(&rows, &out);
        good = atomic_write(settings->output, buf_text(&out), out.length, err);
    }
    buf_release(&out);
    export_release(&rows);
    return good;
}

static int cmd_export(void *context, int argc, char **argv, struct error *err)
{
    const struct export_settings *settings = context;
    struct project *project = NULL;
    bool damaged = false;

    (void)argv;
    if (argc != 0)
        error_set(err, ERROR_USAGE, "export takes options only");
    else
        project = workspace_open(settings->project, true, err);
    if (project && home_collect(project, &damaged, err))
        write_rows(project, settings, err);
    project_close(project);
    if (err->code != ERROR_NONE)
        return error_exit_status(err->code);
    return damaged ? 1 : 0;
}

const struct command cmd_export_entry = {
    .name = "export",
    .group = "Results",
    .synopsis = "[options]",
    .summary = "write the raw labels of everyone, under aliases",
    .options = export_options,
    .settings_size = sizeof(struct export_settings),
    .defaults = &export_defaults,
    .run = cmd_export,
};
