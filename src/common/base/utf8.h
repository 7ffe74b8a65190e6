/*
 * utf8 - code points, terminal cells and clipping.
 *
 * Widths are those of the C library's wcwidth(); `main` sets LC_CTYPE to a
 * UTF-8 locale for it.
 */
#ifndef MIEN_BASE_UTF8_H
#define MIEN_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Decodes one code point at `text` (zero-ended) and returns the bytes it
 * takes; 0 at the end.  A malformed byte gives U+FFFD and takes 1.
 */
size_t utf8_decode(const char *text, uint32_t *code);
/* Writes `code` (at most U+10FFFF) and returns its 1 to 4 bytes; no zero. */
size_t utf8_encode(uint32_t code, char out[4]);
/* False with the offset of the first malformed byte. */
bool utf8_valid(const char *text, size_t length, size_t *bad_offset);
/* Cells that one code point takes: 0, 1 or 2; control characters 0. */
int utf8_code_width(uint32_t code);
/* Its code points. */
size_t utf8_count(const char *text);
/* Cells that the text takes. */
int utf8_width(const char *text);
/* Is `part` somewhere in the text?  Capitals and small letters are the same. */
bool utf8_holds(const char *text, const char *part);
/* The number of leading bytes that fit into `cells`. */
size_t utf8_clip(const char *text, int cells);

#endif
