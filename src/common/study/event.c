/*
 * event - kinds by name, and answers as values.
 */
#include <config.h>

#include "common/study/event.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"

static const struct {
    const char *name;
    int traits;
} kinds[] = {
#define EVENT(kind, text, flags) { .name = text, .traits = flags },
#include "common/study/events.def"
#undef EVENT
};

const char *event_name(enum event_kind kind)
{
    return kinds[kind].name;
}

enum event_kind event_kind_of(const char *name)
{
    for (size_t i = 0; i < LENGTH_OF(kinds); i++)
        if (strcmp(kinds[i].name, name) == 0)
            return (enum event_kind)i;
    return EVENT_UNKNOWN;
}

bool event_has(enum event_kind kind, enum event_trait trait)
{
    return kind < EVENT_KIND_COUNT && (kinds[kind].traits & (int)trait) != 0;
}

void event_hash_hex(const uint8_t hash[EVENT_HASH_SIZE],
                    char out[EVENT_HASH_HEX_SIZE])
{
    static const char digit[] = "0123456789abcdef";

    for (size_t i = 0; i < EVENT_HASH_SIZE; i++) {
        out[2 * i] = digit[hash[i] >> 4];
        out[2 * i + 1] = digit[hash[i] & 15];
    }
    out[2 * EVENT_HASH_SIZE] = '\0';
}

void event_answer_init(struct event_answer *answer, const char *question)
{
    memset(answer, 0, sizeof(*answer));
    answer->question = xstrdup(question);
}

void event_answer_copy(struct event_answer *to, const struct event_answer *from)
{
    memset(to, 0, sizeof(*to));
    to->question = from->question ? xstrdup(from->question) : NULL;
    to->kind = from->kind;
    for (size_t i = 0; i < from->values.count; i++)
        text_list_add(&to->values, from->values.item[i]);
    to->number = from->number;
    to->rise = from->rise;
    to->text = from->text ? xstrdup(from->text) : NULL;
    to->has_intensity = from->has_intensity;
    to->intensity = from->intensity;
}

void event_answer_release(struct event_answer *answer)
{
    free(answer->question);
    text_list_release(&answer->values);
    free(answer->text);
    memset(answer, 0, sizeof(*answer));
}

bool event_answer_same_value(const struct event_answer *a,
                             const struct event_answer *b)
{
    if (a->kind != b->kind || a->values.count != b->values.count)
        return false;
    for (size_t i = 0; i < a->values.count; i++)
        if (!text_equal(a->values.item[i], b->values.item[i]))
            return false;
    if (a->kind == EVENT_VALUE_PAIR && a->rise != b->rise)
        return false;
    return (a->kind != EVENT_VALUE_NUMBER && a->kind != EVENT_VALUE_PAIR) ||
           a->number == b->number;
}

bool event_answer_same(const struct event_answer *a,
                       const struct event_answer *b)
{
    if (!text_equal(a->question, b->question) ||
        !event_answer_same_value(a, b) || !text_equal(a->text, b->text) ||
        a->has_intensity != b->has_intensity)
        return false;
    return !a->has_intensity || a->intensity == b->intensity;
}

bool event_answer_reserved(const struct event_answer *answer)
{
    for (size_t i = 0; i < answer->values.count; i++)
        if (answer->values.item[i][0] == '@' &&
            strcmp(answer->values.item[i], "@other") != 0)
            return true;
    return false;
}
