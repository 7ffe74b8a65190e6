/*
 * workspace - which project, and who.
 *
 * The project: -p, else $MIEN_PROJECT, else the nearest folder upwards that
 * holds a mien.db.  The person: --as, else $MIEN_USER, else what the user's
 * own settings say; never the login name.  Only workspace_open() opens anything
 * of the project.
 *
 * Settings are lines of $XDG_CONFIG_HOME/mien/settings (else
 * ~/.config/mien/settings): `alias ALIAS FOLDER' binds an alias to a project,
 * `alias ALIAS' to every other; `#' begins a comment.  Other words are left
 * to others.
 */
#ifndef MIEN_ANNOTATE_WORKSPACE_H
#define MIEN_ANNOTATE_WORKSPACE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/cli/option.h"
#include "common/store/project.h"

/* The row of every command that has a project; the member is `project`. */
#define WORKSPACE_PROJECT_OPTION(settings)                                   \
    {                                                                        \
        .name = "project", .letter = 'p', .type = OPTION_TEXT, .arg = "dir", \
        .offset = offsetof(settings, project),                               \
        .help =                                                              \
            "the project, in place of $MIEN_PROJECT or the nearest upwards"  \
    }

/* The project's folder, absolute, the caller's.  `option` may be NULL. */
char *workspace_find(const char *option, struct error *err);
/* Finds it and opens it; with `write`, as the only one. */
struct project *workspace_open(const char *option, bool write,
                               struct error *err);
/* The alias, the caller's.  `option` may be NULL. */
char *workspace_alias(const char *option, const char *project,
                      struct error *err);
/* The settings file, the caller's; it need not be there. */
char *workspace_settings(void);

#endif
