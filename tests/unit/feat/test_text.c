/* words, lexicon, sentiment, text_set - by hand, rule by rule. */
#include <config.h>

#include "eval/feat/text_set.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/path.h"
#include "common/file/atomic.h"
#include "eval/feat/lexicon.h"
#include "eval/feat/sentiment.h"
#include "eval/feat/words.h"

static char folder[] = "/tmp/mien-text.XXXXXX";
static struct lexicon *scores; /* good 2, bad -2, no -1, fed up -3, :) 1 */

static void near(double a, double b, double slack)
{
    if (!(fabs(a - b) <= slack))
        fail_msg("%.9g is not %.9g", a, b);
}

static struct lexicon *lexicon_of(const char *text, struct error *err)
{
    char *path = path_join(folder, "lexicon.txt");
    struct lexicon *lexicon;

    assert_true(atomic_write(path, text, strlen(text), err));
    lexicon = lexicon_read(path, err);
    free(path);
    return lexicon;
}

static struct sentiment scored(const char *text)
{
    struct words words = { 0 };
    struct sentiment found;

    words_split(&words, text);
    sentiment_score(scores, &words, &found);
    words_release(&words);
    return found;
}

static void keys_are(const char *text, const char *keys)
{
    struct words words = { 0 };
    char all[200] = "";

    words_split(&words, text);
    for (size_t i = 0; i < words.count; i++) {
        strcat(all, i ? " " : "");
        strcat(all,
               words.item[i].key[0] ? words.item[i].key : words.item[i].whole);
    }
    assert_string_equal(all, keys);
    words_release(&words);
}

static void marks_around_words_and_between_them_fall_away(void **state)
{
    (void)state;
    keys_are("\"Don\xe2\x80\x99t,\" she said...", "don't she said");
    keys_are("well...good re-do 3.5 and/or", "well good re-do 3.5 and or");
    keys_are("  \xc3\x84RGER :-) \n(no)", "\xc3\xa4rger :-) no");
    keys_are("", "");
}

static void sentences_end_with_marks_or_with_the_text(void **state)
{
    struct words words = { 0 };

    (void)state;
    words_split(&words, "Wow !! Is it? Yes, I KNOW... sooo");
    assert_int_equal(words.sentences, 4);
    assert_int_equal(words.spoken, 7);
    assert_int_equal(words.exclamations, 2);
    assert_int_equal(words.questions, 1);
    assert_true(words.item[4].ends_clause && !words.item[4].ends_sentence);
    assert_true(words.item[6].capitals && !words.item[5].capitals);
    assert_true(words.item[7].lengthened && !words.item[6].lengthened);
    words_release(&words);
}

