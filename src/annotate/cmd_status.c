/* cmd_status - progress, pace, gold and drift of each annotator. */
#include <config.h>

#include <math.h>
#include <stdio.h>

#include "annotate/commands.h"
#include "annotate/home.h"
#include "annotate/quality.h"
#include "annotate/workspace.h"
#include "common/base/vec.h"
#include "common/cli/output.h"
#include "common/stat/proportion.h"

struct status_settings {
    const char *project;
    int format;
};

static const struct option_spec status_options[] = {
    WORKSPACE_PROJECT_OPTION(struct status_settings),
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct status_settings, format),
      .choices = output_format_names,
      .help = "text, csv or json" },
    OPTION_END
};

/* Entries an hour of active work; NAN before there is any. */
static double pace(const struct quality *row)
{
    return row->done > 0 && row->active_us > 0
               ? (double)row->done * 3.6e9 / (double)row->active_us
               : NAN;
}

static double left_s(const struct quality *row)
{
    return (double)(row->entries - row->done) * 3600 / pace(row);
}

/* Hours and minutes for people, seconds for programs. */
static void put_time(struct table *table, double seconds, bool for_people)
{
    char text[64];
    long minutes;

    if (!for_people || !isfinite(seconds)) {
        if (for_people)
            table_put_text(table, NULL);
        else
            table_put_number(table, isfinite(seconds) ? seconds : NAN);
        return;
    }
    minutes = lround(seconds / 60);
    snprintf(text, sizeof(text), "%ld:%02ld", minutes / 60, minutes % 60);
    table_put_text(table, text);
}

/* Wilson's, 95 %; NAN without gold. */
static struct proportion_limits gold_limits(const struct quality *it)
{
    if (it->gold.of == 0)
        return (struct proportion_limits){ NAN, NAN };
    return proportion_limits_of(PROPORTION_WILSON, it->gold.right, it->gold.of,
                                0.95);
}

static double share(struct session_score score)
{
    return score.of > 0 ? (double)score.right / (double)score.of : NAN;
}

/* Columns for people that say more than zeros. */
struct extras {
    bool marks, traces;
};

static struct extras extras_of(const struct qualities *list)
{
    struct extras extras = { 0 };

    for (size_t i = 0; i < list->count; i++) {
        extras.marks = extras.marks || list->item[i].marks > 0;
        extras.traces = extras.traces || list->item[i].traced_us > 0;
    }
    return extras;
}

static void extra_columns(struct table *table, const struct extras *extras)
{
    if (extras->marks)
        table_column(table, "marks", "marks", TABLE_INT, 0);
    if (extras->traces)
        table_column(table, "traced_s", "traced", TABLE_TEXT, 0);
}

static void put_extras(struct table *table, const struct extras *extras,
                       const struct quality *it)
{
    if (extras->marks)
        table_put_int(table, (int64_t)it->marks);
    if (extras->traces)
        put_time(table, (double)it->traced_us / 1e6, true);
}

static void progress_columns(struct table *table, bool for_people)
{
    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    if (!for_people)
        table_column(table, "bundles", "bundles", TABLE_INT, 0);
    table_column(table, "entries", "entries", TABLE_INT, 0);
    table_column(table, "done", "done", TABLE_INT, 0);
    table_column(table, "skipped", "skipped", TABLE_INT, 0);
    table_column(table, "flagged", "flagged", TABLE_INT, 0);
    table_column(table, "active_s", "active",
                 for_people ? TABLE_TEXT : TABLE_NUMBER, 0);
    table_column(table, "per_hour", "/hour", TABLE_NUMBER, 1);
    table_column(table, "left_s", "left",
                 for_people ? TABLE_TEXT : TABLE_NUMBER, 0);
    table_column(table, "asked_twice", "twice", TABLE_INT, 0);
    table_column(table, "self_agreement", "same", TABLE_NUMBER, 3);
}

