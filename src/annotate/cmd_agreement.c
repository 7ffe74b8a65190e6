/* cmd_agreement - how far do those who judged agree, on each question? */
#include <config.h>

#include "annotate/agreement_work.h"
#include "annotate/commands.h"
#include "annotate/home.h"
#include "annotate/workspace.h"
#include "common/base/interrupt.h"

struct agreement_options {
    const char *project;
    const char *question;
    int by;
    bool ci, methods;
    double min, level, unit, overlap, rate;
    int align;
    int64_t top, bootstrap, permutations;
    uint64_t seed;
    int format;
};

static const struct agreement_options agreement_defaults = {
    .min = -2, /* what the protocol says */
    .level = 0.95,
    .unit = 0.1,
    .overlap = 0.5,
    .rate = 10,
    .top = 20,
    .bootstrap = 1000,
    .permutations = 999,
    .seed = 1,
};

#define AT(field) offsetof(struct agreement_options, field)

static const struct option_spec agreement_options[] = {
    WORKSPACE_PROJECT_OPTION(struct agreement_options),
    { .name = "question",
      .letter = 'q',
      .type = OPTION_TEXT,
      .arg = "id",
      .offset = AT(question),
      .help = "this question only (default: each of the protocol)" },
    { .name = "by",
      .letter = 'b',
      .type = OPTION_CHOICE,
      .arg = "what",
      .offset = AT(by),
      .choices = agreement_by_names,
      .help = "also a table of each label, annotator (against the rest), item "
              "(hardest first), speaker, or of quarters of the time" },
    { .name = "ci",
      .type = OPTION_FLAG,
      .offset = AT(ci),
      .help = "intervals by formula, jackknife and bootstrap, and a test "
              "against chance" },
    { .name = "methods",
      .type = OPTION_FLAG,
      .offset = AT(methods),
      .help = "write the paragraph and the table that a paper needs; brings "
              "--ci along" },
    { .name = "min",
      .type = OPTION_NUMBER,
      .arg = "x",
      .offset = AT(min),
      .min = -1,
      .max = 1,
      .help = "exit 1 when the primary coefficient of a question is below x, "
              "or undefined (default: what the protocol asks for)" },
    { .name = "top",
      .type = OPTION_INT,
      .arg = "n",
      .offset = AT(top),
      .with = "by=item",
      .min = 0,
      .max = 1e9,
      .help = "items shown by --by item; 0: all (default: 20)" },
    { .name = "level",
      .type = OPTION_NUMBER,
      .arg = "p",
      .offset = AT(level),
      .min = 0.5,
      .max = 0.9999,
      .help = "confidence level of the intervals (default: 0.95)" },
    { .name = "bootstrap",
      .type = OPTION_INT,
      .arg = "n",
      .offset = AT(bootstrap),
      .min = 0,
      .max = 1000000,
      .with = "ci,methods",
      .help = "resamples of the bootstrap; 0: none (default: 1000)" },
    { .name = "permutations",
      .type = OPTION_INT,
      .arg = "n",
      .offset = AT(permutations),
      .min = 0,
      .max = 1000000,
      .with = "ci,methods",
      .help = "of the test against chance; 0: none (default: 999)" },
    { .name = "seed",
      .type = OPTION_SEED,
      .arg = "n",
      .offset = AT(seed),
      .with = "ci,methods",
      .help = "seed of all chance (default: 1)" },
    { .name = "unit",
      .type = OPTION_NUMBER,
      .arg = "s",
      .offset = AT(unit),
      .min = 0.001,
      .max = 3600,
      .help = "segments: the unit of time of kappa, in seconds (default: "
              "0.1)" },
    { .name = "overlap",
      .type = OPTION_NUMBER,
      .arg = "x",
      .offset = AT(overlap),
      .min = 0.01,
      .max = 1,
      .help = "segments: two match when their IoU is x or more (default: "
              "0.5)" },
    { .name = "rate",
      .type = OPTION_NUMBER,
      .arg = "hz",
      .offset = AT(rate),
      .min = 0.1,
      .max = 1000,
      .help = "traces: points a second at which they are compared (default: "
              "10)" },
    { .name = "align",
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = AT(align),
      .choices = curve_align_names,
      .help = "traces: estimate each annotator's reaction lag and look at the "
              "traces without it: none (the default), or where correlation, "
              "ccc or mutual-information with the others is highest" },
    { .name = "format",
      .letter = 'f',
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = AT(format),
      .choices = output_format_names,
      .help = "print as text, csv or json" },
    OPTION_END
};

static bool print(const struct agreement_work *work,
                  const struct agreement_options *options, struct error *err)
{
    struct buf out = { 0 };
    bool good;

    if (options->methods)
        agreement_work_methods(work, &out);
    else if (options->format == OUTPUT_JSON)
        agreement_work_json(work, &out);
    else if (options->format == OUTPUT_CSV)
        agreement_work_csv(work, &out);
    else
        agreement_work_text(work, &out);
    good = output_write(&out, err);
    buf_release(&out);
    return good;
}

static bool check(const struct agreement_options *options, int argc,
                  struct error *err)
{
    if (argc != 0)
        return error_set(err, ERROR_USAGE, "agreement takes options only");
    if (options->methods && (options->by || options->format != OUTPUT_TEXT))
        return error_set(err, ERROR_USAGE,
                         "--methods goes without --by and --format");
    if (options->by && options->format == OUTPUT_CSV && !options->question)
        return error_set(err, ERROR_USAGE,
                         "--by with --format csv is of one question: name it "
                         "with --question");
    return true;
}

static bool differ(double a, double b)
{
    return a < b || a > b;
}

/* What was said otherwise than by default, and is of segments or traces. */
static void note_options(const struct agreement_options *options,
                         struct agreement_work *work)
{
    const struct agreement_options *none = &agreement_defaults;

    if (differ(options->unit, none->unit))
        work->of_segments = "--unit";
    else if (differ(options->overlap, none->overlap))
        work->of_segments = "--overlap";
    if (differ(options->rate, none->rate))
        work->of_traces = "--rate";
    else if (options->align != none->align)
        work->of_traces = "--align";
}

static int cmd_agreement(void *context, int argc, char **argv,
                         struct error *err)
{
    const struct agreement_options *options = context;
    struct project *project = NULL;
    struct agreement_work work = {
        .only = options->question,
        .by = (enum agreement_by)options->by,
        .how = {
            .level = options->level,
            .bootstrap = options->bootstrap,
            .permutations = options->permutations,
            .seed = options->seed,
            .intervals = options->ci || options->methods,
            .top = (size_t)options->top,
            .min = options->min,
            .unit = options->unit,
            .overlap = options->overlap,
            .rate = options->rate,
            .align = options->align,
        },
    };
    bool damaged = false;
    int status = 0;

    (void)argv;
    if (!check(options, argc, err))
        return 0;
    note_options(options, &work);
    interrupt_install();
    project = workspace_open(options->project, true, err);
    if (project && home_collect(project, &damaged, err) &&
        agreement_work_out(&work, project, err) && print(&work, options, err))
        status = agreement_work_fails(&work);
    agreement_work_release(&work);
    project_close(project);
    return err->code != ERROR_NONE ? error_exit_status(err->code)
           : damaged               ? 1
                                   : status;
}

const struct command cmd_agreement_entry = {
    .name = "agreement",
    .group = "Results",
    .synopsis = "[options]",
    .summary = "how far the annotators agree, on each question",
    .options = agreement_options,
    .settings_size = sizeof(struct agreement_options),
    .defaults = &agreement_defaults,
    .run = cmd_agreement,
};
