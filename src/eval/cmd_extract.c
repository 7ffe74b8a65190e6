/* cmd_extract - features of every item of a corpus table. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/log.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/cli/output.h"
#include "common/file/atomic.h"
#include "common/file/columns.h"
#include "common/file/hash.h"
#include "eval/commands.h"
#include "eval/extract_frames.h"
#include "eval/extract_options.h"
#include "eval/extract_robust.h"
#include "eval/extract_sets.h"
#include "eval/feat/cache.h"

static bool keep_only(struct columns *corpus, const char *path,
                      const struct text_list *only, struct error *err)
{
    size_t rows = columns_rows(corpus);

    if (!columns_keep_only(corpus, only, err))
        return false;
    if (columns_rows(corpus) == 0)
        return error_set(err, ERROR_INPUT, "%s: %s", path,
                         rows ? "--only leaves no row" : "has no row");
    return true;
}

/* Who was left out, in the order of the corpus; ERROR_NO when any was. */
static bool tell(const struct extract_options *settings, const char *column,
                 const struct extract_result *result, size_t items,
                 struct error *err)
{
    if (result->fileless > 0)
        log_notice("%zu of %zu items have no %s: no row for them",
                   result->fileless, items, column);
    if (result->left_out > 0)
        log_notice("%zu features have a value for no item and are left out",
                   result->left_out);
    for (size_t i = 0; i < result->failures; i++)
        log_warning("%s", result->failure[i].text);
    if (!text_equal(settings->output, "-")) {
        struct buf out = { 0 };
        bool good;

        buf_addf(&out, "%s: %zu items, %zu features; %zu from the cache\n",
                 settings->output, result->table->rows, result->table->columns,
                 result->cached);
        good = output_write(&out, err);
        buf_release(&out);
        if (!good)
            return false;
    }
    if (result->failures > 0)
        return error_set(err, ERROR_NO,
                         "%zu of %zu items could not be extracted and have no "
                         "row",
                         result->failures, items);
    return true;
}

/* Nothing that differs from run to run. */
static bool add_notes(struct feature_table *table,
                      const struct chosen_sets *sets, const char *corpus,
                      struct error *err)
{
    uint8_t hash[HASH_SIZE];
    char hex[HASH_HEX_SIZE];

    feature_table_add_note(table, "mien", PACKAGE_VERSION);
    chosen_sets_add_notes(sets, table);
    if (text_equal(corpus, "-"))
        return true;
    if (!hash_file_sha256(corpus, hash, err))
        return false;
    hash_to_hex(hash, HASH_SIZE, hex);
    feature_table_add_note(table, "corpus_sha256", hex);
    return true;
}

/* What an item without a row lacked. */
static const char *input_name(const struct extract_options *settings,
                              const struct chosen_sets *sets)
{
    if (settings->column)
        return settings->column;
    return sets->count == 1 ? registry_input_column(sets->item[0].set)
                            : "input for any of the sets";
}

/* "features.csv" gives "features.changes.csv"; the caller's. */
static char *changes_path(const struct extract_options *settings)
{
    char *base, *path;

    if (settings->changes)
        return xstrdup(settings->changes);
    base = path_without_extension(settings->output);
    path = xasprintf("%s.changes.csv", base);
    free(base);
    return path;
}

static void add_preparing(const struct extract_options *settings,
                          struct feature_table *table)
{
    if (settings->denoise)
        feature_table_add_note(table, "denoise", prepare_denoise_note);
    if (settings->trim)
        feature_table_add_note(table, "trim_silence", prepare_trim_note);
}

/* The features, and beside them what was done to the sound. */
static bool write_tables(const struct extract_options *settings,
                         const struct chosen_sets *sets, const char *corpus,
                         struct extract_result *result, struct error *err)
{
    int jobs = (int)settings->jobs;
    char *changes = result->changes ? changes_path(settings) : NULL;
    bool good = add_notes(result->table, sets, corpus, err);

    add_preparing(settings, result->table);
    if (good && changes) {
        good = add_notes(result->changes, sets, corpus, err);
        add_preparing(settings, result->changes);
        good = good && feature_table_write(result->changes, jobs, changes, err);
    }
    good =
        good && feature_table_write(result->table, jobs, settings->output, err);
    free(changes);
    return good;
}

static bool extract(const struct extract_options *settings,
                    const struct chosen_sets *sets, const char *path,
                    struct columns *corpus, struct error *err)
{
    const struct prepare_settings prepare = { .denoise = settings->denoise,
                                              .trim = settings->trim };
    char *folder = text_equal(path, "-") ? xstrdup(".") : path_folder(path);
    char *cache = NULL;
    struct extract_settings work = { .jobs = (int)settings->jobs,
                                     .folder = folder,
                                     .column = settings->column };
    bool prepares = prepare.denoise || prepare.trim;
    struct extract_result result = { 0 };
    bool good = false;

    if (!settings->no_cache)
        cache =
            settings->cache ? xstrdup(settings->cache) : cache_default_folder();
    work.cache = cache;
    work.prepare = prepares ? &prepare : NULL;
    interrupt_install();
    if (!keep_only(corpus, path, &settings->only, err) ||
        !chosen_sets_extract(sets, corpus, &work, &result, err))
        goto failed;
    good = write_tables(settings, sets, path, &result, err) &&
           tell(settings, input_name(settings, sets), &result,
                columns_rows(corpus), err);
failed:
    extract_result_release(&result);
    free(cache);
    free(folder);
    return good;
}

