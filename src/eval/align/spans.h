/*
 * spans - stretches of time with what is said of them: utterances, words,
 * trials.
 *
 * A CSV with a column of starts and one of ends, such as a corpus table; one
 * without a header whose second and third cells are times (tier, start, end,
 * text, as SPPAS writes it); SubRip (.srt), NIST's time marked conversations
 * (.ctm: a line's first field is the item), HTK's labels (.lab, in 100 ns).
 */
#ifndef MIEN_ALIGN_SPANS_H
#define MIEN_ALIGN_SPANS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/file/columns.h"

struct spans {
    struct columns *table; /* owned; a row a span */
    double *start, *end;   /* owned; s */
    size_t *by_start;      /* owned; rows in the order of their starts */
    int id, item;          /* columns; -1: there is none */
    int first, last;       /* of the starts and ends; -1: none, of a text */
    int text;              /* what is said; -1: there is none */
};

bool spans_read(const char *path, struct spans *spans, struct error *err);
void spans_release(struct spans *spans);

/* Is the span of the item called so? */
bool spans_of(const struct spans *spans, size_t row, const char *item);
/* Another column than those that are named above (but the text). */
bool spans_carries(const struct spans *spans, size_t column);

#endif
