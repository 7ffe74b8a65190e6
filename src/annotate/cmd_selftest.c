/*
 * cmd_selftest - what can be timed on this machine, in this terminal.
 */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "annotate/commands.h"
#include "annotate/selftest.h"
#include "annotate/term/facts.h"
#include "annotate/timing_file.h"
#include "common/base/mem.h"
#include "common/cli/output.h"
#include "common/stat/describe.h"

struct selftest_settings {
    int format;
    int64_t tap;
    int64_t keys;
    int64_t rounds;
    bool no_keep;
};

static const struct option_spec selftest_options[] = {
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct selftest_settings, format),
      .choices = output_format_names,
      .help = "text, csv or json" },
    { .name = "tap",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct selftest_settings, tap),
      .min = TIMING_TAPS_MIN,
      .max = 200,
      .help = "measure the latency of the sound by n taps to clicks" },
    { .name = "keys",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct selftest_settings, keys),
      .min = 10,
      .max = 10000,
      .help = "keys whose wait is measured, twice (200)" },
    { .name = "rounds",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct selftest_settings, rounds),
      .min = 2,
      .max = FACTS_ROUNDS_MAX,
      .help = "questions to the terminal, for the round trip (20)" },
    { .name = "no-keep",
      .type = OPTION_FLAG,
      .offset = offsetof(struct selftest_settings, no_keep),
      .help = "do not keep the outcome for label" },
    OPTION_END
};

/* All that was found out. */
struct outcome {
    struct facts facts;
    struct player_snapshot sound;
    bool has_sound;
    char no_sound[256];
    struct selftest_wait idle, busy;
    bool tapped;
    struct timing_taps taps;
    struct timing timing;
};

static void begin_row(struct table *table, const char *what)
{
    table_begin_row(table);
    table_put_text(table, what);
}

static void row_text(struct table *table, const char *what, const char *value,
                     const char *remark)
{
    begin_row(table, what);
    table_put_text(table, value);
    table_put_text(table, NULL);
    table_put_text(table, remark);
}

static void row_number(struct table *table, const char *what, double value,
                       int decimals, const char *unit, const char *remark)
{
    char text[64];

    snprintf(text, sizeof(text), "%.*f", decimals, value);
    begin_row(table, what);
    table_put_text(table, text);
    table_put_text(table, unit);
    table_put_text(table, remark);
}

static void put_sound(struct table *table, const struct outcome *outcome)
{
    const struct player_snapshot *sound = &outcome->sound;
    bool measured = outcome->timing.source == TIMING_MEASURED;

    if (!outcome->has_sound) {
        row_text(table, "sound", "none", outcome->no_sound);
        return;
    }
    row_text(table, "sound", sound->device,
             sound->wireless ? "wireless: 100 to 300 ms late" : NULL);
    row_number(table, "sound.rate", sound->device_rate, 0, "Hz", NULL);
    row_number(table, "sound.buffer", outcome->timing.buffer, 1, "ms", NULL);
    row_number(table, "sound.latency", outcome->timing.latency, 1, "ms",
               measured ? "measured by taps" : "assumed: two buffers");
    if (measured)
        row_number(table, "sound.latency-sd", outcome->timing.latency_sd, 1,
                   "ms", "standard error of the median");
    if (outcome->tapped) {
        row_number(table, "sound.taps", (double)outcome->taps.kept, 0, NULL,
                   "people tap 20 to 50 ms early: that is in the median");
        row_number(table, "sound.tap-sd", outcome->taps.sd, 1, "ms", NULL);
    }
}

static void put_wait(struct table *table, const char *name,
                     const struct selftest_wait *wait)
{
    char what[64];

    snprintf(what, sizeof(what), "%s.median", name);
    row_number(table, what, wait->median, 3, "ms", NULL);
    snprintf(what, sizeof(what), "%s.p95", name);
    row_number(table, what, wait->p95, 3, "ms", NULL);
    snprintf(what, sizeof(what), "%s.max", name);
    row_number(table, what, wait->most, 3, "ms", NULL);
    snprintf(what, sizeof(what), "%s.sd", name);
    row_number(table, what, wait->sd, 3, "ms", NULL);
}

static void put_terminal(struct table *table, const struct outcome *outcome)
{
    const struct facts *facts = &outcome->facts;

    row_text(table, "terminal", facts->name[0] ? facts->name : "none",
             !facts->is_terminal ? "stdin or stdout is no terminal"
             : facts->known      ? NULL
                                 : "not known to terminfo");
    row_number(table, "terminal.colours", facts->colours, 0, NULL, NULL);
    row_text(table, "terminal.mouse", facts->mouse ? "yes" : "no", NULL);
    row_text(table, "terminal.utf-8", facts->utf8 ? "yes" : "no",
             facts->utf8 ? NULL : "the locale has another character set");
    if (facts->wide > 0)
        row_number(table, "terminal.wide", facts->wide, 0, "cells",
                   facts->wide == 2 ? "of a wide character"
                                    : "wide characters will not line up");
    row_number(table, "terminal.keys", facts->keys, 0, NULL,
               "sequences that terminfo has");
    row_number(table, "terminal.keys-unknown", facts->keys_bad, 0, NULL,
               facts->keys_bad ? facts->bad : "all are understood");
}

