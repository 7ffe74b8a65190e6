/*
 * simulate - a study before it is done.
 */
#include <config.h>

#include "annotate/simulate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "annotate/panel.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/rng.h"
#include "common/stat/agreement.h"
#include "common/stat/describe.h"

enum { RUNS_MOST = 200, RUNS_LEAST = 20, RATINGS_MOST = 20000000 };

static const double default_seconds = 10;

/* The answers to simulate: texts of `count` categories. */
struct answers {
    const struct question *question;
    char **text; /* owned, each too */
    size_t count;
};

/* Of a grid what rises to the right is simulated. */
static bool has_points(const struct question *question)
{
    return question->type == QUESTION_SCALE || question->type == QUESTION_GRID;
}

static const struct question *first_question(const struct protocol *protocol)
{
    for (size_t i = 0; i < protocol->question_count; i++) {
        const struct question *it = &protocol->question[i];

        if (has_points(it) || (question_is_list(it) && !it->many))
            return it;
    }
    return NULL;
}

static void list_answers(const struct question *question,
                         struct answers *answers)
{
    char number[NUMBER_TEXT_SIZE];
    bool scale = has_points(question);

    answers->question = question;
    answers->count =
        scale ? scale_count(&question->scale) : question->value_count;
    answers->text = xcalloc(answers->count + 1, sizeof(*answers->text));
    for (size_t i = 0; i < answers->count; i++)
        answers->text[i] = xstrdup(
            scale ? number_format(scale_value(&question->scale, i), number)
                  : question->option[i].value);
}

static void answers_release(struct answers *answers)
{
    for (size_t i = 0; i < answers->count; i++)
        free(answers->text[i]);
    free(answers->text);
}

/* What one annotator says of an item whose truth is `truth`. */
static size_t judge(const struct answers *answers, size_t truth,
                    const struct simulate_settings *settings, struct rng *rng)
{
    size_t other;

    if (rng_uniform(rng) < settings->lapse)
        return (size_t)rng_below(rng, answers->count);
    if (rng_uniform(rng) < settings->skill || answers->count < 2)
        return truth;
    if (has_points(answers->question)) {
        if (truth == 0)
            return 1;
        if (truth + 1 == answers->count)
            return truth - 1;
        return rng_below(rng, 2) ? truth + 1 : truth - 1;
    }
    other = (size_t)rng_below(rng, answers->count - 1);
    return other < truth ? other : other + 1;
}

static struct ratings *draw(const struct answers *answers,
                            const struct queue_report *report,
                            const struct simulate_settings *settings,
                            struct rng *rng)
{
    struct text_list declared = { 0 };
    struct ratings_builder *builder;
    struct ratings *ratings;
    uint32_t *rater = xcalloc(report->panel_annotators + 1, sizeof(*rater));
    char name[32];

    for (size_t i = 0;
         question_is_list(answers->question) && i < answers->count; i++)
        text_list_add(&declared, answers->text[i]);
    builder = ratings_builder_new(declared.count > 0 ? &declared : NULL);
    for (size_t who = 0; who < report->panel_annotators; who++) {
        snprintf(name, sizeof(name), "%zu", who);
        rater[who] = ratings_builder_rater(builder, name);
    }
    for (size_t i = 0; i < report->panel_items; i++) {
        size_t truth = (size_t)rng_below(rng, answers->count);
        uint32_t item;

        snprintf(name, sizeof(name), "%zu", i);
        item = ratings_builder_item(builder, name);
        for (size_t who = 0; who < report->panel_annotators; who++)
            if (report->panel[i * report->panel_annotators + who])
                ratings_builder_add(
                    builder, item, rater[who],
                    answers->text[judge(answers, truth, settings, rng)]);
    }
    free(rater);
    ratings = ratings_builder_finish(builder);
    text_list_release(&declared); /* the builder borrowed it */
    return ratings;
}

static enum alpha_metric metric_of(const struct question *question)
{
    static const enum alpha_metric metric[] = { ALPHA_NOMINAL, ALPHA_ORDINAL,
                                                ALPHA_INTERVAL, ALPHA_RATIO };

    return metric[question->measure];
}

static size_t count_runs(const struct queue_report *report)
{
    size_t ratings = 1;
    size_t runs;

    for (size_t i = 0; i < report->panel_items * report->panel_annotators; i++)
        ratings += report->panel[i];
    runs = RATINGS_MOST / ratings;
    if (runs > RUNS_MOST)
        runs = RUNS_MOST;
    return runs < RUNS_LEAST ? RUNS_LEAST : runs;
}

static void run_all(const struct answers *answers,
                    const struct queue_report *report,
                    const struct simulate_settings *settings,
                    enum coefficient_id id, struct simulation *out)
{
    struct agreement_settings how = { .scale = metric_of(answers->question),
                                      .level = 0.95 };
    struct rng *rng = rng_new(settings->seed, "simulate");
    size_t runs = count_runs(report);
    double *value = xcalloc(runs, sizeof(*value));
    bool fits[COEFFICIENT_COUNT] = { false };

    fits[id] = true;
    for (size_t run = 0; run < runs; run++) {
        struct estimate estimate[COEFFICIENT_COUNT] = { 0 };
        struct ratings *ratings = draw(answers, report, settings, rng);

        agreement_values(ratings, &how, fits, estimate);
        if (estimate[id].defined)
            value[out->runs++] = estimate[id].value;
        ratings_free(ratings);
    }
    describe_sort(value, out->runs);
    out->low = describe_quantile(value, out->runs, 0.025).value;
    out->middle = describe_quantile(value, out->runs, 0.5).value;
    out->high = describe_quantile(value, out->runs, 0.975).value;
    free(value);
    rng_free(rng);
}

void simulate(const struct protocol *protocol,
              const struct queue_report *report,
              const struct simulate_settings *settings, struct simulation *out)
{
    const struct question *question = first_question(protocol);
    struct answers answers = { 0 };
    enum coefficient_id id;

    *out = (struct simulation){ .seconds = settings->seconds };
    if (out->seconds == 0)
        out->seconds = protocol->conduct.plan.seconds_per_item;
    if (out->seconds == 0)
        out->seconds = default_seconds;
    if (!question || !report->panel || report->panel_annotators < 2)
        return;
    id = panel_primary(question, report->panel_annotators);
    list_answers(question, &answers);
    out->question = question;
    out->coefficient = coefficient_name(id);
    run_all(&answers, report, settings, id, out);
    answers_release(&answers);
}

double simulate_hours(const struct protocol *protocol,
                      const struct queue_share *share, double seconds)
{
    double entries = (double)(share->items + share->repeats + share->gold +
                              share->practice + share->checks);
    double work = entries * seconds;
    double breaks = 0;

    if (protocol->conduct.break_items > 0)
        breaks = floor(entries / protocol->conduct.break_items);
    else if (protocol->break_minutes > 0)
        breaks = floor(work / 60 / protocol->break_minutes);
    return (work + breaks * protocol->conduct.break_minutes * 60) / 3600;
}
