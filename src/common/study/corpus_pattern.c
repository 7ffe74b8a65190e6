/*
 * corpus_pattern - paths: globs, regular expressions with named groups,
 * templates.
 *
 * POSIX expressions have no names for groups: "(?<name>...)" becomes a plain
 * group whose number is remembered.
 */
#include <config.h>

#include <ctype.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/study/corpus_internal.h"

enum { OUTER_GROUPS = 2 }; /* those that wrap the author's expression */

/* "<name>" after "(?" or "(?P"; NULL when it is none. */
static const char *group_name(const char *at, struct arena *arena,
                              const char **after)
{
    const char *end = strchr(at, '>');

    if (*at != '<' || !end || end == at + 1)
        return NULL;
    for (const char *c = at + 1; c < end; c++) {
        if (!isalnum((unsigned char)*c) && *c != '_' && *c != ':')
            return NULL;
    }
    *after = end + 1;
    return arena_strndup(arena, at + 1, (size_t)(end - at) - 1);
}

/* A "(": its name, when it has one, and where the expression goes on. */
static const char *open_group(struct corpus_pattern *pattern,
                              struct arena *arena, const char *at, char *reason,
                              size_t size)
{
    const char *name = NULL;
    const char *after = at + 1;

    if (pattern->group_count == CORPUS_GROUPS_MAX) {
        snprintf(reason, size, "has more than %d groups", CORPUS_GROUPS_MAX);
        return NULL;
    }
    if (at[1] == '?' && at[2] == ':') {
        after = at + 3;
    } else if (at[1] == '?') {
        name = group_name(at[2] == 'P' ? at + 3 : at + 2, arena, &after);
        if (!name) {
            snprintf(reason, size,
                     "has \"%.12s\"; a group is (...), (?:...) or "
                     "(?<name>...) with letters, digits and _",
                     at);
            return NULL;
        }
    }
    pattern->group[pattern->group_count++] = name;
    return after;
}

/* The end of a bracket expression; "]" may be its first member. */
static const char *skip_bracket(const char *at)
{
    at++;
    if (*at == '^')
        at++;
    if (*at == ']')
        at++;
    while (*at && *at != ']') {
        if (*at == '[' && (at[1] == ':' || at[1] == '.' || at[1] == '=')) {
            const char closing[] = { at[1], ']', '\0' };
            const char *end = strstr(at + 2, closing);

            at = end ? end + 1 : at;
        }
        at++;
    }
    return *at ? at + 1 : at;
}

static bool translate(struct corpus_pattern *pattern, struct arena *arena,
                      const char *text, struct buf *out, char *reason,
                      size_t size)
{
    while (*text) {
        const char *next = text + 1;

        if (*text == '\\' && text[1] == 'd') {
            buf_add_text(out, "[0-9]");
            text += 2;
            continue;
        }
        if (*text == '\\' && text[1]) {
            next = text + 2;
        } else if (*text == '[') {
            next = skip_bracket(text);
        } else if (*text == '(') {
            next = open_group(pattern, arena, text, reason, size);
            if (!next)
                return false;
            buf_add_char(out, '(');
            text = next;
            continue;
        }
        buf_add(out, text, (size_t)(next - text));
        text = next;
    }
    return true;
}

bool corpus_pattern_compile(struct corpus_pattern *pattern, struct arena *arena,
                            const char *text, char *reason, size_t size)
{
    struct buf posix = { 0 };
    int status;

    *pattern = (struct corpus_pattern){ 0 };
    buf_add_text(&posix, "(^|/)(");
    if (!translate(pattern, arena, text, &posix, reason, size)) {
        buf_release(&posix);
        return false;
    }
    buf_add_text(&posix, ")$");
    status = regcomp(&pattern->regex, buf_text(&posix), REG_EXTENDED);
    pattern->compiled = status == 0;
    if (status != 0)
        regerror(status, &pattern->regex, reason, size);
    buf_release(&posix);
    return status == 0;
}

bool corpus_pattern_match(const struct corpus_pattern *pattern,
                          const char *path, char *value[CORPUS_GROUPS_MAX])
{
    regmatch_t match[CORPUS_GROUPS_MAX + OUTER_GROUPS + 1];

    if (regexec(&pattern->regex, path, pattern->group_count + OUTER_GROUPS + 1,
                match, 0) != 0)
        return false;
    for (size_t i = 0; i < pattern->group_count; i++) {
        const regmatch_t *group = &match[i + OUTER_GROUPS + 1];

        value[i] = group->rm_so < 0
                       ? NULL
                       : xstrndup(path + group->rm_so,
                                  (size_t)(group->rm_eo - group->rm_so));
    }
    return true;
}

void corpus_pattern_release(struct corpus_pattern *pattern)
{
    if (pattern->compiled)
        regfree(&pattern->regex);
    *pattern = (struct corpus_pattern){ 0 };
}

bool corpus_glob_match(const char *glob, const char *path)
{
    const char *slash;

    if (strncmp(glob, "**/", 3) != 0)
        return fnmatch(glob, path, FNM_PATHNAME | FNM_PERIOD) == 0;
    glob += 3;
    for (; path; path = slash ? slash + 1 : NULL) {
        if (corpus_glob_match(glob, path))
            return true;
        slash = strchr(path, '/');
    }
    return false;
}

bool corpus_template_expand(const char *text, corpus_look *look, void *context,
                            struct buf *out)
{
    while (*text) {
        const char *end;

        if (text[0] != '{' || text[1] == '{') {
            buf_add_char(out, *text);
            text += text[0] == '{' ? 2 : 1;
            continue;
        }
        end = strchr(text, '}');
        if (!end) {
            buf_clear(out);
            buf_add_text(out, text);
            return false;
        }
        if (look) {
            char *name = xstrndup(text + 1, (size_t)(end - text) - 1);
            const char *value = look(context, name);

            buf_add_text(out, value ? value : "");
            free(name);
        }
        text = end + 1;
    }
    return true;
}
