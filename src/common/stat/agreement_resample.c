/*
 * agreement_resample - jackknife and bootstrap of items.
 *
 * A resample is a matrix with some items missing or repeated, of which all
 * coefficients are read anew.  That costs the whole table each time: where
 * there are many ratings, the jackknife leaves out random groups of items
 * instead of single ones, and what would still take long is left out.
 */
#include <config.h>

#include "common/stat/agreement_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/rng.h"
#include "common/stat/dist.h"

/* Ratings looked at in all resamples of a kind, at most: about a second. */
static const double work_max = 5e7;

static const char too_much[] = "left out: too many ratings";

enum {
    GROUPS_MIN = 50, /* of items; fewer say too little about spread */
};

struct resampling {
    const struct ratings *whole;
    const struct agreement_settings *settings;
    const bool *fits;
    size_t *cluster;       /* of each item that has ratings; else SIZE_MAX */
    int *times;            /* of each cluster */
    struct ratings sample; /* lists borrowed from whole; own start, rating */
    size_t room;           /* ratings that sample has room for */
    size_t items_room;
    double bent; /* above 0: ratings an item, and out[] is as of bend() */
};

static void clear(void *context)
{
    struct resampling *r = context;

    memset(r->times, 0, (r->whole->items.count + 1) * sizeof(*r->times));
}

static void clear_raters(void *context)
{
    struct resampling *r = context;

    memset(r->times, 0, (r->whole->raters.count + 1) * sizeof(*r->times));
}

static void add(void *context, size_t cluster, int times)
{
    ((struct resampling *)context)->times[cluster] += times;
}

/* Makes room for `items` more items with `ratings` ratings. */
static void make_room(struct resampling *r, size_t items, size_t ratings)
{
    struct ratings *sample = &r->sample;
    size_t filled = sample->start[sample->items.count];

    if (sample->items.count + items + 1 > r->items_room) {
        r->items_room = 2 * (sample->items.count + items + 1);
        sample->start =
            xreallocarray(sample->start, r->items_room, sizeof(size_t));
    }
    if (filled + ratings > r->room) {
        r->room = 2 * (filled + ratings);
        sample->rating =
            xreallocarray(sample->rating, r->room, sizeof(struct rating));
    }
}

/*
 * Of numbers: what k ratings have in common makes log((1 + (k - 1) v) /
 * (1 - v)) the logarithm of a ratio of variances, which is nearer to normal
 * (Miller, R. G. (1968). Jackknifing variances. Annals of Mathematical
 * Statistics 39(2)).  k of the coefficient: 0: -log(1 - v), of means.
 */
static double ratings_in(enum coefficient_id id, double k)
{
    switch (id) {
    case COEFFICIENT_ALPHA:
    case COEFFICIENT_ICC_1:
    case COEFFICIENT_ICC_A1:
    case COEFFICIENT_ICC_C1:
        return k;
    case COEFFICIENT_CCC:
    case COEFFICIENT_PEARSON:
    case COEFFICIENT_SPEARMAN:
        return 2;
    default:
        return 0;
    }
}

static void bend(double k, struct estimate *out)
{
    for (size_t i = 0; i < COEFFICIENT_COUNT; i++) {
        double of = ratings_in((enum coefficient_id)i, k), v = out[i].value;
        double above = of > 0 ? 1 + (of - 1) * v : 1;

        out[COEFFICIENT_COUNT + i] =
            out[i].defined && above > 1e-9 && v < 1 - 1e-9
                ? estimate_of(log(above / (1 - v)))
                : estimate_undefined("a part agrees perfectly");
    }
}

/* The limits of the bent value, back on the coefficient's own scale. */
static void unbend(enum coefficient_id id, double k, struct interval *interval)
{
    double of = ratings_in(id, k);
    double *limit[] = { &interval->low, &interval->high };

    for (size_t i = 0; i < 2; i++) {
        double ratio = exp(*limit[i]);

        *limit[i] = of > 0 ? (ratio - 1) / (ratio + of - 1) : 1 - 1 / ratio;
    }
}

