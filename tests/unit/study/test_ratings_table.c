/*
 * Ratings read from long, wide and counts tables, and what is refused.
 */
#include <config.h>

#include "common/study/ratings_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char path[] = "/tmp/mien-ratings-XXXXXX";

static bool read_text(const char *text,
                      const struct ratings_table_options *options,
                      struct ratings_table *out, struct error *err)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return ratings_table_read(path, options, out, err);
}

static void an_export_is_read_by_question(void **state)
{
    struct text_list only = { 0 }, keep = { 0 };
    struct ratings_table_options options = { .only = &only, .keep = &keep };
    struct ratings_table table;
    struct error err;

    (void)state;
    text_list_add(&only, "question=emotion");
    text_list_add(&keep, "sex");
    assert_true(read_text("item,annotator,question,value,sex\n"
                          "x,anna,emotion,joy,f\n"
                          "x,anna,confidence,5,f\n"
                          "x,ben,emotion,@skipped,f\n"
                          "y,ben,emotion,fear,m\n",
                          &options, &table, &err));
    assert_int_equal(table.rows, 3);
    assert_int_equal(table.ratings->items.count, 2);
    assert_int_equal(ratings_count(table.ratings), 2);
    assert_int_equal(table.ratings->reserved_start[2], 1);
    assert_string_equal(table.ratings->raters.item[1], "ben");
    assert_int_equal(table.attributes, 1);
    assert_string_equal(
        table.attribute[0].values.item[table.attribute[0].code[1]], "m");
    ratings_table_release(&table);
    text_list_release(&only);
    text_list_release(&keep);
}

static void answers_to_different_questions_are_not_mixed(void **state)
{
    struct ratings_table_options options = { .layout = RATINGS_LONG };
    struct ratings_table table;
    struct error err;

    (void)state;
    assert_false(read_text("item,annotator,question,value\n"
                           "x,anna,emotion,joy\n"
                           "x,anna,confidence,5\n",
                           &options, &table, &err));
    assert_non_null(strstr(err.text, "--only question=..."));
    /* One question an item is something else. */
    assert_true(read_text("item,annotator,question,value\n"
                          "x,anna,who?,ann\n"
                          "y,anna,where?,here\n",
                          &options, &table, &err));
    assert_int_equal(table.attributes, 0);
    ratings_table_release(&table);
}

static void without_annotators_raters_are_anonymous(void **state)
{
    struct ratings_table_options options = { .value = "V" };
    struct ratings_table table;
    struct error err;

    (void)state;
    assert_true(read_text("id,V,A\nx,3,1\nx,4,1\n", &options, &table, &err));
    assert_true(table.ratings->anonymous);
    assert_int_equal(ratings_of(table.ratings, 0), 2);
    ratings_table_release(&table);
}

static void wide_columns_are_annotators(void **state)
{
    struct ratings_table_options options = { .layout = RATINGS_WIDE };
    struct ratings_table table;
    struct error err;

    (void)state;
    assert_true(read_text("anna,ben\n1,2\n,3\n", &options, &table, &err));
    assert_int_equal(table.ratings->raters.count, 2);
    assert_string_equal(table.ratings->items.item[1], "2");
    assert_int_equal(ratings_count(table.ratings), 3);
    assert_int_equal(table.ratings->rating[2].rater, 1);
    ratings_table_release(&table);
}

static void count_columns_are_categories_with_other_names(void **state)
{
    struct text_list columns = { 0 };
    struct ratings_table_options options = { .layout = RATINGS_COUNTS,
                                             .columns = &columns };
    struct ratings_table table;
    struct error err;

    (void)state;
    text_list_split(&columns, "V2=2,V1=1", ',');
    assert_true(
        read_text("id,V1,V2,A1\nx,2,1,9\ny,0,4,9\n", &options, &table, &err));
    assert_true(table.ratings->value[0] == 1);
    assert_int_equal(ratings_of(table.ratings, 0), 3);
    assert_int_equal(ratings_of(table.ratings, 1), 4);
    ratings_table_release(&table);
    text_list_release(&columns);
}

/* What `text` is refused for holds each of the words. */
static void assert_refused(const char *text,
                           const struct ratings_table_options *options,
                           const char *one, const char *other)
{
    struct ratings_table table;
    struct error err;

    assert_false(read_text(text, options, &table, &err));
    if (!strstr(err.text, one) || !strstr(err.text, other))
        fail_msg("%s", err.text);
}

static void faults_name_line_and_column(void **state)
{
    struct text_list keep = { 0 }, categories = { 0 }, only = { 0 };
    struct ratings_table_options options = { 0 };
    struct ratings_table_options counts = { .layout = RATINGS_COUNTS };
    struct ratings_table_options wide = { .layout = RATINGS_WIDE };

    (void)state;
    assert_refused("item,annotator\nx,anna\n", &options, "\"value\"",
                   "--value");
    assert_refused("item,annotator,value\nx,,joy\n", &options, ":2",
                   "expected the annotator's name");
    assert_refused("item,joy\nx,1.5\n", &counts, ":2", "whole number");
    assert_refused("item,joy\nx,-1\n", &counts, ":2", "whole number");
    assert_refused("item,anna\nx,1\nx,2\n", &wide, ":3", "had a row");
    text_list_add(&keep, "sex");
    options.keep = &keep;
    assert_refused("item,annotator,value,sex\nx,a,1,f\nx,b,1,m\n", &options,
                   ":3", "earlier row of the same item has \"f\"");
    options.keep = NULL;
    text_list_split(&categories, "joy,fear", ',');
    options.categories = &categories;
    assert_refused("item,annotator,value\nx,a,jyo\n", &options, ":2",
                   "declared categories");
    text_list_add(&only, "item=y");
    options.only = &only;
    assert_refused("item,annotator,value\nx,a,joy\n", &options, path,
                   "--only leaves no row");
    text_list_release(&keep);
    text_list_release(&categories);
    text_list_release(&only);
}

static int begin(void **state)
{
    int file = mkstemp(path);

    (void)state;
    if (file >= 0)
        close(file);
    return file < 0;
}

static int end(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_export_is_read_by_question),
        cmocka_unit_test(answers_to_different_questions_are_not_mixed),
        cmocka_unit_test(without_annotators_raters_are_anonymous),
        cmocka_unit_test(wide_columns_are_annotators),
        cmocka_unit_test(count_columns_are_categories_with_other_names),
        cmocka_unit_test(faults_name_line_and_column),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
