/*
 * text_set - see text_set.h.
 */
#include <config.h>

#include "eval/feat/text_set.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/intern.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/vec.h"
#include "eval/feat/lexicon.h"
#include "eval/feat/sentiment.h"
#include "eval/feat/words.h"

#define OF_WORDS "share of words"
#define HUTTO "Hutto & Gilbert 2014, ICWSM"
#define LONG_WORD 6 /* letters; longer ones count in LIX */

/* In the order of put_counts(). */
static const struct descriptor counts[] = {
    { .name = "words",
      .unit = "1",
      .text = "words",
      .paper = "-",
      .mean_only = true },
    { .name = "sentences",
      .unit = "1",
      .text = "sentences",
      .paper = "-",
      .mean_only = true },
    { .name = "letters_per_word",
      .unit = "1",
      .text = "mean length of a word",
      .paper = "-",
      .mean_only = true },
    { .name = "distinct_share",
      .unit = OF_WORDS,
      .text = "different words: type-token ratio",
      .paper = "Johnson 1944, Psychol. Monogr. 56(2)",
      .mean_only = true },
    { .name = "negation_share",
      .unit = OF_WORDS,
      .text = "not, never, nothing, ...n't",
      .paper = "-",
      .mean_only = true },
    { .name = "degree_share",
      .unit = OF_WORDS,
      .text = "words of degree: very, really, slightly, a bit",
      .paper = "-",
      .mean_only = true },
    { .name = "capitals_share",
      .unit = OF_WORDS,
      .text = "all in capitals, two letters and more",
      .paper = HUTTO,
      .mean_only = true },
    { .name = "lengthened_share",
      .unit = OF_WORDS,
      .text = "with a letter three times and more",
      .paper = "Brody & Diakopoulos 2011, EMNLP",
      .mean_only = true },
    { .name = "exclamations",
      .unit = "1",
      .text = "exclamation marks",
      .paper = HUTTO,
      .mean_only = true },
    { .name = "questions",
      .unit = "1",
      .text = "question marks",
      .paper = "-",
      .mean_only = true },
    { .name = "flesch_ease",
      .unit = "points",
      .text = "206.835 - 1.015 words/sentence - 84.6 syllables/word",
      .paper = "Flesch 1948, J. Appl. Psychol. 32(3)",
      .mean_only = true },
    { .name = "kincaid_grade",
      .unit = "school years",
      .text = "0.39 words/sentence + 11.8 syllables/word - 15.59",
      .paper = "Kincaid et al. 1975, CNTECHTRA 8-75",
      .mean_only = true },
    { .name = "ari_grade",
      .unit = "school years",
      .text = "4.71 letters/word + 0.5 words/sentence - 21.43",
      .paper = "Smith & Senter 1967, AMRL-TR-66-220",
      .mean_only = true },
    { .name = "lix",
      .unit = "points",
      .text = "words/sentence + 100 share of words over 6 letters",
      .paper = "Bjornsson 1968, Lasbarhet",
      .mean_only = true },
};

/* Of a lexicon of scores, in the order of put_scores(). */
static const struct descriptor scores[] = {
    { .name = "compound",
      .unit = "-1 to 1",
      .text = "sum of scores s as s / sqrt(s^2 + 15)",
      .paper = HUTTO },
    { .name = "mean",
      .unit = "score",
      .text = "mean score of the words found; 0 without any",
      .paper = HUTTO },
    { .name = "positive",
      .unit = "score a word",
      .text = "sum of positive scores over all words",
      .paper = HUTTO },
    { .name = "negative",
      .unit = "score a word",
      .text = "sum of negative scores over all words",
      .paper = HUTTO },
    { .name = "hits",
      .unit = OF_WORDS,
      .text = "words and phrases that the lexicon has",
      .paper = "-" },
};

struct named_lexicon {
    char *name;              /* owned */
    struct lexicon *lexicon; /* owned */
};

struct text_set {
    struct feature_set set;
    struct named_lexicon *item; /* owned */
    size_t count, capacity;
    struct descriptor *descriptors; /* owned */
    struct arena arena;             /* owned: their names */
};

