/* made_design - a seeded design in memory, for tests of valid/. */
#ifndef MIEN_TEST_MADE_DESIGN_H
#define MIEN_TEST_MADE_DESIGN_H

#include "eval/learn/design.h"

enum { MADE_SPEAKERS = 8, MADE_EACH = 12, MADE_COLUMNS = 5, MADE_CLASSES = 3 };

/*
 * MADE_SPEAKERS speakers of MADE_EACH items: the class moves two columns,
 * the speaker moves all of them.  `value` is class + noise.  Grouped by
 * speaker; the first item of each speaker is `enrolled` when asked for.
 */
struct design *made_design(uint64_t seed, bool enrol);
/* Every cell of a speaker's items, and their classes, become something else. */
void made_design_spoil(struct design *design, size_t speaker, uint64_t seed);

#endif
