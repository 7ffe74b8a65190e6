/*
 * cmd_agree - how far do those who judged agree?
 */
#include <config.h>

#include <stddef.h>
#include <stdlib.h>

#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/cli/output.h"
#include "eval/agree_options.h"
#include "eval/agree_segments.h"
#include "eval/agree_traces.h"
#include "eval/commands.h"
#include "eval/fair/group.h"

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
    struct text_list by;       /* columns, each once, as attributes */
    struct text_list expanded; /* a, b, a*b */
    struct text_list names;    /* of groups */
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
            &parts->table->attribute[parts->by.count];

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

/* The groups of one --by: a column, or several with "*" between. */
static bool add_by(struct parts *parts, const char *by, struct error *err)
{
    size_t items = parts->report->ratings->items.count, cells = 1, count = 0;
    const struct ratings_attribute *of[GROUP_MOST_COLUMNS];
    struct text_list columns = { 0 };
    bool *keep = xcalloc(items + 1, sizeof(*keep)), good = true;

    text_list_split(&columns, by, '*');
    for (size_t c = 0; c < columns.count && count < GROUP_MOST_COLUMNS; c++)
        for (size_t k = 0; k < parts->by.count; k++)
            if (text_equal(parts->by.item[k], columns.item[c])) {
                of[count++] = &parts->table->attribute[k];
                cells *= of[count - 1]->values.count;
                break;
            }
    if (cells > GROUP_MOST_CELLS)
        good = error_set(err, ERROR_USAGE, "--by %s: %zu groups, more than %d",
                         by, cells, GROUP_MOST_CELLS);
    for (size_t cell = 0; good && cell < cells; cell++) {
        struct buf name = { 0 };
        size_t in = 0;

        for (size_t c = 0, rest = cell; c < count; c++) {
            size_t v = rest % of[c]->values.count;

            rest /= of[c]->values.count;
            buf_addf(&name, "%s%s", c > 0 ? "*" : "", of[c]->values.item[v]);
            for (size_t i = 0; i < items; i++)
                keep[i] = (c == 0 || keep[i]) && of[c]->code[i] == v;
        }
        for (size_t i = 0; i < items; i++)
            in += keep[i];
        if (good && in > 0) {
            text_list_add(&parts->names, buf_text(&name));
            add_group(parts, keep, by,
                      parts->names.item[parts->names.count - 1]);
        }
        buf_release(&name);
    }
    free(keep);
    text_list_release(&columns);
    return good;
}

static bool add_groups(struct parts *parts, struct error *err)
{
    bool good = true;

    add_group(parts, NULL, NULL, NULL);
    for (size_t k = 0; good && k < parts->expanded.count; k++)
        good = add_by(parts, parts->expanded.item[k], err);
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
    static const enum segments_per per[] = {
        [PER_NONE] = SEGMENTS_PER_NONE,
        [PER_ITEM] = SEGMENTS_PER_UNMATCHED,
        [PER_ANNOTATOR] = SEGMENTS_PER_ANNOTATOR,
        [PER_LABEL] = SEGMENTS_PER_LABEL,
    };
    const struct agree_segments segments = {
        .ratings = &settings->source,
        .tier = settings->tier,
        .by = &settings->by,
        .cluster = settings->cluster,
        .report = {
            .unit = settings->unit,
            .per = settings->per < (int)LENGTH_OF(per) ? per[settings->per]
                                                       : SEGMENTS_PER_NONE,
            .overlap = settings->overlap,
            .top = (size_t)settings->top,
            .level = settings->level,
            .min = settings->min,
        },
        .format = settings->format,
    };

    if (settings->curve.traces || settings->source.wide ||
        settings->source.counts || settings->source.columns.count > 0 ||
        settings->source.categories.count > 0 ||
        settings->per >= (int)LENGTH_OF(per)) {
        error_set(err, ERROR_USAGE,
                  "--segments has --per annotator, label or item (those "
                  "without a partner), but no other --per, --wide, --counts, "
                  "--columns, --categories or --traces");
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
        .report = {
            .annotators = settings->per == PER_ANNOTATOR,
            .penalty = settings->penalty,
            .warp = settings->warp,
            .shifts = settings->shifts,
            .bin = settings->bin,
            .level = settings->level,
            .min = settings->min,
        },
        .format = settings->format,
    };

    if (settings->per > PER_ANNOTATOR) {
        error_set(err, ERROR_USAGE,
                  "--traces has items in its table and --per annotator, but "
                  "no other --per");
        return 0;
    }
    return agree_traces(&traces, argc, argv, err);
}