static double ratio(double a, double b)
{
    return b > 0 ? a / b : NAN;
}

static double *put_counts(const struct words *words, double *out)
{
    double n = (double)words->spoken, sentences = (double)words->sentences;
    double letters = 0, syllables = 0, long_words = 0, capitals = 0;
    double lengthened = 0, negations = 0, degrees = 0;
    struct intern distinct = { 0 };

    for (size_t i = 0; i < words->count; i++) {
        const struct word *word = &words->item[i];

        if (!word->key[0])
            continue;
        intern_add(&distinct, word->key);
        letters += word->letters;
        syllables += word->syllables;
        long_words += word->letters > LONG_WORD;
        capitals += word->capitals;
        lengthened += word->lengthened;
        negations += sentiment_is_negation(word->key);
        degrees += sentiment_degree(words, i) != 0;
    }
    *out++ = n;
    *out++ = sentences;
    *out++ = ratio(letters, n);
    *out++ = ratio((double)distinct.names.count, n);
    *out++ = ratio(negations, n);
    *out++ = ratio(degrees, n);
    *out++ = ratio(capitals, n);
    *out++ = ratio(lengthened, n);
    *out++ = (double)words->exclamations;
    *out++ = (double)words->questions;
    *out++ = 206.835 - 1.015 * ratio(n, sentences) - 84.6 * ratio(syllables, n);
    *out++ = 0.39 * ratio(n, sentences) + 11.8 * ratio(syllables, n) - 15.59;
    *out++ = 4.71 * ratio(letters, n) + 0.5 * ratio(n, sentences) - 21.43;
    *out++ = ratio(n, sentences) + 100 * ratio(long_words, n);
    intern_release(&distinct);
    return out;
}

/* A text of marks only, such as ":-)", has a score but no words. */
static double *put_scores(const struct lexicon *lexicon,
                          const struct words *words, double *out)
{
    struct sentiment found;
    double n = (double)(words->spoken > 0 ? words->spoken : words->count);

    sentiment_score(lexicon, words, &found);
    *out++ = found.compound;
    *out++ = found.hits > 0
                 ? (found.positive + found.negative) / (double)found.hits
                 : 0;
    *out++ = ratio(found.positive, n);
    *out++ = ratio(found.negative, n);
    *out++ = ratio((double)found.hits, n);
    return out;
}

static double *put_emotions(const struct lexicon *lexicon,
                            const struct words *words, double *out)
{
    double n = (double)(words->spoken > 0 ? words->spoken : words->count);
    size_t hits;

    sentiment_emotions(lexicon, words, out, &hits);
    for (size_t e = 0; e < lexicon->width; e++)
        out[e] = ratio(out[e], n);
    out += lexicon->width;
    *out++ = ratio((double)hits, n);
    return out;
}

static bool measure(const struct feature_set *set,
                    const struct feature_item *item, double *out,
                    struct error *err)
{
    const struct text_set *text = set->data;
    struct words words = { 0 };

    (void)err;
    words_split(&words, item->text);
    out = put_counts(&words, out);
    for (size_t i = 0; text && i < text->count; i++) {
        const struct lexicon *lexicon = text->item[i].lexicon;

        out = lexicon->scored ? put_scores(lexicon, &words, out)
                              : put_emotions(lexicon, &words, out);
    }
    words_release(&words);
    return true;
}

const struct feature_set text_set = {
    .name = "text",
    .version = "1",
    .summary = "counts, readability, and scores by lexicons",
    .input = FEATURE_OF_TEXT,
    .column = "text",
    .descriptors = counts,
    .count = LENGTH_OF(counts),
    .measure = measure,
};

/* Letters and digits of a column's name; others become one "_". */
static char *clean_name(const char *text)
{
    char *name = xstrdup(text), *to = name;

    for (const char *from = name; *from; from++)
        *to++ = isalnum((unsigned char)*from) || (unsigned char)*from >= 128
                    ? *from
                    : '_';
    return name;
}

