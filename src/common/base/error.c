/* error - see error.h. */
#include <config.h>

#include "common/base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(struct error *err, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static void fill(struct error *err, const char *format, va_list args)
{
    vsnprintf(err->text, sizeof(err->text), format, args);
}

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
    va_list args;

    err->code = code;
    va_start(args, format);
    fill(err, format, args);
    va_end(args);
    return false;
}

bool error_set_errno(struct error *err, enum error_code code,
                     const char *format, ...)
{
    int number = errno;
    va_list args;

    err->code = code;
    va_start(args, format);
    fill(err, format, args);
    va_end(args);
    return error_append(err, ": %s", strerror(number));
}

bool error_prefix(struct error *err, const char *format, ...)
{
    char old[sizeof(err->text)];
    va_list args;
    size_t used;

    memcpy(old, err->text, sizeof(old));
    va_start(args, format);
    fill(err, format, args);
    va_end(args);
    used = strlen(err->text);
    snprintf(err->text + used, sizeof(err->text) - used, ": %s", old);
    return false;
}

bool error_append(struct error *err, const char *format, ...)
{
    size_t used = strlen(err->text);
    va_list args;

    va_start(args, format);
    vsnprintf(err->text + used, sizeof(err->text) - used, format, args);
    va_end(args);
    return false;
}

int error_exit_status(enum error_code code)
{
    switch (code) {
    case ERROR_NONE:
        return 0;
    case ERROR_NO:
        return 1;
    case ERROR_USAGE:
        return 2;
    case ERROR_INPUT:
    case ERROR_IO:
    case ERROR_LIMIT:
    case ERROR_BUSY:
        return 3;
    case ERROR_INTERRUPTED:
        return 4;
    }
    return 3;
}

void error_clear(struct error *err)
{
    err->code = ERROR_NONE;
    err->text[0] = '\0';
}
