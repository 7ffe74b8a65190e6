/*
 * The matrix of ratings: order, reserved answers, repeats, parts of it.
 */
#include <config.h>

#include "common/stat/ratings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void add(struct ratings_builder *b, const char *item, const char *rater,
                const char *value)
{
    uint32_t i = ratings_builder_item(b, item);

    assert_true(
        ratings_builder_add(b, i, ratings_builder_rater(b, rater), value));
}

static struct ratings *example(void)
{
    struct ratings_builder *b = ratings_builder_new(NULL);

    add(b, "b", "anna", "10");
    add(b, "a", "anna", "9.0");
    add(b, "b", "ben", "@cannot_tell");
    add(b, "b", "carl", "9");
    add(b, "c", "carl", "");
    add(b, "b", "anna", "9");
    return ratings_builder_finish(b);
}

static void numbers_are_categories_upwards_and_equal_ones_one(void **state)
{
    struct ratings *r = example();

    (void)state;
    assert_int_equal(r->categories.count, 2);
    assert_string_equal(r->categories.item[0], "9");
    assert_string_equal(r->categories.item[1], "10");
    assert_true(r->value[0] == 9 && r->value[1] == 10);
    assert_true(r->ordered);
    assert_int_equal(ratings_count(r), 4);
    assert_int_equal(ratings_of(r, 0), 3); /* of b */
    assert_int_equal(r->rating[0].code, 1);
    assert_int_equal(r->rating[1].rater, 2);
    ratings_free(r);
}

static void items_without_ratings_are_known(void **state)
{
    struct ratings *r = example();

    (void)state;
    assert_int_equal(r->items.count, 3);
    assert_string_equal(r->items.item[2], "c");
    assert_int_equal(ratings_of(r, 2), 0);
    ratings_free(r);
}

static void reserved_answers_are_kept_apart(void **state)
{
    struct ratings *r = example();

    (void)state;
    assert_int_equal(r->reserved_names.count, 1);
    assert_string_equal(r->reserved_names.item[0], "@cannot_tell");
    assert_int_equal(r->reserved_start[1], 1);
    assert_int_equal(r->reserved_start[3], 1);
    assert_int_equal(r->reserved[0].rater, 1);
    ratings_free(r);
}

static void a_repeat_is_kept_until_it_is_asked_away(void **state)
{
    struct ratings *r = example();
    size_t dropped;
    struct ratings *first = ratings_single(r, RATINGS_FIRST, &dropped);
    struct ratings *last = ratings_single(r, RATINGS_LAST, NULL);

    (void)state;
    assert_int_equal(dropped, 1);
    assert_int_equal(ratings_of(first, 0), 2);
    assert_int_equal(first->rating[0].code, 1); /* anna's 10 */
    assert_int_equal(ratings_of(last, 0), 2);
    assert_int_equal(last->rating[1].code, 0); /* anna's 9 */
    assert_int_equal(last->reserved_start[3], 1);
    ratings_free(r);
    ratings_free(first);
    ratings_free(last);
}

static void a_part_keeps_the_numbers_of_raters(void **state)
{
    struct ratings *r = example();
    const bool item[] = { true, false, true };
    const bool rater[] = { true, true, false };
    struct ratings *part = ratings_subset(r, item, rater);

    (void)state;
    assert_int_equal(part->items.count, 2);
    assert_string_equal(part->items.item[1], "c");
    assert_int_equal(ratings_count(part), 2); /* anna's two of b */
    assert_int_equal(part->raters.count, 3);
    assert_int_equal(part->reserved_start[2], 1);
    ratings_free(part);
    ratings_free(r);
}

static void declared_categories_keep_their_order_and_refuse_others(void **state)
{
    struct text_list declared = { 0 };
    struct ratings_builder *b;
    struct ratings *r;
    uint32_t item, rater;

    (void)state;
    text_list_split(&declared, "low,mid,high", ',');
    b = ratings_builder_new(&declared);
    item = ratings_builder_item(b, "a");
    rater = ratings_builder_rater(b, "anna");
    assert_true(ratings_builder_add(b, item, rater, "high"));
    assert_false(ratings_builder_add(b, item, rater, "hihg"));
    r = ratings_builder_finish(b);
    assert_int_equal(r->categories.count, 3);
    assert_int_equal(r->rating[0].code, 2);
    assert_true(r->ordered);
    assert_null(r->value);
    ratings_free(r);
    text_list_release(&declared);
}

static void votes_are_ratings_by_nobody(void **state)
{
    struct ratings_builder *b = ratings_builder_new(NULL);
    uint32_t item = ratings_builder_item(b, "clip");
    struct ratings *r;

    (void)state;
    assert_true(ratings_builder_add_votes(b, item, "joy", 3));
    assert_true(ratings_builder_add_votes(b, item, "fear", 0));
    r = ratings_builder_finish(b);
    assert_true(r->anonymous);
    assert_int_equal(r->categories.count, 2); /* fear too */
    assert_int_equal(ratings_count(r), 3);
    assert_int_equal(r->rating[0].rater, RATINGS_NOBODY);
    assert_int_equal(r->rating[2].code, 1);
    assert_null(r->value);
    assert_false(r->ordered);
    ratings_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_categories_upwards_and_equal_ones_one),
        cmocka_unit_test(items_without_ratings_are_known),
        cmocka_unit_test(reserved_answers_are_kept_apart),
        cmocka_unit_test(a_repeat_is_kept_until_it_is_asked_away),
        cmocka_unit_test(a_part_keeps_the_numbers_of_raters),
        cmocka_unit_test(
            declared_categories_keep_their_order_and_refuse_others),
        cmocka_unit_test(votes_are_ratings_by_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
