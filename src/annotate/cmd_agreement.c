/* cmd_agreement - how far do those who judged agree, on each question? */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/commands.h"
#include "annotate/home.h"
#include "annotate/panel_segments.h"
#include "annotate/workspace.h"
#include "common/base/interrupt.h"
#include "common/base/log.h"
#include "common/base/mem.h"

enum by { BY_NONE, BY_LABEL, BY_ANNOTATOR, BY_ITEM, BY_SPEAKER, BY_TIME };

struct agreement_options {
    const char *project;
    const char *question;
    int by;
    bool ci, methods;
    double min, level, unit, overlap;
    int64_t top, bootstrap, permutations;
    uint64_t seed;
    int format;
};

static const struct agreement_options agreement_defaults = {
    .min = -2, /* what the protocol says */
    .level = 0.95,
    .unit = 0.1,
    .overlap = 0.5,
    .top = 20,
    .bootstrap = 1000,
    .permutations = 999,
    .seed = 1,
};

static const char *const by_names[] = { "none",    "label", "annotator", "item",
                                        "speaker", "time",  NULL };

#define AT(field) offsetof(struct agreement_options, field)

static const struct option_spec agreement_options[] = {
    { .name = "project",
      .letter = 'p',
      .type = OPTION_TEXT,
      .arg = "dir",
      .offset = AT(project),
      .help = "the project, in place of $MIEN_PROJECT or the nearest upwards" },
    { .name = "question",
      .letter = 'q',
      .type = OPTION_TEXT,
      .arg = "id",
      .offset = AT(question),
      .help = "this question only (default: each of the protocol)" },
    { .name = "by",
      .letter = 'b',
      .type = OPTION_CHOICE,
      .arg = "what",
      .offset = AT(by),
      .choices = by_names,
      .help = "also a table of each label, annotator (against the rest), item "
              "(hardest first), speaker, or of quarters of the time" },
    { .name = "ci",
      .type = OPTION_FLAG,
      .offset = AT(ci),
      .help = "intervals by formula, jackknife and bootstrap, and a test "
              "against chance" },
    { .name = "methods",
      .type = OPTION_FLAG,
      .offset = AT(methods),
      .help = "write the paragraph and the table that a paper needs; brings "
              "--ci along" },
    { .name = "min",
      .type = OPTION_NUMBER,
      .arg = "x",
      .offset = AT(min),
      .min = -1,
      .max = 1,
      .help = "exit 1 when the primary coefficient of a question is below x, "
              "or undefined (default: what the protocol asks for)" },
    { .name = "top",
      .type = OPTION_INT,
      .arg = "n",
      .offset = AT(top),
      .min = 0,
      .max = 1e9,
      .help = "items shown by --by item; 0: all (default: 20)" },
    { .name = "level",
      .type = OPTION_NUMBER,
      .arg = "p",
      .offset = AT(level),
      .min = 0.5,
      .max = 0.9999,
      .help = "confidence level of the intervals (default: 0.95)" },
    { .name = "bootstrap",
      .type = OPTION_INT,
      .arg = "n",
      .offset = AT(bootstrap),
      .min = 0,
      .max = 1000000,
      .help = "resamples of the bootstrap; 0: none (default: 1000)" },
    { .name = "permutations",
      .type = OPTION_INT,
      .arg = "n",
      .offset = AT(permutations),
      .min = 0,
      .max = 1000000,
      .help = "of the test against chance; 0: none (default: 999)" },
    { .name = "seed",
      .type = OPTION_SEED,
      .arg = "n",
      .offset = AT(seed),
      .help = "seed of all chance (default: 1)" },
    { .name = "unit",
      .type = OPTION_NUMBER,
      .arg = "s",
      .offset = AT(unit),
      .min = 0.001,
      .max = 3600,
      .help = "segments: the unit of time of kappa, in seconds (default: "
              "0.1)" },
    { .name = "overlap",
      .type = OPTION_NUMBER,
      .arg = "x",
      .offset = AT(overlap),
      .min = 0.01,
      .max = 1,
      .help = "segments: two match when their IoU is x or more (default: "
              "0.5)" },
    { .name = "format",
      .letter = 'f',
      .type = OPTION_CHOICE,
      .arg = "how",
      .offset = AT(format),
      .choices = output_format_names,
      .help = "print as text, csv or json" },
    OPTION_END
};

