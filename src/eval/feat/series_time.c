/*
 * series_time - time stamps as tables have them.
 */
#include <config.h>

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "common/base/number.h"
#include "eval/feat/series.h"

enum { MOST_DIGITS = 15 };

const char *series_trim(const char *text, char *room, size_t size)
{
    size_t length;

    while (isspace((unsigned char)*text))
        text++;
    length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    if (text[length] == '\0' || length >= size)
        return text;
    memcpy(room, text, length);
    room[length] = '\0';
    return room;
}

/* Digits, at least `least` and at most `most` of them; moves *text on. */
static bool take_digits(const char **text, int least, int most, double *value)
{
    int count = 0;

    *value = 0;
    while (count < most && isdigit((unsigned char)**text)) {
        *value = *value * 10 + (*(*text)++ - '0');
        count++;
    }
    return count >= least && !isdigit((unsigned char)**text);
}

/* ".059" or ",059"; nothing is 0. */
static bool take_fraction(const char **text, double *value)
{
    const char *begin;
    double digits;

    *value = 0;
    if (**text != '.' && **text != ',')
        return true;
    begin = ++*text;
    if (!take_digits(text, 1, MOST_DIGITS, &digits))
        return false;
    *value = digits / pow(10, (double)(*text - begin));
    return true;
}

/* [HH:]MM:SS[.fff]; hours may be many. */
static bool take_clock(const char **text, double *seconds)
{
    double part[3] = { 0 }, fraction;
    int count = 0;

    while (count < 3) {
        if (!take_digits(text, 1, count == 0 ? 6 : 2, &part[count]) ||
            (count > 0 && part[count] > 60))
            return false;
        count++;
        if (**text != ':')
            break;
        ++*text;
    }
    if (count < 2 || !take_fraction(text, &fraction))
        return false;
    *seconds = (count == 3 ? (part[0] * 60 + part[1]) * 60 + part[2]
                           : part[0] * 60 + part[1]) +
               fraction;
    return true;
}

/*
 * Days since 1970-01-01 in the Gregorian calendar, from March on so that the
 * leap day is the last.
 */
static double days_of(double year, double month, double day)
{
    double y = month > 2 ? year : year - 1;
    double m = month > 2 ? month - 3 : month + 9;

    return 365 * y + floor(y / 4) - floor(y / 100) + floor(y / 400) +
           floor((153 * m + 2) / 5) + day - 1 - 719468;
}

/* "Z", "+02:00", "-0530", or nothing: seconds east of Greenwich. */
static bool take_zone(const char **text, double *east)
{
    double hours, minutes = 0;
    double sign = **text == '-' ? -1 : 1;

    *east = 0;
    if (**text == '\0')
        return true;
    if (**text == 'Z' || **text == 'z') {
        ++*text;
        return true;
    }
    if (**text != '+' && **text != '-')
        return false;
    ++*text;
    if (strlen(*text) == 4) { /* hours and minutes in one */
        if (!take_digits(text, 4, 4, &hours))
            return false;
        minutes = fmod(hours, 100);
        hours = floor(hours / 100);
    } else if (!take_digits(text, 2, 2, &hours) ||
               (**text == ':' &&
                (++*text, !take_digits(text, 2, 2, &minutes)))) {
        return false;
    }
    *east = sign * (hours * 3600 + minutes * 60);
    return hours < 24 && minutes < 60;
}

/* 2019-06-11T21:23:45.5Z; a blank may stand for the T. */
static bool parse_date(const char *text, double *seconds)
{
    double year, month, day, clock, east;

    if (!take_digits(&text, 4, 4, &year) || *text++ != '-' ||
        !take_digits(&text, 2, 2, &month) || *text++ != '-' ||
        !take_digits(&text, 2, 2, &day) || month < 1 || month > 12 || day < 1 ||
        day > 31 || (*text != 'T' && *text != ' '))
        return false;
    text++;
    if (!take_clock(&text, &clock) || !take_zone(&text, &east))
        return false;
    *seconds = days_of(year, month, day) * 86400 + clock - east;
    return *text == '\0';
}

bool series_parse_time(const char *text, double unit, double *seconds)
{
    const char *at = text;

    if (number_parse(text, seconds)) {
        *seconds *= unit > 0 ? unit : 1;
        return fabs(*seconds) < 1e12; /* 30,000 years */
    }
    return (take_clock(&at, seconds) && *at == '\0') ||
           parse_date(text, seconds);
}
