/*
 * cmd_aggregate - one answer for each item from those of several people.
 */
#include <config.h>

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/cli/output.h"
#include "common/file/hash.h"
#include "eval/aggregate.h"
#include "eval/aggregate_traces.h"
#include "eval/commands.h"
#include "eval/ratings_source.h"

enum repeats { REPEATS_AUTO, REPEATS_FIRST, REPEATS_LAST, REPEATS_ALL };

struct aggregate_settings {
    int rule;
    struct ratings_source source;
    struct text_list keep;
    const char *target;
    bool soft;
    int ties;
    double min;
    int64_t min_ratings;
    int repeats;
    bool leave_one_out;
    int mace;
    int64_t restarts, iterations;
    double tolerance;
    const char *use_weights, *weights, *confusion, *output;
    uint64_t seed;
    int format;
    struct curve_source curve;
};

static const struct aggregate_settings defaults = {
    .rule = -1,
    .target = "label",
    .restarts = 10,
    .iterations = 1000,
    .tolerance = 1e-10,
    .output = "-",
    .seed = 1,
    .curve = CURVE_SOURCE_DEFAULTS,
};

static const char *const tie_names[] = { "keep", "first", "random", NULL };
static const char *const repeat_names[] = { "auto", "first", "last", "all",
                                            NULL };
static const char *const mace_names[] = { "variational", "smoothed", NULL };
static const char *const format_names[] = { "text", "json", NULL };

static const struct option_spec aggregate_options[] = {
    { .name = "rule",
      .letter = 'r',
      .type = OPTION_CHOICE,
      .arg = "rule",
      .offset = offsetof(struct aggregate_settings, rule),
      .choices = consensus_rule_names,
      .help = "how: majority, wawa, zero-based-skill, one-coin, dawid-skene, "
              "mace, glad for labels; mean, median, ewe for numbers" },
    RATINGS_SOURCE_OPTIONS(struct aggregate_settings, source),
    { .name = "keep",
      .letter = 'k',
      .type = OPTION_LIST,
      .arg = "col,...",
      .offset = offsetof(struct aggregate_settings, keep),
      .without = "traces",
      .help = "write these columns of the ratings, too; the rows of an item "
              "must agree in them" },
    { .name = "target",
      .letter = 't',
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct aggregate_settings, target),
      .without = "traces",
      .help = "the name of the column that is written (default: label)" },
    { .name = "soft",
      .letter = 's',
      .type = OPTION_FLAG,
      .offset = offsetof(struct aggregate_settings, soft),
      .without = "traces,rule=mean|median|ewe",
      .help = "write the distribution, too: a column target:label for each "
              "label" },
    { .name = "ties",
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct aggregate_settings, ties),
      .choices = tie_names,
      .without = "traces,rule=mean|median|ewe",
      .help = "keep: no label, the tied ones are named (the default); first: "
              "the first in order; random: drawn" },
    { .name = "min",
      .type = OPTION_NUMBER,
      .arg = "p",
      .offset = offsetof(struct aggregate_settings, min),
      .min = 0,
      .max = 1,
      .without = "traces,rule=mean|median|ewe",
      .help = "a label with a smaller share or posterior is undecided" },
    { .name = "min-ratings",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct aggregate_settings, min_ratings),
      .min = 0,
      .max = 1000000,
      .without = "traces",
      .help = "an item with fewer ratings is undecided" },
    { .name = "repeats",
      .type = OPTION_CHOICE,
      .arg = "which",
      .offset = offsetof(struct aggregate_settings, repeats),
      .choices = repeat_names,
      .without = "traces",
      .help = "of several ratings of an item by one annotator the first, the "
              "last, all, or auto: all in one-coin, dawid-skene, mace and "
              "glad, else the first" },
    { .name = "leave-one-out",
      .type = OPTION_FLAG,
      .offset = offsetof(struct aggregate_settings, leave_one_out),
      .with = "rule=ewe",
      .help = "ewe: an annotator's weight is r with the mean of the others" },
    { .name = "mace",
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct aggregate_settings, mace),
      .choices = mace_names,
      .with = "rule=mace",
      .help = "fit mace by variational Bayes, or with smoothed counts" },
    { .name = "restarts",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct aggregate_settings, restarts),
      .min = 1,
      .max = 10000,
      .with = "rule=mace",
      .help = "random starts of mace (default: 10)" },
    { .name = "iterations",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct aggregate_settings, iterations),
      .min = 1,
      .max = 1000000,
      .with = "rule=one-coin|dawid-skene|mace|glad",
      .help = "the most that a fit may take (default: 1000)" },
    { .name = "tolerance",
      .type = OPTION_NUMBER,
      .arg = "x",
      .offset = offsetof(struct aggregate_settings, tolerance),
      .min = 1e-15,
      .max = 0.1,
      .with = "rule=one-coin|dawid-skene|mace|glad",
      .help = "a fit has converged when its log-likelihood changes by less "
              "than this share (default: 1e-10) and no posterior by more than "
              "1e-8" },
    { .name = "use-weights",
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct aggregate_settings, use_weights),
      .with = "rule=majority|mean",
      .without = "traces",
      .help = "majority, mean: weigh each annotator as this table says "
              "(columns annotator and weight)" },
    { .name = "weights",
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct aggregate_settings, weights),
      .help = "write what the rule thinks of each annotator" },
    { .name = "confusion",
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct aggregate_settings, confusion),
      .with = "rule=dawid-skene",
      .help = "dawid-skene: write each annotator's error rates" },
    { .name = "output",
      .letter = 'o',
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct aggregate_settings, output),
      .help = "where the labels are written; - is standard output, the "
              "default" },
    { .name = "seed",
      .type = OPTION_SEED,
      .arg = "n",
      .offset = offsetof(struct aggregate_settings, seed),
      .with = "rule=mace,ties=random",
      .help = "seed of mace's starts and of drawn ties (default: 1)" },
    { .name = "format",
      .letter = 'f',
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct aggregate_settings, format),
      .choices = format_names,
      .help = "print the summary as text or json" },
    CURVE_SOURCE_OPTIONS(struct aggregate_settings, curve,
                         "traces+align=correlation|ccc|mutual-information"),
    OPTION_END
};