static bool read_sample(void *context, struct estimate *out)
{
    struct resampling *r = context;
    struct ratings *sample = &r->sample;

    sample->items.count = 0;
    for (size_t i = 0; i < r->whole->items.count; i++) {
        size_t m = ratings_of(r->whole, i);
        int times = r->cluster[i] == SIZE_MAX ? 0 : r->times[r->cluster[i]];

        if (times <= 0)
            continue;
        make_room(r, (size_t)times, m * (size_t)times);
        for (int t = 0; t < times; t++) {
            size_t at = sample->start[sample->items.count];

            memcpy(sample->rating + at, r->whole->rating + r->whole->start[i],
                   m * sizeof(struct rating));
            sample->start[++sample->items.count] = at + m;
        }
    }
    agreement_values(sample, r->settings, r->fits, out);
    if (r->bent > 0)
        bend(r->bent, out);
    return true;
}

static void begin(struct resampling *r)
{
    size_t items = r->whole->items.count;

    r->cluster = xcalloc(items + 1, sizeof(*r->cluster));
    r->times = xcalloc(items + 1, sizeof(*r->times));
    r->items_room = items + 2;
    r->room = ratings_count(r->whole) + 1;
    r->sample = *r->whole;
    r->sample.items = (struct text_list){ 0 };
    r->sample.start = xcalloc(r->items_room, sizeof(size_t));
    r->sample.rating = xcalloc(r->room, sizeof(struct rating));
}

static void end(struct resampling *r)
{
    free(r->cluster);
    free(r->times);
    free(r->sample.start);
    free(r->sample.rating);
}

/* Steps of one reading, each about as long as looking at one rating. */
static double cost(const struct ratings *ratings, const bool *fits,
                   const struct agreement *agreement)
{
    double n = (double)ratings_count(ratings) + 1;
    double pairs = (double)agreement->raters * (double)agreement->raters / 2;
    double categories = (double)ratings->categories.count;

    if (fits[COEFFICIENT_ICC_A1] && agreement->complete < agreement->items)
        n *= 200 * (double)agreement->most; /* REML searches */
    if (fits[COEFFICIENT_LIGHT])
        n += pairs * ((double)agreement->items / 2 + categories * categories);
    if (fits[COEFFICIENT_SPEARMAN]) /* which sorts */
        n += 20 * pairs * (double)agreement->items;
    if (fits[COEFFICIENT_FLEISS])
        n += (double)(agreement->raters + 4) * categories * categories;
    return n;
}

/* The settings' own clusters, those that have a rating; how many. */
static size_t take_clusters(struct resampling *r)
{
    const struct agreement_settings *settings = r->settings;
    size_t *number = xcalloc(settings->cluster_values + 1, sizeof(*number));
    size_t clusters = 0;

    for (size_t i = 0; i < r->whole->items.count; i++) {
        size_t *of = &number[settings->cluster[i]];

        r->cluster[i] = SIZE_MAX;
        if (ratings_of(r->whole, i) == 0)
            continue;
        if (*of == 0)
            *of = ++clusters;
        r->cluster[i] = *of - 1;
    }
    free(number);
    return clusters;
}

/* Single items, or `groups` random groups of about one size. */
static size_t make_clusters(struct resampling *r, size_t items, size_t groups)
{
    size_t *order, n = 0;

    if (r->settings->cluster)
        return take_clusters(r);
    order = xcalloc(items + 1, sizeof(*order));
    for (size_t i = 0; i < r->whole->items.count; i++) {
        r->cluster[i] = SIZE_MAX;
        if (ratings_of(r->whole, i) > 0)
            order[n++] = i;
    }
    if (groups < items) {
        struct rng *rng = rng_new(r->settings->seed, "agreement/groups");

        rng_shuffle(rng, order, n);
        rng_free(rng);
    } else {
        groups = items;
    }
    for (size_t i = 0; i < n; i++)
        r->cluster[order[i]] = i % groups;
    free(order);
    return groups;
}

