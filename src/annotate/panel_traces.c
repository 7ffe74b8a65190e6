/* panel_traces - the traces of a project, as a table of curves. */
#include <config.h>

#include "annotate/panel_traces.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

static bool gather(struct project *project, const struct export_rows *rows,
                   struct panel_traces *out, struct error *err)
{
    struct curve_builder *builder = curve_builder_new();
    struct export_subjects subjects = { 0 };
    bool good = export_subjects_list(project, rows, &subjects, err);

    for (size_t i = 0; good && i < subjects.count; i++) {
        const struct export_subject *it = &subjects.item[i];

        if (!text_equal(it->question->id, out->question->id))
            continue;
        if (text_equal(it->work->role, "work"))
            good = add_subject(project, it, builder, err);
        else
            out->left_out++;
    }
    free(subjects.item);
    curve_builder_finish(builder, &out->report.view.table);
    out->empty = out->report.view.table.samples == 0;
    return good;
}

bool panel_traces(struct project *project, const struct export_rows *rows,
                  const struct question *question,
                  const struct panel_settings *how, struct panel_traces *out,
                  struct error *err)
{
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
    return gather(project, rows, out, err) &&
           (out->empty || (curve_view_settle(&out->report.view,
                                             &out->settings.look, NULL, err) &&
                           traces_measure(&out->report, err)));
}

void panel_traces_release(struct panel_traces *of)
{
    traces_release(&of->report);
    memset(of, 0, sizeof(*of));
}

bool panel_traces_fail(const struct panel_traces *of)
{
    return of->empty ? of->settings.min >= -1 : traces_fails(&of->report);
}

void panel_traces_text(const struct panel_traces *of, bool first,
                       struct buf *out)
{
    if (!first)
        buf_add_text(out, "\n\n");
    if (of->empty)
        buf_addf(out, "%s: nobody has handed in a trace\n", of->question->id);
    else
        traces_text(&of->report, out);
    if (of->left_out > 0)
        buf_addf(out,
                 "%zu traces of gold items, of hidden repeats or of items that "
                 "were sent back\nare not part of this\n",
                 of->left_out);
    if (of->settings.min >= -1)
        buf_addf(out, "the mean CCC is %s %g, which is asked for\n",
                 panel_traces_fail(of) ? "not" : "at least", of->settings.min);
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
    json_end_object(json);
}
