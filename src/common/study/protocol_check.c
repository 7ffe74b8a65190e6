/* protocol_check - contradictions, collisions and doubtful designs. */
#include <config.h>

#include "common/study/protocol_check.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/study/protocol_internal.h"

enum { PATH_SIZE = 128, PLACE_SIZE = PATH_SIZE + 48 };

/* A kebab-case name: it becomes a file's name and a word in commands. */
static bool is_name(const char *text)
{
    if (!islower((unsigned char)text[0]))
        return false;
    for (; *text; text++) {
        if (!islower((unsigned char)*text) && !isdigit((unsigned char)*text) &&
            *text != '-' && *text != '_')
            return false;
    }
    return true;
}

/* A question's id becomes the name of a column. */
bool protocol_check_is_id(const char *text)
{
    if (!isalpha((unsigned char)text[0]))
        return false;
    for (; *text; text++) {
        if (!isalnum((unsigned char)*text) && *text != '_' && *text != '-')
            return false;
    }
    return true;
}

static void check_names(const struct protocol *protocol,
                        struct fault_list *faults)
{
    char path[PATH_SIZE];

    if (protocol->name[0] && !is_name(protocol->name))
        fault_add(faults, "name",
                  "is \"%s\"; use lower-case letters, digits and -, such as "
                  "\"ekman6\"",
                  protocol->name);
    for (size_t i = 0; i < protocol->question_count; i++) {
        const char *id = protocol->question[i].id;

        snprintf(path, sizeof(path), "questions[%zu].id", i);
        if (id[0] && !protocol_check_is_id(id))
            fault_add(faults, path,
                      "is \"%s\"; it names a column: begin with a letter, "
                      "then letters, digits, _ or -",
                      id);
        for (size_t j = 0; j < i; j++) {
            if (id[0] && strcmp(id, protocol->question[j].id) == 0) {
                fault_add(faults, path,
                          "is \"%s\" as questions[%zu].id is; give each "
                          "question an id of its own",
                          id, j);
                break;
            }
        }
    }
}

/* Values are kept, keys are pressed, labels are read: all must differ. */
static void check_pair(const char *path, const char *other,
                       const struct question_option *a,
                       const struct question_option *b,
                       struct fault_list *faults)
{
    char place[PLACE_SIZE];

    if (a->value[0] && strcmp(a->value, b->value) == 0) {
        snprintf(place, sizeof(place), "%s.value", path);
        fault_add(faults, place,
                  "is \"%s\" as that of %s is; give each a value of its own",
                  a->value, other);
    }
    if (a->code && a->code == b->code) {
        snprintf(place, sizeof(place), "%s.key", path);
        fault_add(faults, place,
                  "is \"%s\" as that of %s is; give each a key of its own",
                  a->key, other);
    }
    for (size_t i = 0; i < a->label.count; i++) {
        const struct localized_text *mine = &a->label.item[i];

        for (size_t j = 0; j < b->label.count; j++) {
            const struct localized_text *its = &b->label.item[j];

            if (!mine->text[0] || strcmp(mine->language, its->language) != 0 ||
                strcmp(mine->text, its->text) != 0)
                continue;
            snprintf(place, sizeof(place), "%s.label", path);
            fault_add(faults, place,
                      "reads \"%s\" as that of %s does; nobody could tell "
                      "them apart",
                      mine->text, other);
        }
    }
}

static void check_reserved(const char *path,
                           const struct question_option *option,
                           const struct protocol_reserved *reserved,
                           struct fault_list *faults)
{
    char place[PLACE_SIZE];

    snprintf(place, sizeof(place), "%s.key", path);
    for (; reserved && reserved->key && option->code; reserved++) {
        if (strcmp(reserved->key, option->key) == 0) {
            fault_add(faults, place,
                      "is \"%s\", the workbench's own key for %s; take "
                      "another: lower-case letters and digits are free",
                      option->key, reserved->command);
            return;
        }
    }
}

/* Other answers have keys of the workbench; the options have none. */
static void check_key(const char *path, const struct question_option *option,
                      struct fault_list *faults)
{
    char place[PLACE_SIZE];

    if (option->code || option->kind != ANSWER_VALUE)
        return;
    snprintf(place, sizeof(place), "%s.key", path);
    fault_add_warning(faults, place,
                      "is missing: \"%s\" is reached with the arrow keys "
                      "only; give it a key",
                      option->value);
}

static void check_value(const char *path, const struct question_option *option,
                        struct fault_list *faults)
{
    const char *value = option->value;
    size_t length = strlen(value);
    char place[PLACE_SIZE];

    snprintf(place, sizeof(place), "%s.value", path);
    if (option->kind != ANSWER_VALUE || length == 0)
        return;
    if (value[0] == '@')
        fault_add(faults, place,
                  "is \"%s\"; names with @ are reserved for answers that are "
                  "no options (\"cannot_tell\": true and the like)",
                  value);
    else if (value[0] == ' ' || value[length - 1] == ' ')
        fault_add(faults, place, "is \"%s\"; take the blanks at its ends away",
                  value);
    else if (strpbrk(value, ",;|\n"))
        fault_add(faults, place,
                  "is \"%s\"; leave out , ; | and line breaks: several "
                  "answers are joined with them in exports",
                  value);
}

