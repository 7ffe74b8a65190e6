/* tfidf - terms and weights come from the training items; numbers by hand. */
#include <config.h>

#include "eval/learn/tfidf.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/vec.h"

static const char *const texts[] = { "So happy, so happy!", "so sad",
                                     "Sad and alone.", "happy alone elsewhere",
                                     "..." };

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) < 1e-12))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void read_all(struct tfidf_texts *read, size_t ngram)
{
    tfidf_read(read, texts, LENGTH_OF(texts), ngram);
}

static size_t column_of(const struct tfidf *fit, const struct tfidf_texts *read,
                        const char *term)
{
    long number = intern_find(&read->names, term);

    return number < 0 ? SIZE_MAX : fit->column[number];
}

/*
 * Trained on the first three: so and sad stand in two of them, happy, and,
 * alone in one.  Of n = 3, two have so: idf 1 + ln(4/3); happy 1 + ln 2.  The
 * first item has both twice: (1 + ln 2) times each.
 */
static void weights_are_those_of_the_paper(void **state)
{
    static const size_t train[] = { 0, 1, 2 };
    struct tfidf_settings settings = { 1, 1, 100 };
    struct tfidf_texts read;
    struct tfidf fit;
    double row[8], so = 1 + log(4.0 / 3), happy = 1 + log(2);

    (void)state;
    read_all(&read, 1);
    tfidf_fit(&fit, &settings, &read, train, 3);
    assert_int_equal(fit.width, 5);
    assert_int_equal(column_of(&fit, &read, "sad"), 0); /* frequent, then by
                                                           name */
    assert_int_equal(column_of(&fit, &read, "so"), 1);
    assert_int_equal(column_of(&fit, &read, "alone"), 2);
    tfidf_row(&fit, &read, 0, row);
    assert_near(row[1], so / sqrt(so * so + happy * happy));
    assert_near(row[4], happy / sqrt(so * so + happy * happy));
    assert_near(row[0] + row[2] + row[3], 0);
    tfidf_release(&fit);
    tfidf_texts_release(&read);
}

static void a_word_of_the_tested_items_alone_is_no_feature(void **state)
{
    static const size_t train[] = { 0, 1, 2 };
    struct tfidf_settings settings = { 1, 1, 100 };
    struct tfidf_texts read;
    struct tfidf fit;
    double row[8], square = 0;

    (void)state;
    read_all(&read, 1);
    tfidf_fit(&fit, &settings, &read, train, 3);
    assert_int_equal(column_of(&fit, &read, "elsewhere"), SIZE_MAX);
    tfidf_row(&fit, &read, 3, row);
    for (size_t i = 0; i < fit.width; i++)
        square += row[i] * row[i];
    assert_near(square, 1);
    tfidf_row(&fit, &read, 4, row); /* without words */
    for (size_t i = 0; i < fit.width; i++)
        assert_near(row[i], 0);
    tfidf_release(&fit);
    tfidf_texts_release(&read);
}

static void rare_terms_and_too_many_are_left_out(void **state)
{
    static const size_t train[] = { 0, 1, 2 };
    struct tfidf_settings settings = { 1, 2, 100 };
    struct tfidf_texts read;
    struct tfidf fit;

    (void)state;
    read_all(&read, 1);
    tfidf_fit(&fit, &settings, &read, train, 3);
    assert_int_equal(fit.width, 2);
    tfidf_release(&fit);
    settings = (struct tfidf_settings){ 1, 1, 1 };
    tfidf_fit(&fit, &settings, &read, train, 3);
    assert_int_equal(fit.width, 1);
    assert_int_equal(column_of(&fit, &read, "sad"), 0);
    tfidf_release(&fit);
    tfidf_texts_release(&read);
}

static void runs_of_words_are_terms_across_marks(void **state)
{
    static const size_t train[] = { 0 };
    struct tfidf_settings settings = { 2, 1, 100 };
    struct tfidf_texts read;
    struct tfidf fit;

    (void)state;
    read_all(&read, 2);
    tfidf_fit(&fit, &settings, &read, train, 1);
    assert_int_equal(fit.width, 4); /* so, happy, "so happy", "happy so" */
    assert_true(column_of(&fit, &read, "so happy") < 4);
    tfidf_release(&fit);
    tfidf_texts_release(&read);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_those_of_the_paper),
        cmocka_unit_test(a_word_of_the_tested_items_alone_is_no_feature),
        cmocka_unit_test(rare_terms_and_too_many_are_left_out),
        cmocka_unit_test(runs_of_words_are_terms_across_marks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
