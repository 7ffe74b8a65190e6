/*
 * intern - names as numbers in the order in which they first appear.
 *
 * For columns of millions of cells with few or many distinct names; codes.h
 * is for those that should be in byte order.
 */
#ifndef MIEN_BASE_INTERN_H
#define MIEN_BASE_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/text.h"

/* Zero-initialised is empty. */
struct intern {
    struct text_list names; /* by number */
    uint32_t *slot;         /* owned; number + 1, or 0 when free */
    size_t slots;           /* a power of two, or 0 */
};

/* The name's number, from 0; a new name gets the next one. */
size_t intern_add(struct intern *intern, const char *name);
/* The name's number, or -1. */
long intern_find(const struct intern *intern, const char *name);
void intern_release(struct intern *intern);

#endif
