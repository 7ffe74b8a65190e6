/*
 * protocol_design - checks of a protocol as a study: how disagreement is
 * settled, how the work is done, whether every language is complete.
 */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/study/protocol_internal.h"

enum { PATH_SIZE = 128 };

/* An expert who is named may not have judged it. */
static bool settles_always(const struct question_rule *rule)
{
    return (rule->kind == RULE_EXPERT && rule->experts == 0) ||
           rule->kind == RULE_ADJUDICATOR || rule->kind == RULE_SOFT ||
           rule->kind == RULE_UNRESOLVED;
}

static bool is_average(enum rule_kind kind)
{
    return kind == RULE_MEAN || kind == RULE_MEDIAN || kind == RULE_EWE;
}

static bool is_model(enum rule_kind kind)
{
    return kind == RULE_DAWID_SKENE || kind == RULE_MACE;
}

static const char *choice_misfit(const struct question *question,
                                 enum rule_kind kind)
{
    if (kind == RULE_MEAN || kind == RULE_EWE)
        return "needs a scale: options have no mean";
    if (kind == RULE_MEDIAN && question->measure == MEASURE_NOMINAL)
        return "needs an order: the measure is \"nominal\"";
    if (question->many && is_model(kind))
        return "models one label an answer, and several may be given; take "
               "majority, which settles each label";
    return NULL;
}

static const char *number_misfit(const struct question *question,
                                 enum rule_kind kind)
{
    if (is_model(kind))
        return "models raters of categories, not of a scale; take mean, "
               "median or ewe";
    if (question->type == QUESTION_GRID && kind == RULE_MAJORITY)
        return "counts answers that are the same, and points of a grid seldom "
               "are; take median, mean or ewe";
    if (question->type == QUESTION_GRID && kind == RULE_SOFT)
        return "keeps the shares of labels, and a point of a grid is none; "
               "take median, mean or ewe";
    return NULL;
}

static const char *segments_misfit(enum rule_kind kind)
{
    if (is_average(kind))
        return "averages numbers, and marks are none; take unanimous or "
               "majority, which set borders at the median";
    if (is_model(kind))
        return "models one label an item, and there are marks in time; take "
               "unanimous or majority";
    return kind == RULE_SOFT ? "keeps the shares of labels of an item, and "
                               "marks are many; take unanimous or majority"
                             : NULL;
}

static const char *trace_misfit(enum rule_kind kind)
{
    if (kind == RULE_UNANIMOUS || kind == RULE_MAJORITY)
        return "counts answers that are the same, and no two traces are; take "
               "ewe or mean";
    if (kind == RULE_MEDIAN)
        return "is of single numbers; traces are fused by ewe or mean";
    if (is_model(kind))
        return "models raters of categories, not of a trace; take ewe or mean";
    return kind == RULE_SOFT ? "keeps the shares of labels, and a trace has "
                               "none; take ewe or mean"
                             : NULL;
}

static const char *text_misfit(enum rule_kind kind)
{
    if (is_average(kind))
        return "averages numbers, and texts are none; take unanimous or "
               "majority, which compare the words";
    if (is_model(kind) || kind == RULE_SOFT)
        return "is of labels that come again, and texts seldom do; take "
               "unanimous or majority, which compare the words";
    return NULL;
}

/* Why the rule cannot settle questions of this type; NULL: it can. */
static const char *misfit(const struct question *question, enum rule_kind kind)
{
    switch (question->type) {
    case QUESTION_CHOICE:
    case QUESTION_COMPARE:
        return choice_misfit(question, kind);
    case QUESTION_SCALE:
    case QUESTION_GRID:
        return number_misfit(question, kind);
    case QUESTION_SEGMENTS:
        return segments_misfit(kind);
    case QUESTION_TRACE:
        return trace_misfit(kind);
    case QUESTION_TEXT:
        return text_misfit(kind);
    }
    return NULL;
}

static void check_rule(size_t q, const struct question *question, size_t i,
                       struct fault_list *faults)
{
    const struct question_rule *rule = &question->rule[i];
    const char *why = misfit(question, rule->kind);
    char path[PATH_SIZE];

