/* option - parsing; see option.h. */
#include <config.h>

#include "common/cli/option.h"

#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/cli/option_internal.h"

static size_t count_specs(const struct option_spec *specs)
{
    size_t count = 0;

    while (specs && specs[count].name)
        count++;
    return count;
}

/* "--repeats", or "-r" when that is how it was given. */
static void spelled(const struct option_spec *spec, bool by_letter,
                    char out[64])
{
    if (by_letter)
        snprintf(out, 64, "-%c", spec->letter);
    else
        snprintf(out, 64, "--%s", spec->name);
}

static bool set_int(const struct option_spec *spec, const char *name,
                    const char *text, int64_t *value, struct error *err)
{
    if (!number_parse_int(text, value))
        return error_set(err, ERROR_USAGE, "%s: \"%s\" is not a whole number",
                         name, text);
    if ((double)*value < spec->min || (double)*value > spec->max)
        return error_set(err, ERROR_USAGE, "%s: %s is outside %.0f..%.0f", name,
                         text, spec->min, spec->max);
    return true;
}

static bool set_number(const struct option_spec *spec, const char *name,
                       const char *text, double *value, struct error *err)
{
    char low[NUMBER_TEXT_SIZE], high[NUMBER_TEXT_SIZE];

    if (!number_parse(text, value))
        return error_set(err, ERROR_USAGE, "%s: \"%s\" is not a number", name,
                         text);
    if (spec->min != spec->max && (*value < spec->min || *value > spec->max))
        return error_set(err, ERROR_USAGE, "%s: %s is outside %s..%s", name,
                         text, number_format(spec->min, low),
                         number_format(spec->max, high));
    return true;
}

static bool set_choice(const struct option_spec *spec, const char *name,
                       const char *text, int *value, struct error *err)
{
    const char *near;

    for (int i = 0; spec->choices[i]; i++) {
        if (text_equal(spec->choices[i], text)) {
            *value = i;
            return true;
        }
    }
    error_set(err, ERROR_USAGE, "%s: \"%s\" is none of", name, text);
    for (int i = 0; spec->choices[i]; i++)
        error_append(err, "%s %s", i ? "," : "", spec->choices[i]);
    near = text_nearest(text, spec->choices);
    if (near)
        error_append(err, "; did you mean %s?", near);
    return false;
}

static bool set(const struct option_spec *spec, void *settings,
                const char *name, const char *text, struct error *err)
{
    void *field = (char *)settings + spec->offset;

    switch (spec->type) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_INT:
        return set_int(spec, name, text, field, err);
    case OPTION_SEED:
        if (number_parse_uint(text, field))
            return true;
        return error_set(err, ERROR_USAGE,
                         "%s: \"%s\" is not a whole number from 0", name, text);
    case OPTION_NUMBER:
        return set_number(spec, name, text, field, err);
    case OPTION_TEXT:
        *(const char **)field = text;
        return true;
    case OPTION_CHOICE:
        return set_choice(spec, name, text, field, err);
    case OPTION_LIST:
        text_list_split(field, text, ',');
        return true;
    case OPTION_MANY:
        text_list_add(field, text);
        return true;
    }
    assert(!"an option type");
    return false;
}

/* What getopt_long() wants to know; `letters` begins with ':'. */
static struct option *getopt_table(const struct option_spec *specs,
                                   struct buf *letters)
{
    size_t count = count_specs(specs);
    struct option *table = xcalloc(count + 1, sizeof(*table));

    buf_add_char(letters, ':');
    for (size_t i = 0; i < count; i++) {
        table[i].name = specs[i].name;
        table[i].has_arg = specs[i].arg ? required_argument : no_argument;
        table[i].val = 256 + (int)i;
        if (specs[i].letter)
            buf_addf(letters, "%c%s", specs[i].letter, specs[i].arg ? ":" : "");
    }
    return table;
}

static bool unknown(const struct option_spec *specs, const char *word,
                    struct error *err)
{
    size_t count = count_specs(specs);
    const char **names = xcalloc(count + 1, sizeof(*names));
    char name[64];
    const char *near;

    for (size_t i = 0; i < count; i++)
        names[i] = specs[i].name;
    snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="), word);
    near = text_starts(name, "--") ? text_nearest(name + 2, names) : NULL;
    error_set(err, ERROR_USAGE, "there is no option %s", name);
    if (near)
        error_append(err, "; did you mean --%s?", near);
    else
        error_append(err, "; --help lists them");
    free(names);
    return false;
}

/* getopt_long() said no: which word was it, and why? */
static bool refused(const struct option_spec *specs, char **argv, bool lacks,
                    struct error *err)
{
    const struct option_spec *spec = specs;
    const char *word = argv[optind - 1];
    char letter[3] = { '-', (char)optopt, '\0' };

    if (optopt >= 256) {
        spec = &specs[optopt - 256];
        return error_set(err, ERROR_USAGE,
                         lacks ? "--%s wants %s" : "--%s takes no value",
                         spec->name, spec->arg ? spec->arg : "");
    }
    if (lacks)
        return error_set(err, ERROR_USAGE, "%s wants a value", letter);
    if (optopt > 0)
        return unknown(specs, letter, err);
    for (size_t i = 0; i < count_specs(specs); i++) {
        if (text_starts(word, "--") && word[2] &&
            strncmp(specs[i].name, word + 2, strcspn(word + 2, "=")) == 0)
            return error_set(err, ERROR_USAGE,
                             "%s can mean several options; "
                             "write more of it",
                             word);
    }
    return unknown(specs, word, err);
}

bool option_parse(const struct option_spec *specs, void *settings, int argc,
                  char **argv, int *first, struct error *err)
{
    struct buf letters = { 0 };
    struct option *table = getopt_table(specs, &letters);
    bool *given = xcalloc(count_specs(specs) + 1, sizeof(*given));
    bool good = true;
    int got;

    optind = 0; /* start anew: commands have commands */
    opterr = 0;
    while (good &&
           (got = getopt_long(argc, argv, letters.data, table, NULL)) != -1) {
        const struct option_spec *spec = specs;
        char name[64];

        if (got == '?' || got == ':') {
            good = refused(specs, argv, got == ':', err);
            break;
        }
        if (got >= 256)
            spec = &specs[got - 256];
        else
            while (spec->letter != got)
                spec++;
        spelled(spec, got < 256, name);
        given[spec - specs] = true;
        good = set(spec, settings, name, optarg, err);
    }
    *first = optind;
    good = good && option_check_beside(specs, settings, given, err);
    free(given);
    free(table);
    buf_release(&letters);
    return good;
}

void option_release(const struct option_spec *specs, void *settings)
{
    for (; specs && specs->name; specs++) {
        if (specs->type == OPTION_LIST || specs->type == OPTION_MANY)
            text_list_release(
                (struct text_list *)((char *)settings + specs->offset));
    }
}
