/*
 * cmd_cv - cross-validate a learner on a corpus table.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/interrupt.h"
#include "common/base/log.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/pool.h"
#include "common/cli/output.h"
#include "eval/commands.h"
#include "eval/cv_summary.h"
#include "eval/fair/evaluation.h"
#include "eval/fair/group.h"
#include "eval/scores.h"
#include "eval/valid/cv_table.h"
#include "eval/valid/run_folder.h"
#include "eval/valid/run_record.h"

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
             .inner = 5,
             .normalize = "global",
             .neutral = "neutral",
             .seed = 1 },
};

static const struct option_spec cv_specs[] = {
    { .name = "features",
      .letter = 'F',
      .type = OPTION_MANY,
      .arg = "[name=]file",
      .offset = offsetof(struct cv_options, run.features),
      .help = "a feature table, joined on id; give it once for each modality" },
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

/* All that a run is made of, so that one place can clean up. */
struct cv_job {
    const struct cv_options *options;
    struct run_arguments *arguments; /* of the options, or of the record */
    struct run_record record;
    struct run_inputs inputs;
    struct cv_settings settings;
    struct design *design;
    struct cv_result result;
    struct text_list attributes;
    struct predictions *predictions;
    struct evaluation *evaluation;
    struct run_folder *folder;
    struct timespec began;
};

static double seconds_since(const struct timespec *began, clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)(now.tv_sec - began->tv_sec) +
           (double)(now.tv_nsec - began->tv_nsec) / 1e9;
}

static bool check_words(const struct cv_options *options, int argc,
                        struct error *err)
{
    const struct run_arguments *run = &options->run;

    if (!options->output)
        return error_set(err, ERROR_USAGE,
                         "-o RUN is needed: the folder that is made");
    if (options->from) {
        if (argc == 0 && memcmp(run, &cv_defaults.run, sizeof(*run)) == 0)
            return true;
        return error_set(err, ERROR_USAGE,
                         "--from repeats a run as it was: only -o, --force, "
                         "--jobs and --format can stand beside it");
    }
    if (argc != 1)
        return error_set(err, ERROR_USAGE,
                         argc < 1 ? "which corpus table?"
                                  : "one corpus table at a time");
    if (run->features.count == 0)
        return error_set(err, ERROR_USAGE,
                         "--features FILE is needed, once for each modality");
    if (!run->target)
        return error_set(err, ERROR_USAGE,
                         "--target COL is needed: what is predicted");
    if (run->group && strncmp(run->folds, "logo:", 5) == 0)
        return error_set(err, ERROR_USAGE,
                         "--folds %s stands in place of --group %s: give one "
                         "of them",
                         run->folds, run->group);
    return true;
}

static bool read_folds(struct cv_job *job, struct error *err)
{
    const char *folds = job->arguments->folds;
    const char *group = job->arguments->group;
    int64_t count;

    job->settings.group_name = group ? group : "speaker";
    job->settings.folds = 0;
    if (strcmp(folds, "loso") == 0)
        return true;
    if (strncmp(folds, "logo:", 5) == 0 && folds[5]) {
        job->settings.group_name = folds + 5;
        return true;
    }
    if (!number_parse_int(folds, &count) || count < 2 || count > 1000000)
        return error_set(err, ERROR_USAGE,
                         "--folds: \"%s\" is none of loso, a number from 2, "
                         "logo:COL",
                         folds);
    job->settings.folds = (size_t)count;
    return true;
}

static bool read_model(struct cv_job *job, struct error *err)
{
    const struct run_arguments *run = job->arguments;
    const char *name = run->model;
    const struct learner *learner;

    if (!name)
        name = run->task == RUN_TASK_REGRESS ? "svr" : "svm";
    learner = learner_find(name, err);
    if (!learner)
        return error_prefix(err, "--model");
    if (run->task != RUN_TASK_AUTO &&
        (run->task == RUN_TASK_REGRESS) != (learner->task == LEARNER_REGRESS))
        return error_set(err, ERROR_USAGE, "--model %s does not %s", name,
                         run_task_names[run->task]);
    job->settings.setup.learner = learner;
    job->settings.setup.balanced = run->weights == RUN_WEIGHTS_BALANCED;
    return tune_grid_parse(&job->settings.grid, learner, &run->params, err);
}

static bool read_settings(struct cv_job *job, struct error *err)
{
    const struct run_arguments *run = job->arguments;
    struct cv_settings *settings = &job->settings;
    struct text_list groupings = { 0 };
    bool good;

    settings->shuffle = run->shuffle;
    settings->inner = (size_t)run->inner;
    settings->seed = run->seed;
    settings->jobs = (int)job->options->jobs;
    settings->setup.normalize.impute = (enum impute)run->impute;
    if (!read_folds(job, err) || !read_model(job, err))
        return false;
    if (!normalize_parse(run->normalize, &settings->setup.normalize, err))
        return error_prefix(err, "--normalize");
    good = group_expand(&run->by, &groupings, err);
    text_list_release(&groupings);
    return good;
}

static bool read_tables(struct cv_job *job, struct error *err)
{
    const struct run_arguments *run = job->arguments;
    const struct design_settings settings = {
        .corpus = run->corpus,
        .features = &run->features,
        .only = &run->only,
        .target = run->target,
        .group = job->settings.group_name,
        .task = job->settings.setup.learner->task,
        .numbers_are_names = run->task == RUN_TASK_CLASSIFY,
        .normalize = job->settings.setup.normalize,
        .neutral = run->neutral,
    };
    bool by_speaker = strncmp(run->folds, "logo:", 5) != 0;

    if (!run_inputs_take(&job->inputs, run, err))
        return false;
    if (job->options->from) {
        if (!run_record_same(&job->record, &job->inputs, err))
            return false;
        if (strcmp(run_record_version(&job->record), PACKAGE_VERSION) != 0)
            log_warning("that run was made by mien %s, this is %s: the "
                        "result may differ",
                        run_record_version(&job->record), PACKAGE_VERSION);
    }
    job->design = design_read(&settings, by_speaker, err);
    if (!job->design)
        return false;
    job->settings.setup.design = job->design;
    return cv_table_attributes(job->design, &run->by, &job->attributes, err);
}

