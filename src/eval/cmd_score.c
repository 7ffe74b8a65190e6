/*
 * cmd_score - how good are these predictions, and for whom?
 */
#include <config.h>

#include <stddef.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/cli/output.h"
#include "eval/commands.h"
#include "eval/fair/evaluation.h"
#include "eval/scores.h"

struct score_settings {
    int task;
    struct text_list by;
    struct text_list only;
    const char *speaker;
    double level;
    int64_t bootstrap;
    uint64_t seed;
    int format;
};

static const struct score_settings defaults = {
    .level = 0.95,
    .bootstrap = EVALUATION_RESAMPLES,
    .seed = 1,
};

static const char *const task_names[] = { "auto", "classify", "regress", NULL };

static const struct option_spec score_options[] = {
    { .name = "task",
      .type = OPTION_CHOICE,
      .arg = "what",
      .offset = offsetof(struct score_settings, task),
      .choices = task_names,
      .help = "classify, regress, or auto: as the file says" },
    { .name = "by",
      .letter = 'b',
      .type = OPTION_LIST,
      .arg = "col,...",
      .offset = offsetof(struct score_settings, by),
      .help = "score each group of these columns, and of their intersections" },
    { .name = "only",
      .type = OPTION_MANY,
      .arg = "col=v,...",
      .offset = offsetof(struct score_settings, only),
      .help = "only rows whose column has one of the values" },
    { .name = "speaker",
      .type = OPTION_TEXT,
      .arg = "col",
      .offset = offsetof(struct score_settings, speaker),
      .help = "the column that says who speaks (default: speaker)" },
    { .name = "level",
      .type = OPTION_NUMBER,
      .arg = "p",
      .offset = offsetof(struct score_settings, level),
      .min = 0.5,
      .max = 0.9999,
      .help = "confidence level of the intervals (default: 0.95)" },
    { .name = "bootstrap",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct score_settings, bootstrap),
      .min = 0,
      .max = 1000000,
      .help = "resamples of the bootstrap; 0: none (default: 2000)" },
    { .name = "seed",
      .type = OPTION_SEED,
      .arg = "n",
      .offset = offsetof(struct score_settings, seed),
      .help = "seed of the bootstrap (default: 1)" },
    { .name = "format",
      .letter = 'f',
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct score_settings, format),
      .choices = output_format_names,
      .help = "print as text, csv or json" },
    OPTION_END
};

static void print(const struct evaluation *evaluation, int format,
                  const char *name, struct buf *out)
{
    if (format == OUTPUT_JSON)
        evaluation_json(evaluation, out);
    else if (format == OUTPUT_CSV)
        scores_csv(evaluation, out);
    else
        scores_text(evaluation, name, out);
}

static int cmd_score(void *context, int argc, char **argv, struct error *err)
{
    const struct score_settings *settings = context;
    struct predictions_options options = {
        .task = (enum predictions_task)settings->task,
        .speaker = settings->speaker,
        .only = &settings->only,
    };
    struct evaluation_settings how = { .by = &settings->by,
                                       .level = settings->level,
                                       .resamples = settings->bootstrap,
                                       .seed = settings->seed };
    struct predictions *predictions = NULL;
    struct evaluation *evaluation = NULL;
    struct buf out = { 0 };
    char *owned = NULL;

    if (argc != 1) {
        error_set(err, ERROR_USAGE,
                  argc < 1 ? "which RUN or predictions.csv?"
                           : "one RUN or predictions.csv at a time");
        return 0;
    }
    interrupt_install();
    predictions = predictions_read(argv[0], &options, err);
    if (!predictions || !scores_normalization(argv[0], &how, &owned, err))
        goto done;
    evaluation = evaluation_new(predictions, &how, err);
    if (!evaluation)
        goto done;
    print(evaluation, settings->format, argv[0], &out);
    output_write(&out, err);
done:
    buf_release(&out);
    evaluation_free(evaluation);
    predictions_free(predictions);
    free(owned);
    return 0;
}

const struct command cmd_score_entry = {
    .name = "score",
    .group = "Scores",
    .synopsis = "[options] RUN|predictions.csv",
    .summary = "score predictions, overall and for each group",
    .options = score_options,
    .settings_size = sizeof(struct score_settings),
    .defaults = &defaults,
    .run = cmd_score,
};
