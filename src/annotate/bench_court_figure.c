/* bench_court_figure - marks and traces of a case, as they are drawn. */
#include <config.h>

#include <string.h>

#include "annotate/bench_court_internal.h"
#include "common/study/verdict.h"

static void add_bars(struct court *court, const struct question *question,
                     const struct track *track, struct court_figure *to)
{
    to->bar = arena_alloc(&court->texts, (track->count + 1) * sizeof(*to->bar));
    for (size_t t = 0; t < question->tier_count; t++) {
        const struct track_tier *tier = track_tier(track, question->tier[t].id);

        for (size_t i = 0; i < tier->count; i++)
            to->bar[to->bars++] = (struct court_bar){
                .tier = t,
                .from_us = tier->item[i]->from_us,
                .to_us = tier->item[i]->to_us,
                .label = arena_strdup(&court->texts, tier->item[i]->label),
            };
    }
}

static void add_points(struct court *court, const struct verdict_curve *curve,
                       struct court_figure *to)
{
    to->dimensions = curve->dimensions;
    to->points = curve->points;
    to->start = curve->start;
    to->step = 1 / curve->rate;
    for (size_t d = 0; d < curve->dimensions; d++) {
        to->value[d] =
            arena_alloc(&court->texts, curve->points * sizeof(double));
        memcpy(to->value[d], curve->value[d], curve->points * sizeof(double));
    }
}

const struct court_figure *court_figure(struct court *court,
                                        const struct question *question,
                                        const char *value)
{
    struct court_figure *figure = arena_alloc(&court->texts, sizeof(*figure));
    struct verdict_curve curve;
    struct track track = { 0 };
    struct error err;

    *figure = (struct court_figure){ 0 };
    if (question->type == QUESTION_SEGMENTS && value &&
        (*value == '[' || strcmp(value, "@none") == 0)) {
        if (*value == '[' && verdict_read_track(value, &track, &err))
            add_bars(court, question, &track, figure);
        track_release(&track);
        return figure;
    }
    if (question->type != QUESTION_TRACE || !value || *value != '{')
        return NULL;
    if (verdict_read_curve(value, &curve, &err))
        add_points(court, &curve, figure);
    verdict_curve_release(&curve);
    return figure->points > 0 ? figure : NULL;
}
