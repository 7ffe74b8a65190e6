/*
 * option - one table gives parsing, --help, man page and completion.
 */
#ifndef MIEN_CLI_OPTION_H
#define MIEN_CLI_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/error.h"
#include "common/base/text.h"

/* What the field at `offset` of the settings is. */
enum option_type {
    OPTION_FLAG = 1, /* bool */
    OPTION_INT,      /* int64_t, within min .. max */
    OPTION_SEED,     /* uint64_t */
    OPTION_NUMBER,   /* double, within min .. max when they differ */
    OPTION_TEXT,     /* const char *, borrowed from argv */
    OPTION_CHOICE,   /* int: index into `choices` */
    OPTION_LIST,     /* struct text_list: split at commas, adds up */
    OPTION_MANY,     /* struct text_list: one item each time it is given */
};

struct option_spec {
    const char *name; /* without the dashes */
    char letter;      /* 0: long only */
    enum option_type type;
    const char *arg; /* as shown; NULL for a flag */
    size_t offset;
    double min, max;
    const char *const *choices; /* ends with NULL */
    bool hidden;                /* not in help, man page, completion */
    /*
     * An option that would have no effect is refused: `with` names those that
     * it wants beside it, `without` those that take its place; NULL: none.
     * "window,windows": one of the two is given; "per=gold|confusion": the
     * value of that choice or text is one of these, also by default;
     * "traces+per=item": both.
     */
    const char *with, *without;
    const char *help; /* one sentence without a full stop */
};

/* clang-format off */
#define OPTION_END { .name = NULL }
/* clang-format on */

/*
 * Fills `settings` from argv[1..]; the words that are no options are moved to
 * the end, and *first is the place of the first of them.  The settings hold
 * the defaults when this is called.  GNU habits: abbreviation, --name=value,
 * "--".  False with ERROR_USAGE, also for options that go with others.
 */
bool option_parse(const struct option_spec *specs, void *settings, int argc,
                  char **argv, int *first, struct error *err);
/* Frees the lists in `settings`. */
void option_release(const struct option_spec *specs, void *settings);

/* The aligned block of --help. */
void option_help(const struct option_spec *specs, struct buf *out);
/* The mdoc list between the OPTIONS marks of a man page. */
void option_mdoc(const struct option_spec *specs, struct buf *out);

#endif
