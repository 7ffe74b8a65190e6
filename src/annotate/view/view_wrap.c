/*
 * view_wrap - where a line of text may end.
 *
 * At blanks, after hyphens, and between ideographs and kana, but for what
 * must not begin or end a line: closing and opening marks, small kana and the
 * like.  Part of the rules of Unicode's Annex 14 (classes SP, BA, ID, CL, CJ,
 * NS, OP), which is what running text of most scripts needs.  No line is cut
 * between a character and its marks.
 */
#include <config.h>

#include <stdbool.h>

#include "annotate/view/view_internal.h"
#include "common/base/utf8.h"
#include "common/base/vec.h"

struct range {
    uint32_t first, last;
};

/* Must not begin a line: closing marks, full stops, small kana, long marks. */
static const struct range closing[] = {
    { ')', ')' },       { ',', ',' },       { '.', '.' },
    { ':', ':' },       { ';', ';' },       { '!', '!' },
    { '?', '?' },       { ']', ']' },       { '}', '}' },
    { 0x3001, 0x3002 }, { 0x3005, 0x3005 }, { 0x3009, 0x3009 },
    { 0x300B, 0x300B }, { 0x300D, 0x300D }, { 0x300F, 0x300F },
    { 0x3011, 0x3011 }, { 0x3015, 0x3015 }, { 0x3017, 0x3017 },
    { 0x301C, 0x301C }, { 0x3041, 0x3041 }, { 0x3043, 0x3043 },
    { 0x3045, 0x3045 }, { 0x3047, 0x3047 }, { 0x3049, 0x3049 },
    { 0x3063, 0x3063 }, { 0x3083, 0x3083 }, { 0x3085, 0x3085 },
    { 0x3087, 0x3087 }, { 0x309B, 0x309E }, { 0x30A1, 0x30A1 },
    { 0x30A3, 0x30A3 }, { 0x30A5, 0x30A5 }, { 0x30A7, 0x30A7 },
    { 0x30A9, 0x30A9 }, { 0x30C3, 0x30C3 }, { 0x30E3, 0x30E3 },
    { 0x30E5, 0x30E5 }, { 0x30E7, 0x30E7 }, { 0x30FB, 0x30FE },
    { 0xFF01, 0xFF01 }, { 0xFF09, 0xFF09 }, { 0xFF0C, 0xFF0C },
    { 0xFF0E, 0xFF0E }, { 0xFF1A, 0xFF1B }, { 0xFF1F, 0xFF1F },
    { 0xFF3D, 0xFF3D }, { 0xFF5D, 0xFF5D }, { 0xFF61, 0xFF61 },
    { 0xFF63, 0xFF64 }, { 0x2019, 0x2019 }, { 0x201D, 0x201D },
};

/* Must not end one. */
static const struct range opening[] = {
    { '(', '(' },       { '[', '[' },       { '{', '{' },
    { 0x3008, 0x3008 }, { 0x300A, 0x300A }, { 0x300C, 0x300C },
    { 0x300E, 0x300E }, { 0x3010, 0x3010 }, { 0x3014, 0x3014 },
    { 0x3016, 0x3016 }, { 0xFF08, 0xFF08 }, { 0xFF3B, 0xFF3B },
    { 0xFF5B, 0xFF5B }, { 0xFF62, 0xFF62 }, { 0x2018, 0x2018 },
    { 0x201C, 0x201C },
};

static bool is_in(const struct range *range, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= range[i].first && code <= range[i].last)
            return true;
    }
    return false;
}

/* Scripts that are written without blanks; Hangul has them. */
static bool is_ideograph(uint32_t code)
{
    return utf8_code_width(code) == 2 && !(code >= 0xAC00 && code <= 0xD7A3) &&
           !(code >= 0x1100 && code <= 0x11FF);
}

/* May a line end between the two? */
static bool may_part(uint32_t before, uint32_t after)
{
    if (is_in(closing, LENGTH_OF(closing), after) ||
        is_in(opening, LENGTH_OF(opening), before))
        return false;
    if (before == '-' && after != ' ' && !(after >= '0' && after <= '9'))
        return true;
    return is_ideograph(before) || is_ideograph(after);
}

size_t wrap_line(const char *text, int width)
{
    size_t at = 0;
    size_t good = 0; /* the last place where the line may end */
    uint32_t before = 0;
    uint32_t code;
    size_t used;
    int cells = 0;

    while ((used = utf8_decode(text + at, &code)) > 0 && code != '\n') {
        int wide = utf8_code_width(code);

        if (code == ' ' && before != 0)
            good = at;
        else if (wide > 0 && before != 0 && before != ' ' &&
                 may_part(before, code))
            good = at;
        if (cells + wide > width && at > 0)
            return good > 0 ? good : at; /* one long word: never stand still */
        if (wide > 0)
            before = code;
        cells += wide;
        at += used;
    }
    return at;
}
