/*
 * span - a part of a medium.
 */
#include <config.h>

#include "annotate/play/span.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/text.h"

void span_set(struct span *span, const char *path, int64_t start_us,
              int64_t end_us)
{
    char *copy = path ? xstrdup(path) : NULL; /* `path` may be span->path */

    free(span->path);
    *span = (struct span){ copy, start_us, end_us };
}

void span_copy(struct span *to, const struct span *from)
{
    span_set(to, from->path, from->start_us, from->end_us);
}

void span_clear(struct span *span)
{
    span_set(span, NULL, 0, 0);
}

bool span_equal(const struct span *a, const struct span *b)
{
    return text_equal(a->path, b->path) && a->start_us == b->start_us &&
           a->end_us == b->end_us;
}
