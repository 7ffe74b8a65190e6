/* cmd_assign - blind, randomised, balanced work lists. */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/assign_read.h"
#include "annotate/commands.h"
#include "annotate/home.h"
#include "annotate/simulate.h"
#include "annotate/workspace.h"
#include "common/base/log.h"
#include "common/base/vec.h"
#include "common/cli/output.h"
#include "common/store/queue.h"

struct assign_settings {
    const char *project;
    const char *block;
    int64_t partners;
    const char *within;
    int64_t per_item;
    double repeat;
    int64_t distance;
    double gold;
    int64_t practice; /* -1: as the protocol says */
    struct text_list practice_from, gold_from;
    const char *tasks;
    uint64_t seed;
    bool dry_run;
    double skill, lapse, seconds;
    int format;
};

static const struct assign_settings assign_defaults = { .per_item = 1,
                                                        .partners = 4,
                                                        .practice = -1,
                                                        .skill = NAN,
                                                        .lapse = 0.02,
                                                        .seed = 1 };

static const struct option_spec assign_options[] = {
    WORKSPACE_PROJECT_OPTION(struct assign_settings),
    { .name = "per-item",
      .letter = 'k',
      .type = OPTION_INT,
      .arg = "k",
      .offset = offsetof(struct assign_settings, per_item),
      .min = 1,
      .max = 1000,
      .help =
          "annotators for each item, those counted who have it or, retired, "
          "did it; the default is 1" },
    { .name = "repeat",
      .type = OPTION_NUMBER,
      .arg = "share",
      .offset = offsetof(struct assign_settings, repeat),
      .min = 0,
      .max = 1,
      .help = "ask so large a share of each queue twice, unannounced, to "
              "measure self-consistency" },
    { .name = "distance",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct assign_settings, distance),
      .min = 1,
      .max = 100000,
      .help = "a repeat stands at least so many entries after the first time; "
              "the default is the protocol's, else 10, or a quarter of a "
              "queue shorter than 40" },
    { .name = "gold",
      .type = OPTION_NUMBER,
      .arg = "share",
      .offset = offsetof(struct assign_settings, gold),
      .min = 0,
      .max = 1,
      .help = "hide items with a known answer in each queue, so large a share "
              "of its items, to measure skill" },
    { .name = "gold-from",
      .type = OPTION_MANY,
      .arg = "filter|file",
      .offset = offsetof(struct assign_settings, gold_from),
      .help = "take gold from items where a column has one of these values "
              "(col=v,...; several must all hold), or from a .csv file of ids "
              "and right answers; the default is all that have a reference" },
    { .name = "practice",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct assign_settings, practice),
      .min = 0,
      .max = 10000,
      .help = "begin each bundle with so many items of practice; the default "
              "is the protocol's number, once for each annotator" },
    { .name = "practice-from",
      .type = OPTION_MANY,
      .arg = "filter|file",
      .offset = offsetof(struct assign_settings, practice_from),
      .help = "take practice from these items; as --gold-from" },
    { .name = "tasks",
      .type = OPTION_TEXT,
      .arg = "file",
      .offset = offsetof(struct assign_settings, tasks),
      .help = "hand out just what the columns item and annotator of this .csv "
              "file say, to those who had it, too: what is sent back, or a "
              "second round" },
    { .name = "block",
      .type = OPTION_TEXT,
      .arg = "group",
      .offset = offsetof(struct assign_settings, block),
      .help = "keep items together that have the same value of this "
              "attribute, such as speaker or session" },
    { .name = "partners",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct assign_settings, partners),
      .min = 1,
      .max = 1000,
      .help = "where pairs are judged: compare each item with so many others; "
              "the default is 4" },
    { .name = "pair-within",
      .type = OPTION_TEXT,
      .arg = "group",
      .offset = offsetof(struct assign_settings, within),
      .help = "where pairs are judged: compare only items that have the same "
              "value of this attribute, such as speaker or session" },
    { .name = "seed",
      .type = OPTION_SEED,
      .arg = "n",
      .offset = offsetof(struct assign_settings, seed),
      .help = "another draw of shares and orders; the default is 1" },
    { .name = "dry-run",
      .letter = 'n',
      .type = OPTION_FLAG,
      .offset = offsetof(struct assign_settings, dry_run),
      .help = "only say what would be handed out" },
    { .name = "skill",
      .type = OPTION_NUMBER,
      .arg = "share",
      .offset = offsetof(struct assign_settings, skill),
      .min = 0,
      .max = 1,
      .help = "with --dry-run: simulate annotators who are right so often, and "
              "say how long it takes and how exactly agreement will be known" },
    { .name = "lapse",
      .type = OPTION_NUMBER,
      .arg = "share",
      .offset = offsetof(struct assign_settings, lapse),
      .min = 0,
      .max = 1,
      .with = "skill",
      .help = "with --skill: they do not attend so often; the default is "
              "0.02" },
    { .name = "seconds",
      .type = OPTION_NUMBER,
      .arg = "n",
      .offset = offsetof(struct assign_settings, seconds),
      .min = 0,
      .max = 86400,
      .with = "skill",
      .help = "with --skill: an entry takes so long; the default is the "
              "protocol's plan, else 10" },
    { .name = "format",
      .type = OPTION_CHOICE,
      .arg = "format",
      .offset = offsetof(struct assign_settings, format),
      .choices = output_format_names,
      .help = "text, csv or json" },
    OPTION_END
};

