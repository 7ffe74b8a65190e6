/*
 * cv_job - one run of cv: read, cross-validate, score, write the folder.
 */
#include <config.h>

#include "eval/cv_job.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/interrupt.h"
#include "common/base/log.h"
#include "common/base/number.h"
#include "common/base/pool.h"
#include "common/base/vec.h"
#include "eval/fair/group.h"
#include "eval/valid/cv_table.h"
#include "eval/valid/run_folder.h"

static double seconds_since(const struct timespec *began, clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)(now.tv_sec - began->tv_sec) +
           (double)(now.tv_nsec - began->tv_nsec) / 1e9;
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
    settings->jobs = job->jobs;
    settings->setup.normalize.impute = (enum impute)run->impute;
    settings->setup.normalize.robust = run->spread != 0;
    settings->setup.normalize.cascade = (enum cascade)run->cascade;
    settings->normalize_by = run->normalize_by;
    settings->setup.words =
        (struct tfidf_settings){ .ngram = (size_t)run->text_ngrams,
                                 .min_items = (size_t)run->text_min_items,
                                 .max_terms = (size_t)run->text_terms };
    if (!read_folds(job, err) || !read_model(job, err))
        return false;
    if (!normalize_parse(run->normalize, &settings->setup.normalize, err))
        return error_prefix(err, "--normalize");
    if (run->normalize_by &&
        !normalize_needs_speakers(&settings->setup.normalize))
        return error_set(err, ERROR_USAGE,
                         "--normalize-by is for --normalize speaker, enrol:K "
                         "and neutral-enrol:K, not %s",
                         run->normalize);
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
        .normalize_by = run->normalize_by,
        .neutral = run->neutral,
        .text = run->text,
        .ngram = (size_t)run->text_ngrams,
        .terms = (size_t)run->text_terms,
    };
    bool by_speaker = strncmp(run->folds, "logo:", 5) != 0;

    if (!run_inputs_take(&job->inputs, run, err))
        return false;
    if (job->record.document) { /* it repeats that run */
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

/* `how` names the normalisation that `result` was made with. */
static bool score_result(const struct cv_job *job,
                         const struct cv_result *result, const char *how,
                         const struct text_list *by, struct cv_scored *scored,
                         struct error *err)
{
    struct evaluation_settings settings = {
        .by = by,
        .level = 0.95,
        .resamples = EVALUATION_RESAMPLES,
        .seed = job->arguments->seed,
        .normalization = how,
        .transductive = strcmp(how, "speaker") == 0,
    };
    struct columns *sheet =
        cv_table(&job->settings, result, &job->attributes, err);

    if (!sheet)
        return false;
    if (settings.transductive)
        columns_set_note(sheet, "normalization", "speaker (transductive)");
    scored->predictions = predictions_take(sheet, "predictions.csv", NULL, err);
    if (!scored->predictions)
        return false;
    scored->evaluation = evaluation_new(scored->predictions, &settings, err);
    return scored->evaluation != NULL;
}

/*
 * The same folds and the same search with global z-scores: what is left
 * when the tested speakers are strangers.
 */
static bool run_beside(struct cv_job *job, struct error *err)
{
    struct cv_settings settings = job->settings;
    struct cv_result result;
    bool done;

    if (!normalize_is_transductive(&settings.setup.normalize))
        return true;
    settings.setup.normalize.mode = NORMALIZE_GLOBAL;
    if (!cv_run(&settings, &result, err))
        return false;
    done = score_result(job, &result, "global", NULL, &job->beside, err);
    cv_result_release(&result);
    return done;
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
    json_pair_int(&json, "jobs", job->jobs ? job->jobs : pool_default_jobs());
    json_end_object(&json);
    buf_add_char(out, '\n');
}

static bool write_predictions(const struct cv_job *job,
                              const struct run_folder *folder,
                              struct error *err)
{
    char *path = run_folder_file(folder, "predictions.csv");
    bool done = predictions_write(job->scored.predictions, path, err);

    free(path);
    return done;
}

static struct run_score brief_score(const struct score *score)
{
    const struct interval *interval = score_interval(score);

    return (struct run_score){
        .metric = score->metric->name,
        .defined = score->value.defined,
        .value = score->value.value,
        .ranged = score->evidence == EVIDENCE_MEASURED && interval->defined,
        .low = interval->low,
        .high = interval->high,
    };
}

static void print_record(const struct cv_job *job, struct buf *out)
{
    struct run_score score[32];
    size_t count = 0;

    if (job->beside.evaluation) {
        const struct part *all = &job->beside.evaluation->parts.item[0];

        for (size_t i = 0; i < all->scores.count; i++)
            if (all->scores.item[i].label == METRIC_NO_LABEL &&
                count < LENGTH_OF(score))
                score[count++] = brief_score(&all->scores.item[i]);
    }
    run_record_print(job->output, job->arguments, &job->inputs, &job->settings,
                     &job->result, score, count, out);
}

static bool write_run(struct cv_job *job, struct error *err)
{
    struct run_folder *folder = run_folder_open(job->output, job->force, err);
    struct buf text = { 0 };

    if (!folder || !write_predictions(job, folder, err))
        goto failed;
    evaluation_json(job->scored.evaluation, &text);
    if (!run_folder_write(folder, "metrics.json", &text, err))
        goto failed;
    buf_clear(&text);
    print_record(job, &text);
    if (!run_folder_write(folder, "run.json", &text, err))
        goto failed;
    buf_clear(&text);
    print_timing(job, &text);
    if (!run_folder_write(folder, "timing.json", &text, err) ||
        !interrupt_check(err))
        goto failed;
    buf_release(&text);
    return run_folder_commit(folder, err);

failed:
    run_folder_abort(folder);
    buf_release(&text);
    return false;
}

bool cv_job_run(struct cv_job *job, const char *from, struct error *err)
{
    clock_gettime(CLOCK_MONOTONIC, &job->began);
    if (from) {
        if (!run_record_read(from, &job->record, err))
            return false;
        job->arguments = &job->record.arguments;
    }
    return read_settings(job, err) &&
           run_folder_check(job->output, job->force, err) &&
           read_tables(job, err) && cv_run(&job->settings, &job->result, err) &&
           score_result(job, &job->result, job->arguments->normalize,
                        &job->arguments->by, &job->scored, err) &&
           run_beside(job, err) && write_run(job, err);
}

static void release_scored(struct cv_scored *scored)
{
    evaluation_free(scored->evaluation);
    predictions_free(scored->predictions);
}

void cv_job_release(struct cv_job *job)
{
    release_scored(&job->scored);
    release_scored(&job->beside);
    text_list_release(&job->attributes);
    cv_result_release(&job->result);
    design_free(job->design);
    tune_grid_release(&job->settings.grid);
    run_inputs_release(&job->inputs);
    run_record_release(&job->record);
}
