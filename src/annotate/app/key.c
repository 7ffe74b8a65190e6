/*
 * key - one key of the keyboard as a number, and its name.
 */
#include <config.h>

#include "annotate/app/key.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/number.h"
#include "common/base/utf8.h"
#include "common/base/vec.h"

struct named {
    const char *name;
    uint32_t code;
};

/* The first name of a key is the one that is shown. */
static const struct named named_keys[] = {
    { "Space", ' ' },
    { "Enter", KEY_CODE_ENTER },
    { "Return", KEY_CODE_ENTER },
    { "Tab", KEY_CODE_TAB },
    { "Backspace", KEY_CODE_BACKSPACE },
    { "Esc", KEY_CODE_ESC },
    { "Escape", KEY_CODE_ESC },
    { "Up", KEY_CODE_UP },
    { "Down", KEY_CODE_DOWN },
    { "Left", KEY_CODE_LEFT },
    { "Right", KEY_CODE_RIGHT },
    { "Home", KEY_CODE_HOME },
    { "End", KEY_CODE_END },
    { "PageUp", KEY_CODE_PAGE_UP },
    { "PageDown", KEY_CODE_PAGE_DOWN },
    { "Insert", KEY_CODE_INSERT },
    { "Delete", KEY_CODE_DELETE },
};

static const struct named modifiers[] = {
    { "Ctrl-", KEY_MOD_CTRL },
    { "Alt-", KEY_MOD_ALT },
    { "Shift-", KEY_MOD_SHIFT },
};

enum { MODIFIER_BITS = KEY_MOD_CTRL | KEY_MOD_ALT | KEY_MOD_SHIFT };

static void put_plain(uint32_t code, char *out, size_t size)
{
    char character[4];
    size_t length;

    for (size_t i = 0; i < LENGTH_OF(named_keys); i++) {
        if (named_keys[i].code == code) {
            snprintf(out, size, "%s", named_keys[i].name);
            return;
        }
    }
    if (code > KEY_CODE_F0 && code < KEY_CODE_END_OF_LIST) {
        snprintf(out, size, "F%u", (unsigned)(code - KEY_CODE_F0));
        return;
    }
    length = utf8_encode(code <= 0x10FFFF ? code : 0xFFFD, character);
    snprintf(out, size, "%.*s", (int)length, character);
}

char *key_name(uint32_t key, char out[KEY_NAME_SIZE])
{
    uint32_t code = key & ~(uint32_t)MODIFIER_BITS;
    size_t used = 0;

    for (size_t i = 0; i < LENGTH_OF(modifiers); i++) {
        if (key & modifiers[i].code)
            used += (size_t)snprintf(out + used, KEY_NAME_SIZE - used, "%s",
                                     modifiers[i].name);
    }
    /* "Ctrl-R" is what people write, whatever Shift does. */
    if ((key & KEY_MOD_CTRL) && code >= 'a' && code <= 'z')
        code -= 'a' - 'A';
    put_plain(code, out + used, KEY_NAME_SIZE - used);
    return out;
}

static bool parse_plain(const char *name, uint32_t *code)
{
    size_t length;

    for (size_t i = 0; i < LENGTH_OF(named_keys); i++) {
        if (strcasecmp(named_keys[i].name, name) == 0) {
            *code = named_keys[i].code;
            return true;
        }
    }
    if ((name[0] == 'F' || name[0] == 'f') && name[1] != '\0') {
        int64_t number;

        if (!number_parse_int(name + 1, &number) || number < 1 || number > 12)
            return false;
        *code = KEY_CODE_F0 + (uint32_t)number;
        return true;
    }
    length = utf8_decode(name, code);
    return length > 0 && name[length] == '\0' && *code > ' ' && *code != 0x7F &&
           *code != 0xFFFD;
}

bool key_parse(const char *name, uint32_t *key)
{
    uint32_t bits = 0;
    uint32_t code;
    bool again;

    do {
        again = false;
        for (size_t i = 0; i < LENGTH_OF(modifiers); i++) {
            size_t length = strlen(modifiers[i].name);

            if (strncasecmp(name, modifiers[i].name, length) == 0) {
                bits |= modifiers[i].code;
                name += length;
                again = true;
            }
        }
    } while (again);
    if (!parse_plain(name, &code))
        return false;
    if ((bits & KEY_MOD_CTRL) && code >= 'A' && code <= 'Z')
        code += 'a' - 'A';
    /* Terminals send no Shift with a character: it is in the character. */
    if ((bits & KEY_MOD_SHIFT) && code < KEY_SPECIAL)
        return false;
    *key = bits | code;
    return true;
}

bool key_is_text(uint32_t key)
{
    return key >= ' ' && key < KEY_SPECIAL && key != 0x7F;
}

bool key_is_answer(uint32_t key)
{
    return (key >= 'a' && key <= 'z') || (key >= '0' && key <= '9');
}
