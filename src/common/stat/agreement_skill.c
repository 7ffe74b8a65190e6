/*
 * agreement_skill - see agreement_skill.h.
 */
#include <config.h>

#include "common/stat/agreement_skill.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/stat/agree.h"
#include "common/stat/ccc.h"
#include "common/stat/kappa.h"
#include "common/stat/proportion.h"
#include "common/stat/rating_grid.h"

static const char too_many[] = "too many categories for a table of pairs";

/* Cohen's kappa of a table, and its largest cell beside the diagonal. */
static void read_table(const double *table, size_t k, const double *weight,
                       struct estimate *agreement, struct estimate *kappa,
                       size_t cell[3])
{
    struct kappa of = kappa_of(table, k, weight);

    *agreement = of.n > 0 ? estimate_of(of.agreement)
                          : estimate_undefined("no item in common");
    *kappa = of.value;
    cell[2] = 0;
    for (size_t i = 0; i < k * k; i++) {
        if (i / k == i % k || table[i] <= (double)cell[2])
            continue;
        cell[0] = i / k;
        cell[1] = i % k;
        cell[2] = (size_t)table[i];
    }
}

static double *identity(size_t k)
{
    double *weight = xcalloc(k * k + 1, sizeof(*weight));

    for (size_t c = 0; c < k; c++)
        weight[c * k + c] = 1;
    return weight;
}

static void read_numbers(const struct ratings *ratings,
                         const struct rating_grid *grid, size_t a, size_t b,
                         double *x, double *y, struct pair_part *out)
{
    size_t n = rating_grid_pair(grid, ratings, a, b, x, y);
    struct ccc_sums sums = ccc_sums_of(x, y, NULL, n);
    double gap = 0;

    for (size_t i = 0; i < n; i++)
        gap += (x[i] - y[i]) / (double)n;
    out->pearson = ccc_pearson(&sums);
    out->ccc = ccc_lin(&sums);
    out->gap =
        n > 0 ? estimate_of(gap) : estimate_undefined("no item in common");
}

struct pair_part *agreement_pairs(const struct ratings *ratings, size_t *count,
                                  const char **reason)
{
    size_t k = ratings->categories.count, items = ratings->items.count;
    struct {
        struct pair_part *item;
        size_t count, capacity;
    } parts = { 0 };
    struct rating_grid grid;
    double *table, *weight, *x;

    *count = 0;
    *reason = too_many;
    if (k > AGREE_CATEGORIES_MAX || !rating_grid_init(&grid, ratings, reason))
        return NULL;
    table = xcalloc(k * k + 1, sizeof(*table));
    x = xcalloc(2 * items + 1, sizeof(*x));
    weight = identity(k);
    for (size_t a = 0; a < grid.raters; a++) {
        for (size_t b = a + 1; b < grid.raters; b++) {
            struct pair_part one = { .a = grid.rater[a], .b = grid.rater[b] };
            size_t cell[3] = { 0 };

            memset(table, 0, k * k * sizeof(*table));
            rating_grid_cross(&grid, a, b, k, table);
            for (size_t i = 0; i < k * k; i++)
                one.items += (size_t)table[i];
            if (one.items == 0)
                continue;
            read_table(table, k, weight, &one.agreement, &one.kappa, cell);
            one.a_says = cell[0];
            one.b_says = cell[1];
            one.times = cell[2];
            if (ratings->value)
                read_numbers(ratings, &grid, a, b, x, x + items, &one);
            VEC_PUSH(&parts, one);
        }
    }
    rating_grid_release(&grid);
    free(table);
    free(weight);
    free(x);
    *count = parts.count;
    return parts.item;
}

struct confusions {
    struct confusion_part *item;
    size_t count, capacity;
};

static void push_table(struct confusions *to, const double *table, size_t k,
                       size_t a, size_t b)
{
    for (size_t i = 0; i < k * k; i++) {
        struct confusion_part one = { a, b, i / k, i % k, (size_t)table[i] };

        if (one.items > 0)
            VEC_PUSH(to, one);
    }
}

/* Gold answers that nobody gave have no place in the table. */
static void gold_table(const struct ratings *r, const struct gold *gold,
                       uint32_t rater, double *table)
{
    size_t k = r->categories.count;

    for (size_t i = 0; i < r->items.count; i++)
        for (size_t at = r->start[i]; at < r->start[i + 1]; at++)
            if (r->rating[at].rater == rater && gold->code[i] < k)
                table[gold->code[i] * k + r->rating[at].code]++;
}

struct confusion_part *agreement_confusions(const struct ratings *ratings,
                                            const struct gold *gold,
                                            size_t *count, const char **reason)
{
    size_t k = ratings->categories.count;
    struct confusions parts = { 0 };
    struct rating_grid grid;
    double *table;

    *count = 0;
    *reason = too_many;
    if (k > AGREE_CATEGORIES_MAX || !rating_grid_init(&grid, ratings, reason))
        return NULL;
    table = xcalloc(k * k + 1, sizeof(*table));
    for (size_t a = 0; gold && a < grid.raters; a++) {
        memset(table, 0, k * k * sizeof(*table));
        gold_table(ratings, gold, (uint32_t)grid.rater[a], table);
        push_table(&parts, table, k, AGREEMENT_GOLD, grid.rater[a]);
    }
    for (size_t a = 0; a < grid.raters; a++) {
        for (size_t b = a + 1; b < grid.raters; b++) {
            memset(table, 0, k * k * sizeof(*table));
            rating_grid_cross(&grid, a, b, k, table);
            push_table(&parts, table, k, grid.rater[a], grid.rater[b]);
        }
    }
    rating_grid_release(&grid);
    free(table);
    *count = parts.count;
    return parts.item;
}

