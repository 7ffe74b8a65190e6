/*
 * run_record - run.json, written.
 */
#include <config.h>

#include "eval/valid/run_record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/vec.h"

const char *const run_task_names[] = { "auto", "classify", "regress", NULL };
const char *const run_weights_names[] = { "balanced", "none", NULL };

/* Takes over `name` and `path`. */
static bool take_input(struct run_inputs *inputs, char *name, char *path,
                       struct error *err)
{
    struct run_input input = { .name = name, .path = path };
    uint8_t hash[HASH_SIZE];
    struct stat status;
    bool done;

    /* It is read twice: hashed, then parsed. */
    if (strcmp(path, "-") == 0 ||
        (stat(path, &status) == 0 && !S_ISREG(status.st_mode) &&
         !S_ISDIR(status.st_mode)))
        done = error_set(err, ERROR_INPUT,
                         "%s: a run records the hashes of its inputs and reads "
                         "them again: write this to a file first",
                         path);
    else
        done = hash_file_sha256(path, hash, err);
    if (done)
        hash_to_hex(hash, HASH_SIZE, input.sha256);
    VEC_PUSH(inputs, input);
    return done;
}

bool run_inputs_take(struct run_inputs *inputs,
                     const struct run_arguments *arguments, struct error *err)
{
    if (!take_input(inputs, NULL, xstrdup(arguments->corpus), err))
        return false;
    for (size_t i = 0; i < arguments->features.count; i++) {
        char *name, *path;

        design_split_name(arguments->features.item[i], &name, &path);
        if (!take_input(inputs, name, path, err))
            return false;
    }
    return true;
}

void run_inputs_release(struct run_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        free(inputs->item[i].name);
        free(inputs->item[i].path);
    }
    free(inputs->item);
    memset(inputs, 0, sizeof(*inputs));
}

static void put_list(struct json_writer *json, const char *key,
                     const struct text_list *list)
{
    json_put_key(json, key);
    json_begin_list(json);
    for (size_t i = 0; i < list->count; i++)
        json_put_text(json, list->item[i]);
    json_end_list(json);
}

static void pair_size(struct json_writer *json, const char *key, size_t value)
{
    json_pair_int(json, key, (int64_t)value);
}

/* JSON numbers are exact up to 2^53; a larger seed is text. */
static void put_seed(struct json_writer *json, uint64_t seed)
{
    if (seed <= (uint64_t)1 << 53) {
        json_pair_int(json, "seed", (int64_t)seed);
    } else {
        char *text = xasprintf("%llu", (unsigned long long)seed);

        json_pair_text(json, "seed", text);
        free(text);
    }
}

static void put_arguments(struct json_writer *json,
                          const struct run_arguments *arguments)
{
    json_put_key(json, "arguments");
    json_begin_object(json);
    json_pair_text(json, "target", arguments->target);
    json_pair_text(json, "group", arguments->group);
    json_pair_text(json, "folds", arguments->folds);
    json_pair_bool(json, "shuffle", arguments->shuffle);
    json_pair_text(json, "model", arguments->model);
    json_pair_text(json, "task", run_task_names[arguments->task]);
    put_list(json, "param", &arguments->params);
    json_pair_int(json, "inner", arguments->inner);
    json_pair_text(json, "normalize", arguments->normalize);
    json_pair_text(json, "normalize_by", arguments->normalize_by);
    json_pair_text(json, "spread", normalize_spread_names[arguments->spread]);
    json_pair_text(json, "cascade", cascade_names[arguments->cascade]);
    json_pair_text(json, "neutral", arguments->neutral);
    json_pair_text(json, "impute", impute_names[arguments->impute]);
    json_pair_text(json, "class_weights",
                   run_weights_names[arguments->weights]);
    json_pair_text(json, "text", arguments->text);
    if (arguments->text) {
        json_pair_int(json, "text_ngrams", arguments->text_ngrams);
        json_pair_int(json, "text_min_items", arguments->text_min_items);
        json_pair_int(json, "text_terms", arguments->text_terms);
    }
    put_list(json, "by", &arguments->by);
    put_list(json, "only", &arguments->only);
    put_seed(json, arguments->seed);
    json_end_object(json);
}