    snprintf(path, sizeof(path), "questions[%zu].adjudication[%zu].rule", q, i);
    if (why)
        fault_add(faults, path, "\"%s\" %s", rule_kind_names[rule->kind], why);
    if (i > 0 && settles_always(&question->rule[i - 1]))
        fault_add_warning(faults, path,
                          "is never reached: \"%s\" before it settles "
                          "everything; put that last",
                          rule_kind_names[question->rule[i - 1].kind]);
    if (!why && question->measure == MEASURE_ORDINAL &&
        (rule->kind == RULE_MEAN || rule->kind == RULE_EWE))
        fault_add_warning(faults, path,
                          "\"%s\" takes the steps as equal, the measure says "
                          "only that they have an order; write median, or "
                          "\"measure\": \"interval\"",
                          rule_kind_names[rule->kind]);
    if (rule->kind == RULE_EXPERT && rule->experts == 0)
        fault_add_warning(faults, path,
                          "\"expert\" names nobody, so that a person decides; "
                          "write \"annotators\": [\"ALIAS\"], or "
                          "\"adjudicator\"");
    for (size_t j = 0; j < i; j++) {
        if (question->rule[j].kind == rule->kind) {
            fault_add_warning(faults, path, "\"%s\" stands in the chain twice",
                              rule_kind_names[rule->kind]);
            break;
        }
    }
}

static const char *coefficient_misfit(const struct question *question)
{
    bool numbers = question->measure >= MEASURE_INTERVAL;

    switch (question->agreement) {
    case PRIMARY_ICC:
    case PRIMARY_CCC:
        return !question_is_numeric(question) && !question->trace
                   ? "compares numbers; for options take alpha, ac1 or fleiss"
                   : NULL;
    case PRIMARY_FLEISS:
    case PRIMARY_AC1:
        return numbers ? "takes values as mere names; for numbers take alpha, "
                         "icc or ccc"
                       : NULL;
    default:
        return NULL;
    }
}

void protocol_check_settling(size_t q, const struct question *question,
                             struct fault_list *faults)
{
    const char *why = coefficient_misfit(question);
    char path[PATH_SIZE];
    size_t last = question->rule_count;

    if (why) {
        snprintf(path, sizeof(path), "questions[%zu].agreement.primary", q);
        fault_add(faults, path, "\"%s\" %s",
                  primary_coefficient_names[question->agreement], why);
    }
    for (size_t i = 0; i < question->rule_count; i++)
        check_rule(q, question, i, faults);
    if (last > 0 && !settles_always(&question->rule[last - 1])) {
        snprintf(path, sizeof(path), "questions[%zu].adjudication", q);
        fault_add_warning(faults, path,
                          "may end without a decision; close the chain with "
                          "adjudicator, expert, soft or unresolved");
    }
}

static void check_gain(const struct protocol_playback *playback,
                       struct fault_list *faults)
{
    switch (playback->gain) {
    case GAIN_NONE:
        break;
    case GAIN_PEAK:
    case GAIN_LOUDNESS:
        fault_add_warning(faults, "playback.gain",
                          "is \"%s\", an old word that says no level: all is "
                          "played as recorded; write \"none\" or "
                          "{\"lufs\": -23}, which takes away loudness, a cue "
                          "of arousal",
                          protocol_gain_names[playback->gain]);
        break;
    case GAIN_SESSION:
        if (playback->gain_value > 0)
            fault_add_warning(faults, "playback.gain",
                              "raises all by %g dB: what is recorded loud is "
                              "clipped; prepare the media or write 0 or less",
                              playback->gain_value);
        break;
    case GAIN_LUFS:
        fault_add_warning(faults, "playback.gain",
                          "makes all items as loud as each other: it takes "
                          "away loudness, a cue of arousal; where that is not "
                          "the point write \"none\"");
        break;
    }
}

static void check_playback(const struct protocol *protocol,
                           struct fault_list *faults)
{
    const struct protocol_playback *playback = &protocol->playback;
    bool natural = false;

    check_gain(playback, faults);
    for (size_t i = 0; i < playback->speed_count; i++) {
        if (playback->speed[i] == 1)
            natural = true;
    }
    if (!natural)
        fault_add_warning(faults, "playback.speeds",
                          "leaves out 1: nobody hears the natural tempo, a "
                          "cue of arousal; add 1");
    if (playback->silent && playback->must_hear_all)
        fault_add(faults, "playback.silent",
                  "is true, but must_hear_all asks that everything was heard; "
                  "leave one of both out");
}

