/*
 * codes - by sorting once and searching by halves.
 */
#include <config.h>

#include "common/base/codes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void codes_names(const char *const *text, size_t count, struct text_list *names)
{
    const char **sorted = xcalloc(count + 1, sizeof(*sorted));

    if (count > 0)
        memcpy(sorted, text, count * sizeof(*sorted));
    qsort(sorted, count, sizeof(*sorted), compare);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(sorted[i], sorted[i - 1]) != 0)
            text_list_add(names, sorted[i]);
    free(sorted);
}

long codes_find(const struct text_list *names, const char *text)
{
    char **found = names->count == 0 ? NULL
                                     : bsearch(&text, names->item, names->count,
                                               sizeof(*names->item), compare);

    return found ? (long)(found - names->item) : -1;
}

void codes_make(const char *const *text, size_t count, struct text_list *names,
                size_t *code)
{
    codes_names(text, count, names);
    for (size_t i = 0; i < count; i++) {
        long place = codes_find(names, text[i]);

        assert(place >= 0);
        code[i] = (size_t)place;
    }
}
