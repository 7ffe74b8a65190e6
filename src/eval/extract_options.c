/*
 * extract_options - see extract_options.h.
 */
#include <config.h>

#include "eval/extract_options.h"

#include <stddef.h>

#include "common/cli/output.h"

static const char *const rate_names[] = { "default", "native", "16000", NULL };

const struct option_spec extract_option_specs[] = {
    { .name = "set",
      .letter = 's',
      .type = OPTION_LIST,
      .arg = "name,...",
      .offset = offsetof(struct extract_options, sets),
      .help = "the feature set (default: basic); of several each one's columns "
              "stand behind its name, as in quality:snr" },
    { .name = "describe",
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct extract_options, describe),
      .help = "show the features of a set with unit and source, extract "
              "nothing; as --set name --list" },
    { .name = "rate",
      .type = OPTION_CHOICE,
      .arg = "hz",
      .offset = offsetof(struct extract_options, rate),
      .choices = rate_names,
      .without = "list,describe",
      .help = "sound as it is (native) or brought to 16000 Hz; default: "
              "native for egemaps-compat, else 16000" },
    { .name = "column",
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct extract_options, column),
      .without = "list,describe",
      .help = "the corpus table's column that the set reads (default: file, "
              "or that called like the set for text, face, physio)" },
    { .name = "lexicon",
      .type = OPTION_MANY,
      .arg = "[name=]file",
      .offset = offsetof(struct extract_options, lexicons),
      .help = "score the words of the set text by this lexicon; may be given "
              "more than once" },
    { .name = "denoise",
      .type = OPTION_FLAG,
      .offset = offsetof(struct extract_options, denoise),
      .without = "list,describe",
      .help = "take steady noise out of the sound first, by FFmpeg's afftdn" },
    { .name = "trim-silence",
      .type = OPTION_FLAG,
      .offset = offsetof(struct extract_options, trim),
      .without = "list,describe",
      .help = "cut silence off both ends first: 25 dB below the loudest, all "
              "but 0.1 s of it" },
    { .name = "changes",
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct extract_options, changes),
      .with = "denoise,trim-silence",
      .without = "list,describe,check-robust",
      .help = "where it is written what --denoise and --trim-silence did to "
              "each item (default: the output's name with .changes.csv)" },
    { .name = "output",
      .letter = 'o',
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct extract_options, output),
      .without = "list,describe",
      .help = "where the features are written; - is standard output, the "
              "default" },
    { .name = "jobs",
      .letter = 'j',
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct extract_options, jobs),
      .min = 1,
      .max = 1024,
      .without = "list,describe",
      .help = "threads (default: one for each processor); the numbers do not "
              "depend on it" },
    { .name = "only",
      .type = OPTION_MANY,
      .arg = "col=v,...",
      .offset = offsetof(struct extract_options, only),
      .without = "list,describe",
      .help = "only rows whose column has one of the values; may be given "
              "more than once, all must hold" },
    { .name = "cache",
      .type = OPTION_TEXT,
      .arg = "folder",
      .offset = offsetof(struct extract_options, cache),
      .without = "no-cache,list,describe,check-robust",
      .help = "where finished items are kept for the next run (default: "
              "$XDG_CACHE_HOME/mien/features)" },
    { .name = "no-cache",
      .type = OPTION_FLAG,
      .offset = offsetof(struct extract_options, no_cache),
      .without = "list,describe,check-robust",
      .help = "neither use nor keep finished items" },
    { .name = "list",
      .letter = 'l',
      .type = OPTION_FLAG,
      .offset = offsetof(struct extract_options, list),
      .help = "show the features of the chosen sets with unit and source, "
              "extract nothing" },
    { .name = "check-robust",
      .type = OPTION_FLAG,
      .offset = offsetof(struct extract_options, robust),
      .without = "list,describe",
      .help = "tell how far each column moves at other rates and levels, "
              "between zeros, out of lossy codecs, in noise; --output is for "
              "the table of all columns" },
    { .name = "seed",
      .type = OPTION_SEED,
      .arg = "n",
      .offset = offsetof(struct extract_options, seed),
      .with = "check-robust",
      .help = "seed of the noise of --check-robust (default: 1)" },
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = offsetof(struct extract_options, format),
      .choices = output_format_names,
      .with = "list,describe,check-robust",
      .help = "how --list and --check-robust print: text, csv or json" },
    OPTION_END
};