static void put_progress(struct table *table, const struct quality *it,
                         bool for_people)
{
    table_begin_row(table);
    table_put_text(table, it->alias);
    if (!for_people)
        table_put_int(table, (int64_t)it->bundles);
    table_put_int(table, (int64_t)it->entries);
    table_put_int(table, (int64_t)it->done);
    table_put_int(table, (int64_t)it->skipped);
    table_put_int(table, (int64_t)it->flagged);
    put_time(table, (double)it->active_us / 1e6, for_people);
    table_put_number(table, pace(it));
    put_time(table, it->done == it->entries ? 0 : left_s(it), for_people);
    table_put_int(table, (int64_t)it->repeats.of);
    table_put_number(table, share(it->repeats));
}

/* "17/20"; "" when there is none. */
static void put_score(struct table *table, struct session_score score)
{
    char text[64];

    if (score.of == 0) {
        table_put_text(table, NULL);
        return;
    }
    snprintf(text, sizeof(text), "%zu/%zu", score.right, score.of);
    table_put_text(table, text);
}

static void put_estimate(struct table *table, struct estimate value)
{
    table_put_number(table, value.defined ? value.value : NAN);
}

static void put_drift(struct table *table, const struct quality *it)
{
    char text[64];

    table_put_text(table, quality_drift(it, text, sizeof(text)));
}

/* A second table for people, which says what no column of zeros would. */
static struct table *quality_table(const struct qualities *list)
{
    struct table *table = table_new();

    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    table_column(table, "practice", "practice", TABLE_TEXT, 0);
    table_column(table, "gold", "gold", TABLE_TEXT, 0);
    table_column(table, "gold_share", "share", TABLE_NUMBER, 2);
    table_column(table, "gold_interval", "95 %", TABLE_TEXT, 0);
    table_column(table, "kappa", "kappa", TABLE_NUMBER, 2);
    table_column(table, "icc", "ICC", TABLE_NUMBER, 2);
    table_column(table, "attention", "checks", TABLE_TEXT, 0);
    table_column(table, "hasty", "hasty", TABLE_INT, 0);
    table_column(table, "drift", "drift", TABLE_TEXT, 0);
    for (size_t i = 0; i < list->count; i++) {
        const struct quality *it = &list->item[i];
        struct proportion_limits limits = gold_limits(it);
        char text[64] = "";

        if (it->gold.of > 0)
            snprintf(text, sizeof(text), "%.2f-%.2f", limits.low, limits.high);
        table_begin_row(table);
        table_put_text(table, it->alias);
        put_score(table, it->practice);
        put_score(table, it->gold);
        table_put_number(table, share(it->gold));
        table_put_text(table, text[0] ? text : NULL);
        put_estimate(table, it->kappa);
        put_estimate(table, it->icc);
        put_score(table, it->attention);
        table_put_int(table, (int64_t)it->hasty);
        put_drift(table, it);
    }
    return table;
}

static void quality_columns(struct table *table)
{
    static const char *const counts[] = {
        "gold_right",        "gold_of",        "attention_right",
        "attention_of",      "practice_right", "practice_of",
        "practice_attempts", "paused",         "hasty",
        "sessions",          "marks"
    };
    static const char *const numbers[] = { "gold_low",    "gold_high",
                                           "self_kappa",  "self_icc",
                                           "drift_cusum", "traced_s" };

    for (size_t i = 0; i < LENGTH_OF(counts); i++)
        table_column(table, counts[i], counts[i], TABLE_INT, 0);
    for (size_t i = 0; i < LENGTH_OF(numbers); i++)
        table_column(table, numbers[i], numbers[i], TABLE_NUMBER, 3);
    table_column(table, "drift", "drift", TABLE_TEXT, 0);
}