static bool usage(struct error *err, const char *text)
{
    return error_set(err, ERROR_USAGE, "%s", text);
}

static bool check(const struct aggregate_settings *settings, int argc,
                  struct error *err)
{
    if (settings->rule >= 0 && settings->curve.traces)
        return true;
    if (argc != 1)
        return usage(err, argc < 1 ? "which table of ratings?"
                                   : "one table of ratings at a time");
    if (settings->rule < 0)
        return usage(err, "by which rule? --rule majority, dawid-skene, mace, "
                          "glad, mean, median, ewe, ...");
    return true;
}

/* Replaces the ratings by those without repeats, if so wished. */
static size_t drop_repeats(const struct aggregate_settings *settings,
                           struct ratings_table *table)
{
    struct ratings *single;
    size_t dropped;

    if (settings->repeats == REPEATS_ALL ||
        (settings->repeats == REPEATS_AUTO &&
         consensus_is_model((enum consensus_rule)settings->rule)))
        return 0;
    single = ratings_single(table->ratings,
                            settings->repeats == REPEATS_LAST ? RATINGS_LAST
                                                              : RATINGS_FIRST,
                            &dropped);
    ratings_free(table->ratings);
    table->ratings = single;
    return dropped;
}

static struct consensus *aggregate_ratings(
    const struct aggregate_settings *settings, const struct ratings *ratings,
    double **weight, struct error *err)
{
    struct consensus_settings how =
        consensus_defaults((enum consensus_rule)settings->rule);

    how.ties = (enum consensus_ties)settings->ties;
    how.seed = settings->seed;
    how.min_support = settings->min;
    how.min_ratings = (size_t)settings->min_ratings;
    how.em.iterations = (int)settings->iterations;
    how.em.tolerance = settings->tolerance;
    how.restarts = (int)settings->restarts;
    how.smoothed = settings->mace == 1;
    how.leave_one_out = settings->leave_one_out;
    if (settings->use_weights) {
        *weight = aggregate_weights_read(settings->use_weights, ratings, err);
        if (!*weight)
            return NULL;
        how.weight = *weight;
    }
    return consensus_new(ratings, &how, err);
}

