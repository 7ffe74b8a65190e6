/* design - corpus and feature tables joined; every loss is counted. */
#include <config.h>

#include "eval/learn/design.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/file/atomic.h"

static const char corpus[] = "id,speaker,emotion,valence,enrol\n"
                             "e,s2,sad,1,\n"
                             "d,s2,glad,2.5,yes\n"
                             "c,s1,sad,3,1\n"
                             "b,s1,,4,0\n"
                             "a,s1,glad,5,1\n"
                             "x,s3,glad,6,1\n";
static const char voice[] = "id,f0,rate\na,1,2\nb,3,4\nc,,6\nd,7,8\ne,,\n"
                            "unknown,1,1\nx,1,1\n";
static const char words[] = "id,n\na,10\nc,30\nd,40\ne,50\nb,20\n";

static int setup(void **state)
{
    char *folder = xstrdup("/tmp/mien-test.XXXXXX");
    struct error err;

    if (!mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    *state = folder;
    return atomic_write("corpus.csv", corpus, strlen(corpus), &err) &&
                   atomic_write("voice.csv", voice, strlen(voice), &err) &&
                   atomic_write("words.csv", words, strlen(words), &err)
               ? 0
               : -1;
}

static int teardown(void **state)
{
    unlink("corpus.csv");
    unlink("voice.csv");
    unlink("words.csv");
    rmdir(*state);
    free(*state);
    return 0;
}

static struct design *read_with(const char *features, const char *only,
                                enum learner_task task, const char *target,
                                const char *normalize, struct error *err)
{
    struct text_list tables = { 0 };
    struct text_list filter = { 0 };
    struct design_settings settings = { .corpus = "corpus.csv",
                                        .features = &tables,
                                        .only = &filter,
                                        .target = target,
                                        .group = "speaker",
                                        .task = task,
                                        .neutral = "glad" };
    struct design *design;

    text_list_split(&tables, features, ' ');
    if (only)
        text_list_add(&filter, only);
    assert_true(normalize_parse(normalize, &settings.normalize, err));
    design = design_read(&settings, true, err);
    text_list_release(&tables);
    text_list_release(&filter);
    return design;
}

/*
 * b has no target, e no value in voice, x no row in words; c misses one cell.
 * What stays is d, c, a: in the order of the corpus table.
 */
static void losses_are_counted_where_they_happen(void **state)
{
    struct error err;
    struct design *design =
        read_with("voice.csv text=words.csv", NULL, LEARNER_CLASSIFY, "emotion",
                  "global", &err);

    (void)state;
    assert_non_null(design);
    assert_int_equal(design->asked, 6);
    assert_int_equal(design->without_target, 1);
    assert_int_equal(design->absent, 2);
    assert_int_equal(design->count, 3);
    assert_string_equal(design_id(design, 0), "d");
    assert_string_equal(design_id(design, 2), "a");
    assert_int_equal(design->missing, 1);
    assert_int_equal(design->features.columns, 3);
    assert_true(isnan(matrix_row(&design->features, 1)[0]));
    assert_true(matrix_row(&design->features, 1)[1] == 6);
    assert_true(matrix_row(&design->features, 1)[2] == 30);
    assert_string_equal(design->names.item[0], "voice:f0");
    assert_string_equal(design->names.item[2], "text:n");
    assert_int_equal(design->modality[0].absent, 1);
    assert_int_equal(design->modality[0].foreign, 1);
    assert_int_equal(design->modality[1].absent, 1);
    assert_int_equal(design->modality[1].foreign, 0);
    assert_string_equal(design->classes.item[0], "glad");
    assert_int_equal(design->class_of[1], 1);
    assert_int_equal(design->groups.count, 2);
    design_free(design);
}

static void only_leaves_rows_out_without_calling_them_unknown(void **state)
{
    struct error err;
    struct design *design = read_with(
        "voice.csv", "speaker=s1", LEARNER_CLASSIFY, "emotion", "global", &err);

    (void)state;
    assert_non_null(design);
    assert_int_equal(design->asked, 3);
    assert_int_equal(design->count, 2);
    assert_int_equal(design->modality[0].foreign, 1);
    design_free(design);
}

static void a_numeric_target_gives_values(void **state)
{
    struct error err;
    struct design *design =
        read_with("words.csv", NULL, LEARNER_REGRESS, "valence", "none", &err);

    (void)state;
    assert_non_null(design);
    assert_null(design->class_of);
    assert_int_equal(design->count, 5);
    assert_true(design->value[1] == 2.5);
    design_free(design);
}

/* With a column `enrol`, only items that it names are taken, K at most. */
static void named_items_are_enrolled(void **state)
{
    struct error err;
    struct design *design = read_with("words.csv", NULL, LEARNER_REGRESS,
                                      "valence", "enrol:1", &err);

    (void)state;
    assert_non_null(design); /* e d c b a */
    assert_int_equal(design->enrolled_count, 2);
    assert_true(design->enrolled[1]);
    assert_true(design->enrolled[2]);
    assert_false(design->enrolled[4]);
    design_free(design);
    design = read_with("words.csv", NULL, LEARNER_CLASSIFY, "emotion",
                       "neutral-enrol:5", &err);
    assert_non_null(design); /* e d c a: d and a are glad */
    assert_int_equal(design->enrolled_count, 2);
    assert_true(design->enrolled[1]);
    assert_true(design->enrolled[3]);
    design_free(design);
}

static void words_are_no_numbers_and_numbers_no_words(void **state)
{
    struct error err;

    (void)state;
    assert_null(
        read_with("voice.csv", NULL, LEARNER_REGRESS, "emotion", "none", &err));
    assert_non_null(strstr(err.text, "corpus.csv:3: column \"emotion\" is "
                                     "\"glad\""));
    assert_null(read_with("voice.csv", NULL, LEARNER_CLASSIFY, "valence",
                          "none", &err));
    assert_non_null(strstr(err.text, "--task classify"));
}

static void a_name_may_stand_before_the_file(void **state)
{
    static const char *const cases[][3] = {
        { "text=a/b.csv", "text", "a/b.csv" },
        { "a/b.c.csv", "b.c", "a/b.c.csv" },
        { "./k=1/f.csv", "f", "./k=1/f.csv" },
        { "=f.csv", "=f", "=f.csv" },
    };

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        char *name, *path;

        design_split_name(cases[i][0], &name, &path);
        assert_string_equal(name, cases[i][1]);
        assert_string_equal(path, cases[i][2]);
        free(name);
        free(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(losses_are_counted_where_they_happen),
        cmocka_unit_test(only_leaves_rows_out_without_calling_them_unknown),
        cmocka_unit_test(a_numeric_target_gives_values),
        cmocka_unit_test(named_items_are_enrolled),
        cmocka_unit_test(words_are_no_numbers_and_numbers_no_words),
        cmocka_unit_test(a_name_may_stand_before_the_file),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
