/* panel - the judgements of a project, as ratings. */
#include <config.h>

#include "annotate/panel.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/log.h"
#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/stat/label_sets.h"

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

size_t panel_views(const struct question *question, enum panel_view view[2])
{
    switch (question->type) {
    case QUESTION_CHOICE:
        view[0] = question->many ? PANEL_MASI : PANEL_WHOLE;
        view[1] = PANEL_JACCARD;
        return question->many ? 2 : 1;
    case QUESTION_SCALE:
    case QUESTION_COMPARE:
        view[0] = PANEL_WHOLE;
        return 1;
    case QUESTION_GRID:
        view[0] = PANEL_X;
        view[1] = PANEL_Y;
        return 2;
    case QUESTION_TEXT:
        view[0] = PANEL_EXACT;
        return 1;
    case QUESTION_SEGMENTS:
    case QUESTION_TRACE:
        break;
    }
    return 0;
}

/* One number of a grid; a set with its options in byte order. */
static void put_value(const struct panel_question *of,
                      const struct judgement *it, struct buf *out)
{
    char text[NUMBER_TEXT_SIZE];

    if (!it->reserved && it->answer->kind == EVENT_VALUE_PAIR) {
        buf_add_text(out,
                     number_format(of->view == PANEL_Y ? it->answer->rise
                                                       : it->answer->number,
                                   text));
        return;
    }
    judgement_value(it, of->question, out);
    if (of->view == PANEL_MASI || of->view == PANEL_JACCARD) {
        char *set = buf_steal(out);
        char *sorted = label_sets_canonical(set, '|');

        buf_add_text(out, it->reserved ? set : sorted);
        free(sorted);
        free(set);
    }
}

/* As judgements_ratings(), of views that have no declared categories. */
static struct ratings *ratings_of_view(const struct panel *panel,
                                       struct panel_question *of)
{
    struct ratings_builder *builder = ratings_builder_new(NULL);
    struct buf value = { 0 };

    for (size_t i = 0; i < panel->judgements.count; i++) {
        const struct judgement *it = &panel->judgements.item[i];
        char rater[32];

        if (!text_equal(it->question, of->question->id))
            continue;
        if (!judgement_counts(it, JUDGEMENT_AGREEMENT)) {
            of->left_out++;
            continue;
        }
        snprintf(rater, sizeof(rater), "%" PRId64, it->rater);
        buf_clear(&value);
        put_value(of, it, &value);
        ratings_builder_add(builder, ratings_builder_item(builder, it->item_id),
                            ratings_builder_rater(builder, rater),
                            buf_text(&value));
    }
    buf_release(&value);
    return ratings_builder_finish(builder);
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

/* Sets of options agree in part; too many different ones only as wholes. */
static void settle_sets(struct panel_question *out)
{
    bool masi = out->view == PANEL_MASI;

    if (!masi && out->view != PANEL_JACCARD)
        return;
    if (out->single->categories.count > LABEL_SETS_MAX) {
        log_warning("%s: %zu different sets, more than %d: they are compared "
                    "as wholes",
                    out->name, out->single->categories.count, LABEL_SETS_MAX);
        return;
    }
    out->weight =
        label_sets_weights(&out->single->categories, '|',
                           masi ? LABEL_SETS_MASI : LABEL_SETS_JACCARD);
    out->settings.scale = ALPHA_NOMINAL;
    out->settings.weighting = AGREE_UNWEIGHTED;
    out->settings.weight = out->weight;
    out->report.weights = masi ? "sets, by MASI" : "sets, by Jaccard";
}

/* Of texts nothing but their being the same can be told. */
static void settle_texts(struct panel_question *out,
                         struct agreement *agreement)
{
    for (int c = 0; out->view == PANEL_EXACT && c < COEFFICIENT_COUNT; c++)
        if (c != COEFFICIENT_PERCENT)
            agreement->of[c].fits = false;
}

static const char *suffix_of(enum panel_view view)
{
    return view == PANEL_X         ? ".x"
           : view == PANEL_Y       ? ".y"
           : view == PANEL_MASI    ? ".masi"
           : view == PANEL_JACCARD ? ".jaccard"
                                   : "";
}

bool panel_question(const struct panel *panel, const struct question *question,
                    enum panel_view view, const struct panel_settings *settings,
                    struct panel_question *out, struct error *err)
{
    struct agreement_group group = { 0 };

    memset(out, 0, sizeof(*out));
    out->question = question;
    out->view = view;
    out->name = xasprintf("%s%s", question->id, suffix_of(view));
    out->all =
        view == PANEL_WHOLE
            ? judgements_ratings(&panel->judgements, question,
                                 JUDGEMENT_AGREEMENT, &out->left_out, err)
            : ratings_of_view(panel, out);
    if (!out->all)
        return false;
    name_raters(panel, out->all);
    out->single = ratings_single(out->all, RATINGS_FIRST, &out->report.dropped);
    settle_scale(out, settings);
    settle_sets(out);
    if (view == PANEL_EXACT)
        out->settings.permutations = 0; /* they test alpha */
    out->report.source = out->name;
    out->report.settings = &out->settings;
    out->report.ratings = out->single;
    out->report.with_repeats = out->all;
    out->report.repeat = RATINGS_FIRST;
    out->report.per = settings->per;
    out->report.top = settings->top;
    out->report.plain = !settings->intervals;
    group.agreement = agreement_of(out->single, &out->settings);
    settle_texts(out, &group.agreement);
    VEC_PUSH(&out->report.groups, group);
    out->primary = view == PANEL_EXACT
                       ? COEFFICIENT_PERCENT
                       : panel_primary(question, group.agreement.raters);
    out->value = group.agreement.of[out->primary].fits
                     ? group.agreement.of[out->primary].value
                     : estimate_undefined("it does not fit these ratings");
    out->min = settings->min >= -1 ? settings->min : question->agreement_min;
    if (view == PANEL_JACCARD)
        out->min = (double)NAN; /* MASI decides */
    return true;
}

void panel_question_release(struct panel_question *question)
{
    agreement_report_release(&question->report);
    ratings_free(question->single);
    ratings_free(question->all);
    free(question->weight);
    free(question->name);
    memset(question, 0, sizeof(*question));
}

bool panel_fails(const struct panel_question *question)
{
    return !isnan(question->min) &&
           (!question->value.defined || question->value.value < question->min);
}

void panel_put_end(const struct panel_end *end, struct buf *out)
{
    if (end->further) {
        buf_add_char(out, '\n');
        table_print(end->further, OUTPUT_TEXT, out);
    }
    if (end->left_out > 0)
        buf_addf(out,
                 "%zu %s of gold items, of hidden repeats or of items that "
                 "were sent back\nare not part of this\n",
                 end->left_out, end->what);
    if (end->min >= -1)
        buf_addf(out, "%s is %s %g, which is asked for\n", end->measure,
                 end->fails ? "not" : "at least", end->min);
}
