/*
 * run_record_read - run.json, read back, so that the run can be repeated.
 */
#include <config.h>

#include "eval/valid/run_record.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/path.h"

static bool read_list(const struct json_document *document,
                      const struct json *object, const char *key,
                      struct text_list *list, struct error *err)
{
    const struct json *node = NULL;

    if (!json_want_list(document, object, key, &node, err))
        return false;
    for (size_t i = 0; node && i < json_count(node); i++) {
        const char *text = json_text(json_item(node, i));

        if (!text)
            return json_fail(document, json_item(node, i), err,
                             "must be a text");
        text_list_add(list, text);
    }
    return true;
}

static bool read_choice(const struct json_document *document,
                        const struct json *object, const char *key,
                        const char *const *names, int *choice,
                        struct error *err)
{
    const char *text = NULL;

    if (!json_need_text(document, object, key, &text, err))
        return false;
    for (int i = 0; names[i]; i++) {
        if (strcmp(names[i], text) == 0) {
            *choice = i;
            return true;
        }
    }
    return json_fail(document, json_member(object, key), err,
                     "\"%s\" is not known to this version", text);
}

/* The first one where there is none: runs of before it was asked. */
static bool want_choice(const struct json_document *document,
                        const struct json *object, const char *key,
                        const char *const *names, int *choice,
                        struct error *err)
{
    *choice = 0;
    return !json_member(object, key) ||
           read_choice(document, object, key, names, choice, err);
}

static bool read_seed(const struct json_document *document,
                      const struct json *object, uint64_t *seed,
                      struct error *err)
{
    const struct json *node = json_member(object, "seed");
    const char *text = node ? json_text(node) : NULL;
    int64_t number;

    if (text) {
        if (number_parse_uint(text, seed))
            return true;
        return json_fail(document, node, err, "must be a whole number");
    }
    if (!json_need_int(document, object, "seed", &number, err))
        return false;
    *seed = (uint64_t)number;
    return true;
}

/* Records of before words were features have none of it. */
static bool read_words(const struct json_document *document,
                       const struct json *object,
                       struct run_arguments *arguments, struct error *err)
{
    if (!json_want_text(document, object, "text", &arguments->text, err))
        return false;
    return !arguments->text ||
           (json_need_int(document, object, "text_ngrams",
                          &arguments->text_ngrams, err) &&
            json_need_int(document, object, "text_min_items",
                          &arguments->text_min_items, err) &&
            json_need_int(document, object, "text_terms",
                          &arguments->text_terms, err));
}

static bool read_arguments(const struct json_document *document,
                           struct run_arguments *arguments, struct error *err)
{
    const struct json *object = NULL;

    if (!json_want_object(document, json_root(document), "arguments", &object,
                          err))
        return false;
    if (!object)
        return error_set(err, ERROR_INPUT,
                         "%s: there is no \"arguments\": this is no record of "
                         "a run",
                         json_document_name(document));
    return json_need_text(document, object, "target", &arguments->target,
                          err) &&
           json_want_text(document, object, "group", &arguments->group, err) &&
           json_need_text(document, object, "folds", &arguments->folds, err) &&
           json_want_bool(document, object, "shuffle", &arguments->shuffle,
                          err) &&
           json_want_text(document, object, "model", &arguments->model, err) &&
           read_choice(document, object, "task", run_task_names,
                       &arguments->task, err) &&
           read_list(document, object, "param", &arguments->params, err) &&
           json_need_int(document, object, "inner", &arguments->inner, err) &&
           json_need_text(document, object, "normalize", &arguments->normalize,
                          err) &&
           json_want_text(document, object, "normalize_by",
                          &arguments->normalize_by, err) &&
           want_choice(document, object, "spread", normalize_spread_names,
                       &arguments->spread, err) &&
           want_choice(document, object, "cascade", cascade_names,
                       &arguments->cascade, err) &&
           json_need_text(document, object, "neutral", &arguments->neutral,
                          err) &&
           read_choice(document, object, "impute", impute_names,
                       &arguments->impute, err) &&
           read_choice(document, object, "class_weights", run_weights_names,
                       &arguments->weights, err) &&
           read_words(document, object, arguments, err) &&
           read_list(document, object, "by", &arguments->by, err) &&
           read_list(document, object, "only", &arguments->only, err) &&
           read_seed(document, object, &arguments->seed, err);
}

