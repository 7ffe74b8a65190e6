/* answer - what an annotator can answer besides an option or a number. */
#include <config.h>

#include "common/study/answer.h"

#include <stddef.h>
#include <string.h>

static const char *const names[ANSWER_KIND_COUNT] = {
    [ANSWER_VALUE] = "",
    [ANSWER_OTHER] = "@other",
    [ANSWER_NONE] = "@none",
    [ANSWER_MIXED] = "@mixed",
    [ANSWER_CANNOT_TELL] = "@cannot_tell",
    [ANSWER_TECHNICAL_FAULT] = "@technical_fault",
    [ANSWER_SKIPPED] = "@skipped",
};

const char *answer_name(enum answer_kind kind)
{
    return names[kind];
}

bool answer_find(const char *text, enum answer_kind *kind)
{
    *kind = ANSWER_VALUE;
    if (text[0] != '@')
        return true;
    for (int i = ANSWER_OTHER; i < ANSWER_KIND_COUNT; i++) {
        if (strcmp(text, names[i]) == 0) {
            *kind = (enum answer_kind)i;
            return true;
        }
    }
    return false;
}
