/*
 * cmd_agree - how far do those who judged agree?
 */
#include <config.h>

#include <stddef.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/vec.h"
#include "common/cli/output.h"
#include "common/report/agreement_report.h"
#include "eval/agree_segments.h"
#include "eval/agree_traces.h"
#include "eval/commands.h"
#include "eval/ratings_source.h"

struct agree_settings {
    struct ratings_source source;
    const char *cluster;
    struct text_list by;
    int scale, weighting, per, repeats;
    double period, level, min;
    int64_t top, bootstrap, permutations;
    uint64_t seed;
    int format;
    struct curve_source curve;
    double penalty, warp, bin;
    int64_t shifts;
    bool segments;
    const char *tier;
    double unit, overlap;
};

static const struct agree_settings defaults = {
    .level = 0.95,
    .min = -2, /* not asked for */
    .top = 20,
    .bootstrap = 1000,
    .permutations = 999,
    .seed = 1,
    .curve = CURVE_SOURCE_DEFAULTS,
    .penalty = 0.02,
    .warp = 2,
    .bin = 3,
    .shifts = 99,
    .unit = 0.1,
    .overlap = 0.5,
};

static const char *const scale_names[] = { "auto",     "nominal", "ordinal",
                                           "interval", "ratio",   "circular",
                                           NULL };
static const char *const weight_names[] = {
    "auto",    "unweighted", "linear",   "quadratic", "ordinal",
    "radical", "ratio",      "circular", "bipolar",   NULL
};
static const char *const per_names[] = { "none", "annotator", "item", "label",
                                         NULL };
static const char *const repeat_names[] = { "first", "last", NULL };

static const struct option_spec agree_options[] = {
    RATINGS_SOURCE_OPTIONS(struct agree_settings, source),
    { .name = "scale",
      .letter = 's',
      .type = OPTION_CHOICE,
      .arg = "scale",
      .offset = offsetof(struct agree_settings, scale),
      .choices = scale_names,
      .help = "nominal, ordinal, interval, ratio, circular, or auto: interval "
              "where all values are numbers, else nominal" },
    { .name = "weights",
      .type = OPTION_CHOICE,
      .arg = "kind",
      .offset = offsetof(struct agree_settings, weighting),
      .choices = weight_names,
      .help = "of kappa and its kin: unweighted, linear, quadratic, ordinal, "
              "radical, ratio, circular, bipolar, or auto: quadratic on an "
              "ordinal scale, else unweighted" },
    { .name = "period",
      .type = OPTION_NUMBER,
      .arg = "x",
      .offset = offsetof(struct agree_settings, period),
      .min = 1e-9,
      .max = 1e9,
      .help = "circular scale: values so far apart are the same (default: "
              "360)" },
    { .name = "by",
      .letter = 'b',
      .type = OPTION_LIST,
      .arg = "col,...",
      .offset = offsetof(struct agree_settings, by),
      .help = "also for each group of items that these columns make" },
    { .name = "cluster",
      .type = OPTION_TEXT,
      .arg = "col",
      .offset = offsetof(struct agree_settings, cluster),
      .help = "items with the same value here are alike (speaker): jackknife "
              "and bootstrap take them together" },
    { .name = "per",
      .type = OPTION_CHOICE,
      .arg = "what",
      .offset = offsetof(struct agree_settings, per),
      .choices = per_names,
      .help = "also a table of each annotator (against the rest), item "
              "(hardest first) or label" },
    { .name = "top",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct agree_settings, top),
      .min = 0,
      .max = 1e9,
      .help = "items shown by --per item; 0: all (default: 20)" },
    { .name = "repeats",
      .type = OPTION_CHOICE,
      .arg = "which",
      .offset = offsetof(struct agree_settings, repeats),
      .choices = repeat_names,
      .help = "where an annotator judged an item again: the first or last "
              "counts (default: first)" },
    { .name = "level",
      .type = OPTION_NUMBER,
      .arg = "p",
      .offset = offsetof(struct agree_settings, level),
      .min = 0.5,
      .max = 0.9999,
      .help = "confidence level of the intervals (default: 0.95)" },
    { .name = "bootstrap",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct agree_settings, bootstrap),
      .min = 0,
      .max = 1000000,
      .help = "resamples of the bootstrap; 0: none (default: 1000)" },
    { .name = "permutations",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct agree_settings, permutations),
      .min = 0,
      .max = 1000000,
      .help = "of the test against chance; 0: none (default: 999)" },
    { .name = "min",
      .type = OPTION_NUMBER,
      .arg = "x",
      .offset = offsetof(struct agree_settings, min),
      .min = -1,
      .max = 1,
      .help = "exit 1 when alpha is below x, or undefined" },
    { .name = "seed",
      .type = OPTION_SEED,
      .arg = "n",
      .offset = offsetof(struct agree_settings, seed),
      .help = "seed of all chance (default: 1)" },
    { .name = "format",
      .letter = 'f',
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct agree_settings, format),
      .choices = output_format_names,
      .help = "print as text, csv or json" },
    CURVE_SOURCE_OPTIONS(struct agree_settings, curve),
    { .name = "penalty",
      .type = OPTION_NUMBER,
      .arg = "x",
      .offset = offsetof(struct agree_settings, penalty),
      .min = 0,
      .max = 10,
      .help = "traces: what a second of lag takes off the CCC in the search "
              "for a pair's best lag (default: 0.02)" },
    { .name = "bin",
      .type = OPTION_NUMBER,
      .arg = "s",
      .offset = offsetof(struct agree_settings, bin),
      .min = 0.01,
      .max = 3600,
      .help = "traces: bins of the qualitative agreement, in seconds "
              "(default: 3)" },
    { .name = "warp",
      .type = OPTION_NUMBER,
      .arg = "s",
      .offset = offsetof(struct agree_settings, warp),
      .min = 0,
      .max = 60,
      .help = "traces, --per annotator: times may be warped by so much, in "
              "seconds (default: 2)" },
    { .name = "shifts",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct agree_settings, shifts),
      .min = 1,
      .max = 100000,
      .help = "traces, --per annotator: shifted traces that warping is "
              "compared with (default: 99)" },
    { .name = "segments",
      .type = OPTION_FLAG,
      .offset = offsetof(struct agree_settings, segments),
      .help = "segments: one row a stretch of time (item, annotator, tier, "
              "start, end, label)" },
    { .name = "tier",
      .type = OPTION_TEXT,
      .arg = "col",
      .offset = offsetof(struct agree_settings, tier),
      .help = "segments: the column of tiers (default: tier or question, "
              "where there is one)" },
    { .name = "unit",
      .type = OPTION_NUMBER,
      .arg = "s",
      .offset = offsetof(struct agree_settings, unit),
      .min = 0.001,
      .max = 3600,
      .help = "segments: the unit of time of kappa, in seconds (default: "
              "0.1)" },
    { .name = "overlap",
      .type = OPTION_NUMBER,
      .arg = "x",
      .offset = offsetof(struct agree_settings, overlap),
      .min = 0.01,
      .max = 1,
      .help = "segments: intersection over union from which two are a pair "
              "(default: 0.5)" },
    OPTION_END
};

