/* consensus_glad - see consensus_glad.h. */
#include <config.h>

#include "common/stat/consensus_glad.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

enum { SWEEPS = 3, NEWTON_STEPS = 4, HALVINGS = 20 };

static const double prior_mean = 1;
static const double longest_step = 2;

/* A rating as one of its two parameters sees it. */
struct term {
    double right; /* posterior of the label that was given */
    double by;    /* exp(beta) when alpha is sought, else alpha */
};

struct climb {
    const struct ratings *ratings;
    struct consensus_glad *model;
    struct term *term; /* owned; room for the longest list */
    /* Owned.  Ratings by rater: their places, and the items they are of. */
    size_t *start, *place, *item;
    double *log_p; /* owned; classes */
};

/* log(1 + exp(x)) */
static double softplus(double x)
{
    return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

/* The product in the exponent; theta is alpha, or beta where `logged`. */
static double product(const struct term *term, bool logged, double theta)
{
    return term->by * (logged ? exp(theta) : theta);
}

/* Expected log-likelihood of the terms, and the prior of theta. */
static double value_at(const struct term *term, size_t count, bool logged,
                       double theta)
{
    double sum = -(theta - prior_mean) * (theta - prior_mean) / 2;

    for (size_t t = 0; t < count; t++) {
        double x = product(&term[t], logged, theta);

        sum += term[t].right * x - softplus(x);
    }
    return sum;
}

/* Newton's step, uphill and not too long; where it is not concave, along
 * the slope. */
static double step_at(const struct term *term, size_t count, bool logged,
                      double theta)
{
    double slope = -(theta - prior_mean), bend = -1;

    for (size_t t = 0; t < count; t++) {
        double x = product(&term[t], logged, theta);
        double sigma = 1 / (1 + exp(-x));
        double inner = logged ? x : term[t].by; /* dx / dtheta */
        double miss = term[t].right - sigma;

        slope += miss * inner;
        bend -= sigma * (1 - sigma) * inner * inner;
        if (logged)
            bend += miss * x;
    }
    bend = bend < -1e-3 ? bend : -1;
    return fmin(fmax(-slope / bend, -longest_step), longest_step);
}

/* Raises the value at theta; never lowers it. */
static double climb_one(const struct term *term, size_t count, bool logged,
                        double theta)
{
    double here = value_at(term, count, logged, theta);

    for (int n = 0; n < NEWTON_STEPS; n++) {
        double step = step_at(term, count, logged, theta);
        double there = here;
        int halvings = 0;

        for (; halvings < HALVINGS && fabs(step) > 1e-12; halvings++) {
            there = value_at(term, count, logged, theta + step);
            if (there > here)
                break;
            step /= 2;
        }
        if (!(there > here))
            break;
        theta += step;
        here = there;
    }
    return theta;
}

static void climb_abilities(struct climb *climb)
{
    const struct ratings *ratings = climb->ratings;
    struct consensus_glad *model = climb->model;
    size_t classes = ratings->categories.count;

    for (size_t w = 0; w < ratings->raters.count; w++) {
        size_t first = climb->start[w], count = climb->start[w + 1] - first;

        for (size_t t = 0; t < count; t++) {
            size_t i = climb->item[first + t];
            uint32_t code = ratings->rating[climb->place[first + t]].code;

            climb->term[t].right = model->posterior[i * classes + code];
            climb->term[t].by = exp(model->easiness[i]);
        }
        model->ability[w] =
            climb_one(climb->term, count, false, model->ability[w]);
    }
}

static void climb_easiness(struct climb *climb)
{
    const struct ratings *ratings = climb->ratings;
    struct consensus_glad *model = climb->model;
    size_t classes = ratings->categories.count;

    for (size_t i = 0; i < ratings->items.count; i++) {
        size_t first = ratings->start[i], count = ratings_of(ratings, i);

        for (size_t t = 0; t < count; t++) {
            const struct rating *rating = &ratings->rating[first + t];

            climb->term[t].right = model->posterior[i * classes + rating->code];
            climb->term[t].by = model->ability[rating->rater];
        }
        model->easiness[i] =
            climb_one(climb->term, count, true, model->easiness[i]);
    }
}

static void e_step(struct climb *climb)
{
    const struct ratings *ratings = climb->ratings;
    struct consensus_glad *model = climb->model;
    size_t classes = ratings->categories.count;
    double log_others = classes > 1 ? log((double)(classes - 1)) : 0;

    consensus_em_begin(&model->fit);
    for (size_t i = 0; i < ratings->items.count; i++) {
        double wrong = -log((double)classes), ease = exp(model->easiness[i]);

        if (ratings_of(ratings, i) == 0)
            continue;
        memset(climb->log_p, 0, classes * sizeof(*climb->log_p));
        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++) {
            const struct rating *rating = &ratings->rating[r];
            double x = model->ability[rating->rater] * ease;

            /* log(1 - sigma) = -softplus(x), and log sigma is x more. */
            wrong -= softplus(x) + log_others;
            climb->log_p[rating->code] += x + log_others;
        }
        for (size_t k = 0; k < classes; k++)
            climb->log_p[k] += wrong;
        consensus_em_row(climb->log_p, classes, model->posterior + i * classes,
                         &model->fit);
    }
}

