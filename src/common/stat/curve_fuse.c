/*
 * curve_fuse - see curve_fuse.h.
 */
#include <config.h>

#include "common/stat/curve_fuse.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/ccc.h"

/* Each row of the panel against the mean, added to its rater's sums. */
static void add_panel(const struct curve_panel *panel, double origin,
                      bool leave_one_out, struct ccc_sums *sums,
                      struct curve_weight *out)
{
    double *mean = xcalloc(panel->points + 1, sizeof(*mean));
    double n = (double)panel->raters;

    curve_panel_mean(panel, SIZE_MAX, mean);
    for (size_t row = 0; row < panel->raters; row++) {
        const double *x = curve_row(panel, row);
        size_t rater = panel->rater[row];

        out[rater].items++;
        for (size_t k = 0; k < panel->points; k++) {
            double other = mean[k];

            if (leave_one_out)
                other = (n * mean[k] - x[k]) / (n - 1);
            if (!leave_one_out || n > 1)
                ccc_add(&sums[rater], origin, x[k], other, 1);
        }
    }
    free(mean);
}

void curve_weights(const struct curve_panel *panel, size_t panels,
                   size_t raters, bool leave_one_out, struct curve_weight *out)
{
    struct ccc_sums *sums = xcalloc(raters + 1, sizeof(*sums));
    double origin = 0;

    for (size_t r = 0; r < raters; r++)
        out[r] = (struct curve_weight){ 0 };
    for (size_t p = panels; p-- > 0;)
        if (panel[p].points > 0)
            origin = panel[p].x[0];
    for (size_t p = 0; p < panels; p++)
        if (panel[p].points > 0)
            add_panel(&panel[p], origin, leave_one_out, sums, out);
    for (size_t r = 0; r < raters; r++) {
        out[r].r = ccc_pearson(&sums[r]);
        out[r].weight = out[r].r.defined ? fmax(0, out[r].r.value) : 0;
    }
    free(sums);
}

bool curve_fuse(const struct curve_panel *panel, const double *weight,
                double *value, double *sd)
{
    double all = 0, n = (double)panel->raters;

    for (size_t row = 0; row < panel->raters; row++)
        all += weight ? weight[panel->rater[row]] : 1;
    if (!(all > 0))
        return false;
    for (size_t k = 0; k < panel->points; k++) {
        double mean = 0, squares = 0;

        value[k] = 0;
        for (size_t row = 0; row < panel->raters; row++) {
            double x = curve_row(panel, row)[k];

            value[k] += (weight ? weight[panel->rater[row]] : 1) / all * x;
            mean += x / n;
        }
        for (size_t row = 0; row < panel->raters; row++)
            squares += pow(curve_row(panel, row)[k] - mean, 2);
        sd[k] = panel->raters > 1 ? sqrt(squares / (n - 1)) : 0;
    }
    return true;
}
