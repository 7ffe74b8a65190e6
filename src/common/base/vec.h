/*
 * vec.h - push onto any struct { T *item; size_t count, capacity; }.
 *
 *     struct words { char **item; size_t count, capacity; } words = { 0 };
 *     VEC_PUSH(&words, xstrdup("fear"));
 *     free(words.item);
 */
#ifndef MIEN_BASE_VEC_H
#define MIEN_BASE_VEC_H

#include "common/base/mem.h"

#define VEC_GROW(vec)                                                    \
    do {                                                                 \
        if ((vec)->count == (vec)->capacity) {                           \
            (vec)->capacity = (vec)->capacity ? (vec)->capacity * 2 : 8; \
            (vec)->item = xreallocarray((vec)->item, (vec)->capacity,    \
                                        sizeof(*(vec)->item));           \
        }                                                                \
    } while (0)

#define VEC_PUSH(vec, value)                   \
    do {                                       \
        VEC_GROW(vec);                         \
        (vec)->item[(vec)->count++] = (value); \
    } while (0)

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