static double log_priors(const double *theta, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum -= (theta[i] - prior_mean) * (theta[i] - prior_mean) / 2;
    return sum;
}

static double objective(const struct climb *climb)
{
    const struct consensus_glad *model = climb->model;

    return model->fit.log_likelihood +
           log_priors(model->ability, climb->ratings->raters.count) +
           log_priors(model->easiness, climb->ratings->items.count);
}

/* Counting sort of the ratings by rater. */
static void index_raters(struct climb *climb)
{
    const struct ratings *ratings = climb->ratings;
    size_t raters = ratings->raters.count, longest = 0;

    climb->start = xcalloc(raters + 2, sizeof(*climb->start));
    climb->place = xcalloc(ratings_count(ratings) + 1, sizeof(size_t));
    climb->item = xcalloc(ratings_count(ratings) + 1, sizeof(size_t));
    for (size_t r = 0; r < ratings_count(ratings); r++)
        climb->start[ratings->rating[r].rater + 2]++;
    for (size_t w = 0; w < raters; w++)
        longest = climb->start[w + 2] > longest ? climb->start[w + 2] : longest;
    for (size_t w = 2; w < raters + 2; w++)
        climb->start[w] += climb->start[w - 1];
    for (size_t i = 0; i < ratings->items.count; i++) {
        longest =
            ratings_of(ratings, i) > longest ? ratings_of(ratings, i) : longest;
        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++) {
            size_t at = climb->start[ratings->rating[r].rater + 1]++;

            climb->place[at] = r;
            climb->item[at] = i;
        }
    }
    climb->term = xcalloc(longest + 1, sizeof(*climb->term));
}

static double *all_at(double value, size_t count)
{
    double *list = xcalloc(count + 1, sizeof(*list));

    for (size_t i = 0; i < count; i++)
        list[i] = value;
    return list;
}

struct consensus_glad *consensus_glad_new(
    const struct ratings *ratings, const struct consensus_em_settings *settings,
    struct error *err)
{
    size_t cells = ratings->items.count * ratings->categories.count + 1;
    struct consensus_glad *model = xcalloc(1, sizeof(*model));
    struct climb climb = { .ratings = ratings, .model = model };
    double before;

    index_raters(&climb);
    climb.log_p = xcalloc(ratings->categories.count + 1, sizeof(double));
    model->posterior = xcalloc(cells, sizeof(*model->posterior));
    model->ability = all_at(prior_mean, ratings->raters.count);
    model->easiness = all_at(prior_mean, ratings->items.count);
    e_step(&climb);
    model->fit.iterations = 0; /* counted from the first M-step */
    model->objective = objective(&climb);
    do {
        before = model->objective;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            climb_abilities(&climb);
            climb_easiness(&climb);
        }
        e_step(&climb);
        model->objective = objective(&climb);
    } while (consensus_em_goes_on(&model->fit, settings, before,
                                  model->objective, err));
    free(climb.start);
    free(climb.place);
    free(climb.item);
    free(climb.term);
    free(climb.log_p);
    if (err->code == ERROR_NONE)
        return model;
    consensus_glad_free(model);
    return NULL;
}

void consensus_glad_free(struct consensus_glad *model)
{
    if (!model)
        return;
    free(model->posterior);
    free(model->ability);
    free(model->easiness);
    free(model);
}
