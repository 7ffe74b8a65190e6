/*
 * intern - by open addressing, at most half full.
 */
#include <config.h>

#include "common/base/intern.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

/* Fowler, Noll and Vo's hash, variant 1a, 64 bits. */
static uint64_t hash_of(const char *name)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * UINT64_C(1099511628211);
    return hash;
}

/* The slot of the name, or the free one where it belongs. */
static size_t slot_of(const struct intern *intern, const char *name)
{
    size_t at = hash_of(name) & (intern->slots - 1);

    while (intern->slot[at] != 0 &&
           strcmp(intern->names.item[intern->slot[at] - 1], name) != 0)
        at = (at + 1) & (intern->slots - 1);
    return at;
}

static void grow(struct intern *intern)
{
    intern->slots = intern->slots ? intern->slots * 2 : 64;
    free(intern->slot);
    intern->slot = xcalloc(intern->slots, sizeof(*intern->slot));
    for (size_t i = 0; i < intern->names.count; i++)
        intern->slot[slot_of(intern, intern->names.item[i])] =
            (uint32_t)(i + 1);
}

size_t intern_add(struct intern *intern, const char *name)
{
    size_t at;

    if (intern->names.count * 2 >= intern->slots)
        grow(intern);
    at = slot_of(intern, name);
    if (intern->slot[at] == 0) {
        assert(intern->names.count < UINT32_MAX - 1);
        text_list_add(&intern->names, name);
        intern->slot[at] = (uint32_t)intern->names.count;
    }
    return intern->slot[at] - 1;
}

long intern_find(const struct intern *intern, const char *name)
{
    if (intern->slots == 0)
        return -1;
    return (long)intern->slot[slot_of(intern, name)] - 1;
}

void intern_release(struct intern *intern)
{
    text_list_release(&intern->names);
    free(intern->slot);
    *intern = (struct intern){ 0 };
}