/* For people, a column of nothing but zeros says nothing. */
static bool has_any(const struct queue_report *report, size_t offset)
{
    for (size_t i = 0; i < report->count; i++)
        if (*(const size_t *)((const char *)&report->item[i] + offset) > 0)
            return true;
    return false;
}

static const struct share_column {
    const char *name;
    size_t offset;
    bool always;
} share_columns[] = {
    { "items", offsetof(struct queue_share, items), true },
    { "repeats", offsetof(struct queue_share, repeats), true },
    { "gold", offsetof(struct queue_share, gold), false },
    { "practice", offsetof(struct queue_share, practice), false },
    { "checks", offsetof(struct queue_share, checks), false },
};

static void print(const struct queue_report *report, enum output_format format,
                  struct error *err)
{
    struct table *table = table_new();
    struct buf out = { 0 };
    bool shown[LENGTH_OF(share_columns)];

    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    table_column(table, "bundle", "bundle", TABLE_INT, 0);
    for (size_t c = 0; c < LENGTH_OF(share_columns); c++) {
        const struct share_column *it = &share_columns[c];

        shown[c] =
            it->always || format != OUTPUT_TEXT || has_any(report, it->offset);
        if (shown[c])
            table_column(table, it->name, it->name, TABLE_INT, 0);
    }
    for (size_t i = 0; i < report->count; i++) {
        const char *share = (const char *)&report->item[i];

        table_begin_row(table);
        table_put_text(table, report->item[i].alias);
        table_put_int(table, report->item[i].number);
        for (size_t c = 0; c < LENGTH_OF(share_columns); c++)
            if (shown[c])
                table_put_int(
                    table,
                    (int64_t) *
                        (const size_t *)(share + share_columns[c].offset));
    }
    table_print(table, format, &out);
    output_write(&out, err);
    buf_release(&out);
    table_free(table);
}

static void add_times(const struct protocol *protocol,
                      const struct queue_report *report,
                      const struct simulation *simulation, struct buf *out)
{
    buf_addf(out, "\nat %g s an entry:", simulation->seconds);
    for (size_t i = 0; i < report->count; i++)
        buf_addf(
            out, "%s %s %.1f h", i > 0 ? "," : "", report->item[i].alias,
            simulate_hours(protocol, &report->item[i], simulation->seconds));
    buf_addf(out, "\ntwo annotators share %zu", report->shared_least);
    if (report->shared_most > report->shared_least)
        buf_addf(out, " to %zu", report->shared_most);
    buf_add_text(out, " of these items\n");
}

static void print_simulation(const struct assign_settings *settings,
                             const struct protocol *protocol,
                             const struct queue_report *report,
                             struct error *err)
{
    const struct simulate_settings how = { .skill = settings->skill,
                                           .lapse = settings->lapse,
                                           .seconds = settings->seconds,
                                           .seed = settings->seed };
    struct simulation it;
    struct buf out = { 0 };

