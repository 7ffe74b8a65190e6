/* consensus_coin - see consensus_coin.h. */
#include <config.h>

#include "common/stat/consensus_coin.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"

static const double least = 1e-10;

/* A rater's answer adds these to the truths: hers, and every other one. */
struct coin {
    double right, wrong;
};

void consensus_coin_skill(const struct ratings *ratings,
                          const double *posterior, double *skill)
{
    size_t classes = ratings->categories.count;
    size_t raters = ratings->raters.count;
    size_t *count = xcalloc(raters + 1, sizeof(*count));

    for (size_t w = 0; w < raters; w++)
        skill[w] = 0;
    for (size_t i = 0; i < ratings->items.count; i++) {
        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++) {
            const struct rating *rating = &ratings->rating[r];

            skill[rating->rater] += posterior[i * classes + rating->code];
            count[rating->rater]++;
        }
    }
    for (size_t w = 0; w < raters; w++)
        if (count[w] > 0)
            skill[w] /= (double)count[w];
    free(count);
}

static void m_step(const struct ratings *ratings, struct consensus_coin *model,
                   struct coin *coin)
{
    size_t classes = ratings->categories.count;

    consensus_coin_skill(ratings, model->posterior, model->skill);
    consensus_em_prior(ratings, model->posterior, model->prior);
    for (size_t w = 0; w < ratings->raters.count; w++) {
        double s = fmin(fmax(model->skill[w], least), 1 - least);
        double others = classes > 1 ? (double)(classes - 1) : 1;

        coin[w].right = log(s);
        coin[w].wrong = log(fmax((1 - s) / others, least));
    }
}

static void e_step(const struct ratings *ratings, struct consensus_coin *model,
                   const struct coin *coin, double *log_p)
{
    size_t classes = ratings->categories.count;

    consensus_em_begin(&model->fit);
    for (size_t i = 0; i < ratings->items.count; i++) {
        double wrong = 0;

        if (ratings_of(ratings, i) == 0)
            continue;
        for (size_t k = 0; k < classes; k++)
            log_p[k] = consensus_em_log(model->prior[k]);
        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++) {
            const struct rating *rating = &ratings->rating[r];
            const struct coin *her = &coin[rating->rater];

            wrong += her->wrong;
            log_p[rating->code] += her->right - her->wrong;
        }
        for (size_t k = 0; k < classes; k++)
            log_p[k] += wrong;
        consensus_em_row(log_p, classes, model->posterior + i * classes,
                         &model->fit);
    }
}

struct consensus_coin *consensus_coin_new(
    const struct ratings *ratings, const struct consensus_em_settings *settings,
    struct error *err)
{
    struct consensus_coin *model = xcalloc(1, sizeof(*model));
    size_t classes = ratings->categories.count;
    size_t raters = ratings->raters.count;
    struct coin *coin = xcalloc(raters + 1, sizeof(*coin));
    double *log_p = xcalloc(classes + 1, sizeof(*log_p));
    double before;

    model->posterior = consensus_em_shares(ratings);
    model->prior = xcalloc(classes + 1, sizeof(*model->prior));
    model->skill = xcalloc(raters + 1, sizeof(*model->skill));
    do {
        before = model->fit.log_likelihood;
        m_step(ratings, model, coin);
        e_step(ratings, model, coin, log_p);
    } while (consensus_em_goes_on(&model->fit, settings, before,
                                  model->fit.log_likelihood, err));
    free(log_p);
    free(coin);
    if (err->code == ERROR_NONE)
        return model;
    consensus_coin_free(model);
    return NULL;
}

void consensus_coin_free(struct consensus_coin *model)
{
    if (!model)
        return;
    free(model->posterior);
    free(model->prior);
    free(model->skill);
    free(model);
}
