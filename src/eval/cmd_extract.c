/* cmd_extract - features of every item of a corpus table. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>

#include "common/base/interrupt.h"
#include "common/base/log.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/cli/output.h"
#include "common/file/columns.h"
#include "common/file/hash.h"
#include "eval/commands.h"
#include "eval/extract_frames.h"
#include "eval/extract_sets.h"
#include "eval/feat/cache.h"

struct settings {
    struct text_list sets;
    const char *describe;
    int rate;
    const char *column;
    struct text_list lexicons;
    bool denoise, trim;
    const char *changes;
    const char *output;
    int64_t jobs;
    struct text_list only;
    const char *cache;
    bool no_cache;
    bool list;
    int format;
};

static const struct settings defaults = { .output = "-" };

static const char *const rate_names[] = { "default", "native", "16000", NULL };

static const struct option_spec options[] = {
    { .name = "set",
      .letter = 's',
      .type = OPTION_LIST,
      .arg = "name,...",
      .offset = offsetof(struct settings, sets),
      .help = "the feature set (default: basic); of several each one's columns "
              "stand behind its name, as in quality:snr" },
    { .name = "describe",
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct settings, describe),
      .help = "show the features of a set with unit and source, extract "
              "nothing; as --set name --list" },
    { .name = "rate",
      .type = OPTION_CHOICE,
      .arg = "hz",
      .offset = offsetof(struct settings, rate),
      .choices = rate_names,
      .help = "sound as it is (native) or brought to 16000 Hz; default: "
              "native for egemaps-compat, else 16000" },
    { .name = "column",
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct settings, column),
      .help = "the corpus table's column that the set reads (default: file, "
              "or that called like the set for text, face, physio)" },
    { .name = "lexicon",
      .type = OPTION_MANY,
      .arg = "[name=]file",
      .offset = offsetof(struct settings, lexicons),
      .help = "score the words of the set text by this lexicon; may be given "
              "more than once" },
    { .name = "denoise",
      .type = OPTION_FLAG,
      .offset = offsetof(struct settings, denoise),
      .help = "take steady noise out of the sound first, by FFmpeg's afftdn" },
    { .name = "trim-silence",
      .type = OPTION_FLAG,
      .offset = offsetof(struct settings, trim),
      .help = "cut silence off both ends first: 25 dB below the loudest, all "
              "but 0.1 s of it" },
    { .name = "changes",
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct settings, changes),
      .help = "where it is written what --denoise and --trim-silence did to "
              "each item (default: the output's name with .changes.csv)" },
    { .name = "output",
      .letter = 'o',
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct settings, output),
      .help = "where the features are written; - is standard output, the "
              "default" },
    { .name = "jobs",
      .letter = 'j',
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct settings, jobs),
      .min = 1,
      .max = 1024,
      .help = "threads (default: one for each processor); the numbers do not "
              "depend on it" },
    { .name = "only",
      .type = OPTION_MANY,
      .arg = "col=v,...",
      .offset = offsetof(struct settings, only),
      .help = "only rows whose column has one of the values; may be given "
              "more than once, all must hold" },
    { .name = "cache",
      .type = OPTION_TEXT,
      .arg = "folder",
      .offset = offsetof(struct settings, cache),
      .help = "where finished items are kept for the next run (default: "
              "$XDG_CACHE_HOME/mien/features)" },
    { .name = "no-cache",
      .type = OPTION_FLAG,
      .offset = offsetof(struct settings, no_cache),
      .help = "neither use nor keep finished items" },
    { .name = "list",
      .letter = 'l',
      .type = OPTION_FLAG,
      .offset = offsetof(struct settings, list),
      .help = "show the features of the chosen sets with unit and source, "
              "extract nothing" },
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct settings, format),
      .choices = output_format_names,
      .help = "how --list prints: text, csv or json" },
    OPTION_END
};

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
static bool tell(const struct settings *settings, const char *column,
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
static const char *input_name(const struct settings *settings,
                              const struct chosen_sets *sets)
{
    if (settings->column)
        return settings->column;
    return sets->count == 1 ? registry_input_column(sets->item[0].set)
                            : "input for any of the sets";
}

/* "features.csv" gives "features.changes.csv"; the caller's. */
static char *changes_path(const struct settings *settings)
{
    char *base, *path;

    if (settings->changes)
        return xstrdup(settings->changes);
    base = path_without_extension(settings->output);
    path = xasprintf("%s.changes.csv", base);
    free(base);
    return path;
}

static void add_preparing(const struct settings *settings,
                          struct feature_table *table)
{
    if (settings->denoise)
        feature_table_add_note(table, "denoise", "afftdn, white, 12 dB");
    if (settings->trim)
        feature_table_add_note(table, "trim_silence",
                               "25 dB below the loudest, 0.1 s left");
}

