/* consensus_em - see consensus_em.h. */
#include <config.h>

#include "common/stat/consensus_em.h"

#include <math.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"

static const double smallest = 1e-290;
static const double farthest = -667; /* exp() of it is about `smallest` */

void consensus_em_share(const double *p, double sum, double log_scale,
                        size_t classes, double *row, struct consensus_fit *fit)
{
    double step = fit->step;

    for (size_t k = 0; k < classes; k++) {
        double share = p[k] / sum;
        double change = fabs(share - row[k]);

        row[k] = share < smallest ? 0 : share;
        step = change > step ? change : step;
    }
    fit->step = step;
    fit->log_likelihood += log_scale + (sum == 1 ? 0 : log(sum));
}

void consensus_em_row(double *log_p, size_t classes, double *row,
                      struct consensus_fit *fit)
{
    double top = log_p[0], sum = 0;

    for (size_t k = 1; k < classes; k++)
        top = log_p[k] > top ? log_p[k] : top;
    for (size_t k = 0; k < classes; k++) {
        double below = log_p[k] - top;

        if (below == 0)
            log_p[k] = 1;
        else
            log_p[k] = below < farthest ? 0 : exp(below);
        sum += log_p[k];
    }
    consensus_em_share(log_p, sum, top, classes, row, fit);
}

void consensus_em_begin(struct consensus_fit *fit)
{
    fit->iterations++;
    fit->log_likelihood = 0;
    fit->step = 0;
}

bool consensus_em_goes_on(struct consensus_fit *fit,
                          const struct consensus_em_settings *settings,
                          double before, double now, struct error *err)
{
    error_clear(err);
    fit->converged = fit->step <= CONSENSUS_STEP &&
                     fabs(now - before) <= settings->tolerance * fabs(now);
    if (fit->iterations >= settings->iterations)
        return false;
    if (fit->converged && settings->tolerance > 0)
        return false;
    return interrupt_check(err);
}

double *consensus_em_shares(const struct ratings *ratings)
{
    size_t items = ratings->items.count, classes = ratings->categories.count;
    double *share = xcalloc(items * classes + 1, sizeof(*share));

    for (size_t i = 0; i < items; i++) {
        double each = 1.0 / (double)ratings_of(ratings, i);

        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++)
            share[i * classes + ratings->rating[r].code] += each;
    }
    return share;
}

void consensus_em_prior(const struct ratings *ratings, const double *posterior,
                        double *prior)
{
    size_t classes = ratings->categories.count, rated = 0;

    for (size_t k = 0; k < classes; k++)
        prior[k] = 0;
    for (size_t i = 0; i < ratings->items.count; i++) {
        if (ratings_of(ratings, i) == 0)
            continue;
        rated++;
        for (size_t k = 0; k < classes; k++)
            prior[k] += posterior[i * classes + k];
    }
    for (size_t k = 0; k < classes && rated > 0; k++)
        prior[k] /= (double)rated;
}

double consensus_em_log(double p)
{
    return p > 0 ? log(p) : -INFINITY;
}