/* "NAME=FILE", unless a file is called so; else the file's own name. */
static char *split_name(const char *word, const char **path)
{
    const char *equals = strchr(word, '=');
    char *bare, *name;

    *path = word;
    if (equals && equals > word && !path_is_file(word)) {
        *path = equals + 1;
        name = xstrndup(word, (size_t)(equals - word));
    } else {
        name = path_without_extension(path_name(word));
    }
    bare = clean_name(name);
    free(name);
    return bare;
}

static bool add_lexicon(struct text_set *text, const char *word,
                        struct error *err)
{
    struct named_lexicon named = { 0 };
    const char *path;

    named.name = split_name(word, &path);
    for (size_t i = 0; i < text->count; i++)
        if (text_equal(text->item[i].name, named.name)) {
            error_set(err, ERROR_USAGE,
                      "two lexicons are called \"%s\"; name one: "
                      "--lexicon other=%s",
                      named.name, path);
            free(named.name);
            return false;
        }
    named.lexicon = lexicon_read(path, err);
    if (!named.lexicon) {
        free(named.name);
        return false;
    }
    VEC_PUSH(text, named);
    return true;
}

static void describe(struct text_set *text, const struct named_lexicon *named,
                     const char *what, struct descriptor like)
{
    like.name = arena_printf(&text->arena, "%s_%s", named->name, what);
    like.mean_only = true;
    text->descriptors[text->set.count++] = like;
}

static void describe_lexicon(struct text_set *text,
                             const struct named_lexicon *named)
{
    const struct lexicon *lexicon = named->lexicon;
    const struct descriptor emotion = { .unit = "value a word",
                                        .text = "sum of values over all words",
                                        .paper = "-" };
    size_t hits = LENGTH_OF(scores) - 1;

    for (size_t i = 0; lexicon->scored && i < hits; i++)
        describe(text, named, scores[i].name, scores[i]);
    for (size_t e = 0; !lexicon->scored && e < lexicon->width; e++) {
        char *name = clean_name(lexicon->emotions.item[e]);

        describe(text, named, name, emotion);
        free(name);
    }
    describe(text, named, scores[hits].name, scores[hits]);
}

/* Names of emotions may differ in marks only. */
static bool check_names(const struct text_set *text, struct error *err)
{
    struct intern names = { 0 };
    bool good = true;

    for (size_t i = 0; good && i < text->set.count; i++)
        if (intern_add(&names, text->descriptors[i].name) != i)
            good = error_set(err, ERROR_INPUT,
                             "two columns would be called \"%s\"; give the "
                             "lexicon another name: --lexicon NAME=FILE",
                             text->descriptors[i].name);
    intern_release(&names);
    return good;
}

struct text_set *text_set_new(const struct text_list *lexicons,
                              struct error *err)
{
    struct text_set *text = xcalloc(1, sizeof(*text));
    size_t width = LENGTH_OF(counts);

    for (size_t i = 0; i < lexicons->count; i++) {
        if (!add_lexicon(text, lexicons->item[i], err))
            goto failed;
        width += text->item[i].lexicon->width + LENGTH_OF(scores);
    }
    text->descriptors = xcalloc(width, sizeof(*text->descriptors));
    memcpy(text->descriptors, counts, sizeof(counts));
    text->set = text_set;
    for (size_t i = 0; i < text->count; i++)
        describe_lexicon(text, &text->item[i]);
    text->set.descriptors = text->descriptors;
    text->set.data = text;
    if (check_names(text, err))
        return text;
failed:
    text_set_free(text);
    return NULL;
}

void text_set_free(struct text_set *text)
{
    if (!text)
        return;
    for (size_t i = 0; i < text->count; i++) {
        free(text->item[i].name);
        lexicon_free(text->item[i].lexicon);
    }
    free(text->item);
    free(text->descriptors);
    arena_release(&text->arena);
    free(text);
}

const struct feature_set *text_set_features(const struct text_set *text)
{
    return &text->set;
}

void text_set_add_notes(const struct text_set *text,
                        struct feature_table *table)
{
    for (size_t i = 0; i < text->count; i++) {
        char *key = xasprintf("lexicon %s", text->item[i].name);
        char hex[HASH_HEX_SIZE];

        hash_to_hex(text->item[i].lexicon->hash, HASH_SIZE, hex);
        feature_table_add_note(table, key, hex);
        free(key);
    }
}
