/*
 * cmd_cv - cross-validate a learner on a corpus table.
 */
#include <config.h>

#include <string.h>

#include "common/base/interrupt.h"
#include "common/base/log.h"
#include "common/cli/output.h"
#include "eval/commands.h"
#include "eval/cv_job.h"
#include "eval/cv_summary.h"
#include "eval/scores.h"

enum { INNER_FOLDS = 5 }; /* where --inner is not given */

struct cv_options {
    struct run_arguments run;
    const char *from;
    const char *output;
    bool force;
    int64_t jobs;
    int format;
};

static const struct cv_options cv_defaults = {
    .run = { .folds = "loso",
             .normalize = "global",
             .neutral = "neutral",
             .text_ngrams = 1,
             .text_min_items = 2,
             .text_terms = 2000,
             .seed = 1 },
};

static const struct option_spec cv_specs[] = {
    { .name = "features",
      .letter = 'F',
      .type = OPTION_MANY,
      .arg = "[name=]file",
      .offset = offsetof(struct cv_options, run.features),
      .help = "a feature table, joined on id; give it once for each modality" },
    { .name = "text",
      .type = OPTION_TEXT,
      .arg = "col",
      .offset = offsetof(struct cv_options, run.text),
      .help = "the words of this column are features too: tf-idf, fitted in "
              "each training part alone" },
    { .name = "text-ngrams",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct cv_options, run.text_ngrams),
      .min = 1,
      .max = TFIDF_MAX_NGRAM,
      .with = "text",
      .help = "runs of up to so many words are terms (default: 1)" },
    { .name = "text-min-items",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct cv_options, run.text_min_items),
      .min = 1,
      .max = 1000000,
      .with = "text",
      .help = "a term is a feature when so many training items have it "
              "(default: 2)" },
    { .name = "text-terms",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct cv_options, run.text_terms),
      .min = 1,
      .max = 100000,
      .with = "text",
      .help = "at most so many terms, the most frequent ones (default: "
              "2000)" },
    { .name = "target",
      .letter = 't',
      .type = OPTION_TEXT,
      .arg = "col",
      .offset = offsetof(struct cv_options, run.target),
      .help = "the column that is predicted" },
    { .name = "group",
      .letter = 'g',
      .type = OPTION_TEXT,
      .arg = "col",
      .offset = offsetof(struct cv_options, run.group),
      .help = "the column whose values are never in training and test at "
              "once (default: speaker)" },
    { .name = "folds",
      .letter = 'k',
      .type = OPTION_TEXT,
      .arg = "how",
      .offset = offsetof(struct cv_options, run.folds),
      .help = "loso: leave one group out (the default); K: so many "
              "stratified folds of whole groups; logo:COL: leave one value "
              "of COL out, in place of --group" },
    { .name = "shuffle",
      .type = OPTION_FLAG,
      .offset = offsetof(struct cv_options, run.shuffle),
      .help = "deal the groups to the folds by chance, still stratified" },
    { .name = "model",
      .letter = 'm',
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct cv_options, run.model),
      .help = "svm (the default), logreg, or svr, which predicts numbers" },
    { .name = "task",
      .type = OPTION_CHOICE,
      .arg = "what",
      .offset = offsetof(struct cv_options, run.task),
      .choices = run_task_names,
      .help = "classify takes numbers for names of classes too, regress "
              "predicts numbers (svr), auto goes by the model" },
    { .name = "param",
      .letter = 'p',
      .type = OPTION_MANY,
      .arg = "name=v,...",
      .offset = offsetof(struct cv_options, run.params),
      .help = "values of a parameter (C, eps; svr also epsilon); of several "
              "the best is chosen inside each training part" },
    { .name = "inner",
      .type = OPTION_INT,
      .arg = "K",
      .offset = offsetof(struct cv_options, run.inner),
      .min = 2,
      .max = 1000,
      .help = "folds of whole groups inside the training part, for that "
              "choice (default: 5)" },
    { .name = "normalize",
      .letter = 'n',
      .type = OPTION_TEXT,
      .arg = "how",
      .offset = offsetof(struct cv_options, run.normalize),
      .help = "none, global (the default: z-scores of the training part), "
              "speaker (transductive), enrol:K, neutral-enrol:K" },
    { .name = "normalize-by",
      .type = OPTION_TEXT,
      .arg = "col",
      .offset = offsetof(struct cv_options, run.normalize_by),
      .help = "speaker and enrol:K go by the values of this column, such as "
              "session, in place of the speaker; folds do not" },
    { .name = "spread",
      .type = OPTION_CHOICE,
      .arg = "what",
      .offset = offsetof(struct cv_options, run.spread),
      .choices = normalize_spread_names,
      .without = "normalize=none",
      .help = "normalise by mean and sd, or by median and mad (robust)" },
    { .name = "cascade",
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct cv_options, run.cascade),
      .choices = cascade_names,
      .help = "after it: none, power (the signed square root of each cell), "
              "unit (that, and items of one length)" },
    { .name = "neutral",
      .type = OPTION_TEXT,
      .arg = "label",
      .offset = offsetof(struct cv_options, run.neutral),
      .help = "the class that neutral-enrol takes (default: neutral)" },
    { .name = "impute",
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct cv_options, run.impute),
      .choices = impute_names,
      .help = "fill a missing cell with the training part's mean or median" },
    { .name = "class-weights",
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct cv_options, run.weights),
      .choices = run_weights_names,
      .without = "model=svr,task=regress",
      .help = "balanced: class k of K weighs n / (K n_k) in training; or "
              "none" },
    { .name = "by",
      .letter = 'b',
      .type = OPTION_LIST,
      .arg = "col,...",
      .offset = offsetof(struct cv_options, run.by),
      .help = "score each group of these columns too, and of their "
              "intersections" },
    { .name = "only",
      .type = OPTION_MANY,
      .arg = "col=v,...",
      .offset = offsetof(struct cv_options, run.only),
      .help = "only items whose column has one of the values" },
    { .name = "seed",
      .letter = 's',
      .type = OPTION_SEED,
      .arg = "n",
      .offset = offsetof(struct cv_options, run.seed),
      .help = "seed of all chance (default: 1)" },
    { .name = "from",
      .type = OPTION_TEXT,
      .arg = "run.json",
      .offset = offsetof(struct cv_options, from),
      .help = "repeat an earlier run, on the same inputs" },
    { .name = "jobs",
      .letter = 'j',
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct cv_options, jobs),
      .min = 0,
      .max = 1024,
      .help = "folds at the same time (default: one for each processor)" },
    { .name = "output",
      .letter = 'o',
      .type = OPTION_TEXT,
      .arg = "run",
      .offset = offsetof(struct cv_options, output),
      .help = "the run folder that is made" },
    { .name = "force",
      .type = OPTION_FLAG,
      .offset = offsetof(struct cv_options, force),
      .help = "replace an earlier run of that name" },
    { .name = "format",
      .letter = 'f',
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct cv_options, format),
      .choices = output_format_names,
      .help = "print a summary as text, or all scores as csv or json" },
    OPTION_END
};