const struct extract_options extract_option_defaults = { .output = "-",
                                                         .seed = 1 };

bool extract_lists(const struct extract_options *settings)
{
    return settings->list || settings->describe;
}

const struct frame_set *extract_frames_asked(
    const struct extract_options *settings)
{
    const struct frame_set *set = NULL;

    if (settings->describe)
        return frame_set_find(settings->describe);
    for (size_t i = 0; !set && i < settings->sets.count; i++)
        set = frame_set_find(settings->sets.item[i]);
    return set;
}

static bool check_frames(const struct extract_options *settings,
                         const struct frame_set *set, struct error *err)
{
    if (!set || settings->describe)
        return true;
    if (settings->sets.count > 1)
        return error_set(err, ERROR_USAGE,
                         "%s gives a row a frame: it stands by itself",
                         set->name);
    if (settings->cache || settings->no_cache || settings->lexicons.count ||
        settings->rate != RATE_OF_SET)
        return error_set(err, ERROR_USAGE,
                         "--cache, --no-cache, --lexicon and --rate are not "
                         "for the set %s",
                         set->name);
    return true;
}

static bool check_words(const struct extract_options *settings, int argc,
                        struct error *err)
{
    if (settings->describe && settings->sets.count)
        return error_set(err, ERROR_USAGE,
                         "--describe names a set itself: leave --set out");
    if (settings->column && settings->sets.count > 1)
        return error_set(err, ERROR_USAGE, "--column is for one set at a time");
    if (extract_lists(settings) && argc != 0)
        return error_set(err, ERROR_USAGE, "--%s takes no corpus table",
                         settings->list ? "list" : "describe");
    if (!extract_lists(settings) && argc != 1)
        return error_set(err, ERROR_USAGE,
                         "name one corpus table, or - for standard input");
    return true;
}

/* Preparing is of sound, and its account goes to a file. */
static bool check_preparing(const struct extract_options *settings,
                            const struct frame_set *frame_set,
                            const struct chosen_sets *sets, struct error *err)
{
    const char *other = frame_set ? frame_set->name : NULL;

    if (!settings->denoise && !settings->trim)
        return true;
    for (size_t i = 0; i < sets->count; i++)
        if (sets->item[i].set->input != FEATURE_OF_SOUND)
            other = sets->item[i].set->name;
    if (other)
        return error_set(err, ERROR_USAGE,
                         "--denoise and --trim-silence are not for the set %s",
                         other);
    if (settings->changes && text_equal(settings->changes, settings->output))
        return error_set(err, ERROR_USAGE,
                         "--changes and --output name one file, %s",
                         settings->output);
    if (!settings->robust && !settings->changes &&
        text_equal(settings->output, "-"))
        return error_set(err, ERROR_USAGE,
                         "--denoise and --trim-silence tell what they did in a "
                         "table beside the output: name one of them by "
                         "--output or --changes");
    return true;
}

static bool check_robust_words(const struct extract_options *settings,
                               const struct frame_set *frame_set,
                               const struct chosen_sets *sets,
                               struct error *err)
{
    if (!settings->robust)
        return true;
    if (frame_set || sets->count != 1 ||
        sets->item[0].set->input != FEATURE_OF_SOUND)
        return error_set(err, ERROR_USAGE,
                         "--check-robust is for one set of sound, a row an "
                         "item");
    return true;
}

bool extract_check_words(const struct extract_options *settings,
                         const struct frame_set *frame_set, int argc,
                         struct error *err)
{
    return check_words(settings, argc, err) &&
           check_frames(settings, frame_set, err);
}

bool extract_check_sets(const struct extract_options *settings,
                        const struct frame_set *frame_set,
                        const struct chosen_sets *sets, struct error *err)
{
    return check_preparing(settings, frame_set, sets, err) &&
           check_robust_words(settings, frame_set, sets, err);
}
