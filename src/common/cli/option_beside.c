/*
 * option_beside - which options have an effect only beside others, or none
 * beside them; see option.h.
 */
#include <config.h>

#include <assert.h>
#include <string.h>

#include "common/cli/option_internal.h"

/* The place of the option that the first `length` bytes name. */
static size_t place(const struct option_spec *specs, const char *name,
                    size_t length)
{
    size_t i = 0;

    while (specs[i].name && (strncmp(specs[i].name, name, length) != 0 ||
                             specs[i].name[length] != '\0'))
        i++;
    assert(specs[i].name); /* a condition names an option of its table */
    return i;
}

/* Is the value of the option among "a|b"? */
static bool is_among(const struct option_spec *spec, const void *settings,
                     const char *values, size_t length)
{
    const void *field = (const char *)settings + spec->offset;
    const char *value, *end = values + length;

    if (spec->type == OPTION_CHOICE) {
        int at = *(const int *)field;

        value = at >= 0 ? spec->choices[at] : NULL;
    } else {
        assert(spec->type == OPTION_TEXT);
        value = *(const char *const *)field;
    }
    for (const char *at = values; value && at < end;) {
        size_t part = strcspn(at, "|,+");

        if (strncmp(value, at, part) == 0 && value[part] == '\0')
            return true;
        at += part + 1;
    }
    return false;
}

/* Of one part of a condition, "name" or "name=a|b". */
static bool part_holds(const struct option_spec *specs, const void *settings,
                       const bool *given, const char *part, size_t length)
{
    size_t name = strcspn(part, "=+,"), i;

    name = name < length ? name : length;
    i = place(specs, part, name);
    return name == length ? given[i]
                          : is_among(&specs[i], settings, part + name + 1,
                                     length - name - 1);
}

/* All parts of one of the alternatives. */
static bool holds(const struct option_spec *specs, const void *settings,
                  const bool *given, const char *condition)
{
    bool any = false;

    for (const char *at = condition; *at;) {
        size_t length = strcspn(at, ",");
        bool all = true;

        for (const char *part = at; part < at + length;) {
            size_t end = strcspn(part, "+,");

            /* Each is looked at, so that a wrong name is seen. */
            all = part_holds(specs, settings, given, part, end) && all;
            part += end + (part[end] == '+');
        }
        any = any || all;
        at += length + (at[length] == ',');
    }
    return any;
}

/* Is it the last of its kind, before `end`, in what is left of a list? */
static bool is_last(const char *mark, const char *end)
{
    const char *next = mark + 1 + strcspn(mark + 1, end);

    return *next != *mark;
}

/* "a,b+c=x|y|z": "--a or --b and --c x, y or z". */
static void spell(const char *condition, struct buf *out)
{
    buf_add_text(out, "--");
    for (const char *c = condition; *c; c++) {
        if (*c == ',')
            buf_add_text(out, is_last(c, ",") ? " or --" : ", --");
        else if (*c == '+')
            buf_add_text(out, " and --");
        else if (*c == '|')
            buf_add_text(out, is_last(c, "|,+") ? " or " : ", ");
        else
            buf_add_char(out, *c == '=' ? ' ' : *c);
    }
}

static bool refuse(const struct option_spec *spec, const char *verb,
                   const char *condition, struct error *err)
{
    struct buf said = { 0 };

    spell(condition, &said);
    error_set(err, ERROR_USAGE, "--%s %s %s", spec->name, verb,
              buf_text(&said));
    buf_release(&said);
    return false;
}

bool option_check_beside(const struct option_spec *specs, const void *settings,
                         const bool *given, struct error *err)
{
    for (size_t i = 0; specs && specs[i].name; i++) {
        const struct option_spec *spec = &specs[i];
        bool with = !spec->with || holds(specs, settings, given, spec->with);
        bool without =
            spec->without && holds(specs, settings, given, spec->without);

        if (given[i] && !with)
            return refuse(spec, "goes with", spec->with, err);
        if (given[i] && without)
            return refuse(spec, "has no effect beside", spec->without, err);
    }
    return true;
}