/* Raters that the present reading leaves out have times[] 0. */
static bool read_raters(void *context, struct estimate *out)
{
    struct resampling *r = context;
    size_t raters = r->whole->raters.count;
    bool *keep = xcalloc(raters + 1, sizeof(*keep));
    struct ratings *part;

    for (size_t g = 0; g < raters; g++)
        keep[g] = r->times[r->cluster[g]] > 0;
    part = ratings_subset(r->whole, NULL, keep);
    agreement_values(part, r->settings, r->fits, out);
    ratings_free(part);
    free(keep);
    return true;
}

/* Each rater who has a rating left out in turn. */
static void jackknife_raters(const struct resampling *from, double work,
                             struct agreement *out)
{
    size_t raters = from->whole->raters.count, n = 0;
    struct resampling r = *from;
    struct interval_source source = { .outputs = COEFFICIENT_COUNT,
                                      .context = &r,
                                      .clear = clear_raters,
                                      .add = add,
                                      .read = read_raters };
    struct estimate value[COEFFICIENT_COUNT];
    struct interval interval[COEFFICIENT_COUNT];
    bool *seen = xcalloc(raters + 1, sizeof(*seen));

    r.cluster = xcalloc(raters + 1, sizeof(*r.cluster));
    r.times = xcalloc(raters + 1, sizeof(*r.times));
    for (size_t k = 0; k < ratings_count(r.whole); k++)
        if (r.whole->rating[k].rater != RATINGS_NOBODY)
            seen[r.whole->rating[k].rater] = true;
    for (size_t g = 0; g < raters; g++)
        r.cluster[g] = seen[g] ? n++ : 0;
    source.clusters = n;
    for (size_t i = 0; i < COEFFICIENT_COUNT; i++) {
        if (work * (double)n > 10 * work_max || n == 0)
            out->of[i].jackknife.reason =
                n == 0 ? "annotators have no names" : too_much;
    }
    if (n > 0 && work * (double)n <= 10 * work_max) {
        interval_jackknife(&source, r.settings->level, value, interval);
        for (size_t i = 0; i < COEFFICIENT_COUNT; i++) {
            if (!out->of[i].fits)
                continue;
            out->of[i].jackknife = interval[i];
            interval_clip(&out->of[i].jackknife, -1, 1);
        }
        out->clusters = n;
    }
    free(r.cluster);
    free(r.times);
    free(seen);
}

/*
 * Limits about the value freed of its bias, and one degree of freedom less: a
 * coefficient is 1 less a ratio, whose denominator is estimated, too.  Both
 * from what simulated tables need (tests/bench/coverage.c).
 */
static void settle_limits(double value, struct interval *interval)
{
    double df = interval->df - 1, reach;

    if (!interval->defined || interval->no_spread || df < 1)
        return;
    reach = interval->se * dist_t_quantile((1 + interval->level) / 2, df);
    interval->df = df;
    interval->low = value - interval->bias - reach;
    interval->high = value - interval->bias + reach;
}

static void jackknife(struct resampling *r, struct interval_source *source,
                      double work, struct agreement *out)
{
    struct estimate value[2 * COEFFICIENT_COUNT];
    struct interval interval[2 * COEFFICIENT_COUNT];
    double most = work_max / work;
    size_t groups = most < GROUPS_MIN ? GROUPS_MIN : (size_t)most;

    if (work * GROUPS_MIN > 10 * work_max) {
        for (size_t i = 0; i < COEFFICIENT_COUNT; i++)
            out->of[i].jackknife.reason = too_much;
        return;
    }
    out->clusters = make_clusters(r, out->items, groups);
    source->clusters = out->clusters;
    if (r->fits[COEFFICIENT_ICC_1]) {
        r->bent = (double)out->ratings / (double)out->items;
        source->outputs = 2 * COEFFICIENT_COUNT;
    }
    interval_jackknife(source, r->settings->level, value, interval);
    for (size_t i = 0; i < COEFFICIENT_COUNT; i++) {
        const struct interval *bent = &interval[COEFFICIENT_COUNT + i];
        struct interval *to = &out->of[i].jackknife;

        if (!out->of[i].fits)
            continue;
        *to = interval[i];
        if (r->bent > 0 && bent->defined && !bent->no_spread) {
            *to = *bent;
            settle_limits(value[COEFFICIENT_COUNT + i].value, to);
            unbend((enum coefficient_id)i, r->bent, to);
            to->se = interval[i].se;
        } else {
            settle_limits(value[i].value, to);
        }
        interval_clip(to, -1, 1);
    }
    r->bent = 0;
    source->outputs = COEFFICIENT_COUNT;
}

