/* cmd_annotator - who works here: add, list, retire, release. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annotate/commands.h"
#include "annotate/workspace.h"
#include "common/base/path.h"
#include "common/cli/output.h"
#include "common/store/bundle.h"
#include "common/store/people.h"

struct annotator_settings {
    const char *project;
    const char *name;
    int format;
};

static const struct option_spec add_options[] = {
    WORKSPACE_PROJECT_OPTION(struct annotator_settings),
    { .name = "name",
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct annotator_settings, name),
      .help = "who that is; kept in people.db, for the lead only" },
    OPTION_END
};

static const struct option_spec list_options[] = {
    WORKSPACE_PROJECT_OPTION(struct annotator_settings),
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct annotator_settings, format),
      .choices = output_format_names,
      .help = "text, csv or json" },
    OPTION_END
};

static const struct option_spec retire_options[] = {
    WORKSPACE_PROJECT_OPTION(struct annotator_settings), OPTION_END
};

static bool keep_person(struct project *project, const char *alias,
                        const char *name, struct error *err)
{
    struct people *people = people_open(project_folder(project), true, err);
    bool good = people && people_add(people, PEOPLE_ANNOTATOR, alias, err) &&
                (!name || people_set(people, PEOPLE_ANNOTATOR, alias, "name",
                                     name, err));

    people_close(people);
    return good;
}

static bool add_one(struct project *project, const char *alias,
                    const char *name, struct error *err)
{
    if (project_begin(project, err) &&
        project_add_annotator(project, alias, err) &&
        keep_person(project, alias, name, err) && project_commit(project, err))
        return true;
    project_rollback(project);
    return false;
}

static int run_add(void *context, int argc, char **argv, struct error *err)
{
    const struct annotator_settings *settings = context;
    struct project *project = NULL;

    if (argc < 1 || (argc > 1 && settings->name))
        error_set(err, ERROR_USAGE,
                  argc ? "--name goes with one alias" : "name an alias");
    else
        project = workspace_open(settings->project, true, err);
    for (int i = 0; project && i < argc; i++)
        if (!add_one(project, argv[i], settings->name, err))
            break;
    project_close(project);
    return error_exit_status(err->code);
}

static int run_retire(void *context, int argc, char **argv, struct error *err)
{
    const struct annotator_settings *settings = context;
    struct project *project = NULL;

    if (argc != 1)
        error_set(err, ERROR_USAGE, "name one alias");
    else
        project = workspace_open(settings->project, true, err);
    if (project && !(project_begin(project, err) &&
                     project_retire_annotator(project, argv[0], err) &&
                     project_commit(project, err)))
        project_rollback(project);
    project_close(project);
    return error_exit_status(err->code);
}

/* "2026-11-21", UTC. */
static void put_day(struct table *table, int64_t wall_us)
{
    time_t seconds = (time_t)(wall_us / 1000000);
    char text[32];
    struct tm tm;

    if (wall_us >= 0 && gmtime_r(&seconds, &tm) &&
        strftime(text, sizeof(text), "%Y-%m-%d", &tm) > 0)
        table_put_text(table, text);
    else
        table_put_text(table, NULL);
}

static void print_list(const struct project_annotators *list,
                       enum output_format format, struct error *err)
{
    struct table *table = table_new();
    struct buf out = { 0 };

    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    table_column(table, "added", "added", TABLE_TEXT, 0);
    table_column(table, "retired", "retired", TABLE_TEXT, 0);
    table_column(table, "bundles", "bundles", TABLE_INT, 0);
    table_column(table, "entries", "entries", TABLE_INT, 0);
    for (size_t i = 0; i < list->count; i++) {
        table_begin_row(table);
        table_put_text(table, list->item[i].alias);
        put_day(table, list->item[i].added_us);
        put_day(table, list->item[i].retired_us);
        table_put_int(table, list->item[i].bundles);
        table_put_int(table, list->item[i].entries);
    }
    table_print(table, format, &out);
    output_write(&out, err);
    buf_release(&out);
    table_free(table);
}

static int run_list(void *context, int argc, char **argv, struct error *err)
{
    const struct annotator_settings *settings = context;
    struct project_annotators list;
    struct project *project = NULL;

    (void)argv;
    if (argc != 0)
        error_set(err, ERROR_USAGE, "list takes no word");
    else
        project = workspace_open(settings->project, false, err);
    if (project && project_annotators(project, &list, err)) {
        print_list(&list, (enum output_format)settings->format, err);
        project_annotators_release(&list);
    }
    project_close(project);
    return error_exit_status(err->code);
}

/* How many of the annotator's bundles were closed; -1 fills `err`. */
static int release_all(const struct project_bundles *list, const char *alias,
                       struct error *err)
{
    int released = 0;

    for (size_t i = 0; i < list->count; i++) {
        bool was = false;

        if (strcmp(list->item[i].alias, alias) != 0 ||
            !path_is_file(list->item[i].path))
            continue;
        if (!bundle_release(list->item[i].path, &was, err))
            return -1;
        released += was;
    }
    return released;
}

static int run_release(void *context, int argc, char **argv, struct error *err)
{
    const struct annotator_settings *settings = context;
    struct project_bundles list = { 0 };
    struct project *project = NULL;
    struct buf out = { 0 };

    if (argc != 1)
        error_set(err, ERROR_USAGE, "name one annotator");
    else
        project = workspace_open(settings->project, false, err);
    if (project && project_bundles(project, &list, err)) {
        int released = release_all(&list, argv[0], err);

        if (released == 0)
            error_set(err, ERROR_INPUT,
                      "no work of \"%s\" here is paused; what was taken away "
                      "is to be collected first",
                      argv[0]);
        else if (released > 0)
            buf_addf(&out, "\"%s\" can go on\n", argv[0]);
        output_write(&out, err);
    }
    buf_release(&out);
    project_bundles_release(&list);
    project_close(project);
    return error_exit_status(err->code);
}

static const struct command add_entry = {
    .name = "add",
    .synopsis = "[options] alias ...",
    .summary = "let somebody work here",
    .options = add_options,
    .settings_size = sizeof(struct annotator_settings),
    .run = run_add,
};

static const struct command list_entry = {
    .name = "list",
    .synopsis = "[options]",
    .summary = "who works here",
    .options = list_options,
    .settings_size = sizeof(struct annotator_settings),
    .run = run_list,
};

static const struct command retire_entry = {
    .name = "retire",
    .synopsis = "[options] alias",
    .summary = "hand out no more work to somebody",
    .options = retire_options,
    .settings_size = sizeof(struct annotator_settings),
    .run = run_retire,
};

static const struct command release_entry = {
    .name = "release",
    .synopsis = "[options] alias",
    .summary = "let somebody go on whose work a rule paused",
    .options = retire_options,
    .settings_size = sizeof(struct annotator_settings),
    .run = run_release,
};

static const struct command *const annotator_commands[] = {
    &add_entry, &list_entry, &retire_entry, &release_entry, NULL,
};

const struct command cmd_annotator_entry = {
    .name = "annotator",
    .group = "Project",
    .synopsis = "add|list|retire|release ...",
    .summary = "who works here",
    .nested = annotator_commands,
};
