/* consensus_mace - see consensus_mace.h. */
#include <config.h>

#include "common/stat/consensus_mace.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sf_psi.h>

#include "common/base/mem.h"
#include "common/base/rng.h"

static const double prior_know = 0.5;           /* both of the Beta */
static const double prior_strategy = 10;        /* each of the Dirichlet */
static const double smoothing_all = 0.01;       /* divided among the classes */
static const double start_noise[] = { 1, 1.5 }; /* lowest, and how much more */

/* One run from one start. */
struct run {
    const struct ratings *ratings;
    const struct consensus_mace_settings *settings;
    struct consensus_mace *model;
    /* Owned.  Expected counts, of raters and of their answers. */
    double *guessed, *known, *answered;
    /*
     * Owned; of each rater and answer: the logarithm of its probability when
     * the truth is another, and what is added when it is the truth.
     */
    double *log_other, *log_more;
    double *log_p; /* owned; classes */
};

static size_t class_count(const struct run *run)
{
    return run->ratings->categories.count;
}

static void look_up_logs(struct run *run)
{
    size_t classes = class_count(run);

    for (size_t w = 0; w < run->ratings->raters.count; w++) {
        for (size_t k = 0; k < classes; k++) {
            size_t at = w * classes + k;
            double other = run->model->spam[w] * run->model->strategy[at];

            run->log_other[at] = consensus_em_log(other);
            run->log_more[at] = log1p(run->model->know[w] / other);
        }
    }
}

/* Posteriors, and from them the expected counts. */
static void e_step(struct run *run)
{
    const struct ratings *ratings = run->ratings;
    size_t classes = class_count(run);

    look_up_logs(run);
    consensus_em_begin(&run->model->fit);
    for (size_t i = 0; i < ratings->items.count; i++) {
        double others = -log((double)classes);

        if (ratings_of(ratings, i) == 0)
            continue;
        memset(run->log_p, 0, classes * sizeof(*run->log_p));
        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++) {
            const struct rating *rating = &ratings->rating[r];
            size_t at = rating->rater * classes + rating->code;

            others += run->log_other[at];
            run->log_p[rating->code] += run->log_more[at];
        }
        for (size_t k = 0; k < classes; k++)
            run->log_p[k] += others;
        consensus_em_row(run->log_p, classes,
                         run->model->posterior + i * classes, &run->model->fit);
    }
}

static void count(struct run *run)
{
    const struct ratings *ratings = run->ratings;
    const struct consensus_mace *model = run->model;
    size_t classes = class_count(run), raters = ratings->raters.count;

    memset(run->guessed, 0, raters * sizeof(*run->guessed));
    memset(run->known, 0, raters * sizeof(*run->known));
    memset(run->answered, 0, raters * classes * sizeof(*run->answered));
    for (size_t i = 0; i < ratings->items.count; i++) {
        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++) {
            const struct rating *rating = &ratings->rating[r];
            size_t w = rating->rater, at = w * classes + rating->code;
            double right = model->posterior[i * classes + rating->code];
            double other = model->spam[w] * model->strategy[at];
            double knew = right * model->know[w] / (other + model->know[w]);

            run->known[w] += knew;
            run->guessed[w] += 1 - knew;
            run->answered[at] += 1 - knew;
        }
    }
}

static double expected(double n)
{
    return exp(gsl_sf_psi(n));
}

/* Section 3.3 of the paper. */
static void m_step_variational(struct run *run, size_t w)
{
    struct consensus_mace *model = run->model;
    size_t classes = class_count(run);
    double all = expected(run->guessed[w] + run->known[w] + 2 * prior_know);
    double answers =
        expected(run->guessed[w] + (double)classes * prior_strategy);

    model->spam[w] = expected(run->guessed[w] + prior_know) / all;
    model->know[w] = expected(run->known[w] + prior_know) / all;
    for (size_t k = w * classes; k < (w + 1) * classes; k++)
        model->strategy[k] =
            expected(run->answered[k] + prior_strategy) / answers;
}

static void m_step_smoothed(struct run *run, size_t w)
{
    struct consensus_mace *model = run->model;
    size_t classes = class_count(run);
    double more = smoothing_all / (double)classes;
    double all = run->guessed[w] + run->known[w] + 2 * more;

    model->spam[w] = (run->guessed[w] + more) / all;
    model->know[w] = (run->known[w] + more) / all;
    for (size_t k = w * classes; k < (w + 1) * classes; k++)
        model->strategy[k] = (run->answered[k] + more) /
                             (run->guessed[w] + (double)classes * more);
}

