/* cmd_export - the raw labels of everyone, for other tools. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/commands.h"
#include "annotate/export_frozen.h"
#include "annotate/export_rows.h"
#include "annotate/export_trace.h"
#include "annotate/export_truth.h"
#include "annotate/home.h"
#include "annotate/workspace.h"
#include "common/base/log.h"
#include "common/base/path.h"
#include "common/file/atomic.h"

enum export_format { EXPORT_CSV, EXPORT_JSONL };

struct export_settings {
    const char *project;
    const char *output;
    int format;
    bool practice;
    int what;
    const char *snapshot;
    double rate;
    struct text_list people;
};

static const char *const format_names[] = { "csv", "jsonl", NULL };
static const char *const what_names[] = {
    "labels",           "consensus", "soft",   "consensus-segments",
    "consensus-traces", "all",       "traces", "passes",
    "trace-quality",    "segments",  NULL,
};

static const struct export_settings export_defaults = { .output = "-" };

static const struct option_spec export_options[] = {
    WORKSPACE_PROJECT_OPTION(struct export_settings),
    { .name = "as-format",
      .letter = 'f',
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct export_settings, format),
      .choices = format_names,
      .help = "csv (the default) or jsonl" },
    { .name = "output",
      .letter = 'o',
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct export_settings, output),
      .help = "where the labels are written; - is standard output, the "
              "default" },
    { .name = "what",
      .letter = 'w',
      .type = OPTION_CHOICE,
      .arg = "what",
      .offset = offsetof(struct export_settings, what),
      .choices = what_names,
      .help = "labels: raw, of everybody (the default); consensus: what was "
              "decided; soft: shares of the answers; consensus-segments, "
              "consensus-traces: what was decided, one row a mark or a "
              "sample; all of these, as files in a folder that --output "
              "names; traces: samples of the "
              "version that counts; passes: all that was ever traced; "
              "trace-quality: one row a trace; segments: the marks of "
              "everybody" },
    { .name = "rate",
      .letter = 'r',
      .type = OPTION_NUMBER,
      .arg = "hz",
      .offset = offsetof(struct export_settings, rate),
      .min = 0.01,
      .max = 100,
      .help = "with traces: means in bins of 1/hz seconds; empty bins stay "
              "empty" },
    { .name = "snapshot",
      .letter = 's',
      .type = OPTION_TEXT,
      .arg = "name",
      .offset = offsetof(struct export_settings, snapshot),
      .help = "as it was when the snapshot was taken" },
    { .name = "people",
      .type = OPTION_LIST,
      .arg = "col,...",
      .offset = offsetof(struct export_settings, people),
      .help = "also columns of people.db, of speakers (speaker_col) and, with "
              "labels, of annotators (annotator_col)" },
    { .name = "practice",
      .type = OPTION_FLAG,
      .offset = offsetof(struct export_settings, practice),
      .help = "write the answers to practice and to attention checks, which "
              "never stand among the labels" },
    OPTION_END
};

/* Why there is a head and nothing below. */
static void tell_practice(const struct export_settings *settings, size_t count)
{
    if (settings->practice && count == 0)
        log_notice("nobody has answered practice or attention checks");
}

static bool write_rows(struct project *project,
                       const struct export_settings *settings,
                       struct error *err)
{
    struct export_rows rows;
    struct buf out = { 0 };
    bool good = export_gather(project, settings->practice, &rows, err);

    if (good) {
        if (settings->format == EXPORT_JSONL)
            export_jsonl(&rows, &out);
        else
            export_csv(&rows, &out);
        good = atomic_write(settings->output, buf_text(&out), out.length, err);
    }
    if (good)
        tell_practice(settings, rows.count);
    buf_release(&out);
    export_release(&rows);
    return good;
}

/* Labels as they are now, with nothing beside them, are never held whole. */
static bool is_plain(const struct export_settings *settings)
{
    return settings->practice ||
           (settings->what == EXPORT_LABELS && !settings->snapshot &&
            settings->people.count == 0);
}

