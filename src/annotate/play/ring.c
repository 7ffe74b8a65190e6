/*
 * ring - hands elements of one size from one thread to one other.
 */
#include <config.h>

#include "annotate/play/ring.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

void ring_init(struct ring *ring, size_t count, size_t element_size)
{
    uint64_t size = 1;

    while (size < count)
        size *= 2;
    ring->data = xcalloc(size, element_size);
    ring->element_size = element_size;
    ring->count = size;
    atomic_init(&ring->written, 0);
    atomic_init(&ring->taken, 0);
}

void ring_release(struct ring *ring)
{
    free(ring->data);
    ring->data = NULL;
}

uint64_t ring_written(const struct ring *ring)
{
    return atomic_load_explicit(&ring->written, memory_order_acquire);
}

uint64_t ring_taken(const struct ring *ring)
{
    return atomic_load_explicit(&ring->taken, memory_order_acquire);
}

size_t ring_readable(const struct ring *ring)
{
    uint64_t taken = ring_taken(ring); /* first: it never passes `written` */

    return (size_t)(ring_written(ring) - taken);
}

size_t ring_writable(const struct ring *ring)
{
    uint64_t taken = ring_taken(ring);

    return (size_t)(ring->count - (ring_written(ring) - taken));
}

/* How many of `count` elements from number `at` on lie in one piece. */
static size_t piece(const struct ring *ring, uint64_t at, size_t count)
{
    uint64_t left = ring->count - (at & (ring->count - 1));

    return count < left ? count : (size_t)left;
}

static unsigned char *place(const struct ring *ring, uint64_t at)
{
    return ring->data + (at & (ring->count - 1)) * ring->element_size;
}

size_t ring_write(struct ring *ring, const void *elements, size_t count)
{
    uint64_t at = atomic_load_explicit(&ring->written, memory_order_relaxed);
    size_t room = (size_t)(ring->count - (at - ring_taken(ring)));
    size_t first;

    if (count > room)
        count = room;
    if (count == 0)
        return 0;
    first = piece(ring, at, count);
    memcpy(place(ring, at), elements, first * ring->element_size);
    memcpy(ring->data,
           (const unsigned char *)elements + first * ring->element_size,
           (count - first) * ring->element_size);
    atomic_store_explicit(&ring->written, at + count, memory_order_release);
    return count;
}

size_t ring_read(struct ring *ring, void *out, size_t count)
{
    uint64_t at = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    size_t there = (size_t)(ring_written(ring) - at);
    size_t first;

    if (count > there)
        count = there;
    if (count == 0)
        return 0;
    if (out) {
        first = piece(ring, at, count);
        memcpy(out, place(ring, at), first * ring->element_size);
        memcpy((unsigned char *)out + first * ring->element_size, ring->data,
               (count - first) * ring->element_size);
    }
    atomic_store_explicit(&ring->taken, at + count, memory_order_release);
    return count;
}

bool ring_peek(const struct ring *ring, void *out)
{
    uint64_t at = atomic_load_explicit(&ring->taken, memory_order_relaxed);

    if (ring_written(ring) == at)
        return false;
    memcpy(out, place(ring, at), ring->element_size);
    return true;
}
