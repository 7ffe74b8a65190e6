/* text - see text.h. */
#include <config.h>

#include "common/base/text.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"

bool text_equal(const char *a, const char *b)
{
    if (!a || !b)
        return a == b;
    return strcmp(a, b) == 0;
}

bool text_starts(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

bool text_ends(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t wanted = strlen(end);

    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

void text_list_add(struct text_list *list, const char *text)
{
    VEC_PUSH(list, xstrdup(text));
}

void text_list_split(struct text_list *list, const char *text, char separator)
{
    const char *end;

    if (*text == '\0')
        return;
    while ((end = strchr(text, separator)) != NULL) {
        VEC_PUSH(list, xstrndup(text, (size_t)(end - text)));
        text = end + 1;
    }
    text_list_add(list, text);
}

bool text_list_has(const struct text_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->item[i], text) == 0)
            return true;
    }
    return false;
}

void text_list_release(struct text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->item[i]);
    free(list->item);
    *list = (struct text_list){ 0 };
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, by rows. */
static size_t distance(const char *a, const char *b)
{
    size_t length = strlen(b);
    size_t *row = xcalloc(length + 1, sizeof(*row));
    size_t result;

    for (size_t j = 0; j <= length; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];

        row[0] = i + 1;
        for (size_t j = 0; j < length; j++) {
            size_t above = row[j + 1];

            row[j + 1] =
                least(diagonal + (a[i] != b[j]), least(above, row[j]) + 1);
            diagonal = above;
        }
    }
    result = row[length];
    free(row);
    return result;
}

const char *text_nearest(const char *name, const char *const *names)
{
    size_t best = 2 + strlen(name) / 4; /* further away is no misspelling */
    const char *found = NULL;

    for (; *names; names++) {
        size_t away = distance(name, *names);

        /* A beginning of the word is meant, however long the rest. */
        if (strlen(name) >= 3 && text_starts(*names, name))
            away = 1;
        if (away < best || (away == best && !found)) {
            best = away;
            found = *names;
        }
    }
    return found;
}