    simulate(protocol, report, &how, &it);
    add_times(protocol, report, &it, &out);
    if (it.question && it.runs > 0)
        buf_addf(
            &out,
            "%s of \"%s%s\" by annotators of skill %g and lapse %g: %.3f,\n"
            "in 95 of 100 such studies from %.3f to %.3f (width %.3f; %zu "
            "simulated)\n",
            it.coefficient, it.question->id,
            it.question->type == QUESTION_GRID ? ".x" : "", how.skill,
            how.lapse, it.middle, it.low, it.high, it.high - it.low, it.runs);
    else
        buf_add_text(&out, "agreement cannot be simulated: no item has two "
                           "annotators, or no question is a choice, a scale "
                           "or a grid\n");
    output_write(&out, err);
    buf_release(&out);
}

static bool tell_simulation(const struct assign_settings *settings,
                            struct project *project,
                            const struct queue_report *report,
                            struct error *err)
{
    int64_t number;
    char *text = project_protocol(project, &number, err);
    struct protocol *protocol = NULL;

    if (text)
        protocol = protocol_parse(text, strlen(text), "the protocol", err);
    if (protocol)
        print_simulation(settings, protocol, report, err);
    protocol_free(protocol);
    free(text);
    return err->code == ERROR_NONE;
}

static void warn(const struct queue_report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct queue_share *it = &report->item[i];

        if (it->repeats < it->wanted)
            log_warning("%s: only %zu of %zu repeats found a place far enough "
                        "from the first time",
                        it->alias, it->repeats, it->wanted);
        if (it->gold < it->gold_wanted)
            log_warning("%s: only %zu of %zu gold items were left", it->alias,
                        it->gold, it->gold_wanted);
    }
}

static bool hand_out(const struct assign_settings *settings,
                     struct project *project, struct queue_report *report,
                     struct error *err)
{
    struct queue_settings queue = {
        .per_item = (size_t)settings->per_item,
        .repeat = settings->repeat,
        .distance = (size_t)settings->distance,
        .gold = settings->gold,
        .practice_given = settings->practice >= 0,
        .practice = settings->practice > 0 ? (size_t)settings->practice : 0,
        .block = settings->block,
        .partners = (size_t)settings->partners,
        .within = settings->within,
        .seed = settings->seed,
        .dry_run = settings->dry_run,
    };
    struct assign_list practice = { 0 }, gold = { 0 }, tasks = { 0 };
    bool good;

    if (settings->tasks)
        good =
            assign_read_tasks(project, settings->tasks, &tasks, err) &&
            queue_send(project, tasks.task, tasks.count, &queue, report, err);
    else
        good = assign_read_pool(project, &settings->practice_from, &practice,
                                &queue.practice_from, err) &&
               assign_read_pool(project, &settings->gold_from, &gold,
                                &queue.gold_from, err) &&
               queue_assign(project, &queue, report, err);
    assign_list_release(&practice);
    assign_list_release(&gold);
    assign_list_release(&tasks);
    return good;
}

static int cmd_assign(void *context, int argc, char **argv, struct error *err)
{
    const struct assign_settings *settings = context;
    struct queue_report report = { 0 };
    struct project *project = NULL;
    bool damaged = false;

    (void)argv;
    if (argc != 0)
        error_set(err, ERROR_USAGE, "assign takes options only");
    else if (!isnan(settings->skill) &&
             (!settings->dry_run || settings->tasks ||
              settings->format != OUTPUT_TEXT))
        error_set(err, ERROR_USAGE,
                  "--skill simulates what --dry-run hands out, without "
                  "--tasks, and tells it as text");
    else
        project = workspace_open(settings->project, true, err);
    if (project && home_collect(project, &damaged, err) &&
        hand_out(settings, project, &report, err)) {
        if (report.count == 0 && !settings->tasks)
            log_notice("each item has its %lld annotators already: nothing "
                       "was handed out",
                       (long long)settings->per_item);
        warn(&report);
        if (report.count > 0 || settings->format != OUTPUT_TEXT)
            print(&report, (enum output_format)settings->format, err);
        if (err->code == ERROR_NONE && !isnan(settings->skill))
            tell_simulation(settings, project, &report, err);
    }
    queue_report_release(&report);
    project_close(project);
    if (err->code != ERROR_NONE)
        return error_exit_status(err->code);
    return damaged ? 1 : 0;
}

const struct command cmd_assign_entry = {
    .name = "assign",
    .group = "Project",
    .synopsis = "[options]",
    .summary = "hand out blind, randomised, balanced work lists",
    .options = assign_options,
    .settings_size = sizeof(struct assign_settings),
    .defaults = &assign_defaults,
    .run = cmd_assign,
};
