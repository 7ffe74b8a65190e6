/*
 * collect_people - what annotators said about themselves goes to people.db.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/store/collect_internal.h"
#include "common/store/people.h"

static bool put(struct people *people, const char *alias,
                const struct event_answer *answer, struct error *err)
{
    char number[NUMBER_TEXT_SIZE];
    const char *value = answer->values.count > 0 ? answer->values.item[0] : "";

    if (answer->kind == EVENT_VALUE_NUMBER)
        value = number_format(answer->number, number);
    return people_set(people, PEOPLE_ANNOTATOR, alias, answer->question, value,
                      err);
}

static bool put_all(struct people *people, const char *alias,
                    const struct journal_list *list, struct error *err)
{
    if (!people_begin(people, err) ||
        !people_add(people, PEOPLE_ANNOTATOR, alias, err))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        const struct event *event = &list->item[i].event;
        struct event_answer answer;
        struct error bad;
        bool good;

        if (event->kind != EVENT_PERSON_ANSWERED || !event->payload ||
            !event_read_answer(event->payload, &answer, &bad))
            continue;
        good = put(people, alias, &answer, err);
        event_answer_release(&answer);
        if (!good)
            return false;
    }
    return people_commit(people, err);
}

bool collect_people(struct project *project, const char *alias,
                    const struct journal_list *list, struct error *err)
{
    struct people *people;
    bool any = false;
    bool good;

    for (size_t i = 0; i < list->count; i++)
        any = any || list->item[i].event.kind == EVENT_PERSON_ANSWERED;
    if (!any)
        return true;
    people = people_open(project_folder(project), true, err);
    good = people && put_all(people, alias, list, err);
    people_close(people);
    return good;
}
