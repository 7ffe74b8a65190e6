/*
 * rng - named, seeded streams of chance, over GSL's Mersenne twister.
 *
 * Each use of chance has a stream of its own, named after the use
 * ("folds", "bootstrap/3"), so that adding one never shifts another.
 */
#ifndef MIEN_BASE_RNG_H
#define MIEN_BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

struct rng;

struct rng *rng_new(uint64_t seed, const char *name);
void rng_free(struct rng *rng);
/* A whole number in 0 .. below - 1, without bias; `below` is at least 1. */
uint64_t rng_below(struct rng *rng, uint64_t below);
double rng_uniform(struct rng *rng); /* in [0, 1) */
double rng_normal(struct rng *rng);  /* mean 0, sd 1 */
/* Fisher and Yates. */
void rng_shuffle(struct rng *rng, size_t *item, size_t count);

#endif
