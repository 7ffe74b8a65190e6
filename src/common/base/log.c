/* log - see log.h. */
#include <config.h>

#include "common/base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

static void say(const char *kind, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static void say(const char *kind, const char *format, va_list args)
{
    char text[1024];

    vsnprintf(text, sizeof(text), format, args);
    /* One call, so that lines of several threads do not mix. */
    fprintf(stderr, "%s: %s%s\n", program_invocation_short_name, kind, text);
}

void log_warning(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say("warning: ", format, args);
    va_end(args);
}

void log_notice(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say("", format, args);
    va_end(args);
}
