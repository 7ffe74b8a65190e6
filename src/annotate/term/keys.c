/*
 * keys - bytes from the terminal to keys, stamped when they were read.
 */
#include <config.h>

#include "annotate/term/keys.h"

#include <string.h>

#include "annotate/app/key.h"
#include "common/base/utf8.h"
#include "common/base/vec.h"

enum { ESC = 0x1B, OLD_MOUSE = 5 /* bytes of "[M" and three more */ };

/* What brackets a paste, "CSI 200 ~" and "CSI 201 ~"; no keys of key.h. */
enum { PASTE_BEGIN = 200, PASTE_END = 201 };
static const uint32_t status_answer = UINT32_MAX - 3; /* "CSI 0 n" */
static const uint32_t mouse_report = UINT32_MAX - 2;  /* "CSI < 0 ; 5 ; 7 M" */
static const uint32_t paste_begin = UINT32_MAX - 1;
static const uint32_t paste_end = UINT32_MAX;

struct sequence {
    const char *bytes; /* after ESC */
    uint32_t key;
};

/* What is not "CSI number ; modifiers letter" of xterm. */
static const struct sequence sequences[] = {
    { "[[A", KEY_CODE_F0 + 1 }, /* Linux console */
    { "[[B", KEY_CODE_F0 + 2 },
    { "[[C", KEY_CODE_F0 + 3 },
    { "[[D", KEY_CODE_F0 + 4 },
    { "[[E", KEY_CODE_F0 + 5 },
    { "[a", KEY_MOD_SHIFT | KEY_CODE_UP }, /* rxvt */
    { "[b", KEY_MOD_SHIFT | KEY_CODE_DOWN },
    { "[c", KEY_MOD_SHIFT | KEY_CODE_RIGHT },
    { "[d", KEY_MOD_SHIFT | KEY_CODE_LEFT },
    { "[Z", KEY_MOD_SHIFT | KEY_CODE_TAB },
};

struct lettered {
    char letter;
    uint32_t key;
};

static const struct lettered letters[] = {
    { 'A', KEY_CODE_UP },     { 'B', KEY_CODE_DOWN },
    { 'C', KEY_CODE_RIGHT },  { 'D', KEY_CODE_LEFT },
    { 'H', KEY_CODE_HOME },   { 'F', KEY_CODE_END },
    { 'P', KEY_CODE_F0 + 1 }, { 'Q', KEY_CODE_F0 + 2 },
    { 'R', KEY_CODE_F0 + 3 }, { 'S', KEY_CODE_F0 + 4 },
    { 'M', KEY_CODE_ENTER },
};

/* "CSI number ~": the number's key. */
static const uint32_t numbered[] = {
    [1] = KEY_CODE_HOME,     [2] = KEY_CODE_INSERT,   [3] = KEY_CODE_DELETE,
    [4] = KEY_CODE_END,      [5] = KEY_CODE_PAGE_UP,  [6] = KEY_CODE_PAGE_DOWN,
    [7] = KEY_CODE_HOME,     [8] = KEY_CODE_END,      [11] = KEY_CODE_F0 + 1,
    [12] = KEY_CODE_F0 + 2,  [13] = KEY_CODE_F0 + 3,  [14] = KEY_CODE_F0 + 4,
    [15] = KEY_CODE_F0 + 5,  [17] = KEY_CODE_F0 + 6,  [18] = KEY_CODE_F0 + 7,
    [19] = KEY_CODE_F0 + 8,  [20] = KEY_CODE_F0 + 9,  [21] = KEY_CODE_F0 + 10,
    [23] = KEY_CODE_F0 + 11, [24] = KEY_CODE_F0 + 12,
};

void keys_feed(struct keys *keys, const void *bytes, size_t length,
               int64_t host_us)
{
    size_t room = KEYS_PENDING - keys->count;

    if (length > room)
        length = room;
    memcpy(keys->byte + keys->count, bytes, length);
    for (size_t i = 0; i < length; i++)
        keys->read_us[keys->count + i] = host_us;
    keys->count += length;
}

static void take(struct keys *keys, size_t length)
{
    keys->count -= length;
    memmove(keys->byte, keys->byte + length, keys->count);
    memmove(keys->read_us, keys->read_us + length,
            keys->count * sizeof(keys->read_us[0]));
}

/* xterm's modifier number less one: 1 Shift, 2 Alt, 4 Ctrl. */
static uint32_t modifier_bits(int number)
{
    int bits = number > 1 ? number - 1 : 0;

    return (bits & 1 ? (uint32_t)KEY_MOD_SHIFT : 0) |
           (bits & 2 ? (uint32_t)KEY_MOD_ALT : 0) |
           (bits & 4 ? (uint32_t)KEY_MOD_CTRL : 0);
}

