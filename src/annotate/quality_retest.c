/*
 * quality_retest - one annotator against herself: the first time and the
 * second time as two raters, by the engine of agreement.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "annotate/quality_internal.h"
#include "common/base/number.h"
#include "common/stat/agreement.h"

static bool is_scale(const struct question *question)
{
    return question->type == QUESTION_SCALE;
}

/* The first question of that kind. */
static const struct question *first_of(
    const struct protocol *protocol,
    bool (*is_kind)(const struct question *question))
{
    for (size_t i = 0; i < protocol->question_count; i++)
        if (is_kind(&protocol->question[i]) && !protocol->question[i].many)
            return &protocol->question[i];
    return NULL;
}

static const char *value_of(const struct event_answer *answer,
                            char text[NUMBER_TEXT_SIZE])
{
    if (answer->kind == EVENT_VALUE_NUMBER)
        return number_format(answer->number, text);
    return answer->values.count > 0 ? answer->values.item[0] : "";
}

static void add(struct ratings_builder **builder,
                const struct question *question, const struct fold *fold,
                size_t first, size_t second, bool turned, const char *item)
{
    const struct event_answer *a, *b;
    char one[NUMBER_TEXT_SIZE], two[NUMBER_TEXT_SIZE];
    uint32_t number;

    if (!question)
        return;
    a = fold_answer(fold, first, question->id);
    b = fold_answer(fold, second, question->id);
    if (!a || !b)
        return;
    if (!*builder)
        *builder = ratings_builder_new(NULL);
    number = ratings_builder_item(*builder, item);
    ratings_builder_add(*builder, number,
                        ratings_builder_rater(*builder, "first"),
                        value_of(a, one));
    ratings_builder_add(
        *builder, number, ratings_builder_rater(*builder, "second"),
        turned ? question_swap(question, value_of(b, two)) : value_of(b, two));
}

void retest_add(struct retest *retest, const struct fold *fold, size_t first,
                size_t second, bool turned, const char *item)
{
    add(&retest->choice, first_of(retest->protocol, question_is_list), fold,
        first, second, turned, item);
    add(&retest->scale, first_of(retest->protocol, is_scale), fold, first,
        second, turned, item);
}

static struct estimate finish(struct ratings_builder *builder,
                              enum alpha_metric scale, enum coefficient_id id)
{
    struct agreement_settings settings = { .scale = scale, .level = 0.95 };
    struct estimate value[COEFFICIENT_COUNT] = { 0 };
    bool fits[COEFFICIENT_COUNT] = { false };
    struct ratings *all, *single;

    if (!builder)
        return estimate_undefined("nothing was asked twice");
    all = ratings_builder_finish(builder);
    single = ratings_single(all, RATINGS_FIRST, NULL);
    fits[id] = true;
    agreement_values(single, &settings, fits, value);
    ratings_free(single);
    ratings_free(all);
    return value[id];
}

void retest_finish(struct retest *retest, struct quality *it)
{
    it->kappa = finish(retest->choice, ALPHA_NOMINAL, COEFFICIENT_COHEN);
    it->icc = finish(retest->scale, ALPHA_INTERVAL, COEFFICIENT_ICC_A1);
    retest->choice = retest->scale = NULL;
}
