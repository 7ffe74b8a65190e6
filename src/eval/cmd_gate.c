/*
 * cmd_gate - may this model pass?  Exit status 0: yes; 1: no, or unknown.
 */
#include <config.h>

#include <stddef.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/cli/output.h"
#include "eval/commands.h"
#include "eval/fair/evaluation.h"
#include "eval/fair/gate.h"
#include "eval/scores.h"
#include "eval/verdict.h"

struct gate_settings {
    const char *policy;
    int task;
    struct text_list only;
    const char *speaker;
    int64_t bootstrap;
    uint64_t seed;
    int format;
};

static const struct gate_settings defaults = {
    .bootstrap = EVALUATION_RESAMPLES,
    .seed = 1,
};

static const char *const task_names[] = { "auto", "classify", "regress", NULL };

enum {
    SPLITS_ALL = 20000, /* tried one by one up to so many */
    SPLITS_SOME = 4999, /* else a sample of so many */
};

static const struct option_spec gate_options[] = {
    { .name = "policy",
      .letter = 'p',
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct gate_settings, policy),
      .help = "what has to be reached; see mien-policy(5)" },
    { .name = "task",
      .type = OPTION_CHOICE,
      .arg = "what",
      .offset = offsetof(struct gate_settings, task),
      .choices = task_names,
      .help = "classify, regress, or auto: as the file says" },
    { .name = "only",
      .type = OPTION_MANY,
      .arg = "col=v,...",
      .offset = offsetof(struct gate_settings, only),
      .help = "only rows whose column has one of the values" },
    { .name = "speaker",
      .type = OPTION_TEXT,
      .arg = "col",
      .offset = offsetof(struct gate_settings, speaker),
      .help = "the column that says who speaks (default: speaker)" },
    { .name = "bootstrap",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct gate_settings, bootstrap),
      .min = 0,
      .max = 1000000,
      .help = "resamples of the bootstrap; 0: none (default: 2000)" },
    { .name = "seed",
      .type = OPTION_SEED,
      .arg = "n",
      .offset = offsetof(struct gate_settings, seed),
      .help = "seed of resamples and permutations (default: 1)" },
    { .name = "format",
      .letter = 'f',
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct gate_settings, format),
      .choices = output_format_names,
      .help = "print as text, csv or json" },
    OPTION_END
};

static bool check_words(const struct gate_settings *settings, int argc,
                        struct error *err)
{
    if (!settings->policy)
        return error_set(err, ERROR_USAGE, "--policy=FILE is needed");
    if (argc == 1)
        return true;
    return error_set(err, ERROR_USAGE,
                     argc < 1 ? "which RUN or predictions.csv?"
                              : "one RUN or predictions.csv at a time");
}

static int cmd_gate(void *context, int argc, char **argv, struct error *err)
{
    const struct gate_settings *settings = context;
    struct predictions_options options = {
        .task = (enum predictions_task)settings->task,
        .speaker = settings->speaker,
        .only = &settings->only,
    };
    struct gap_settings how = { .resamples = settings->bootstrap,
                                .seed = settings->seed,
                                .exact_limit = SPLITS_ALL,
                                .permutations = SPLITS_SOME };
    struct evaluation_settings made = { 0 };
    struct predictions *predictions = NULL;
    struct policy *policy = NULL;
    char *owned = NULL;
    struct gate gate = { 0 };
    struct buf out = { 0 };
    int status = 1;

    if (!check_words(settings, argc, err))
        return 0;
    interrupt_install();
    policy = policy_read(settings->policy, err);
    if (policy)
        predictions = predictions_read(argv[0], &options, err);
    if (!predictions || !scores_normalization(argv[0], &made, &owned, err) ||
        !gate_run(predictions, policy, &how, &gate, err))
        goto done;
    gate.normalization = made.normalization;
    gate.transductive = made.transductive;
    if (settings->format == OUTPUT_JSON)
        gate_json(&gate, &out);
    else if (settings->format == OUTPUT_CSV)
        verdict_csv(&gate, &out);
    else
        verdict_text(&gate, argv[0], &out);
    output_write(&out, err);
    status = gate.passed ? 0 : 1;
done:
    buf_release(&out);
    gate_release(&gate);
    predictions_free(predictions);
    policy_free(policy);
    free(owned);
    return status;
}

const struct command cmd_gate_entry = {
    .name = "gate",
    .group = "Scores",
    .synopsis = "--policy file [options] RUN|predictions.csv",
    .summary = "hold predictions against a policy; exit status 0 or 1",
    .options = gate_options,
    .settings_size = sizeof(struct gate_settings),
    .defaults = &defaults,
    .run = cmd_gate,
};
