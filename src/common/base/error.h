/*
 * error - what failed, in words that a user can act on.
 *
 * Every function that can fail takes `struct error *err` as its last
 * parameter and returns false, NULL or a negative number when, and only when,
 * it has filled it.  Context is added on the way out with error_prefix(), so
 * that the text names the file, the line, the field and the mend.
 * `err` must not be NULL; it need not be initialised.  A text may quote what
 * a file says, whatever that is: control characters and bytes that are no
 * UTF-8 become "?".
 */
#ifndef MIEN_BASE_ERROR_H
#define MIEN_BASE_ERROR_H

#include <stdbool.h>

/* Each code has an exit status; see error_exit_status(). */
enum error_code {
    ERROR_NONE = 0,
    ERROR_NO,          /* the question was answered "no" */
    ERROR_USAGE,       /* wrong command line */
    ERROR_INPUT,       /* bad or missing input */
    ERROR_IO,          /* reading or writing failed */
    ERROR_LIMIT,       /* larger than a stated limit */
    ERROR_BUSY,        /* somebody else holds it */
    ERROR_INTERRUPTED, /* the user stopped it */
    ERROR_ABSENT,      /* a library that is loaded at need is not installed */
};

struct error {
    enum error_code code;
    char text[512]; /* UTF-8, one line, no final newline */
};

/* Fills `err`; always returns false, so that it can stand after return. */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Fills `err` with the format, ": " and the text of errno; returns false. */
bool error_set_errno(struct error *err, enum error_code code,
                     const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "format: " before the text; returns false. */
bool error_prefix(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds to the end of the text, as it stands; returns false. */
bool error_append(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* 0 to 4, as mien(7) has them. */
int error_exit_status(enum error_code code);

/* Room for callers that have their own struct: makes `err` say nothing. */
void error_clear(struct error *err);

#endif
