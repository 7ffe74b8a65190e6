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
#include "eval/feat/cache.h"
#include "eval/feat/extract.h"
#include "eval/feat/text_set.h"

struct settings {
    const char *set;
    int rate;
    const char *column;
    struct text_list lexicons;
    const char *output;
    int64_t jobs;
    struct text_list only;
    const char *cache;
    bool no_cache;
    bool list;
    int format;
};

static const struct settings defaults = { .set = "basic", .output = "-" };

enum rate_choice { RATE_OF_SET, RATE_OF_FILE, RATE_16000 };

static const char *const rate_names[] = { "default", "native", "16000", NULL };

static const struct option_spec options[] = {
    { .name = "set",
      .letter = 's',
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct settings, set),
      .help = "the feature set (default: basic); --list shows what is in it" },
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
      .help = "show the features of the set with unit and source, extract "
              "nothing" },
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct settings, format),
      .choices = output_format_names,
      .help = "how --list prints: text, csv or json" },
    OPTION_END
};

/* What --set and its options name. */
struct chosen_set {
    const struct feature_set *set;
    struct text_set *text; /* owned; NULL without lexicons */
};

static bool choose(const struct settings *settings, struct chosen_set *chosen,
                   struct error *err)
{
    chosen->set = registry_find(settings->set, err);
    if (chosen->set && settings->rate != RATE_OF_SET)
        chosen->set =
            registry_at_rate(chosen->set, settings->rate == RATE_OF_FILE, err);
    if (!chosen->set)
        return false;
    if (settings->lexicons.count == 0)
        return true;
    if (chosen->set != &text_set)
        return error_set(err, ERROR_USAGE,
                         "--lexicon is for --set text, not %s",
                         chosen->set->name);
    chosen->text = text_set_new(&settings->lexicons, err);
    if (!chosen->text)
        return false;
    chosen->set = text_set_features(chosen->text);
    return true;
}

static bool list_set(const struct feature_set *set, enum output_format format,
                     struct error *err)
{
    struct table *table = table_new();
    struct buf out = { 0 };
    bool good;

    table_column(table, "column", "column", TABLE_TEXT, 0);
    table_column(table, "unit", "unit", TABLE_TEXT, 0);
    table_column(table, "what", "what", TABLE_TEXT, 0);
    table_column(table, "source", "source", TABLE_TEXT, 0);
    for (size_t i = 0; i < registry_columns(set); i++) {
        const struct descriptor *descriptor = registry_column(set, i);
        char *name = registry_column_name(set, i);

        table_begin_row(table);
        table_put_text(table, name);
        table_put_text(table, descriptor->unit);
        table_put_text(table, descriptor->text);
        table_put_text(table, descriptor->paper);
        free(name);
    }
    table_print(table, format, &out);
    good = output_write(&out, err);
    buf_release(&out);
    table_free(table);
    return good;
}

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

static void add_plan(struct feature_table *table,
                     const struct moment_plan *plan)
{
    char number[32];

    snprintf(number, sizeof(number), "%d", plan->rate);
    feature_table_add_note(table, "rate_hz", number);
    snprintf(number, sizeof(number), "%g", 1000.0 * plan->frame / plan->rate);
    feature_table_add_note(table, "frame_ms", number);
    snprintf(number, sizeof(number), "%g", 1000.0 * plan->hop / plan->rate);
    feature_table_add_note(table, "hop_ms", number);
}

/* Where the numbers come from; nothing that differs from run to run. */
static bool add_notes(struct feature_table *table,
                      const struct chosen_set *chosen, const char *corpus,
                      struct error *err)
{
    const struct feature_set *set = chosen->set;
    uint8_t hash[HASH_SIZE];
    char hex[HASH_HEX_SIZE];

    feature_table_add_note(table, "mien", PACKAGE_VERSION);
    feature_table_add_note(table, "set", set->name);
    feature_table_add_note(table, "version", set->version);
    if (set->plan)
        add_plan(table, set->plan);
    else if (set->rate)
        feature_table_add_note(table, "rate_hz", set->rate);
    if (chosen->text)
        text_set_add_notes(chosen->text, table);
    if (!text_equal(corpus, "-")) {
        if (!hash_file_sha256(corpus, hash, err))
            return false;
        hash_to_hex(hash, HASH_SIZE, hex);
        feature_table_add_note(table, "corpus_sha256", hex);
    }
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

static const char *input_column(const struct settings *settings,
                                const struct feature_set *set)
{
    return settings->column ? settings->column : registry_input_column(set);
}

static bool extract(const struct settings *settings,
                    const struct chosen_set *chosen, const char *path,
                    struct columns *corpus, struct error *err)
{
    const struct feature_set *set = chosen->set;
    char *folder = text_equal(path, "-") ? xstrdup(".") : path_folder(path);
    char *cache = NULL;
    struct extract_settings work = { .set = set,
                                     .jobs = (int)settings->jobs,
                                     .folder = folder,
                                     .column = input_column(settings, set) };
    struct extract_result result = { 0 };
    bool good = false;

    if (!settings->no_cache)
        cache =
            settings->cache ? xstrdup(settings->cache) : cache_default_folder();
    work.cache = cache;
    interrupt_install();
    if (!keep_only(corpus, path, &settings->only, err) ||
        !extract_corpus(corpus, &work, &result, err))
        goto failed;
    good = add_notes(result.table, chosen, path, err) &&
           feature_table_write(result.table, settings->output, err) &&
           tell(settings, work.column, &result, columns_rows(corpus), err);
failed:
    extract_result_release(&result);
    free(cache);
    free(folder);
    return good;
}

static bool check_words(const struct settings *settings, int argc,
                        struct error *err)
{
    if (settings->cache && settings->no_cache)
        return error_set(err, ERROR_USAGE,
                         "--cache and --no-cache exclude each other");
    if (settings->list && argc != 0)
        return error_set(err, ERROR_USAGE, "--list takes no corpus table");
    if (!settings->list && argc != 1)
        return error_set(err, ERROR_USAGE,
                         "name one corpus table, or - for standard input");
    return true;
}

static int cmd_extract(void *context, int argc, char **argv, struct error *err)
{
    const struct settings *settings = context;
    struct chosen_set chosen = { 0 };
    bool good = false;

    if (!check_words(settings, argc, err) || !choose(settings, &chosen, err))
        goto failed;
    if (settings->list) {
        good = list_set(chosen.set, (enum output_format)settings->format, err);
    } else {
        struct columns *corpus = columns_read(argv[0], NULL, err);

        good = corpus && extract(settings, &chosen, argv[0], corpus, err);
        columns_free(corpus);
    }
failed:
    text_set_free(chosen.text);
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
