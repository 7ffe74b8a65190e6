/* cmd_protocol - check, show and list protocols. */
#include <config.h>

#include <stdlib.h>

#include "annotate/app/keymap.h"
#include "annotate/commands.h"
#include "annotate/fault_report.h"
#include "annotate/protocol_show.h"
#include "annotate/workspace.h"
#include "common/base/log.h"
#include "common/base/vec.h"
#include "common/study/protocol_check.h"

struct protocol_settings {
    const char *project;
    int format;
    const char *language;
};

static const char *const show_formats[] = { "text", "json", NULL };

static const struct option_spec check_options[] = {
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct protocol_settings, format),
      .choices = output_format_names,
      .help = "text (the default), csv or json" },
    OPTION_END
};

static const struct option_spec show_options[] = {
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct protocol_settings, format),
      .choices = show_formats,
      .help = "text (the default), or json: the file itself, to copy from" },
    { .name = "language",
      .letter = 'l',
      .type = OPTION_TEXT,
      .arg = "code",
      .offset = offsetof(struct protocol_settings, language),
      .help = "show the texts in this language, such as de; the default is "
              "that of the locale" },
    OPTION_END
};

static const struct option_spec adopt_options[] = {
    WORKSPACE_PROJECT_OPTION(struct protocol_settings), OPTION_END
};

/* The shipped keys of the workbench, with what they do. */
struct reserved_keys {
    struct protocol_reserved *item; /* owned */
    size_t count;
    size_t capacity;
    struct text_list names; /* of the keys */
};

static void reserved_init(struct reserved_keys *keys)
{
    struct keymap map = { 0 };

    *keys = (struct reserved_keys){ 0 };
    keymap_defaults(&map);
    keymap_reserved(&map, &keys->names);
    for (size_t i = 0; i < keys->names.count; i++) {
        struct protocol_reserved row = { .key = keys->names.item[i] };
        uint32_t key = KEY_NONE;

        key_parse(row.key, &key);
        row.command = action_name(keymap_action(&map, key));
        VEC_PUSH(keys, row);
    }
    VEC_PUSH(keys, (struct protocol_reserved){ 0 });
    keymap_release(&map);
}

static void reserved_release(struct reserved_keys *keys)
{
    free(keys->item);
    text_list_release(&keys->names);
}

static bool check_one(const char *subject, const struct reserved_keys *keys,
                      struct fault_report *report, struct error *err)
{
    struct fault_list faults = { 0 };
    size_t length = 0;
    char *text = protocol_load_text(subject, &length, err);
    bool good = text && protocol_examine(text, length, subject, keys->item,
                                         &faults, err);

    if (good)
        fault_report_add(report, subject, &faults);
    fault_release(&faults);
    free(text);
    return good;
}

static int check_protocols(void *context, int argc, char **argv,
                           struct error *err)
{
    const struct protocol_settings *settings = context;
    struct reserved_keys keys;
    struct fault_report report;
    struct error unread = { 0 }, unwritten = { 0 };
    int status;

    if (argc < 1) {
        error_set(err, ERROR_USAGE, "name a protocol or a file");
        return 2;
    }
    reserved_init(&keys);
    fault_report_begin(&report, (enum output_format)settings->format);
    /* One that cannot be read does not hide the faults of the others. */
    for (int i = 0; i < argc; i++) {
        if (check_one(argv[i], &keys, &report, &unread))
            continue;
        if (err->code != ERROR_NONE)
            log_notice("%s", err->text);
        *err = unread;
    }
    status = report.faults > 0 ? 1 : 0;
    if (!fault_report_end(&report, &unwritten) && err->code == ERROR_NONE)
        *err = unwritten;
    reserved_release(&keys);
    return err->code == ERROR_NONE ? status : error_exit_status(err->code);
}

static int show_protocol(void *context, int argc, char **argv,
                         struct error *err)
{
    const struct protocol_settings *settings = context;
    struct protocol *protocol;
    struct buf text = { 0 };
    bool good;

    if (argc != 1) {
        error_set(err, ERROR_USAGE, "name one protocol or one file");
        return 2;
    }
    protocol = protocol_load(argv[0], err);
    if (!protocol)
        return error_exit_status(err->code);
    if (settings->format == 1)
        buf_add(&text, protocol->source, protocol->source_length);
    else
        protocol_show(protocol, settings->language, &text);
    good = output_write(&text, err);
    buf_release(&text);
    protocol_free(protocol);
    return good ? 0 : error_exit_status(err->code);
}