/* The scale and the weights, as said or by the values. */
static bool settle(const struct agree_settings *settings,
                   const struct ratings *ratings, struct agreement_settings *to,
                   struct error *err)
{
    const char *reason = NULL;

    if (settings->scale > 0)
        to->scale = (enum alpha_metric)(settings->scale - 1);
    else
        to->scale = ratings->value ? ALPHA_INTERVAL : ALPHA_NOMINAL;
    to->weighting =
        to->scale == ALPHA_ORDINAL ? AGREE_QUADRATIC : AGREE_UNWEIGHTED;
    if (settings->weighting > 0)
        to->weighting = (enum agree_weighting)(settings->weighting - 1);
    to->period = settings->period > 0 ? settings->period : 360;
    if (!agreement_scale_fits(ratings, to->scale, &reason))
        return error_set(err, ERROR_USAGE, "--scale %s: %s%s",
                         alpha_metric_names[to->scale], reason,
                         to->scale == ALPHA_ORDINAL
                             ? "; --categories low,...,high does"
                             : "");
    if (to->weighting != AGREE_UNWEIGHTED && !ratings->ordered)
        return error_set(err, ERROR_USAGE,
                         "--weights %s: nothing says in which order the "
                         "values stand; --categories low,...,high does",
                         agree_weighting_names[to->weighting]);
    return true;
}

/* Where the parts of a table come from. */
struct parts {
    struct agreement_report *report;
    const struct ratings_table *table;
    const struct agree_settings *settings;
};

/* The items for which keep[] is true (NULL: all). */
static void add_group(const struct parts *parts, const bool *keep,
                      const char *by, const char *name)
{
    struct agreement_report *report = parts->report;
    struct agreement_settings how = *report->settings;
    size_t items = report->ratings->items.count, n = 0;
    uint32_t *cluster = xcalloc(items + 1, sizeof(*cluster));
    struct ratings *part = ratings_subset(report->ratings, keep, NULL);
    struct agreement_group group = { .by = by, .name = name };

    if (parts->settings->cluster) {
        const struct ratings_attribute *of =
            &parts->table->attribute[parts->settings->by.count];

        for (size_t i = 0; i < items; i++)
            if (!keep || keep[i])
                cluster[n++] = of->code[i];
        how.cluster = cluster;
        how.cluster_values = of->values.count;
    }
    group.agreement = agreement_of(part, &how);
    VEC_PUSH(&report->groups, group);
    ratings_free(part);
    free(cluster);
}

static bool add_groups(const struct parts *parts, struct error *err)
{
    size_t items = parts->report->ratings->items.count;
    const struct text_list *by = &parts->settings->by;
    bool *keep = xcalloc(items + 1, sizeof(*keep));
    bool good = true;

    add_group(parts, NULL, NULL, NULL);
    for (size_t k = 0; k < by->count; k++) {
        const struct ratings_attribute *of = &parts->table->attribute[k];

        for (size_t v = 0; good && v < of->values.count; v++) {
            good = interrupt_check(err);
            for (size_t i = 0; i < items; i++)
                keep[i] = of->code[i] == v;
            if (good)
                add_group(parts, keep, by->item[k], of->values.item[v]);
        }
    }
    free(keep);
    return good;
}