static void put_link(struct table *table, const struct outcome *outcome)
{
    const struct facts *facts = &outcome->facts;
    size_t count = facts->rounds;

    row_text(table, "link", facts->remote ? "ssh" : "local", NULL);
    if (count < 2) {
        row_text(table, "link.round", NULL,
                 facts->is_terminal ? "the terminal does not answer"
                                    : "asked of a terminal only");
        return;
    }
    row_number(table, "link.round-min", facts->round[0], 2, "ms", NULL);
    row_number(table, "link.round-median",
               describe_quantile(facts->round, count, 0.5).value, 2, "ms",
               NULL);
    row_number(table, "link.round-p95",
               describe_quantile(facts->round, count, 0.95).value, 2, "ms",
               NULL);
}

static void put_verdict(struct table *table, const struct outcome *outcome)
{
    double uncertainty = timing_uncertainty(&outcome->timing);
    struct buf why = { 0 };

    timing_explain(&outcome->timing, &why);
    row_number(table, "uncertainty", uncertainty, 1, "ms", buf_text(&why));
    for (int i = 0; i < TIMING_WORKS; i++) {
        char what[64], limit[64];

        snprintf(what, sizeof(what), "verdict.%s", timing_work_names[i]);
        snprintf(limit, sizeof(limit), "up to %.0f ms", timing_work_limit[i]);
        row_text(table, what,
                 uncertainty <= timing_work_limit[i] ? "yes" : "no", limit);
    }
    buf_release(&why);
}

static bool report(const struct outcome *outcome, enum output_format format,
                   struct error *err)
{
    struct table *table = table_new();
    struct buf out = { 0 };
    bool good;

    table_column(table, "what", "what", TABLE_TEXT, 0);
    table_column(table, "value", "value", TABLE_TEXT, 0);
    table_column(table, "unit", "unit", TABLE_TEXT, 0);
    table_column(table, "remark", "remark", TABLE_TEXT, 0);
    put_sound(table, outcome);
    put_wait(table, "key", &outcome->idle);
    put_wait(table, "key-under-load", &outcome->busy);
    put_link(table, outcome);
    put_terminal(table, outcome);
    put_verdict(table, outcome);
    table_print(table, format, &out);
    good = output_write(&out, err);
    buf_release(&out);
    table_free(table);
    return good;
}

static bool tap(struct outcome *outcome, struct player *player, int64_t taps,
                struct timing_kept *kept, struct error *err)
{
    if (!outcome->facts.is_terminal)
        return error_set(err, ERROR_USAGE, "--tap: taps come from a terminal");
    fprintf(stderr, "Tap any key in step with the clicks; the first ones are "
                    "not counted.\n");
    if (!selftest_tap(player, (size_t)taps, &outcome->taps, err))
        return false;
    outcome->tapped = true;
    snprintf(kept->device, sizeof(kept->device), "%s", outcome->sound.device);
    kept->latency =
        (double)outcome->sound.latency_us / 1000 + outcome->taps.median;
    if (kept->latency < 0) /* tapped ahead by more than the latency is */
        kept->latency = 0;
    kept->latency_sd = outcome->taps.error;
    return true;
}

static bool test_sound(struct outcome *outcome, int64_t taps,
                       struct timing_kept *kept, struct error *err)
{
    struct player_settings settings = PLAYER_SETTINGS_DEFAULT;
    struct error why;
    struct player *player = player_new(&settings, &why);
    bool good = true;

    outcome->has_sound = player != NULL;
    if (!player) {
        snprintf(outcome->no_sound, sizeof(outcome->no_sound), "%.200s",
                 why.text);
        outcome->sound.silent = true;
        return taps == 0 || error_set(err, ERROR_IO, "--tap: %s", why.text);
    }
    player_snapshot(player, &outcome->sound);
    if (taps > 0)
        good = tap(outcome, player, taps, kept, err);
    player_free(player);
    return good;
}

/* As label will take it. */
static void judge(struct outcome *outcome, const struct timing_kept *kept)
{
    struct player_snapshot *sound = &outcome->sound;
    struct facts *facts = &outcome->facts;
    struct timing *timing = &outcome->timing;

    if (timing_holds(sound, kept)) {
        sound->latency_us = llround(kept->latency * 1000);
        sound->latency_source = LATENCY_MEASURED;
    }
    timing_of(sound, kept, timing);
    timing_link(facts, timing);
}

static int cmd_selftest(void *context, int argc, char **argv, struct error *err)
{
    const struct selftest_settings *settings = context;
    struct outcome *outcome = xcalloc(1, sizeof(*outcome));
    size_t keys = settings->keys ? (size_t)settings->keys : 200;
    struct timing_kept kept;
    char *path = NULL;

    (void)argv;
    timing_file_read(&kept);
    facts_read(&outcome->facts,
               settings->rounds == 0 ? 20 : (size_t)settings->rounds);
    if (argc != 0)
        error_set(err, ERROR_USAGE, "selftest takes options only");
    else if (test_sound(outcome, settings->tap, &kept, err) &&
             selftest_wait(keys, false, &outcome->idle, err) &&
             selftest_wait(keys, true, &outcome->busy, err)) {
        kept.key_sd = outcome->idle.sd;
        judge(outcome, &kept);
        if (report(outcome, (enum output_format)settings->format, err) &&
            !settings->no_keep)
            path = timing_file_write(&kept, err);
        if (path && settings->format == OUTPUT_TEXT)
            fprintf(stderr, "kept for label in %s\n", path);
    }
    free(path);
    free(outcome);
    return error_exit_status(err->code);
}

const struct command cmd_selftest_entry = {
    .name = "selftest",
    .group = "Labelling",
    .synopsis = "[options]",
    .summary = "what can be timed here: sound, keys, terminal",
    .options = selftest_options,
    .settings_size = sizeof(struct selftest_settings),
    .run = cmd_selftest,
};