static bool list_one(const char *name, struct table *table, struct error *err)
{
    struct protocol *protocol = protocol_load(name, err);
    struct buf ids = { 0 };

    if (!protocol)
        return false;
    for (size_t i = 0; i < protocol->question_count; i++)
        buf_addf(&ids, "%s%s", i > 0 ? " " : "", protocol->question[i].id);
    table_begin_row(table);
    table_put_text(table, protocol->name);
    table_put_text(table, protocol->version);
    table_put_text(table, protocol_unit_names[protocol->unit]);
    table_put_text(table, buf_text(&ids));
    table_put_text(
        table, localized_pick(&protocol->title, protocol_show_language(NULL)));
    buf_release(&ids);
    protocol_free(protocol);
    return true;
}

static int list_protocols(void *context, int argc, char **argv,
                          struct error *err)
{
    const struct protocol_settings *settings = context;
    struct table *table = table_new();
    struct buf text = { 0 };
    bool good = argc == 0;

    (void)argv;
    if (!good)
        error_set(err, ERROR_USAGE, "list takes no argument");
    table_column(table, "name", "name", TABLE_TEXT, 0);
    table_column(table, "version", "version", TABLE_TEXT, 0);
    table_column(table, "unit", "unit", TABLE_TEXT, 0);
    table_column(table, "questions", "questions", TABLE_TEXT, 0);
    table_column(table, "title", "title", TABLE_TEXT, 0);
    for (const struct embedded_file *file = protocol_embedded;
         good && file->name; file++)
        good = list_one(file->name, table, err);
    if (good) {
        table_print(table, (enum output_format)settings->format, &text);
        good = output_write(&text, err);
    }
    buf_release(&text);
    table_free(table);
    return good ? 0 : error_exit_status(err->code);
}

static void say_adopted(const struct protocol *protocol, bool compatible,
                        struct error *err)
{
    struct buf text = { 0 };

    buf_addf(&text, "protocol %s %s governs what is handed out from now on\n",
             protocol->name, protocol->version);
    if (compatible)
        buf_add_text(&text, "a minor version: bundles that are out go on as "
                            "they are, and their work counts\n");
    else
        buf_add_text(&text, "a major version: earlier work stays on record and "
                            "counts no more;\n`mien-annotate assign' hands "
                            "all items out again, as next bundles\n");
    output_write(&text, err);
    buf_release(&text);
}

static int adopt_protocol(void *context, int argc, char **argv,
                          struct error *err)
{
    const struct protocol_settings *settings = context;
    struct protocol *protocol = NULL;
    struct project *project = NULL;
    bool compatible = false;

    if (argc != 1)
        error_set(err, ERROR_USAGE, "name one protocol or one file");
    else
        protocol = protocol_load(argv[0], err);
    if (protocol)
        project = workspace_open(settings->project, true, err);
    if (project && project_adopt_protocol(project, protocol->source, argv[0],
                                          &compatible, err))
        say_adopted(protocol, compatible, err);
    project_close(project);
    protocol_free(protocol);
    return error_exit_status(err->code);
}

static const struct command check_entry = {
    .name = "check",
    .synopsis = "[options] name|file ...",
    .summary = "name every fault of a protocol, where it is and how to mend "
               "it",
    .options = check_options,
    .settings_size = sizeof(struct protocol_settings),
    .run = check_protocols,
};

static const struct command show_entry = {
    .name = "show",
    .synopsis = "[options] name|file",
    .summary = "print a protocol as annotators meet it",
    .options = show_options,
    .settings_size = sizeof(struct protocol_settings),
    .run = show_protocol,
};

static const struct command list_entry = {
    .name = "list",
    .synopsis = "[options]",
    .summary = "list the shipped protocols",
    .options = check_options,
    .settings_size = sizeof(struct protocol_settings),
    .run = list_protocols,
};

static const struct command adopt_entry = {
    .name = "adopt",
    .synopsis = "[options] name|file",
    .summary = "put a new version of the protocol into a project",
    .options = adopt_options,
    .settings_size = sizeof(struct protocol_settings),
    .run = adopt_protocol,
};

static const struct command *const protocol_commands[] = {
    &check_entry, &show_entry, &list_entry, &adopt_entry, NULL,
};

const struct command cmd_protocol_entry = {
    .name = "protocol",
    .group = "Descriptions",
    .synopsis = "check|show|list|adopt ...",
    .summary = "check, show, list and adopt protocols",
    .nested = protocol_commands,
};
