/* cmd_dataset - check, show and list dataset descriptors. */
#include <config.h>

#include <stdlib.h>

#include "annotate/commands.h"
#include "annotate/dataset_check.h"
#include "annotate/fault_report.h"
#include "annotate/protocol_show.h"
#include "common/base/interrupt.h"
#include "common/base/log.h"
#include "common/base/mem.h"
#include "common/study/corpus.h"

struct dataset_settings {
    int format;
    bool decode;
    int64_t jobs;
};

static const char *const show_formats[] = { "text", "json", NULL };

static const struct option_spec check_options[] = {
    { .name = "decode",
      .type = OPTION_FLAG,
      .offset = offsetof(struct dataset_settings, decode),
      .help = "read every medium to its end, not only its header" },
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct dataset_settings, format),
      .choices = output_format_names,
      .help = "text (the default), csv or json" },
    { .name = "jobs",
      .letter = 'j',
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct dataset_settings, jobs),
      .min = 1,
      .max = 1024,
      .help = "open so many media at once; the default is one for each "
              "processor" },
    OPTION_END
};

static const struct option_spec list_options[] = {
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct dataset_settings, format),
      .choices = output_format_names,
      .help = "text (the default), csv or json" },
    OPTION_END
};

static const struct option_spec show_options[] = {
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct dataset_settings, format),
      .choices = show_formats,
      .help = "text (the default), or json: the file itself, to copy from" },
    OPTION_END
};

/* The descriptor alone: its faults.  NULL when it cannot be used. */
static struct corpus *read_descriptor(const char *name,
                                      struct fault_list *faults,
                                      struct error *err)
{
    struct corpus *corpus = NULL;
    size_t length = 0;
    char *text = corpus_load_text(name, &length, err);

    if (text)
        corpus_read(text, length, name, faults, &corpus, err);
    free(text);
    return corpus;
}

static int check_descriptor(const struct dataset_settings *settings,
                            const char *name, const struct fault_list *faults,
                            struct error *err)
{
    struct fault_report report;
    int status;

    fault_report_begin(&report, (enum output_format)settings->format);
    fault_report_add(&report, name, faults);
    status = report.faults > 0 ? 1 : 0;
    return fault_report_end(&report, err) ? status : 3;
}

static int check_folder(const struct dataset_settings *settings,
                        const struct corpus *corpus, const char *folder,
                        struct error *err)
{
    struct dataset_check check = { .decode = settings->decode,
                                   .jobs = (int)settings->jobs };
    struct buf text = { 0 };
    bool good;

    interrupt_install();
    good = dataset_check_run(&check, corpus, folder, err);
    if (good) {
        table_print(check.table, (enum output_format)settings->format, &text);
        good = output_write(&text, err);
    }
    for (size_t i = 0; good && i < check.notes.count; i++)
        log_warning("%s: %s", check.notes.item[i].path,
                    check.notes.item[i].text);
    if (good && check.differing > 0)
        log_warning("%s: %zu of %zu counts differ from those of the whole "
                    "corpus",
                    folder, check.differing, corpus->count_count);
    if (good && check.damaged > 0)
        log_warning("%s: %zu media are damaged", folder, check.damaged);
    buf_release(&text);
    dataset_check_release(&check);
    if (!good)
        return error_exit_status(err->code);
    return check.damaged > 0 ? 1 : 0;
}

static int check_dataset(void *context, int argc, char **argv,
                         struct error *err)
{
    const struct dataset_settings *settings = context;
    struct fault_list faults = { 0 };
    struct corpus *corpus;
    int status = 3;

    if (argc != 1 && argc != 2) {
        error_set(err, ERROR_USAGE,
                  "name a dataset or a file, and the folder that it lies in");
        return 2;
    }
    corpus = read_descriptor(argv[0], &faults, err);
    if (!corpus && err->code != ERROR_NONE)
        status = error_exit_status(err->code);
    else if (argc == 1 || !corpus)
        status = check_descriptor(settings, argv[0], &faults, err);
    else
        status = check_folder(settings, corpus, argv[1], err);
    corpus_free(corpus);
    fault_release(&faults);
    return status;
}

static void show_counts(const struct corpus *corpus, struct buf *out)
{
    struct buf text = { 0 };
    const char *column = NULL;

    for (size_t i = 0; i < corpus->count_count; i++) {
        const struct corpus_count *count = &corpus->count[i];

        if (!count->column[0]) {
            buf_addf(&text, "%zu", count->expected);
            protocol_show_fact("items", buf_text(&text), out);
            buf_clear(&text);
            continue;
        }
        if (column && !text_equal(column, count->column)) {
            protocol_show_fact(column, buf_text(&text), out);
            buf_clear(&text);
        }
        column = count->column;
        buf_addf(&text, "%s%s %zu", text.length ? ", " : "", count->value,
                 count->expected);
    }
    if (column)
        protocol_show_fact(column, buf_text(&text), out);
    buf_release(&text);
}

