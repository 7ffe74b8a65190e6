/* consensus_dawid - see consensus_dawid.h. */
#include <config.h>

#include "common/stat/consensus_dawid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

static const double least_sum = 1e-250;

/* Where the truths of a rater's answer begin. */
static size_t place(size_t classes, size_t rater, size_t answer)
{
    return (rater * classes + answer) * classes;
}

/* Of each rater, answer and truth, by the present posteriors. */
static void count_answers(const struct ratings *ratings,
                          const struct consensus_dawid *model, double *count)
{
    size_t classes = model->classes;
    size_t cells = ratings->raters.count * classes * classes;

    memset(count, 0, cells * sizeof(*count));
    for (size_t i = 0; i < ratings->items.count; i++) {
        const double *restrict truth = model->posterior + i * classes;

        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++) {
            const struct rating *rating = &ratings->rating[r];
            double *restrict to =
                count + place(classes, rating->rater, rating->code);

            for (size_t k = 0; k < classes; k++)
                to[k] += truth[k];
        }
    }
}

/*
 * Turns the counts of one rater into error rates, in place: one table
 * instead of two stays in the cache.
 */
static void take_shares(struct consensus_dawid *model, size_t rater,
                        double *sum)
{
    size_t classes = model->classes;
    double *cell = model->error + place(classes, rater, 0);

    for (size_t k = 0; k < classes; k++)
        sum[k] = 0;
    for (size_t a = 0; a < classes; a++)
        for (size_t k = 0; k < classes; k++)
            sum[k] += cell[a * classes + k];
    for (size_t k = 0; k < classes; k++)
        sum[k] = sum[k] > 0 ? sum[k] : 1; /* a row of zeros stays one */
    for (size_t a = 0; a < classes; a++)
        for (size_t k = 0; k < classes; k++)
            cell[a * classes + k] /= sum[k];
}

static void m_step(const struct ratings *ratings, struct consensus_dawid *model,
                   double *room)
{
    count_answers(ratings, model, model->error);
    for (size_t w = 0; w < ratings->raters.count; w++)
        take_shares(model, w, room);
    consensus_em_prior(ratings, model->posterior, model->prior);
}

/* Logarithms of what multiply() makes products of. */
static void add_logs(const struct ratings *ratings,
                     const struct consensus_dawid *model, size_t item,
                     double *log_p)
{
    size_t classes = model->classes;

    for (size_t k = 0; k < classes; k++)
        log_p[k] = consensus_em_log(model->prior[k]);
    for (size_t r = ratings->start[item]; r < ratings->start[item + 1]; r++) {
        const struct rating *rating = &ratings->rating[r];
        const double *from =
            model->error + place(classes, rating->rater, rating->code);

        for (size_t k = 0; k < classes; k++)
            log_p[k] += consensus_em_log(from[k]);
    }
}

/* Equation 2.5's numerators, and their sum. */
static double multiply(const struct ratings *ratings,
                       const struct consensus_dawid *model, size_t item,
                       double *restrict p)
{
    size_t classes = model->classes;
    double sum = 0;

    for (size_t k = 0; k < classes; k++)
        p[k] = model->prior[k];
    for (size_t r = ratings->start[item]; r < ratings->start[item + 1]; r++) {
        const struct rating *rating = &ratings->rating[r];
        const double *restrict from =
            model->error + place(classes, rating->rater, rating->code);

        for (size_t k = 0; k < classes; k++)
            p[k] *= from[k];
    }
    for (size_t k = 0; k < classes; k++)
        sum += p[k];
    return sum;
}

/*
 * Products are as good as logarithms, and much faster, as long as their sum
 * is far above the smallest double: what has underflown then is less than
 * 1e-58 of it.
 */
static void e_step(const struct ratings *ratings, struct consensus_dawid *model,
                   double *room)
{
    size_t classes = model->classes;

    consensus_em_begin(&model->fit);
    for (size_t i = 0; i < ratings->items.count; i++) {
        double *row = model->posterior + i * classes;
        double sum;

        if (ratings_of(ratings, i) == 0)
            continue;
        sum = multiply(ratings, model, i, room);
        if (sum > least_sum) {
            consensus_em_share(room, sum, 0, classes, row, &model->fit);
        } else {
            add_logs(ratings, model, i, room);
            consensus_em_row(room, classes, row, &model->fit);
        }
    }
}

struct consensus_dawid *consensus_dawid_new(
    const struct ratings *ratings, const struct consensus_em_settings *settings,
    struct error *err)
{
    struct consensus_dawid *model = xcalloc(1, sizeof(*model));
    size_t classes = ratings->categories.count;
    size_t cells = ratings->raters.count * classes * classes + 1;
    double *room = xcalloc(2 * classes + 1, sizeof(*room));
    double before;

    model->classes = classes;
    model->posterior = consensus_em_shares(ratings);
    model->prior = xcalloc(classes + 1, sizeof(*model->prior));
    model->error = xcalloc(cells, sizeof(*model->error));
    do {
        before = model->fit.log_likelihood;
        m_step(ratings, model, room);
        e_step(ratings, model, room);
    } while (consensus_em_goes_on(&model->fit, settings, before,
                                  model->fit.log_likelihood, err));
    free(room);
    model->count = xcalloc(cells, sizeof(*model->count));
    count_answers(ratings, model, model->count);
    if (err->code == ERROR_NONE)
        return model;
    consensus_dawid_free(model);
    return NULL;
}

void consensus_dawid_free(struct consensus_dawid *model)
{
    if (!model)
        return;
    free(model->posterior);
    free(model->prior);
    free(model->count);
    free(model->error);
    free(model);
}

double consensus_dawid_error(const struct consensus_dawid *model, size_t rater,
                             size_t truth, size_t answer)
{
    return model->error[place(model->classes, rater, answer) + truth];
}

double consensus_dawid_count(const struct consensus_dawid *model, size_t rater,
                             size_t truth, size_t answer)
{
    return model->count[place(model->classes, rater, answer) + truth];
}