/* What a table made from a labelling project says of its state. */
static void pair_notes(struct json_writer *json, const struct columns *corpus)
{
    static const char *const keys[] = { "snapshot", "snapshot_sha256",
                                        "protocol", "protocol_sha256" };

    for (size_t i = 0; i < LENGTH_OF(keys); i++)
        if (columns_note(corpus, keys[i]))
            json_pair_text(json, keys[i], columns_note(corpus, keys[i]));
}

static void put_inputs(struct json_writer *json, const char *folder,
                       const struct run_inputs *inputs,
                       const struct design *design)
{
    json_put_key(json, "inputs");
    json_begin_list(json);
    for (size_t i = 0; i < inputs->count; i++) {
        const struct run_input *input = &inputs->item[i];
        char *path = path_relative(folder, input->path);

        json_begin_object(json);
        json_pair_text(json, "what", input->name ? "features" : "corpus");
        if (input->name) {
            const struct design_modality *modality = &design->modality[i - 1];

            json_pair_text(json, "name", input->name);
            json_pair_text(json, "path", path);
            json_pair_text(json, "sha256", input->sha256);
            pair_size(json, "rows", modality->rows);
            pair_size(json, "columns", modality->columns);
            pair_size(json, "rows_of_unknown_items", modality->foreign);
            pair_size(json, "items_absent", modality->absent);
        } else {
            json_pair_text(json, "path", path);
            json_pair_text(json, "sha256", input->sha256);
            pair_size(json, "rows", columns_rows(design->corpus));
            pair_notes(json, design->corpus);
        }
        json_end_object(json);
        free(path);
    }
    json_end_list(json);
}

static void put_items(struct json_writer *json, const struct design *design)
{
    json_put_key(json, "items");
    json_begin_object(json);
    pair_size(json, "asked_for", design->asked);
    pair_size(json, "without_target", design->without_target);
    pair_size(json, "without_features", design->absent);
    pair_size(json, "used", design->count);
    pair_size(json, "spent_on_enrolment", design->enrolled_count);
    pair_size(json, "scored", design->count - design->enrolled_count);
    pair_size(json, "groups", design->groups.count);
    if (design->speaker)
        pair_size(json, "speakers", design->speakers.count);
    pair_size(json, "cells", design->count * design->features.columns);
    pair_size(json, "cells_missing", design->missing);
    json_end_object(json);
    if (!design->class_of)
        return;
    json_put_key(json, "classes");
    json_begin_object(json);
    for (size_t k = 0; k < design->classes.count; k++) {
        size_t count = 0;

        for (size_t i = 0; i < design->count; i++)
            count += design->class_of[i] == k;
        pair_size(json, design->classes.item[k], count);
    }
    json_end_object(json);
}

/* What the same folds give when the tested speakers are strangers. */
static void put_beside(struct json_writer *json, const struct run_score *beside,
                       size_t count)
{
    json_put_key(json, "global_beside");
    json_begin_object(json);
    for (size_t i = 0; i < count; i++) {
        json_put_key(json, beside[i].metric);
        json_begin_object(json);
        json_pair_number(json, "value",
                         beside[i].defined ? beside[i].value : NAN);
        if (beside[i].ranged) {
            json_pair_number(json, "low", beside[i].low);
            json_pair_number(json, "high", beside[i].high);
        }
        json_end_object(json);
    }
    json_end_object(json);
}

static void put_normalization(struct json_writer *json,
                              const struct run_arguments *arguments,
                              const struct cv_settings *settings,
                              const struct run_score *beside, size_t count)
{
    const struct normalize_settings *normalize = &settings->setup.normalize;

    json_put_key(json, "normalization");
    json_begin_object(json);
    json_pair_text(json, "how", arguments->normalize);
    json_pair_bool(json, "transductive", normalize_is_transductive(normalize));
    json_pair_text(json, "remark", normalize_remark(normalize));
    if (count)
        put_beside(json, beside, count);
    json_end_object(json);
}

static void put_params(struct json_writer *json, const struct tune_grid *grid,
                       const double *param)
{
    for (size_t i = 0; i < grid->axes; i++)
        json_pair_number(json, grid->axis[i].param->name, param[i]);
}