static bool print(const struct agreement_report *report, int format,
                  struct error *err)
{
    struct buf out = { 0 };
    bool good;

    if (format == OUTPUT_JSON)
        agreement_json(report, &out);
    else if (format == OUTPUT_CSV)
        agreement_csv(report, &out);
    else
        agreement_text(report, &out);
    good = output_write(&out, err);
    buf_release(&out);
    return good;
}

/* Exit status 1 when --min asks for more. */
static int verdict(const struct agree_settings *settings,
                   const struct agreement *all)
{
    struct estimate alpha = all->of[COEFFICIENT_ALPHA].value;

    return settings->min >= -1 &&
           (!alpha.defined || alpha.value < settings->min);
}

static int run_segments(const struct agree_settings *settings, int argc,
                        char **argv, struct error *err)
{
    const struct agree_segments segments = {
        .ratings = &settings->source,
        .tier = settings->tier,
        .unit = settings->unit,
        .unmatched = settings->per == PER_ITEM,
        .overlap = settings->overlap,
        .top = (size_t)settings->top,
        .level = settings->level,
        .min = settings->min,
        .format = settings->format,
    };

    if (settings->curve.traces || settings->source.wide ||
        settings->source.counts ||
        (settings->per != PER_NONE && settings->per != PER_ITEM) ||
        settings->by.count > 0 || settings->cluster || settings->scale > 0 ||
        settings->weighting > 0) {
        error_set(err, ERROR_USAGE,
                  "--segments has --per item (those without a partner), but "
                  "no other --per, --by, --cluster, --scale, --weights, "
                  "--wide, --counts or --traces");
        return 0;
    }
    return agree_segments(&segments, argc, argv, err);
}

static int run_traces(const struct agree_settings *settings, int argc,
                      char **argv, struct error *err)
{
    const struct agree_traces traces = {
        .source = &settings->curve,
        .ratings = &settings->source,
        .annotators = settings->per == PER_ANNOTATOR,
        .penalty = settings->penalty,
        .warp = settings->warp,
        .shifts = settings->shifts,
        .bin = settings->bin,
        .level = settings->level,
        .min = settings->min,
        .format = settings->format,
    };

    if (settings->per > PER_ANNOTATOR || settings->by.count > 0 ||
        settings->cluster || settings->scale > 0 || settings->weighting > 0) {
        error_set(err, ERROR_USAGE,
                  "--traces has items in its table and --per annotator, but "
                  "no other --per, --by, --cluster, --scale or --weights");
        return 0;
    }
    return agree_traces(&traces, argc, argv, err);
}

static int cmd_agree(void *context, int argc, char **argv, struct error *err)
{
    const struct agree_settings *settings = context;
    struct agreement_settings how = { .level = settings->level,
                                      .resamples = settings->bootstrap,
                                      .permutations = settings->permutations,
                                      .seed = settings->seed };
    struct agreement_report report = {
        .settings = &how,
        .scale_guessed = settings->scale == 0,
        .repeat = (enum ratings_repeat)settings->repeats,
        .per = (enum agreement_per)settings->per,
        .top = (size_t)settings->top,
    };
    struct ratings_table table = { 0 };
    struct parts parts = { .report = &report,
                           .table = &table,
                           .settings = settings };
    struct text_list keep = { 0 };
    struct ratings *single = NULL;
    int status = 0;

    interrupt_install();
    if (settings->segments)
        return run_segments(settings, argc, argv, err);
    if (settings->curve.traces)
        return run_traces(settings, argc, argv, err);
    if (!curve_source_unused(&settings->curve, err))
        return 0;
    if (argc != 1) {
        error_set(err, ERROR_USAGE,
                  argc < 1 ? "which table of ratings?"
                           : "one table of ratings at a time");
        return 0;
    }
    for (size_t i = 0; i < settings->by.count; i++)
        text_list_add(&keep, settings->by.item[i]);
    if (settings->cluster)
        text_list_add(&keep, settings->cluster);
    if (!ratings_source_read(&settings->source, argv[0], &keep, &table, err) ||
        !settle(settings, table.ratings, &how, err))
        goto done;
    single = ratings_single(table.ratings, report.repeat, &report.dropped);
    report.source = argv[0];
    report.cluster = settings->cluster;
    report.ratings = single;
    report.with_repeats = table.ratings;
    if (!add_groups(&parts, err) || !print(&report, settings->format, err))
        goto done;
    status = verdict(settings, &report.groups.item[0].agreement);
done:
    agreement_report_release(&report);
    text_list_release(&keep);
    ratings_free(single);
    ratings_table_release(&table);
    return status;
}

const struct command cmd_agree_entry = {
    .name = "agree",
    .group = "Annotators",
    .synopsis = "[options] ratings.csv",
    .summary = "how far those who judged agree",
    .options = agree_options,
    .settings_size = sizeof(struct agree_settings),
    .defaults = &defaults,
    .run = cmd_agree,
};
