/*
 * pairing - the rows of two tables of predictions that are about the same
 * item in the same repeat.
 *
 * Both must agree on what they share: truth, weight, speaker, recording.
 */
#ifndef MIEN_SCORE_PAIRING_H
#define MIEN_SCORE_PAIRING_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "eval/score/predictions.h"

struct pairing {
    size_t count;
    size_t *first, *second;           /* owned; rows, pair by pair */
    size_t only_first, only_second;   /* rows that the other has not */
    const char *first_id, *second_id; /* one of those, borrowed; or NULL */
};

/*
 * Pairs are in the order of `first`.  Speakers, weights and recordings of
 * the second become those of the first (or the other way round, where only
 * the second has speakers), and both get the labels of both, so that their
 * tallies count the same clusters in the same places.  With `common`, rows
 * without a partner are left out, else they are an error. `name[2]` stand in
 * messages.
 */
bool pairing_make(struct predictions *first, struct predictions *second,
                  const char *const name[2], bool common,
                  struct pairing *pairing, struct error *err);
void pairing_release(struct pairing *pairing);

#endif