/* What can be known before anything is read. */
static bool check(const struct agree_settings *settings, int argc,
                  struct error *err)
{
    if (argc != 1)
        return error_set(err, ERROR_USAGE,
                         argc < 1 ? "which table of ratings?"
                                  : "one table of ratings at a time");
    if (settings->per == PER_GOLD && !settings->gold)
        return error_set(err, ERROR_USAGE,
                         "--per gold: --gold says what is known");
    if (settings->jackknife && settings->cluster)
        return error_set(err, ERROR_USAGE,
                         "--cluster is of items, --jackknife annotators not");
    if (settings->sets > 0 && settings->separator[0] == '\0')
        return error_set(err, ERROR_USAGE, "--separator: one character");
    if (settings->sets > 0 && settings->source.counts)
        return error_set(err, ERROR_USAGE, "--sets has no --counts");
    return true;
}

/* The attributes that are wanted: --by, --cluster, a column of gold. */
static bool list_attributes(struct parts *parts, struct text_list *keep,
                            struct error *err)
{
    const struct agree_settings *settings = parts->settings;

    if (!group_expand(&settings->by, &parts->expanded, err))
        return false;
    for (size_t i = 0; i < parts->expanded.count; i++) {
        struct text_list columns = { 0 };

        text_list_split(&columns, parts->expanded.item[i], '*');
        for (size_t c = 0; c < columns.count; c++)
            if (!text_list_has(&parts->by, columns.item[c]))
                text_list_add(&parts->by, columns.item[c]);
        text_list_release(&columns);
    }
    for (size_t i = 0; i < parts->by.count; i++)
        text_list_add(keep, parts->by.item[i]);
    if (settings->cluster)
        text_list_add(keep, settings->cluster);
    if (settings->gold && !path_is_file(settings->gold))
        text_list_add(keep, settings->gold);
    return true;
}

/* What the command holds while it runs. */
struct held {
    struct ratings_table table;
    struct ratings *single;
    double *weight, *gold_value;
    uint32_t *gold;
    struct moment *moment;
};

static bool read_all(const struct agree_settings *settings, const char *path,
                     struct parts *parts, struct agreement_settings *how,
                     struct held *held, struct error *err)
{
    struct agreement_report *report = parts->report;
    struct ratings_source source = settings->source;
    struct text_list keep = { 0 };
    bool good;

    source.sets = settings->sets > 0 ? settings->separator[0] : '\0';
    good =
        list_attributes(parts, &keep, err) &&
        ratings_source_read(&source, path, &keep, &held->table, err) &&
        settle(settings, held->table.ratings, how, err) &&
        agree_weights(settings, held->table.ratings, &held->weight,
                      &report->weights, err) &&
        agree_gold(settings, &held->table, &held->gold, &held->gold_value, err);
    text_list_release(&keep);
    if (!good)
        return false;
    if (held->weight) {
        how->scale = ALPHA_NOMINAL;
        how->weight = held->weight;
    }
    how->over_raters = settings->jackknife == 1;
    held->single =
        ratings_single(held->table.ratings, report->repeat, &report->dropped);
    report->ratings = held->single;
    report->with_repeats = held->table.ratings;
    report->gold = (struct gold){ held->gold, held->gold_value };
    report->windows = (size_t)settings->windows;
    if (settings->per != PER_TIME)
        return true;
    good = agree_moments(settings, path, held->single, &held->moment,
                         &report->moments, err);
    report->moment = held->moment;
    return good;
}

static void release(struct parts *parts, struct held *held)
{
    agreement_report_release(parts->report);
    text_list_release(&parts->by);
    text_list_release(&parts->expanded);
    text_list_release(&parts->names);
    ratings_free(held->single);
    ratings_table_release(&held->table);
    free(held->weight);
    free(held->gold);
    free(held->gold_value);
    free(held->moment);
}

static int cmd_agree(void *context, int argc, char **argv, struct error *err)
{
    const struct agree_settings *settings = context;
    struct agreement_settings how = { .level = settings->level,
                                      .resamples = settings->bootstrap,
                                      .percentiles = settings->limits == 1,
                                      .permutations = settings->permutations,
                                      .seed = settings->seed };
    struct agreement_report report = {
        .source = argc > 0 ? argv[0] : NULL,
        .cluster = settings->cluster,
        .settings = &how,
        .scale_guessed = settings->scale == 0,
        .repeat = (enum ratings_repeat)settings->repeats,
        .per = (enum agreement_per)settings->per,
        .top = (size_t)settings->top,
    };
    struct held held = { 0 };
    struct parts parts = { .report = &report,
                           .table = &held.table,
                           .settings = settings };
    int status = 0;

    if (settings->segments)
        return run_segments(settings, argc, argv, err);
    if (settings->curve.traces)
        return run_traces(settings, argc, argv, err);
    if (check(settings, argc, err) &&
        read_all(settings, argv[0], &parts, &how, &held, err) &&
        add_groups(&parts, err) && print(&report, settings->format, err))
        status = verdict(settings, &report.groups.item[0].agreement);
    release(&parts, &held);
    return status;
}

const struct command cmd_agree_entry = {
    .name = "agree",
    .group = "Annotators",
    .synopsis = "[options] ratings.csv",
    .summary = "how far those who judged agree",
    .options = agree_options,
    .settings_size = sizeof(struct agree_settings),
    .defaults = &agree_defaults,
    .run = cmd_agree,
};
