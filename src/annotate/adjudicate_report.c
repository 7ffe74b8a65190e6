/* adjudicate_report - what the rules settled, the queue, and one item. */
#include <config.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annotate/adjudicate.h"
#include "common/base/mem.h"
#include "common/study/verdict.h"

static void put_count(struct table *table, const char *question,
                      const char *what, size_t now, size_t before, bool stood)
{
    table_begin_row(table);
    table_put_text(table, question);
    table_put_text(table, what);
    table_put_int(table, (int64_t)now);
    if (stood)
        table_put_int(table, (int64_t)before);
    else
        table_put_missing(table, NULL);
}

static void put_question(const struct question *question,
                         const struct auto_question *of, struct table *table)
{
    for (size_t r = 0; r < question->rule_count; r++) {
        enum rule_kind kind = question->rule[r].kind;

        if (kind != RULE_ADJUDICATOR &&
            (kind != RULE_EXPERT || question->rule[r].experts > 0))
            put_count(table, of->question, rule_kind_names[kind],
                      of->fresh[kind], of->kept[kind], true);
    }
    put_count(table, of->question, "a person", 0, of->persons, true);
    put_count(table, of->question, "reopened", of->reopened, 0, false);
    put_count(table, of->question, "waiting for judgements", of->waiting, 0,
              false);
    put_count(table, of->question, "sent back", of->sent_back, 0, false);
    put_count(table, of->question, "for a person", of->queue, 0, false);
}

/* A value as one line; NULL: none. */
static void put_brief(const char *value, struct table *table)
{
    struct buf brief = { 0 };

    if (value)
        verdict_brief_json(value, &brief);
    table_put_text(table, value ? buf_text(&brief) : NULL);
    buf_release(&brief);
}

static struct table *flips_of(const struct auto_report *report)
{
    struct table *table = table_new();

    table_column(table, "item", "item", TABLE_TEXT, 0);
    table_column(table, "question", "question", TABLE_TEXT, 0);
    table_column(table, "from", "from", TABLE_TEXT, 0);
    table_column(table, "to", "to", TABLE_TEXT, 0);
    for (size_t i = 0; i < report->flips.count; i++) {
        table_begin_row(table);
        table_put_text(table, report->flips.item[i].item);
        table_put_text(table, report->flips.item[i].question);
        put_brief(report->flips.item[i].from, table);
        put_brief(report->flips.item[i].to, table);
    }
    return table;
}

static void put_json(const struct auto_report *report,
                     const struct table *counts, const struct table *flips,
                     struct buf *out)
{
    struct json_writer json;

    json_writer_init(&json, out, 2);
    json_begin_object(&json);
    json_put_key(&json, "settled");
    table_put_json(counts, &json);
    json_put_key(&json, "flips");
    table_put_json(flips, &json);
    json_put_key(&json, "notes");
    json_begin_list(&json);
    for (size_t i = 0; i < report->notes.count; i++)
        json_put_text(&json, report->notes.item[i]);
    json_end_list(&json);
    json_end_object(&json);
    buf_add_char(out, '\n');
}

void adjudicate_put_report(const struct docket *docket,
                           const struct auto_report *report,
                           enum output_format format, struct buf *out)
{
    struct table *table = table_new(), *flips = flips_of(report);

    table_column(table, "question", "question", TABLE_TEXT, 0);
    table_column(table, "settled_by", "settled by", TABLE_TEXT, 0);
    table_column(table, "now", "now", TABLE_INT, 0);
    table_column(table, "before", "before", TABLE_INT, 0);
    for (size_t q = 0; q < report->questions; q++)
        if (docket_settles(&docket->protocol->question[q]))
            put_question(&docket->protocol->question[q], &report->question[q],
                         table);
    if (format == OUTPUT_JSON) {
        put_json(report, table, flips, out);
    } else {
        table_print(table, format, out);
        if (report->flips.count > 0 && format == OUTPUT_TEXT) {
            buf_add_text(out, "\nwhat the renewed fits turn over:\n");
            table_print(flips, format, out);
        }
    }
    table_free(table);
    table_free(flips);
}

static bool state_wanted(const struct adjudicate_options *options,
                         enum decision_state state)
{
    if (options->states.count == 0)
        return state != DECISION_SETTLED;
    return text_list_has(&options->states, "all") ||
           text_list_has(&options->states, decision_state_names[state]);
}