/*
 * The level at which the quantiles of resamples hold what is meant: they are
 * too narrow by sqrt((n - 1) / n), and normal where a t would be due.
 * Hesterberg, T. C. (2015). What teachers should know about the bootstrap.
 * The American Statistician 69(4), section 4.1 ("expanded percentile").
 */
static double expanded(double level, size_t clusters)
{
    double n = (double)clusters;

    if (clusters < 2)
        return level;
    return 2 * dist_normal_cdf(sqrt(n / (n - 1)) *
                               dist_t_quantile((1 + level) / 2, n - 1)) -
           1;
}

/* Limits of one coefficient; `left`: see interval_leave_out(), or NULL. */
static struct interval limits_of(const struct resampling *r,
                                 const struct interval_resamples *resamples,
                                 size_t i, const struct agreement *agreement,
                                 const double *left)
{
    double meant = r->settings->level, *own;
    double level =
        r->settings->percentiles ? meant : expanded(meant, resamples->clusters);
    struct interval out;

    if (!left || !agreement->of[i].value.defined) {
        out = interval_percentile(resamples, i, level);
        out.level = meant;
        return out;
    }
    own = xcalloc(resamples->clusters + 1, sizeof(*own));
    for (size_t c = 0; c < resamples->clusters; c++)
        own[c] = left[c * COEFFICIENT_COUNT + i];
    out = interval_bca(resamples, i, level, agreement->of[i].value.value, own,
                       resamples->clusters);
    out.level = meant;
    free(own);
    return out;
}

static void bootstrap(struct resampling *r, struct interval_source *source,
                      double work, struct agreement *out)
{
    struct interval_resamples resamples;
    double *left = NULL;

    if (work * (double)r->settings->resamples > 2 * work_max) {
        for (size_t i = 0; i < COEFFICIENT_COUNT; i++)
            out->of[i].bootstrap.reason = too_much;
        return;
    }
    source->clusters = make_clusters(r, out->items, out->items);
    interval_draw(source, (size_t)r->settings->resamples, r->settings->seed,
                  "agreement/bootstrap", &resamples);
    if (!r->settings->percentiles &&
        work * (double)source->clusters <= 2 * work_max)
        left = interval_leave_out(source);
    for (size_t i = 0; i < COEFFICIENT_COUNT; i++)
        if (out->of[i].fits)
            out->of[i].bootstrap = limits_of(r, &resamples, i, out, left);
    free(left);
    interval_resamples_release(&resamples);
}

void agreement_resample(const struct ratings *ratings,
                        const struct agreement_settings *settings,
                        const bool *fits, struct agreement *out)
{
    struct resampling r = { .whole = ratings,
                            .settings = settings,
                            .fits = fits };
    struct interval_source source = { .outputs = COEFFICIENT_COUNT,
                                      .context = &r,
                                      .clear = clear,
                                      .add = add,
                                      .read = read_sample };
    double work = cost(ratings, fits, out);

    if (out->pairable == 0)
        return;
    begin(&r);
    if (settings->over_raters)
        jackknife_raters(&r, work, out);
    else
        jackknife(&r, &source, work, out);
    if (settings->resamples > 0)
        bootstrap(&r, &source, work, out);
    if (settings->permutations > 0)
        agreement_permute(ratings, settings, out);
    end(&r);
}
