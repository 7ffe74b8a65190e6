/* cmd_corpus - a corpus table from files on disk, or from a project. */
#include <config.h>

#include <stdlib.h>

#include "common/base/log.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/file/columns.h"
#include "common/study/corpus.h"
#include "eval/commands.h"
#include "eval/corpus_project.h"

struct corpus_settings {
    const char *dataset;
    const char *project, *snapshot;
    const char *output;
    struct text_list only, people;
    bool soft;
};

static const struct corpus_settings corpus_defaults = { .output = "-" };

static const struct option_spec corpus_options[] = {
    { .name = "dataset",
      .letter = 'd',
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct corpus_settings, dataset),
      .help = "how to read the folder: a shipped descriptor (emodb, ravdess, "
              "crema-d) or a file of your own" },
    { .name = "project",
      .letter = 'p',
      .type = OPTION_TEXT,
      .arg = "dir",
      .offset = offsetof(struct corpus_settings, project),
      .help = "the items of a labelling project, with what was decided" },
    { .name = "snapshot",
      .letter = 's',
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct corpus_settings, snapshot),
      .with = "project",
      .help = "with --project: as it was when the snapshot was taken" },
    { .name = "people",
      .type = OPTION_LIST,
      .arg = "col,...",
      .offset = offsetof(struct corpus_settings, people),
      .with = "project",
      .help = "with --project: join these columns about speakers" },
    { .name = "soft",
      .type = OPTION_FLAG,
      .offset = offsetof(struct corpus_settings, soft),
      .with = "project",
      .help = "with --project: also a column question:label for each answer, "
              "with its share" },
    { .name = "only",
      .type = OPTION_MANY,
      .arg = "col=v,...",
      .offset = offsetof(struct corpus_settings, only),
      .help = "only rows whose column has one of the values; may be given "
              "more than once, all must hold" },
    { .name = "output",
      .letter = 'o',
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct corpus_settings, output),
      .help = "where the table is written; - is standard output, the default" },
    OPTION_END
};

static bool keep_only(struct columns *table, const struct text_list *only,
                      struct error *err)
{
    size_t rows = columns_rows(table);

    if (!columns_keep_only(table, only, err))
        return false;
    if (columns_rows(table) == 0)
        return error_set(err, ERROR_INPUT, "--only leaves none of the %zu rows",
                         rows);
    return true;
}

static void warn(const struct fault_list *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        log_warning("%s: %s", notes->item[i].path, notes->item[i].text);
}

/* `file` is seen from the folder of the table, or from here. */
static bool write_table(const struct corpus_settings *settings,
                        const char *folder, struct columns *table,
                        struct error *err)
{
    bool to_stdout = text_equal(settings->output, "-");
    char *base = to_stdout ? xstrdup(".") : path_folder(settings->output);
    bool good;

    corpus_rebase(table, folder, base);
    good = keep_only(table, &settings->only, err) &&
           columns_write(table, settings->output, err);
    free(base);
    return good;
}

static int from_project(const struct corpus_settings *settings, int argc,
                        struct error *err)
{
    struct corpus_project how = { .folder = settings->project,
                                  .snapshot = settings->snapshot,
                                  .people = &settings->people,
                                  .soft = settings->soft };
    struct columns *table = NULL;

    if (argc != 0 || settings->dataset)
        error_set(err, ERROR_USAGE,
                  "--project goes without --dataset and a folder");
    else
        table = corpus_project(&how, err);
    if (table)
        write_table(settings, settings->project, table, err);
    columns_free(table);
    return err->code == ERROR_NONE ? 0 : error_exit_status(err->code);
}

static int cmd_corpus(void *context, int argc, char **argv, struct error *err)
{
    const struct corpus_settings *settings = context;
    struct fault_list notes = { 0 };
    struct corpus *corpus = NULL;
    struct columns *table = NULL;
    bool good = false;

    if (settings->project)
        return from_project(settings, argc, err);
    if (!settings->dataset)
        error_set(err, ERROR_USAGE,
                  "--dataset is needed: a shipped descriptor (emodb, ravdess, "
                  "crema-d) or a file; or --project");
    else if (argc != 1)
        error_set(err, ERROR_USAGE,
                  "name one folder: the corpus as it lies "
                  "on disk");
    else
        corpus = corpus_load(settings->dataset, err);
    if (corpus)
        table = corpus_scan(corpus, argv[0], &notes, err);
    if (table) {
        warn(&notes);
        good = write_table(settings, argv[0], table, err);
    }
    columns_free(table);
    corpus_free(corpus);
    fault_release(&notes);
    return good ? 0 : error_exit_status(err->code);
}

const struct command cmd_corpus_entry = {
    .name = "corpus",
    .group = "Tables",
    .synopsis = "--dataset name folder | --project dir [options]",
    .summary = "make a corpus table from files on disk or from a project",
    .options = corpus_options,
    .settings_size = sizeof(struct corpus_settings),
    .defaults = &corpus_defaults,
    .run = cmd_corpus,
};
