/*
 * protocol_compare - comparisons: which of two is more of something.
 *
 * Thurstone, L. L. (1927). A law of comparative judgment. Psychol. Rev.
 * 34(4), 273-286.
 */
#include <config.h>

#include <assert.h>
#include <stdio.h>

#include "common/base/vec.h"
#include "common/study/protocol_internal.h"

enum { PATH_SIZE = 64 };

static const struct answer {
    const char *value, *key, *en, *de;
} answers[] = {
    { COMPARE_FIRST, "a", "A", "A" },
    { COMPARE_SECOND, "b", "B", "B" },
    { COMPARE_TIE, "t", "no difference", "kein Unterschied" },
};
static_assert(LENGTH_OF(answers) == COMPARE_OPTIONS, "room for all answers");

static const char *const answer_keys[] = { "key", "label", "help", NULL };

/* `true`, or an object with a key and texts of its own. */
static void read_answer(const struct descriptor *reading,
                        const struct json *node, const struct answer *answer,
                        struct question_option *option)
{
    const struct json *own = json_member(node, answer->value);

    *option = (struct question_option){ .value = answer->value, .key = "" };
    if (own && json_kind(own) == JSON_OBJECT) {
        descriptor_keys(reading, own, answer_keys);
        protocol_read_option(reading, own, option);
    } else if (own && answer->value != answers[COMPARE_OPTIONS - 1].value) {
        descriptor_fault(reading, own,
                         "must be an object: {\"key\": \"%s\", \"label\": "
                         "\"%s\"}",
                         answer->key, answer->en);
    }
    if (option->code == 0) {
        option->key = answer->key;
        option->code = (uint32_t)answer->key[0];
    }
    if (option->label.count > 0)
        return;
    option->label = (struct localized){
        .item = arena_alloc(reading->arena, 2 * sizeof(*option->label.item)),
        .count = 2,
    };
    option->label.item[0] = (struct localized_text){ "en", answer->en };
    option->label.item[1] = (struct localized_text){ "de", answer->de };
}

static bool wants_tie(const struct descriptor *reading, const struct json *node)
{
    const struct json *tie = json_member(node, COMPARE_TIE);

    return (tie && json_kind(tie) == JSON_OBJECT) ||
           descriptor_bool(reading, node, COMPARE_TIE, false);
}

void protocol_read_compare(const struct descriptor *reading,
                           const struct json *node, struct question *question)
{
    size_t count = COMPARE_OPTIONS - !wants_tie(reading, node);

    for (size_t i = 0; i < count; i++) {
        struct question_option *option =
            &question->option[question->value_count++];

        read_answer(reading, node, &answers[i], option);
        option->intensity = question->has_scale && i != COMPARE_OPTIONS - 1;
    }
}

/* What is said of one item at one time has no place where there are two. */
static const char *misfit(const struct question *question)
{
    switch (question->type) {
    case QUESTION_SEGMENTS:
    case QUESTION_TRACE:
        return "marks times of one item, but the unit is a pair; ask it in a "
               "protocol of clips";
    default:
        return NULL;
    }
}

static void check_questions(const struct protocol *protocol,
                            struct fault_list *faults)
{
    bool pairs = protocol->unit == UNIT_PAIR;
    bool compares = false;
    char path[PATH_SIZE];

    for (size_t q = 0; q < protocol->question_count; q++) {
        const struct question *question = &protocol->question[q];
        bool compare = question->type == QUESTION_COMPARE;

        snprintf(path, sizeof(path), "questions[%zu].type", q);
        compares = compares || compare;
        if (compare && !pairs)
            fault_add(faults, path,
                      "is \"compare\", but there is only one item to judge; "
                      "write \"unit\": \"pair\"");
        if (pairs && misfit(question))
            fault_add(faults, path, "is \"%s\", which %s",
                      question_type_names[question->type], misfit(question));
    }
    if (pairs && !compares)
        fault_add_warning(faults, "unit",
                          "is \"pair\", but no question compares the two; ask "
                          "one of the type \"compare\"");
}

void protocol_check_pairs(const struct protocol *protocol,
                          struct fault_list *faults)
{
    check_questions(protocol, faults);
    if (protocol->unit != UNIT_PAIR)
        return;
    if (protocol->show & SHOW_VIDEO)
        fault_add(faults, "show",
                  "lists \"video\", but of a pair only sound and text are "
                  "shown in this version; leave it out");
    if (protocol->show & SHOW_CONTEXT)
        fault_add(faults, "show",
                  "lists \"context\", but the two of a pair stand in no "
                  "conversation; leave it out");
    if (protocol->order == ORDER_CONTEXTUAL)
        fault_add(faults, "order",
                  "is \"contextual\", but the two of a pair stand in no "
                  "conversation; write \"random\" or \"blocked\"");
}