static void syllables_of_plain_words(void **state)
{
    static const struct {
        const char *word;
        int count;
    } known[] = {
        { "the", 1 },    { "make", 1 },   { "table", 2 },  { "happy", 2 },
        { "asked", 1 },  { "wanted", 2 }, { "houses", 2 }, { "makes", 1 },
        { "banana", 3 }, { "hm", 1 },     { "see", 1 },    { "emotion", 3 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (words_syllables(known[i].word) != known[i].count)
            fail_msg("%s: %d", known[i].word, words_syllables(known[i].word));
}

/* s / sqrt(s^2 + 15): 2 / sqrt(19). */
static void a_score_stands_as_it_is(void **state)
{
    (void)state;
    near(scored("a good day").sum, 2, 0);
    near(scored("a good day").compound, 2 / sqrt(19), 1e-12);
    near(scored("nothing known here").sum, 0, 0);
    near(scored("nothing known here").compound, 0, 0);
    near(scored("nice :)").sum, 1, 0);
    near(scored("I am FED up").sum, -3.733, 1e-12);
    assert_int_equal(scored("fed up, good").hits, 2);
}

static void rule_1_words_of_degree(void **state)
{
    (void)state;
    near(scored("very good").sum, 2.293, 1e-12);
    near(scored("slightly bad").sum, -1.707, 1e-12);
    near(scored("very big good").sum, 2 + 0.293 * 0.95, 1e-12);
    near(scored("very big fat good").sum, 2 + 0.293 * 0.9, 1e-12);
    near(scored("very big fat old good").sum, 2, 0);
    near(scored("a bit bad").sum, -1.707, 1e-12);
    near(scored("very, good").sum, 2, 0);
}

static void rule_2_capitals_among_small_letters(void **state)
{
    (void)state;
    near(scored("a GOOD day").sum, 2.733, 1e-12);
    near(scored("a BAD day").sum, -2.733, 1e-12);
    near(scored("GOOD DAY").sum, 2, 0);
}

static void rule_3_negations(void **state)
{
    (void)state;
    near(scored("not good").sum, -1.48, 1e-12);
    near(scored("isn't very good").sum, 2.293 * -0.74, 1e-12);
    near(scored("never not good").sum, 2 * 0.74 * 0.74, 1e-12);
    near(scored("not, good").sum, 2, 0);
    near(scored("not here. good").sum, 2, 0);
    /* A word of negation has its own score where it negates nothing. */
    near(scored("no good").sum, -1.48, 1e-12);
    near(scored("no, good").sum, 1, 0);
    near(scored("oh no").sum, -1, 0);
}

static void rule_4_but(void **state)
{
    (void)state;
    near(scored("bad but good").sum, -1 + 3, 1e-12);
    near(scored("bad. fine but good").sum, -2 + 3, 1e-12);
}

static void rule_5_exclamation_marks(void **state)
{
    (void)state;
    near(scored("good!").sum, 2.292, 1e-12);
    near(scored("bad!!!!!!").sum, -2 - 4 * 0.292, 1e-12);
    near(scored("well!").sum, 0, 0);
    near(scored("good!").positive, 2, 0);
}

/* joy of "fun" 1, of "party" 0.5; "very": times 1.293. */
static void emotions_add_up_but_for_negated_ones(void **state)
{
    struct error err;
    struct lexicon *lexicon = lexicon_of("fun\tjoy\t1\nfun\tfear\t0\n"
                                         "party\tjoy\t0.5\nghost\tfear\t1\n",
                                         &err);
    struct words words = { 0 };
    double sum[2];
    size_t hits;

    (void)state;
    assert_non_null(lexicon);
    assert_false(lexicon->scored);
    assert_string_equal(lexicon->emotions.item[0], "fear");
    assert_string_equal(lexicon->emotions.item[1], "joy");
    words_split(&words, "No ghost. Very much fun at a party!");
    sentiment_emotions(lexicon, &words, sum, &hits);
    near(sum[0], 0, 0);
    near(sum[1], 1 + 0.293 * 0.95 + 0.5, 1e-12);
    assert_int_equal(hits, 3);
    words_release(&words);
    lexicon_free(lexicon);
}

static void layouts_are_told_from_the_first_line(void **state)
{
    struct error err;
    struct lexicon *lexicon;

    (void)state;
    lexicon =
        lexicon_of("\xef\xbb\xbfword\tvalence\r\nGood\t2\r\nGOOD\t3\r\n", &err);
    assert_non_null(lexicon);
    assert_true(lexicon->scored);
    near(*lexicon_find(lexicon, "good"), 3, 0); /* the last line counts */
    assert_null(lexicon_find(lexicon, "word"));
    lexicon_free(lexicon);
    lexicon = lexicon_of("$:\t-1.5\t0.8\t[-1, -2]\n", &err);
    near(*lexicon_find(lexicon, "$:"), -1.5, 0);
    lexicon_free(lexicon);
}

static void refused(const char *text, const char *why)
{
    struct error err;

    assert_null(lexicon_of(text, &err));
    if (!strstr(err.text, why))
        fail_msg("%s lacks %s", err.text, why);
}

static void what_is_no_lexicon_is_refused(void **state)
{
    (void)state;
    refused("", "has no words");
    refused("one line\n", "has no words");
    refused("a\nb\nc\n", "lexicon.txt:2: expected");
    refused("good\t2\nbad\tx\n", "lexicon.txt:2: expected");
    refused("good\t2\nbad\tfear\t1\n", "the same in every line");
    refused("good\t2\n\t1\n", "lexicon.txt:2: expected");
    refused("good\t2\n\xff\t1\n", "no UTF-8");
    refused("a b c d e f g h i\t1\n", "a phrase of 9 words");
}

static double column(const char *name, const char *text)
{
    struct feature_item item = { .text = text };
    double out[64];
    struct error err;

    assert_true(text_set.measure(&text_set, &item, out, &err));
    for (size_t i = 0; i < text_set.count; i++)
        if (strcmp(text_set.descriptors[i].name, name) == 0)
            return out[i];
    fail_msg("no column %s", name);
    return 0;
}

/*
 * Six words, 17 letters, two sentences; syllables 1 1 1 1 1 1: by the
 * formulas 206.835 - 1.015 * 3 - 84.6 = 119.19; 0.39 * 3 + 11.8 - 15.59 =
 * -2.62; 4.71 * 17 / 6 + 1.5 - 21.43 = -6.585; LIX 3 + 0.
 */
static void readability_by_hand(void **state)
{
    const char *text = "The cat sat. The dog ran!";

    (void)state;
    near(column("words", text), 6, 0);
    near(column("sentences", text), 2, 0);
    near(column("distinct_share", text), 5.0 / 6, 1e-12);
    near(column("flesch_ease", text), 119.19, 1e-9);
    near(column("kincaid_grade", text), -2.62, 1e-9);
    near(column("letters_per_word", text), 3, 1e-12);
    near(column("ari_grade", text), 4.71 * 3 + 1.5 - 21.43, 1e-9);
    near(column("lix", text), 3, 1e-12);
    near(column("lix", "Understanding matters"), 2 + 100, 1e-12);
    near(column("negation_share", "I don't, no"), 2.0 / 3, 1e-12);
    near(column("degree_share", "a bit very odd"), 0.5, 1e-12);
    assert_true(isnan(column("flesch_ease", "...")));
    near(column("words", "..."), 0, 0);
}

static int begin(void **state)
{
    struct error err;

    (void)state;
    setlocale(LC_CTYPE, "C.UTF-8");
    if (!mkdtemp(folder))
        return -1;
    scores = lexicon_of("good\t2\nbad\t-2\nno\t-1\nfed up\t-3\n:)\t1\n", &err);
    return scores ? 0 : -1;
}

static int finish(void **state)
{
    char command[64];

    (void)state;
    lexicon_free(scores);
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_around_words_and_between_them_fall_away),
        cmocka_unit_test(sentences_end_with_marks_or_with_the_text),
        cmocka_unit_test(syllables_of_plain_words),
        cmocka_unit_test(a_score_stands_as_it_is),
        cmocka_unit_test(rule_1_words_of_degree),
        cmocka_unit_test(rule_2_capitals_among_small_letters),
        cmocka_unit_test(rule_3_negations),
        cmocka_unit_test(rule_4_but),
        cmocka_unit_test(rule_5_exclamation_marks),
        cmocka_unit_test(emotions_add_up_but_for_negated_ones),
        cmocka_unit_test(layouts_are_told_from_the_first_line),
        cmocka_unit_test(what_is_no_lexicon_is_refused),
        cmocka_unit_test(readability_by_hand),
    };

    return cmocka_run_group_tests(tests, begin, finish);
}
