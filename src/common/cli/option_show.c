/* option_show - the option table as --help text and as mdoc. */
#include <config.h>

#include "common/cli/option.h"

#include <stdio.h>
#include <string.h>

#include "common/base/utf8.h"

enum { HELP_COLUMN = 26, HELP_WIDTH = 80 };

/* "-r, --repeats=n" */
static void heading(const struct option_spec *spec, struct buf *out)
{
    if (spec->letter)
        buf_addf(out, "  -%c, --%s", spec->letter, spec->name);
    else
        buf_addf(out, "      --%s", spec->name);
    if (spec->arg)
        buf_addf(out, "=%s", spec->arg);
}

/* Words of `text` between the columns; the cursor stands at `column`. */
static void wrap(const char *text, int column, struct buf *out)
{
    while (*text) {
        size_t length = strcspn(text, " ");
        char word[256];
        int width;

        snprintf(word, sizeof(word), "%.*s", (int)length, text);
        width = utf8_width(word);
        if (column > HELP_COLUMN && column + 1 + width >= HELP_WIDTH) {
            buf_addf(out, "\n%*s", HELP_COLUMN, "");
            column = HELP_COLUMN;
        } else if (column > HELP_COLUMN) {
            buf_add_char(out, ' ');
            column++;
        }
        buf_add_text(out, word);
        column += width;
        text += length;
        text += strspn(text, " ");
    }
    buf_add_char(out, '\n');
}

void option_help(const struct option_spec *specs, struct buf *out)
{
    for (; specs && specs->name; specs++) {
        size_t before = out->length;
        int used;

        if (specs->hidden)
            continue;
        heading(specs, out);
        used = utf8_width(out->data + before);
        if (used + 2 > HELP_COLUMN)
            buf_addf(out, "\n%*s", HELP_COLUMN, "");
        else
            buf_addf(out, "%*s", HELP_COLUMN - used, "");
        wrap(specs->help, HELP_COLUMN, out);
    }
}

/* Text as mdoc: backslashes, and full stops at the start of a line. */
static void roff_text(const char *text, struct buf *out)
{
    if (*text == '.' || *text == '\'')
        buf_add_text(out, "\\&");
    for (; *text; text++) {
        if (*text == '\\')
            buf_add_text(out, "\\e");
        else if (*text == '-')
            buf_add_text(out, "\\-");
        else
            buf_add_char(out, *text);
    }
}

/* "loso: ...", "svm (the default)", "csv or json": a value begins the help. */
static bool begins_with_value(const struct option_spec *spec)
{
    const char *text = spec->help;
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz");

    if (text[length] != ' ' || strncmp(text + length, " (the default", 13) == 0)
        return true;
    for (size_t i = 0; spec->choices && spec->choices[i]; i++) {
        if (strlen(spec->choices[i]) == length &&
            strncmp(spec->choices[i], text, length) == 0)
            return true;
    }
    return false;
}

/* With a capital letter, where it is no value, and a full stop. */
static void roff_sentence(const struct option_spec *spec, struct buf *out)
{
    const char *text = spec->help;

    if (!begins_with_value(spec) && *text >= 'a' && *text <= 'z') {
        buf_add_char(out, (char)(*text - 'a' + 'A'));
        text++;
    }
    roff_text(text, out);
    buf_add_text(out, ".\n");
}

void option_mdoc(const struct option_spec *specs, struct buf *out)
{
    buf_add_text(out, ".Bl -tag -width Ds\n");
    for (; specs && specs->name; specs++) {
        if (specs->hidden)
            continue;
        buf_add_text(out, ".It");
        if (specs->letter)
            buf_addf(out, " Fl %c ,", specs->letter);
        buf_addf(out, " Fl \\-%s", specs->name);
        if (specs->arg) {
            buf_add_text(out, " Ns = Ns Ar ");
            roff_text(specs->arg, out);
        }
        buf_add_char(out, '\n');
        roff_sentence(specs, out);
    }
    buf_add_text(out, ".El\n");
}