void protocol_check_work(const struct protocol *protocol,
                         struct fault_list *faults)
{
    if (protocol->context > 0 && !(protocol->show & SHOW_CONTEXT))
        fault_add_warning(faults, "context",
                          "is %d, but \"show\" does not list \"context\": "
                          "nothing of it is shown",
                          protocol->context);
    if (protocol->unit == UNIT_TEXT && !(protocol->show & SHOW_TEXT))
        fault_add(faults, "show",
                  "does not list \"text\", but the unit is a text: nobody "
                  "could judge what is not shown; add it");
    if (protocol->context == 0 && (protocol->show & SHOW_CONTEXT))
        fault_add_warning(faults, "show",
                          "lists \"context\", but \"context\" is 0; set how "
                          "many preceding turns are shown");
    if (protocol->instructions.count == 0)
        fault_add_warning(faults, "instructions",
                          "are missing: annotators are not told what to "
                          "judge, the voice or the words; add them");
    check_playback(protocol, faults);
    protocol_check_pairs(protocol, faults);
}

/* Is the text there, but not in this language? */
static void check_language(const struct localized *text, const char *language,
                           const char *path, struct fault_list *faults)
{
    if (text->count > 0 && !localized_has(text, language))
        fault_add_warning(faults, path, "has no \"%s\", which others have",
                          language);
}

static void check_question_language(const struct question *question, size_t q,
                                    const char *language,
                                    struct fault_list *faults)
{
    char path[PATH_SIZE];

    snprintf(path, sizeof(path), "questions[%zu].text", q);
    check_language(&question->text, language, path, faults);
    for (size_t i = 0; i < question->value_count; i++) {
        snprintf(path, sizeof(path), "questions[%zu].options[%zu].label", q, i);
        check_language(&question->option[i].label, language, path, faults);
    }
    for (size_t i = 0; question->trace && i < question->trace->count; i++) {
        snprintf(path, sizeof(path), "questions[%zu].dimensions[%zu].low", q,
                 i);
        check_language(&question->trace->dimension[i].low, language, path,
                       faults);
        snprintf(path, sizeof(path), "questions[%zu].dimensions[%zu].high", q,
                 i);
        check_language(&question->trace->dimension[i].high, language, path,
                       faults);
    }
    for (size_t i = 0; i < CORNER_COUNT; i++) {
        snprintf(path, sizeof(path), "questions[%zu].corners", q);
        check_language(&question->corner[i], language, path, faults);
    }
    if (question->type == QUESTION_GRID) {
        snprintf(path, sizeof(path), "questions[%zu].x", q);
        check_language(&question->scale.low, language, path, faults);
        check_language(&question->scale.high, language, path, faults);
        snprintf(path, sizeof(path), "questions[%zu].y", q);
        check_language(&question->rise.low, language, path, faults);
        check_language(&question->rise.high, language, path, faults);
    } else if (question->has_scale) {
        const char *within = question_is_list(question) ? "intensity." : "";

        snprintf(path, sizeof(path), "questions[%zu].%slow", q, within);
        check_language(&question->scale.low, language, path, faults);
        snprintf(path, sizeof(path), "questions[%zu].%shigh", q, within);
        check_language(&question->scale.high, language, path, faults);
    }
}

/* The languages are those of the instructions, or else of the title. */
void protocol_check_languages(const struct protocol *protocol,
                              struct fault_list *faults)
{
    const struct localized *guide = protocol->instructions.count > 0
                                        ? &protocol->instructions
                                        : &protocol->title;

    for (size_t i = 0; guide->count > 1 && i < guide->count; i++) {
        const char *language = guide->item[i].language;

        check_language(&protocol->title, language, "title", faults);
        check_language(&protocol->consent, language, "consent.text", faults);
        check_language(&protocol->content_warning, language, "content_warning",
                       faults);
        for (size_t q = 0; q < protocol->question_count; q++)
            check_question_language(&protocol->question[q], q, language,
                                    faults);
    }
}
