/* tier - a row of marks in time that a question asks for. */
#include <config.h>

#include "common/study/tier.h"

#include <string.h>

#include "common/base/number.h"
#include "common/study/question.h"

const char *const tier_kind_names[] = { "interval", "point", NULL };

static const struct question_option *find(const struct question_option *option,
                                          size_t count, const char *value)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(option[i].value, value) == 0)
            return &option[i];
    }
    return NULL;
}

const struct question_option *tier_option(const struct tier *tier,
                                          const char *value)
{
    return find(tier->option, tier->option_count, value);
}

const struct question_option *tier_option_by_code(const struct tier *tier,
                                                  uint32_t code)
{
    for (size_t i = 0; code && i < tier->option_count; i++) {
        if (tier->option[i].code == code)
            return &tier->option[i];
    }
    return NULL;
}

const struct tier_attribute *tier_attribute(const struct tier *tier,
                                            const char *id)
{
    for (size_t i = 0; i < tier->attribute_count; i++) {
        if (strcmp(tier->attribute[i].id, id) == 0)
            return &tier->attribute[i];
    }
    return NULL;
}

bool tier_has_labels(const struct tier *tier)
{
    return tier->free_label || tier->option_count > 0;
}

bool tier_accepts_label(const struct tier *tier, const char *label,
                        struct error *err)
{
    if (label[0] == '\0' || tier_option(tier, label))
        return true;
    if (tier->free_label && label[0] != '@')
        return true;
    return error_set(err, ERROR_INPUT,
                     tier_has_labels(tier)
                         ? "%s: the protocol does not offer the label \"%s\""
                         : "%s: marks of this tier have no label (\"%s\")",
                     tier->id, label);
}

bool tier_accepts_value(const struct tier *tier, const char *attribute,
                        const char *value, struct error *err)
{
    const struct tier_attribute *asked = tier_attribute(tier, attribute);
    double number;

    if (!asked)
        return error_set(err, ERROR_INPUT, "%s: marks have no \"%s\"", tier->id,
                         attribute);
    if (value[0] == '\0')
        return true;
    if (asked->has_scale
            ? number_parse(value, &number) &&
                  scale_index(&asked->scale, number) >= 0
            : find(asked->option, asked->option_count, value) != NULL)
        return true;
    return error_set(err, ERROR_INPUT,
                     "%s: the protocol does not offer \"%s\" for \"%s\"",
                     tier->id, value, attribute);
}
