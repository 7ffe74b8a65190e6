/* consensus_number - see consensus_number.h. */
#include <config.h>

#include "common/stat/consensus_number.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/stat/ccc.h"
#include "common/stat/describe.h"

enum { ITEMS_MIN = 3 };

/* The item's ratings as numbers, and how many. */
static size_t numbers_of(const struct ratings *ratings, size_t item,
                         double *value)
{
    size_t n = 0;

    for (size_t r = ratings->start[item]; r < ratings->start[item + 1]; r++)
        value[n++] = ratings->value[ratings->rating[r].code];
    return n;
}

static double *room_for_item(const struct ratings *ratings)
{
    size_t most = 0;

    for (size_t i = 0; i < ratings->items.count; i++)
        if (ratings_of(ratings, i) > most)
            most = ratings_of(ratings, i);
    return xcalloc(most + 1, sizeof(double));
}

static struct estimate weighted_mean(const struct ratings *ratings, size_t item,
                                     const double *value, const double *weight,
                                     double *all)
{
    const struct rating *rating = ratings->rating + ratings->start[item];
    size_t count = ratings_of(ratings, item);
    double sum = 0;

    *all = 0;
    for (size_t r = 0; r < count; r++) {
        double w = weight ? weight[rating[r].rater] : 1;

        sum += w * value[r];
        *all += w;
    }
    return estimate_ratio(sum, *all,
                          count == 0 ? "no ratings"
                                     : "all its annotators weigh nothing");
}

struct consensus_number *consensus_number_mean(const struct ratings *ratings,
                                               const double *weight)
{
    size_t items = ratings->items.count;
    struct consensus_number *out = xcalloc(items + 1, sizeof(*out));
    double *value = room_for_item(ratings);

    for (size_t i = 0; i < items; i++) {
        size_t n = numbers_of(ratings, i, value);

        out[i].value = weighted_mean(ratings, i, value, weight, &out[i].weight);
        out[i].sd = describe_sd(value, n, DESCRIBE_N_LESS_1);
    }
    free(value);
    return out;
}

struct consensus_number *consensus_number_median(const struct ratings *ratings)
{
    size_t items = ratings->items.count;
    struct consensus_number *out = xcalloc(items + 1, sizeof(*out));
    double *value = room_for_item(ratings);

    for (size_t i = 0; i < items; i++) {
        size_t n = numbers_of(ratings, i, value);

        out[i].weight = (double)n;
        out[i].sd = describe_sd(value, n, DESCRIBE_N_LESS_1);
        describe_sort(value, n);
        out[i].value = n > 0 ? describe_quantile(value, n, 0.5)
                             : estimate_undefined("no ratings");
    }
    free(value);
    return out;
}

/* A rater's ratings beside the means of their items. */
struct evaluator_pairs {
    struct ccc_sums sums;
    double first;
    bool varied; /* not all of them are `first` */
};

static struct evaluator_pairs *pair_up(const struct ratings *ratings,
                                       bool leave_one_out)
{
    struct evaluator_pairs *pairs =
        xcalloc(ratings->raters.count + 1, sizeof(*pairs));
    double origin = ratings->value[ratings->categories.count / 2];

    for (size_t i = 0; i < ratings->items.count; i++) {
        double n = (double)ratings_of(ratings, i), sum = 0;

        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++)
            sum += ratings->value[ratings->rating[r].code];
        for (size_t r = ratings->start[i]; r < ratings->start[i + 1]; r++) {
            const struct rating *rating = &ratings->rating[r];
            double own = ratings->value[rating->code];
            double mean = leave_one_out ? (sum - own) / (n - 1) : sum / n;
            struct evaluator_pairs *hers = &pairs[rating->rater];

            if (leave_one_out && n < 2)
                continue;
            if (hers->sums.count == 0)
                hers->first = own;
            hers->varied = hers->varied || own != hers->first;
            ccc_add(&hers->sums, origin, own, mean, 1);
        }
    }
    return pairs;
}

static struct estimate correlation(const struct evaluator_pairs *pairs)
{
    struct estimate r;

    if (pairs->sums.count < ITEMS_MIN)
        return estimate_undefined("fewer than 3 items");
    if (!pairs->varied)
        return estimate_undefined("always the same number");
    r = ccc_pearson(&pairs->sums);
    return r.defined ? r : estimate_undefined("the mean is always the same");
}

struct consensus_evaluator *consensus_number_evaluators(
    const struct ratings *ratings, bool leave_one_out)
{
    struct evaluator_pairs *pairs = pair_up(ratings, leave_one_out);
    struct consensus_evaluator *out =
        xcalloc(ratings->raters.count + 1, sizeof(*out));

    for (size_t w = 0; w < ratings->raters.count; w++) {
        out[w].items = (size_t)pairs[w].sums.count;
        out[w].r = correlation(&pairs[w]);
        if (out[w].r.defined && out[w].r.value > 0)
            out[w].weight = out[w].r.value;
    }
    free(pairs);
    return out;
}
