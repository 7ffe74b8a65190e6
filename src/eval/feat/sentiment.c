/*
 * sentiment - see sentiment.h.
 */
#include <config.h>

#include "eval/feat/sentiment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/text.h"
#include "common/base/vec.h"

#define DEGREE 0.293
#define CAPITALS 0.733
#define NEGATION -0.74
#define BEFORE_BUT 0.5
#define AFTER_BUT 1.5
#define EXCLAMATION 0.292
#define HALF_WAY 15

enum { REACH = 3, MOST_EXCLAMATIONS = 4 };

static const double fading[REACH] = { 1, 0.95, 0.9 };

static const char *const negations[] = {
    "aint",    "arent",   "cannot",  "cant",   "couldnt",  "didnt", "doesnt",
    "dont",    "hadnt",   "hardly",  "hasnt",  "havent",   "isnt",  "neither",
    "never",   "no",      "nobody",  "none",   "nope",     "nor",   "not",
    "nothing", "nowhere", "rarely",  "seldom", "shouldnt", "wasnt", "werent",
    "without", "wont",    "wouldnt", NULL,
};
static const char *const stronger[] = {
    "absolutely", "awfully",      "completely",   "deeply",
    "enormously", "entirely",     "especially",   "exceptionally",
    "extremely",  "fully",        "greatly",      "highly",
    "hugely",     "incredibly",   "intensely",    "more",
    "most",       "particularly", "purely",       "quite",
    "really",     "remarkably",   "so",           "strongly",
    "such",       "super",        "thoroughly",   "too",
    "totally",    "truly",        "unbelievably", "utterly",
    "very",       NULL,
};
static const char *const weaker[] = {
    "almost",   "barely",   "fairly",     "kinda",        "less",
    "little",   "mildly",   "moderately", "occasionally", "partly",
    "scarcely", "slightly", "somewhat",   "sorta",        NULL,
};
/* Of two words; the second is the one that stands for both. */
static const struct {
    const char *first, *second;
    int degree;
} pairs[] = {
    { "a", "bit", -1 },   { "a", "lot", 1 },    { "a", "tad", -1 },
    { "kind", "of", -1 }, { "sort", "of", -1 },
};

/* A run of words that the lexicon has. */
struct match {
    size_t first, count;
    const double *value; /* borrowed from the lexicon */
};

struct matches {
    struct match *item; /* owned */
    size_t count, capacity;
};

static bool is_among(const char *const *list, const char *key)
{
    for (; *list; list++)
        if (strcmp(*list, key) == 0)
            return true;
    return false;
}

bool sentiment_is_negation(const char *key)
{
    return is_among(negations, key) || text_ends(key, "n't");
}

int sentiment_degree(const struct words *words, size_t index)
{
    const char *key = words->item[index].key;

    if (is_among(stronger, key))
        return 1;
    if (is_among(weaker, key))
        return -1;
    for (size_t i = 0; index > 0 && i < LENGTH_OF(pairs); i++)
        if (text_equal(key, pairs[i].second) &&
            text_equal(words->item[index - 1].key, pairs[i].first))
            return pairs[i].degree;
    return 0;
}

/* The longest phrase that begins at `first`; NULL when none is known. */
static const double *find_phrase(const struct lexicon *lexicon,
                                 const struct words *words, size_t first,
                                 size_t *count)
{
    size_t most = words->count - first;
    const double *value = NULL;
    struct buf phrase = { 0 };

    if (most > lexicon->longest)
        most = lexicon->longest;
    for (*count = most; !value && *count > 1; --*count) {
        buf_clear(&phrase);
        for (size_t i = first; i < first + *count; i++)
            buf_addf(&phrase, "%s%s", i > first ? " " : "", words->item[i].key);
        value = lexicon_find(lexicon, buf_text(&phrase));
        if (value)
            break;
    }
    buf_release(&phrase);
    if (value)
        return value;
    *count = 1;
    value = lexicon_find(lexicon, words->item[first].whole);
    if (!value && words->item[first].key[0])
        value = lexicon_find(lexicon, words->item[first].key);
    return value;
}

static void find_matches(const struct lexicon *lexicon,
                         const struct words *words, struct matches *found)
{
    for (size_t i = 0; i < words->count;) {
        struct match match = { .first = i };

        match.value = find_phrase(lexicon, words, i, &match.count);
        if (match.value)
            VEC_PUSH(found, match);
        i += match.count;
    }
}

