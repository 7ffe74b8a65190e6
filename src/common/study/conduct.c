/*
 * conduct - how a study is run: references and the names that files use.
 */
#include <config.h>

#include "common/study/conduct.h"

#include <string.h>

#include "common/study/reference.h"

const char *const pause_rule_names[] = { "attention", "consistency", "fast",
                                         NULL };
const char *const form_type_names[] = { "text", "number", "choice", NULL };
const char *const form_standard_names[] = {
    "age", "sex", "native_language", "mood", "hearing", NULL
};

const struct conduct_reference *conduct_reference(const struct conduct *conduct,
                                                  const char *question)
{
    for (size_t i = 0; i < conduct->reference_count; i++)
        if (strcmp(conduct->reference[i].question, question) == 0)
            return &conduct->reference[i];
    return NULL;
}

const char *conduct_attribute(const struct conduct *conduct,
                              const char *question)
{
    const struct conduct_reference *reference =
        conduct_reference(conduct, question);

    return reference ? reference->attribute : question;
}

const char *conduct_translate(const struct conduct *conduct,
                              const struct question *question,
                              const char *value)
{
    const struct conduct_reference *reference =
        conduct_reference(conduct, question->id);

    for (size_t i = 0; reference && i < reference->value_count; i++)
        if (strcmp(reference->value[i].from, value) == 0)
            return reference_reads(question, reference, reference->value[i].to)
                       ? reference->value[i].to
                       : NULL;
    return reference_reads(question, reference, value) ? value : NULL;
}

const struct form_question *form_question(const struct form *form,
                                          const char *id)
{
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->question[i].id, id) == 0)
            return &form->question[i];
    return NULL;
}
