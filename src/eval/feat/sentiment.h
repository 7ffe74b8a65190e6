/*
 * sentiment - a text's score by a lexicon, with negation and intensity.
 *
 * Hutto, C. J. & Gilbert, E. (2014). VADER: a parsimonious rule-based model
 * for sentiment analysis of social media text. ICWSM-14, 216-225: their five
 * rules and constants, for lexicons of signed scores:
 *
 *   1. a word of degree among the three words before makes a score larger or
 *      smaller by 0.293, times 0.95 and 0.9 at the second and third;
 *   2. capitals, where others are small, make it larger by 0.733;
 *   3. a negation among the three words before multiplies it by -0.74;
 *   4. "but" halves the scores before it in its sentence, and makes those
 *      after it 1.5 times as large;
 *   5. each exclamation mark, at most four, adds 0.292 to the text's score,
 *      away from 0.
 *
 * The sum s becomes s / sqrt(s^2 + 15), between -1 and 1.  Other than there,
 * rules 1 and 3 do not reach over , ; : or a sentence's end (Pang, Lee &
 * Vaithyanathan 2002, EMNLP, section 6), and the English words of degree and
 * negation are a short list of our own.
 *
 * Lexicons of emotions have no sign: there a word of degree multiplies the
 * value by 1 +- 0.293 (0.95, 0.9), and a negated word counts nothing.
 */
#ifndef MIEN_FEAT_SENTIMENT_H
#define MIEN_FEAT_SENTIMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "eval/feat/lexicon.h"
#include "eval/feat/words.h"

struct sentiment {
    size_t hits;               /* words and phrases found */
    double compound;           /* -1 .. 1 */
    double sum;                /* rules 1 to 5 */
    double positive, negative; /* sums of scores of each sign, rules 1 to 4 */
};

void sentiment_score(const struct lexicon *lexicon, const struct words *words,
                     struct sentiment *out);
/* `sum` has lexicon->width places. */
void sentiment_emotions(const struct lexicon *lexicon,
                        const struct words *words, double *sum, size_t *hits);

bool sentiment_is_negation(const char *key);
/* 1 makes stronger, -1 weaker, 0 is no word of degree. */
int sentiment_degree(const struct words *words, size_t index);

#endif
