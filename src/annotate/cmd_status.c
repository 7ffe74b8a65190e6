/* cmd_status - progress, pace and time left of each annotator. */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/commands.h"
#include "annotate/home.h"
#include "annotate/workspace.h"
#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/cli/output.h"

struct status_settings {
    const char *project;
    int format;
};

static const struct option_spec status_options[] = {
    { .name = "project",
      .letter = 'p',
      .type = OPTION_TEXT,
      .arg = "dir",
      .offset = offsetof(struct status_settings, project),
      .help = "the project, in place of $MIEN_PROJECT or the nearest upwards" },
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct status_settings, format),
      .choices = output_format_names,
      .help = "text, csv or json" },
    OPTION_END
};

struct progress_row {
    const char *alias;
    int64_t bundles;
    int64_t entries; /* without those that were erased */
    int64_t done;    /* submitted or skipped */
    int64_t skipped;
    int64_t flagged;
    int64_t active_us;
    int64_t asked_twice; /* questions answered at both times */
    int64_t same;        /* ... with the same value */
};

struct progress_rows {
    struct progress_row *item; /* owned */
    size_t count, capacity;
};

static struct progress_row *row_of(struct progress_rows *rows,
                                   const char *alias)
{
    for (size_t i = 0; i < rows->count; i++)
        if (strcmp(rows->item[i].alias, alias) == 0)
            return &rows->item[i];
    VEC_PUSH(rows, ((struct progress_row){ .alias = alias }));
    return &rows->item[rows->count - 1];
}

static void count_fold(const struct fold *fold, struct progress_row *row)
{
    row->bundles++;
    row->active_us += fold_active_us(fold);
    for (size_t i = 0; i < fold->count; i++) {
        if (fold->entry[i].withdrawn)
            continue;
        row->entries++;
        row->done += fold_done(fold, i);
        row->skipped += fold->entry[i].skipped;
        row->flagged += fold->entry[i].flagged;
    }
}

/* The answers to one item, the first and the second time. */
static void compare_times(const struct fold *fold, size_t first, size_t second,
                          struct progress_row *row)
{
    const struct fold_answers *answers = &fold->entry[first].answers;

    if (fold->entry[first].withdrawn || fold->entry[first].skipped ||
        fold->entry[second].skipped || !fold_done(fold, first) ||
        !fold_done(fold, second))
        return;
    for (size_t i = 0; i < answers->count; i++) {
        const struct event_answer *one = &answers->item[i];
        const struct event_answer *two =
            fold_answer(fold, second, one->question);

        if (one->kind == EVENT_VALUE_NONE || !two)
            continue;
        row->asked_twice++;
        row->same += event_answer_same_value(one, two);
    }
}

static void count_repeats(const struct project_works *works,
                          const struct fold *fold, struct progress_row *row)
{
    for (size_t i = 0; i < works->count; i++) {
        if (strcmp(works->item[i].role, "repeat") != 0)
            continue;
        for (size_t first = 0; first < i; first++)
            if (works->item[first].item == works->item[i].item)
                compare_times(fold, first, i, row);
    }
}

static bool count_bundle(struct project *project,
                         const struct project_bundle *bundle,
                         struct progress_row *row, struct error *err)
{
    struct project_works works;
    struct fold fold;

    if (!project_works(project, bundle->id, &works, err))
        return false;
    if (!project_fold(project, bundle->id, &works, &fold, err)) {
        project_works_release(&works);
        return false;
    }
    count_fold(&fold, row);
    count_repeats(&works, &fold, row);
    fold_release(&fold);
    project_works_release(&works);
    return true;
}

/* Entries an hour of active work; NAN before there is any. */
static double pace(const struct progress_row *row)
{
    return row->done > 0 && row->active_us > 0
               ? (double)row->done * 3.6e9 / (double)row->active_us
               : NAN;
}

static double left_s(const struct progress_row *row)
{
    return (double)(row->entries - row->done) * 3600 / pace(row);
}