static bool write_part(const struct export_settings *settings,
                       const struct export_truth *export, enum export_what what,
                       const char *path, struct error *err)
{
    struct buf out = { 0 };
    bool good = (settings->format == EXPORT_JSONL
                     ? export_truth_jsonl(export, what, &out, err)
                     : export_truth_csv(export, what, &out, err)) &&
                atomic_write(path, buf_text(&out), out.length, err);

    buf_release(&out);
    return good;
}

static bool write_parts(const struct export_settings *settings,
                        const struct export_truth *export, struct error *err)
{
    if (settings->what != EXPORT_ALL)
        return write_part(settings, export, (enum export_what)settings->what,
                          settings->output, err);
    if (!path_make_folders(settings->output, 0777, err))
        return false;
    for (int what = EXPORT_LABELS; what < EXPORT_ALL; what++) {
        char *path = xasprintf("%s/%s.%s", settings->output, what_names[what],
                               format_names[settings->format]);
        bool good =
            !export_truth_has(export, (enum export_what)what) ||
            write_part(settings, export, (enum export_what)what, path, err);

        free(path);
        if (!good)
            return false;
    }
    return true;
}

static bool write_truth(struct project *project,
                        const struct export_settings *settings,
                        struct error *err)
{
    struct frozen frozen = { 0 };
    struct export_truth export = { &frozen, &settings->people, NULL };
    bool good;

    if (settings->people.count > 0) {
        export.people = people_open(project_folder(project), true, err);
        if (!export.people)
            return false;
    }
    good = (settings->snapshot
                ? freeze_load(project, settings->snapshot, &frozen, err)
                : freeze_now(project, false, &frozen, err)) &&
           write_parts(settings, &export, err);
    freeze_release(&frozen);
    people_close(export.people);
    return good;
}

static bool is_trace(const struct export_settings *settings)
{
    return settings->what >= WHAT_TRACES &&
           settings->what <= WHAT_TRACE_QUALITY;
}

/* Where no snapshot is asked for, nothing. */
static bool load_frozen(struct project *project,
                        const struct export_settings *settings,
                        struct frozen *frozen, struct error *err)
{
    return !settings->snapshot ||
           freeze_load(project, settings->snapshot, frozen, err);
}

static bool write_traces(struct project *project,
                         const struct export_settings *settings,
                         struct error *err)
{
    struct export_rows rows = { 0 };
    struct frozen frozen = { 0 };
    struct buf out = { 0 };
    bool good = load_frozen(project, settings, &frozen, err) &&
                export_gather(project, settings->practice, &rows, err) &&
                (!settings->snapshot ||
                 export_frozen_passes(project, &frozen, &rows, err));

    export_frozen_notes(&frozen, &out);
    good = good &&
           export_traces(project, &rows,
                         (enum export_trace)(settings->what - WHAT_TRACES),
                         settings->rate, &out, err) &&
           atomic_write(settings->output, buf_text(&out), out.length, err);
    if (good)
        tell_practice(settings, rows.count);
    buf_release(&out);
    export_release(&rows);
    freeze_release(&frozen);
    return good;
}

static bool check(const struct export_settings *settings, int argc,
                  struct error *err)
{
    if (argc != 0)
        return error_set(err, ERROR_USAGE, "export takes options only");
    if (settings->what == WHAT_SEGMENTS && settings->people.count)
        return error_set(err, ERROR_USAGE,
                         "--what segments goes without --people");
    if (settings->rate > 0 && settings->what != WHAT_TRACES)
        return error_set(err, ERROR_USAGE,
                         "--rate goes with --what traces only");
    if (is_trace(settings) &&
        (settings->people.count || settings->format != EXPORT_CSV))
        return error_set(err, ERROR_USAGE, "--what %s is CSV, without --people",
                         what_names[settings->what]);
    if (settings->practice &&
        (settings->snapshot || settings->people.count ||
         (!is_trace(settings) && settings->what != WHAT_SEGMENTS &&
          settings->what != EXPORT_LABELS)))
        return error_set(err, ERROR_USAGE,
                         "--practice goes without --snapshot and --people, "
                         "and of --what with labels, segments and the tables "
                         "of traces");
    if (settings->what == EXPORT_ALL && text_equal(settings->output, "-"))
        return error_set(err, ERROR_USAGE,
                         "--what all makes several files: name a folder with "
                         "--output");
    return true;
}

