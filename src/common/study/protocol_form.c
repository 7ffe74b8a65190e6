/*
 * protocol_form - reading the questionnaire: what is asked about annotators.
 */
#include <config.h>

#include <math.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/study/protocol_internal.h"

static const char *const questionnaire_keys[] = { "start", "end", NULL };
static const char *const form_keys[] = { "id",   "standard", "type",     "text",
                                         "help", "options",  "required", "min",
                                         "max",  NULL };
static const char *const option_keys[] = { "value", "label", NULL };

/* The standard questions; options as "value|English|German". */
static const struct standard {
    const char *name; /* in the order of form_standard_names */
    enum form_type type;
    const char *en, *de;
    double min, max;
    const char *option[6];
} standards[] = {
    { "age",
      FORM_NUMBER,
      "How old are you, in years?",
      "Wie alt sind Sie, in Jahren?",
      0,
      130,
      { NULL } },
    { "sex",
      FORM_CHOICE,
      "Your sex or gender?",
      "Ihr Geschlecht?",
      NAN,
      NAN,
      { "female|female|weiblich", "male|male|männlich",
        "diverse|diverse|divers",
        "not_said|I would rather not say|keine Angabe", NULL } },
    { "native_language",
      FORM_TEXT,
      "Your native language, or languages?",
      "Ihre Muttersprache oder Muttersprachen?",
      NAN,
      NAN,
      { NULL } },
    { "mood",
      FORM_CHOICE,
      "How do you feel just now?",
      "Wie fühlen Sie sich gerade?",
      NAN,
      NAN,
      { "1|very bad|sehr schlecht", "2|bad|schlecht",
        "3|neither good nor bad|weder gut noch schlecht", "4|good|gut",
        "5|very good|sehr gut", NULL } },
    { "hearing",
      FORM_CHOICE,
      "Do you hear well with both ears?",
      "Hören Sie auf beiden Ohren gut?",
      NAN,
      NAN,
      { "yes|yes|ja", "no|no|nein",
        "not_said|I would rather not say|keine Angabe", NULL } },
};

static struct localized two(const struct descriptor *reading, const char *en,
                            const char *de)
{
    struct localized text = {
        .item = arena_alloc(reading->arena, 2 * sizeof(*text.item)), .count = 2
    };

    text.item[0] = (struct localized_text){ "en", en };
    text.item[1] = (struct localized_text){ "de", de };
    return text;
}

/* "value|English|German" */
static struct question_option split(const struct descriptor *reading,
                                    const char *row)
{
    char *value = arena_strdup(reading->arena, row);
    char *en = strchr(value, '|');
    char *de = strchr(en + 1, '|');

    *en++ = '\0';
    *de++ = '\0';
    return (struct question_option){ .value = value,
                                     .key = "",
                                     .label = two(reading, en, de) };
}

static void fill_standard(const struct descriptor *reading,
                          const struct standard *standard,
                          struct form_question *question)
{
    question->id = standard->name;
    question->type = standard->type;
    question->text = two(reading, standard->en, standard->de);
    question->min = standard->min;
    question->max = standard->max;
    question->option =
        arena_alloc(reading->arena,
                    LENGTH_OF(standard->option) * sizeof(*question->option));
    for (size_t i = 0; standard->option[i]; i++)
        question->option[question->option_count++] =
            split(reading, standard->option[i]);
}

static void read_options(const struct descriptor *reading,
                         const struct json *node,
                         struct form_question *question)
{
    const struct json *list =
        descriptor_member(reading, node, "options", JSON_ARRAY);

    if (!list)
        return;
    question->option_count = 0;
    question->option = arena_alloc(
        reading->arena, (json_count(list) + 1) * sizeof(*question->option));
    for (const struct json *item = json_first(list); item;
         item = json_next(item)) {
        struct question_option *option =
            &question->option[question->option_count++];

        *option = (struct question_option){ .value = "", .key = "" };
        if (json_kind(item) != JSON_OBJECT) {
            descriptor_fault(reading, item,
                             "must be an object: {\"value\": \"yes\"}");
            continue;
        }
        descriptor_keys(reading, item, option_keys);
        option->value = descriptor_text(reading, item, "value", NULL);
        option->label = descriptor_localized(reading, item, "label");
        if (option->label.count == 0)
            option->label = descriptor_plain(reading, option->value);
    }
}

static void check_kind(const struct descriptor *reading,
                       const struct json *node,
                       const struct form_question *question)
{
    if (question->type == FORM_CHOICE && question->option_count < 2)
        descriptor_fault_at(reading, node, "options",
                            "offers %zu; a choice needs at least two",
                            question->option_count);
    if (question->type != FORM_CHOICE && question->option_count > 0)
        descriptor_fault_at(reading, node, "options",
                            "belongs to a question of type \"choice\"");
    if (question->min > question->max)
        descriptor_fault_at(reading, node, "max",
                            "is %g and min is %g; max must not be less",
                            question->max, question->min);
}

static void read_form_question(const struct descriptor *reading,
                               const struct json *node,
                               struct form_question *question)
{
    int standard = -1;

    *question = (struct form_question){ .id = "", .min = NAN, .max = NAN };
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node,
                         "must be an object: {\"standard\": \"age\"}");
        return;
    }
    descriptor_keys(reading, node, form_keys);
    if (json_member(node, "standard"))
        standard = descriptor_choice(reading, node, "standard",
                                     form_standard_names, -1);
    if (standard >= 0)
        fill_standard(reading, &standards[standard], question);
    question->id = descriptor_text(reading, node, "id",
                                   standard >= 0 ? question->id : NULL);
    question->type = (enum form_type)descriptor_choice(
        reading, node, "type", form_type_names, (int)question->type);
    if (json_member(node, "text"))
        question->text = descriptor_localized(reading, node, "text");
    if (question->text.count == 0)
        question->text = descriptor_plain(reading, question->id);
    question->help = descriptor_localized(reading, node, "help");
    question->required = descriptor_bool(reading, node, "required", false);
    question->min =
        descriptor_number(reading, node, "min", question->min, -1e9, 1e9);
    question->max =
        descriptor_number(reading, node, "max", question->max, -1e9, 1e9);
    read_options(reading, node, question);
    check_kind(reading, node, question);
}

static void read_form(const struct descriptor *reading, const struct json *node,
                      const char *key, struct form *form)
{
    const struct json *list = descriptor_member(reading, node, key, JSON_ARRAY);

    form->question = arena_alloc(reading->arena, (json_count(list) + 1) *
                                                     sizeof(*form->question));
    for (const struct json *item = json_first(list); item;
         item = json_next(item)) {
        struct form_question *question = &form->question[form->count];

        read_form_question(reading, item, question);
        if (question->id[0] && form_question(form, question->id))
            descriptor_fault_at(reading, item, "id",
                                "is \"%s\" as that of another is; give each "
                                "an id of its own",
                                question->id);
        form->count++;
    }
}

void protocol_read_forms(const struct descriptor *reading,
                         const struct json *root, struct conduct *conduct)
{
    const struct json *node =
        descriptor_member(reading, root, "questionnaire", JSON_OBJECT);

    if (!node)
        return;
    descriptor_keys(reading, node, questionnaire_keys);
    read_form(reading, node, "start", &conduct->start);
    read_form(reading, node, "end", &conduct->end);
}
