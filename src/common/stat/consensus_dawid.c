/* consensus_dawid - see consensus_dawid.h. */
#include <config.h>

#include "common/stat/consensus_dawid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

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
 * Turns the counts of one rater into logarithms of her error rates, in place:
 * one table instead of two stays in the cache.
 */
static void take_logs(struct consensus_dawid *model, size_t rater,
                      double *log_sum)
{
    size_t classes = model->classes;
    double *cell = model->log_error + place(classes, rater, 0);

    for (size_t k = 0; k < classes; k++)
        log_sum[k] = 0;
    for (size_t a = 0; a < classes; a++)
        for (size_t k = 0; k < classes; k++)
            log_sum[k] += cell[a * classes + k];
    for (size_t k = 0; k < classes; k++)
        log_sum[k] = consensus_em_log(log_sum[k]);
    for (size_t a = 0; a < classes; a++)
        for (size_t k = 0; k < classes; k++, cell++)
            *cell = *cell > 0 ? log(*cell) - log_sum[k] : -INFINITY;
}

static void m_step(const struct ratings *ratings, struct consensus_dawid *model,
                   double *room)
{
    count_answers(ratings, model, model->log_error);
    for (size_t w = 0; w < ratings->raters.count; w++)
        take_logs(model, w, room);
    consensus_em_prior(ratings, model->posterior, model->prior);
}

static void e_step(const struct ratings *ratings, struct consensus_dawid *model,
                   double *room)
{
    size_t classes = model->classes;
    double *restrict log_p = room;
    double *log_prior = room + classes;

    for (size_t k = 0; k < classes; k++)
        log_prior[k] = consensus_em_log(model->prior[k]);
    consensus_em_begin(&model->fit);
    for (size_t i = 0; i < ratings->items.count; i++) {
        if (ratings_of(ratings, i) == 0)
            continue;
        for (size_t k = 0; k < classes; k++)
            log_p[k] = log_prior[k];
        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++) {
            const struct rating *rating = &ratings->rating[r];
            const double *restrict from =
                model->log_error + place(classes, rating->rater, rating->code);

            for (size_t k = 0; k < classes; k++)
                log_p[k] += from[k];
        }
        consensus_em_row(log_p, classes, model->posterior + i * classes,
                         &model->fit);
    }
}

/* The rates themselves, when all is done, and what they come to. */
static void finish(const struct ratings *ratings, struct consensus_dawid *model)
{
    size_t cells = ratings->raters.count * model->classes * model->classes;

    model->count = xcalloc(cells + 1, sizeof(*model->count));
    count_answers(ratings, model, model->count);
    model->error = model->log_error;
    model->log_error = NULL;
    for (size_t c = 0; c < cells; c++)
        model->error[c] = exp(model->error[c]);
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
    model->log_error = xcalloc(cells, sizeof(*model->log_error));
    do {
        before = model->fit.log_likelihood;
        m_step(ratings, model, room);
        e_step(ratings, model, room);
    } while (consensus_em_goes_on(&model->fit, settings, before,
                                  model->fit.log_likelihood, err));
    free(room);
    finish(ratings, model);
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
    free(model->log_error);
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
