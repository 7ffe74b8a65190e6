/* panel_traces - the traces of a project, as a table of curves. */
#include <config.h>

#include "annotate/panel_traces.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/intern.h"
#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/store/project_trace.h"

/* As the rows of `export --what traces', which have microseconds. */
static bool add_subject(struct project *project,
                        const struct export_subject *it,
                        struct curve_builder *builder, struct error *err)
{
    const struct question_trace *trace = it->question->trace;
    struct trace_samples samples = { 0 };
    bool good = project_trace_current(project, it->entry, it->question->id,
                                      &samples, err);

    for (size_t axis = 0; good && axis < trace->count; axis++)
        for (size_t i = 0; i < samples.count; i++) {
            const struct trace_sample *one = &samples.item[i];
            const struct event_pass *pass =
                export_subject_pass(it, one->media_us);

            if (isfinite(one->value[axis]))
                curve_builder_add(builder, it->work->item_id, it->annotator,
                                  trace->dimension[axis].id,
                                  pass ? pass->version : 0,
                                  (double)(one->media_us - it->from_us) / 1e6,
                                  one->value[axis]);
        }
    free(samples.item);
    return good;
}

static bool gather(struct project *project,
                   const struct export_subjects *subjects,
                   struct panel_traces *out, struct error *err)
{
    struct curve_builder *builder = curve_builder_new();
    bool good = true;

    for (size_t i = 0; good && i < subjects->count; i++) {
        const struct export_subject *it = &subjects->item[i];

        if (!text_equal(it->question->id, out->question->id))
            continue;
        if (text_equal(it->work->role, "work"))
            good = add_subject(project, it, builder, err);
        else
            out->left_out++;
    }
    curve_builder_finish(builder, &out->report.view.table);
    out->empty = out->report.view.table.samples == 0;
    return good;
}

static void put(struct table *table, struct estimate value)
{
    if (value.defined)
        table_put_number(table, value.value);
    else
        table_put_missing(table, "undefined");
}

/* Means over the items of each speaker. */
static void tell_speakers(const struct project_items *items,
                          struct panel_traces *of)
{
    static const enum traces_value shown[] = { TRACES_CCC, TRACES_LAGGED,
                                               TRACES_QA };
    const struct curve_table *from = &of->report.view.table;
    const char **speaker = panel_speakers(items, &from->items);
    bool *keep = xcalloc(from->items.count + 1, sizeof(*keep));
    struct table *table = table_new();
    struct intern names = { 0 };

    table_column(table, "dimension", "dimension", TABLE_TEXT, 0);
    table_column(table, "speaker", "speaker", TABLE_TEXT, 0);
    table_column(table, "items", "items", TABLE_INT, 0);
    table_column(table, "ccc", "CCC", TABLE_NUMBER, 3);
    table_column(table, "lagged_ccc", "lagged", TABLE_NUMBER, 3);
    table_column(table, "qa_agreement", "QA", TABLE_NUMBER, 3);
    for (size_t i = 0; i < from->items.count; i++)
        intern_add(&names, speaker[i]);
    for (size_t d = 0; d < from->dimensions.count; d++)
        for (size_t s = 0; s < names.names.count; s++) {
            const char *name = names.names.item[s];
            size_t count = 0, defined;
            double half;

            for (size_t i = 0; i < from->items.count; i++) {
                keep[i] = text_equal(speaker[i], name);
                count += keep[i];
            }
            table_begin_row(table);
            table_put_text(table, from->dimensions.item[d]);
            table_put_text(table, *name ? name : "(nobody knows)");
            table_put_int(table, (int64_t)count);
            for (size_t v = 0; v < LENGTH_OF(shown); v++)
                put(table, traces_mean(&of->report, d, shown[v], keep, &half,
                                       &defined));
        }
    intern_release(&names);
    free(keep);
    free(speaker);
    of->further = table;
    of->further_name = "speaker";
}

static void put_quarter(void *context, const struct panel_quarter *part)
{
    struct panel_traces *of = context;
    const struct curve_table *from = &of->report.view.table;

    for (size_t d = 0; d < from->dimensions.count; d++) {
        double sum = 0, n = 0;

        for (size_t i = 0; i < from->items.count; i++) {
            struct estimate one =
                part->keep[i] ? traces_rest(&of->report, d, i, part->rater)
                              : estimate_undefined("of another quarter");

            sum += one.defined ? one.value : 0;
            n += one.defined;
        }
        table_begin_row(of->further);
        table_put_text(of->further, from->dimensions.item[d]);
        table_put_text(of->further, from->raters.item[part->rater]);
        table_put_int(of->further, part->quarter + 1);
        table_put_int(of->further, (int64_t)n);
        put(of->further, estimate_ratio(sum, n, "no item"));
    }
}