/* "questions[0].options[2]", or "questions[0].cannot_tell". */
static void option_path(size_t q, const struct question *question, size_t i,
                        char path[PATH_SIZE])
{
    if (i < question->value_count && question->type == QUESTION_COMPARE)
        snprintf(path, PATH_SIZE, "questions[%zu].%s", q,
                 question->option[i].value);
    else if (i < question->value_count)
        snprintf(path, PATH_SIZE, "questions[%zu].options[%zu]", q, i);
    else
        snprintf(path, PATH_SIZE, "questions[%zu].%s", q,
                 question->option[i].value + 1); /* without the @ */
}

static void check_options(const struct protocol_reserved *reserved, size_t q,
                          const struct question *question,
                          struct fault_list *faults)
{
    char path[PATH_SIZE], other[PATH_SIZE], place[PLACE_SIZE];

    for (size_t i = 0; i < question->option_count; i++) {
        const struct question_option *option = &question->option[i];

        option_path(q, question, i, path);
        check_value(path, option, faults);
        check_reserved(path, option, reserved, faults);
        check_key(path, option, faults);
        if (option->code >= '0' && option->code <= '9' && question->has_scale) {
            snprintf(place, sizeof(place), "%s.key", path);
            fault_add(faults, place,
                      "is \"%s\", but digits answer this question's scale; "
                      "take a letter",
                      option->key);
        }
        for (size_t j = 0; j < i; j++) {
            option_path(q, question, j, other);
            check_pair(path, other, option, &question->option[j], faults);
        }
    }
    if (question->type == QUESTION_CHOICE && question->value_count < 2) {
        snprintf(place, sizeof(place), "questions[%zu].options", q);
        fault_add(faults, place,
                  "offers %zu; a choice needs at least two options",
                  question->value_count);
    }
}

void protocol_check_labels(const char *path,
                           const struct question_option *option, size_t count,
                           const struct protocol_reserved *reserved,
                           bool digits, struct fault_list *faults)
{
    char mine[PATH_SIZE], other[PATH_SIZE], place[PLACE_SIZE];

    for (size_t i = 0; i < count; i++) {
        snprintf(mine, sizeof(mine), "%s[%zu]", path, i);
        snprintf(place, sizeof(place), "%s.key", mine);
        check_value(mine, &option[i], faults);
        check_reserved(mine, &option[i], reserved, faults);
        check_key(mine, &option[i], faults);
        if (digits && option[i].code >= '0' && option[i].code <= '9')
            fault_add(faults, place,
                      "is \"%s\", but digits answer a scale of the same "
                      "marks; take a letter",
                      option[i].key);
        for (size_t j = 0; j < i; j++) {
            snprintf(other, sizeof(other), "%s[%zu]", path, j);
            check_pair(mine, other, &option[i], &option[j], faults);
        }
    }
}

static void check_points(const char *path, const struct scale *scale,
                         struct fault_list *faults)
{
    char place[PLACE_SIZE];

    for (size_t i = 0; i < scale->point_count; i++) {
        double value = scale->point[i].value;

        snprintf(place, sizeof(place), "%spoints[%zu].value", path, i);
        if (isnan(value))
            fault_add(faults, place, "is missing; add the point's number");
        else if (scale_index(scale, value) < 0)
            fault_add(faults, place,
                      "is %g, which is no point of the scale %g to %g by %g",
                      value, scale->min, scale->max, scale->step);
        for (size_t j = 0; j < i; j++) {
            if (value == scale->point[j].value)
                fault_add(faults, place, "is %g as that of points[%zu] is",
                          value, j);
        }
    }
}

void protocol_check_scale(const char *path, const struct scale *scale,
                          struct fault_list *faults)
{
    size_t count = scale_count(scale);
    char place[PLACE_SIZE];

    snprintf(place, sizeof(place), "%smax", path);
    if (isnan(scale->min) || isnan(scale->max))
        return; /* said already */
    if (scale->min >= scale->max) {
        fault_add(faults, place,
                  "is %g and min is %g; max must be greater than min",
                  scale->max, scale->min);
        return;
    }
    if (count == 0) {
        snprintf(place, sizeof(place), "%sstep", path);
        fault_add(faults, place,
                  "is %g; from %g to %g it must lead to max in at most %d "
                  "equal steps",
                  scale->step, scale->min, scale->max, SCALE_POINTS_MAX - 1);
        return;
    }
    check_points(path, scale, faults);
    if (scale->figure[0] && count != 5 && count != 7 && count != 9) {
        snprintf(place, sizeof(place), "%sfigure", path);
        fault_add(faults, place,
                  "is drawn for 5, 7 or 9 points and the scale has %zu; "
                  "change min, max, step or leave the figure out",
                  count);
    }
    if (scale->low.count == 0 || scale->high.count == 0) {
        snprintf(place, sizeof(place), "%s%s", path,
                 scale->low.count == 0 ? "low" : "high");
        if (!scale_label(scale, scale->low.count == 0 ? 0 : count - 1, NULL)[0])
            fault_add_warning(faults, place,
                              "is missing: nobody is told what this end of "
                              "the scale means; add an anchor");
    }
}

