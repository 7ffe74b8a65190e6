/*
 * test_timeline - the axis of time that the panes share.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/app/timeline.h"

enum { SECOND = 1000000, WIDTH = 78 };
static const int64_t eight_hours = INT64_C(8) * 3600 * SECOND;

/* An item of ten seconds that begins at 2 s of its medium. */
static struct timeline ten_seconds(void)
{
    struct timeline timeline = { 0 };

    timeline_resize(&timeline, WIDTH);
    timeline_reset(&timeline, 2 * SECOND, 12 * SECOND);
    return timeline;
}

static void the_window_is_in_the_item(const struct timeline *timeline)
{
    assert_true(timeline->left_us >= timeline->from_us);
    assert_true(timeline->right_us <= timeline->to_us);
    assert_true(timeline->right_us > timeline->left_us);
}

static void all_of_a_new_item_is_in_the_window(void **state)
{
    struct timeline timeline = ten_seconds();

    (void)state;
    assert_false(timeline_zoomed(&timeline));
    assert_int_equal(timeline_column(&timeline, 2 * SECOND), 0);
    assert_int_equal(timeline_column(&timeline, 7 * SECOND), WIDTH / 2);
    assert_int_equal(timeline_column(&timeline, 12 * SECOND), WIDTH - 1);
    assert_int_equal(timeline_column(&timeline, 2 * SECOND - 1), -1);
    assert_int_equal(timeline_time(&timeline, 0), 2 * SECOND);
    assert_int_equal(timeline_time(&timeline, WIDTH), 12 * SECOND);
    assert_int_equal(timeline_time_at(&timeline, 0.25), 4500000);
}

static void every_column_begins_where_the_one_before_ends(void **state)
{
    struct timeline timeline = ten_seconds();

    (void)state;
    timeline_zoom(&timeline, 0.03, 7 * SECOND);
    for (int i = 0; i < WIDTH; i++) {
        int64_t from = timeline_time(&timeline, i);
        int64_t to = timeline_time(&timeline, i + 1);

        assert_true(to > from);
        assert_int_equal(timeline_column(&timeline, (from + to) / 2), i);
    }
}

static void zooming_keeps_the_anchor_where_it_is(void **state)
{
    struct timeline timeline = ten_seconds();
    int64_t anchor = 5 * SECOND;
    int column = timeline_column(&timeline, anchor);

    (void)state;
    for (int i = 0; i < 6; i++) {
        timeline_zoom(&timeline, 0.5, anchor);
        the_window_is_in_the_item(&timeline);
        assert_in_range(timeline_column(&timeline, anchor), column - 1,
                        column + 1);
    }
    assert_int_equal(timeline.right_us - timeline.left_us, 10 * SECOND / 64);
    for (int i = 0; i < 6; i++)
        timeline_zoom(&timeline, 2, anchor);
    assert_false(timeline_zoomed(&timeline));
}

static void eight_hours_can_be_seen_down_to_single_samples(void **state)
{
    struct timeline timeline = { 0 };
    int64_t anchor = eight_hours / 3;

    (void)state;
    timeline_resize(&timeline, WIDTH);
    timeline_reset(&timeline, 0, eight_hours);
    for (int i = 0; i < 60; i++) {
        timeline_zoom(&timeline, 0.5, anchor);
        the_window_is_in_the_item(&timeline);
        assert_true(timeline_shows(&timeline, anchor));
    }
    /* A sample at 48 kHz is 20.8 microseconds: two columns and more. */
    assert_int_equal(timeline.right_us - timeline.left_us,
                     WIDTH * TIMELINE_CELL_US);
}

static void an_item_shorter_than_the_closest_window_is_shown_whole(void **state)
{
    struct timeline timeline = { 0 };

    (void)state;
    timeline_resize(&timeline, WIDTH);
    timeline_reset(&timeline, 5, 105);
    timeline_zoom(&timeline, 0.5, 50);
    assert_int_equal(timeline.left_us, 5);
    assert_int_equal(timeline.right_us, 105);
    timeline_scroll(&timeline, 0.5);
    assert_int_equal(timeline.left_us, 5);
}