/* Each against the mean of the others, over the quarters of her work. */
static void tell_time(const struct export_subjects *subjects,
                      struct panel_traces *of)
{
    const struct curve_table *from = &of->report.view.table;
    struct panel_timed_list list = { 0 };
    struct table *table = table_new();

    of->further = table;
    of->further_name = "time";
    table_column(table, "dimension", "dimension", TABLE_TEXT, 0);
    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    table_column(table, "quarter", "quarter", TABLE_INT, 0);
    table_column(table, "items", "items", TABLE_INT, 0);
    table_column(table, "ccc", "CCC", TABLE_NUMBER, 3);
    for (size_t i = 0; i < subjects->count; i++) {
        const struct export_subject *it = &subjects->item[i];
        struct panel_timed one = {
            .rater = panel_place(&from->raters, it->annotator),
            .item = panel_place(&from->items, it->work->item_id),
            .wall_us = it->entry->last_wall_us,
        };

        if (text_equal(it->question->id, of->question->id) &&
            text_equal(it->work->role, "work") &&
            one.rater < from->raters.count && one.item < from->items.count)
            VEC_PUSH(&list, one);
    }
    panel_quarters(&list, from->items.count, put_quarter, of);
    free(list.item);
}

static bool tell_further(struct project *project,
                         const struct export_subjects *subjects,
                         const struct panel_settings *how,
                         struct panel_traces *of, struct error *err)
{
    struct project_items items = { 0 };
    bool good = true;

    if (how->by_speaker) {
        good = project_items(project, &items, err);
        if (good)
            tell_speakers(&items, of);
        project_items_release(&items);
    }
    if (how->by_time)
        tell_time(subjects, of);
    return good;
}

bool panel_traces(struct project *project, const struct export_rows *rows,
                  const struct question *question,
                  const struct panel_settings *how, struct panel_traces *out,
                  struct error *err)
{
    struct export_subjects subjects = { 0 };
    bool good;

    memset(out, 0, sizeof(*out));
    out->question = question;
    out->settings = (struct traces_settings)TRACES_SETTINGS_DEFAULTS;
    out->settings.look.rate = how->rate;
    out->settings.look.align = how->align;
    out->settings.annotators = how->per == PER_ANNOTATOR;
    out->settings.level = how->level;
    if (how->min >= -1 || !isnan(question->agreement_min))
        out->settings.min = how->min >= -1 ? how->min : question->agreement_min;
    out->report.settings = &out->settings;
    out->report.name = question->id;
    good = export_subjects_list(project, rows, &subjects, err) &&
           gather(project, &subjects, out, err) &&
           (out->empty || (curve_view_settle(&out->report.view,
                                             &out->settings.look, NULL, err) &&
                           traces_measure(&out->report, err) &&
                           tell_further(project, &subjects, how, out, err)));
    free(subjects.item);
    return good;
}

void panel_traces_release(struct panel_traces *of)
{
    traces_release(&of->report);
    table_free(of->further);
    memset(of, 0, sizeof(*of));
}

bool panel_traces_fail(const struct panel_traces *of)
{
    return of->empty ? of->settings.min >= -1 : traces_fails(&of->report);
}

void panel_traces_text(const struct panel_traces *of, bool first,
                       struct buf *out)
{
    const struct panel_end end = { .further = of->further,
                                   .what = "traces",
                                   .left_out = of->left_out,
                                   .measure = "the mean CCC",
                                   .min = of->settings.min,
                                   .fails = panel_traces_fail(of) };

    if (!first)
        buf_add_text(out, "\n\n");
    if (of->empty)
        buf_addf(out, "%s: nobody has handed in a trace\n", of->question->id);
    else
        traces_text(&of->report, out);
    panel_put_end(&end, out);
}

void panel_traces_csv(const struct panel_traces *of, struct buf *out)
{
    if (of->further)
        table_print(of->further, OUTPUT_CSV, out);
    else if (!of->empty)
        traces_csv(&of->report, out);
}

void panel_traces_json(const struct panel_traces *of, struct json_writer *json)
{
    json_begin_object(json);
    json_pair_text(json, "question", of->question->id);
    json_pair_text(json, "primary", "ccc");
    json_pair_number(json, "min",
                     of->settings.min >= -1 ? of->settings.min : NAN);
    json_pair_bool(json, "passes", !panel_traces_fail(of));
    json_pair_int(json, "traces_left_out", (int64_t)of->left_out);
    json_put_key(json, "traces");
    if (of->empty)
        json_put_null(json);
    else
        traces_json_object(&of->report, json);
    if (of->further) {
        json_put_key(json, of->further_name);
        table_put_json(of->further, json);
    }
    json_end_object(json);
}
