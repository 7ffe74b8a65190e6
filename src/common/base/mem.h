/*
 * mem - memory that is there or ends the program, and an arena.
 *
 * Running out of memory aborts.  A size that comes from a file is not that:
 * check it against a limit first.
 */
#ifndef MIEN_BASE_MEM_H
#define MIEN_BASE_MEM_H

#include <stddef.h>

/* The caller owns what these return; free() takes it.  Never NULL. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *block, size_t size);
/* As xrealloc of count * size bytes; a product that overflows aborts. */
void *xreallocarray(void *block, size_t count, size_t size);
char *xstrdup(const char *text);
/* At most `length` bytes of `text`, ended by a zero. */
char *xstrndup(const char *text, size_t length);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * An arena: many small blocks with one life.  Zero-initialised is empty;
 * arena_release() frees all blocks and leaves it empty.
 */
struct arena {
    struct arena_chunk *chunks; /* owned */
};

void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void arena_release(struct arena *arena);

#endif
