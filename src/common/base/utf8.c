/* utf8 - see utf8.h. */
#include <config.h>

#include "common/base/utf8.h"

#include <string.h>
#include <wchar.h>
#include <wctype.h>

/* Length of the sequence that `first` begins; 0 when it begins none. */
static size_t sequence_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return 2;
    if (first >= 0xe0 && first <= 0xef)
        return 3;
    if (first >= 0xf0 && first <= 0xf4)
        return 4;
    return 0;
}

/* RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
static bool is_scalar(uint32_t code, size_t length)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };

    return code >= least[length] && code <= 0x10ffff &&
           !(code >= 0xd800 && code <= 0xdfff);
}

size_t utf8_decode(const char *text, uint32_t *code)
{
    const unsigned char *byte = (const unsigned char *)text;
    size_t length = sequence_length(byte[0]);
    uint32_t value;

    *code = 0xfffd;
    if (byte[0] == '\0') {
        *code = 0;
        return 0;
    }
    if (length == 0)
        return 1;
    if (length == 1) {
        *code = byte[0];
        return 1;
    }
    value = byte[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((byte[i] & 0xc0) != 0x80)
            return 1;
        value = value << 6 | (byte[i] & 0x3f);
    }
    if (!is_scalar(value, length))
        return 1;
    *code = value;
    return length;
}

size_t utf8_encode(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

bool utf8_valid(const char *text, size_t length, size_t *bad_offset)
{
    size_t at = 0;

    while (at < length) {
        char window[5] = { 0 };
        size_t left = length - at < 4 ? length - at : 4;
        uint32_t code;
        size_t used;

        if ((unsigned char)text[at] < 0x80) {
            at++;
            continue;
        }
        memcpy(window, text + at, left);
        used = utf8_decode(window, &code);
        if (used < 2) { /* every valid sequence here is longer */
            *bad_offset = at;
            return false;
        }
        at += used;
    }
    return true;
}

int utf8_code_width(uint32_t code)
{
    int width = wcwidth((wchar_t)code);

    return width < 0 ? 0 : width;
}

size_t utf8_count(const char *text)
{
    uint32_t code;
    size_t used;
    size_t count = 0;

    for (; (used = utf8_decode(text, &code)) > 0; text += used)
        count++;
    return count;
}

int utf8_width(const char *text)
{
    uint32_t code;
    size_t used;
    int cells = 0;

    while ((used = utf8_decode(text, &code)) > 0) {
        cells += utf8_code_width(code);
        text += used;
    }
    return cells;
}

size_t utf8_clip(const char *text, int cells)
{
    size_t at = 0;
    uint32_t code;
    size_t used;

    while ((used = utf8_decode(text + at, &code)) > 0) {
        cells -= utf8_code_width(code);
        if (cells < 0)
            break;
        at += used;
    }
    return at;
}

static bool begins_with(const char *text, const char *part)
{
    while (*part != '\0') {
        uint32_t a = 0, b = 0;

        text += utf8_decode(text, &a);
        part += utf8_decode(part, &b);
        if (a != b && towlower((wint_t)a) != towlower((wint_t)b))
            return false;
    }
    return true;
}

bool utf8_holds(const char *text, const char *part)
{
    uint32_t code;

    while (!begins_with(text, part)) {
        if (*text == '\0')
            return false;
        text += utf8_decode(text, &code);
    }
    return true;
}
