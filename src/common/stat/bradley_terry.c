/*
 * bradley_terry - a scale from comparisons of two, by minorisation and
 * maximisation.
 *
 * Hunter, D. R. (2004). MM algorithms for generalized Bradley-Terry models.
 * Ann. Stat. 32(1), 384-406, section 2; here -log D is bounded from below by
 * its tangent, and in it the square root from above by the mean of
 * pi_i sqrt(pi_j/pi_i) and pi_j sqrt(pi_i/pi_j) at the last step, so that the
 * strengths come apart and no step lowers the likelihood.
 */
#include <config.h>

#include "common/stat/bradley_terry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_linalg.h>

#include "common/base/mem.h"

struct work {
    const struct bradley_terry_settings *settings;
    const struct comparison *comparison;
    size_t count;
    double *pi;      /* owned */
    double *won;     /* owned; of each item, ties half */
    double *weight;  /* owned; the denominators of a step */
    double nu, ties; /* so many ties */
};

static double root(const struct work *work, const struct comparison *it)
{
    return sqrt(work->pi[it->first] * work->pi[it->second]);
}

static double denominator(const struct work *work, const struct comparison *it)
{
    return work->pi[it->first] + work->pi[it->second] +
           work->nu * root(work, it);
}

/* The geometric mean becomes 1, as the item of the prior has it. */
static void centre(struct work *work)
{
    size_t n = work->settings->items;
    double mean = 0;

    for (size_t i = 0; i < n; i++)
        mean += log(work->pi[i]) / (double)n;
    for (size_t i = 0; i < n; i++)
        work->pi[i] /= exp(mean);
}

static void add_weights(struct work *work)
{
    for (size_t k = 0; k < work->count; k++) {
        const struct comparison *it = &work->comparison[k];
        double d = denominator(work, it), s = root(work, it);
        double a = work->pi[it->first], b = work->pi[it->second];

        work->weight[it->first] += (1 + work->nu / 2 * s / a) / d;
        work->weight[it->second] += (1 + work->nu / 2 * s / b) / d;
    }
}

/* One step; returns by how much a log strength moved at most. */
static double step(struct work *work)
{
    size_t n = work->settings->items;
    double prior = work->settings->prior;
    double moved = 0, ties = 0;

    for (size_t i = 0; i < n; i++)
        work->weight[i] = prior > 0 ? 2 * prior / (work->pi[i] + 1) : 0;
    add_weights(work);
    for (size_t i = 0; i < n; i++) {
        double next = (work->won[i] + prior) / work->weight[i];

        moved = fmax(moved, fabs(log(next / work->pi[i])));
        work->pi[i] = next;
    }
    if (prior == 0) /* the prior fixes the level, else nothing does */
        centre(work);
    if (work->nu > 0) {
        double before = work->nu;

        for (size_t k = 0; k < work->count; k++)
            ties += root(work, &work->comparison[k]) /
                    denominator(work, &work->comparison[k]);
        work->nu = work->ties / ties;
        moved = fmax(moved, fabs(log(work->nu / before)));
    }
    return moved;
}

static void tally(struct work *work)
{
    for (size_t k = 0; k < work->count; k++) {
        const struct comparison *it = &work->comparison[k];

        work->ties += it->outcome == COMPARED_TIE;
        work->won[it->first] += it->outcome == COMPARED_FIRST ? 1
                                : it->outcome == COMPARED_TIE ? 0.5
                                                              : 0;
        work->won[it->second] += it->outcome == COMPARED_SECOND ? 1
                                 : it->outcome == COMPARED_TIE  ? 0.5
                                                                : 0;
    }
    if (work->ties > 0 && work->settings->ties == BRADLEY_TERRY_DAVIDSON)
        work->nu = 1;
}

/* Marks all that `from` reaches, by "was more than" or, backwards, "less". */
static void reach(const struct work *work, size_t from, bool backwards,
                  bool *seen)
{
    bool grown = true;

    seen[from] = true;
    while (grown) {
        grown = false;
        for (size_t k = 0; k < work->count; k++) {
            const struct comparison *it = &work->comparison[k];
            size_t more =
                it->outcome == COMPARED_SECOND ? it->second : it->first;
            size_t less =
                it->outcome == COMPARED_SECOND ? it->first : it->second;
            size_t a = backwards ? less : more, b = backwards ? more : less;

            if (seen[a] && !seen[b])
                seen[b] = grown = true;
            if (it->outcome == COMPARED_TIE && seen[b] && !seen[a])
                seen[a] = grown = true;
        }
    }
}

/* Strongly connected parts, one after the other. */
static void find_parts(const struct work *work, struct bradley_terry *out)
{
    size_t n = work->settings->items;
    bool *down = xcalloc(n + 1, sizeof(*down));
    bool *up = xcalloc(n + 1, sizeof(*up));

    for (size_t i = 0; i < n; i++)
        out->part[i] = n;
    for (size_t i = 0; i < n; i++) {
        if (out->part[i] < n)
            continue;
        memset(down, 0, n * sizeof(*down));
        memset(up, 0, n * sizeof(*up));
        reach(work, i, false, down);
        reach(work, i, true, up);
        for (size_t j = 0; j < n; j++)
            if (down[j] && up[j])
                out->part[j] = out->parts;
        out->parts++;
    }
    free(down);
    free(up);
}