/* Sums of one rater on gold. */
struct skill_sums {
    struct ccc_sums pairs;
    double bias, *table; /* [gold * (k + 1) + answer]; k: unsaid */
    size_t numbers;
};

static void read_skill(const struct skill_sums *sums, size_t k, double level,
                       struct skill_part *out)
{
    double *weight = identity(k + 1);
    size_t cell[3] = { 0 };
    struct proportion_limits limits =
        proportion_limits_of(PROPORTION_WILSON, out->right, out->items, level);

    read_table(sums->table, k + 1, weight, &out->accuracy, &out->kappa, cell);
    out->gold_is = cell[0];
    out->says = cell[1];
    out->times = cell[2];
    out->low = limits.low;
    out->high = limits.high;
    out->pearson = ccc_pearson(&sums->pairs);
    out->ccc = ccc_lin(&sums->pairs);
    out->bias = sums->numbers > 0
                    ? estimate_of(sums->bias / (double)sums->numbers)
                    : estimate_undefined("gold has no numbers");
    free(weight);
}

struct skill_part *agreement_skill(const struct ratings *r,
                                   const struct gold *gold, double level,
                                   size_t *count)
{
    size_t raters = r->raters.count, k = r->categories.count;
    struct skill_part *of = xcalloc(raters + 1, sizeof(*of));
    struct skill_sums *sums = xcalloc(raters + 1, sizeof(*sums));

    *count = 0;
    for (size_t i = 0; i < r->items.count; i++) {
        uint32_t code = gold->code[i];

        for (size_t at = r->start[i]; code != GOLD_NONE && at < r->start[i + 1];
             at++) {
            uint32_t rater = r->rating[at].rater, says = r->rating[at].code;
            struct skill_sums *to;

            if (rater == RATINGS_NOBODY)
                continue;
            to = &sums[rater];
            if (!to->table)
                to->table = xcalloc((k + 1) * (k + 1), sizeof(double));
            of[rater].items++;
            of[rater].right += code == says;
            to->table[(code < k ? code : k) * (k + 1) + says]++;
            if (!gold->value || !r->value || isnan(gold->value[i]))
                continue;
            ccc_add(&to->pairs, r->value[0], r->value[says], gold->value[i], 1);
            to->bias += r->value[says] - gold->value[i];
            to->numbers++;
        }
    }
    for (size_t g = 0; g < raters; g++) {
        of[g].rater = (uint32_t)g;
        if (of[g].items > 0) {
            read_skill(&sums[g], k, level, &of[g]);
            of[(*count)++] = of[g];
        }
        free(sums[g].table);
    }
    free(sums);
    return of;
}

static int by_rater_and_time(const void *a, const void *b)
{
    const struct moment *one = a;
    const struct moment *other = b;

    if (one->rater != other->rater)
        return one->rater < other->rater ? -1 : 1;
    if (one->time != other->time)
        return one->time < other->time ? -1 : 1;
    return one->item < other->item ? -1 : one->item > other->item;
}

struct window_sums {
    double same, bias, error;
    size_t numbers;
};

static void add_moment(const struct ratings *r, const struct moment *moment,
                       struct window_part *part, struct window_sums *sums)
{
    double others = 0, same = 0, mean = 0;

    for (size_t at = r->start[moment->item]; at < r->start[moment->item + 1];
         at++) {
        if (r->rating[at].rater == moment->rater)
            continue;
        others++;
        same += r->rating[at].code == moment->code;
        mean += r->value ? r->value[r->rating[at].code] : 0;
    }
    part->from =
        part->ratings == 0 ? moment->time : fmin(part->from, moment->time);
    part->to = part->ratings == 0 ? moment->time : fmax(part->to, moment->time);
    part->ratings++;
    if (others < 1)
        return;
    part->shared++;
    sums->same += same / others;
    if (r->value) {
        sums->bias += r->value[moment->code] - mean / others;
        sums->error += fabs(r->value[moment->code] - mean / others);
        sums->numbers++;
    }
}

static void read_window(const struct window_sums *sums,
                        struct window_part *part)
{
    static const char nobody[] = "no item was judged by somebody else too";
    double n = (double)sums->numbers;

    part->agreement = estimate_ratio(sums->same, (double)part->shared, nobody);
    part->error = estimate_ratio(sums->error, n, nobody);
    part->bias =
        n > 0 ? estimate_of(sums->bias / n) : estimate_undefined(nobody);
}

struct window_part *agreement_windows(const struct ratings *ratings,
                                      struct moment *moment, size_t moments,
                                      size_t windows, size_t *count)
{
    size_t raters = ratings->raters.count;
    size_t cells = (raters + 1) * windows, kept = 0;
    struct window_part *part = xcalloc(cells + 1, sizeof(*part));
    struct window_sums *sums = xcalloc(cells + 1, sizeof(*sums));

    if (moments > 0)
        qsort(moment, moments, sizeof(*moment), by_rater_and_time);
    for (size_t first = 0, last; first < moments; first = last) {
        size_t rater = moment[first].rater;

        for (last = first; last < moments && moment[last].rater == rater;)
            last++;
        for (size_t m = first; m < last; m++) {
            size_t window = (m - first) * windows / (last - first);
            size_t own = (rater + 1) * windows + window;

            add_moment(ratings, &moment[m], &part[window], &sums[window]);
            add_moment(ratings, &moment[m], &part[own], &sums[own]);
        }
    }
    for (size_t c = 0; c < cells; c++) {
        if (part[c].ratings == 0)
            continue;
        part[c].rater =
            c < windows ? RATINGS_NOBODY : (uint32_t)(c / windows - 1);
        part[c].window = c % windows;
        read_window(&sums[c], &part[c]);
        part[kept++] = part[c];
    }
    free(sums);
    *count = kept;
    return part;
}
