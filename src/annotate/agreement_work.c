/* agreement_work - working out agreement, question by question. */
#include <config.h>

#include "annotate/agreement_work.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/interrupt.h"
#include "common/base/log.h"
#include "common/base/mem.h"

const char *const agreement_by_names[] = { "none", "label",   "annotator",
                                           "item", "speaker", "time",
                                           NULL };

static bool wanted(const struct agreement_work *work,
                   const struct question *question)
{
    return !work->only || text_equal(work->only, question->id);
}

static bool answers(struct agreement_work *work, struct error *err)
{
    const struct protocol *protocol = work->panel.protocol;

    work->of = xcalloc(2 * protocol->question_count + 1, sizeof(*work->of));
    work->list = xcalloc(2 * protocol->question_count + 1,
                         sizeof(struct panel_question *));
    for (size_t q = 0; q < protocol->question_count; q++) {
        const struct question *question = &protocol->question[q];
        enum panel_view view[2];
        size_t views = wanted(work, question) ? panel_views(question, view) : 0;

        for (size_t v = 0; v < views; v++) {
            work->list[work->count] = &work->of[work->count];
            if (!panel_question(&work->panel, question, view[v], &work->how,
                                &work->of[work->count++], err) ||
                !interrupt_check(err))
                return false;
        }
    }
    return true;
}

static bool marks(struct agreement_work *work, struct project *project,
                  struct error *err)
{
    const struct protocol *protocol = work->panel.protocol;
    struct export_segments all = { 0 };
    bool good = true, gathered = false;

    work->marks =
        xcalloc(protocol->question_count + 1, sizeof(struct panel_segments));
    for (size_t q = 0; good && q < protocol->question_count; q++) {
        const struct question *question = &protocol->question[q];

        if (question->type != QUESTION_SEGMENTS || !wanted(work, question))
            continue;
        good = gathered || export_segments_gather(project, false, &all, err);
        gathered = true;
        good = good && panel_segments(&all, question, &work->how,
                                      &work->marks[work->mark_count++], err);
    }
    export_segments_release(&all);
    return good;
}

static bool traces(struct agreement_work *work, struct project *project,
                   struct error *err)
{
    const struct protocol *protocol = work->panel.protocol;
    struct export_rows rows = { 0 };
    bool good = true, gathered = false;

    work->trace =
        xcalloc(protocol->question_count + 1, sizeof(struct panel_traces));
    for (size_t q = 0; good && q < protocol->question_count; q++) {
        const struct question *question = &protocol->question[q];

        if (question->type != QUESTION_TRACE || !wanted(work, question))
            continue;
        if (work->by == BY_LABEL)
            log_warning("%s: traces have no labels: no table of them",
                        question->id);
        good = gathered || export_gather(project, false, &rows, err);
        gathered = true;
        good = good && panel_traces(project, &rows, question, &work->how,
                                    &work->trace[work->trace_count++], err);
    }
    export_release(&rows);
    return good;
}

/* `option` is of questions of that type: is there one? */
static bool has_use(const struct agreement_work *work, const char *option,
                    enum question_type type, struct error *err)
{
    const struct protocol *protocol = work->panel.protocol;

    for (size_t q = 0; option && q < protocol->question_count; q++)
        if (protocol->question[q].type == type &&
            wanted(work, &protocol->question[q]))
            return true;
    if (!option)
        return true;
    if (work->only)
        return error_set(err, ERROR_USAGE,
                         "%s has no effect: the question \"%s\" is not of the "
                         "type %s",
                         option, work->only, question_type_names[type]);
    return error_set(err, ERROR_USAGE,
                     "%s has no effect: no question of the protocol is of the "
                     "type %s",
                     option, question_type_names[type]);
}

bool agreement_work_out(struct agreement_work *work, struct project *project,
                        struct error *err)
{
    static const enum agreement_per per[] = {
        [BY_NONE] = PER_NONE,    [BY_LABEL] = PER_LABEL,
        [BY_ITEM] = PER_ITEM,    [BY_ANNOTATOR] = PER_ANNOTATOR,
        [BY_SPEAKER] = PER_NONE, [BY_TIME] = PER_NONE,
    };

    work->how.per = per[work->by];
    work->how.by_speaker = work->by == BY_SPEAKER;
    work->how.by_time = work->by == BY_TIME;
    if (!panel_open(&work->panel, project, err))
        return false;
    if (work->only && !protocol_question(work->panel.protocol, work->only))
        return error_set(err, ERROR_INPUT,
                         "no question \"%s\" in the protocol; `mien-annotate "
                         "protocol show' names them",
                         work->only);
    return has_use(work, work->of_segments, QUESTION_SEGMENTS, err) &&
           has_use(work, work->of_traces, QUESTION_TRACE, err) &&
           answers(work, err) && marks(work, project, err) &&
           traces(work, project, err);
}

void agreement_work_release(struct agreement_work *work)
{
    for (size_t i = 0; i < work->count; i++)
        panel_question_release(&work->of[i]);
    for (size_t i = 0; i < work->mark_count; i++)
        panel_segments_release(&work->marks[i]);
    for (size_t i = 0; i < work->trace_count; i++)
        panel_traces_release(&work->trace[i]);
    free(work->of);
    free(work->list);
    free(work->marks);
    free(work->trace);
    panel_release(&work->panel);
}

bool agreement_work_fails(const struct agreement_work *work)
{
    bool fails = false;

    for (size_t i = 0; i < work->count; i++)
        fails = fails || panel_fails(&work->of[i]);
    for (size_t i = 0; i < work->mark_count; i++)
        fails = fails || panel_segments_fail(&work->marks[i]);
    for (size_t i = 0; i < work->trace_count; i++)
        fails = fails || panel_traces_fail(&work->trace[i]);
    return fails;
}
