/*
 * cmd_compare - which of two runs is better, and is that luck?
 */
#include <config.h>

#include <stddef.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/text.h"
#include "common/cli/output.h"
#include "eval/commands.h"
#include "eval/compare_print.h"
#include "eval/scores.h"

struct compare_options {
    int task;
    struct text_list only;
    const char *speaker;
    bool common;
    double level;
    int64_t samples;
    uint64_t seed;
    int format;
};

static const struct compare_options defaults = {
    .level = 0.95,
    .seed = 1,
};

static const char *const task_names[] = { "auto", "classify", "regress", NULL };

static const struct option_spec compare_specs[] = {
    { .name = "task",
      .type = OPTION_CHOICE,
      .arg = "what",
      .offset = offsetof(struct compare_options, task),
      .choices = task_names,
      .help = "classify, regress, or auto: as the files say" },
    { .name = "only",
      .type = OPTION_MANY,
      .arg = "col=v,...",
      .offset = offsetof(struct compare_options, only),
      .help = "only rows whose column has one of the values" },
    { .name = "common",
      .type = OPTION_FLAG,
      .offset = offsetof(struct compare_options, common),
      .help = "compare the items that both have; without it, others are an "
              "error" },
    { .name = "speaker",
      .type = OPTION_TEXT,
      .arg = "col",
      .offset = offsetof(struct compare_options, speaker),
      .help = "the column that says who speaks (default: speaker)" },
    { .name = "level",
      .type = OPTION_NUMBER,
      .arg = "p",
      .offset = offsetof(struct compare_options, level),
      .min = 0.5,
      .max = 0.9999,
      .help = "confidence level of the intervals (default: 0.95)" },
    { .name = "samples",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct compare_options, samples),
      .min = 1,
      .max = 100000000,
      .help = "ways to swap that are drawn for more than 20 speakers "
              "(default: 100000, or so many as take some seconds)" },
    { .name = "seed",
      .type = OPTION_SEED,
      .arg = "n",
      .offset = offsetof(struct compare_options, seed),
      .help = "seed of that drawing (default: 1)" },
    { .name = "format",
      .letter = 'f',
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct compare_options, format),
      .choices = output_format_names,
      .help = "print as text, csv or json" },
    OPTION_END
};

static void print(const struct comparison *comparison,
                  const struct compare_made *made, int format, struct buf *out)
{
    if (format == OUTPUT_JSON)
        compare_json(comparison, made, out);
    else if (format == OUTPUT_CSV)
        compare_csv(comparison, out);
    else
        compare_text(comparison, made, out);
}

/* Both runs, read and paired, are compared and printed. */
static bool compare(struct predictions *const side[2],
                    const struct compare_options *options,
                    struct compare_made *made, struct error *err)
{
    struct comparison comparison = { 0 };
    struct pairing pairing;
    struct buf out = { 0 };
    bool good;

    for (size_t k = 0; k < 2; k++)
        made->knows[k] = side[k]->has_speakers;
    good = pairing_make(side[0], side[1], made->name, options->common, &pairing,
                        err) &&
           compare_run(side[0], side[1], &pairing, made->settings, &comparison,
                       err);

    if (good) {
        made->left_out[0] = pairing.only_first;
        made->left_out[1] = pairing.only_second;
        print(&comparison, made, options->format, &out);
        good = output_write(&out, err);
    }
    buf_release(&out);
    compare_release(&comparison);
    pairing_release(&pairing);
    return good;
}

static int cmd_compare(void *context, int argc, char **argv, struct error *err)
{
    const struct compare_options *options = context;
    struct predictions_options how = {
        .task = (enum predictions_task)options->task,
        .speaker = options->speaker,
        .only = &options->only,
    };
    struct compare_settings settings = { .level = options->level,
                                         .samples = (uint64_t)options->samples,
                                         .seed = options->seed };
    struct compare_made made = { .settings = &settings };
    struct predictions *side[2] = { NULL, NULL };
    char *owned[2] = { NULL, NULL };
    bool good = true;

    if (argc != 2) {
        error_set(err, ERROR_USAGE,
                  argc < 2 ? "which two runs?" : "two runs at a time");
        return 0;
    }
    interrupt_install();
    for (size_t k = 0; good && k < 2; k++) {
        struct evaluation_settings as_made = { 0 };

        made.name[k] = argv[k];
        side[k] = predictions_read(argv[k], &how, err);
        good =
            side[k] && scores_normalization(argv[k], &as_made, &owned[k], err);
        made.normalization[k] = as_made.normalization;
        made.transductive[k] = as_made.transductive;
    }
    if (good)
        compare(side, options, &made, err);
    for (size_t k = 0; k < 2; k++) {
        predictions_free(side[k]);
        free(owned[k]);
    }
    return 0;
}

const struct command cmd_compare_entry = {
    .name = "compare",
    .group = "Scores",
    .synopsis = "[options] RUN|predictions.csv RUN|predictions.csv",
    .summary = "which of two runs is better, and is that luck",
    .options = compare_specs,
    .settings_size = sizeof(struct compare_options),
    .defaults = &defaults,
    .run = cmd_compare,
};