static void scrolling_stops_at_the_ends_of_the_item(void **state)
{
    struct timeline timeline = ten_seconds();

    (void)state;
    timeline_zoom_to(&timeline, 6 * SECOND, 7 * SECOND);
    assert_int_equal(timeline.left_us, 5900000);
    assert_int_equal(timeline.right_us, 7100000);
    timeline_scroll(&timeline, 0.5);
    assert_int_equal(timeline.left_us, 6500000);
    for (int i = 0; i < 50; i++)
        timeline_scroll(&timeline, 0.5);
    assert_int_equal(timeline.right_us, 12 * SECOND);
    assert_int_equal(timeline.left_us, 12 * SECOND - 1200000);
    for (int i = 0; i < 50; i++)
        timeline_scroll(&timeline, -0.5);
    assert_int_equal(timeline.left_us, 2 * SECOND);
}

static void pages_turn_when_the_playhead_comes_to_their_end(void **state)
{
    struct timeline timeline = ten_seconds();

    (void)state;
    timeline_zoom_to(&timeline, 3 * SECOND, 4 * SECOND);
    timeline_follow(&timeline, 3500000, 4000000);
    assert_int_equal(timeline.left_us, 2900000);
    timeline_follow(&timeline, 4090000, 4100000);
    assert_int_equal(timeline.left_us, 4100000);
}

static void a_smooth_window_has_the_playhead_in_its_middle(void **state)
{
    struct timeline timeline = ten_seconds();

    (void)state;
    timeline.follow = FOLLOW_SMOOTH;
    timeline_zoom_to(&timeline, 3 * SECOND, 4 * SECOND);
    timeline_follow(&timeline, 3500000, 3700000);
    assert_int_equal((timeline.left_us + timeline.right_us) / 2, 3700000);
}

static void who_scrolled_away_is_not_pulled_back(void **state)
{
    struct timeline timeline = ten_seconds();

    (void)state;
    for (int i = 0; i < FOLLOW_COUNT; i++) {
        timeline.follow = (enum timeline_follow)i;
        timeline_zoom_to(&timeline, 3 * SECOND, 4 * SECOND);
        timeline_follow(&timeline, 8 * SECOND, 8033000);
        assert_int_equal(timeline.left_us, 2900000);
    }
}

static void a_selection_has_its_ends_in_order_and_in_the_item(void **state)
{
    struct timeline timeline = ten_seconds();
    int64_t from_us, to_us;

    (void)state;
    assert_false(timeline_selection(&timeline, &from_us, &to_us));
    timeline_select_from(&timeline, 5 * SECOND);
    assert_false(timeline_selection(&timeline, &from_us, &to_us));
    timeline_select_to(&timeline, 6 * SECOND);
    assert_true(timeline_selection(&timeline, &from_us, &to_us));
    assert_int_equal(from_us, 5 * SECOND);
    assert_int_equal(to_us, 6 * SECOND);
    timeline_select_from(&timeline, 8 * SECOND); /* behind its end */
    assert_false(timeline_selection(&timeline, &from_us, &to_us));
    timeline_select(&timeline, 20 * SECOND, 0);
    assert_true(timeline_selection(&timeline, &from_us, &to_us));
    assert_int_equal(from_us, 2 * SECOND);
    assert_int_equal(to_us, 12 * SECOND);
    timeline_select(&timeline, 3 * SECOND, 3 * SECOND);
    assert_false(timeline_selection(&timeline, &from_us, &to_us) &&
                 from_us == to_us);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_a_new_item_is_in_the_window),
        cmocka_unit_test(every_column_begins_where_the_one_before_ends),
        cmocka_unit_test(zooming_keeps_the_anchor_where_it_is),
        cmocka_unit_test(eight_hours_can_be_seen_down_to_single_samples),
        cmocka_unit_test(
            an_item_shorter_than_the_closest_window_is_shown_whole),
        cmocka_unit_test(scrolling_stops_at_the_ends_of_the_item),
        cmocka_unit_test(pages_turn_when_the_playhead_comes_to_their_end),
        cmocka_unit_test(a_smooth_window_has_the_playhead_in_its_middle),
        cmocka_unit_test(who_scrolled_away_is_not_pulled_back),
        cmocka_unit_test(a_selection_has_its_ends_in_order_and_in_the_item),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
