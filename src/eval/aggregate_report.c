/* aggregate_report - what came out, for people and for programs. */
#include <config.h>

#include "eval/aggregate.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/cli/output.h"
#include "common/stat/describe.h"

enum { NAMED_MAX = 8 }; /* annotators or items that a line names */

static size_t reserved_count(const struct ratings *ratings, size_t name)
{
    size_t count = 0;

    for (size_t r = 0; r < ratings->reserved_start[ratings->items.count]; r++)
        count += ratings->reserved[r].code == name;
    return count;
}

static size_t decided_as(const struct consensus *consensus, size_t label)
{
    size_t count = 0;

    for (size_t i = 0; i < consensus->ratings->items.count; i++)
        count += consensus->item[i].state == CONSENSUS_DECIDED &&
                 consensus->item[i].label == label;
    return count;
}

static void put_head(const struct aggregate *aggregate, struct buf *out)
{
    const struct consensus *consensus = aggregate->consensus;
    const struct ratings *ratings = consensus->ratings;

    buf_addf(out, "%s: %s, %zu items, %zu ratings of ", aggregate->input,
             consensus_rule_names[consensus->settings.rule],
             ratings->items.count, ratings_count(ratings));
    if (consensus->rater)
        buf_addf(out, "%zu annotators", ratings->raters.count);
    else
        buf_add_text(out, "annotators without names");
    if (consensus_is_number(consensus->settings.rule))
        buf_add_char(out, '\n');
    else
        buf_addf(out, ", %zu labels\n", ratings->categories.count);
}

static void put_left_out(const struct aggregate *aggregate, struct buf *out)
{
    const struct ratings *ratings = aggregate->consensus->ratings;
    size_t reserved = ratings->reserved_start[ratings->items.count];

    if (reserved > 0) {
        buf_addf(out, "left out: %zu reserved answers (", reserved);
        for (size_t n = 0; n < ratings->reserved_names.count; n++)
            buf_addf(out, "%s%s %zu", n ? ", " : "",
                     ratings->reserved_names.item[n],
                     reserved_count(ratings, n));
        buf_add_text(out, ")\n");
    }
    if (aggregate->repeats > 0)
        buf_addf(out,
                 "left out: %zu ratings of items that the same annotator had "
                 "rated before\n",
                 aggregate->repeats);
}

static void put_fit(const struct consensus *consensus, struct buf *out)
{
    const struct consensus_fit *fit = &consensus->fit;

    if (!consensus_is_model(consensus->settings.rule))
        return;
    buf_addf(out, "%s after %d iterations, log-likelihood %.4f\n",
             fit->converged ? "converged" : "NOT CONVERGED", fit->iterations,
             fit->log_likelihood);
    if (!fit->converged)
        buf_addf(out,
                 "  in the last one a posterior still changed by %.2g: "
                 "raise --iterations\n",
                 fit->step);
    if (consensus->settings.rule == CONSENSUS_MACE)
        buf_addf(out,
                 "  the best of %d random starts; the worst ended at %.4f\n",
                 consensus->settings.restarts, consensus->worst_start);
}

static void put_states(const struct consensus *consensus, struct buf *out)
{
    static const char *const words[] = {
        [CONSENSUS_TIE] = "tied",
        [CONSENSUS_BELOW] = "below --min",
        [CONSENSUS_FEW] = "with fewer than --min-ratings",
        [CONSENSUS_UNRATED] = "without a rating",
        [CONSENSUS_WEIGHTLESS] = "whose annotators weigh nothing",
    };

    buf_addf(out, "%zu of %zu items decided",
             consensus->state_count[CONSENSUS_DECIDED],
             consensus->ratings->items.count);
    for (int s = CONSENSUS_TIE; s <= CONSENSUS_WEIGHTLESS; s++)
        if (consensus->state_count[s] > 0)
            buf_addf(out, "; %zu %s", consensus->state_count[s], words[s]);
    buf_add_char(out, '\n');
    if (consensus->settings.ties != CONSENSUS_KEEP && consensus->ties > 0)
        buf_addf(out, "%zu of the items were tied: %s\n", consensus->ties,
                 consensus->settings.ties == CONSENSUS_FIRST
                     ? "the first label in order was taken"
                     : "one of the labels was drawn");
}

