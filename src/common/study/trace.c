/*
 * trace - hashing samples, and laying passes one over another.
 */
#include <config.h>

#include "common/study/trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/file/hash.h"

static const char trace_mark[] = "mien trace 1\n";

enum { FIELDS = 5, FIELD_SIZE = 8 };

/* Eight bytes, the lowest first, on any machine. */
static uint8_t *put_bits(uint8_t *out, uint64_t bits)
{
    for (int i = 0; i < FIELD_SIZE; i++)
        *out++ = (uint8_t)(bits >> (8 * i));
    return out;
}

/*
 * IEEE 754 binary64.  A database gives back neither the sign of a zero nor
 * the payload of a NaN, so neither is hashed.
 */
static uint64_t bits_of(double value)
{
    uint64_t bits;

    if (isnan(value))
        return UINT64_C(0x7ff8000000000000);
    if (value == 0)
        return 0;
    memcpy(&bits, &value, sizeof(bits));
    return bits;
}

void trace_hash(const uint8_t pass[EVENT_HASH_SIZE], int64_t first,
                const struct trace_sample *sample, size_t count,
                uint8_t out[EVENT_HASH_SIZE])
{
    uint8_t *rows = xmalloc(count * FIELDS * FIELD_SIZE + 1);
    uint8_t head[2 * FIELD_SIZE];
    uint8_t *at = rows;
    const struct hash_part parts[] = {
        { trace_mark, sizeof(trace_mark) - 1 },
        { pass, EVENT_HASH_SIZE },
        { head, sizeof(head) },
        { rows, count * FIELDS * FIELD_SIZE },
    };

    put_bits(put_bits(head, (uint64_t)first), (uint64_t)count);
    for (size_t i = 0; i < count; i++) {
        at = put_bits(at, (uint64_t)sample[i].media_us);
        at = put_bits(at, (uint64_t)sample[i].host_us);
        at = put_bits(at, bits_of(sample[i].value[0]));
        at = put_bits(at, bits_of(sample[i].value[1]));
        at = put_bits(at, sample[i].flags);
    }
    hash_blake2b(parts, LENGTH_OF(parts), NULL, 0, out);
    free(rows);
}

/* The first of the samples that is not before (after) a media time. */
static size_t place_of(const struct trace_samples *samples, int64_t media_us,
                       bool after)
{
    size_t low = 0;
    size_t high = samples->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int64_t at = samples->item[middle].media_us;

        if (at < media_us || (after && at == media_us))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void lay_over(struct trace_samples *under, const struct trace_part *part)
{
    int64_t first_us = part->sample[0].media_us;
    int64_t last_us = part->sample[part->count - 1].media_us;
    size_t from = place_of(under, first_us, false);
    size_t to = place_of(under, last_us, true);
    size_t rest = under->count - to;
    size_t count = from + part->count + rest;

    if (count > under->capacity) {
        under->capacity = count;
        under->item = xreallocarray(under->item, count, sizeof(*under->item));
    }
    if (rest > 0)
        memmove(&under->item[from + part->count], &under->item[to],
                rest * sizeof(*under->item));
    memcpy(&under->item[from], part->sample,
           part->count * sizeof(*under->item));
    under->count = count;
}

void trace_compose(const struct trace_part *part, size_t count,
                   struct trace_samples *out)
{
    for (size_t i = 0; i < count; i++)
        if (part[i].count > 0)
            lay_over(out, &part[i]);
}
