/*
 * settle_traces - rules for the traces of one item: fused, or left.
 *
 * The frozen fit knows of each annotator and dimension a lag, relative to the
 * others (stat/curve_lag: at maximal CCC), and an evaluator weight against the
 * mean of the others after these lags (stat/curve_fuse).  What was traced
 * never changes: lags are taken off on the way to the consensus only.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/stat/ccc.h"
#include "common/stat/curve_agree.h"
#include "common/stat/curve_fuse.h"
#include "common/stat/curve_lag.h"
#include "common/study/settle_internal.h"
#include "common/study/verdict.h"

enum {
    LAG_MOST_S = 5,   /* that is tried, either way */
    TRACES_LEAST = 2, /* that there is anything to fuse */
};

/* Annotators who have a trace, by number. */
static size_t list_raters(const struct settle_case *it, size_t count,
                          struct text_list *out)
{
    for (size_t i = 0; i < count; i++)
        for (size_t v = 0; v < it[i].voices; v++)
            if (!it[i].voice[v].reserved && it[i].voice[v].trace &&
                !text_list_has(out, it[i].voice[v].rater))
                text_list_add(out, it[i].voice[v].rater);
    return out->count;
}

/* Of one dimension: [item * raters + rater]; the caller's. */
static struct curve *lay_out(const struct settle_case *it, size_t count,
                             const struct text_list *raters, size_t dimension)
{
    struct curve *out = xcalloc(count * raters->count + 1, sizeof(*out));

    for (size_t i = 0; i < count; i++)
        for (size_t v = 0; v < it[i].voices; v++) {
            size_t r = 0;

            if (it[i].voice[v].reserved || !it[i].voice[v].trace)
                continue;
            while (strcmp(raters->item[r], it[i].voice[v].rater) != 0)
                r++;
            out[i * raters->count + r] = it[i].voice[v].trace[dimension];
        }
    return out;
}

/* Evaluator weights after the lags. */
static void weigh(const struct curve *trace, size_t items, size_t raters,
                  const double *lag, struct curve_weight *weight)
{
    struct curve_panel *panel = xcalloc(items + 1, sizeof(*panel));

    for (size_t i = 0; i < items; i++) {
        const char *reason;

        if (!curve_panel_init(&panel[i], trace + i * raters, lag, raters,
                              VERDICT_RATE, &reason))
            curve_panel_release(&panel[i]);
    }
    curve_weights(panel, items, raters, true, weight);
    for (size_t i = 0; i < items; i++)
        curve_panel_release(&panel[i]);
    free(panel);
}

static void fit_dimension(const struct settle_case *it, size_t count,
                          const struct text_list *raters, size_t dimension,
                          struct fit *fit)
{
    size_t n = raters->count;
    struct curve *trace = lay_out(it, count, raters, dimension);
    struct curve_lag_plan plan = { .items = count,
                                   .raters = n,
                                   .trace = trace,
                                   .fit = CURVE_FIT_CCC,
                                   .rate = VERDICT_RATE,
                                   .most = LAG_MOST_S };
    struct curve_lag *late = xcalloc(n + 1, sizeof(*late));
    struct curve_weight *weight = xcalloc(n + 1, sizeof(*weight));
    double *lag = xcalloc(n + 1, sizeof(*lag));

    curve_lags(&plan, late);
    for (size_t r = 0; r < n; r++)
        lag[r] = late[r].lag.defined ? late[r].lag.value : 0;
    weigh(trace, count, n, lag, weight);
    for (size_t r = 0; r < n; r++) {
        fit->rater[r].lags[dimension] = lag[r];
        fit->rater[r].weights[dimension] = weight[r].weight;
        fit->rater[r].weight = fmax(fit->rater[r].weight, weight[r].weight);
    }
    free(lag);
    free(weight);
    free(late);
    free(trace);
}

struct fit *settle_traces_fit(const struct question *question,
                              const struct settle_case *it, size_t count,
                              struct arena *arena, struct error *err)
{
    struct text_list raters = { 0 };
    struct fit *fit = arena_alloc(arena, sizeof(*fit));
    size_t dimensions = question->trace->count;

