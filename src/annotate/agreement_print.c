/* agreement_print - agreement in a project as text, CSV and JSON. */
#include <config.h>

#include "annotate/agreement_work.h"

#include <math.h>
#include <string.h>

#include "common/base/log.h"

static struct table *table_by(const struct agreement_work *work, size_t at)
{
    if (work->by == BY_SPEAKER)
        return panel_by_speaker(&work->panel, work->list[at]);
    if (work->by == BY_TIME)
        return panel_by_time(&work->panel, work->list[at]);
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
    if (of->view == PANEL_EXACT)
        buf_add_text(out,
                     "texts are compared letter by letter: that two say the "
                     "same in other words,\nor nearly the same, this cannot "
                     "tell; nor what chance would give\n");
    if (isnan(of->min))
        return;
    buf_addf(out, "%s ", coefficient_title(of->primary, got, &of->settings));
    if (of->value.defined)
        buf_addf(out, "is %.4f: %s %g, which is asked for\n", of->value.value,
                 panel_fails(of) ? "below" : "at least", of->min);
    else
        buf_addf(out, "is undefined: not the %g that is asked for\n", of->min);
}

void agreement_work_text(const struct agreement_work *work, struct buf *out)
{
    for (size_t i = 0; i < work->count; i++) {
        struct table *table = table_by(work, i);

        if (i > 0)
            buf_add_text(out, "\n\n");
        agreement_text(&work->list[i]->report, out);
        put_verdict(work->list[i], out);
        if (table) {
            buf_add_char(out, '\n');
            table_print(table, OUTPUT_TEXT, out);
            table_free(table);
        }
    }
    for (size_t i = 0; i < work->mark_count; i++)
        panel_segments_text(&work->marks[i], i + work->count == 0, out);
    for (size_t i = 0; i < work->trace_count; i++)
        panel_traces_text(&work->trace[i],
                          i + work->count + work->mark_count == 0, out);
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

static void put_csv(const struct agreement_work *work, struct buf *out)
{
    for (size_t i = 0; i < work->count; i++) {
        struct table *table = table_by(work, i);
        struct buf csv = { 0 };

        if (table)
            table_print(table, OUTPUT_CSV, &csv);
        else
            agreement_csv(&work->list[i]->report, &csv);
        add_csv(work->list[i]->name, &csv, i == 0, out);
        buf_release(&csv);
        table_free(table);
    }
}

/* Of one question with marks or traces, whose columns are their own. */
static void put_other_csv(const struct agreement_work *work, size_t i,
                          bool head, struct buf *out)
{
    bool is_trace = i >= work->mark_count;
    const struct panel_segments *marks = &work->marks[i];
    const struct panel_traces *trace = &work->trace[i - work->mark_count];
    struct buf csv = { 0 };

    if (is_trace)
        panel_traces_csv(trace, &csv);
    else
        panel_segments_csv(marks, &csv);
    add_csv(is_trace ? trace->question->id : marks->question->id, &csv, head,
            out);
    buf_release(&csv);
}

void agreement_work_csv(const struct agreement_work *work, struct buf *out)
{
    size_t marks = work->mark_count, others = marks + work->trace_count;
    bool first = work->count == 0;

    if (work->count > 0)
        put_csv(work, out);
    for (size_t i = 0; i < others; i++) {
        bool is_trace = i >= marks;

        if (first && (!is_trace || marks == 0))
            put_other_csv(work, i, out->length == 0, out);
        else
            log_warning("%s: %s have a table of their own: name the question "
                        "with --question",
                        is_trace ? work->trace[i - marks].question->id
                                 : work->marks[i].question->id,
                        is_trace ? "traces" : "segments");
    }
}

static void put_json_question(const struct agreement_work *work, size_t i,
                              struct json_writer *json)
{
    const struct panel_question *of = work->list[i];
    struct table *table = table_by(work, i);

    json_begin_object(json);
    json_pair_text(json, "question", of->name);
    json_pair_text(json, "primary", coefficient_name(of->primary));
    json_pair_number(json, "value", of->value.defined ? of->value.value : NAN);
    json_pair_number(json, "min", of->min);
    json_pair_bool(json, "passes", !panel_fails(of));
    json_pair_int(json, "gold_and_sent_back_left_out", (int64_t)of->left_out);
    json_put_key(json, "agreement");
    agreement_json_object(&of->report, json);
    if (table) {
        json_put_key(json, agreement_by_names[work->by]);
        table_put_json(table, json);
        table_free(table);
    }
    json_end_object(json);
}

void agreement_work_json(const struct agreement_work *work, struct buf *out)
{
    const struct protocol *protocol = work->panel.protocol;
    struct json_writer json;

    json_writer_init(&json, out, 2);
    json_begin_object(&json);
    json_pair_text(&json, "protocol", protocol->name);
    json_pair_text(&json, "version", protocol->version);
    json_pair_text(&json, "protocol_sha256", protocol->hash_hex);
    json_put_key(&json, "questions");
    json_begin_list(&json);
    for (size_t i = 0; i < work->count; i++)
        put_json_question(work, i, &json);
    for (size_t i = 0; i < work->mark_count; i++)
        panel_segments_json(&work->marks[i], &json);
    for (size_t i = 0; i < work->trace_count; i++)
        panel_traces_json(&work->trace[i], &json);
    json_end_list(&json);
    json_end_object(&json);
    buf_add_char(out, '\n');
}