static void draw(double *share, size_t n, struct rng *rng)
{
    double sum = 0;

    for (size_t k = 0; k < n; k++) {
        share[k] = start_noise[0] + start_noise[1] * rng_uniform(rng);
        sum += share[k];
    }
    for (size_t k = 0; k < n; k++)
        share[k] /= sum;
}

static void start(struct run *run, int restart)
{
    const struct consensus_mace_settings *settings = run->settings;
    struct consensus_mace *model = run->model;
    size_t classes = class_count(run), raters = run->ratings->raters.count;
    struct rng *rng;
    char name[32];

    if (settings->start_spam) {
        size_t bytes = raters * sizeof(*model->spam);

        memcpy(model->spam, settings->start_spam, bytes);
        memcpy(model->know, settings->start_know, bytes);
        memcpy(model->strategy, settings->start_strategy, bytes * classes);
        return;
    }
    snprintf(name, sizeof(name), "mace/%d", restart);
    rng = rng_new(settings->seed, name);
    for (size_t w = 0; w < raters; w++) {
        double both[2];

        draw(both, 2, rng);
        model->spam[w] = both[0];
        model->know[w] = both[1];
        draw(model->strategy + w * classes, classes, rng);
    }
    rng_free(rng);
}

/* One start to its end; the model's step is one of posteriors from zero. */
static struct consensus_mace *fit(struct run *run, int restart,
                                  struct error *err)
{
    size_t classes = class_count(run);
    size_t raters = run->ratings->raters.count;
    size_t items = run->ratings->items.count;
    struct consensus_mace *model = xcalloc(1, sizeof(*model));
    double before;

    run->model = model;
    model->restart = restart;
    model->posterior = xcalloc(items * classes + 1, sizeof(double));
    model->spam = xcalloc(raters + 1, sizeof(double));
    model->know = xcalloc(raters + 1, sizeof(double));
    model->strategy = xcalloc(raters * classes + 1, sizeof(double));
    start(run, restart);
    e_step(run);
    model->fit.iterations = 0; /* counted from the first M-step */
    do {
        before = model->fit.log_likelihood;
        count(run);
        for (size_t w = 0; w < raters; w++) {
            if (run->settings->smoothed)
                m_step_smoothed(run, w);
            else
                m_step_variational(run, w);
        }
        e_step(run);
    } while (consensus_em_goes_on(&model->fit, &run->settings->em, before,
                                  model->fit.log_likelihood, err));
    return model;
}

static void release(struct run *run)
{
    free(run->guessed);
    free(run->known);
    free(run->answered);
    free(run->log_other);
    free(run->log_more);
    free(run->log_p);
}

struct consensus_mace *consensus_mace_new(
    const struct ratings *ratings,
    const struct consensus_mace_settings *settings, struct error *err)
{
    size_t raters = ratings->raters.count + 1;
    size_t cells = ratings->raters.count * ratings->categories.count + 1;
    struct run run = { .ratings = ratings, .settings = settings };
    struct consensus_mace *best = NULL;
    double worst = 0;

    run.guessed = xcalloc(raters, sizeof(double));
    run.known = xcalloc(raters, sizeof(double));
    run.answered = xcalloc(cells, sizeof(double));
    run.log_other = xcalloc(cells, sizeof(double));
    run.log_more = xcalloc(cells, sizeof(double));
    run.log_p = xcalloc(ratings->categories.count + 1, sizeof(double));
    error_clear(err);
    for (int s = 0; s < settings->restarts && err->code == ERROR_NONE; s++) {
        struct consensus_mace *model = fit(&run, s, err);
        double now = model->fit.log_likelihood;

        worst = s == 0 ? now : fmin(worst, now);
        if (!best || now > best->fit.log_likelihood) {
            consensus_mace_free(best);
            best = model;
        } else {
            consensus_mace_free(model);
        }
    }
    release(&run);
    if (err->code == ERROR_NONE) {
        best->worst = worst;
        return best;
    }
    consensus_mace_free(best);
    return NULL;
}

void consensus_mace_free(struct consensus_mace *model)
{
    if (!model)
        return;
    free(model->posterior);
    free(model->spam);
    free(model->know);
    free(model->strategy);
    free(model);
}

double consensus_mace_competence(const struct consensus_mace *model,
                                 size_t rater)
{
    return model->know[rater] / (model->know[rater] + model->spam[rater]);
}