static bool write_segments(struct project *project,
                           const struct export_settings *settings,
                           struct error *err)
{
    struct export_segments all = { 0 };
    struct frozen frozen = { 0 };
    struct buf out = { 0 };
    bool good =
        load_frozen(project, settings, &frozen, err) &&
        (settings->snapshot
             ? export_frozen_segments(project, &frozen, &all, err)
             : export_segments_gather(project, settings->practice, &all, err));

    if (good) {
        if (settings->format == EXPORT_JSONL) {
            export_frozen_line(&frozen, &out);
            export_segments_jsonl(&all, &out);
        } else {
            export_frozen_notes(&frozen, &out);
            export_segments_csv(&all, &out);
        }
        good = atomic_write(settings->output, buf_text(&out), out.length, err);
    }
    buf_release(&out);
    export_segments_release(&all);
    freeze_release(&frozen);
    return good;
}

/* Does any version of the protocol ask for it? */
static bool is_asked(struct project *project, enum question_type type,
                     bool *asked, struct error *err)
{
    int64_t newest;
    char *text = project_protocol(project, &newest, err);
    bool good = text != NULL;

    *asked = false;
    for (int64_t n = newest; good && !*asked && n > 0; n--) {
        struct protocol *protocol;

        free(text);
        text = project_protocol_numbered(project, n, err);
        protocol = text
                       ? protocol_parse(text, strlen(text), "the protocol", err)
                       : NULL;
        good = protocol != NULL;
        for (size_t q = 0; good && q < protocol->question_count; q++)
            *asked = *asked || protocol->question[q].type == type;
        protocol_free(protocol);
    }
    free(text);
    return good;
}

/* A table of what nobody was asked for would be empty, and look like none. */
static bool check_asked(struct project *project,
                        const struct export_settings *settings,
                        struct error *err)
{
    bool marks =
        settings->what == WHAT_SEGMENTS || settings->what == EXPORT_MARKS;
    bool traces = is_trace(settings) || settings->what == EXPORT_CURVES;
    enum question_type type = marks ? QUESTION_SEGMENTS : QUESTION_TRACE;
    bool asked = true;

    if ((marks || traces) && !is_asked(project, type, &asked, err))
        return false;
    return asked ||
           error_set(err, ERROR_USAGE,
                     "--what %s: no question of the protocol is of the type "
                     "%s",
                     what_names[settings->what], question_type_names[type]);
}

static int cmd_export(void *context, int argc, char **argv, struct error *err)
{
    const struct export_settings *settings = context;
    struct project *project = NULL;
    bool damaged = false;

    (void)argv;
    if (check(settings, argc, err))
        project = workspace_open(settings->project, true, err);
    if (project && home_collect(project, &damaged, err) &&
        check_asked(project, settings, err)) {
        if (settings->what == WHAT_SEGMENTS)
            write_segments(project, settings, err);
        else if (is_trace(settings))
            write_traces(project, settings, err);
        else if (is_plain(settings))
            write_rows(project, settings, err);
        else
            write_truth(project, settings, err);
    }
    project_close(project);
    if (err->code != ERROR_NONE)
        return error_exit_status(err->code);
    return damaged ? 1 : 0;
}

const struct command cmd_export_entry = {
    .name = "export",
    .group = "Results",
    .synopsis = "[options]",
    .summary = "write raw labels, the consensus, soft labels",
    .options = export_options,
    .settings_size = sizeof(struct export_settings),
    .defaults = &export_defaults,
    .run = cmd_export,
};
