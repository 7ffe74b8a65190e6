/*
 * regress - the mean of the recordings.
 */
#include <config.h>

#include "eval/score/regress.h"

struct estimate regress_ccc_recording(const struct tally_sums *sums,
                                      size_t *used)
{
    double sum = 0, weight = 0;
    size_t n = 0;

    if (used)
        *used = 0;
    if (sums->recordings == 0)
        return estimate_undefined("no column \"recording\"");
    for (size_t r = 0; r < sums->recordings; r++) {
        const struct ccc_sums *own = &sums->recording[r];
        struct estimate ccc = ccc_lin(own);
        double times;

        if (own->count == 0 || !ccc.defined)
            continue;
        times = (double)own->count / (double)sums->recording_items[r];
        sum += times * ccc.value;
        weight += times;
        n++;
    }
    if (used)
        *used = n;
    return estimate_ratio(sum, weight, "undefined in every recording");
}