/* Text stays within 80 columns. */
static void put_columns(struct table *table, bool for_people)
{
    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    if (!for_people)
        table_column(table, "bundles", "bundles", TABLE_INT, 0);
    table_column(table, "entries", "entries", TABLE_INT, 0);
    table_column(table, "done", "done", TABLE_INT, 0);
    table_column(table, "skipped", "skipped", TABLE_INT, 0);
    table_column(table, "flagged", "flagged", TABLE_INT, 0);
    table_column(table, "active_s", "active",
                 for_people ? TABLE_TEXT : TABLE_NUMBER, 0);
    table_column(table, "per_hour", "/hour", TABLE_NUMBER, 1);
    table_column(table, "left_s", "left",
                 for_people ? TABLE_TEXT : TABLE_NUMBER, 0);
    table_column(table, "asked_twice", "twice", TABLE_INT, 0);
    table_column(table, "self_agreement", "same", TABLE_NUMBER, 3);
}

/* Hours and minutes for people, seconds for programs. */
static void put_time(struct table *table, double seconds, bool for_people)
{
    char text[64];
    long minutes;

    if (!for_people || !isfinite(seconds)) {
        if (for_people)
            table_put_text(table, NULL);
        else
            table_put_number(table, isfinite(seconds) ? seconds : NAN);
        return;
    }
    minutes = lround(seconds / 60);
    snprintf(text, sizeof(text), "%ld:%02ld", minutes / 60, minutes % 60);
    table_put_text(table, text);
}

static void put_row(struct table *table, const struct progress_row *row,
                    bool for_people)
{
    table_begin_row(table);
    table_put_text(table, row->alias);
    if (!for_people)
        table_put_int(table, row->bundles);
    table_put_int(table, row->entries);
    table_put_int(table, row->done);
    table_put_int(table, row->skipped);
    table_put_int(table, row->flagged);
    put_time(table, (double)row->active_us / 1e6, for_people);
    table_put_number(table, pace(row));
    put_time(table, row->done == row->entries ? 0 : left_s(row), for_people);
    table_put_int(table, row->asked_twice);
    table_put_number(table, row->asked_twice
                                ? (double)row->same / (double)row->asked_twice
                                : NAN);
}

static void print(const struct progress_rows *rows, enum output_format format,
                  struct error *err)
{
    bool for_people = format == OUTPUT_TEXT;
    struct table *table = table_new();
    struct buf out = { 0 };

    put_columns(table, for_people);
    for (size_t i = 0; i < rows->count; i++)
        put_row(table, &rows->item[i], for_people);
    table_print(table, format, &out);
    output_write(&out, err);
    buf_release(&out);
    table_free(table);
}

static bool report(struct project *project, enum output_format format,
                   struct error *err)
{
    struct project_annotators staff = { 0 };
    struct project_bundles bundles = { 0 };
    struct progress_rows rows = { 0 };
    bool good = project_annotators(project, &staff, err) &&
                project_bundles(project, &bundles, err);

    for (size_t i = 0; good && i < staff.count; i++)
        row_of(&rows, staff.item[i].alias);
    for (size_t i = 0; good && i < bundles.count; i++)
        good = count_bundle(project, &bundles.item[i],
                            row_of(&rows, bundles.item[i].alias), err);
    if (good)
        print(&rows, format, err);
    free(rows.item);
    project_bundles_release(&bundles);
    project_annotators_release(&staff);
    return good;
}

static int cmd_status(void *context, int argc, char **argv, struct error *err)
{
    const struct status_settings *settings = context;
    struct project *project = NULL;
    bool damaged = false;

    (void)argv;
    if (argc != 0)
        error_set(err, ERROR_USAGE, "status takes options only");
    else
        project = workspace_open(settings->project, true, err);
    if (project && home_collect(project, &damaged, err))
        report(project, (enum output_format)settings->format, err);
    project_close(project);
    if (err->code != ERROR_NONE)
        return error_exit_status(err->code);
    return damaged ? 1 : 0;
}

const struct command cmd_status_entry = {
    .name = "status",
    .group = "Results",
    .synopsis = "[options]",
    .summary = "progress, pace and time left, per annotator",
    .options = status_options,
    .settings_size = sizeof(struct status_settings),
    .run = cmd_status,
};
