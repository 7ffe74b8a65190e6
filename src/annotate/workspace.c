/*
 * workspace - which project, and who.
 */
#include <config.h>

#include "annotate/workspace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/store/alias.h"

static bool is_project(const char *folder)
{
    char *file = path_join(folder, "mien.db");
    bool is = path_is_file(file);

    free(file);
    return is;
}

static char *given(const char *folder, const char *by, struct error *err)
{
    if (is_project(folder))
        return path_absolute(folder);
    error_set(err, ERROR_INPUT,
              "%s: no project (it has no mien.db); %s names the folder that "
              "`mien-annotate init' made",
              folder, by);
    return NULL;
}

char *workspace_find(const char *option, struct error *err)
{
    const char *from_environment = getenv("MIEN_PROJECT");
    char *folder;

    if (option)
        return given(option, "-p", err);
    if (from_environment && *from_environment)
        return given(from_environment, "$MIEN_PROJECT", err);
    folder = path_absolute(".");
    while (!is_project(folder)) {
        char *above = path_folder(folder);
        bool top = strcmp(above, folder) == 0;

        free(folder);
        folder = above;
        if (top) {
            free(folder);
            error_set(err, ERROR_INPUT,
                      "no project here: no folder upwards holds a mien.db; "
                      "name one with -p, or make one with `mien-annotate "
                      "init'");
            return NULL;
        }
    }
    return folder;
}

struct project *workspace_open(const char *option, bool write,
                               struct error *err)
{
    char *folder = workspace_find(option, err);
    struct project *project = folder ? project_open(folder, write, err) : NULL;

    free(folder);
    return project;
}

char *workspace_settings(void)
{
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");

    if (config && *config)
        return path_join(config, "mien/settings");
    return path_join(home && *home ? home : "/", ".config/mien/settings");
}

/* Both as they are on disk, links followed. */
static bool same_folder(const char *a, const char *b)
{
    char *real_a = realpath(a, NULL);
    char *real_b = realpath(b, NULL);
    bool same = real_a && real_b && strcmp(real_a, real_b) == 0;

    free(real_a);
    free(real_b);
    return same;
}

/* 2 when the line binds to this project, 1 when to any, 0 when to none. */
static int binds(char *line, const char *project, const char **alias)
{
    char *folder;
    char *word = line + strspn(line, " \t");

    word[strcspn(word, "#\r\n")] = '\0';
    if (!text_starts(word, "alias ") && !text_starts(word, "alias\t"))
        return 0;
    word += strcspn(word, " \t");
    word += strspn(word, " \t");
    folder = word + strcspn(word, " \t");
    if (*folder)
        *folder++ = '\0';
    folder += strspn(folder, " \t");
    for (size_t end = strlen(folder); end > 0; end--) {
        if (folder[end - 1] != ' ' && folder[end - 1] != '\t')
            break;
        folder[end - 1] = '\0';
    }
    *alias = word;
    if (!*folder)
        return *word ? 1 : 0;
    return project && same_folder(folder, project) ? 2 : 0;
}

static char *from_settings(const char *project)
{
    char *path = workspace_settings();
    FILE *file = fopen(path, "re");
    char *line = NULL;
    char *found = NULL;
    size_t room = 0;
    int best = 0;

    free(path);
    if (!file)
        return NULL;
    while (getline(&line, &room, file) > 0) {
        const char *alias = NULL;
        int how = binds(line, project, &alias);

        if (how > best) {
            free(found);
            found = xstrdup(alias);
            best = how;
        }
    }
    free(line);
    fclose(file);
    return found;
}

char *workspace_alias(const char *option, const char *project,
                      struct error *err)
{
    const char *from_environment = getenv("MIEN_USER");
    char *alias;

    if (option)
        alias = xstrdup(option);
    else if (from_environment && *from_environment)
        alias = xstrdup(from_environment);
    else
        alias = from_settings(project);
    if (!alias) {
        error_set(err, ERROR_INPUT,
                  "who are you? give your alias with --as, or set MIEN_USER, "
                  "or write a line `alias ALIAS' into the settings file");
        return NULL;
    }
    if (!alias_check(alias, err)) {
        free(alias);
        return NULL;
    }
    return alias;
}
