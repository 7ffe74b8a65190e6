/* cmd_import - media, segments and corpora into a project. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "annotate/commands.h"
#include "annotate/import_table.h"
#include "annotate/workspace.h"
#include "common/base/interrupt.h"
#include "common/base/log.h"
#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/cli/output.h"

struct import_settings {
    const char *project;
    const char *dataset;
    struct text_list only;
};

static const struct option_spec import_options[] = {
    WORKSPACE_PROJECT_OPTION(struct import_settings),
    { .name = "dataset",
      .letter = 'd',
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct import_settings, dataset),
      .help = "how to read the folders: a shipped descriptor (see dataset "
              "list), or a file of your own" },
    { .name = "only",
      .type = OPTION_MANY,
      .arg = "col=v,...",
      .offset = offsetof(struct import_settings, only),
      .help = "only items whose column has one of the values; may be given "
              "more than once, all must hold" },
    OPTION_END
};

/* What a folder without a descriptor is searched for. */
static const char *const media_extensions[] = {
    ".aac",  ".aif", ".aifc", ".aiff", ".au",   ".avi", ".caf",
    ".flac", ".m4a", ".mka",  ".mkv",  ".mov",  ".mp3", ".mp4",
    ".oga",  ".ogg", ".opus", ".wav",  ".webm", ".wma",
};

static bool is_medium(const char *path)
{
    const char *extension = path_extension(path);

    for (size_t i = 0; i < LENGTH_OF(media_extensions); i++)
        if (strcasecmp(media_extensions[i], extension) == 0)
            return true;
    return false;
}

static bool add_medium(void *context, const char *relative, struct error *err)
{
    struct columns *table = context;
    char *id;
    size_t row;

    (void)err;
    if (!is_medium(relative))
        return true;
    id = path_without_extension(relative);
    row = columns_add_row(table);
    columns_set(table, row, 0, id);
    columns_set(table, row, 1, relative);
    free(id);
    return true;
}

static struct columns *plain_table(void)
{
    struct columns *table = columns_new();

    columns_add(table, "id");
    columns_add(table, "file");
    return table;
}

static struct columns *scan_folder(const char *path, struct error *err)
{
    struct columns *table = plain_table();

    if (!path_walk(path, add_medium, table, err)) {
        columns_free(table);
        return NULL;
    }
    if (columns_rows(table) == 0) {
        error_set(err, ERROR_INPUT, "%s: no media in this folder", path);
        columns_free(table);
        return NULL;
    }
    return table;
}

static struct columns *one_file(const char *path)
{
    struct columns *table = plain_table();
    char *id = path_without_extension(path_name(path));
    size_t row = columns_add_row(table);

    columns_set(table, row, 0, id);
    columns_set(table, row, 1, path_name(path));
    free(id);
    return table;
}

/* The table behind a word; *folder is what its files are seen from. */
static struct columns *read_word(const char *path, const struct corpus *corpus,
                                 char **folder, struct error *err)
{
    struct fault_list notes = { 0 };
    struct columns *table;

    if (corpus || path_is_folder(path)) {
        *folder = xstrdup(path);
        if (!corpus)
            return scan_folder(path, err);
        table = corpus_scan(corpus, path, &notes, err);
        for (size_t i = 0; table && i < notes.count; i++)
            log_warning("%s: %s", notes.item[i].path, notes.item[i].text);
        fault_release(&notes);
        return table;
    }
    *folder = path_folder(path);
    if (strcasecmp(path_extension(path), ".csv") == 0)
        return columns_read(path, NULL, err);
    if (strcasecmp(path_extension(path), ".tsv") == 0)
        return columns_read(path, &(struct csv_options){ .separator = '\t' },
                            err);
    if (path_is_file(path))
        return one_file(path);
    error_set(err, ERROR_INPUT, "%s: there is no such file or folder", path);
    return NULL;
}

static bool import_word(struct project *project,
                        const struct import_settings *settings,
                        const struct corpus *corpus, const char *path,
                        struct import_report *report, struct error *err)
{
    char *folder = NULL;
    struct columns *table = read_word(path, corpus, &folder, err);
    bool good = table && columns_keep_only(table, &settings->only, err) &&
                import_table(project, table, folder, corpus, report, err);

    columns_free(table);
    free(folder);
    return good;
}

static void print(const struct import_report *report, struct error *err)
{
    struct buf out = { 0 };

    buf_addf(&out, "imported %zu item%s", report->added,
             report->added == 1 ? "" : "s");
    if (report->known)
        buf_addf(&out, ", %zu known already", report->known);
    if (report->moved)
        buf_addf(&out, ", %zu found in another place", report->moved);
    if (report->twins)
        buf_addf(&out, ", %zu the same as another", report->twins);
    if (report->left)
        buf_addf(&out, ", %zu left out", report->left);
    buf_add_char(&out, '\n');
    output_write(&out, err);
    buf_release(&out);
}

static int cmd_import(void *context, int argc, char **argv, struct error *err)
{
    const struct import_settings *settings = context;
    struct import_report report = { 0 };
    struct corpus *corpus = NULL;
    struct project *project = NULL;
    bool good = true;

    if (argc < 1) {
        error_set(err, ERROR_USAGE,
                  "name what to import: media, folders, or a corpus table");
        return 2;
    }
    interrupt_install();
    if (settings->dataset)
        corpus = corpus_load(settings->dataset, err);
    if (corpus || !settings->dataset)
        project = workspace_open(settings->project, true, err);
    for (int i = 0; project && good && i < argc; i++)
        good = import_word(project, settings, corpus, argv[i], &report, err);
    if (project && good)
        print(&report, err);
    project_close(project);
    corpus_free(corpus);
    if (err->code != ERROR_NONE)
        return error_exit_status(err->code);
    return report.left ? 1 : 0;
}

const struct command cmd_import_entry = {
    .name = "import",
    .group = "Project",
    .synopsis = "[options] path ...",
    .summary = "add media, segments, or a corpus with its reference labels",
    .options = import_options,
    .settings_size = sizeof(struct import_settings),
    .run = cmd_import,
};