static bool check_robust(const struct extract_options *settings,
                         const struct chosen_sets *sets, const char *path,
                         struct columns *corpus, struct error *err)
{
    char *folder = text_equal(path, "-") ? xstrdup(".") : path_folder(path);
    const struct prepare_settings prepare = { .denoise = settings->denoise,
                                              .trim = settings->trim };
    const struct robust_settings work = {
        .set = sets->item[0].set,
        .jobs = (int)settings->jobs,
        .folder = folder,
        .column = settings->column,
        .prepare = prepare.denoise || prepare.trim ? &prepare : NULL,
        .seed = settings->seed,
    };
    bool good;

    interrupt_install();
    good = keep_only(corpus, path, &settings->only, err) &&
           extract_robust(corpus, &work, settings->output,
                          (enum output_format)settings->format, err);
    free(folder);
    return good;
}

static bool choose(const struct extract_options *settings,
                   struct chosen_sets *sets, struct error *err)
{
    struct text_list names = { 0 };
    bool good;

    if (settings->describe)
        text_list_add(&names, settings->describe);
    else if (settings->sets.count == 0)
        text_list_add(&names, "basic");
    good = chosen_sets_take(sets, names.count ? &names : &settings->sets,
                            (enum rate_choice)settings->rate,
                            &settings->lexicons, err);
    text_list_release(&names);
    return good;
}

static bool tell_frames(const struct extract_options *settings,
                        const struct frames_result *result, size_t items,
                        struct error *err)
{
    struct buf out = { 0 };
    bool good = true;

    if (result->fileless > 0)
        log_notice("%zu of %zu items have no file: no row for them",
                   result->fileless, items);
    for (size_t i = 0; i < result->failures.count; i++)
        log_warning("%s", result->failures.item[i]);
    if (!text_equal(settings->output, "-")) {
        buf_addf(&out, "%s: %zu items, %zu frames\n", settings->output,
                 result->items, result->rows);
        good = output_write(&out, err);
        buf_release(&out);
    }
    if (good && result->failures.count)
        return error_set(err, ERROR_NO,
                         "%zu of %zu items could not be extracted and have no "
                         "row",
                         result->failures.count, items);
    return good;
}

static bool frames(const struct extract_options *settings,
                   const struct frame_set *set, const char *path,
                   struct columns *corpus, struct error *err)
{
    char *folder = text_equal(path, "-") ? xstrdup(".") : path_folder(path);
    struct frames_settings work = { .set = set,
                                    .jobs = (int)settings->jobs,
                                    .folder = folder,
                                    .column = settings->column,
                                    .output = settings->output };
    struct frames_result result = { 0 };
    struct buf notes = { 0 };
    bool good;

    interrupt_install();
    good = keep_only(corpus, path, &settings->only, err) &&
           extract_frames_notes(set, path, &notes, err) &&
           extract_frames(corpus, &work, buf_text(&notes), &result, err) &&
           tell_frames(settings, &result, columns_rows(corpus), err);
    frames_result_release(&result);
    buf_release(&notes);
    free(folder);
    return good;
}

/*
 * The corpus table is not written over, and what cannot be written at the end
 * is said at the beginning.
 */
static bool check_outputs(const struct extract_options *settings,
                          const char *corpus, struct error *err)
{
    const char *both[] = { settings->output, settings->changes };

    for (size_t i = 0; i < 2; i++) {
        if (both[i] && path_same_file(both[i], corpus))
            return error_set(err, ERROR_USAGE,
                             "%s is read: name another file to write", both[i]);
        if (both[i] && !text_equal(both[i], "-") &&
            !atomic_may_write(both[i], err))
            return false;
    }
    return true;
}

static int cmd_extract(void *context, int argc, char **argv, struct error *err)
{
    const struct extract_options *settings = context;
    const struct frame_set *set = extract_frames_asked(settings);
    struct chosen_sets sets = { 0 };
    bool good = false;

    if (!extract_check_words(settings, set, argc, err) ||
        (!set && !choose(settings, &sets, err)) ||
        !extract_check_sets(settings, set, &sets, err))
        goto failed;
    if (extract_lists(settings) && set) {
        good =
            extract_frames_list(set, (enum output_format)settings->format, err);
    } else if (extract_lists(settings)) {
        good =
            chosen_sets_list(&sets, (enum output_format)settings->format, err);
    } else {
        struct columns *corpus = check_outputs(settings, argv[0], err)
                                     ? columns_read(argv[0], NULL, err)
                                     : NULL;

        good =
            corpus && (set ? frames(settings, set, argv[0], corpus, err)
                       : settings->robust
                           ? check_robust(settings, &sets, argv[0], corpus, err)
                           : extract(settings, &sets, argv[0], corpus, err));
        columns_free(corpus);
    }
failed:
    chosen_sets_release(&sets);
    return good ? 0 : error_exit_status(err->code);
}

const struct command cmd_extract_entry = {
    .name = "extract",
    .group = "Tables",
    .synopsis = "[options] corpus.csv",
    .summary = "extract features of every item of a corpus table",
    .options = extract_option_specs,
    .settings_size = sizeof(struct extract_options),
    .defaults = &extract_option_defaults,
    .run = cmd_extract,
};