    if (list_raters(it, count, &raters) < TRACES_LEAST) {
        text_list_release(&raters);
        error_set(err, ERROR_INPUT,
                  "ewe of \"%s\": fewer than two annotators "
                  "have traced anything",
                  question->id);
        return NULL;
    }
    fit->dimensions = dimensions;
    fit->raters = raters.count;
    fit->rater = arena_alloc(arena, (raters.count + 1) * sizeof(*fit->rater));
    for (size_t r = 0; r < raters.count; r++) {
        fit->rater[r].rater = arena_strdup(arena, raters.item[r]);
        fit->rater[r].lags = arena_alloc(arena, dimensions * sizeof(double));
        fit->rater[r].weights = arena_alloc(arena, dimensions * sizeof(double));
    }
    for (size_t i = 0; i < count; i++) {
        size_t traces = 0;

        for (size_t v = 0; v < it[i].voices; v++)
            traces += !it[i].voice[v].reserved && it[i].voice[v].trace;
        fit->items += traces > 0;
        fit->ratings += traces;
    }
    for (size_t d = 0; d < dimensions; d++)
        fit_dimension(it, count, &raters, d, fit);
    text_list_release(&raters);
    return fit;
}

/* What is fused: the traces of one dimension, their lags and weights. */
struct fusing {
    struct curve *trace;  /* owned */
    double *lag, *weight; /* owned; NULL of a plain mean */
    size_t n, unknown;
};

static void gather(const struct settle_case *it, const struct voiced *heard,
                   size_t dimension, const struct fit *fit, struct fusing *out)
{
    memset(out, 0, sizeof(*out));
    out->trace = xcalloc(heard->n + 1, sizeof(*out->trace));
    if (fit) {
        out->lag = xcalloc(heard->n + 1, sizeof(double));
        out->weight = xcalloc(heard->n + 1, sizeof(double));
    }
    for (size_t h = 0; h < heard->n; h++) {
        const struct settle_voice *voice = &it->voice[heard->place[h]];
        const struct fit_rater *rater =
            fit ? settle_rater(fit, voice->rater) : NULL;

        if (fit && !rater) {
            out->unknown++;
            continue;
        }
        if (fit) {
            out->lag[out->n] = rater->lags ? rater->lags[dimension] : 0;
            out->weight[out->n] = rater->weights[dimension];
        }
        out->trace[out->n++] = voice->trace[dimension];
    }
}

static void release(struct fusing *fusing)
{
    free(fusing->trace);
    free(fusing->lag);
    free(fusing->weight);
}

/* One dimension, fused: on its panel's points. */
struct fused {
    double start, end;    /* s */
    double *time, *value; /* owned */
    size_t n;
};

/* Adds to *sd the mean over time of the standard deviations, if it is more. */
static bool fuse_one(const struct fusing *from, struct fused *to, double *sd,
                     struct settlement *out)
{
    struct curve_panel panel;
    const char *reason;
    double *apart, sum = 0;
    bool good;

    if (!curve_panel_init(&panel, from->trace, from->lag, from->n, VERDICT_RATE,
                          &reason)) {
        settle_say(out, false, "%s", reason);
        curve_panel_release(&panel);
        return false;
    }
    to->n = panel.points;
    to->time = xcalloc(panel.points, sizeof(*to->time));
    to->value = xcalloc(panel.points, sizeof(*to->value));
    for (size_t k = 0; k < panel.points; k++)
        to->time[k] = panel.start + (double)k * panel.step;
    to->start = to->time[0];
    to->end = to->time[panel.points - 1];
    apart = xcalloc(panel.points, sizeof(*apart));
    good = curve_fuse(&panel, from->weight, to->value, apart);
    for (size_t k = 0; k < panel.points; k++)
        sum += apart[k];
    *sd = fmax(*sd, sum / (double)panel.points);
    if (!good)
        settle_say(out, false, "all who traced it weigh nothing");
    free(apart);
    curve_panel_release(&panel);
    return good;
}

/* On even tenths of a second that all dimensions have: lags differ by them. */
static bool common_time(const struct fused *fused, size_t dimensions,
                        struct verdict_curve *to, struct settlement *out)
{
    double from = -INFINITY, end = INFINITY, points;

    for (size_t d = 0; d < dimensions; d++) {
        from = fmax(from, fused[d].start);
        end = fmin(end, fused[d].end);
    }
    from = ceil(from * VERDICT_RATE - 1e-6) / VERDICT_RATE;
    points = floor((end - from) * VERDICT_RATE + 1e-6) + 1;
    if (!(points >= 2)) {
        settle_say(out, false, "the traces have no time in common");
        return false;
    }
    to->rate = VERDICT_RATE;
    to->start = from;
    to->dimensions = dimensions;
    to->points = (size_t)points;
    for (size_t d = 0; d < dimensions; d++) {
        struct curve curve = { fused[d].time, fused[d].value, fused[d].n };

        to->value[d] = xcalloc(to->points, sizeof(double));
        curve_sample(&curve, from, 1.0 / VERDICT_RATE, to->points,
                     to->value[d]);
    }
    return true;
}

