/*
 * cmd_label - the workbench.
 */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/commands.h"
#include "annotate/export_mine.h"
#include "annotate/loop.h"
#include "annotate/plain_mode.h"
#include "annotate/protocol_show.h"
#include "annotate/script.h"
#include "annotate/sitting.h"
#include "annotate/timing_file.h"
#include "annotate/view/plain.h"
#include "annotate/workspace.h"
#include "common/base/interrupt.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/cli/output.h"
#include "common/file/atomic.h"

enum {
    KEYS_FILE_MAX = 1 << 20,
    LINK_ROUNDS = 8,   /* over a network: how long its way is */
    GUARD_US = 300000, /* answers typed sooner were meant for the item before */
};

struct label_settings {
    const char *project;
    const char *alias;
    const char *media;
    const char *script;
    const char *headless;
    const char *keys;
    bool ascii;
    bool mono;
    bool no_mouse;
    bool silent;
    int window;
    double latency;
    bool print_keys;
    bool export_mine;
    int format;
    bool plain;
};

/* As enum window_wish. */
static const char *const window_names[] = { "auto", "yes", "no", NULL };
static const char *const mine_formats[] = { "csv", "json", NULL };

static const struct option_spec label_options[] = {
    WORKSPACE_PROJECT_OPTION(struct label_settings),
    { .name = "as",
      .type = OPTION_TEXT,
      .arg = "alias",
      .offset = offsetof(struct label_settings, alias),
      .help = "who is labelling, in place of $MIEN_USER" },
    { .name = "media",
      .type = OPTION_TEXT,
      .arg = "dir",
      .offset = offsetof(struct label_settings, media),
      .help = "where the media of a bundle lie" },
    { .name = "keys",
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct label_settings, keys),
      .help = "a file of other keys, in place of ~/.config/mien/keys; left "
              "or right: those for one hand" },
    { .name = "plain",
      .type = OPTION_FLAG,
      .offset = offsetof(struct label_settings, plain),
      .help = "line by line, without a screen: for screen readers, Braille "
              "lines and simple terminals" },
    { .name = "print-keys",
      .type = OPTION_FLAG,
      .offset = offsetof(struct label_settings, print_keys),
      .help = "write the shipped key file to stdout, to start your own with" },
    { .name = "export-mine",
      .type = OPTION_FLAG,
      .offset = offsetof(struct label_settings, export_mine),
      .help = "write your own record to stdout: your answers with their "
              "times; a bundle that is done is named, or the newest is taken" },
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct label_settings, format),
      .choices = mine_formats,
      .with = "export-mine",
      .help = "of --export-mine: csv (the default), or json, which has every "
              "event that was recorded" },
    { .name = "ascii",
      .type = OPTION_FLAG,
      .offset = offsetof(struct label_settings, ascii),
      .help = "draw with ASCII characters only" },
    { .name = "mono",
      .type = OPTION_FLAG,
      .offset = offsetof(struct label_settings, mono),
      .help = "draw without colours, as NO_COLOR does" },
    { .name = "no-mouse",
      .type = OPTION_FLAG,
      .offset = offsetof(struct label_settings, no_mouse),
      .help = "leave the mouse to the terminal, to select text with" },
    { .name = "latency",
      .type = OPTION_NUMBER,
      .arg = "ms",
      .offset = offsetof(struct label_settings, latency),
      .min = 0,
      .max = 2000,
      .help =
          "of the sound device, where it is known better than by selftest" },
    { .name = "window",
      .type = OPTION_CHOICE,
      .arg = "when",
      .offset = offsetof(struct label_settings, window),
      .choices = window_names,
      .help = "a window for videos: auto, yes, no; auto: where there is a "
              "display" },
    { .name = "silent",
      .type = OPTION_FLAG,
      .offset = offsetof(struct label_settings, silent),
      .help = "go on without sound, where the protocol allows it" },
    { .name = "script",
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct label_settings, script),
      .help = "take the input from a file (-: stdin); needs --headless" },
    { .name = "headless",
      .type = OPTION_TEXT,
      .arg = "WxH",
      .offset = offsetof(struct label_settings, headless),
      .help = "a screen of this size without a terminal; needs --script" },
    OPTION_END
};

/* The user's own key file, when there is one: the caller's; else NULL. */
static char *own_keys_path(void)
{
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    char *path = NULL;

    if (config && config[0] == '/')
        path = path_join(config, "mien/keys");
    else if (home && home[0])
        path = path_join(home, ".config/mien/keys");
    if (path && !path_is_file(path)) {
        free(path);
        path = NULL;
    }
    return path;
}

/* A file, or one of the shipped profiles. */
static bool read_keys_from(struct keymap *map, const char *path,
                           struct error *err)
{
    const char *profile = keymap_profile_text(path);
    char *text = NULL;
    bool ok;

    if (profile)
        return keymap_read(map, profile, path, err);
    text = file_read_text(path, KEYS_FILE_MAX, err);
    ok = text && keymap_read(map, text, path, err);
    free(text);
    return ok;
}

