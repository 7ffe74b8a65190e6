/*
 * key - one key of the keyboard as a number, and its name.
 *
 * A key that writes a character is that character's code point; the others
 * lie above Unicode.  Ctrl, Shift and Alt are bits on top: Ctrl-R is
 * KEY_MOD_CTRL | 'r'.  Shift is in the character where there is one: "A".
 */
#ifndef MIEN_APP_KEY_H
#define MIEN_APP_KEY_H

#include <stdbool.h>
#include <stdint.h>

enum {
    KEY_NONE = 0,
    KEY_SPECIAL = 0x200000, /* the first that is no character */
    KEY_CODE_ENTER = KEY_SPECIAL,
    KEY_CODE_TAB,
    KEY_CODE_BACKSPACE,
    KEY_CODE_ESC,
    KEY_CODE_UP,
    KEY_CODE_DOWN,
    KEY_CODE_LEFT,
    KEY_CODE_RIGHT,
    KEY_CODE_HOME,
    KEY_CODE_END,
    KEY_CODE_PAGE_UP,
    KEY_CODE_PAGE_DOWN,
    KEY_CODE_INSERT,
    KEY_CODE_DELETE,
    KEY_CODE_F0, /* F1 is KEY_CODE_F0 + 1, up to F12 */
    KEY_CODE_END_OF_LIST = KEY_CODE_F0 + 13,

    KEY_MOD_SHIFT = 1 << 24,
    KEY_MOD_CTRL = 1 << 25,
    KEY_MOD_ALT = 1 << 26,

    KEY_NAME_SIZE = 32, /* bytes, with the zero */
};

/* "a", "Space", "Ctrl-R", "Shift-Left", "F10".  Returns `out`. */
char *key_name(uint32_t key, char out[KEY_NAME_SIZE]);
/* False when no key is called so; the case of names does not matter. */
bool key_parse(const char *name, uint32_t *key);
/* Writes a character of its own accord, as in a prompt. */
bool key_is_text(uint32_t key);
/* A lower-case letter or a digit: kept for the answers of the protocol. */
bool key_is_answer(uint32_t key);

#endif
