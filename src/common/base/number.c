/* number - see number.h. */
#include <config.h>

#include "common/base/number.h"

#include <assert.h>
#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Optional sign, digits, optional fraction, optional exponent; nothing else. */
static bool is_decimal(const char *text)
{
    size_t digits;

    if (*text == '-' || *text == '+')
        text++;
    digits = strspn(text, "0123456789");
    text += digits;
    if (*text == '.') {
        size_t fraction = strspn(++text, "0123456789");

        digits += fraction;
        text += fraction;
    }
    if (digits == 0)
        return false;
    if (*text == 'e' || *text == 'E') {
        text++;
        if (*text == '-' || *text == '+')
            text++;
        digits = strspn(text, "0123456789");
        if (digits == 0)
            return false;
        text += digits;
    }
    return *text == '\0';
}

bool number_parse(const char *text, double *value)
{
    double parsed;

    if (!is_decimal(text))
        return false;
    parsed = strtod(text, NULL); /* LC_NUMERIC is "C" always */
    if (!isfinite(parsed))
        return false;
    *value = parsed;
    return true;
}

bool number_parse_measured(const char *text, double *value)
{
    double parsed;

    if (!number_parse(text, &parsed) || fabs(parsed) > NUMBER_MOST)
        return false;
    *value = parsed;
    return true;
}

bool number_parse_int(const char *text, int64_t *value)
{
    const char *digits = text + (*text == '-' || *text == '+');
    intmax_t parsed;

    if (*digits == '\0' || digits[strspn(digits, "0123456789")] != '\0')
        return false;
    errno = 0;
    parsed = strtoimax(text, NULL, 10);
    if (errno || parsed < INT64_MIN || parsed > INT64_MAX)
        return false;
    *value = parsed;
    return true;
}

bool number_parse_uint(const char *text, uint64_t *value)
{
    uintmax_t parsed;

    if (*text == '\0' || text[strspn(text, "0123456789")] != '\0')
        return false;
    errno = 0;
    parsed = strtoumax(text, NULL, 10);
    if (errno || parsed > UINT64_MAX)
        return false;
    *value = parsed;
    return true;
}

bool number_parse_seconds(const char *text, int64_t *us)
{
    double seconds;

    /* 1e9 s is 31 years; its microseconds fit a double exactly. */
    if (!number_parse(text, &seconds) || seconds < 0 || seconds > 1e9)
        return false;
    *us = llround(seconds * 1e6);
    return true;
}

char *number_format(double value, char out[NUMBER_TEXT_SIZE])
{
    assert(isfinite(value));
    if (value == 0) {
        memcpy(out, "0", 2);
        return out;
    }
    /*
     * 15 digits (DBL_DIG) survive the way there and back, and %g leaves zeros
     * at the end out: where they do, no shorter number would read back the
     * same.  Numbers below DBL_MIN have fewer digits.
     */
    for (int digits = fabs(value) < DBL_MIN ? 1 : DBL_DIG; digits <= 17;
         digits++) {
        snprintf(out, NUMBER_TEXT_SIZE, "%.*g", digits, value);
        if (strtod(out, NULL) == value)
            break;
    }
    /* 1e+02 is shorter as 100, and friendlier up to 15 digits. */
    if (strchr(out, 'e') && fabs(value) >= 1 && fabs(value) < 1e15) {
        char plain[NUMBER_TEXT_SIZE];

        snprintf(plain, sizeof(plain), "%.0f", value);
        if (strtod(plain, NULL) == value)
            memcpy(out, plain, strlen(plain) + 1);
    }
    return out;
}

char *number_format_seconds(int64_t us, char out[NUMBER_TEXT_SIZE])
{
    int64_t whole = us / 1000000;
    int64_t rest = llabs(us % 1000000);
    int length;

    length = snprintf(out, NUMBER_TEXT_SIZE, "%s%" PRId64 ".%06" PRId64,
                      us < 0 && whole == 0 ? "-" : "", whole, rest);
    while (out[length - 1] == '0')
        out[--length] = '\0';
    if (out[length - 1] == '.')
        out[--length] = '\0';
    return out;
}

char *number_format_clock_to(int64_t us, int decimals,
                             char out[NUMBER_TEXT_SIZE])
{
    int64_t seconds = us > 0 ? us / 1000000 : 0;
    int part = us > 0 ? (int)(us % 1000000) : 0;
    int used;

    if (seconds >= 3600)
        used = snprintf(out, NUMBER_TEXT_SIZE, "%d:%02d:%02d.%06d",
                        (int)(seconds / 3600), (int)(seconds / 60 % 60),
                        (int)(seconds % 60), part);
    else
        used = snprintf(out, NUMBER_TEXT_SIZE, "%d:%02d.%06d",
                        (int)(seconds / 60), (int)(seconds % 60), part);
    /* Cut, not rounded; without decimals the point goes, too. */
    out[used - 6 + decimals - (decimals == 0)] = '\0';
    return out;
}

char *number_format_clock(int64_t us, char out[NUMBER_TEXT_SIZE])
{
    return number_format_clock_to(us, 1, out);
}
