/*
 * action - the names of everything that a key can do; see actions.def.
 */
#ifndef MIEN_APP_ACTION_H
#define MIEN_APP_ACTION_H

enum action {
    ACTION_NONE = 0,
#define ACTION(id, name, group, help) ACTION_##id,
#include "annotate/app/actions.def"
#undef ACTION
    ACTION_COUNT
};

/* "play-pause"; "" for ACTION_NONE. */
const char *action_name(enum action action);
const char *action_group(enum action action);
const char *action_help(enum action action);
/* ACTION_NONE when no action is called so. */
enum action action_find(const char *name);
/* The action whose name is nearest to a mistyped one, or NULL. */
const char *action_nearest(const char *name);

#endif