static void put_labels(const struct consensus *consensus, struct buf *out)
{
    struct table *table = table_new();
    size_t decided = consensus->state_count[CONSENSUS_DECIDED];

    table_column(table, "label", "label", TABLE_TEXT, 0);
    table_column(table, "items", "items", TABLE_INT, 0);
    table_column(table, "share", "share", TABLE_NUMBER, 3);
    if (consensus->prior)
        table_column(table, "prior", "prior", TABLE_NUMBER, 3);
    for (size_t k = 0; k < consensus->ratings->categories.count; k++) {
        size_t items = decided_as(consensus, k);

        table_begin_row(table);
        table_put_text(table, consensus->ratings->categories.item[k]);
        table_put_int(table, (int64_t)items);
        if (decided > 0)
            table_put_number(table, (double)items / (double)decided);
        else
            table_put_missing(table, NULL);
        if (consensus->prior)
            table_put_number(table, consensus->prior[k]);
    }
    table_print(table, OUTPUT_TEXT, out);
    table_free(table);
}

static void put_range(const char *what, const double *sorted, size_t n,
                      struct buf *out)
{
    if (n > 0)
        buf_addf(out, "%s: median %.3f, from %.3f to %.3f\n", what,
                 describe_quantile(sorted, n, 0.5).value, sorted[0],
                 sorted[n - 1]);
}

static void put_numbers(const struct aggregate *aggregate, struct buf *out)
{
    const struct consensus *consensus = aggregate->consensus;
    size_t n = 0, items = consensus->ratings->items.count;
    double *value = xcalloc(items + 1, sizeof(*value));

    for (size_t i = 0; i < items; i++)
        if (consensus->item[i].state == CONSENSUS_DECIDED)
            value[n++] = consensus->item[i].value;
    describe_sort(value, n);
    put_range(aggregate->target, value, n, out);
    free(value);
}

/* Those that the evaluator weighted estimator does not hear, and why. */
static void put_unheard(const struct consensus *consensus, struct buf *out)
{
    size_t unheard = 0;

    for (size_t w = 0; w < consensus->ratings->raters.count; w++) {
        const struct consensus_rater *rater = &consensus->rater[w];

        if (!rater->weight.defined || rater->weight.value > 0)
            continue;
        if (unheard++ < NAMED_MAX) {
            buf_addf(out, "weighs nothing: %s, ",
                     consensus->ratings->raters.item[w]);
            if (rater->raw.defined)
                buf_addf(out, "r = %.3f\n", rater->raw.value);
            else
                buf_addf(out, "r undefined: %s\n", rater->raw.reason);
        }
    }
    if (unheard > NAMED_MAX)
        buf_addf(out, "... and %zu more: see --weights\n", unheard - NAMED_MAX);
}

static void put_raters(const struct consensus *consensus, struct buf *out)
{
    const char *name = aggregate_weight_name(consensus);
    size_t n = 0, below = consensus_below_chance(consensus);
    size_t raters = consensus->ratings->raters.count;
    double *weight;

    if (!name)
        return;
    weight = xcalloc(raters + 1, sizeof(*weight));
    for (size_t w = 0; w < raters; w++)
        if (consensus->rater[w].weight.defined)
            weight[n++] = consensus->rater[w].weight.value;
    describe_sort(weight, n);
    buf_addf(out, "annotators' ");
    put_range(name, weight, n, out);
    free(weight);
    if (below > 0)
        buf_addf(
            out,
            "  less often right than by guessing: %zu of %zu annotators%s\n",
            below, raters,
            2 * below >= raters ? "; the fit may be upside down" : "");
    if (consensus->settings.rule == CONSENSUS_EWE)
        put_unheard(consensus, out);
}

void aggregate_text(const struct aggregate *aggregate, struct buf *out)
{
    const struct consensus *consensus = aggregate->consensus;

    put_head(aggregate, out);
    put_left_out(aggregate, out);
    put_fit(consensus, out);
    put_states(consensus, out);
    put_raters(consensus, out);
    if (consensus_is_number(consensus->settings.rule))
        put_numbers(aggregate, out);
    else
        put_labels(consensus, out);
}