/*
 * The keys of --keys, else the user's own, else the shipped ones.  A fault in
 * the user's own file must not keep anybody from working: it is told on the
 * first screen instead.
 */
static bool read_keys(struct keymap *map, const char *asked,
                      struct error *complaint, struct error *err)
{
    char *own;

    error_clear(complaint);
    keymap_defaults(map);
    if (asked)
        return read_keys_from(map, asked, err);
    own = own_keys_path();
    if (own && !read_keys_from(map, own, complaint))
        error_append(complaint, "; the shipped keys are used");
    free(own);
    return true;
}

/* What the screen said must reach a script, too. */
static bool check_kept(const struct bench *bench, struct error *err)
{
    if (bench->refused == 0)
        return true;
    return error_set(err, ERROR_IO, "%zu answer%s NOT KEPT, all else is kept",
                     bench->refused, bench->refused == 1 ? " was" : "s were");
}

static bool run_headless(const struct label_settings *settings,
                         struct bench_settings *bench_settings,
                         struct error *err)
{
    struct bench_watch watch = script_watch();
    struct bench bench;
    int width, height;
    bool ok;

    if (!settings->script || !settings->headless)
        return error_set(err, ERROR_USAGE,
                         "--script FILE and --headless WxH go together");
    if (!script_parse_size(settings->headless, &width, &height))
        return error_set(err, ERROR_USAGE,
                         "--headless: \"%s\" is no size such as 80x24",
                         settings->headless);
    bench_settings->terminal = "headless";
    bench_settings->window = WINDOW_NO;
    bench_settings->output = PLAYER_MANUAL;
    bench_settings->depth = PICTURE_MONO; /* a dump of it has no colours */
    bench_settings->ascii = settings->ascii;
    if (!bench_open(&bench, bench_settings, &watch, err))
        return false;
    ok = script_run(&bench, settings->script, width, height, settings->ascii,
                    err) &&
         check_kept(&bench, err);
    bench_close(&bench, "script");
    return ok;
}

static bool wants_colour(const struct label_settings *settings)
{
    const char *no_colour = getenv("NO_COLOR");

    return !settings->mono && !(no_colour && no_colour[0]);
}

/* The bundle first: what is wrong with it is said on a plain screen. */
static bool run_terminal(const struct label_settings *settings,
                         struct bench_settings *bench_settings,
                         struct error *err)
{
    struct loop loop = { 0 };
    struct bench_watch watch = loop_watch(&loop);
    struct bench bench;
    const char *reason, *kept;
    size_t done, count;
    int stopped;
    bool whole;

    if (!term_check(bench_settings->court
                        ? "--list, --show and --decide, or --script FILE "
                          "--headless 80x24"
                        : "--plain, or --script FILE --headless 80x24",
                    err))
        return false;
    timing_here(LINK_ROUNDS, &bench_settings->timing, &bench_settings->kept);
    bench_settings->terminal = getenv("TERM");
    bench_settings->output = PLAYER_DEVICE;
    if (!bench_open(&bench, bench_settings, &watch, err))
        return false;
    loop.bench = &bench;
    bench.model.guard_us = GUARD_US;
    loop.ascii = settings->ascii || !term_locale_is_utf8();
    loop.terminal = term_open(!settings->no_mouse, err);
    if (!loop.terminal) {
        bench_close(&bench, "terminal");
        return false;
    }
    loop.theme = wants_colour(settings) && term_has_colour(loop.terminal)
                     ? THEME_COLOUR
                     : THEME_MONO;
    bench_depth(&bench, term_depth(loop.terminal, loop.theme), loop.ascii);
    reason = loop_run(&loop);
    stopped = term_stopped(loop.terminal);
    term_close(loop.terminal);
    done = model_total_done(&bench.model);
    count = model_total(&bench.model);
    kept = bench.refused == 0
               ? "every answer is kept"
               : "what the screen called NOT KEPT is lost, all else is kept";
    whole = check_kept(&bench, err);
    bench_close(&bench, reason);
    printf("%zu of %zu items done; %s\n", done, count, kept);
    if (stopped)
        return error_set(err, ERROR_INTERRUPTED, "stopped by signal %d; %s",
                         stopped, kept);
    return whole;
}

/* What lines cannot ask, a screen must. */
static bool plain_can(const struct bench *bench, struct error *err)
{
    const struct question *question = plain_misses(bench->protocol);

    if (!question)
        return true;
    return error_set(err, ERROR_INPUT,
                     "--plain asks choices, scales and texts; the question "
                     "\"%s\" of this work is of the type %s and wants the "
                     "screen: leave --plain out",
                     question->id, question_type_names[question->type]);
}