static void check_measure(size_t q, const struct question *question,
                          struct fault_list *faults)
{
    char path[PATH_SIZE];
    bool averaged = question->measure >= MEASURE_INTERVAL;

    snprintf(path, sizeof(path), "questions[%zu].measure", q);
    if (question_is_numeric(question) && question->measure == MEASURE_NOMINAL)
        fault_add(faults, path,
                  "is \"nominal\", but a %s has an order; write "
                  "\"ordinal\" or \"interval\"",
                  question_type_names[question->type]);
    if (question->type == QUESTION_SEGMENTS &&
        question->measure != MEASURE_NOMINAL)
        fault_add(faults, path,
                  "is \"%s\", but the labels of segments are names; write "
                  "\"nominal\" or leave it out",
                  question_measure_names[question->measure]);
    if (question->type == QUESTION_COMPARE &&
        question->measure != MEASURE_NOMINAL)
        fault_add(faults, path,
                  "is \"%s\", but what is compared are names; write "
                  "\"nominal\" or leave it out",
                  question_measure_names[question->measure]);
    if (question->type == QUESTION_CHOICE && averaged)
        fault_add(faults, path,
                  "is \"%s\", but options are no numbers; write \"nominal\" "
                  "or, when they stand in order, \"ordinal\"",
                  question_measure_names[question->measure]);
    snprintf(path, sizeof(path), "questions[%zu].many", q);
    if (question->type == QUESTION_TEXT && question->measure != MEASURE_NOMINAL)
        fault_add(faults, path,
                  "belongs to what is measured; a text is not, leave it out");
    if (question->many && question->type == QUESTION_SEGMENTS)
        fault_add(faults, path,
                  "is true; for several marks at once set \"may_overlap\" in "
                  "the tier");
    else if (question->many && question->type != QUESTION_CHOICE)
        fault_add(faults, path,
                  "is true, but a %s takes one answer; leave it out",
                  question_type_names[question->type]);
    else if (question->many && question->has_scale)
        fault_add(faults, path,
                  "together with \"intensity\" is not supported in this "
                  "version; ask one scale for each emotion, or leave one of "
                  "both out");
}

static void check_question(const struct protocol *protocol,
                           const struct protocol_reserved *reserved, size_t q,
                           struct fault_list *faults)
{
    char path[PATH_SIZE];
    const struct question *question = &protocol->question[q];

    check_options(reserved, q, question, faults);
    check_measure(q, question, faults);
    if (question->type == QUESTION_SEGMENTS)
        protocol_check_tiers(reserved, q, question, faults);
    if (question->type == QUESTION_TRACE)
        protocol_check_trace(protocol, q, faults);
    snprintf(path, sizeof(path), "questions[%zu].%s", q,
             question_is_list(question) ? "intensity." : "");
    if (question->has_scale && question->type != QUESTION_GRID)
        protocol_check_scale(path, &question->scale, faults);
    protocol_check_grid(q, question, faults);
    protocol_check_settling(q, question, faults);
    if (strcmp(localized_pick(&question->text, NULL), question->id) == 0) {
        snprintf(path, sizeof(path), "questions[%zu].text", q);
        fault_add_warning(faults, path,
                          "is missing: the screen asks \"%s\"; add what is "
                          "asked",
                          question->id);
    }
}

static void check_skip(const struct protocol *protocol,
                       const struct protocol_reserved *reserved,
                       struct fault_list *faults)
{
    char path[PATH_SIZE], other[PATH_SIZE];

    for (size_t i = 0; i < protocol->skip_count; i++) {
        snprintf(path, sizeof(path), "skip_reasons[%zu]", i);
        check_value(path, &protocol->skip[i], faults);
        check_reserved(path, &protocol->skip[i], reserved, faults);
        for (size_t j = 0; j < i; j++) {
            snprintf(other, sizeof(other), "skip_reasons[%zu]", j);
            check_pair(path, other, &protocol->skip[i], &protocol->skip[j],
                       faults);
        }
    }
}

void protocol_check(const struct protocol *protocol,
                    const struct protocol_reserved *reserved,
                    struct fault_list *faults)
{
    check_names(protocol, faults);
    for (size_t i = 0; i < protocol->question_count; i++)
        check_question(protocol, reserved, i, faults);
    check_skip(protocol, reserved, faults);
    protocol_check_work(protocol, faults);
    protocol_check_conduct(protocol, faults);
    protocol_check_languages(protocol, faults);
}
