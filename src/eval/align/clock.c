/*
 * clock - see clock.h.
 */
#include <config.h>

#include "eval/align/clock.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/stat/dist.h"
#include "eval/align/lagged.h"

enum {
    MARGIN = LAGGED_REACH + 1, /* points beyond the lags */
    SECOND_MOST = 8,           /* points that a further pass moves at most */
    FURTHER = 3,               /* passes, which begin from the one before */
};

double clock_to_reference(const struct clock *clock, double own_s)
{
    return clock->pivot_s + (own_s - clock->offset_s - clock->pivot_s) /
                                (1 + clock->skew_ppm * 1e-6);
}

double clock_shows(const struct clock *clock, double t)
{
    return t + clock->offset_s + clock->skew_ppm * 1e-6 * (t - clock->pivot_s);
}

struct search {
    const struct clock_plan *plan;
    const struct channel *reference, *other;
    double from, rate;
    struct lagged_plan shape; /* `most` changes from pass to pass */
    double most_a, most_b;    /* points; b at the reference's ends */
    double *x, *y;            /* owned */
};

/* Where the search stands: later by a + b u points, see lagged.h. */
struct place {
    double a, b, r;
};

/* About 0 with a standard deviation of 1; false when nothing varies. */
static bool standardize(double *x, size_t count)
{
    double n = 0, mean = 0, square = 0;

    for (size_t i = 0; i < count; i++) {
        if (isnan(x[i]))
            continue;
        n++;
        mean += (x[i] - mean) / n;
    }
    for (size_t i = 0; i < count; i++)
        if (!isnan(x[i]))
            square += (x[i] - mean) * (x[i] - mean);
    if (!(n > 1) || !(square > 1e-24 * n * (1 + mean * mean)))
        return false;
    for (size_t i = 0; i < count; i++)
        x[i] = (x[i] - mean) / sqrt(square / n);
    return true;
}

/* At the clock's times; a signal that is much faster as means of a step. */
static bool sample(const struct channel *channel, const struct clock *clock,
                   double from, double rate, size_t points, double *out)
{
    struct channel as = *channel;

    if (channel->step < 0.6 / rate)
        as.method = CHANNEL_MEAN;
    for (size_t i = 0; i < points; i++)
        out[i] = channel_smooth_at(
            &as, clock_shows(clock, from + (double)i / rate), 1 / rate);
    return standardize(out, points);
}

static const char *prepare(struct search *search)
{
    const struct channel *one = search->reference, *other = search->other;
    double length, points;

    if (one->count < 2 || other->count < 2)
        return "a signal has fewer than two samples";
    search->rate =
        search->plan->rate_hz > 0
            ? search->plan->rate_hz
            : fmin(1 / fmax(one->step, other->step), CLOCK_MAX_RATE_HZ);
    search->from = one->time[0];
    length = one->time[one->count - 1] - search->from;
    points = floor(length * search->rate) + 1;
    if (points > CLOCK_MAX_POINTS)
        return "too many points in time: lower --match-rate";
    search->shape.points = (size_t)points;
    search->shape.pieces =
        (size_t)fmin(floor(length / CLOCK_PIECE_S), (double)CLOCK_PIECES_MOST);
    if (search->shape.pieces < CLOCK_PIECES_LEAST)
        return "the reference is shorter than 40 s";
    search->shape.length = search->shape.points / search->shape.pieces;
    search->most_a = search->plan->most_s * search->rate;
    search->most_b = search->plan->most_ppm * 1e-6 * points / 2;
    search->shape.most = (size_t)ceil(search->most_a + search->most_b) + MARGIN;
    if (points < 2.0 * (double)search->shape.most + 2 + CLOCK_TURNS)
        return "the reference is too short for such offsets: lower "
               "--max-offset";
    if (search->shape.length + 2 * search->shape.most > LAGGED_MAX_WINDOW ||
        search->shape.pieces * (2 * search->shape.most + 1) > LAGGED_MAX_SUMS)
        return "too many offsets to try: lower --max-offset or --match-rate";
    return NULL;
}

/* The other signal, with what is beside the reference's ends. */
static bool read_other(struct search *search, const struct clock *clock)
{
    double from = search->from - (double)search->shape.most / search->rate;

    free(search->y);
    search->y =
        xcalloc(search->shape.points + 2 * search->shape.most, sizeof(double));
    return sample(search->other, clock, from, search->rate,
                  search->shape.points + 2 * search->shape.most, search->y);
}

static struct place search_coarse(const struct search *search,
                                  const struct lagged *lagged)
{
    struct place best = { 0, 0, -HUGE_VAL };
    double steps = ceil(2 * search->most_b);
    double lags = floor(search->most_a);

    for (double k = -steps; k <= steps; k++) {
        double b = steps > 0 ? k / steps * search->most_b : 0;

        for (double a = -lags; a <= lags; a++) {
            double r;

            if (lagged_fit_coarse(lagged, a, b, &r) && r > best.r)
                best = (struct place){ a, b, r };
        }
    }
    return best;
}