static void show_text(const struct corpus *corpus, struct buf *out)
{
    const char *language = protocol_show_language(NULL);

    buf_addf(out, "%s\n", corpus->name);
    protocol_show_fact("title", localized_pick(&corpus->title, language), out);
    protocol_show_fact("description",
                       localized_pick(&corpus->description, language), out);
    protocol_show_fact("home", corpus->home, out);
    protocol_show_fact("licence", corpus->licence, out);
    protocol_show_fact("citation", corpus->citation, out);
    protocol_show_fact("elicitation",
                       corpus_elicitation_names[corpus->elicitation], out);
    protocol_show_fact("consent", corpus->consent, out);
    protocol_show_fact("legal basis", corpus->legal_basis, out);
    protocol_show_fact("purpose", corpus->purpose, out);
    protocol_show_fact("retain until", corpus->retain_until, out);
    show_counts(corpus, out);
}

static int show_dataset(void *context, int argc, char **argv, struct error *err)
{
    const struct dataset_settings *settings = context;
    struct corpus *corpus;
    struct buf text = { 0 };
    bool good;

    if (argc != 1) {
        error_set(err, ERROR_USAGE, "name one dataset or one file");
        return 2;
    }
    corpus = corpus_load(argv[0], err);
    if (!corpus)
        return error_exit_status(err->code);
    if (settings->format == 1) {
        size_t length = 0;
        char *source = corpus_load_text(argv[0], &length, err);

        good = source != NULL;
        if (source)
            buf_add(&text, source, length);
        free(source);
    } else {
        show_text(corpus, &text);
        good = true;
    }
    good = good && output_write(&text, err);
    buf_release(&text);
    corpus_free(corpus);
    return good ? 0 : error_exit_status(err->code);
}

static void put_total(const struct corpus *corpus, struct table *table)
{
    for (size_t i = 0; i < corpus->count_count; i++) {
        if (!corpus->count[i].column[0]) {
            table_put_int(table, (int64_t)corpus->count[i].expected);
            return;
        }
    }
    table_put_missing(table, NULL);
}

static bool list_one(const char *name, struct table *table, struct error *err)
{
    struct corpus *corpus = corpus_load(name, err);

    if (!corpus)
        return false;
    table_begin_row(table);
    table_put_text(table, corpus->name);
    put_total(corpus, table);
    table_put_text(table, corpus_elicitation_names[corpus->elicitation]);
    table_put_text(table, corpus->licence);
    table_put_text(
        table, localized_pick(&corpus->title, protocol_show_language(NULL)));
    corpus_free(corpus);
    return true;
}

static int list_datasets(void *context, int argc, char **argv,
                         struct error *err)
{
    const struct dataset_settings *settings = context;
    struct table *table = table_new();
    struct buf text = { 0 };
    bool good = argc == 0;

    (void)argv;
    if (!good)
        error_set(err, ERROR_USAGE, "list takes no argument");
    table_column(table, "name", "name", TABLE_TEXT, 0);
    table_column(table, "items", "items", TABLE_INT, 0);
    table_column(table, "elicitation", "elicitation", TABLE_TEXT, 0);
    table_column(table, "licence", "licence", TABLE_TEXT, 0);
    table_column(table, "title", "title", TABLE_TEXT, 0);
    for (const struct embedded_file *file = corpus_embedded; good && file->name;
         file++)
        good = list_one(file->name, table, err);
    if (good) {
        table_print(table, (enum output_format)settings->format, &text);
        good = output_write(&text, err);
    }
    buf_release(&text);
    table_free(table);
    return good ? 0 : error_exit_status(err->code);
}

static const struct command check_entry = {
    .name = "check",
    .synopsis = "[options] name|file [folder]",
    .summary = "check a descriptor, or a corpus on disk against it",
    .options = check_options,
    .settings_size = sizeof(struct dataset_settings),
    .run = check_dataset,
};

static const struct command show_entry = {
    .name = "show",
    .synopsis = "[options] name|file",
    .summary = "print what a dataset is: licence, citation, counts",
    .options = show_options,
    .settings_size = sizeof(struct dataset_settings),
    .run = show_dataset,
};

static const struct command list_entry = {
    .name = "list",
    .synopsis = "[options]",
    .summary = "list the shipped dataset descriptors",
    .options = list_options,
    .settings_size = sizeof(struct dataset_settings),
    .run = list_datasets,
};

static const struct command *const dataset_commands[] = {
    &check_entry,
    &show_entry,
    &list_entry,
    NULL,
};

const struct command cmd_dataset_entry = {
    .name = "dataset",
    .group = "Descriptions",
    .synopsis = "check|show|list ...",
    .summary = "check, show and list dataset descriptors",
    .nested = dataset_commands,
};