/* metrics.json and the summary are of the table as it is written. */
static bool score_run(struct cv_job *job, struct error *err)
{
    const struct run_arguments *run = job->arguments;
    struct evaluation_settings how = {
        .by = &run->by,
        .level = 0.95,
        .resamples = EVALUATION_RESAMPLES,
        .seed = run->seed,
        .normalization = run->normalize,
        .transductive =
            normalize_is_transductive(&job->settings.setup.normalize),
    };
    struct columns *sheet =
        cv_table(&job->settings, &job->result, &job->attributes, err);

    if (!sheet)
        return false;
    if (how.transductive)
        columns_set_note(sheet, "normalization", "speaker (transductive)");
    job->predictions = predictions_take(sheet, "predictions.csv", NULL, err);
    if (!job->predictions)
        return false;
    job->evaluation = evaluation_new(job->predictions, &how, err);
    return job->evaluation != NULL;
}

static void print_timing(const struct cv_job *job, struct buf *out)
{
    static const struct timespec never = { 0 };
    struct json_writer json;

    json_writer_init(&json, out, 1);
    json_begin_object(&json);
    json_pair_int(&json, "mien", 1);
    json_pair_number(&json, "wall_seconds",
                     seconds_since(&job->began, CLOCK_MONOTONIC));
    json_pair_number(&json, "cpu_seconds",
                     seconds_since(&never, CLOCK_PROCESS_CPUTIME_ID));
    json_pair_int(&json, "jobs",
                  job->options->jobs ? job->options->jobs
                                     : pool_default_jobs());
    json_end_object(&json);
    buf_add_char(out, '\n');
}

static bool write_predictions(const struct cv_job *job, struct error *err)
{
    char *path = run_folder_file(job->folder, "predictions.csv");
    bool done = predictions_write(job->predictions, path, err);

    free(path);
    return done;
}

static bool write_run(struct cv_job *job, struct error *err)
{
    const struct cv_options *options = job->options;
    struct run_folder *folder;
    struct buf text = { 0 };
    bool done = false;

    job->folder = run_folder_open(options->output, options->force, err);
    if (!job->folder || !write_predictions(job, err))
        goto failed;
    evaluation_json(job->evaluation, &text);
    if (!run_folder_write(job->folder, "metrics.json", &text, err))
        goto failed;
    buf_clear(&text);
    run_record_print(options->output, job->arguments, &job->inputs,
                     &job->settings, &job->result, &text);
    if (!run_folder_write(job->folder, "run.json", &text, err))
        goto failed;
    buf_clear(&text);
    print_timing(job, &text);
    if (!run_folder_write(job->folder, "timing.json", &text, err) ||
        !interrupt_check(err))
        goto failed;
    folder = job->folder;
    job->folder = NULL;
    done = run_folder_commit(folder, err);

failed:
    buf_release(&text);
    return done;
}

static bool print_result(const struct cv_job *job, struct error *err)
{
    struct buf out = { 0 };
    bool done;

    for (size_t i = 0; i < job->result.warnings.count; i++)
        log_warning("%s", job->result.warnings.item[i]);
    if (job->options->format == OUTPUT_JSON)
        evaluation_json(job->evaluation, &out);
    else if (job->options->format == OUTPUT_CSV)
        scores_csv(job->evaluation, &out);
    else
        cv_summary(&job->settings, &job->result, job->evaluation,
                   job->options->output, &out);
    done = output_write(&out, err);
    buf_release(&out);
    return done;
}

static void release_job(struct cv_job *job)
{
    run_folder_abort(job->folder);
    evaluation_free(job->evaluation);
    predictions_free(job->predictions);
    text_list_release(&job->attributes);
    cv_result_release(&job->result);
    design_free(job->design);
    tune_grid_release(&job->settings.grid);
    run_inputs_release(&job->inputs);
    run_record_release(&job->record);
}

static int cmd_cv(void *context, int argc, char **argv, struct error *err)
{
    struct cv_options *options = context;
    struct cv_job job = { .options = options, .arguments = &options->run };
    bool done = false;

    clock_gettime(CLOCK_MONOTONIC, &job.began);
    if (!check_words(options, argc, err))
        return error_exit_status(err->code);
    interrupt_install();
    if (options->from) {
        if (!run_record_read(options->from, &job.record, err))
            goto failed;
        job.arguments = &job.record.arguments;
    } else {
        options->run.corpus = argv[0];
    }
    done = read_settings(&job, err) &&
           run_folder_check(options->output, options->force, err) &&
           read_tables(&job, err) && cv_run(&job.settings, &job.result, err) &&
           score_run(&job, err) && write_run(&job, err) &&
           print_result(&job, err);

failed:
    release_job(&job);
    return done ? 0 : error_exit_status(err->code);
}

const struct command cmd_cv_entry = {
    .name = "cv",
    .group = "Models",
    .synopsis = "corpus.csv --features [name=]file --target col -o run "
                "[options]",
    .summary = "cross-validate a learner",
    .options = cv_specs,
    .settings_size = sizeof(struct cv_options),
    .defaults = &cv_defaults,
    .run = cmd_cv,
};
