/*
 * settle_voices - rules for what is no single value: who is heard, and the
 * points of a grid, dimension by dimension.
 */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/stat/consensus.h"
#include "common/study/settle_internal.h"

enum { PAIR = 2 };

bool settle_by_voice(const struct question *question)
{
    return question->type == QUESTION_GRID ||
           question->type == QUESTION_SEGMENTS ||
           question->type == QUESTION_TRACE;
}

void settle_hear(const struct settle_case *it, bool none_counts,
                 struct voiced *out)
{
    memset(out, 0, sizeof(*out));
    out->place = xcalloc(it->voices + 1, sizeof(*out->place));
    for (size_t v = 0; v < it->voices; v++) {
        const char *reserved = it->voice[v].reserved;

        if (!reserved || (none_counts && strcmp(reserved, "@none") == 0))
            out->place[out->n++] = v;
        else
            out->reserved++;
    }
}

bool settle_enough(const struct voiced *heard, const struct question_rule *rule,
                   size_t least, bool all, struct settlement *out)
{
    if (rule->min_raters > 0)
        least = (size_t)rule->min_raters;
    if (all && heard->reserved > 0)
        settle_say(out, false, "%zu of %zu answers are reserved ones",
                   heard->reserved, heard->n + heard->reserved);
    else if (heard->n < least)
        settle_say(out, false, "%zu of %zu answers that it takes", heard->n,
                   least);
    else
        return true;
    return false;
}

static int by_size(const void *a, const void *b)
{
    double one = *(const double *)a, two = *(const double *)b;

    return (one > two) - (one < two);
}

double settle_median(double *value, size_t n)
{
    if (n == 0)
        return (double)NAN;
    qsort(value, n, sizeof(*value), by_size);
    return (value[(n - 1) / 2] + value[n / 2]) / 2;
}

static double coordinate(const struct settle_voice *voice, size_t axis)
{
    return axis == 0 ? voice->x : voice->y;
}

/* The standard deviation of those heard; 0 of one. */
static double spread(const struct settle_case *it, const struct voiced *heard,
                     size_t axis)
{
    double mean = 0, squares = 0;

    for (size_t h = 0; h < heard->n; h++)
        mean +=
            coordinate(&it->voice[heard->place[h]], axis) / (double)heard->n;
    for (size_t h = 0; h < heard->n; h++)
        squares += pow(coordinate(&it->voice[heard->place[h]], axis) - mean, 2);
    return heard->n > 1 ? sqrt(squares / (double)(heard->n - 1)) : 0;
}

static bool near_enough(const struct settle_case *it,
                        const struct voiced *heard,
                        const struct question_rule *rule,
                        struct settlement *out)
{
    for (size_t axis = 0; axis < PAIR && rule->max_spread > 0; axis++) {
        double sd = spread(it, heard, axis);

        if (heard->n < 2)
            settle_say(out, false, "one answer has no spread");
        else if (sd > rule->max_spread)
            settle_say(out, false,
                       "%s has a standard deviation of %.2f, above "
                       "%g",
                       axis == 0 ? "x" : "y", sd, rule->max_spread);
        else
            continue;
        return false;
    }
    return true;
}

static void put_pair(struct settlement *out, double x, double y)
{
    char one[NUMBER_TEXT_SIZE], two[NUMBER_TEXT_SIZE];
    char text[2 * NUMBER_TEXT_SIZE];

    snprintf(text, sizeof(text), "%s,%s", number_format(x, one),
             number_format(y, two));
    settle_value(out, text);
}

static void middle(const struct settle_case *it, const struct voiced *heard,
                   bool median, struct settlement *out)
{
    double at[PAIR];
    double *value = xcalloc(heard->n + 1, sizeof(*value));

    for (size_t axis = 0; axis < PAIR; axis++) {
        double sum = 0;

        for (size_t h = 0; h < heard->n; h++)
            sum += value[h] = coordinate(&it->voice[heard->place[h]], axis);
        at[axis] =
            median ? settle_median(value, heard->n) : sum / (double)heard->n;
    }
    free(value);
    put_pair(out, at[0], at[1]);
    settle_say(out, true, "the %s of %zu answers, of each dimension",
               median ? "median" : "mean", heard->n);
}