/* The questions that were asked for, worked out. */
struct worked {
    struct panel panel;
    struct panel_question *of; /* owned */
    const struct panel_question **list;
    size_t count;
    struct panel_segments *marks; /* owned; questions of segments */
    size_t mark_count;
};

/* Questions of segments, after all others. */
static bool work_out_marks(struct worked *worked, struct project *project,
                           const struct agreement_options *options,
                           const struct panel_settings *how, struct error *err)
{
    const struct protocol *protocol = worked->panel.protocol;
    struct export_segments all = { 0 };
    bool good = true, gathered = false;

    worked->marks =
        xcalloc(protocol->question_count + 1, sizeof(struct panel_segments));
    for (size_t q = 0; good && q < protocol->question_count; q++) {
        const struct question *question = &protocol->question[q];

        if (question->type != QUESTION_SEGMENTS ||
            (options->question && !text_equal(options->question, question->id)))
            continue;
        if (options->methods || (options->by && options->by != BY_ITEM)) {
            log_warning("%s: segments have --by item only, and no --methods; "
                        "left out",
                        question->id);
            continue;
        }
        good = gathered || export_segments_gather(project, false, &all, err);
        gathered = true;
        good =
            good && panel_segments(&all, question, how,
                                   &worked->marks[worked->mark_count++], err);
    }
    export_segments_release(&all);
    return good;
}

/* What no coefficient of this command compares is named. */
static void tell_left_out(const struct protocol *protocol,
                          const struct agreement_options *options)
{
    for (size_t q = 0; q < protocol->question_count; q++) {
        const struct question *question = &protocol->question[q];

        if (options->question && !text_equal(options->question, question->id))
            continue;
        if (question->type == QUESTION_TRACE)
            log_warning("%s: traces are compared by `mien-eval agree "
                        "--traces' on `export --what traces'",
                        question->id);
        else if (question->type != QUESTION_SEGMENTS &&
                 !panel_compares(question))
            log_warning("%s: is not compared here; `mien-eval agree' reads "
                        "its export",
                        question->id);
    }
}

static bool work_out(struct worked *worked, struct project *project,
                     const struct agreement_options *options, struct error *err)
{
    static const enum agreement_per per[] = {
        [BY_NONE] = PER_NONE,    [BY_LABEL] = PER_LABEL,
        [BY_ITEM] = PER_ITEM,    [BY_ANNOTATOR] = PER_ANNOTATOR,
        [BY_SPEAKER] = PER_NONE, [BY_TIME] = PER_NONE,
    };
    struct panel_settings how = {
        .level = options->level,
        .bootstrap = options->bootstrap,
        .permutations = options->permutations,
        .seed = options->seed,
        .intervals = options->ci || options->methods,
        .per = per[options->by],
        .top = (size_t)options->top,
        .min = options->min,
        .unit = options->unit,
        .overlap = options->overlap,
    };
    const struct protocol *protocol = worked->panel.protocol;

    if (options->question && !protocol_question(protocol, options->question))
        return error_set(err, ERROR_INPUT,
                         "no question \"%s\" in the protocol; `mien-annotate "
                         "protocol show' names them",
                         options->question);
    worked->of = xcalloc(protocol->question_count + 1, sizeof(*worked->of));
    worked->list =
        xcalloc(protocol->question_count + 1, sizeof(struct panel_question *));
    for (size_t q = 0; q < protocol->question_count; q++) {
        const struct question *question = &protocol->question[q];

        if (!panel_compares(question) ||
            (options->question && !text_equal(options->question, question->id)))
            continue;
        if (!panel_question(&worked->panel, question, &how,
                            &worked->of[worked->count], err))
            return false;
        worked->list[worked->count] = &worked->of[worked->count];
        worked->count++;
        if (!interrupt_check(err))
            return false;
    }
    tell_left_out(protocol, options);
    if (!work_out_marks(worked, project, options, &how, err))
        return false;
    return worked->count + worked->mark_count > 0 ||
           error_set(err, ERROR_INPUT,
                     "this protocol has no choice and no scale to compare; "
                     "export its grids, segments or traces, and compare "
                     "them by `mien-eval agree'");
}

