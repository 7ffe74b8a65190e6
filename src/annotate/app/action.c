/*
 * action - the names of everything that a key can do.
 */
#include <config.h>

#include "annotate/app/action.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "common/base/text.h"

struct row {
    const char *name;
    const char *group;
    const char *help;
};

static const struct row rows[ACTION_COUNT] = {
    [ACTION_NONE] = { "", "", "" },
#define ACTION(id, name, group, help) [ACTION_##id] = { name, group, help },
#include "annotate/app/actions.def"
#undef ACTION
};

static const char *const names[] = {
#define ACTION(id, name, group, help) name,
#include "annotate/app/actions.def"
#undef ACTION
    NULL,
};

const char *action_name(enum action action)
{
    assert(action < ACTION_COUNT);
    return rows[action].name;
}

const char *action_group(enum action action)
{
    assert(action < ACTION_COUNT);
    return rows[action].group;
}

const char *action_help(enum action action)
{
    assert(action < ACTION_COUNT);
    return rows[action].help;
}

enum action action_find(const char *name)
{
    for (int i = 1; i < ACTION_COUNT; i++) {
        if (strcmp(rows[i].name, name) == 0)
            return (enum action)i;
    }
    return ACTION_NONE;
}

const char *action_nearest(const char *name)
{
    return text_nearest(name, names);
}
