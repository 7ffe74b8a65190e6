/* protocol_show_tiers - the tiers of a question as text. */
#include <config.h>

#include "annotate/protocol_show.h"
#include "common/base/number.h"

static void add_rules(const struct tier *tier, struct buf *out)
{
    char text[NUMBER_TEXT_SIZE];

    buf_add_text(out, tier->kind == TIER_POINT ? "points" : "intervals");
    if (tier->parent[0])
        buf_addf(out, " inside those of %s", tier->parent);
    if (tier->may_overlap)
        buf_add_text(out, ", may overlap");
    if (tier->min_duration_us > 0)
        buf_addf(out, ", at least %s s",
                 number_format_seconds(tier->min_duration_us, text));
    if (tier->free_label)
        buf_add_text(out, ", labels in one's own words");
    else if (tier->option_count == 0)
        buf_add_text(out, ", without labels");
}

static void show_attribute(const struct tier_attribute *attribute,
                           const char *language, struct buf *out)
{
    struct buf text = { 0 };

    buf_addf(&text, "%s%s: ", localized_pick(&attribute->label, language),
             attribute->required ? " (required)" : "");
    if (attribute->has_scale)
        protocol_show_scale(&attribute->scale, language, &text);
    for (size_t i = 0; i < attribute->option_count; i++) {
        const struct question_option *option = &attribute->option[i];

        buf_addf(&text, "%s%s", i ? ", " : "",
                 localized_pick(&option->label, language));
        if (option->code)
            buf_addf(&text, " (%s)", option->key);
    }
    protocol_show_fact("    attribute", buf_text(&text), out);
    buf_release(&text);
}

void protocol_show_tiers(const struct question *question, const char *language,
                         struct buf *out)
{
    struct buf text = { 0 };

    for (size_t t = 0; t < question->tier_count; t++) {
        const struct tier *tier = &question->tier[t];

        buf_clear(&text);
        buf_addf(&text, "%s [%s]: ", localized_pick(&tier->label, language),
                 tier->id);
        add_rules(tier, &text);
        protocol_show_fact("  tier", buf_text(&text), out);
        if (tier->help.count > 0)
            protocol_show_fact("", localized_pick(&tier->help, language), out);
        for (size_t i = 0; i < tier->option_count; i++) {
            buf_add_text(out, "  ");
            protocol_show_option(&tier->option[i], language, out);
        }
        for (size_t i = 0; i < tier->attribute_count; i++)
            show_attribute(&tier->attribute[i], language, out);
    }
    buf_release(&text);
}
