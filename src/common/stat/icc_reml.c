/*
 * icc_reml - the mixed-model equations with the items eliminated first.
 *
 * With theta_a and theta_b the ratios of the items' and the raters' standard
 * deviations to the rest's, the deviance takes one Cholesky factor of as many
 * rows as there are raters; it is searched by Nelder and Mead's simplex.
 */
#include <config.h>

#include "common/stat/icc_reml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_multimin.h>

#include "common/base/mem.h"

struct model {
    const struct ratings *ratings;
    bool one_way;
    size_t raters;   /* with a rating; 0 one-way */
    size_t *row;     /* of each rater of ratings */
    double *y;       /* of each category, about the mean */
    double *item_y;  /* sums of each item */
    double *rater_y; /* sums of each rater */
    double *rater_n;
    double n, squares; /* ratings; sum of y^2 */
    double *s;         /* raters^2: what is factored */
    double *u1, *uy;   /* right-hand sides */
    double rest;       /* variance, of the last evaluation */
};

static void add_row(struct model *m, size_t row, double y)
{
    m->rater_y[row] += y;
    m->rater_n[row]++;
}

static void prepare(struct model *m)
{
    const struct ratings *r = m->ratings;
    size_t names = r->raters.count;
    double mean = 0, first = 0;

    m->n = (double)ratings_count(r);
    m->row = xcalloc(names + 1, sizeof(*m->row));
    for (size_t k = 0; !m->one_way && k < ratings_count(r); k++)
        m->row[r->rating[k].rater] = 1;
    for (size_t g = 0; g < names; g++)
        m->row[g] = m->row[g] ? m->raters++ : SIZE_MAX;
    /* From the first: of ratings that are all the same nothing is left. */
    if (ratings_count(r) > 0)
        first = r->value[r->rating[0].code];
    for (size_t k = 0; k < ratings_count(r); k++)
        mean += (r->value[r->rating[k].code] - first) / m->n;
    m->y = xcalloc(r->categories.count + 1, sizeof(double));
    for (size_t c = 0; c < r->categories.count; c++)
        m->y[c] = r->value[c] - first - mean;
    m->item_y = xcalloc(r->items.count + 1, sizeof(double));
    m->rater_y = xcalloc(m->raters + 1, sizeof(double));
    m->rater_n = xcalloc(m->raters + 1, sizeof(double));
    m->u1 = xcalloc(m->raters + 1, sizeof(double));
    m->uy = xcalloc(m->raters + 1, sizeof(double));
    if (m->raters > ICC_REML_RATERS_MAX)
        return; /* refused later */
    m->s = xcalloc(m->raters * m->raters + 1, sizeof(double));
    for (size_t i = 0; i < r->items.count; i++) {
        for (size_t k = r->start[i]; k < r->start[i + 1]; k++) {
            double y = m->y[r->rating[k].code];

            m->item_y[i] += y;
            m->squares += y * y;
            if (!m->one_way)
                add_row(m, m->row[r->rating[k].rater], y);
        }
    }
}

static void release(struct model *m)
{
    free(m->row);
    free(m->y);
    free(m->item_y);
    free(m->rater_y);
    free(m->rater_n);
    free(m->u1);
    free(m->uy);
    free(m->s);
}

/* What eliminating one item takes from the raters' equations. */
static void eliminate(struct model *m, size_t item, double a, double b,
                      double pivot)
{
    const struct ratings *r = m->ratings;
    double n = (double)ratings_of(r, item);

    for (size_t k = r->start[item]; k < r->start[item + 1]; k++) {
        size_t j = m->row[r->rating[k].rater];

        m->u1[j] -= a * b * a * n / pivot;
        m->uy[j] -= a * b * a * m->item_y[item] / pivot;
        for (size_t l = r->start[item]; l < r->start[item + 1]; l++)
            m->s[j * m->raters + m->row[r->rating[l].rater]] -=
                a * b * a * b / pivot;
    }
}

/* Factors s in place and solves for u1 and uy; log of the determinant. */
static double factor(struct model *m)
{
    size_t size = m->raters;
    double log_root = 0;

    for (size_t j = 0; j < size; j++) {
        double *row = m->s + j * size;

        for (size_t l = 0; l <= j; l++) {
            const double *other = m->s + l * size;
            double sum = row[l];

            for (size_t k = 0; k < l; k++)
                sum -= row[k] * other[k];
            row[l] = l == j ? sqrt(fmax(sum, 1e-300)) : sum / other[l];
        }
        for (size_t k = 0; k < j; k++) {
            m->u1[j] -= row[k] * m->u1[k];
            m->uy[j] -= row[k] * m->uy[k];
        }
        m->u1[j] /= row[j];
        m->uy[j] /= row[j];
        log_root += log(row[j]);
    }
    return 2 * log_root;
}

static double deviance(const gsl_vector *theta, void *context)
{
    struct model *m = context;
    double a = fabs(gsl_vector_get(theta, 0));
    double b = m->one_way ? 0 : fabs(gsl_vector_get(theta, 1));
    double xx = m->n, xy = 0, yy = m->squares, logs = 0, left;

    if (m->raters > 0)
        memset(m->s, 0, m->raters * m->raters * sizeof(*m->s));
    for (size_t j = 0; j < m->raters; j++) {
        m->s[j * m->raters + j] = b * b * m->rater_n[j] + 1;
        m->u1[j] = b * m->rater_n[j];
        m->uy[j] = b * m->rater_y[j];
    }
    for (size_t i = 0; i < m->ratings->items.count; i++) {
        double n = (double)ratings_of(m->ratings, i);
        double pivot = a * a * n + 1;

        xx -= a * n * a * n / pivot;
        xy += m->item_y[i] - a * n * a * m->item_y[i] / pivot;
        yy -= a * m->item_y[i] * a * m->item_y[i] / pivot;
        logs += log(pivot);
        if (m->raters > 0)
            eliminate(m, i, a, b, pivot);
    }
    logs += factor(m);
    for (size_t j = 0; j < m->raters; j++) {
        xx -= m->u1[j] * m->u1[j];
        xy -= m->u1[j] * m->uy[j];
        yy -= m->uy[j] * m->uy[j];
    }
    left = fmax(yy - xy * xy / xx, 1e-300);
    m->rest = left / (m->n - 1);
    return logs + log(xx) +
           (m->n - 1) * (1 + log(2 * M_PI * left / (m->n - 1)));
}

