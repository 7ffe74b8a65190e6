/*
 * docket_voice - what annotators said of a case: marks, traces and points of a
 * grid as voices, experts, and anybody's answer as the value of a decision.
 */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/docket.h"
#include "common/base/vec.h"
#include "common/store/project_trace.h"
#include "common/study/trace_measure.h"
#include "common/study/verdict.h"

/* --- experts -------------------------------------------------------------- */

static bool add_expert(struct project *project, struct docket_experts *out,
                       const char *alias, struct error *err)
{
    struct docket_expert it = { .rater = project_rater(project, alias, err) };

    if (it.rater < 0)
        return false;
    for (size_t i = 0; i < out->count; i++)
        if (text_equal(out->item[i].alias, alias))
            return true;
    it.alias = xstrdup(alias);
    VEC_PUSH(out, it);
    return true;
}

bool docket_experts_find(struct project *project, struct docket_experts *out,
                         struct error *err)
{
    int64_t number;
    char *text = project_protocol(project, &number, err);
    struct protocol *protocol =
        text ? protocol_parse(text, strlen(text), "the protocol", err) : NULL;
    bool good = protocol != NULL;

    for (size_t q = 0; good && q < protocol->question_count; q++) {
        const struct question *question = &protocol->question[q];

        for (size_t r = 0; r < question->rule_count; r++)
            for (size_t e = 0; good && e < question->rule[r].experts; e++)
                good =
                    add_expert(project, out, question->rule[r].expert[e], err);
    }
    protocol_free(protocol);
    free(text);
    return good;
}

void docket_experts_release(struct docket_experts *experts)
{
    for (size_t i = 0; i < experts->count; i++)
        free(experts->item[i].alias);
    free(experts->item);
    memset(experts, 0, sizeof(*experts));
}

static int64_t expert_number(const struct docket *docket, const char *alias)
{
    for (size_t i = 0; i < docket->experts->count; i++)
        if (text_equal(docket->experts->item[i].alias, alias))
            return docket->experts->item[i].rater;
    return 0;
}

static bool say(struct settlement *out, bool settled, const char *why)
{
    out->settled = settled;
    snprintf(out->why, sizeof(out->why), "%s", why);
    return true;
}

void docket_ask_expert(const struct docket *docket,
                       const struct docket_case *it,
                       const struct question_rule *rule, struct settlement *out)
{
    size_t count;
    const struct judgement **list = docket_answers(docket, it, &count);
    bool done = false;

    *out = (struct settlement){ .kind = RULE_EXPERT, .share = (double)NAN };
    for (size_t e = 0; !done && e < rule->experts; e++) {
        int64_t rater = expert_number(docket, rule->expert[e]);

        for (size_t k = 0; !done && rater > 0 && k < count; k++) {
            struct buf value = { 0 };
            const char *reserved = judgement_reserved(list[k]);

            if (list[k]->rater != rater)
                continue;
            docket_value(docket, it, list[k], k, &value);
            if (reserved && !text_equal(reserved, "@none"))
                done = say(out, false, "the expert gave no value");
            else
                done = say(out, true, "an expert's answer");
            if (out->settled)
                out->value = xstrdup(buf_text(&value));
            buf_release(&value);
        }
    }
    if (!done)
        say(out, false, "no expert judged it");
    if (!out->value)
        out->value = xstrdup("");
    free(list);
}

/* --- voices --------------------------------------------------------------- */

static void *keep(struct docket *docket, size_t count, size_t size)
{
    void *memory = xcalloc(count + 1, size);

    VEC_PUSH(&docket->memory, memory);
    return memory;
}

/* Means of tenths of a second; where nothing was traced, none. */
static bool read_trace(struct docket *docket, const struct question *question,
                       const struct judgement *one, struct settle_voice *voice,
                       struct error *err)
{
    struct trace_samples samples = { 0 };
    struct trace_bins bins = { 0 };
    size_t dimensions = question->trace->count, n = 0;
    struct curve *curve;
    double *time, *value;

