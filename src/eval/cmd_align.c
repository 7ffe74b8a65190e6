/* cmd_align - streams of different rates and clocks on one time base. */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/cli/output.h"
#include "common/file/atomic.h"
#include "eval/align_report.h"
#include "eval/commands.h"

struct settings {
    struct streams_options streams;
    double rate, window, hop, min_valid;
    double most_offset, most_skew, match_rate, warp;
    bool keep_clock;
    int64_t jobs;
    struct text_list functionals;
    const char *windows, *transcript;
    const char *clocks;
    const char *output;
    int format;
};

static const struct settings defaults = { .min_valid = 0.5,
                                          .most_offset = 10,
                                          .output = "-" };

#define PER_STREAM(called, shown, field, said)                           \
    {                                                                    \
        .name = called, .type = OPTION_MANY, .arg = shown,               \
        .offset = offsetof(struct settings, streams.field), .help = said \
    }

static const struct option_spec options[] = {
    PER_STREAM("time", "[name=]col", time,
               "the column of time (default: time, time_s, t_s, timestamp, t, "
               "seconds, unix_time or datetime)"),
    PER_STREAM("unit", "[name=]unit", unit,
               "what a time that is a number counts: s (the default), ms, us, "
               "ns, or frames, such as 25fps"),
    PER_STREAM("item", "[name=]col", item,
               "the column that says of which item a row is; a stream without "
               "one is set beside every item"),
    PER_STREAM("columns", "[name=]col,...", columns,
               "the columns to take (default: all that have numbers)"),
    PER_STREAM("method", "[name=]how", method,
               "between samples: linear (the default), step (each value stays "
               "until the next), or mean (a point is the mean over its step)"),
    PER_STREAM("max-gap", "[name=]s", gap,
               "samples further apart have a gap between them, where nothing "
               "is told; none: no limit (default: 3 times the signal's usual "
               "step)"),
    PER_STREAM("offset", "name=s", offset,
               "the stream's own time when the reference's is 0; first: that "
               "of its first sample"),
    PER_STREAM("skew", "name=ppm", skew,
               "how much faster the stream's clock runs than the reference's, "
               "in parts in a million"),
    PER_STREAM("match", "name.col=col", match,
               "estimate the stream's clock: its column and the reference's "
               "column show the same"),
    { .name = "max-offset",
      .type = OPTION_NUMBER,
      .arg = "s",
      .offset = offsetof(struct settings, most_offset),
      .min = 0.001,
      .max = 100000,
      .with = "match",
      .without = "keep-clock",
      .help = "with --match: offsets up to this are tried, beside what "
              "--offset says (default: 10)" },
    { .name = "max-skew",
      .type = OPTION_NUMBER,
      .arg = "ppm",
      .offset = offsetof(struct settings, most_skew),
      .min = 0,
      .max = 10000,
      .with = "match",
      .without = "keep-clock",
      .help = "with --match: estimate the skew too, up to this (default: 0, "
              "the clocks run alike)" },
    { .name = "match-rate",
      .type = OPTION_NUMBER,
      .arg = "hz",
      .offset = offsetof(struct settings, match_rate),
      .min = 0.01,
      .max = 10000,
      .with = "match",
      .help = "with --match: the rate at which the columns are compared "
              "(default: that of the slower, at most 100)" },
    { .name = "warp",
      .type = OPTION_NUMBER,
      .arg = "s",
      .offset = offsetof(struct settings, warp),
      .min = 0.001,
      .max = 1000,
      .with = "match",
      .help = "with --match: then bend the stream's time by up to this, where "
              "the columns are nearer than at wrong times" },
    { .name = "keep-clock",
      .type = OPTION_FLAG,
      .offset = offsetof(struct settings, keep_clock),
      .with = "warp",
      .help = "with --warp: the clocks agree, only bend" },
    { .name = "clocks",
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct settings, clocks),
      .with = "match",
      .help = "write what was found of the clocks as CSV" },
    { .name = "rate",
      .type = OPTION_NUMBER,
      .arg = "hz",
      .offset = offsetof(struct settings, rate),
      .min = 0.0001,
      .max = 100000,
      .help = "a row for each point in time, so many a second" },
    { .name = "window",
      .type = OPTION_NUMBER,
      .arg = "s",
      .offset = offsetof(struct settings, window),
      .min = 0.000001,
      .max = 1000000,
      .help = "a row for each window of this length" },
    { .name = "hop",
      .type = OPTION_NUMBER,
      .arg = "s",
      .offset = offsetof(struct settings, hop),
      .min = 0.000001,
      .max = 1000000,
      .with = "window",
      .help = "from one window's start to the next (default: their length)" },
    { .name = "windows",
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct settings, windows),
      .help = "a row for each stretch of this table or transcript, such as "
              "utterances: columns start, end, and if need be id and item" },
    { .name = "transcript",
      .type = OPTION_TEXT,
      .arg = "name=file",
      .offset = offsetof(struct settings, transcript),
      .with = "window,windows",
      .help = "beside each window what is said in it: text, how many "
              "stretches, and the share of it that they cover" },
    { .name = "functionals",
      .type = OPTION_LIST,
      .arg = "name,...",
      .offset = offsetof(struct settings, functionals),
      .with = "window,windows",
      .help = "what is told of a window: mean (the default), sd, min, max, "
              "slope" },
    { .name = "min-valid",
      .type = OPTION_NUMBER,
      .arg = "share",
      .offset = offsetof(struct settings, min_valid),
      .min = 0,
      .max = 1,
      .with = "window,windows",
      .help = "a window's cells are empty when less of it is there (default: "
              "0.5)" },
    { .name = "only",
      .type = OPTION_MANY,
      .arg = "col=v,...",
      .offset = offsetof(struct settings, streams.only),
      .help = "of tables that have the column only rows with one of the "
              "values; may be given more than once, all must hold" },
    { .name = "jobs",
      .letter = 'j',
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct settings, jobs),
      .min = 1,
      .max = 1024,
      .help = "items at the same time (default: one for each processor); the "
              "table does not depend on it" },
    { .name = "output",
      .letter = 'o',
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct settings, output),
      .help = "where the table is written; - is standard output, the default" },
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct settings, format),
      .choices = output_format_names,
      .with = "output",
      .help = "how the report beside the table is printed: text, csv or json" },
    OPTION_END
};

