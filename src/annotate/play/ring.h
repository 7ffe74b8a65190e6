/*
 * ring - hands elements of one size from one thread to one other.
 *
 * Single producer, single consumer, lock-free: neither side ever waits.  The
 * two counters run on for ever and never wrap in practice (64 bits); an
 * element's place is its count modulo the size, a power of two.
 *
 *     taken            written
 *       v                 v
 *   . . # # # # # # # # # . . .      readable = written - taken
 */
#ifndef MIEN_PLAY_RING_H
#define MIEN_PLAY_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ring {
    /* Set once. */
    unsigned char *data; /* owned */
    size_t element_size; /* bytes */
    uint64_t count;      /* of elements there is room for; a power of two */

    /* Each on its own cache line, lest the threads slow each other. */
    unsigned char gap_a[64];
    _Atomic uint64_t written; /* the producer's */
    unsigned char gap_b[64];
    _Atomic uint64_t taken; /* the consumer's */
    unsigned char gap_c[64];
};

/* Room for at least `count` elements. */
void ring_init(struct ring *ring, size_t count, size_t element_size);
void ring_release(struct ring *ring); /* takes a zeroed one */

/* Either side; the other side may make it more meanwhile, never less. */
size_t ring_readable(const struct ring *ring);
size_t ring_writable(const struct ring *ring);
/* How many were ever written; what was written before is visible. */
uint64_t ring_written(const struct ring *ring);
uint64_t ring_taken(const struct ring *ring);

/* Producer: as many as there is room for; returns how many. */
size_t ring_write(struct ring *ring, const void *elements, size_t count);

/* Consumer: at most `count`; returns how many.  `out` NULL drops them. */
size_t ring_read(struct ring *ring, void *out, size_t count);
/* Consumer: the first element, which stays; false when there is none. */
bool ring_peek(const struct ring *ring, void *out);

#endif
