/*
 * fuzz_lexicon - lexicons of all three layouts, and texts that are scored by
 * them: the lexicon, a zero byte, the text.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "eval/feat/sentiment.h"
#include "fuzz.h"

static const char *const words[] = {
    "\t",           "\n",       "not ",
    "very ",        "but ",     "!!!",
    "joy",          "\t1\n",    "\t-2.5\t0.5\t[1, 2]\n",
    "\xe2\x80\x99", "\xc4\xb0", ":-)",
    "...",          "1e308",    "\r\n",
    NULL,
};

static void seed(fuzz_give *give, void *context, const char *lexicon,
                 const char *text)
{
    size_t head = strlen(lexicon) + 1, tail = strlen(text);
    char *both = xmalloc(head + tail);

    memcpy(both, lexicon, head);
    memcpy(both + head, text, tail);
    give(context, both, head + tail);
    free(both);
}

static void seeds(fuzz_give *give, void *context)
{
    seed(give, context, "good\t3\nbad\t-3\nnot good\t-2\n",
         "Not good, but VERY good!!! well...good");
    seed(give, context, "word\tscore\r\n:-)\t1.5\r\n", "Fine :-)");
    seed(give, context, "good\t1.9\t0.9434\t[1, 1, 3]\nsux\t-1.5\t0.8\n",
         "It\xe2\x80\x99s good; it sux?");
    seed(give, context, "abacus\tjoy\t0\nabacus\ttrust\t1\nlove\tjoy\t1\n",
         "Love the abacus. I don't love it");
    seed(give, context,
         "English Word\tEmotion\tValue\nlove\tjoy\t0.828\nlove\tfear\t0\n",
         "sooo much LOVE \xf0\x9f\x98\x80");
}

static void score(const struct lexicon *lexicon, const char *text)
{
    struct words split = { 0 };
    char *lower = words_lower(text);

    words_split(&split, text);
    fuzz_must(split.spoken <= split.count);
    if (lexicon->scored) {
        struct sentiment found;

        sentiment_score(lexicon, &split, &found);
        fuzz_must(found.compound >= -1 && found.compound <= 1);
    } else {
        double *sum = xcalloc(lexicon->width + 1, sizeof(*sum));
        size_t hits;

        sentiment_emotions(lexicon, &split, sum, &hits);
        for (size_t i = 0; i < lexicon->width; i++)
            fuzz_must(!isnan(sum[i]));
        free(sum);
    }
    for (size_t i = 0; i < split.count; i++)
        lexicon_find(lexicon, split.item[i].key);
    words_syllables(lower);
    words_in_phrase(text);
    free(lower);
    words_release(&split);
}

static void one(const uint8_t *bytes, size_t length)
{
    const uint8_t *zero = length ? memchr(bytes, 0, length) : NULL;
    size_t head = zero ? (size_t)(zero - bytes) : length;
    const char *path = fuzz_file(bytes, head);
    struct error err = { 0 };
    struct lexicon *lexicon = lexicon_read(path, &err);
    char *text;

    fuzz_answered(lexicon != NULL, &err, path);
    if (!lexicon)
        return;
    fuzz_must(lexicon->width > 0);
    text =
        zero ? fuzz_text(zero + 1, length - head - 1) : xstrdup("a good day");
    score(lexicon, text);
    free(text);
    lexicon_free(lexicon);
}

const struct fuzz_target fuzz_target = {
    .name = "lexicon",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 2048,
    .runs = 4000,
};
