/*
 * feature_arff - feature tables as Weka's ARFF, the way openSMILE writes it.
 *
 * The first text attribute is the instance's name; numeric attributes are
 * features; nominal, date and further text attributes are none.  Sparse rows
 * and relations within rows are refused.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/text.h"
#include "common/base/utf8.h"
#include "eval/feat/feature_read_internal.h"

enum kind { KIND_NUMBER, KIND_TEXT, KIND_OTHER };

struct arff {
    const char *path;
    FILE *file;
    char *line; /* owned */
    size_t room;
    size_t number;   /* of the line, from 1 */
    enum kind *kind; /* owned, one an attribute */
    size_t attributes;
    size_t id; /* the attribute that names the item */
};

static bool fail(const struct arff *arff, struct error *err, const char *what)
{
    return error_set(err, ERROR_INPUT, "%s:%zu: %s", arff->path, arff->number,
                     what);
}

/*
 * The next line that says something, without blanks around it; or NULL, at
 * the end or, with *good false, where there is no text.
 */
static char *next_line(struct arff *arff, bool *good, struct error *err)
{
    ssize_t length;
    size_t bad;

    while ((length = getline(&arff->line, &arff->room, arff->file)) > 0) {
        char *text = arff->line;

        arff->number++;
        *good = utf8_valid(text, (size_t)length, &bad) &&
                !memchr(text, '\0', (size_t)length);
        if (!*good) {
            fail(arff, err, "not UTF-8; save the table as UTF-8 and try again");
            return NULL;
        }
        while (length > 0 && strchr(" \t\r\n", text[length - 1]))
            text[--length] = '\0';
        text += strspn(text, " \t");
        if (*text && *text != '%')
            return text;
    }
    return NULL;
}

/*
 * Takes one word off *text: quoted by ' or ", or up to one of `ends`.  False
 * when a quote is not closed.
 */
static bool take_word(char **text, const char *ends, struct buf *word)
{
    char *at = *text + strspn(*text, " \t");

    buf_clear(word);
    if (*at == '\'' || *at == '"') {
        char quote = *at++;

        for (; *at != quote; at++) {
            if (*at == '\\' && at[1])
                at++;
            if (*at == '\0')
                return false;
            buf_add_char(word, *at);
        }
        at++;
    } else {
        size_t length = strcspn(at, ends);

        *text = at + length;
        while (length > 0 && strchr(" \t", at[length - 1]))
            length--;
        buf_add(word, at, length);
        return true;
    }
    *text = at + strspn(at, " \t");
    return true;
}

static enum kind kind_of(const char *type)
{
    if (strncasecmp(type, "numeric", 7) == 0 ||
        strncasecmp(type, "real", 4) == 0 ||
        strncasecmp(type, "integer", 7) == 0)
        return KIND_NUMBER;
    return strncasecmp(type, "string", 6) == 0 ? KIND_TEXT : KIND_OTHER;
}

static bool read_attribute(struct arff *arff, struct feature_table *table,
                           char *text, struct error *err)
{
    struct buf name = { 0 };
    enum kind kind;

    if (!take_word(&text, " \t", &name)) {
        buf_release(&name);
        return fail(arff, err, "a quote is never closed");
    }
    kind = kind_of(text + strspn(text, " \t"));
    arff->kind =
        xreallocarray(arff->kind, arff->attributes + 1, sizeof(*arff->kind));
    if (kind == KIND_TEXT && arff->id == (size_t)-1)
        arff->id = arff->attributes;
    arff->kind[arff->attributes++] = kind;
    if (kind == KIND_NUMBER) /* blanks before it would not come back */
        feature_table_add_column(table, buf_text(&name) +
                                            strspn(buf_text(&name), " "));
    buf_release(&name);
    return true;
}

/* Up to and with @data. */
static bool read_head(struct arff *arff, struct feature_table *table,
                      struct error *err)
{
    bool good = true;
    char *text;

    arff->id = (size_t)-1;
    while ((text = next_line(arff, &good, err))) {
        if (strncasecmp(text, "@data", 5) == 0) {
            if (arff->id == (size_t)-1)
                return fail(arff, err,
                            "no text attribute names the items; expected "
                            "\"@attribute name string\"");
            return feature_read_limits(table, arff->path, err);
        }
        if (strncasecmp(text, "@attribute", 10) == 0) {
            if (!read_attribute(arff, table, text + 10, err))
                return false;
        } else if (strncasecmp(text, "@relation", 9) != 0) {
            return fail(arff, err, "expected @attribute or @data");
        }
    }
    return good && fail(arff, err, "there is no @data");
}

/* One value of a row into its place. */
static bool read_value(const struct arff *arff, size_t attribute,
                       const char *text, double **value, struct error *err)
{
    if (arff->kind[attribute] != KIND_NUMBER)
        return true;
    if (!feature_read_number(text, (*value)++))
        return error_set(err, ERROR_INPUT,
                         "%s:%zu: value %zu is \"%s\", expected a number or ?",
                         arff->path, arff->number, attribute + 1, text);
    return true;
}

/* The name that stands in the row, as an id. */
static char *row_id(const struct arff *arff, char *text, struct buf *word)
{
    for (size_t i = 0; i <= arff->id; i++) {
        if (!take_word(&text, ",", word))
            return NULL;
        if (i < arff->id && *text++ != ',')
            return NULL;
    }
    return feature_read_id(buf_text(word));
}

static bool read_row(struct arff *arff, struct feature_table *table, char *text,
                     struct buf *word, struct error *err)
{
    char *id;
    double *value;

    if (*text == '{')
        return fail(arff, err, "sparse rows are not read");
    id = row_id(arff, text, word);
    if (!id || !*id) {
        free(id);
        return fail(arff, err, "the row has no name in it");
    }
    value = feature_table_add_row(table, id);
    free(id);
    for (size_t i = 0; i < arff->attributes; i++) {
        if (!take_word(&text, ",", word))
            return fail(arff, err, "a quote is never closed");
        if (!read_value(arff, i, buf_text(word), &value, err))
            return false;
        if (i + 1 < arff->attributes && *text++ != ',')
            return fail(arff, err, "the row has too few values");
    }
    if (*text)
        return fail(arff, err, "the row has too many values");
    return feature_read_limits(table, arff->path, err);
}

bool feature_read_arff(struct feature_table *table, const char *path,
                       struct error *err)
{
    struct arff arff = { .path = path };
    struct buf word = { 0 };
    bool good;
    char *text;

    arff.file = fopen(path, "r");
    if (!arff.file)
        return error_set_errno(err, ERROR_IO, "%s: cannot be read", path);
    good = read_head(&arff, table, err);
    while (good && (text = next_line(&arff, &good, err)))
        good = read_row(&arff, table, text, &word, err);
    if (good && ferror(arff.file))
        good = error_set_errno(err, ERROR_IO, "%s: cannot be read", path);
    buf_release(&word);
    fclose(arff.file);
    free(arff.line);
    free(arff.kind);
    return good;
}