static struct table *table_by(const struct worked *worked, size_t at, int by)
{
    if (by == BY_SPEAKER)
        return panel_by_speaker(&worked->panel, worked->list[at]);
    if (by == BY_TIME)
        return panel_by_time(&worked->panel, worked->list[at]);
    return NULL;
}

static void put_verdict(const struct panel_question *of, struct buf *out)
{
    const struct agreement *got = &of->report.groups.item[0].agreement;

    if (of->left_out > 0)
        buf_addf(out,
                 "%zu judgement%s of gold items or of items that were sent "
                 "back %s not part of this\n",
                 of->left_out, of->left_out == 1 ? "" : "s",
                 of->left_out == 1 ? "is" : "are");
    if (isnan(of->min))
        return;
    buf_addf(out, "%s ", coefficient_title(of->primary, got, &of->settings));
    if (of->value.defined)
        buf_addf(out, "is %.4f: %s %g, which is asked for\n", of->value.value,
                 panel_fails(of) ? "below" : "at least", of->min);
    else
        buf_addf(out, "is undefined: not the %g that is asked for\n", of->min);
}

static void put_text(const struct worked *worked, int by, struct buf *out)
{
    for (size_t i = 0; i < worked->count; i++) {
        struct table *table = table_by(worked, i, by);

        if (i > 0)
            buf_add_text(out, "\n\n");
        agreement_text(&worked->list[i]->report, out);
        put_verdict(worked->list[i], out);
        if (table) {
            buf_add_char(out, '\n');
            table_print(table, OUTPUT_TEXT, out);
            table_free(table);
        }
    }
}

/* A column with the question's id before every row. */
static void add_csv(const char *question, const struct buf *csv, bool head,
                    struct buf *out)
{
    const char *line = buf_text(csv);

    for (size_t n = 0; *line; n++) {
        const char *end = strchr(line, '\n');
        size_t length = end ? (size_t)(end - line) + 1 : strlen(line);

        if (n > 0 || head) {
            buf_addf(out, "%s,", n == 0 ? "question" : question);
            buf_add(out, line, length);
        }
        line += length;
    }
}

static void put_csv(const struct worked *worked, int by, struct buf *out)
{
    for (size_t i = 0; i < worked->count; i++) {
        struct table *table = table_by(worked, i, by);
        struct buf csv = { 0 };

        if (table)
            table_print(table, OUTPUT_CSV, &csv);
        else
            agreement_csv(&worked->list[i]->report, &csv);
        add_csv(worked->list[i]->question->id, &csv, i == 0, out);
        buf_release(&csv);
        table_free(table);
    }
}

/* Their columns are others than those of ratings: only by themselves. */
static void put_marks_csv(const struct worked *worked, struct buf *out)
{
    for (size_t i = 0; worked->count == 0 && i < worked->mark_count; i++) {
        struct buf csv = { 0 };

        if (!worked->marks[i].empty)
            segments_csv(&worked->marks[i].report, &csv);
        add_csv(worked->marks[i].question->id, &csv, out->length == 0, out);
        buf_release(&csv);
    }
    for (size_t i = 0; worked->count > 0 && i < worked->mark_count; i++)
        log_warning("%s: segments have a table of their own: name the "
                    "question with --question",
                    worked->marks[i].question->id);
}

static void put_json_question(const struct worked *worked, size_t i, int by,
                              struct json_writer *json)
{
    const struct panel_question *of = worked->list[i];
    struct table *table = table_by(worked, i, by);