/*
 * The information of log strengths and log nu; the level, which nothing says
 * without a prior, is held by the mean.
 */
static void put_information(const struct work *work, gsl_matrix *out)
{
    size_t n = work->settings->items;
    double level = work->settings->prior > 0 ? 0 : 1 / (double)n;

    gsl_matrix_set_zero(out);
    for (size_t i = 0; i < n; i++) {
        double p = work->pi[i] / (work->pi[i] + 1);

        for (size_t j = 0; j < n; j++)
            *gsl_matrix_ptr(out, i, j) += level;
        *gsl_matrix_ptr(out, i, i) += 2 * work->settings->prior * p * (1 - p);
    }
    for (size_t k = 0; k < work->count; k++) {
        const struct comparison *it = &work->comparison[k];
        double d = denominator(work, it);
        double p = work->pi[it->first] / d, q = work->pi[it->second] / d;
        double t = work->nu * root(work, it) / d;
        double spread = p + t / 4 - (p + t / 2) * (p + t / 2);

        *gsl_matrix_ptr(out, it->first, it->first) += spread;
        *gsl_matrix_ptr(out, it->second, it->second) += spread;
        *gsl_matrix_ptr(out, it->first, it->second) -= spread;
        *gsl_matrix_ptr(out, it->second, it->first) -= spread;
        if (out->size1 == n)
            continue;
        *gsl_matrix_ptr(out, n, n) += t * (1 - t);
        *gsl_matrix_ptr(out, it->first, n) += t / 2 * (q - p);
        *gsl_matrix_ptr(out, n, it->first) += t / 2 * (q - p);
        *gsl_matrix_ptr(out, it->second, n) -= t / 2 * (q - p);
        *gsl_matrix_ptr(out, n, it->second) -= t / 2 * (q - p);
    }
}

/*
 * Without a prior the inverse holds 1 in the direction that the level takes,
 * which is no error of a score with mean 0 and comes off: 1/n of each.
 */
static void put_errors(const struct work *work, struct bradley_terry *out)
{
    size_t n = work->settings->items;
    size_t size = n + (work->nu > 0);
    gsl_matrix *matrix;
    double none = work->settings->prior > 0 ? 0 : 1 / (double)n;

    if (n > BRADLEY_TERRY_ERRORS_MAX)
        return;
    matrix = gsl_matrix_alloc(size, size);
    put_information(work, matrix);
    if (gsl_linalg_cholesky_decomp1(matrix) == 0 &&
        gsl_linalg_cholesky_invert(matrix) == 0)
        for (size_t i = 0; i < n; i++)
            out->error[i] = sqrt(fmax(0, gsl_matrix_get(matrix, i, i) - none));
    gsl_matrix_free(matrix);
}

static double likelihood(const struct work *work)
{
    double sum = 0;

    for (size_t k = 0; k < work->count; k++) {
        const struct comparison *it = &work->comparison[k];
        double a = work->pi[it->first], b = work->pi[it->second];
        double d = denominator(work, it);

        if (it->outcome == COMPARED_TIE)
            sum += work->nu > 0 ? log(work->nu * root(work, it) / d)
                                : (log(a / d) + log(b / d)) / 2;
        else
            sum += log((it->outcome == COMPARED_FIRST ? a : b) / d);
    }
    return sum;
}

static void climb(struct work *work, struct bradley_terry *out)
{
    const struct bradley_terry_settings *settings = work->settings;
    double moved = INFINITY;

    while (moved > settings->tolerance &&
           out->iterations < settings->iterations) {
        moved = step(work);
        out->iterations++;
    }
    if (moved > settings->tolerance)
        out->state = BRADLEY_TERRY_CUT_OFF;
}

void bradley_terry_fit(const struct bradley_terry_settings *settings,
                       const struct comparison *comparison, size_t count,
                       struct bradley_terry *out)
{
    size_t n = settings->items;
    struct work work = { .settings = settings,
                         .comparison = comparison,
                         .count = count };

    memset(out, 0, sizeof(*out));
    out->score = xcalloc(n + 1, sizeof(*out->score));
    out->error = xcalloc(n + 1, sizeof(*out->error));
    out->part = xcalloc(n + 1, sizeof(*out->part));
    work.pi = xcalloc(n + 1, sizeof(*work.pi));
    work.won = xcalloc(n + 1, sizeof(*work.won));
    work.weight = xcalloc(n + 1, sizeof(*work.weight));
    for (size_t i = 0; i < n; i++) {
        work.pi[i] = 1;
        out->error[i] = (double)NAN;
    }
    tally(&work);
    find_parts(&work, out);
    if (out->parts > 1 && settings->prior == 0) {
        out->state = BRADLEY_TERRY_APART;
    } else {
        climb(&work, out);
        put_errors(&work, out);
        out->log_likelihood = likelihood(&work);
        out->tie = work.nu;
        centre(&work);
        for (size_t i = 0; i < n; i++)
            out->score[i] = log(work.pi[i]);
    }
    free(work.pi);
    free(work.won);
    free(work.weight);
}

void bradley_terry_release(struct bradley_terry *fit)
{
    free(fit->score);
    free(fit->error);
    free(fit->part);
    memset(fit, 0, sizeof(*fit));
}