/* "no" in "no good" and "super" in "super nice" only change what follows. */
static bool only_changes(const struct words *words, const struct match *match,
                         const struct match *next)
{
    size_t reach = 0, from = match->first, to = next ? next->first : SIZE_MAX;

    if (match->count > 1 || !next)
        return false;
    if (sentiment_is_negation(words->item[from].key))
        reach = REACH;
    else if (sentiment_degree(words, from))
        reach = 1;
    if (to - from > reach)
        return false;
    for (size_t i = from; i < to; i++)
        if (words->item[i].ends_clause)
            return false;
    return true;
}

/* What the words before a match do to it. */
struct change {
    double degree; /* in units of DEGREE, with its fading */
    int negations;
};

static struct change change_of(const struct words *words, size_t first)
{
    struct change change = { 0 };

    for (size_t d = 1; d <= REACH && d <= first; d++) {
        const struct word *word = &words->item[first - d];

        if (word->ends_clause)
            break;
        change.negations += sentiment_is_negation(word->key);
        change.degree += sentiment_degree(words, first - d) * fading[d - 1];
    }
    return change;
}

/* Some words in capitals, others not. */
static bool is_mixed(const struct words *words)
{
    size_t capitals = 0;

    for (size_t i = 0; i < words->count; i++)
        capitals += words->item[i].capitals;
    return capitals > 0 && capitals < words->spoken;
}

/* Rule 4, for each word: 1 where there is no "but". */
static double *weigh_buts(const struct words *words)
{
    double *weight = xcalloc(words->count + 1, sizeof(*weight));

    for (size_t begin = 0, end; begin < words->count; begin = end) {
        size_t but = SIZE_MAX;

        for (end = begin; end < words->count;) {
            if (but == SIZE_MAX && text_equal(words->item[end].key, "but"))
                but = end;
            if (words->item[end++].ends_sentence)
                break;
        }
        for (size_t i = begin; i < end; i++)
            weight[i] = but == SIZE_MAX ? 1 : i < but ? BEFORE_BUT : AFTER_BUT;
    }
    return weight;
}

static double change_score(const struct words *words, const struct match *match,
                           bool mixed)
{
    struct change change = change_of(words, match->first);
    double value = *match->value, sign = value < 0 ? -1 : 1;

    if (value == 0)
        return 0;
    if (mixed && words->item[match->first].capitals)
        value += sign * CAPITALS;
    value += sign * DEGREE * change.degree;
    for (int i = 0; i < change.negations; i++)
        value *= NEGATION;
    return value;
}

void sentiment_score(const struct lexicon *lexicon, const struct words *words,
                     struct sentiment *out)
{
    double *weight = weigh_buts(words), loud;
    bool mixed = is_mixed(words);
    struct matches found = { 0 };

    memset(out, 0, sizeof(*out));
    find_matches(lexicon, words, &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct match *match = &found.item[i];
        double value;

        if (only_changes(words, match, i + 1 < found.count ? match + 1 : NULL))
            continue;
        value = change_score(words, match, mixed) * weight[match->first];
        out->hits++;
        out->sum += value;
        out->positive += value > 0 ? value : 0;
        out->negative += value < 0 ? value : 0;
    }
    loud = EXCLAMATION * fmin((double)words->exclamations, MOST_EXCLAMATIONS);
    if (out->sum != 0)
        out->sum += out->sum > 0 ? loud : -loud;
    out->compound = out->sum / sqrt(out->sum * out->sum + HALF_WAY);
    free(found.item);
    free(weight);
}

void sentiment_emotions(const struct lexicon *lexicon,
                        const struct words *words, double *sum, size_t *hits)
{
    struct matches found = { 0 };

    for (size_t e = 0; e < lexicon->width; e++)
        sum[e] = 0;
    find_matches(lexicon, words, &found);
    for (size_t i = 0; i < found.count; i++) {
        struct change change = change_of(words, found.item[i].first);
        double factor = fmax(0, 1 + DEGREE * change.degree);

        if (change.negations % 2 == 1)
            continue;
        for (size_t e = 0; e < lexicon->width; e++)
            sum[e] += factor * found.item[i].value[e];
    }
    *hits = found.count;
    free(found.item);
}
