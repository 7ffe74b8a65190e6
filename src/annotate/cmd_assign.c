/* cmd_assign - blind, randomised, balanced work lists. */
#include <config.h>

#include <stdlib.h>

#include "annotate/commands.h"
#include "annotate/home.h"
#include "annotate/workspace.h"
#include "common/base/log.h"
#include "common/cli/output.h"
#include "common/store/queue.h"

struct assign_settings {
    const char *project;
    const char *block;
    int64_t per_item;
    double repeat;
    uint64_t seed;
    bool dry_run;
    int format;
};

static const struct assign_settings assign_defaults = { .per_item = 1,
                                                        .seed = 1 };

static const struct option_spec assign_options[] = {
    { .name = "project",
      .letter = 'p',
      .type = OPTION_TEXT,
      .arg = "dir",
      .offset = offsetof(struct assign_settings, project),
      .help = "the project, in place of $MIEN_PROJECT or the nearest upwards" },
    { .name = "per-item",
      .letter = 'k',
      .type = OPTION_INT,
      .arg = "k",
      .offset = offsetof(struct assign_settings, per_item),
      .min = 1,
      .max = 1000,
      .help =
          "annotators for each item, those counted who have it or, retired, "
          "did it; the default is 1" },
    { .name = "repeat",
      .type = OPTION_NUMBER,
      .arg = "share",
      .offset = offsetof(struct assign_settings, repeat),
      .min = 0,
      .max = 1,
      .help = "ask so large a share of each queue twice, unannounced, to "
              "measure self-consistency" },
    { .name = "block",
      .type = OPTION_TEXT,
      .arg = "group",
      .offset = offsetof(struct assign_settings, block),
      .help = "keep items together that have the same value of this "
              "attribute, such as speaker or session" },
    { .name = "seed",
      .type = OPTION_SEED,
      .arg = "n",
      .offset = offsetof(struct assign_settings, seed),
      .help = "another draw of shares and orders; the default is 1" },
    { .name = "dry-run",
      .letter = 'n',
      .type = OPTION_FLAG,
      .offset = offsetof(struct assign_settings, dry_run),
      .help = "only say what would be handed out" },
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct assign_settings, format),
      .choices = output_format_names,
      .help = "text, csv or json" },
    OPTION_END
};

static void print(const struct queue_report *report, enum output_format format,
                  struct error *err)
{
    struct table *table = table_new();
    struct buf out = { 0 };

    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    table_column(table, "bundle", "bundle", TABLE_INT, 0);
    table_column(table, "items", "items", TABLE_INT, 0);
    table_column(table, "repeats", "repeats", TABLE_INT, 0);
    for (size_t i = 0; i < report->count; i++) {
        table_begin_row(table);
        table_put_text(table, report->item[i].alias);
        table_put_int(table, report->item[i].number);
        table_put_int(table, (int64_t)report->item[i].items);
        table_put_int(table, (int64_t)report->item[i].repeats);
    }
    table_print(table, format, &out);
    output_write(&out, err);
    buf_release(&out);
    table_free(table);
}

static void warn(const struct queue_report *report)
{
    for (size_t i = 0; i < report->count; i++)
        if (report->item[i].repeats < report->item[i].wanted)
            log_warning("%s: only %zu of %zu repeats found a place far enough "
                        "from the first time",
                        report->item[i].alias, report->item[i].repeats,
                        report->item[i].wanted);
}

static int cmd_assign(void *context, int argc, char **argv, struct error *err)
{
    const struct assign_settings *settings = context;
    const struct queue_settings queue = {
        .per_item = (size_t)settings->per_item,
        .repeat = settings->repeat,
        .block = settings->block,
        .seed = settings->seed,
        .dry_run = settings->dry_run,
    };
    struct queue_report report = { 0 };
    struct project *project = NULL;
    bool damaged = false;

    (void)argv;
    if (argc != 0)
        error_set(err, ERROR_USAGE, "assign takes options only");
    else
        project = workspace_open(settings->project, true, err);
    if (project && home_collect(project, &damaged, err) &&
        queue_assign(project, &queue, &report, err)) {
        if (report.count == 0)
            log_notice("each item has its %lld annotators already: nothing "
                       "was handed out",
                       (long long)settings->per_item);
        warn(&report);
        if (report.count > 0 || settings->format != OUTPUT_TEXT)
            print(&report, (enum output_format)settings->format, err);
    }
    queue_report_release(&report);
    project_close(project);
    if (err->code != ERROR_NONE)
        return error_exit_status(err->code);
    return damaged ? 1 : 0;
}

const struct command cmd_assign_entry = {
    .name = "assign",
    .group = "Project",
    .synopsis = "[options]",
    .summary = "hand out blind, randomised, balanced work lists",
    .options = assign_options,
    .settings_size = sizeof(struct assign_settings),
    .defaults = &assign_defaults,
    .run = cmd_assign,
};
