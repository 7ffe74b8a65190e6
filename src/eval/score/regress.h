/*
 * regress - scores of numbers against numbers.
 *
 * CCC is given twice, because the literature has two: over all items as one
 * sequence, and as the mean of each recording's own.  They differ, and a
 * number that does not say which it is cannot be compared.
 */
#ifndef MIEN_SCORE_REGRESS_H
#define MIEN_SCORE_REGRESS_H

#include "common/stat/estimate.h"
#include "eval/score/tally.h"

/*
 * The mean of the recordings' own CCC; recordings in which it is undefined
 * are left out.  *used of them, unless NULL.  Undefined without a column
 * `recording`.  A recording that is in the sums k times counts k times.
 */
struct estimate regress_ccc_recording(const struct tally_sums *sums,
                                      size_t *used);

#endif
