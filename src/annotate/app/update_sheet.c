/*
 * update_sheet - what is drawn of a trace: passes laid one over another.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/mem.h"

static void blank(struct trace_sheet *sheet, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < sheet->count; i++)
        sheet->slot[i] = (struct trace_slot){ { NAN, NAN } };
}

static void resize(struct trace_sheet *sheet, size_t count)
{
    if (count != sheet->count) {
        sheet->slot =
            xreallocarray(sheet->slot, count ? count : 1, sizeof(*sheet->slot));
        sheet->count = count;
    }
    blank(sheet, 0, count);
}

/* The slot of a media time within the item; `count` outside. */
static size_t slot_of(const struct model *model, int64_t media_us)
{
    int64_t at = media_us - model->playback.from_us;

    if (at < 0 || (size_t)(at / TRACE_STEP_US) >= model->trace.sheet.count)
        return model->trace.sheet.count;
    return (size_t)(at / TRACE_STEP_US);
}

static void lay(const struct model *model, struct trace_sheet *sheet,
                const struct trace_sample *sample, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t slot = slot_of(model, sample[i].media_us);

        if (slot < sheet->count)
            sheet->slot[slot] =
                (struct trace_slot){ { (float)sample[i].value[0],
                                       (float)sample[i].value[1] } };
    }
}

void sheet_ask(struct step *step)
{
    struct model *model = step->model;
    struct tracing *trace = &model->trace;
    int64_t whole_us = model->playback.to_us - model->playback.from_us;

    if (model->playback.medium != MEDIUM_READY)
        return;
    resize(&trace->sheet, (size_t)(whole_us / TRACE_STEP_US + 1));
    resize(&trace->earlier, 0);
    trace->shown = model->question;
    effects_add_entry(step->effects, EFFECT_TRACES, model->position);
    step->effects->item[step->effects->count - 1].number =
        (double)model->question;
}

void sheet_traced(struct step *step)
{
    struct model *model = step->model;
    const struct message *message = step->message;
    struct trace_sheet *sheet = &model->trace.sheet;
    size_t from, to;

    if (message->sample_count == 0)
        return;
    from = slot_of(model, message->samples[0].media_us);
    to = slot_of(model, message->samples[message->sample_count - 1].media_us);
    blank(sheet, from, to);
    lay(model, sheet, message->samples, message->sample_count);
}

void sheet_sampled(struct step *step)
{
    struct tracing *trace = &step->model->trace;

    if (trace->shown == trace->question)
        lay(step->model, &trace->sheet, trace->fresh.item, trace->fresh.count);
    trace->fresh.count = 0;
}

void sheet_begin(struct model *model)
{
    struct tracing *trace = &model->trace;
    const struct question_trace *rules = trace->pen.rules;
    size_t count = trace->sheet.count;

    resize(&trace->earlier, 0);
    if (!trace->retraces || trace->shown != trace->question)
        return;
    if (rules->show_earlier) {
        resize(&trace->earlier, count);
        memcpy(trace->earlier.slot, trace->sheet.slot,
               count * sizeof(*trace->sheet.slot));
        blank(&trace->sheet, slot_of(model, trace->from_us),
              slot_of(model, trace->to_us - TRACE_STEP_US) + 1);
    } else { /* one's own earlier judgement must not lead the hand */
        blank(&trace->sheet, 0, count);
    }
}

void sheet_value(const struct model *model, int64_t media_us,
                 double value[TRACE_DIMENSIONS])
{
    const struct tracing *trace = &model->trace;
    size_t slot = slot_of(model, media_us);

    if (trace->shown != trace->question || slot >= trace->sheet.count ||
        isnan(trace->sheet.slot[slot].value[0]))
        return;
    for (size_t i = 0; i < trace->pen.rules->count; i++)
        value[i] = (double)trace->sheet.slot[slot].value[i];
}