/* In the order of quality_columns(). */
static void put_quality(struct table *table, const struct quality *it)
{
    struct proportion_limits limits = gold_limits(it);

    table_put_int(table, (int64_t)it->gold.right);
    table_put_int(table, (int64_t)it->gold.of);
    table_put_int(table, (int64_t)it->attention.right);
    table_put_int(table, (int64_t)it->attention.of);
    table_put_int(table, (int64_t)it->practice.right);
    table_put_int(table, (int64_t)it->practice.of);
    table_put_int(table, it->attempts);
    table_put_int(table, it->paused);
    table_put_int(table, (int64_t)it->hasty);
    table_put_int(table, (int64_t)it->sessions.count);
    table_put_int(table, (int64_t)it->marks);
    table_put_number(table, limits.low);
    table_put_number(table, limits.high);
    put_estimate(table, it->kappa);
    put_estimate(table, it->icc);
    table_put_number(table, it->drift.count > 0 ? it->drift.low : NAN);
    table_put_number(table, (double)it->traced_us / 1e6);
    put_drift(table, it);
}

static bool says_quality(const struct qualities *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct quality *it = &list->item[i];

        if (it->gold.of + it->attention.of + it->practice.of + it->repeats.of +
                    it->hasty >
                0 ||
            it->pauses > 0)
            return true;
    }
    return false;
}

/* In words, for people: a drift, and who waits for the lead. */
static void say_alarms(const struct qualities *list, struct buf *out)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct quality *it = &list->item[i];

        if (it->drift.low_alarm > 0)
            buf_addf(out,
                     "\n%s drifts: gold and repeats are worse than at the "
                     "beginning; the chart\n(CUSUM, k %g, h %g) gave alarm at "
                     "session %zu of %zu\n",
                     it->alias, quality_k, quality_h,
                     it->drift_sessions + it->drift.low_alarm,
                     it->sessions.count);
        if (it->paused)
            buf_addf(out,
                     "\n%s was paused by a rule of the protocol: speak with "
                     "them; `mien-annotate annotator release %s'\nlets them go "
                     "on\n",
                     it->alias, it->alias);
        else if (it->pauses > 0)
            buf_addf(out,
                     "\n%s was paused %d time%s by rules of the protocol and "
                     "may go on\n",
                     it->alias, it->pauses, it->pauses == 1 ? "" : "s");
    }
}

static void print(const struct qualities *list, enum output_format format,
                  struct error *err)
{
    bool for_people = format == OUTPUT_TEXT;
    struct extras extras = extras_of(list);
    struct table *table = table_new();
    struct buf out = { 0 };

    progress_columns(table, for_people);
    if (for_people)
        extra_columns(table, &extras);
    else
        quality_columns(table);
    for (size_t i = 0; i < list->count; i++) {
        put_progress(table, &list->item[i], for_people);
        if (for_people)
            put_extras(table, &extras, &list->item[i]);
        else
            put_quality(table, &list->item[i]);
    }
    table_print(table, format, &out);
    table_free(table);
    if (for_people && says_quality(list)) {
        table = quality_table(list);
        buf_add_text(&out, "\n");
        table_print(table, format, &out);
        say_alarms(list, &out);
        table_free(table);
    }
    output_write(&out, err);
    buf_release(&out);
}

static bool report(struct project *project, enum output_format format,
                   struct error *err)
{
    struct qualities list;
    bool good = qualities_gather(project, &list, err);

    if (good)
        print(&list, format, err);
    qualities_release(&list);
    return good;
}

static int cmd_status(void *context, int argc, char **argv, struct error *err)
{
    const struct status_settings *settings = context;
    struct project *project = NULL;
    bool damaged = false;

    (void)argv;
    if (argc != 0)
        error_set(err, ERROR_USAGE, "status takes options only");
    else
        project = workspace_open(settings->project, true, err);
    if (project && home_collect(project, &damaged, err))
        report(project, (enum output_format)settings->format, err);
    project_close(project);
    if (err->code != ERROR_NONE)
        return error_exit_status(err->code);
    return damaged ? 1 : 0;
}

const struct command cmd_status_entry = {
    .name = "status",
    .group = "Results",
    .synopsis = "[options]",
    .summary = "progress, pace, gold and drift, per annotator",
    .options = status_options,
    .settings_size = sizeof(struct status_settings),
    .run = cmd_status,
};