static uint32_t lettered_key(int letter)
{
    for (size_t i = 0; i < LENGTH_OF(letters); i++) {
        if (letters[i].letter == letter)
            return letters[i].key;
    }
    return KEY_NONE;
}

static uint32_t numbered_key(int number)
{
    if (number == PASTE_BEGIN)
        return paste_begin;
    if (number == PASTE_END)
        return paste_end;
    if (number < 0 || (size_t)number >= LENGTH_OF(numbered))
        return KEY_NONE;
    return numbered[number];
}

/*
 * A control sequence from `byte` (after ESC and '[' or 'O'): its length, 0
 * when it is not whole yet.  One that means nothing to us gives KEY_NONE.
 */
static size_t parse_control(const unsigned char *byte, size_t count,
                            uint32_t *key)
{
    int number[2] = { 0, 0 };
    bool foreign = false; /* "<", "=", ">", "?": reports, not keys */
    bool mouse = count > 0 && byte[0] == '<';
    int which = 0;
    size_t i = 0;

    for (; i < count && byte[i] >= 0x20 && byte[i] < 0x40; i++) {
        if (byte[i] >= '<')
            foreign = true;
        else if (byte[i] == ';' && which == 0)
            which = 1;
        else if (byte[i] >= '0' && byte[i] <= '9' && number[which] < 1000)
            number[which] = number[which] * 10 + byte[i] - '0';
    }
    if (i == count)
        return 0;
    *key = byte[i] == '~' ? numbered_key(number[0]) : lettered_key(byte[i]);
    if (foreign)
        *key = KEY_NONE;
    if (mouse && (byte[i] == 'M' || byte[i] == 'm'))
        *key = mouse_report;
    if (byte[i] == 'n' && !foreign && number[0] == 0)
        *key = status_answer;
    if (*key != KEY_NONE && *key < status_answer)
        *key |= modifier_bits(number[1]);
    return i + 1;
}

/* As parse_control, after ESC; fixed sequences first. */
static size_t parse_escape(const unsigned char *byte, size_t count,
                           uint32_t *key)
{
    size_t length;

    for (size_t i = 0; i < LENGTH_OF(sequences); i++) {
        length = strlen(sequences[i].bytes);
        if (count >= length && memcmp(byte, sequences[i].bytes, length) == 0) {
            *key = sequences[i].key;
            return length;
        }
    }
    if (count == 2 && byte[0] == '[' && byte[1] == '[')
        return 0; /* the Linux console's F1 to F5, begun */
    if (count >= 2 && byte[0] == '[' && byte[1] == 'M') {
        *key = KEY_NONE; /* a terminal without mode 1006: three bytes follow */
        return count >= OLD_MOUSE ? OLD_MOUSE : 0;
    }
    length = parse_control(byte + 1, count - 1, key);
    return length ? length + 1 : 0;
}

static uint32_t control_key(unsigned char byte)
{
    switch (byte) {
    case '\r':
    case '\n':
        return KEY_CODE_ENTER;
    case '\t':
        return KEY_CODE_TAB;
    case 0x08:
    case 0x7F:
        return KEY_CODE_BACKSPACE;
    case ESC:
        return KEY_CODE_ESC;
    case 0:
        return KEY_MOD_CTRL | ' ';
    default:
        if (byte <= 26)
            return KEY_MOD_CTRL | (uint32_t)('a' + byte - 1);
        return KEY_MOD_CTRL | (uint32_t)('@' + byte);
    }
}

/* One character: 0 when it is not whole yet. */
static size_t parse_character(const unsigned char *byte, size_t count,
                              uint32_t *key)
{
    char text[5] = { 0 };
    size_t want = byte[0] >= 0xF0 ? 4 : byte[0] >= 0xE0 ? 3 : 2;

    if (byte[0] < 0x20 || byte[0] == 0x7F) {
        *key = control_key(byte[0]);
        return 1;
    }
    if (byte[0] < 0x80) {
        *key = byte[0];
        return 1;
    }
    if (byte[0] >= 0xC0) {
        for (size_t i = 1; i < want; i++) {
            if (i == count)
                return 0;
            if ((byte[i] & 0xC0) != 0x80)
                break;
        }
    }
    memcpy(text, byte, count < want ? count : want);
    return utf8_decode(text, key);
}