/* The features, and beside them what was done to the sound. */
static bool write_tables(const struct settings *settings,
                         const struct chosen_sets *sets, const char *corpus,
                         struct extract_result *result, struct error *err)
{
    char *changes = result->changes ? changes_path(settings) : NULL;
    bool good = add_notes(result->table, sets, corpus, err);

    add_preparing(settings, result->table);
    if (good && changes) {
        good = add_notes(result->changes, sets, corpus, err);
        add_preparing(settings, result->changes);
        good = good && feature_table_write(result->changes, changes, err);
    }
    good = good && feature_table_write(result->table, settings->output, err);
    free(changes);
    return good;
}

static bool extract(const struct settings *settings,
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

static bool lists(const struct settings *settings)
{
    return settings->list || settings->describe;
}

static bool choose(const struct settings *settings, struct chosen_sets *sets,
                   struct error *err)
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

/* The set that gives a row a frame; NULL: none is asked for. */
static const struct frame_set *frames_asked(const struct settings *settings)
{
    const struct frame_set *set = NULL;

    if (settings->describe)
        return frame_set_find(settings->describe);
    for (size_t i = 0; !set && i < settings->sets.count; i++)
        set = frame_set_find(settings->sets.item[i]);
    return set;
}

static bool tell_frames(const struct settings *settings,
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

static bool frames(const struct settings *settings, const struct frame_set *set,
                   const char *path, struct columns *corpus, struct error *err)
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

static bool check_frames(const struct settings *settings,
                         const struct frame_set *set, struct error *err)
{
    if (!set || settings->describe)
        return true;
    if (settings->sets.count > 1)
        return error_set(err, ERROR_USAGE,
                         "%s gives a row a frame: it stands by itself",
                         set->name);
    if (settings->cache || settings->lexicons.count ||
        settings->rate != RATE_OF_SET)
        return error_set(err, ERROR_USAGE,
                         "--cache, --lexicon and --rate are not for the set %s",
                         set->name);
    return true;
}

static bool check_words(const struct settings *settings, int argc,
                        struct error *err)
{
    if (settings->cache && settings->no_cache)
        return error_set(err, ERROR_USAGE,
                         "--cache and --no-cache exclude each other");
    if (settings->describe && settings->sets.count)
        return error_set(err, ERROR_USAGE,
                         "--describe names a set itself: leave --set out");
    if (settings->column && settings->sets.count > 1)
        return error_set(err, ERROR_USAGE, "--column is for one set at a time");
    if (lists(settings) && argc != 0)
        return error_set(err, ERROR_USAGE, "--%s takes no corpus table",
                         settings->list ? "list" : "describe");
    if (!lists(settings) && argc != 1)
        return error_set(err, ERROR_USAGE,
                         "name one corpus table, or - for standard input");
    return true;
}

/* Preparing is of sound, and its account goes to a file. */
static bool check_preparing(const struct settings *settings,
                            const struct frame_set *frame_set,
                            const struct chosen_sets *sets, struct error *err)
{
    const char *other = frame_set ? frame_set->name : NULL;

    if (!settings->denoise && !settings->trim) {
        if (settings->changes)
            return error_set(err, ERROR_USAGE,
                             "--changes is for --denoise and --trim-silence");
        return true;
    }
    for (size_t i = 0; i < sets->count; i++)
        if (sets->item[i].set->input != FEATURE_OF_SOUND)
            other = sets->item[i].set->name;
    if (other)
        return error_set(err, ERROR_USAGE,
                         "--denoise and --trim-silence are not for the set %s",
                         other);
    if (!settings->changes && text_equal(settings->output, "-"))
        return error_set(err, ERROR_USAGE,
                         "--denoise and --trim-silence tell what they did in a "
                         "table beside the output: name one of them by "
                         "--output or --changes");
    return true;
}

static int cmd_extract(void *context, int argc, char **argv, struct error *err)
{
    const struct settings *settings = context;
    const struct frame_set *set = frames_asked(settings);
    struct chosen_sets sets = { 0 };
    bool good = false;

    if (!check_words(settings, argc, err) ||
        !check_frames(settings, set, err) ||
        (!set && !choose(settings, &sets, err)) ||
        !check_preparing(settings, set, &sets, err))
        goto failed;
    if (lists(settings) && set) {
        good =
            extract_frames_list(set, (enum output_format)settings->format, err);
    } else if (lists(settings)) {
        good =
            chosen_sets_list(&sets, (enum output_format)settings->format, err);
    } else {
        struct columns *corpus = columns_read(argv[0], NULL, err);

        good = corpus && (set ? frames(settings, set, argv[0], corpus, err)
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
    .options = options,
    .settings_size = sizeof(struct settings),
    .defaults = &defaults,
    .run = cmd_extract,
};