static void json_fit(const struct consensus *consensus,
                     struct json_writer *writer)
{
    if (!consensus_is_model(consensus->settings.rule))
        return;
    json_put_key(writer, "fit");
    json_begin_object(writer);
    json_pair_int(writer, "iterations", consensus->fit.iterations);
    json_pair_bool(writer, "converged", consensus->fit.converged);
    json_pair_number(writer, "log_likelihood", consensus->fit.log_likelihood);
    json_pair_number(writer, "last_step", consensus->fit.step);
    if (consensus->settings.rule == CONSENSUS_MACE) {
        json_pair_int(writer, "starts", consensus->settings.restarts);
        json_pair_number(writer, "worst_start", consensus->worst_start);
    }
    json_end_object(writer);
}

static void json_labels(const struct consensus *consensus,
                        struct json_writer *writer)
{
    if (consensus_is_number(consensus->settings.rule))
        return;
    json_put_key(writer, "labels");
    json_begin_list(writer);
    for (size_t k = 0; k < consensus->ratings->categories.count; k++) {
        json_begin_object(writer);
        json_pair_text(writer, "label", consensus->ratings->categories.item[k]);
        json_pair_int(writer, "items", (int64_t)decided_as(consensus, k));
        if (consensus->prior)
            json_pair_number(writer, "prior", consensus->prior[k]);
        json_end_object(writer);
    }
    json_end_list(writer);
}

static void json_estimate(struct json_writer *writer, const char *key,
                          const struct estimate *estimate)
{
    json_put_key(writer, key);
    if (estimate->defined)
        json_put_number(writer, estimate->value);
    else
        json_put_null(writer);
}

static void json_raters(const struct consensus *consensus,
                        struct json_writer *writer)
{
    const char *name = aggregate_weight_name(consensus);
    bool evaluator = consensus->settings.rule == CONSENSUS_EWE;

    if (!name)
        return;
    json_pair_text(writer, "weight", name);
    json_pair_int(writer, "below_chance",
                  (int64_t)consensus_below_chance(consensus));
    json_put_key(writer, "annotators");
    json_begin_list(writer);
    for (size_t w = 0; w < consensus->ratings->raters.count; w++) {
        const struct consensus_rater *rater = &consensus->rater[w];
        const struct estimate *told = evaluator ? &rater->raw : &rater->weight;

        json_begin_object(writer);
        json_pair_text(writer, "annotator", consensus->ratings->raters.item[w]);
        json_pair_int(writer, "ratings", (int64_t)rater->ratings);
        json_estimate(writer, "weight", &rater->weight);
        if (evaluator)
            json_estimate(writer, "r", &rater->raw);
        if (!told->defined)
            json_pair_text(writer, "reason", told->reason);
        json_end_object(writer);
    }
    json_end_list(writer);
}

void aggregate_json(const struct aggregate *aggregate, struct buf *out)
{
    const struct consensus *consensus = aggregate->consensus;
    const struct ratings *ratings = consensus->ratings;
    struct json_writer writer;

    json_writer_init(&writer, out, 2);
    json_begin_object(&writer);
    json_pair_int(&writer, "mien", 1);
    json_pair_text(&writer, "kind", "aggregate");
    json_pair_text(&writer, "input", aggregate->input);
    json_pair_text(&writer, "input_sha256", aggregate->sha256);
    json_pair_text(&writer, "rule",
                   consensus_rule_names[consensus->settings.rule]);
    json_pair_int(&writer, "items", (int64_t)ratings->items.count);
    json_pair_int(&writer, "ratings", (int64_t)ratings_count(ratings));
    json_pair_int(&writer, "repeats_left_out", (int64_t)aggregate->repeats);
    json_put_key(&writer, "reserved_left_out");
    json_begin_object(&writer);
    for (size_t n = 0; n < ratings->reserved_names.count; n++)
        json_pair_int(&writer, ratings->reserved_names.item[n],
                      (int64_t)reserved_count(ratings, n));
    json_end_object(&writer);
    json_put_key(&writer, "states");
    json_begin_object(&writer);
    for (int s = 0; s <= CONSENSUS_WEIGHTLESS; s++)
        json_pair_int(&writer, consensus_state_names[s],
                      (int64_t)consensus->state_count[s]);
    json_end_object(&writer);
    json_pair_int(&writer, "ties", (int64_t)consensus->ties);
    json_fit(consensus, &writer);
    json_labels(consensus, &writer);
    json_raters(consensus, &writer);
    json_end_object(&writer);
    buf_add_char(out, '\n');
}
