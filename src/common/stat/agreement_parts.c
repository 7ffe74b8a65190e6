/*
 * agreement_parts - each category against the others; each item.
 */
#include <config.h>

#include "common/stat/agreement_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

/* Sums of one category over items. */
struct label_sums {
    double same, chosen; /* n (n - 1), n (m - 1), over pairable items */
    double share;        /* of the items' ratings, over items */
    double agreement;    /* of pairs: both or neither; over pairable items */
};

static void count_codes(const struct ratings *r, size_t item, double *count)
{
    memset(count, 0, (r->categories.count + 1) * sizeof(*count));
    for (size_t k = r->start[item]; k < r->start[item + 1]; k++)
        count[r->rating[k].code]++;
}

static void add_labels(const double *count, double m, size_t categories,
                       struct label_sums *sums, struct label_part *out)
{
    for (size_t c = 0; c < categories; c++) {
        double n = count[c];

        out[c].ratings += (size_t)n;
        out[c].items += n > 0;
        sums[c].share += n / m;
        if (m < 2)
            continue;
        sums[c].same += n * (n - 1);
        sums[c].chosen += n * (m - 1);
        sums[c].agreement += 1 - 2 * n * (m - n) / (m * (m - 1));
    }
}

struct label_part *agreement_labels(const struct ratings *r)
{
    size_t categories = r->categories.count;
    struct label_part *out = xcalloc(categories + 1, sizeof(*out));
    struct label_sums *sums = xcalloc(categories + 1, sizeof(*sums));
    double *count = xcalloc(categories + 1, sizeof(*count));
    double items = 0, pairable = 0, n = (double)ratings_count(r);

    for (size_t i = 0; i < r->items.count; i++) {
        double m = (double)ratings_of(r, i);

        if (m < 1)
            continue;
        items++;
        pairable += m >= 2;
        count_codes(r, i, count);
        add_labels(count, m, categories, sums, out);
    }
    for (size_t c = 0; c < categories; c++) {
        double p = items > 0 ? sums[c].share / items : 0;
        double chance = p * p + (1 - p) * (1 - p);

        out[c].code = c;
        out[c].share = n > 0 ? (double)out[c].ratings / n : 0;
        out[c].specific =
            estimate_ratio(sums[c].same, sums[c].chosen, "nobody chose it");
        if (pairable > 0 && chance < 1 - 1e-14)
            out[c].kappa = estimate_of((sums[c].agreement / pairable - chance) /
                                       (1 - chance));
        else
            out[c].kappa = estimate_undefined(
                p > 0.5 ? "all chose it (0/0)" : "nobody chose it (0/0)");
    }
    free(sums);
    free(count);
    return out;
}

static struct estimate sd_of(const struct ratings *r, size_t item)
{
    double m = (double)ratings_of(r, item), mean = 0, squares = 0;

    if (!r->value)
        return estimate_undefined("the values are not all numbers");
    for (size_t k = r->start[item]; k < r->start[item + 1]; k++)
        mean += r->value[r->rating[k].code] / m;
    for (size_t k = r->start[item]; k < r->start[item + 1]; k++)
        squares += pow(r->value[r->rating[k].code] - mean, 2);
    return estimate_of(sqrt(squares / (m - 1)));
}

/* `seen` counts codes, and is left zero; only this item's are looked at. */
static struct item_part item_of(const struct ratings *r, size_t item,
                                double *seen)
{
    double m = (double)ratings_of(r, item), equal = 0;
    struct item_part out = {
        .item = item,
        .ratings = ratings_of(r, item),
        .reserved = r->reserved_start[item + 1] - r->reserved_start[item],
        .sd = sd_of(r, item),
    };
    double most = 0;

    for (size_t k = r->start[item]; k < r->start[item + 1]; k++)
        seen[r->rating[k].code]++;
    for (size_t k = r->start[item]; k < r->start[item + 1]; k++) {
        uint32_t code = r->rating[k].code;
        double n = seen[code];

        if (n == 0)
            continue;
        equal += n * (n - 1);
        out.entropy -= n / m * log(n / m);
        if (n > most || (n == most && code < out.mode))
            out.mode = code;
        out.modes = n > most ? 1 : out.modes + (n == most);
        most = fmax(most, n);
        seen[code] = 0;
    }
    out.agreement = estimate_of(equal / (m * (m - 1)));
    return out;
}

static int by_agreement(const void *a, const void *b)
{
    const struct item_part *one = a;
    const struct item_part *other = b;
    double gap = one->agreement.value - other->agreement.value;

    if (fabs(gap) > 1e-12)
        return gap < 0 ? -1 : 1;
    if (fabs(one->entropy - other->entropy) > 1e-12)
        return one->entropy > other->entropy ? -1 : 1;
    return one->item < other->item ? -1 : 1;
}

static int by_sd(const void *a, const void *b)
{
    const struct item_part *one = a;
    const struct item_part *other = b;
    double gap = one->sd.value - other->sd.value;

    if (fabs(gap) > 1e-12)
        return gap > 0 ? -1 : 1;
    return one->item < other->item ? -1 : 1;
}

struct item_part *agreement_items(const struct ratings *r,
                                  enum alpha_metric scale, size_t *count)
{
    struct item_part *out = xcalloc(r->items.count + 1, sizeof(*out));
    double *seen = xcalloc(r->categories.count + 1, sizeof(*seen));
    bool numbers = r->value && scale != ALPHA_NOMINAL;

    *count = 0;
    for (size_t i = 0; i < r->items.count; i++)
        if (ratings_of(r, i) >= 2)
            out[(*count)++] = item_of(r, i, seen);
    qsort(out, *count, sizeof(*out), numbers ? by_sd : by_agreement);
    free(seen);
    return out;
}