static bool check_states(const struct adjudicate_options *options,
                         struct error *err)
{
    for (size_t i = 0; i < options->states.count; i++) {
        bool known = text_equal(options->states.item[i], "all");

        for (size_t s = 0; decision_state_names[s]; s++)
            known = known || text_equal(options->states.item[i],
                                        decision_state_names[s]);
        if (!known)
            return error_set(err, ERROR_USAGE,
                             "--state: \"%s\" is none of open, settled, "
                             "reopened, contested, sent-back, all",
                             options->states.item[i]);
    }
    return true;
}

/* "speaker=03,08": each given one must hold. */
static bool only(const struct docket *docket, const struct docket_case *it,
                 const char *condition)
{
    const char *equals = strchr(condition, '=');
    char *name = xstrndup(condition, (size_t)(equals - condition));
    const struct decision *last = decisions_settled(
        &docket->decisions, it->item_id, docket_question(docket, it)->id);
    const char *value = text_equal(name, "speaker") ? it->speaker
                        : text_equal(name, "item")  ? it->item_id
                        : text_equal(name, "question")
                            ? docket_question(docket, it)->id
                            : (last && last->rule ? last->rule : "");
    struct text_list list = { 0 };
    bool has;

    text_list_split(&list, equals + 1, ',');
    has = text_list_has(&list, value);
    text_list_release(&list);
    free(name);
    return has;
}

static bool check_only(const struct text_list *conditions, struct error *err)
{
    static const char *const names[] = { "speaker=", "item=", "question=",
                                         "rule=", NULL };

    for (size_t i = 0; i < conditions->count; i++) {
        bool known = false;

        for (size_t n = 0; names[n]; n++)
            known = known || text_starts(conditions->item[i], names[n]);
        if (!known)
            return error_set(err, ERROR_USAGE,
                             "--only: \"%s\" is none of speaker=, item=, "
                             "question=, rule=",
                             conditions->item[i]);
    }
    return true;
}

static int hardest(const void *a, const void *b)
{
    const struct docket_case *one = *(const struct docket_case *const *)a;
    const struct docket_case *two = *(const struct docket_case *const *)b;

    if (one->agreement.defined != two->agreement.defined)
        return one->agreement.defined ? -1 : 1;
    if (one->agreement.defined && one->agreement.value != two->agreement.value)
        return one->agreement.value < two->agreement.value ? -1 : 1;
    return (one > two) - (one < two); /* as they stand in the docket */
}

const struct docket_case **adjudicate_queue(
    const struct docket *docket, const struct adjudicate_options *options,
    size_t *count, struct error *err)
{
    const struct docket_case **queue;

    if (!check_states(options, err) || !check_only(&options->only, err))
        return NULL;
    queue = xcalloc(docket->count + 1, sizeof(const struct docket_case *));
    *count = 0;
    for (size_t i = 0; i < docket->count; i++) {
        const struct docket_case *it = &docket->item[i];
        bool wanted =
            state_wanted(options, docket_state(docket, it)) &&
            (!options->question ||
             text_equal(options->question, docket_question(docket, it)->id));

        for (size_t c = 0; wanted && c < options->only.count; c++)
            wanted = only(docket, it, options->only.item[c]);
        if (wanted)
            queue[(*count)++] = it;
    }
    if (*count > 0)
        qsort(queue, *count, sizeof(*queue), hardest);
    return queue;
}

static void put_value(const struct question *question,
                      const struct decision *stood, struct table *table)
{
    struct buf brief = { 0 };

    if (stood && stood->value)
        verdict_brief(question, stood->value, &brief);
    table_put_text(table, stood && stood->value ? buf_text(&brief) : NULL);
    buf_release(&brief);
}

bool adjudicate_list(const struct docket *docket,
                     const struct adjudicate_options *options, struct buf *out,
                     struct error *err)
{
    size_t count;
    const struct docket_case **queue =
        adjudicate_queue(docket, options, &count, err);
    struct table *table;

    if (!queue)
        return false;
    table = table_new();
    table_column(table, "item", "item", TABLE_TEXT, 0);
    table_column(table, "question", "question", TABLE_TEXT, 0);
    table_column(table, "state", "state", TABLE_TEXT, 0);
    table_column(table, "answers", "answers", TABLE_INT, 0);
    table_column(table, "waiting", "waiting", TABLE_INT, 0);
    table_column(table, "agreement", "agree", TABLE_NUMBER, 3);
    table_column(table, "rule", "rule", TABLE_TEXT, 0);
    table_column(table, "value", "value", TABLE_TEXT, 0);
    for (size_t i = 0; i < count; i++) {
        const struct docket_case *it = queue[i];
        const char *question = docket_question(docket, it)->id;
        const struct decision *stood =
            decisions_settled(&docket->decisions, it->item_id, question);

        table_begin_row(table);
        table_put_text(table, it->item_id);
        table_put_text(table, question);
        table_put_text(table, decision_state_names[docket_state(docket, it)]);
        table_put_int(table, (int64_t)it->answers);
        table_put_int(table, (int64_t)it->pending);
        table_put_number(table, it->agreement.defined ? it->agreement.value
                                                      : (double)NAN);
        table_put_text(table, stood ? stood->rule : NULL);
        put_value(docket_question(docket, it), stood, table);
    }
    table_print(table, (enum output_format)options->format, out);
    table_free(table);
    free(queue);
    return true;
}