static void weighted(const struct settle_case *it, const struct voiced *heard,
                     const struct fit *fit, struct settlement *out)
{
    double sum[PAIR] = { 0 }, weight[PAIR] = { 0 };

    if (!fit || fit->dimensions != PAIR) {
        settle_say(out, false, "there is no fit");
        return;
    }
    for (size_t h = 0; h < heard->n; h++) {
        const struct settle_voice *voice = &it->voice[heard->place[h]];
        const struct fit_rater *rater = settle_rater(fit, voice->rater);

        for (size_t axis = 0; rater && axis < PAIR; axis++) {
            weight[axis] += rater->weights[axis];
            sum[axis] += rater->weights[axis] * coordinate(voice, axis);
        }
    }
    if (!(weight[0] > 0) || !(weight[1] > 0)) {
        settle_say(out, false, "by fit %s all who answered weigh nothing",
                   fit->id);
        return;
    }
    put_pair(out, sum[0] / weight[0], sum[1] / weight[1]);
    settle_say(out, true,
               "the mean of %zu answers, each dimension weighted by fit %s",
               heard->n, fit->id);
}

/* The same point by all. */
static void same_point(const struct settle_case *it, const struct voiced *heard,
                       struct settlement *out)
{
    const struct settle_voice *first = &it->voice[heard->place[0]];
    size_t same = 0;

    for (size_t h = 0; h < heard->n; h++) {
        const struct settle_voice *voice = &it->voice[heard->place[h]];

        same += !(voice->x < first->x || voice->x > first->x ||
                  voice->y < first->y || voice->y > first->y);
    }
    if (same < heard->n) {
        settle_say(out, false, "%zu of %zu answers are the same point", same,
                   heard->n);
        return;
    }
    put_pair(out, first->x, first->y);
    out->share = 1;
    settle_say(out, true, "all %zu say %s", heard->n, out->value);
}

void settle_point(const struct question *question,
                  const struct question_rule *rule,
                  const struct settle_case *it, const struct fit *fit,
                  struct settlement *out)
{
    bool all = rule->kind == RULE_UNANIMOUS;
    struct voiced heard;

    (void)question;
    settle_hear(it, false, &heard);
    if (settle_enough(&heard, rule, all ? 2 : 1, all, out) &&
        (all || near_enough(it, &heard, rule, out))) {
        if (all)
            same_point(it, &heard, out);
        else if (rule->kind == RULE_EWE)
            weighted(it, &heard, fit, out);
        else
            middle(it, &heard, rule->kind == RULE_MEDIAN, out);
    }
    free(heard.place);
}

/* One coordinate of every point, as ratings. */
static struct ratings *axis_ratings(const struct settle_case *it, size_t count,
                                    size_t axis)
{
    struct ratings_builder *builder = ratings_builder_new(NULL);

    for (size_t i = 0; i < count; i++) {
        char name[32], text[NUMBER_TEXT_SIZE];
        uint32_t item;

        if (it[i].voices == 0)
            continue;
        snprintf(name, sizeof(name), "%zu", i);
        item = ratings_builder_item(builder, name);
        for (size_t v = 0; v < it[i].voices; v++)
            if (!it[i].voice[v].reserved)
                ratings_builder_add(
                    builder, item,
                    ratings_builder_rater(builder, it[i].voice[v].rater),
                    number_format(coordinate(&it[i].voice[v], axis), text));
    }
    return ratings_builder_finish(builder);
}

static struct fit_rater *fitted(struct fit *fit, const char *rater,
                                struct arena *arena)
{
    struct fit_rater *to;

    for (size_t i = 0; i < fit->raters; i++)
        if (strcmp(fit->rater[i].rater, rater) == 0)
            return &fit->rater[i];
    to = &fit->rater[fit->raters++];
    to->rater = arena_strdup(arena, rater);
    to->weights = arena_alloc(arena, PAIR * sizeof(*to->weights));
    return to;
}

static void take_axis(const struct consensus *from, size_t axis,
                      struct fit *fit, struct arena *arena)
{
    const struct ratings *r = from->ratings;

    if (!fit->rater) /* both have the same raters */
        fit->rater =
            arena_alloc(arena, (r->raters.count + 1) * sizeof(*fit->rater));
    for (size_t w = 0; w < r->raters.count; w++)
        fitted(fit, r->raters.item[w], arena)->weights[axis] =
            from->rater[w].weight.defined ? from->rater[w].weight.value : 0;
    fit->items = r->items.count;
    fit->ratings = ratings_count(r);
}

struct fit *settle_point_fit(const struct question *question,
                             const struct settle_case *it, size_t count,
                             struct arena *arena, struct error *err)
{
    struct consensus_settings settings = consensus_defaults(CONSENSUS_EWE);
    struct fit *fit = arena_alloc(arena, sizeof(*fit));