static void put_search(struct json_writer *json,
                       const struct cv_settings *settings,
                       const struct tune_result *tuned)
{
    const char *metric =
        settings->setup.learner->task == LEARNER_CLASSIFY ? "uar" : "ccc";

    if (tuned->folds == 0)
        return;
    json_put_key(json, "search");
    json_begin_object(json);
    pair_size(json, "folds", tuned->folds);
    pair_size(json, "folds_with_one_class", tuned->lone);
    json_put_key(json, "points");
    json_begin_list(json);
    for (size_t i = 0; i < settings->grid.points; i++) {
        double param[LEARNER_MAX_PARAMS];

        tune_grid_point(&settings->grid, i, param);
        json_begin_object(json);
        put_params(json, &settings->grid, param);
        json_pair_number(json, metric, tuned->score[i]);
        json_end_object(json);
    }
    json_end_list(json);
    json_end_object(json);
}

/* The groups that are tested in a fold: its membership. */
static void put_groups(struct json_writer *json, const struct design *design,
                       const struct split *split, size_t number)
{
    bool *inside = xcalloc(design->groups.count, sizeof(*inside));

    for (size_t i = 0; i < design->count; i++)
        if (split->fold[i] == number)
            inside[design->group[i]] = true;
    json_put_key(json, "groups");
    json_begin_list(json);
    for (size_t g = 0; g < design->groups.count; g++)
        if (inside[g])
            json_put_text(json, design->groups.item[g]);
    json_end_list(json);
    free(inside);
}

static void put_fold(struct json_writer *json,
                     const struct cv_settings *settings,
                     const struct cv_result *result, size_t number)
{
    const struct design *design = settings->setup.design;
    const struct cv_fold *fold = &result->fold[number];

    json_begin_object(json);
    json_pair_text(json, "name", fold->name);
    put_groups(json, design, &result->split, number);
    pair_size(json, "train_items", fold->train);
    pair_size(json, "test_items", fold->test);
    pair_size(json, "scored_items", fold->test - fold->enrolled);
    if (design->speaker)
        pair_size(json, "speakers_in_both", fold->shared_speakers);
    json_put_key(json, "parameters");
    json_begin_object(json);
    put_params(json, &settings->grid, fold->param);
    json_end_object(json);
    put_search(json, settings, &fold->tuned);
    pair_size(json, "cells_filled_train", fold->filled_train);
    pair_size(json, "cells_filled_test", fold->filled_test);
    pair_size(json, "columns_empty", fold->empty_columns);
    pair_size(json, "columns_constant", fold->constant_columns);
    if (normalize_enrols(&settings->setup.normalize))
        pair_size(json, "speakers_without_enrolment", fold->bare_speakers);
    if (design->class_of) {
        json_put_key(json, "classes_missing_in_training");
        json_begin_list(json);
        for (size_t k = 0; k < design->classes.count; k++)
            if (fold->lacks[k])
                json_put_text(json, design->classes.item[k]);
        json_end_list(json);
    }
    json_end_object(json);
}

static void put_versions(struct json_writer *json,
                         const struct learner *learner)
{
    json_put_key(json, "versions");
    json_begin_object(json);
    json_pair_text(json, "mien", PACKAGE_VERSION);
    json_pair_int(json, learner->library, learner->version());
    json_end_object(json);
}

static void put_split(struct json_writer *json,
                      const struct cv_settings *settings,
                      const struct cv_result *result)
{
    json_pair_text(json, "grouped_by", settings->group_name);
    json_put_key(json, "speaker_independent");
    if (settings->setup.design->speaker)
        json_put_bool(json, result->speaker_independent);
    else
        json_put_null(json); /* unknown */
    json_pair_number(json, "stratification_error", result->imbalance);
    json_put_key(json, "folds");
    json_begin_list(json);
    for (size_t i = 0; i < result->split.folds; i++)
        put_fold(json, settings, result, i);
    json_end_list(json);
}

void run_record_print(const char *folder, const struct run_arguments *arguments,
                      const struct run_inputs *inputs,
                      const struct cv_settings *settings,
                      const struct cv_result *result,
                      const struct run_score *beside, size_t beside_count,
                      struct buf *out)
{
    struct json_writer json;

    json_writer_init(&json, out, 1);
    json_begin_object(&json);
    json_pair_int(&json, "mien", 1);
    json_pair_text(&json, "command", "cv");
    put_versions(&json, settings->setup.learner);
    put_inputs(&json, folder, inputs, settings->setup.design);
    put_arguments(&json, arguments);
    json_pair_text(&json, "model", settings->setup.learner->name);
    put_normalization(&json, arguments, settings, beside, beside_count);
    put_items(&json, settings->setup.design);
    put_split(&json, settings, result);
    put_list(&json, "warnings", &result->warnings);
    json_end_object(&json);
    buf_add_char(out, '\n');
}
