/* localized - a text in one or more languages. */
#include <config.h>

#include "common/study/localized.h"

#include <ctype.h>
#include <string.h>

/* "de" is meant by "de", "de-AT", "de_AT.UTF-8"; "de-AT" by "de_AT" too. */
static bool is_meant(const char *have, const char *asked)
{
    size_t length = strlen(have);

    for (size_t i = 0; i < length; i++) {
        char a = have[i] == '_' ? '-' : (char)tolower((unsigned char)have[i]);
        char b = asked[i] == '_' ? '-' : (char)tolower((unsigned char)asked[i]);

        if (a != b)
            return false;
    }
    return !isalnum((unsigned char)asked[length]);
}

/* The longest language that is meant: "pt-BR" before "pt". */
static const char *find(const struct localized *text, const char *language)
{
    const struct localized_text *best = NULL;

    for (size_t i = 0; i < text->count; i++) {
        const struct localized_text *item = &text->item[i];

        if (is_meant(item->language, language) &&
            (!best || strlen(item->language) > strlen(best->language)))
            best = item;
    }
    return best ? best->text : NULL;
}

const char *localized_pick(const struct localized *text, const char *language)
{
    const char *found = language ? find(text, language) : NULL;

    if (!found)
        found = find(text, "en");
    if (!found && text->count > 0)
        found = text->item[0].text;
    return found ? found : "";
}

bool localized_has(const struct localized *text, const char *language)
{
    return find(text, language) != NULL;
}
