/*
 * text - small questions about strings.
 */
#ifndef MIEN_BASE_TEXT_H
#define MIEN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

bool text_equal(const char *a, const char *b); /* NULL equals only NULL */
bool text_starts(const char *text, const char *start);
bool text_ends(const char *text, const char *end);

/* A list of owned strings; zero-initialised is empty. */
struct text_list {
    char **item; /* owned, each too */
    size_t count;
    size_t capacity;
};

void text_list_add(struct text_list *list, const char *text);
/* Splits at each `separator`; "" gives no item. */
void text_list_split(struct text_list *list, const char *text, char separator);
bool text_list_has(const struct text_list *list, const char *text);
void text_list_release(struct text_list *list);

/*
 * The one of `names` (ended by NULL) that is nearest to `name` by edit
 * distance; NULL when none is near enough to be meant.
 */
const char *text_nearest(const char *name, const char *const *names);

#endif
