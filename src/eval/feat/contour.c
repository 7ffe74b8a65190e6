/*
 * contour - see contour.h.
 */
#include <config.h>

#include "eval/feat/contour.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"

#define SHARE 0.1   /* of the range: what a hill must rise */
#define HIGHER 1.05 /* a hill this much higher takes the place of one */

struct extremum {
    int64_t at;
    float value;
    bool top;
};

struct extrema {
    struct extremum *item; /* owned */
    size_t count, capacity;
};

static void find(const float *x, int64_t count, struct extrema *found)
{
    for (int64_t i = 2; i < count - 2; i++) {
        bool top = x[i] > x[i - 1] && x[i] > x[i + 1];

        if (top || (x[i] < x[i - 1] && x[i] < x[i + 1]))
            VEC_PUSH(found, ((struct extremum){ i, x[i], top }));
    }
}

/* What the walk over the extrema has kept last. */
struct walk {
    float before;      /* the extremum before this one, kept or not */
    float top, bottom; /* the last ones that count */
    double least;
    bool since;      /* a bottom was counted after the last top */
    size_t last_top; /* its place in the list; SIZE_MAX: none */
};

/*
 * Small ones are kept when a long climb led to them: a top that lies well above
 * the bottom and follows one, or is the height of that climb.
 */
static bool keep_top(struct walk *walk, struct extrema *list, size_t *kept,
                     float value, bool small)
{
    if (small) {
        if (!((double)value - walk->bottom >= walk->least))
            return false;
        if (value > HIGHER * walk->top && walk->last_top != SIZE_MAX) {
            memmove(list->item + walk->last_top,
                    list->item + walk->last_top + 1,
                    (*kept - walk->last_top - 1) * sizeof(*list->item));
            --*kept;
        } else if (!(value > HIGHER * walk->top) && !walk->since) {
            return false;
        }
    }
    walk->top = value;
    walk->last_top = *kept;
    walk->since = false;
    return true;
}

/* A deeper bottom after one is listed, but the hills still rise from that. */
static bool keep_bottom(struct walk *walk, float value, bool small)
{
    if (small && !((double)walk->top - value >= walk->least))
        return false;
    if (small && walk->since)
        return value < walk->bottom;
    walk->bottom = value;
    walk->since = true;
    return true;
}

static void drop_small(struct extrema *list, float start, double least)
{
    struct walk walk = { .before = start,
                         .top = start,
                         .bottom = start,
                         .least = least,
                         .last_top = SIZE_MAX };
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++) {
        struct extremum item = list->item[i];
        bool small = fabs((double)item.value - walk.before) < least;

        walk.before = item.value;
        if (item.top ? keep_top(&walk, list, &kept, item.value, small)
                     : keep_bottom(&walk, item.value, small))
            list->item[kept++] = item;
    }
    list->count = kept;
}

static void drop_bottoms(struct extrema *list, float start, double least)
{
    float top = start;
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++) {
        struct extremum item = list->item[i];

        if (item.top)
            top = item.value;
        else if ((double)top - item.value < least)
            continue;
        list->item[kept++] = item;
    }
    list->count = kept;
}

/* Of neighbours of one kind the more extreme one stays. */
static void alternate(struct extrema *list)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++) {
        struct extremum item = list->item[i], *last;

        last = kept > 0 ? &list->item[kept - 1] : NULL;
        if (!last || last->top != item.top)
            list->item[kept++] = item;
        else if (item.top ? item.value > last->value : item.value < last->value)
            *last = item;
    }
    list->count = kept;
}

struct slopes {
    double *item; /* owned */
    size_t count, capacity;
};

/* The piece at the end, when there is one, is the last of `slopes`. */
static void sum_up(const struct slopes *slopes, bool with_end, double *mean,
                   double *sd)
{
    size_t inner = slopes->count - (with_end ? 1 : 0);
    double sum = 0, square = 0, count = (double)slopes->count;

    *mean = *sd = 0;
    if (slopes->count == 0)
        return;
    for (size_t i = 0; i < slopes->count; i++)
        sum += slopes->item[i];
    *mean = sum / count;
    for (size_t i = 0; i < inner; i++)
        square += (slopes->item[i] - *mean) * (slopes->item[i] - *mean);
    *sd = sqrt(square / count);
}

static void measure(const float *x, int64_t count, double step,
                    const struct extrema *list, struct contour_slopes *out)
{
    struct slopes rising = { 0 }, falling = { 0 };
    struct extremum from = { 0, x[0], false };
    double left;

    for (size_t i = 0; i < list->count; i++) {
        struct extremum to = list->item[i];
        double slope = ((double)to.value - from.value) /
                       ((double)(to.at - from.at) * step);

        if (to.top)
            VEC_PUSH(&rising, slope);
        else
            VEC_PUSH(&falling, -slope);
        out->peaks += to.top;
        from = to;
    }
    left = (double)(count - 1 - from.at) * step;
    if (list->count == 0)
        left = (double)count * step;
    if (left > 0) {
        double slope = ((double)x[count - 1] - from.value) / left;

        if (from.top)
            VEC_PUSH(&falling, slope);
        else
            VEC_PUSH(&rising, slope);
    }
    sum_up(&rising, left > 0 && !from.top, &out->rising_mean, &out->rising_sd);
    sum_up(&falling, left > 0 && from.top, &out->falling_mean,
           &out->falling_sd);
    free(rising.item);
    free(falling.item);
}

void contour_slopes_of(const float *value, int64_t count, double step,
                       struct contour_slopes *out)
{
    struct extrema list = { 0 };
    float low, high;
    double least;

    memset(out, 0, sizeof(*out));
    if (count == 0)
        return;
    low = high = value[0];
    for (int64_t i = 1; i < count; i++) {
        low = value[i] < low ? value[i] : low;
        high = value[i] > high ? value[i] : high;
    }
    least = SHARE * ((double)high - low);
    find(value, count, &list);
    drop_small(&list, value[0], least);
    drop_bottoms(&list, value[0], least);
    alternate(&list);
    measure(value, count, step, &list, out);
    free(list.item);
}
