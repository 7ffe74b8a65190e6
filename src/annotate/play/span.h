/*
 * span - a part of a medium, by the name of its file.
 */
#ifndef MIEN_PLAY_SPAN_H
#define MIEN_PLAY_SPAN_H

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialised is none. */
struct span {
    char *path; /* owned; NULL: none */
    int64_t start_us, end_us;
};

void span_set(struct span *span, const char *path, int64_t start_us,
              int64_t end_us);
void span_copy(struct span *to, const struct span *from);
void span_clear(struct span *span);
bool span_equal(const struct span *a, const struct span *b);

#endif