/* All that is missing, in the order in which one makes it. */
static bool name_missing(const struct cv_options *options, int argc,
                         struct error *err)
{
    const char *missing[4];
    size_t count = 0;

    if (argc < 1)
        missing[count++] = "the corpus table";
    if (options->run.features.count == 0 && !options->run.text)
        missing[count++] = "--features FILE (once for each modality) or "
                           "--text COL";
    if (!options->run.target)
        missing[count++] = "--target COL (what is predicted)";
    if (!options->output)
        missing[count++] = "--output RUN (the folder that is made)";
    if (count == 0)
        return true;
    error_set(err, ERROR_USAGE, "still needed:");
    for (size_t i = 0; i < count; i++)
        error_append(err, "%s %s", i > 0 ? "," : "", missing[i]);
    return false;
}

/* Does --param leave anything to be chosen? */
static bool searches(const struct run_arguments *run)
{
    for (size_t i = 0; i < run->params.count; i++)
        if (strchr(run->params.item[i], ','))
            return true;
    return false;
}

/* What would have no effect, where that depends on more than options. */
static bool check_effect(const struct run_arguments *run, struct error *err)
{
    if (run->shuffle && (strcmp(run->folds, "loso") == 0 ||
                         strncmp(run->folds, "logo:", 5) == 0))
        return error_set(err, ERROR_USAGE,
                         "--shuffle goes with --folds K, not %s", run->folds);
    if (run->inner > 0 && !searches(run))
        return error_set(err, ERROR_USAGE,
                         "--inner goes with --param of several values, such "
                         "as C=0.01,0.1");
    if (run->neutral != cv_defaults.run.neutral &&
        strncmp(run->normalize, "neutral-enrol:", 14) != 0)
        return error_set(err, ERROR_USAGE,
                         "--neutral goes with --normalize neutral-enrol:K, "
                         "not %s",
                         run->normalize);
    return true;
}

