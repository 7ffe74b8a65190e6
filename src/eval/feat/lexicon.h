/*
 * lexicon - words with scores, as lexicons of emotion are published.
 *
 * One word (or phrase, or emoticon) a line, fields by tabs; the layout is told
 * from the first line, which may be a header:
 *
 *     word  score                       AFINN
 *     word  mean  sd  [ratings]         VADER; the last two are passed over
 *     word  emotion  value              NRC; a line for each emotion
 *
 * Words are looked up in small letters, with ' for typographic apostrophes.
 * Of a word that comes twice the last line counts.
 */
#ifndef MIEN_FEAT_LEXICON_H
#define MIEN_FEAT_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"
#include "common/base/intern.h"
#include "common/base/text.h"
#include "common/file/hash.h"

struct lexicon {
    bool scored;               /* one signed score, not emotions */
    struct text_list emotions; /* in byte order; empty when scored */
    size_t width;              /* values a word: emotions, or 1 */
    size_t longest;            /* words of the longest phrase */
    uint8_t hash[HASH_SIZE];   /* SHA-256 of the file */
    /* Private. */
    struct intern words;
    double *value; /* owned: word by word */
};

enum {
    LEXICON_MAX_BYTES = 256 << 20,
    LEXICON_MAX_EMOTIONS = 200,
    LEXICON_MAX_PHRASE = 8, /* words */
};

/* Errors name file and line. */
struct lexicon *lexicon_read(const char *path, struct error *err);
void lexicon_free(struct lexicon *lexicon); /* takes NULL */

/* `width` values of a word in small letters, borrowed; NULL: unknown. */
const double *lexicon_find(const struct lexicon *lexicon, const char *word);

#endif
