/* panel - the judgements of a project, as ratings. */
#include <config.h>

#include "annotate/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/vec.h"

bool panel_open(struct panel *panel, struct project *project, struct error *err)
{
    int64_t number;
    char *text;

    memset(panel, 0, sizeof(*panel));
    text = project_protocol(project, &number, err);
    if (!text)
        return false;
    panel->protocol = protocol_parse(text, strlen(text), "the protocol", err);
    free(text);
    return panel->protocol &&
           judgements_gather(project, panel->protocol, &panel->judgements,
                             err) &&
           project_rater_names(project, &panel->names, err);
}

void panel_release(struct panel *panel)
{
    judgements_release(&panel->judgements);
    project_rater_names_release(&panel->names);
    protocol_free(panel->protocol);
    memset(panel, 0, sizeof(*panel));
}

bool panel_compares(const struct question *question)
{
    return question->type == QUESTION_CHOICE ||
           question->type == QUESTION_SCALE;
}

/* From numbers to aliases. */
static void name_raters(const struct panel *panel, struct ratings *ratings)
{
    for (size_t r = 0; r < ratings->raters.count; r++) {
        int64_t rater = 0;

        number_parse_int(ratings->raters.item[r], &rater);
        free(ratings->raters.item[r]);
        ratings->raters.item[r] =
            xstrdup(project_rater_alias(&panel->names, rater));
    }
}

enum coefficient_id panel_primary(const struct question *question,
                                  size_t raters)
{
    switch (question->agreement) {
    case PRIMARY_PERCENT:
        return COEFFICIENT_PERCENT;
    case PRIMARY_KAPPA:
        return raters == 2 ? COEFFICIENT_COHEN : COEFFICIENT_CONGER;
    case PRIMARY_FLEISS:
        return COEFFICIENT_FLEISS;
    case PRIMARY_AC1:
    case PRIMARY_AC2:
        return COEFFICIENT_GWET;
    case PRIMARY_ICC:
        return COEFFICIENT_ICC_A1;
    case PRIMARY_CCC:
        return COEFFICIENT_CCC;
    case PRIMARY_NONE:
    case PRIMARY_ALPHA:
        break;
    }
    return COEFFICIENT_ALPHA;
}

static void settle_scale(struct panel_question *out,
                         const struct panel_settings *settings)
{
    static const enum alpha_metric scale[] = {
        [MEASURE_NOMINAL] = ALPHA_NOMINAL,
        [MEASURE_ORDINAL] = ALPHA_ORDINAL,
        [MEASURE_INTERVAL] = ALPHA_INTERVAL,
        [MEASURE_RATIO] = ALPHA_RATIO,
    };
    const char *reason;

    out->settings = (struct agreement_settings){
        .scale = scale[out->question->measure],
        .period = 360,
        .level = settings->level,
        .resamples = settings->intervals ? settings->bootstrap : 0,
        .permutations = settings->intervals ? settings->permutations : 0,
        .seed = settings->seed,
    };
    /* Nothing but reserved answers, or sets: no order, no numbers. */
    if (!agreement_scale_fits(out->single, out->settings.scale, &reason))
        out->settings.scale = ALPHA_NOMINAL;
    out->settings.weighting = out->settings.scale == ALPHA_ORDINAL
                                  ? AGREE_QUADRATIC
                                  : AGREE_UNWEIGHTED;
    if (out->question->agreement == PRIMARY_AC1)
        out->settings.weighting = AGREE_UNWEIGHTED;
}

bool panel_question(const struct panel *panel, const struct question *question,
                    const struct panel_settings *settings,
                    struct panel_question *out, struct error *err)
{
    struct agreement_group group = { 0 };

    memset(out, 0, sizeof(*out));
    out->question = question;
    out->all = judgements_ratings(&panel->judgements, question,
                                  JUDGEMENT_AGREEMENT, &out->left_out, err);
    if (!out->all)
        return false;
    name_raters(panel, out->all);
    out->single = ratings_single(out->all, RATINGS_FIRST, &out->report.dropped);
    settle_scale(out, settings);
    out->report.source = question->id;
    out->report.settings = &out->settings;
    out->report.ratings = out->single;
    out->report.with_repeats = out->all;
    out->report.repeat = RATINGS_FIRST;
    out->report.per = settings->per;
    out->report.top = settings->top;
    out->report.plain = !settings->intervals;
    group.agreement = agreement_of(out->single, &out->settings);
    VEC_PUSH(&out->report.groups, group);
    out->primary = panel_primary(question, group.agreement.raters);
    out->value = group.agreement.of[out->primary].fits
                     ? group.agreement.of[out->primary].value
                     : estimate_undefined("it does not fit these ratings");
    out->min = settings->min >= -1 ? settings->min : question->agreement_min;
    return true;
}

void panel_question_release(struct panel_question *question)
{
    agreement_report_release(&question->report);
    ratings_free(question->single);
    ratings_free(question->all);
    memset(question, 0, sizeof(*question));
}

bool panel_fails(const struct panel_question *question)
{
    return !isnan(question->min) &&
           (!question->value.defined || question->value.value < question->min);
}
