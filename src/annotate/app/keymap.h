/*
 * keymap - which key does what: mien-keys(5).
 *
 * A line of a key file is an action and its keys.  The keys on the line
 * replace those that the action had; a key that another action had is taken
 * from it; the word "none" leaves an action without a key.
 */
#ifndef MIEN_APP_KEYMAP_H
#define MIEN_APP_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annotate/app/action.h"
#include "annotate/app/key.h"
#include "common/base/buf.h"
#include "common/base/error.h"
#include "common/base/text.h"

struct binding {
    uint32_t key;
    enum action action;
};

/* In the order of the files, which is the order in which help names them. */
struct keymap {
    struct binding *item; /* owned */
    size_t count;
    size_t capacity;
};

/* Takes a zeroed or filled map to the keys that are shipped. */
void keymap_defaults(struct keymap *map);
/*
 * Changes the map as a key file says; `name` stands in errors as
 * "name:line: text".  The map is as before when this fails.
 */
bool keymap_read(struct keymap *map, const char *text, const char *name,
                 struct error *err);
void keymap_release(struct keymap *map);

enum action keymap_action(const struct keymap *map, uint32_t key);
/* The first key of an action, KEY_NONE when it has none. */
uint32_t keymap_key(const struct keymap *map, enum action action);
/* Adds "Space" or "R, Home" to `out`; "no key" when it has none. */
void keymap_describe(const struct keymap *map, enum action action,
                     struct buf *out);
/*
 * Adds the names of all keys that do something and are not left to answers
 * (lower-case letters and digits are): what a protocol must not use.
 */
void keymap_reserved(const struct keymap *map, struct text_list *out);
/* The shipped key file, as text. */
const char *keymap_default_text(void);
/*
 * That of a shipped profile, "left" or "right" for the hand that works alone;
 * NULL when there is none of that name.
 */
const char *keymap_profile_text(const char *name);

#endif
