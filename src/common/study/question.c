/* question - one question of a protocol. */
#include <config.h>

#include "common/study/question.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/utf8.h"

const char *const question_type_names[] = { "choice",  "scale", "segments",
                                            "grid",    "trace", "text",
                                            "compare", NULL };
const char *const question_measure_names[] = { "nominal", "ordinal", "interval",
                                               "ratio", NULL };
const char *const rule_kind_names[] = {
    "unanimous",   "majority",    "mean",       "median",
    "ewe",         "dawid-skene", "mace",       "expert",
    "adjudicator", "soft",        "unresolved", NULL
};
const char *const primary_coefficient_names[] = { "none",   "percent", "kappa",
                                                  "fleiss", "alpha",   "ac1",
                                                  "ac2",    "icc",     "ccc",
                                                  NULL };

const struct question_option *question_option(const struct question *question,
                                              const char *value)
{
    for (size_t i = 0; i < question->option_count; i++) {
        if (strcmp(question->option[i].value, value) == 0)
            return &question->option[i];
    }
    return NULL;
}

const struct question_option *question_option_by_code(
    const struct question *question, uint32_t code)
{
    for (size_t i = 0; code && i < question->option_count; i++) {
        if (question->option[i].code == code)
            return &question->option[i];
    }
    return NULL;
}

size_t question_tier(const struct question *question, const char *id)
{
    size_t at = 0;

    while (at < question->tier_count && strcmp(question->tier[at].id, id) != 0)
        at++;
    return at;
}

bool question_is_list(const struct question *question)
{
    return question->type == QUESTION_CHOICE ||
           question->type == QUESTION_COMPARE;
}

const char *question_swap(const struct question *question, const char *value)
{
    if (question->type != QUESTION_COMPARE)
        return value;
    if (strcmp(value, COMPARE_FIRST) == 0)
        return COMPARE_SECOND;
    return strcmp(value, COMPARE_SECOND) == 0 ? COMPARE_FIRST : value;
}

bool question_is_numeric(const struct question *question)
{
    return question->type == QUESTION_SCALE || question->type == QUESTION_GRID;
}

size_t question_points(const struct question *question)
{
    switch (question->type) {
    case QUESTION_SCALE:
        return scale_count(&question->scale);
    case QUESTION_GRID:
        return scale_count(&question->scale) * scale_count(&question->rise);
    default:
        return 0;
    }
}

static bool accepts_text(const struct question *question, const char *value,
                         struct error *err)
{
    if (utf8_count(value) <= (size_t)question->max_length)
        return true;
    return error_set(err, ERROR_INPUT,
                     "%s: the text is longer than %d characters", question->id,
                     question->max_length);
}

/* "3,7": a point to the right, and one upwards. */
static bool accepts_pair(const struct question *question, const char *value,
                         struct error *err)
{
    const char *comma = strchr(value, ',');
    char *first = comma ? xstrndup(value, (size_t)(comma - value)) : NULL;
    double x, y;
    bool good = first && number_parse(first, &x) &&
                number_parse(comma + 1, &y) &&
                scale_index(&question->scale, x) >= 0 &&
                scale_index(&question->rise, y) >= 0;

    free(first);
    if (good)
        return true;
    return error_set(err, ERROR_INPUT,
                     "%s: \"%s\" is no point of the grid; write two numbers "
                     "such as \"%g,%g\"",
                     question->id, value, question->scale.min,
                     question->rise.min);
}

static bool accepts_number(const struct question *question, const char *value,
                           struct error *err)
{
    const struct scale *scale = &question->scale;
    double number;

    if (number_parse(value, &number) && scale_index(scale, number) >= 0)
        return true;
    return error_set(err, ERROR_INPUT,
                     "%s: \"%s\" is no point of the scale %g to %g by %g",
                     question->id, value, scale->min, scale->max, scale->step);
}

bool question_accepts(const struct question *question, const char *value,
                      struct error *err)
{
    enum answer_kind kind;

    if (!answer_find(value, &kind))
        return error_set(err, ERROR_INPUT,
                         "%s: \"%s\" is no reserved answer of this version",
                         question->id, value);
    if (kind == ANSWER_TECHNICAL_FAULT || kind == ANSWER_SKIPPED)
        return true;
    if (question_option(question, value))
        return true;
    if (kind == ANSWER_VALUE && question->type == QUESTION_SCALE)
        return accepts_number(question, value, err);
    if (kind == ANSWER_VALUE && question->type == QUESTION_TEXT)
        return accepts_text(question, value, err);
    if (kind == ANSWER_VALUE && question->type == QUESTION_GRID)
        return accepts_pair(question, value, err);
    return error_set(err, ERROR_INPUT,
                     "%s: the protocol does not offer the answer \"%s\"",
                     question->id, value);
}

bool question_accepts_intensity(const struct question *question,
                                const char *value, double intensity,
                                struct error *err)
{
    const struct question_option *option = question_option(question, value);

    if (!question->has_scale || !question_is_list(question))
        return error_set(err, ERROR_INPUT,
                         "%s: the protocol asks for no intensity",
                         question->id);
    if (!option || !option->intensity)
        return error_set(err, ERROR_INPUT,
                         "%s: the answer \"%s\" has no intensity", question->id,
                         value);
    if (scale_index(&question->scale, intensity) < 0)
        return error_set(err, ERROR_INPUT,
                         "%s: intensity %g is no point of the scale %g to %g "
                         "by %g",
                         question->id, intensity, question->scale.min,
                         question->scale.max, question->scale.step);
    return true;
}