static bool check_base(const struct settings *settings, struct error *err)
{
    const struct text_list *methods = &settings->streams.method;
    bool spans = settings->windows != NULL;

    if ((settings->rate > 0) + (settings->window > 0) + spans != 1)
        return error_set(err, ERROR_USAGE,
                         "--rate for points in time, --window for windows, or "
                         "--windows for those of a table: one of them");
    for (size_t i = 0; !(settings->rate > 0) && i < methods->count; i++)
        if (text_ends(methods->item[i], "mean"))
            return error_set(err, ERROR_USAGE,
                             "--method %s goes with --rate; of a window the "
                             "mean is told by --functionals mean",
                             methods->item[i]);
    if (settings->transcript &&
        (!strchr(settings->transcript, '=') || settings->transcript[0] == '='))
        return error_set(err, ERROR_USAGE,
                         "--transcript %s: expected NAME=FILE, as in said=%s",
                         settings->transcript, settings->transcript);
    return true;
}

/* A table is not written over what it is made from, nor both over one. */
static bool check_output(const struct settings *settings, const char *output,
                         int argc, char **argv, struct error *err)
{
    struct stat out, in;

    if (!output || text_equal(output, "-") || stat(output, &out) != 0)
        return true;
    for (int i = -2; i < argc; i++) {
        const char *name = i == -2   ? settings->windows
                           : i == -1 ? settings->transcript
                                     : argv[i];
        const char *equal = name ? strchr(name, '=') : NULL;

        for (int part = 0; name && part < 2; part++) {
            if (stat(name, &in) == 0 && in.st_dev == out.st_dev &&
                in.st_ino == out.st_ino && S_ISREG(in.st_mode))
                return error_set(err, ERROR_USAGE,
                                 "%s is read: name another file to write",
                                 output);
            name = equal ? equal + 1 : NULL;
        }
    }
    return true;
}