/* Writes the table and frees it; false also when there is none. */
static bool write_table(struct columns *table, const char *path,
                        struct error *err)
{
    bool good = table && columns_write(table, path, err);

    columns_free(table);
    return good;
}

static bool write_all(const struct aggregate_settings *settings,
                      const struct aggregate *aggregate, struct error *err)
{
    struct columns *labels = aggregate_labels(aggregate, err);

    if (!labels)
        return false;
    if (settings->weights && !aggregate_weight_name(aggregate->consensus)) {
        columns_free(labels);
        return error_set(err, ERROR_USAGE,
                         "--weights: %s of these ratings has no weights of "
                         "annotators",
                         consensus_rule_names[settings->rule]);
    }
    if (!write_table(labels, settings->output, err))
        return false;
    if (settings->weights &&
        !write_table(aggregate_weights(aggregate), settings->weights, err))
        return false;
    return !settings->confusion || write_table(aggregate_confusion(aggregate),
                                               settings->confusion, err);
}

/* To standard output, or beside it when the labels are there. */
static void print_summary(const struct aggregate_settings *settings,
                          const struct aggregate *aggregate, struct error *err)
{
    struct buf out = { 0 };

    if (settings->format == OUTPUT_TEXT)
        aggregate_text(aggregate, &out);
    else
        aggregate_json(aggregate, &out);
    if (text_equal(settings->output, "-"))
        fputs(buf_text(&out), stderr);
    else
        output_write(&out, err);
    buf_release(&out);
}

static char *hash_input(const char *path)
{
    uint8_t hash[HASH_SIZE];
    char *hex = NULL;
    struct error ignored;

    if (!text_equal(path, "-") && hash_file_sha256(path, hash, &ignored)) {
        hex = xcalloc(2 * HASH_SIZE + 1, 1);
        hash_to_hex(hash, HASH_SIZE, hex);
    }
    return hex;
}

static void run_traces(const struct aggregate_settings *settings, int argc,
                       char **argv, struct error *err)
{
    const struct aggregate_traces traces = {
        .source = &settings->curve,
        .ratings = &settings->source,
        .rule = (enum consensus_rule)settings->rule,
        .leave_one_out = settings->leave_one_out,
        .weights = settings->weights,
        .output = settings->output,
        .format = settings->format,
    };

    aggregate_traces(&traces, argc, argv, err);
}

static int cmd_aggregate(void *context, int argc, char **argv,
                         struct error *err)
{
    const struct aggregate_settings *settings = context;
    struct aggregate aggregate = { .target = settings->target,
                                   .attributes = &settings->keep,
                                   .soft = settings->soft };
    struct ratings_table table = { 0 };
    struct consensus *consensus = NULL;
    double *weight = NULL;

    if (!check(settings, argc, err))
        return 0;
    for (int i = 0; i < argc; i++)
        if (path_same_file(settings->output, argv[i])) {
            error_set(err, ERROR_USAGE,
                      "%s is read: name another file to write",
                      settings->output);
            return 0;
        }
    interrupt_install();
    if (settings->curve.traces) {
        run_traces(settings, argc, argv, err);
        return 0;
    }
    if (!ratings_source_read(&settings->source, argv[0], &settings->keep,
                             &table, err))
        goto done;
    aggregate.table = &table;
    aggregate.input = argv[0];
    aggregate.repeats = drop_repeats(settings, &table);
    consensus = aggregate_ratings(settings, table.ratings, &weight, err);
    if (!consensus) {
        if (err->code == ERROR_INPUT && !settings->use_weights)
            error_prefix(err, "%s", argv[0]);
        goto done;
    }
    aggregate.consensus = consensus;
    aggregate.sha256 = hash_input(argv[0]);
    if (write_all(settings, &aggregate, err))
        print_summary(settings, &aggregate, err);
done:
    free(aggregate.sha256);
    consensus_free(consensus);
    free(weight);
    ratings_table_release(&table);
    return 0;
}

const struct command cmd_aggregate_entry = {
    .name = "aggregate",
    .group = "Annotators",
    .synopsis = "[options] --rule RULE RATINGS.csv",
    .summary = "make consensus labels of several annotators' ratings",
    .options = aggregate_options,
    .settings_size = sizeof(struct aggregate_settings),
    .defaults = &defaults,
    .run = cmd_aggregate,
};
