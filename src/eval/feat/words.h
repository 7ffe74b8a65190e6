/*
 * words - a text as words and sentences.
 *
 * Pieces between blanks are cut once more where marks stand between letters
 * (so "well...good" is two words; "don't", "3.5", "re-do" stay whole) and lose
 * the marks around them.  What has no letter and no digit, such as ":-)", is a
 * mark: looked up in lexicons, no word in counts.  A sentence ends where a
 * word is followed by . ! ? or an ellipsis, or with the text.
 */
#ifndef MIEN_FEAT_WORDS_H
#define MIEN_FEAT_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/mem.h"

struct word {
    const char *key;   /* small letters, no marks around; "" of a mark */
    const char *whole; /* small letters, with all its marks */
    int letters;       /* and digits */
    int syllables;     /* of English, about */
    bool capitals;     /* two letters and more, all of them large */
    bool lengthened;   /* a letter three times and more: "sooo" */
    bool ends_clause;  /* followed by , ; : or as `ends_sentence` */
    bool ends_sentence;
};

/* Zero-initialised is empty. */
struct words {
    struct word *item; /* owned */
    size_t count, capacity;
    size_t spoken; /* those that are no marks */
    size_t sentences;
    size_t exclamations, questions; /* the marks ! and ? */
    struct arena arena;             /* owned: the texts */
};

void words_split(struct words *words, const char *text);
void words_release(struct words *words);

/* Small letters, ' for other apostrophes, blanks as one; the caller's. */
char *words_lower(const char *text);
/* Pieces between blanks. */
size_t words_in_phrase(const char *text);

/*
 * Groups of vowels in an English word, without a silent e at its end (also
 * before -s, and in -ed but after t and d); at least 1.  About one word in ten
 * is wrong by one.
 */
int words_syllables(const char *lower);

#endif