static void try_place(const struct lagged *lagged, double a, double b,
                      size_t without, struct place *best)
{
    double r;

    if (lagged_fit(lagged, a, b, without, &r) && r > best->r)
        *best = (struct place){ a, b, r };
}

/*
 * Uphill in ever smaller steps, from `at`.  They end far below what leaving out
 * a piece changes: the jackknife sees that.
 */
static struct place refine(const struct search *search,
                           const struct lagged *lagged, struct place at,
                           size_t without)
{
    at.r = -HUGE_VAL;
    try_place(lagged, at.a, at.b, without, &at);
    for (double step = 0.5; step > 1e-7;) {
        struct place next = at;

        for (int i = -1; i <= 1; i += 2) {
            try_place(lagged, at.a + i * step, at.b, without, &next);
            if (search->most_b > 0) {
                try_place(lagged, at.a, at.b + i * step, without, &next);
                /* Along the ridge: one end stays where it is. */
                try_place(lagged, at.a + i * step, at.b + i * step, without,
                          &next);
                try_place(lagged, at.a + i * step, at.b - i * step, without,
                          &next);
            }
        }
        if (next.r > at.r)
            at = next;
        else
            step /= 2;
    }
    return at;
}

/* How often a wrong time is as good, among those that were tried. */
static bool test_turns(const struct search *search, struct lagged *lagged,
                       double r, struct clock_found *out)
{
    size_t least = 2 * search->shape.most + 1, high = 0;
    size_t room = search->shape.points - 2 * search->shape.most - 1;

    for (size_t turn = 0; turn < CLOCK_TURNS; turn++) {
        if (interrupt_pending())
            return false;
        lagged_run(lagged, search->y, least + turn * room / CLOCK_TURNS);
        high += search_coarse(search, lagged).r >= r;
    }
    out->p = (1.0 + (double)high) / (1.0 + CLOCK_TURNS);
    return true;
}

/*
 * The highest other top, beyond where the correlation has fallen to half of
 * the highest; false when there is none.
 */
static bool find_next(const struct search *search, const struct lagged *lagged,
                      const struct place *top, struct place *next)
{
    *next = (struct place){ 0, top->b, 0 };
    for (int way = -1; way <= 1; way += 2) {
        bool outside = false, rising = false;
        double before = top->r, r;

        for (double k = 1; fabs(top->a + way * k) <= search->most_a; k++) {
            if (!lagged_fit(lagged, top->a + way * k, top->b, SIZE_MAX, &r))
                continue;
            if (rising && r < before && before > next->r)
                *next =
                    (struct place){ top->a + way * (k - 1), top->b, before };
            outside = outside || r < top->r / 2;
            rising = outside && r > before;
            before = r;
        }
        if (rising && before > next->r) /* at the end of what is tried */
            *next =
                (struct place){ way * floor(search->most_a), top->b, before };
    }
    return next->r > 0;
}

/* Half of a 95 % interval from values that each leave a piece out. */
static double jackknife_half(const double *value, size_t count)
{
    double mean = 0, square = 0, n = (double)count;

    for (size_t i = 0; i < count; i++)
        mean += value[i] / n;
    for (size_t i = 0; i < count; i++)
        square += (value[i] - mean) * (value[i] - mean);
    return dist_t_quantile(0.975, n - 1) * sqrt((n - 1) / n * square);
}

/* Whether the next place could be the right one as well. */
static bool is_ambiguous(const struct search *search,
                         const struct lagged *lagged, const struct place *top,
                         const struct place *next)
{
    double *gap = xcalloc(search->shape.pieces, sizeof(*gap)), half;
    size_t count = 0;

    for (size_t p = 0; p < search->shape.pieces; p++) {
        double here, there;

        if (lagged_used(lagged, p) &&
            lagged_fit(lagged, top->a, top->b, p, &here) &&
            lagged_fit(lagged, next->a, next->b, p, &there))
            gap[count++] = here - there;
    }
    half = count > 1 ? jackknife_half(gap, count) : HUGE_VAL;
    free(gap);
    return top->r - next->r <= half;
}

/* At the reference's first sample; a and b are points. */
static struct clock clock_at(const struct search *search, double a, double b)
{
    return (struct clock){
        .pivot_s = search->from,
        .offset_s = (a - b) / search->rate,
        .skew_ppm = 1e6 * b / ((double)search->shape.points / 2),
    };
}

