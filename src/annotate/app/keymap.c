/*
 * keymap - which key does what: mien-keys(5).
 */
#include <config.h>

#include "annotate/app/keymap.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/embedded.h"
#include "common/base/vec.h"

/* Made from defaults.conf by build-aux/embed. */
extern const struct embedded_file annotate_keys[];

const char *keymap_profile_text(const char *name)
{
    const struct embedded_file *file = embedded_find(annotate_keys, name);

    return file && !text_equal(name, "defaults") ? file->text : NULL;
}

const char *keymap_default_text(void)
{
    const struct embedded_file *file = embedded_find(annotate_keys, "defaults");

    assert(file);
    return file->text;
}

void keymap_defaults(struct keymap *map)
{
    struct error err;
    bool ok;

    map->count = 0;
    ok = keymap_read(map, keymap_default_text(), "defaults.conf", &err);
    assert(ok); /* a unit test reads it */
    (void)ok;
}

void keymap_release(struct keymap *map)
{
    free(map->item);
    *map = (struct keymap){ 0 };
}

enum action keymap_action(const struct keymap *map, uint32_t key)
{
    for (size_t i = 0; i < map->count; i++) {
        if (map->item[i].key == key)
            return map->item[i].action;
    }
    return ACTION_NONE;
}

uint32_t keymap_key(const struct keymap *map, enum action action)
{
    for (size_t i = 0; i < map->count; i++) {
        if (map->item[i].action == action)
            return map->item[i].key;
    }
    return KEY_NONE;
}

void keymap_describe(const struct keymap *map, enum action action,
                     struct buf *out)
{
    char name[KEY_NAME_SIZE];
    bool any = false;

    for (size_t i = 0; i < map->count; i++) {
        if (map->item[i].action != action)
            continue;
        buf_addf(out, "%s%s", any ? ", " : "",
                 key_name(map->item[i].key, name));
        any = true;
    }
    if (!any)
        buf_add_text(out, "no key");
}

void keymap_reserved(const struct keymap *map, struct text_list *out)
{
    char name[KEY_NAME_SIZE];

    for (size_t i = 0; i < map->count; i++) {
        if (!key_is_answer(map->item[i].key))
            text_list_add(out, key_name(map->item[i].key, name));
    }
}

/* Drops all bindings of the action, or all of the key. */
static void drop(struct keymap *map, enum action action, uint32_t key)
{
    size_t kept = 0;

    for (size_t i = 0; i < map->count; i++) {
        if (map->item[i].action != action && map->item[i].key != key)
            map->item[kept++] = map->item[i];
    }
    map->count = kept;
}

/* Where each action and each key of one file was named, for its errors. */
struct reading {
    struct keymap *map;
    const char *name;
    int line;
    int action_line[ACTION_COUNT]; /* 0: not yet */
    struct keymap own;             /* owned; the bindings of this file */
};

static bool read_action(struct reading *reading, const char *word,
                        enum action *action, struct error *err)
{
    const char *near;

    *action = action_find(word);
    if (*action == ACTION_NONE) {
        near = action_nearest(word);
        return error_set(err, ERROR_INPUT, "%s:%d: no action \"%s\"%s%s%s",
                         reading->name, reading->line, word,
                         near ? "; did you mean \"" : "", near ? near : "",
                         near ? "\"?" : "");
    }
    if (reading->action_line[*action])
        return error_set(err, ERROR_INPUT,
                         "%s:%d: \"%s\" stands on line %d already; put all "
                         "its keys on one line",
                         reading->name, reading->line, word,
                         reading->action_line[*action]);
    reading->action_line[*action] = reading->line;
    drop(reading->map, *action, KEY_NONE);
    return true;
}

static bool read_key(struct reading *reading, enum action action,
                     const char *word, struct error *err)
{
    enum action before;
    uint32_t key;

    if (!key_parse(word, &key))
        return error_set(err, ERROR_INPUT,
                         "%s:%d: no key \"%s\"; keys are characters or names "
                         "such as Space, F5, Ctrl-R, Shift-Left",
                         reading->name, reading->line, word);
    before = keymap_action(&reading->own, key);
    if (before != ACTION_NONE)
        return error_set(err, ERROR_INPUT,
                         "%s:%d: key %s does \"%s\" already (line %d)",
                         reading->name, reading->line, word,
                         action_name(before), reading->action_line[before]);
    drop(reading->map, ACTION_NONE, key);
    VEC_PUSH(reading->map, ((struct binding){ key, action }));
    VEC_PUSH(&reading->own, ((struct binding){ key, action }));
    return true;
}

/* A "#" begins a comment only where a word could begin: "#" is no key. */
static bool read_line(struct reading *reading, char *line, struct error *err)
{
    enum action action = ACTION_NONE;
    char *word = line;
    int keys = 0;

    for (;;) {
        char *end;
        bool last;

        word += strspn(word, " \t\r");
        if (*word == '\0' || *word == '#')
            break;
        end = word + strcspn(word, " \t\r");
        last = *end == '\0';
        *end = '\0';
        if (action == ACTION_NONE) {
            if (!read_action(reading, word, &action, err))
                return false;
        } else if (strcmp(word, "none") != 0 &&
                   !read_key(reading, action, word, err)) {
            return false;
        }
        keys++;
        word = last ? end : end + 1;
    }
    if (keys == 1)
        return error_set(err, ERROR_INPUT,
                         "%s:%d: \"%s\" has no key; \"none\" leaves it without",
                         reading->name, reading->line, action_name(action));
    return true;
}

static bool read_lines(struct reading *reading, const char *text,
                       struct error *err)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        char *line = xstrndup(text, length);
        bool ok;

        reading->line++;
        ok = read_line(reading, line, err);
        free(line);
        if (!ok)
            return false;
        text += length + (text[length] == '\n');
    }
    return true;
}

static void copy_map(struct keymap *to, const struct keymap *from)
{
    to->count = 0;
    for (size_t i = 0; i < from->count; i++)
        VEC_PUSH(to, from->item[i]);
}

bool keymap_read(struct keymap *map, const char *text, const char *name,
                 struct error *err)
{
    struct keymap next = { 0 };
    struct reading reading = { .map = &next, .name = name };
    bool ok;

    copy_map(&next, map);
    ok = read_lines(&reading, text, err);
    if (ok && keymap_key(&next, ACTION_QUIT) == KEY_NONE)
        ok = error_set(err, ERROR_INPUT,
                       "%s: \"quit\" is left without a key; give it one", name);
    if (ok)
        copy_map(map, &next);
    keymap_release(&next);
    keymap_release(&reading.own);
    return ok;
}