/* One entry of "inputs"; the corpus table has no name. */
static bool read_input(struct run_record *record, const struct json *node,
                       const char *folder, struct error *err)
{
    const char *path = NULL;
    const char *name = NULL;
    const char *hash = NULL;
    char *joined;

    if (json_kind(node) != JSON_OBJECT)
        return json_fail(record->document, node, err, "must be an object");
    if (!json_need_text(record->document, node, "path", &path, err) ||
        !json_need_text(record->document, node, "sha256", &hash, err) ||
        !json_want_text(record->document, node, "name", &name, err))
        return false;
    /* Hashes are told apart by their place. */
    if ((name == NULL) != (record->corpus == NULL))
        return json_fail(record->document, node, err,
                         name ? "has a name, but the first input must be the "
                                "corpus table, which has none"
                              : "has no name: only the corpus table, the "
                                "first input, has none");
    joined = path_join(folder, path);
    text_list_add(&record->hashes, hash);
    if (name) {
        char *feature = xasprintf("%s=%s", name, joined);

        text_list_add(&record->arguments.features, feature);
        free(feature);
    } else {
        record->corpus = xstrdup(joined);
        record->arguments.corpus = record->corpus;
    }
    free(joined);
    return true;
}

static bool read_inputs(struct run_record *record, struct error *err)
{
    const struct json_document *document = record->document;
    char *folder = path_folder(json_document_name(document));
    const struct json *list = NULL;
    bool done =
        json_want_list(document, json_root(document), "inputs", &list, err);

    for (size_t i = 0; done && list && i < json_count(list); i++)
        done = read_input(record, json_item(list, i), folder, err);
    free(folder);
    if (done && (!record->corpus || (record->arguments.features.count == 0 &&
                                     !record->arguments.text)))
        return error_set(err, ERROR_INPUT,
                         "%s: \"inputs\" must name a corpus table and "
                         "feature tables",
                         json_document_name(document));
    return done;
}

bool run_record_read(const char *path, struct run_record *record,
                     struct error *err)
{
    bool folder = path_is_folder(path);
    char *file = folder ? path_join(path, "run.json") : xstrdup(path);

    memset(record, 0, sizeof(*record));
    if (folder && !path_is_file(file))
        error_set(err, ERROR_INPUT,
                  "%s: no run (it has no run.json); name the folder that "
                  "`mien-eval cv -o' made",
                  path);
    else
        record->document = json_read_file(file, err);
    free(file);
    if (record->document &&
        read_arguments(record->document, &record->arguments, err) &&
        read_inputs(record, err))
        return true;
    run_record_release(record);
    return false;
}

bool run_record_same(const struct run_record *record,
                     const struct run_inputs *inputs, struct error *err)
{
    for (size_t i = 0; i < inputs->count; i++) {
        const struct run_input *input = &inputs->item[i];

        if (strcmp(record->hashes.item[i], input->sha256) != 0)
            return error_set(err, ERROR_INPUT,
                             "%s is not what it was when %s was made: its "
                             "SHA-256 was %.12s..., now it is %.12s...; put "
                             "the old file back, or start a new run",
                             input->path, json_document_name(record->document),
                             record->hashes.item[i], input->sha256);
    }
    return true;
}

const char *run_record_version(const struct run_record *record)
{
    const struct json *versions =
        json_member(json_root(record->document), "versions");
    const struct json *mien = versions ? json_member(versions, "mien") : NULL;
    const char *text = mien ? json_text(mien) : NULL;

    return text ? text : "unknown";
}

void run_record_release(struct run_record *record)
{
    json_free(record->document);
    free(record->corpus);
    text_list_release(&record->hashes);
    text_list_release(&record->arguments.features);
    text_list_release(&record->arguments.params);
    text_list_release(&record->arguments.by);
    text_list_release(&record->arguments.only);
    memset(record, 0, sizeof(*record));
}