static bool check_outputs(const struct settings *settings, int argc,
                          char **argv, struct error *err)
{
    if (settings->clocks && !text_equal(settings->clocks, "-") &&
        text_equal(settings->clocks, settings->output))
        return error_set(err, ERROR_USAGE,
                         "--output and --clocks are one file: %s",
                         settings->clocks);
    return check_output(settings, settings->output, argc, argv, err) &&
           check_output(settings, settings->clocks, argc, argv, err);
}

static bool read_functionals(const struct settings *settings, bool *functional,
                             struct error *err)
{
    functional[ALIGNED_MEAN] = settings->functionals.count == 0;
    for (size_t i = 0; i < settings->functionals.count; i++) {
        const char *name = settings->functionals.item[i];
        int f = 0;

        while (f < ALIGNED_FUNCTIONALS &&
               !text_equal(aligned_functional_names[f], name))
            f++;
        if (f == ALIGNED_FUNCTIONALS)
            return error_set(err, ERROR_USAGE,
                             "--functionals %s: expected mean, sd, min, max or "
                             "slope",
                             name);
        functional[f] = true;
    }
    return true;
}

static bool write(const struct settings *settings,
                  const struct streams *streams,
                  const struct aligned_result *result, struct error *err)
{
    bool good = true;

    if (settings->clocks)
        good = align_report_clocks(settings->clocks, streams, result, err);
    if (good && result->refused < result->items)
        good = atomic_write(settings->output, buf_text(&result->text),
                            result->text.length, err);
    if (good && !text_equal(settings->output, "-"))
        good = align_report_print(settings->output,
                                  (enum output_format)settings->format, streams,
                                  result, err);
    if (good && result->refused > 0)
        good = error_set(
            err, ERROR_NO,
            "%zu of %zu items have a clock that cannot be told, "
            "and no row%s",
            result->refused, result->items,
            result->refused < result->items ? "" : ": nothing was written");
    return good;
}

/* Borrows from the settings; `name` is the caller's. */
static bool read_spans(const struct settings *settings, struct spans *windows,
                       struct spans *said, char **name,
                       struct aligned_plan *plan, struct error *err)
{
    const char *equal;

    if (settings->windows) {
        if (!spans_read(settings->windows, windows, err))
            return false;
        plan->spans = windows;
    }
    if (!settings->transcript)
        return true;
    equal = strchr(settings->transcript, '=');
    *name =
        xstrndup(settings->transcript, (size_t)(equal - settings->transcript));
    if (!spans_read(equal + 1, said, err))
        return false;
    plan->transcript = said;
    plan->transcript_name = *name;
    return true;
}

static int cmd_align(void *context, int argc, char **argv, struct error *err)
{
    const struct settings *settings = context;
    struct streams streams = { 0 };
    struct aligned_result result = { 0 };
    struct spans windows = { 0 }, said = { 0 };
    char *name = NULL;
    struct aligned_plan plan = {
        .streams = &streams,
        .rate = settings->rate,
        .window_s = settings->window,
        .hop_s = settings->hop > 0 ? settings->hop : settings->window,
        .min_valid = settings->min_valid,
        .keep_clock = settings->keep_clock,
        .jobs = (int)settings->jobs,
        .warp_s = settings->warp,
        .clock = { settings->most_offset, settings->most_skew,
                   settings->match_rate }
    };
    bool good = false;

    interrupt_install();
    if (!check_base(settings, err) ||
        !check_outputs(settings, argc, argv, err) ||
        !read_functionals(settings, plan.functional, err) ||
        !streams_read(argv, (size_t)argc, &settings->streams, &streams, err) ||
        !read_spans(settings, &windows, &said, &name, &plan, err) ||
        !aligned_make(&plan, &result, err))
        goto failed;
    align_report_warn(&streams, &result);
    good = write(settings, &streams, &result, err);
failed:
    aligned_release(&result);
    spans_release(&windows);
    spans_release(&said);
    free(name);
    streams_release(&streams);
    return good ? 0 : error_exit_status(err->code);
}

const struct command cmd_align_entry = {
    .name = "align",
    .group = "Tables",
    .synopsis = "[options] [name=]file ...",
    .summary = "put streams of different rates and clocks on one time base",
    .options = options,
    .settings_size = sizeof(struct settings),
    .defaults = &defaults,
    .run = cmd_align,
};