    settings.leave_one_out = true;
    fit->dimensions = PAIR;
    for (size_t axis = 0; axis < PAIR; axis++) {
        struct ratings *ratings = axis_ratings(it, count, axis);
        struct consensus *consensus = consensus_new(ratings, &settings, err);

        if (consensus)
            take_axis(consensus, axis, fit, arena);
        consensus_free(consensus);
        ratings_free(ratings);
        if (!consensus) {
            error_prefix(err, "ewe of \"%s\", %s", question->id,
                         axis == 0 ? "x" : "y");
            return NULL;
        }
    }
    return fit;
}

/* The mean of the distances along both sides, each by its length. */
static struct estimate point_concord(const struct question *question,
                                     const struct settle_case *it)
{
    double width = question->scale.max - question->scale.min;
    double height = question->rise.max - question->rise.min;
    struct voiced heard;
    double sum = 0, n = 0;

    settle_hear(it, false, &heard);
    for (size_t a = 0; a < heard.n; a++)
        for (size_t b = a + 1; b < heard.n; b++) {
            const struct settle_voice *one = &it->voice[heard.place[a]];
            const struct settle_voice *two = &it->voice[heard.place[b]];

            sum += 1 - (fabs(one->x - two->x) / width +
                        fabs(one->y - two->y) / height) /
                           2;
            n++;
        }
    free(heard.place);
    return estimate_ratio(sum, n, "fewer than two answers");
}

struct estimate settle_concord(const struct question *question,
                               const struct settle_case *it)
{
    switch (question->type) {
    case QUESTION_SEGMENTS:
        return settle_marks_concord(question, it);
    case QUESTION_TRACE:
        return settle_traces_concord(question, it);
    default:
        return point_concord(question, it);
    }
}

/* All said the same reserved answer. */
static const char *all_reserved(const struct settle_case *it)
{
    for (size_t v = 0; v < it->voices; v++)
        if (!it->voice[v].reserved ||
            strcmp(it->voice[v].reserved, it->voice[0].reserved) != 0)
            return NULL;
    return it->voices > 0 ? it->voice[0].reserved : NULL;
}

static void by_type(const struct question *question,
                    const struct question_rule *rule,
                    const struct settle_case *it, const struct fit *fit,
                    struct settlement *out)
{
    const char *reserved = all_reserved(it);
    size_t least = rule->min_raters > 0 ? (size_t)rule->min_raters : 2;

    if (rule->kind == RULE_UNANIMOUS && reserved && it->voices >= least) {
        settle_value(out, reserved);
        settle_say(out, true, "all %zu say %s", it->voices, reserved);
    } else if (question->type == QUESTION_SEGMENTS) {
        settle_marks(question, rule, it, out);
    } else if (question->type == QUESTION_TRACE) {
        settle_traces(question, rule, it, fit, out);
    } else {
        settle_point(question, rule, it, fit, out);
    }
}

void settle_voices(const struct question *question,
                   const struct question_rule *rule,
                   const struct settle_case *it, const struct fit *fit,
                   struct settlement *out)
{
    settle_unset(out, rule->kind);
    switch (rule->kind) {
    case RULE_UNANIMOUS:
    case RULE_MAJORITY:
    case RULE_MEAN:
    case RULE_MEDIAN:
    case RULE_EWE:
        by_type(question, rule, it, fit, out);
        break;
    case RULE_EXPERT:
    case RULE_ADJUDICATOR:
        out->person = true;
        settle_say(out, true, "a person decides");
        break;
    case RULE_UNRESOLVED:
        settle_say(out, true, "it stays without a label");
        break;
    case RULE_DAWID_SKENE:
    case RULE_MACE:
    case RULE_SOFT: /* the protocol's check refuses them here */
        settle_say(out, false, "it settles single labels only");
        break;
    }
}

struct fit *settle_fit_voices(const struct question *question,
                              const struct settle_case *it, size_t count,
                              struct arena *arena, struct error *err)
{
    struct fit *fit = question->type == QUESTION_TRACE
                          ? settle_traces_fit(question, it, count, arena, err)
                          : settle_point_fit(question, it, count, arena, err);

    if (!fit)
        return NULL;
    fit->id = "";
    fit->question = arena_strdup(arena, question->id);
    fit->kind = RULE_EWE;
    return fit;
}
