/* error - see error.h. */
#include <config.h>

#include "common/base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/base/utf8.h"

static void fill(struct error *err, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* What ends in `text` was cut within a character. */
static bool is_cut(const char *text)
{
    unsigned char first = (unsigned char)*text;
    size_t left = strlen(text);

    return first >= 0xc2 && left < (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2);
}

/*
 * Errors quote files of any kind: one that quotes a line break, the terminal's
 * own codes, or half a character says "?" in its place, so that what is printed
 * stays one line of UTF-8.  A character that the room cut at the end is gone.
 */
static void tidy(struct error *err)
{
    char *text = err->text;
    uint32_t code;
    size_t used;

    while ((used = utf8_decode(text, &code)) > 0) {
        if (code == 0xfffd && used == 1 && is_cut(text)) {
            *text = '\0';
            return;
        }
        if (code < 0x20 || (code >= 0x7f && code < 0xa0) ||
            (code == 0xfffd && used == 1)) {
            memset(text, '?', used);
        }
        text += used;
    }
}

static void fill(struct error *err, const char *format, va_list args)
{
    vsnprintf(err->text, sizeof(err->text), format, args);
    tidy(err);
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

/* What the system says, in words that tell the mend where there is one. */
static const char *words(int number)
{
    switch (number) {
    case ENOENT:
        return "there is no such file or folder";
    case ENOTDIR:
        return "a part of this path is a file, not a folder";
    case EISDIR:
        return "it is a folder; name a file";
    case EACCES:
    case EPERM:
        return "permission denied; ask whoever owns it, or take another place";
    case ENOSPC:
    case EDQUOT:
        return "the disk is full; free some space";
    case EROFS:
        return "this disk can only be read; take another place";
    default:
        return strerror(number);
    }
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
    return error_append(err, ": %s", words(number));
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
    tidy(err);
    return false;
}

bool error_append(struct error *err, const char *format, ...)
{
    size_t used = strlen(err->text);
    va_list args;

    va_start(args, format);
    vsnprintf(err->text + used, sizeof(err->text) - used, format, args);
    va_end(args);
    tidy(err);
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
    case ERROR_ABSENT:
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