static bool run_plain(struct bench_settings *bench_settings, struct error *err)
{
    const struct bench_watch watch = { 0 };
    const char *reason = "refused";
    struct bench bench;
    bool whole = false;

    timing_here(0, &bench_settings->timing, &bench_settings->kept);
    bench_settings->terminal = "plain";
    bench_settings->window = WINDOW_NO;
    bench_settings->output = PLAYER_DEVICE;
    bench_settings->depth = PICTURE_MONO;
    bench_settings->ascii = true;
    if (!bench_open(&bench, bench_settings, &watch, err))
        return false;
    if (plain_can(&bench, err)) {
        interrupt_install();
        reason = plain_run(&bench);
        printf("%zu of %zu items done.\n", model_total_done(&bench.model),
               model_total(&bench.model));
        whole = check_kept(&bench, err);
        if (whole && text_equal(reason, "signal"))
            whole = error_set(err, ERROR_INTERRUPTED,
                              "stopped; every answer is kept");
    }
    bench_close(&bench, reason);
    return whole;
}

/* Nothing is left to do: no failure. */
static void print_done(const char *alias, const char *last, struct error *err)
{
    struct buf text = { 0 };

    buf_addf(&text,
             "all the work of \"%s\" is done, thank you\n"
             "to look at the newest of it again, or to revise it: "
             "mien-annotate label %s\n",
             alias, last);
    output_write(&text, err);
    buf_release(&text);
}

/*
 * The oldest bundle of the annotator with work left: the caller's.  NULL
 * without an error when all is done, which is said.
 */
static char *find_bundle(const struct label_settings *settings,
                         struct error *err)
{
    char *project = workspace_find(settings->project, err);
    char *alias = NULL;
    char *path = NULL;
    char *last = NULL;

    if (project)
        alias = workspace_alias(settings->alias, project, err);
    if (alias)
        path = bundle_find_open(project, alias, &last, err);
    if (last && settings->export_mine) {
        path = last;
        last = NULL;
    }
    if (last)
        print_done(alias, last, err);
    free(last);
    free(alias);
    free(project);
    return path;
}

static int print_keys(const char *profile, struct error *err)
{
    const char *keys =
        profile ? keymap_profile_text(profile) : keymap_default_text();
    struct buf text = { 0 };
    bool ok;

    if (!keys) {
        error_set(err, ERROR_USAGE,
                  "--print-keys shows the shipped keys, or those of --keys "
                  "left or right");
        return error_exit_status(err->code);
    }
    buf_add_text(&text, keys);
    ok = output_write(&text, err);
    buf_release(&text);
    return ok ? 0 : error_exit_status(err->code);
}

/* The user's keys, then the screen: on a terminal, or by a script. */
static void work(const struct label_settings *settings,
                 struct bench_settings *bench, struct error *err)
{
    struct keymap keymap = { 0 };
    struct error complaint;

    if (read_keys(&keymap, settings->keys, &complaint, err)) {
        bench->keymap = &keymap;
        if (complaint.code != ERROR_NONE)
            bench->complaint = complaint.text;
        if (settings->script || settings->headless)
            run_headless(settings, bench, err);
        else if (settings->plain)
            run_plain(bench, err);
        else
            run_terminal(settings, bench, err);
    }
    keymap_release(&keymap);
}

bool sitting_run(const struct sitting *sitting, struct error *err)
{
    struct label_settings settings = { .script = sitting->script,
                                       .headless = sitting->headless,
                                       .keys = sitting->keys,
                                       .ascii = sitting->ascii };
    struct bench_settings bench = { .bundle = sitting->bundle,
                                    .media = sitting->media,
                                    .language = protocol_show_language(NULL),
                                    .silent = sitting->silent,
                                    .court = sitting->court };

    work(&settings, &bench, err);
    return err->code == ERROR_NONE;
}

static int cmd_label(void *context, int argc, char **argv, struct error *err)
{
    const struct label_settings *settings = context;
    struct bench_settings bench = {
        .media = settings->media,
        .language = protocol_show_language(NULL),
        .silent = settings->silent,
        .window = settings->window,
        .latency_us =
            settings->latency > 0 ? llround(settings->latency * 1000) : -1,
    };
    char *path = NULL;

    if (settings->print_keys)
        return print_keys(settings->keys, err);
    if (argc > 1) {
        error_set(err, ERROR_USAGE, "one bundle at a time");
        return error_exit_status(err->code);
    }
    path = argc == 1 ? xstrdup(argv[0]) : find_bundle(settings, err);
    if (path && settings->export_mine)
        export_mine(path, settings->format == 1, err);
    else if (path) {
        bench.bundle = path;
        work(settings, &bench, err);
    }
    free(path);
    return error_exit_status(err->code);
}

const struct command cmd_label_entry = {
    .name = "label",
    .group = "Labelling",
    .synopsis = "[options] [bundle]",
    .summary = "the workbench: hear, judge, go on",
    .notes = "Without a bundle it opens the oldest one of the annotator that "
             "has work left.\nEvery answer is kept as soon as the screen says "
             "so; stop at any time and go on\nlater.\n",
    .options = label_options,
    .settings_size = sizeof(struct label_settings),
    .run = cmd_label,
};