/* The ratios at the least deviance. */
static void search(struct model *m, double *a, double *b, double *least)
{
    size_t size = m->one_way ? 1 : 2;
    gsl_multimin_function function = { .f = deviance, .n = size, .params = m };
    gsl_multimin_fminimizer *search =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, size);
    gsl_vector *start = gsl_vector_alloc(size), *step = gsl_vector_alloc(size);

    gsl_vector_set_all(start, 0.7);
    gsl_vector_set_all(step, 0.3);
    gsl_multimin_fminimizer_set(search, &function, start, step);
    for (int round = 0; round < 500; round++)
        if (gsl_multimin_fminimizer_iterate(search) != 0 ||
            gsl_multimin_fminimizer_size(search) < 1e-10)
            break;
    *a = fabs(gsl_vector_get(search->x, 0));
    *b = m->one_way ? 0 : fabs(gsl_vector_get(search->x, 1));
    *least = deviance(search->x, m); /* and m->rest there */
    gsl_vector_free(start);
    gsl_vector_free(step);
    gsl_multimin_fminimizer_free(search);
}

/* Is `part' of the sum of squares nothing but rounding? */
static bool vanishes(double part, double squares)
{
    return part <= 1e-12 * squares;
}

/* Do those who judged the same item always say the same? */
static bool is_perfect(const struct model *m)
{
    double within = m->squares;

    for (size_t i = 0; i < m->ratings->items.count; i++)
        if (ratings_of(m->ratings, i) > 0)
            within -=
                m->item_y[i] * m->item_y[i] / (double)ratings_of(m->ratings, i);
    return vanishes(within, m->squares);
}

/* Why the variances cannot be told apart, or NULL. */
static const char *obstacle(const struct model *m, double items)
{
    if (m->raters > ICC_REML_RATERS_MAX)
        return "more than 300 raters and not all judged all";
    if (items < 2 || (!m->one_way && m->raters < 2))
        return "fewer than two raters or two items";
    if (m->n < items + (double)m->raters + 1)
        return "too few ratings to tell items, raters and error apart";
    if (!(m->squares > 0))
        return "the ratings do not vary (0/0)";
    return NULL;
}

static double harmonic_mean(const struct ratings *r, double *items)
{
    double sum = 0;

    *items = 0;
    for (size_t i = 0; i < r->items.count; i++) {
        if (ratings_of(r, i) == 0)
            continue;
        ++*items;
        sum += 1 / (double)ratings_of(r, i);
    }
    return sum > 0 ? *items / sum : 0;
}

static void put(struct icc *out, double item, double error, double k,
                double stated)
{
    *out =
        (struct icc){ .value = estimate_ratio(item, item + error / k,
                                              "the ratings do not vary (0/0)"),
                      .k = stated };
}

static void refuse(struct icc *out, bool one_way, const char *reason)
{
    for (size_t i = ICC_1; i < ICC_KIND_COUNT; i++)
        if ((i <= ICC_K) == one_way)
            out[i] = (struct icc){ .value = estimate_undefined(reason) };
}

void icc_reml(const struct ratings *ratings, bool one_way, struct icc *out,
              struct icc_components *c)
{
    struct model m = { .ratings = ratings, .one_way = one_way };
    double items, a = 0, b = 0;
    const char *reason;

    *c = (struct icc_components){ .k = harmonic_mean(ratings, &items) };
    prepare(&m);
    reason = obstacle(&m, items);
    if (reason)
        refuse(out, one_way, reason);
    if (!reason && is_perfect(&m)) {
        c->item = m.squares / (m.n - 1);
        for (size_t i = ICC_1; i < ICC_KIND_COUNT; i++)
            if ((i <= ICC_K) == one_way)
                out[i] = (struct icc){ .value = estimate_of(1), .k = c->k };
        release(&m);
        return;
    }
    if (!reason)
        search(&m, &a, &b, &c->deviance);
    /* The likelihood grows without end as the error goes to 0. */
    if (!reason && vanishes(m.rest * (m.n - 1), m.squares)) {
        reason = "items and annotators explain every rating: there is no "
                 "error left to estimate";
        refuse(out, one_way, reason);
    }
    if (!reason) {
        c->rest = m.rest;
        c->item = a * a * m.rest;
        c->rater = b * b * m.rest;
        if (one_way) {
            put(&out[ICC_1], c->item, c->rest, 1, c->k);
            put(&out[ICC_K], c->item, c->rest, c->k, c->k);
        } else {
            put(&out[ICC_A1], c->item, c->rater + c->rest, 1, c->k);
            put(&out[ICC_AK], c->item, c->rater + c->rest, c->k, c->k);
            put(&out[ICC_C1], c->item, c->rest, 1, c->k);
            put(&out[ICC_CK], c->item, c->rest, c->k, c->k);
        }
    }
    release(&m);
}
