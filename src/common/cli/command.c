/* command - see command.h. */
#include <config.h>

#include "common/cli/command.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <langinfo.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/cli/complete.h"
#include "common/cli/output.h"

enum { NAME_COLUMN = 14 };

/* Cells and code points need UTF-8; numbers must not follow the locale. */
static void set_locale(void)
{
    if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

static const struct command *find(const struct command *const *commands,
                                  const char *name)
{
    for (; *commands; commands++) {
        if (text_equal((*commands)->name, name))
            return *commands;
    }
    return NULL;
}

static void list_commands(const struct command *const *commands,
                          struct buf *out)
{
    const char *group = NULL;

    for (; *commands; commands++) {
        const struct command *command = *commands;

        if (command->group && !text_equal(group, command->group)) {
            buf_addf(out, "\n%s:\n", command->group);
            group = command->group;
        }
        buf_addf(out, "  %-*s%s\n", NAME_COLUMN, command->name,
                 command->summary);
    }
}

static void program_help(const struct program *program, struct buf *out)
{
    buf_addf(out, "Usage: %s COMMAND [options] [arguments]\n%s\n",
             program->name, program->summary);
    list_commands(program->commands, out);
    buf_addf(out,
             "\n%s COMMAND --help tells more; so does man %s-COMMAND.\n"
             "--version prints the version.\n",
             program->name, program->name);
}

static bool has_letter(const struct option_spec *specs, char letter)
{
    for (; specs && specs->name; specs++) {
        if (specs->letter == letter)
            return true;
    }
    return false;
}

static void command_help(const char *parent, const struct command *command,
                         struct buf *out)
{
    buf_addf(out, "Usage: %s %s%s%s\n%s\n", parent, command->name,
             command->synopsis && *command->synopsis ? " " : "",
             command->synopsis ? command->synopsis : "", command->summary);
    if (command->nested)
        list_commands(command->nested, out);
    buf_add_text(out, "\nOptions:\n");
    option_help(command->options, out);
    buf_addf(out, "%s--help%*s%s\n",
             has_letter(command->options, 'h') ? "      " : "  -h, ", 14, "",
             "print this and stop");
    if (command->notes)
        buf_addf(out, "\n%s\n", command->notes);
}

/* --help anywhere before "--"; -h too, where it is no option's letter. */
static bool wants_help(const struct command *command, int argc, char **argv)
{
    bool letter = !has_letter(command->options, 'h');

    for (int i = 1; i < argc && !text_equal(argv[i], "--"); i++) {
        if (text_equal(argv[i], "--help") ||
            (letter && text_equal(argv[i], "-h")))
            return true;
    }
    return false;
}

static int print(struct buf *text, struct error *err)
{
    bool good = output_write(text, err);

    buf_release(text);
    return good ? 0 : error_exit_status(err->code);
}

static int unknown_command(const char *parent,
                           const struct command *const *commands,
                           const char *name, struct error *err)
{
    const char *names[64] = { 0 };
    const char *near;

    for (size_t i = 0; commands[i] && i < 63; i++)
        names[i] = commands[i]->name;
    near = text_nearest(name, names);
    error_set(err, ERROR_USAGE, "there is no command \"%s\"", name);
    if (near)
        error_append(err, "; did you mean \"%s\"?", near);
    else
        error_append(err, "; %s --help lists them", parent);
    return 2;
}

/* "add: text" becomes "annotator add: text". */
static void put_name_before(const char *name, struct error *err)
{
    struct error old = *err;

    error_set(err, old.code, "%s%s%.480s", name,
              text_starts(old.text, "there is no command") ? ": " : " ",
              old.text);
}

/* Warnings of the run are under the name "program command"; see log.h. */
static int run_named(const char *parent, const struct command *command,
                     void *settings, int argc, char **argv, struct error *err)
{
    char *outer = program_invocation_short_name;
    char *name = xasprintf("%s %s", parent, command->name);
    int status;

    program_invocation_short_name = name;
    status = command->run(settings, argc, argv, err);
    program_invocation_short_name = outer;
    free(name);
    return status;
}

/* "annotator" alone, or options before the word: which one is meant? */
static int wants_nested(const struct command *command, struct error *err)
{
    error_set(err, ERROR_USAGE, "say first what shall be done:");
    for (size_t i = 0; command->nested[i]; i++)
        error_append(err, "%s %s", i ? "," : "", command->nested[i]->name);
    return 2;
}

static int run_command(const char *parent, const struct command *command,
                       int argc, char **argv, struct error *err)
{
    struct buf help = { 0 };
    void *settings;
    int first;
    int status = 2;

    if (wants_help(command,
                   command->nested && argc > 1 && argv[1][0] != '-' ? 1 : argc,
                   argv)) {
        command_help(parent, command, &help);
        status = print(&help, err);
        goto done;
    }
    if (argc == 2 && text_equal(argv[1], "--mdoc-options")) {
        option_mdoc(command->options, &help);
        status = print(&help, err);
        goto done;
    }
    if (command->nested && argc > 1 && argv[1][0] != '-') {
        char *deeper = xasprintf("%s %s", parent, command->name);

        status = command_run_nested(deeper, command->nested, argc - 1, argv + 1,
                                    err);
        if (err->code != ERROR_NONE)
            put_name_before(command->name, err);
        free(deeper);
        return status;
    }
    if (command->nested) {
        status = wants_nested(command, err);
        goto done;
    }
    settings = xcalloc(1, command->settings_size);
    if (command->defaults)
        memcpy(settings, command->defaults, command->settings_size);
    if (option_parse(command->options, settings, argc, argv, &first, err))
        status = run_named(parent, command, settings, argc - first,
                           argv + first, err);
    option_release(command->options, settings);
    free(settings);
done:
    if (err->code != ERROR_NONE)
        error_prefix(err, "%s", command->name);
    return status;
}

int command_run_nested(const char *parent,
                       const struct command *const *commands, int argc,
                       char **argv, struct error *err)
{
    const struct command *command = find(commands, argv[0]);

    if (!command)
        return unknown_command(parent, commands, argv[0], err);
    return run_command(parent, command, argc, argv, err);
}

static int dispatch(const struct program *program, int argc, char **argv,
                    struct error *err)
{
    struct buf text = { 0 };

    if (argc < 2 && program->fallback)
        return run_command(program->name,
                           find(program->commands, program->fallback), 1, argv,
                           err);
    if (argc < 2 || text_equal(argv[1], "--help") ||
        text_equal(argv[1], "-h") || text_equal(argv[1], "help")) {
        program_help(program, &text);
        if (argc >= 2)
            return print(&text, err);
        fputs(buf_text(&text), stderr);
        buf_release(&text);
        return 2;
    }
    if (text_equal(argv[1], "--version")) {
        buf_addf(&text, "%s %s\n", program->name, PACKAGE_VERSION);
        return print(&text, err);
    }
    if (text_equal(argv[1], "--complete")) {
        complete_words(program, argc - 2, argv + 2, &text);
        return print(&text, err);
    }
    if (argv[1][0] == '-') {
        error_set(err, ERROR_USAGE,
                  "options stand after the command: %s COMMAND %s",
                  program->name, argv[1]);
        return 2;
    }
    return command_run_nested(program->name, program->commands, argc - 1,
                              argv + 1, err);
}

int command_main(const struct program *program, int argc, char **argv)
{
    struct error err = { 0 };
    /* A command puts its own name before what it says. */
    bool named = argc < 2 ? program->fallback != NULL
                          : find(program->commands, argv[1]) != NULL;
    int status;

    interrupt_end_at_once();
    set_locale();
    status = dispatch(program, argc, argv, &err);
    if (err.code == ERROR_NONE)
        return status;
    fflush(stdout);
    fprintf(stderr, "%s%s%s\n", program->name, named ? " " : ": ", err.text);
    return error_exit_status(err.code);
}