/* The length of the key that begins the pending bytes, 0: not whole yet. */
static size_t parse(const struct keys *keys, bool decided, uint32_t *key)
{
    const unsigned char *byte = keys->byte;
    size_t length;

    if (byte[0] != ESC)
        return parse_character(byte, keys->count, key);
    if (keys->count == 1) {
        *key = KEY_CODE_ESC;
        return decided ? 1 : 0;
    }
    if (byte[1] == '[' || byte[1] == 'O') {
        length = parse_escape(byte + 1, keys->count - 1, key);
        if (length)
            return length + 1;
        if (!decided)
            return 0;
        *key = KEY_MOD_ALT | byte[1];
        return 2;
    }
    if (byte[1] == ESC) {
        *key = KEY_CODE_ESC;
        return 1;
    }
    length = parse_character(byte + 1, keys->count - 1, key);
    *key |= KEY_MOD_ALT;
    return length ? length + 1 : 0;
}

/*
 * What the report in `byte` (from ESC on) says: button, column, row, and "m"
 * for a release.  In the button's number 4 is Shift, 8 Alt, 16 Ctrl, 32 a
 * move, 64 the wheel; moves without a button come while a trace runs.  See
 * "Mouse Tracking" in xterm's ctlseqs.
 */
static bool read_report(const unsigned char *byte, size_t length,
                        struct mouse *mouse)
{
    static const enum mouse_deed wheel[] = { MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN,
                                             MOUSE_WHEEL_LEFT,
                                             MOUSE_WHEEL_RIGHT };
    int number[3] = { 0, 0, 0 };
    int which = 0;
    int bits;

    for (size_t i = 3; i + 1 < length; i++) {
        if (byte[i] == ';')
            which++;
        else if (byte[i] < '0' || byte[i] > '9' || which > 2)
            return false;
        else if (number[which] < 10000)
            number[which] = number[which] * 10 + byte[i] - '0';
    }
    bits = number[0];
    if (which != 2 || number[1] < 1 || number[2] < 1 || bits >= 128)
        return false;
    mouse->x = number[1] - 1;
    mouse->y = number[2] - 1;
    mouse->modifiers = (bits & 4 ? (uint32_t)KEY_MOD_SHIFT : 0) |
                       (bits & 8 ? (uint32_t)KEY_MOD_ALT : 0) |
                       (bits & 16 ? (uint32_t)KEY_MOD_CTRL : 0);
    mouse->button = bits & 64 ? MOUSE_NO_BUTTON : (enum mouse_button)(bits & 3);
    if (bits & 64)
        mouse->deed = wheel[bits & 3];
    else if (byte[length - 1] == 'm')
        mouse->deed = MOUSE_RELEASE;
    else
        mouse->deed = bits & 32 ? MOUSE_DRAG : MOUSE_PRESS;
    if (mouse->deed == MOUSE_DRAG && mouse->button == MOUSE_NO_BUTTON)
        mouse->deed = MOUSE_MOVE;
    return true;
}

/* Notes the brackets of a paste; true when `key` is one of them. */
static bool is_bracket(struct keys *keys, uint32_t key, int64_t read_us)
{
    if (keys->pasting && read_us - keys->paste_us > KEYS_PASTE_US)
        keys->pasting = false; /* its end was lost */
    keys->paste_us = read_us;
    if (key != paste_begin && key != paste_end)
        return false;
    keys->pasting = key == paste_begin;
    return true;
}

bool keys_next(struct keys *keys, int64_t now_us, struct key_press *press)
{
    while (keys->count > 0) {
        int64_t first_us = keys->read_us[0];
        bool decided = now_us - first_us >= KEYS_ESC_US;
        uint32_t key = KEY_NONE;
        size_t length = parse(keys, decided, &key);

        if (length == 0 && decided) { /* a character cut off for good */
            length = 1;
            key = KEY_NONE;
        }
        if (length == 0)
            return false;
        *press = (struct key_press){ .host_us = first_us };
        if (key == mouse_report) {
            bool known = read_report(keys->byte, length, &press->mouse);

            take(keys, length);
            if (known && !keys->pasting)
                return true;
            continue;
        }
        take(keys, length);
        if (key == status_answer) {
            keys->answers++;
            keys->answer_us = first_us;
            continue;
        }
        if (is_bracket(keys, key, first_us) || key == KEY_NONE)
            continue;
        press->key = key;
        press->pasted = keys->pasting;
        return true;
    }
    return false;
}

int64_t keys_wait_us(const struct keys *keys, int64_t now_us)
{
    int64_t left;

    if (keys->count == 0)
        return -1;
    left = keys->read_us[0] + KEYS_ESC_US - now_us;
    return left > 0 ? left : 0;
}
