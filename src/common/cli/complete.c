/* complete - see complete.h. */
#include <config.h>

#include "common/cli/complete.h"

#include <string.h>

static const struct command *find(const struct command *const *commands,
                                  const char *name)
{
    for (; *commands; commands++) {
        if (text_equal((*commands)->name, name))
            return *commands;
    }
    return NULL;
}

static void add_commands(const struct command *const *commands,
                         const char *start, struct buf *out)
{
    for (; *commands; commands++) {
        if (text_starts((*commands)->name, start))
            buf_addf(out, "%s\n", (*commands)->name);
    }
}

static void add_options(const struct option_spec *spec, const char *start,
                        struct buf *out)
{
    for (; spec && spec->name; spec++) {
        if (!spec->hidden && text_starts(spec->name, start))
            buf_addf(out, "--%s%s\n", spec->name, spec->arg ? "=" : "");
    }
    if (text_starts("help", start))
        buf_add_text(out, "--help\n");
}

static void add_choices(const struct option_spec *spec, const char *name,
                        const char *start, struct buf *out)
{
    size_t length = strcspn(name, "=");

    for (; spec && spec->name; spec++) {
        if (strlen(spec->name) != length ||
            strncmp(spec->name, name, length) != 0 || !spec->choices)
            continue;
        for (const char *const *choice = spec->choices; *choice; choice++) {
            if (text_starts(*choice, start))
                buf_addf(out, "%s\n", *choice);
        }
    }
}

void complete_words(const struct program *program, int argc, char **argv,
                    struct buf *out)
{
    const char *last = argc > 0 ? argv[argc - 1] : "";
    const char *before = argc > 1 ? argv[argc - 2] : "";
    const struct command *command;

    if (argc <= 1) {
        add_commands(program->commands, last, out);
        return;
    }
    command = find(program->commands, argv[0]);
    if (!command)
        return;
    if (command->nested && argc == 2 && last[0] != '-') {
        add_commands(command->nested, last, out);
        return;
    }
    if (command->nested && find(command->nested, argv[1]))
        command = find(command->nested, argv[1]);
    if (text_starts(last, "--") && strchr(last, '='))
        add_choices(command->options, last + 2, strchr(last, '=') + 1, out);
    else if (text_equal(before, "=") && argc > 3 &&
             text_starts(argv[argc - 3], "--")) /* bash splits at = */
        add_choices(command->options, argv[argc - 3] + 2, last, out);
    else if (text_equal(last, "=") && text_starts(before, "--"))
        add_choices(command->options, before + 2, "", out);
    else if (text_starts(before, "--"))
        add_choices(command->options, before + 2, last, out);
    else if (text_starts(last, "--"))
        add_options(command->options, last + 2, out);
    else if (text_equal(last, "-"))
        add_options(command->options, "", out);
}