    json_begin_object(json);
    json_pair_text(json, "question", of->question->id);
    json_pair_text(json, "primary", coefficient_name(of->primary));
    json_pair_number(json, "value", of->value.defined ? of->value.value : NAN);
    json_pair_number(json, "min", of->min);
    json_pair_bool(json, "passes", !panel_fails(of));
    json_pair_int(json, "gold_and_sent_back_left_out", (int64_t)of->left_out);
    json_put_key(json, "agreement");
    agreement_json_object(&of->report, json);
    if (table) {
        json_put_key(json, by_names[by]);
        table_put_json(table, json);
        table_free(table);
    }
    json_end_object(json);
}

static void put_json(const struct worked *worked, int by, struct buf *out)
{
    const struct protocol *protocol = worked->panel.protocol;
    struct json_writer json;

    json_writer_init(&json, out, 2);
    json_begin_object(&json);
    json_pair_text(&json, "protocol", protocol->name);
    json_pair_text(&json, "version", protocol->version);
    json_pair_text(&json, "protocol_sha256", protocol->hash_hex);
    json_put_key(&json, "questions");
    json_begin_list(&json);
    for (size_t i = 0; i < worked->count; i++)
        put_json_question(worked, i, by, &json);
    for (size_t i = 0; i < worked->mark_count; i++)
        panel_segments_json(&worked->marks[i], &json);
    json_end_list(&json);
    json_end_object(&json);
    buf_add_char(out, '\n');
}

static bool print(const struct worked *worked,
                  const struct agreement_options *options, struct error *err)
{
    struct buf out = { 0 };
    bool good;

    if (options->methods)
        panel_methods(&worked->panel, worked->list, worked->count, &out);
    else if (options->format == OUTPUT_JSON)
        put_json(worked, options->by, &out);
    else if (options->format == OUTPUT_CSV) {
        put_csv(worked, options->by, &out);
        put_marks_csv(worked, &out);
    } else {
        put_text(worked, options->by, &out);
        for (size_t i = 0; i < worked->mark_count; i++)
            panel_segments_text(&worked->marks[i], i + worked->count == 0,
                                &out);
    }
    good = output_write(&out, err);
    buf_release(&out);
    return good;
}

static bool check(const struct agreement_options *options, int argc,
                  struct error *err)
{
    if (argc != 0)
        return error_set(err, ERROR_USAGE, "agreement takes options only");
    if (options->methods && (options->by || options->format != OUTPUT_TEXT))
        return error_set(err, ERROR_USAGE,
                         "--methods goes without --by and --format");
    if (options->by && options->format == OUTPUT_CSV && !options->question)
        return error_set(err, ERROR_USAGE,
                         "--by with --format csv is of one question: name it "
                         "with --question");
    return true;
}

static int cmd_agreement(void *context, int argc, char **argv,
                         struct error *err)
{
    const struct agreement_options *options = context;
    struct project *project = NULL;
    struct worked worked = { 0 };
    bool damaged = false;
    int status = 0;

    (void)argv;
    if (!check(options, argc, err))
        return 0;
    interrupt_install();
    project = workspace_open(options->project, true, err);
    if (project && home_collect(project, &damaged, err) &&
        panel_open(&worked.panel, project, err) &&
        work_out(&worked, project, options, err) &&
        print(&worked, options, err)) {
        for (size_t i = 0; i < worked.count; i++)
            status |= panel_fails(worked.list[i]);
        for (size_t i = 0; i < worked.mark_count; i++)
            status |= panel_segments_fail(&worked.marks[i]);
    }
    for (size_t i = 0; i < worked.count; i++)
        panel_question_release(&worked.of[i]);
    for (size_t i = 0; i < worked.mark_count; i++)
        panel_segments_release(&worked.marks[i]);
    free(worked.marks);
    free(worked.of);
    free(worked.list);
    panel_release(&worked.panel);
    project_close(project);
    return err->code != ERROR_NONE ? error_exit_status(err->code)
           : damaged               ? 1
                                   : status;
}

const struct command cmd_agreement_entry = {
    .name = "agreement",
    .group = "Results",
    .synopsis = "[options]",
    .summary = "how far the annotators agree, on each question",
    .options = agreement_options,
    .settings_size = sizeof(struct agreement_options),
    .defaults = &agreement_defaults,
    .run = cmd_agreement,
};