    if (!project_trace_current(docket->project, one->fold, question->id,
                               &samples, err)) {
        free(samples.item);
        return false;
    }
    trace_bin(&samples, one->begins_us, -1, VERDICT_RATE, &bins);
    free(samples.item);
    curve = keep(docket, dimensions, sizeof(*curve));
    time = keep(docket, bins.count, sizeof(*time));
    for (size_t b = 0; b < bins.count; b++)
        if (bins.item[b].samples > 0)
            time[n++] = (double)(bins.item[b].middle_us - one->begins_us) / 1e6;
    for (size_t d = 0; d < dimensions; d++) {
        size_t k = 0;

        value = keep(docket, bins.count, sizeof(*value));
        for (size_t b = 0; b < bins.count; b++)
            if (bins.item[b].samples > 0)
                value[k++] = bins.item[b].value[d];
        curve[d] = (struct curve){ time, value, n };
    }
    free(bins.item);
    voice->trace = n > 0 ? curve : NULL;
    return true;
}

static const char *number_text(struct docket *docket, int64_t number)
{
    return arena_printf(&docket->texts, "%lld", (long long)number);
}

static bool hear(struct docket *docket, const struct question *question,
                 const struct judgement *one, struct settle_voice *voice,
                 struct error *err)
{
    *voice = (struct settle_voice){
        .rater = number_text(docket, one->rater),
        .reserved = judgement_reserved(one),
        .track = one->track,
        .begins_us = one->begins_us,
    };
    if (voice->reserved)
        return true;
    if (question->type == QUESTION_TRACE)
        return read_trace(docket, question, one, voice, err);
    if (question->type == QUESTION_GRID) {
        voice->x = one->answer->number;
        voice->y = one->answer->rise;
    }
    return true;
}

bool docket_hear(struct docket *docket, struct docket_case *it,
                 struct error *err)
{
    const struct question *question = docket_question(docket, it);
    size_t count;
    const struct judgement **list = docket_answers(docket, it, &count);
    bool good = true;

    it->voice = xcalloc(count + 1, sizeof(*it->voice));
    for (size_t k = 0; good && k < count; k++) {
        good = hear(docket, question, list[k], &it->voice[it->voices++], err);
        it->answers += !it->voice[k].reserved;
    }
    free(list);
    if (good && it->voices > 0)
        it->agreement = settle_concord(
            question, &(struct settle_case){ it->voice, it->voices });
    return good;
}

/* --- values --------------------------------------------------------------- */

void docket_value(const struct docket *docket, const struct docket_case *it,
                  const struct judgement *one, size_t place, struct buf *out)
{
    const struct question *question = docket_question(docket, it);
    const struct settle_voice *voice =
        place < it->voices ? &it->voice[place] : NULL;
    struct verdict_curve curve;

    if (question->type != QUESTION_TRACE || !voice || voice->reserved) {
        judgement_value(one, question, out);
        return;
    }
    if (voice->trace &&
        verdict_curve_of(voice->trace, question->trace->count, &curve)) {
        verdict_put_curve(&curve, out);
        verdict_curve_release(&curve);
    }
}

char *docket_taken(struct docket *docket, const struct docket_case *it,
                   const char *from, struct error *err)
{
    const struct question *question = docket_question(docket, it);
    size_t count;
    const struct judgement **list = docket_answers(docket, it, &count);
    struct settlement *opinion;
    struct buf value = { 0 };
    bool good;

    if (from[0] >= 'A' && from[0] <= 'Z' && from[1] == '\0' &&
        (size_t)(from[0] - 'A') < count)
        docket_value(docket, it, list[from[0] - 'A'], (size_t)(from[0] - 'A'),
                     &value);
    free(list);
    opinion = docket_opinions(docket, it, err);
    good = opinion != NULL;
    for (size_t r = 0; opinion && r < question->rule_count; r++) {
        if (text_equal(rule_kind_names[opinion[r].kind], from) &&
            opinion[r].settled && !opinion[r].person)
            buf_add_text(&value, opinion[r].value);
        settlement_release(&opinion[r]);
    }
    free(opinion);
    if (good && value.length == 0)
        good = error_set(
            err, ERROR_INPUT,
            "%s: neither a judgement nor a rule \"%s\" has a value for "
            "it; --show lists them",
            it->item_id, from);
    if (good)
        return buf_steal(&value);
    buf_release(&value);
    return NULL;
}