static void put_halves(const struct search *search, const struct lagged *lagged,
                       const struct place *top, struct clock_found *out)
{
    double *offset = xcalloc(2 * search->shape.pieces, sizeof(*offset));
    double *skew = offset + search->shape.pieces;
    size_t count = 0;

    for (size_t p = 0; p < search->shape.pieces; p++) {
        struct place at;
        struct clock clock;

        if (!lagged_used(lagged, p))
            continue;
        at = refine(search, lagged, *top, p);
        clock = clock_at(search, at.a, at.b);
        offset[count] = clock.offset_s;
        skew[count++] = clock.skew_ppm;
    }
    out->offset_half_s = jackknife_half(offset, count);
    out->skew_half_ppm = search->most_b > 0 ? jackknife_half(skew, count) : 0;
    free(offset);
}

/* What the clock shows that is right by `rest` where it was taken for right. */
static struct clock compose(const struct clock *first, const struct clock *rest)
{
    return (struct clock){
        .pivot_s = first->pivot_s,
        .offset_s =
            first->offset_s + rest->offset_s * (1 + first->skew_ppm * 1e-6),
        .skew_ppm = first->skew_ppm + rest->skew_ppm +
                    first->skew_ppm * rest->skew_ppm * 1e-6,
    };
}

/* Once more with the clock so far taken out, which leaves next to no lag. */
static const char *pass_again(struct search *search, bool last,
                              struct clock_found *out)
{
    struct lagged *lagged;
    struct place top = { 0, 0, 0 };

    search->shape.most = SECOND_MOST + MARGIN;
    if (!read_other(search, &out->clock))
        return "a signal never varies";
    lagged = lagged_new(&search->shape, search->x);
    lagged_run(lagged, search->y, 0);
    out->pieces = lagged_pieces(lagged);
    if (out->pieces >= CLOCK_PIECES_LEAST) {
        struct clock rest;

        top = refine(search, lagged, top, SIZE_MAX);
        if (last)
            put_halves(search, lagged, &top, out);
        rest = clock_at(search, top.a, top.b);
        out->clock = compose(&out->clock, &rest);
        out->r = fmin(top.r, 1); /* between points it is no bound */
    }
    lagged_free(lagged);
    if (out->pieces < CLOCK_PIECES_LEAST)
        return "fewer than four pieces have both signals";
    return out->r > 0 ? NULL : "the signals have nothing in common";
}

/* Why the top is none; NULL: it is one. */
static const char *judge(const struct search *search, struct lagged *lagged,
                         const struct place *coarse, const struct place *top,
                         struct clock_found *out)
{
    struct place next;

    if (coarse->r <= 0)
        return "the signals have nothing in common";
    if (find_next(search, lagged, top, &next)) {
        out->r_next = next.r;
        out->next_s = (next.a - next.b) / search->rate;
        if (is_ambiguous(search, lagged, top, &next)) {
            test_turns(search, lagged, coarse->r, out);
            return out->p > CLOCK_LEVEL ? "no better than at wrong times"
                                        : "another offset fits as well";
        }
    }
    if (!test_turns(search, lagged, coarse->r, out))
        return "interrupted";
    if (out->p > CLOCK_LEVEL)
        return "no better than at wrong times";
    if (fabs(coarse->a) + 1 > search->most_a)
        return "it fits best at the end of what was tried: raise --max-offset";
    if (search->most_b > 0 && fabs(top->b) >= search->most_b)
        return "it fits best at the end of what was tried: raise --max-skew";
    return NULL;
}

static const char *first_pass(struct search *search, struct clock_found *out)
{
    const struct clock right = { 0 };
    struct place coarse, top;
    struct lagged *lagged;
    const char *reason;

    search->x = xcalloc(search->shape.points, sizeof(double));
    if (!sample(search->reference, &right, search->from, search->rate,
                search->shape.points, search->x) ||
        !read_other(search, &right))
        return "a signal never varies where the other is";
    lagged = lagged_new(&search->shape, search->x);
    lagged_run(lagged, search->y, 0);
    out->pieces = lagged_pieces(lagged);
    if (out->pieces < CLOCK_PIECES_LEAST) {
        lagged_free(lagged);
        return "fewer than four pieces have both signals";
    }
    coarse = search_coarse(search, lagged);
    top = refine(search, lagged, coarse, SIZE_MAX);
    lagged_fit(lagged, 0, 0, SIZE_MAX, &out->r_zero);
    out->r = fmin(top.r, 1);
    out->clock = clock_at(search, top.a, top.b);
    reason = judge(search, lagged, &coarse, &top, out);
    lagged_free(lagged);
    return reason;
}

void clock_find(const struct clock_plan *plan, const struct channel *reference,
                const struct channel *other, struct clock_found *out)
{
    struct search search = { .plan = plan,
                             .reference = reference,
                             .other = other };

    *out = (struct clock_found){ .p = NAN };
    out->reason = prepare(&search);
    out->rate_hz = search.rate;
    if (!out->reason)
        out->reason = first_pass(&search, out);
    for (int i = 1; !out->reason && i <= FURTHER; i++)
        out->reason = pass_again(&search, i == FURTHER, out);
    out->told = !out->reason;
    free(search.x);
    free(search.y);
}
