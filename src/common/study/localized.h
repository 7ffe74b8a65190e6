/*
 * localized - a text in one or more languages: {"en": "anger", "de": "Wut"}.
 *
 * A plain string counts as English.  The texts lie in the arena of the
 * protocol or descriptor that they belong to.
 */
#ifndef MIEN_STUDY_LOCALIZED_H
#define MIEN_STUDY_LOCALIZED_H

#include <stdbool.h>
#include <stddef.h>

struct localized_text {
    const char *language; /* "en", "de", "pt-BR": as the file has it */
    const char *text;
};

/* Zero-initialised is empty.  In the order of the file. */
struct localized {
    struct localized_text *item;
    size_t count;
};

/*
 * The text for `language`: "de" and locale names such as "de_AT.UTF-8" find
 * "de"; else English, else the first one, else "".  `language` may be NULL.
 */
const char *localized_pick(const struct localized *text, const char *language);
bool localized_has(const struct localized *text, const char *language);

#endif
