/*
 * codes - words as numbers: distinct words in byte order, and which of them
 * each row has.
 */
#ifndef MIEN_BASE_CODES_H
#define MIEN_BASE_CODES_H

#include <stddef.h>

#include "common/base/text.h"

/* Fills the empty list `names` with the distinct words of text[]. */
void codes_names(const char *const *text, size_t count,
                 struct text_list *names);
/* The place of `text` in a list made by codes_names(), or -1. */
long codes_find(const struct text_list *names, const char *text);
/* Both: the list, and the place of each word in code[]. */
void codes_make(const char *const *text, size_t count, struct text_list *names,
                size_t *code);

#endif