static bool check_words(const struct cv_options *options, int argc,
                        struct error *err)
{
    const struct run_arguments *run = &options->run;

    if (options->from) {
        if (!options->output)
            return error_set(err, ERROR_USAGE,
                             "--output RUN is needed: the folder that is made");
        if (argc == 0 && memcmp(run, &cv_defaults.run, sizeof(*run)) == 0)
            return true;
        return error_set(err, ERROR_USAGE,
                         "--from repeats a run as it was: only -o, --force, "
                         "--jobs and --format can stand beside it");
    }
    if (!name_missing(options, argc, err))
        return false;
    if (argc > 1)
        return error_set(err, ERROR_USAGE, "one corpus table at a time");
    if (run->group && strncmp(run->folds, "logo:", 5) == 0)
        return error_set(err, ERROR_USAGE,
                         "--folds %s stands in place of --group %s: give one "
                         "of them",
                         run->folds, run->group);
    return check_effect(run, err);
}

static bool print_result(const struct cv_job *job, int format,
                         struct error *err)
{
    struct buf out = { 0 };
    bool done;

    for (size_t i = 0; i < job->result.warnings.count; i++)
        log_warning("%s", job->result.warnings.item[i]);
    if (format == OUTPUT_JSON)
        evaluation_json(job->scored.evaluation, &out);
    else if (format == OUTPUT_CSV)
        scores_csv(job->scored.evaluation, &out);
    else
        cv_summary(&job->settings, &job->result, job->scored.evaluation,
                   job->beside.evaluation, job->output, &out);
    done = output_write(&out, err);
    buf_release(&out);
    return done;
}

static int cmd_cv(void *context, int argc, char **argv, struct error *err)
{
    struct cv_options *options = context;
    struct cv_job job = { .arguments = &options->run,
                          .output = options->output,
                          .force = options->force,
                          .jobs = (int)options->jobs };
    bool done;

    if (!check_words(options, argc, err))
        return error_exit_status(err->code);
    interrupt_install();
    if (options->run.inner == 0)
        options->run.inner = INNER_FOLDS;
    if (!options->from)
        options->run.corpus = argv[0];
    done = cv_job_run(&job, options->from, err) &&
           print_result(&job, options->format, err);
    cv_job_release(&job);
    return done ? 0 : error_exit_status(err->code);
}

const struct command cmd_cv_entry = {
    .name = "cv",
    .group = "Models",
    .synopsis = "corpus.csv --features file --target col -o run [options]",
    .summary = "cross-validate a learner",
    .options = cv_specs,
    .settings_size = sizeof(struct cv_options),
    .defaults = &cv_defaults,
    .run = cmd_cv,
};
