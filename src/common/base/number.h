/*
 * number - strict numbers and media times, the same in every locale.
 *
 * Parsing takes the whole text: no blanks, no trailing characters, no hex, no
 * "inf" or "nan".  Writing gives the shortest text that reads back the same.
 */
#ifndef MIEN_BASE_NUMBER_H
#define MIEN_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NUMBER_TEXT_SIZE = 32 };

/* False when `text` is not a finite decimal number. */
bool number_parse(const char *text, double *value);
/*
 * The same for what was measured: also false beyond NUMBER_MOST in size, where
 * squares and products would soon be infinite.
 */
#define NUMBER_MOST 1e30
bool number_parse_measured(const char *text, double *value);
/* False when `text` is not a whole number that fits. */
bool number_parse_int(const char *text, int64_t *value);
bool number_parse_uint(const char *text, uint64_t *value);
/* Seconds such as 12.345 (not negative) to microseconds, rounded. */
bool number_parse_seconds(const char *text, int64_t *us);

/*
 * Shortest decimal text that reads back the same; "null" never appears: a
 * value that is not finite is a bug of the caller.  Returns `out`.
 */
char *number_format(double value, char out[NUMBER_TEXT_SIZE]);
/* Seconds with up to six decimals, trailing zeros cut: "12.345", "0". */
char *number_format_seconds(int64_t us, char out[NUMBER_TEXT_SIZE]);
/* Clock for screens: "0:05.1", "1:02:03.4" (tenths, cut, not rounded). */
char *number_format_clock(int64_t us, char out[NUMBER_TEXT_SIZE]);
/* The same with 0 to 6 decimals. */
char *number_format_clock_to(int64_t us, int decimals,
                             char out[NUMBER_TEXT_SIZE]);

#endif