static void put_history(const struct docket *docket,
                        const struct docket_case *it, struct buf *out)
{
    const struct decision *at = decisions_newest(
        &docket->decisions, it->item_id, docket_question(docket, it)->id);

    for (; at; at = decisions_before(&docket->decisions, at)) {
        time_t seconds = (time_t)(at->wall_us / 1000000);
        char when[32] = "";
        struct tm tm;

        if (gmtime_r(&seconds, &tm))
            strftime(when, sizeof(when), "%Y-%m-%d %H:%M", &tm);
        buf_addf(out, "  %s  %s", when, event_name(at->kind));
        if (at->rule)
            buf_addf(out, ", %s", at->rule);
        if (at->value) {
            buf_add_text(out, ": ");
            verdict_brief(docket_question(docket, it), at->value, out);
        }
        if (at->by)
            buf_addf(out, ", by %s", at->by);
        if (at->why)
            buf_addf(out, " (%s)", at->why);
        buf_addf(out, "%s\n", at->undone ? " - taken back" : "");
    }
}

static void put_judged(const struct docket *docket,
                       const struct docket_case *it,
                       const struct judgement *one, size_t place,
                       struct buf *out)
{
    struct buf value = { 0 };

    docket_value(docket, it, one, place, &value);
    verdict_brief(docket_question(docket, it), buf_text(&value), out);
    buf_release(&value);
}

static void put_answers(const struct docket *docket,
                        const struct docket_case *it, struct buf *out)
{
    size_t count;
    const struct judgement **list = docket_answers(docket, it, &count);

    for (size_t k = 0; k < count; k++) {
        const struct judgement *one = list[k];

        buf_addf(out, "  %c  ", (int)(k < 26 ? 'A' + k : '?'));
        put_judged(docket, it, one, k, out);
        if (one->answer && one->answer->text)
            buf_addf(out, " \"%s\"", one->answer->text);
        if (one->answer && one->answer->has_intensity)
            buf_addf(out, ", intensity %g", one->answer->intensity);
        if (one->fold->hearings == 1)
            buf_add_text(out, ", heard once");
        else
            buf_addf(out, ", heard %d times", one->fold->hearings);
        buf_addf(out, "%s",
                 text_equal(one->role, "again") ? ", judged again" : "");
        if (one->fold->note)
            buf_addf(out, ": %s", one->fold->note);
        buf_add_char(out, '\n');
    }
    free(list);
}

static bool put_case(struct docket *docket, const struct docket_case *it,
                     struct buf *out, struct error *err)
{
    const struct question *question = docket_question(docket, it);
    struct settlement *opinion = docket_opinions(docket, it, err);

    if (!opinion)
        return false;
    buf_addf(out, "%s %s: %s\n", it->item_id, question->id,
             decision_state_names[docket_state(docket, it)]);
    put_answers(docket, it, out);
    for (size_t r = 0; r < question->rule_count; r++) {
        buf_addf(out, "  %s%s", rule_kind_names[opinion[r].kind],
                 *opinion[r].value ? " says " : "");
        verdict_brief(question, opinion[r].value, out);
        buf_addf(out, ": %s\n", opinion[r].why);
        settlement_release(&opinion[r]);
    }
    free(opinion);
    put_history(docket, it, out);
    return true;
}

bool adjudicate_show(struct docket *docket,
                     const struct adjudicate_options *options, struct buf *out,
                     struct error *err)
{
    size_t shown = 0;

    if (!docket_knows(docket, options->show, err))
        return false;
    for (size_t i = 0; i < docket->count; i++) {
        const struct docket_case *it = &docket->item[i];

        if (!text_equal(it->item_id, options->show) ||
            (options->question &&
             !text_equal(options->question, docket_question(docket, it)->id)))
            continue;
        if (shown++ > 0)
            buf_add_char(out, '\n');
        if (!put_case(docket, it, out, err))
            return false;
    }
    return true;
}