static void say_fused(const struct fusing *from, const struct fit *fit,
                      double sd, struct settlement *out)
{
    double low = INFINITY, high = -INFINITY;

    if (!fit) {
        settle_say(out, true,
                   "the mean of %zu traces, no lag taken off; standard "
                   "deviation %.2f in the mean",
                   from->n, sd);
        return;
    }
    for (size_t r = 0; r < from->n; r++) {
        low = fmin(low, from->lag[r]);
        high = fmax(high, from->lag[r]);
    }
    settle_say(out, true,
               "%zu traces fused after lags of %.2f to %.2f s, weighted by fit "
               "%s; standard deviation %.2f in the mean%s",
               from->n, low, high, fit->id, sd,
               from->unknown > 0 ? "; without annotators it does not know"
                                 : "");
}

static void fuse(const struct question *question,
                 const struct question_rule *rule, const struct settle_case *it,
                 const struct voiced *heard, const struct fit *fit,
                 struct settlement *out)
{
    struct verdict_curve curve = { 0 };
    struct fused fused[TRACE_DIMENSIONS] = { 0 };
    struct fusing from = { 0 };
    struct buf value = { 0 };
    double sd = 0;
    bool good = true;

    for (size_t d = 0; good && d < question->trace->count; d++) {
        release(&from);
        gather(it, heard, d, fit, &from);
        if (fit && from.n < TRACES_LEAST) {
            settle_say(out, false,
                       "fit %s does not know two who traced it; --refit does",
                       fit->id);
            good = false;
        } else {
            good = fuse_one(&from, &fused[d], &sd, out);
        }
    }
    if (good && rule->max_spread > 0 && !(sd <= rule->max_spread)) {
        settle_say(out, false,
                   "a standard deviation of %.2f in the mean, above %g", sd,
                   rule->max_spread);
    } else if (good &&
               common_time(fused, question->trace->count, &curve, out)) {
        verdict_put_curve(&curve, &value);
        settle_value(out, buf_text(&value));
        say_fused(&from, fit, sd, out);
    }
    buf_release(&value);
    verdict_curve_release(&curve);
    for (size_t d = 0; d < TRACE_DIMENSIONS; d++) {
        free(fused[d].time);
        free(fused[d].value);
    }
    release(&from);
}

/* Those who have one: a trace may be missing where nothing was heard. */
static void only_traced(const struct settle_case *it, struct voiced *heard)
{
    size_t n = 0;

    for (size_t h = 0; h < heard->n; h++)
        if (it->voice[heard->place[h]].trace)
            heard->place[n++] = heard->place[h];
    heard->n = n;
}

void settle_traces(const struct question *question,
                   const struct question_rule *rule,
                   const struct settle_case *it, const struct fit *fit,
                   struct settlement *out)
{
    struct voiced heard;

    settle_hear(it, false, &heard);
    only_traced(it, &heard);
    if (rule->kind != RULE_EWE && rule->kind != RULE_MEAN)
        settle_say(out, false, "traces are never the same");
    else if (rule->kind == RULE_EWE &&
             (!fit || fit->dimensions != question->trace->count))
        settle_say(out, false, "there is no fit");
    else if (settle_enough(&heard, rule, TRACES_LEAST, false, out))
        fuse(question, rule, it, &heard, rule->kind == RULE_EWE ? fit : NULL,
             out);
    free(heard.place);
}

static void add_pair(const struct settle_voice *one,
                     const struct settle_voice *two, size_t dimensions,
                     double *sum, double *n)
{
    for (size_t d = 0; d < dimensions; d++) {
        struct curve pair[2] = { one->trace[d], two->trace[d] };
        struct curve_panel panel;
        const char *reason;

        if (curve_panel_init(&panel, pair, NULL, 2, VERDICT_RATE, &reason) &&
            panel.raters == 2) {
            struct curve_lagged best =
                curve_lagged_ccc(curve_row(&panel, 0), curve_row(&panel, 1),
                                 panel.points, LAG_MOST_S * VERDICT_RATE, 0);

            if (best.ccc.defined) {
                *sum += best.ccc.value;
                *n += 1;
            }
        }
        curve_panel_release(&panel);
    }
}

struct estimate settle_traces_concord(const struct question *question,
                                      const struct settle_case *it)
{
    struct voiced heard;
    double sum = 0, n = 0;

    settle_hear(it, false, &heard);
    only_traced(it, &heard);
    for (size_t a = 0; a < heard.n; a++)
        for (size_t b = a + 1; b < heard.n; b++)
            add_pair(&it->voice[heard.place[a]], &it->voice[heard.place[b]],
                     question->trace->count, &sum, &n);
    free(heard.place);
    return estimate_ratio(sum, n, "fewer than two traces");
}
