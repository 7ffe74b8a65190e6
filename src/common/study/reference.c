/*
 * reference - the right answer to a question, and what comes near to it.
 */
#include <config.h>

#include "common/study/reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/text.h"
#include "common/study/reference_internal.h"

static const double slack = 1e-9; /* of sums of steps such as 0.1 */

static bool is_value(const struct question *question, const char *value)
{
    const struct question_option *option = question_option(question, value);

    return option && option->kind == ANSWER_VALUE;
}

/* Between the ends of the scale; it need not be a point: means are none. */
static bool is_on(const struct scale *scale, const char *text, double *number)
{
    return number_parse(text, number) && *number >= scale->min &&
           *number <= scale->max;
}

static bool read_pair(const struct question *question, const char *value,
                      double pair[2])
{
    const char *comma = strchr(value, ',');
    char *first = comma ? xstrndup(value, (size_t)(comma - value)) : NULL;
    bool good = first && is_on(&question->scale, first, &pair[0]) &&
                is_on(&question->rise, comma + 1, &pair[1]);

    free(first);
    return good;
}

static bool are_values(const struct question *question, const char *value)
{
    struct text_list parts = { 0 };
    bool good = true;

    text_list_split(&parts, value, '|');
    for (size_t i = 0; i < parts.count; i++)
        good = good && is_value(question, parts.item[i]);
    good = good && (parts.count == 1 || (parts.count > 1 && question->many));
    text_list_release(&parts);
    return good;
}

bool reference_judges(const struct question *question,
                      const struct conduct_reference *reference)
{
    switch (question->type) {
    case QUESTION_CHOICE:
    case QUESTION_COMPARE:
    case QUESTION_SCALE:
    case QUESTION_GRID:
        return true;
    case QUESTION_SEGMENTS: /* somebody must say how near is near enough */
        return reference &&
               (!isnan(reference->tolerance) || !isnan(reference->min_overlap));
    default:
        return false;
    }
}

bool reference_compares(const struct question *question)
{
    return question_is_list(question) || question->type == QUESTION_SCALE ||
           question->type == QUESTION_GRID;
}

bool reference_reads(const struct question *question,
                     const struct conduct_reference *reference,
                     const char *value)
{
    double number, pair[2];

    if (!reference_judges(question, reference))
        return false;
    switch (question->type) {
    case QUESTION_CHOICE:
    case QUESTION_COMPARE:
        return are_values(question, value);
    case QUESTION_SCALE:
        return is_on(&question->scale, value, &number);
    case QUESTION_GRID:
        return read_pair(question, value, pair);
    default:
        return reference_marks_read(question, reference, value, NULL);
    }
}

static double tolerance_of(const struct conduct_reference *reference,
                           const struct scale *scale)
{
    return reference && !isnan(reference->tolerance) ? reference->tolerance
                                                     : scale->step;
}

static bool near_pair(const struct question *question,
                      const struct conduct_reference *reference,
                      const struct event_answer *answer, const char *value,
                      double *distance)
{
    double pair[2], right, up;

    if (!read_pair(question, value, pair))
        return false;
    right = fabs(answer->number - pair[0]);
    up = fabs(answer->rise - pair[1]);
    *distance = fmax(right, up);
    return right <= tolerance_of(reference, &question->scale) + slack &&
           up <= tolerance_of(reference, &question->rise) + slack;
}

/*
 * Of two sets the share of what is in both among what is in either (Jaccard
 * 1901).
 */
static double set_overlap(const struct text_list *one,
                          const struct text_list *two)
{
    size_t both = 0;

    for (size_t i = 0; i < one->count; i++)
        both += text_list_has(two, one->item[i]);
    return (double)both / (double)(one->count + two->count - both);
}

/* One value: among what was chosen; several: those, or as many as are wanted.
 */
static bool near_set(const struct conduct_reference *reference,
                     const struct event_answer *answer, const char *value)
{
    bool wanted = reference && !isnan(reference->min_overlap);
    double least = wanted ? reference->min_overlap : 1;
    struct text_list parts = { 0 };
    bool good;

    text_list_split(&parts, value, '|');
    good = parts.count == 1 && !wanted
               ? text_list_has(&answer->values, value)
               : set_overlap(&answer->values, &parts) + slack >= least;
    text_list_release(&parts);
    return good;
}

bool reference_is_right(const struct question *question,
                        const struct conduct_reference *reference,
                        const struct reference_given *given, const char *value,
                        double *distance)
{
    const struct event_answer *answer = given->answer;
    double right;

    *distance = NAN;
    if (question->type == QUESTION_SEGMENTS)
        return reference_marks_match(question, reference, given, value);
    if (!answer)
        return false;
    switch (answer->kind) {
    case EVENT_VALUE_NUMBER:
        if (!number_parse(value, &right))
            return false;
        *distance = fabs(answer->number - right);
        return *distance <= tolerance_of(reference, &question->scale) + slack;
    case EVENT_VALUE_PAIR:
        return near_pair(question, reference, answer, value, distance);
    case EVENT_VALUE_LIST:
    case EVENT_VALUE_TEXT:
        return near_set(reference, answer, value);
    default:
        return false;
    }
}

bool reference_is_same(const struct question *question,
                       const struct event_answer *answer, const char *value)
{
    static const struct conduct_reference exact = { .tolerance = 0,
                                                    .min_overlap = 1 };
    const struct reference_given given = { .answer = answer };
    const struct conduct_reference *rules =
        question_is_list(question) && !strchr(value, '|') ? NULL : &exact;
    double unused;

    return reference_is_right(question, rules, &given, value, &unused);
}
