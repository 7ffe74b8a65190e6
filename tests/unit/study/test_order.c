/* order - doublets, distances, balance: for many seeds, not for one. */
#include <config.h>

#include "common/study/order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"

enum { SEEDS = 50, MAX = 400 };

static void each_permutation_is_whole_and_no_two_touch(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct rng *rng = rng_new(seed, "order");
        size_t out[5 * 4];

        order_permute(rng, 5, 4, out);
        for (size_t block = 0; block < 4; block++) {
            bool seen[5] = { false };

            for (size_t i = 0; i < 5; i++)
                seen[out[block * 5 + i]] = true;
            for (size_t i = 0; i < 5; i++)
                assert_true(seen[i]);
        }
        for (size_t i = 1; i < 20; i++)
            assert_int_not_equal(out[i], out[i - 1]);
        rng_free(rng);
    }
}

/* Each item once, each repeat after its item, at the distance. */
static void check_entries(const struct order_entry *entry, size_t filled,
                          size_t count, size_t distance)
{
    size_t place[MAX];
    size_t once = 0;

    for (size_t i = 0; i < MAX; i++)
        place[i] = MAX;
    for (size_t i = 0; i < filled; i++) {
        size_t item = entry[i].item;

        assert_true(item < count);
        if (entry[i].repeat) {
            assert_int_not_equal(place[item], MAX);
            assert_true(i - place[item] >= distance);
        } else {
            assert_int_equal(place[item], MAX);
            place[item] = i;
            once++;
        }
    }
    assert_int_equal(once, count);
}

static void a_random_order_has_no_doublets_and_hides_repeats(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct rng *rng = rng_new(seed, "order");
        struct order_settings settings = { .kind = ORDER_RANDOM,
                                           .repeats = 20,
                                           .distance = 30 };
        struct order_item item[200] = { { 0 } };
        struct order_entry entry[220];
        size_t filled;

        for (size_t i = 0; i < 200; i++)
            item[i].medium = i / 10; /* 20 media with ten segments each */
        filled = order_make(item, 200, &settings, rng, entry);
        assert_int_equal(filled, 220);
        assert_int_equal(order_doublets(item, entry, filled), 0);
        check_entries(entry, filled, 200, 30);
        rng_free(rng);
    }
}

/* Of 11 items 6 are of one medium: they must stand at every second place. */
static void a_crowded_medium_is_spread_as_far_as_it_can_be(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct rng *rng = rng_new(seed, "order");
        struct order_settings settings = { .kind = ORDER_RANDOM };
        struct order_item item[12] = { { 0 } };
        struct order_entry entry[12];

        for (size_t i = 6; i < 12; i++)
            item[i].medium = i;
        order_make(item, 11, &settings, rng, entry);
        assert_int_equal(order_doublets(item, entry, 11), 0);
        /* Seven of eleven: two doublets cannot be avoided, no more come. */
        item[6].medium = 0;
        order_make(item, 11, &settings, rng, entry);
        assert_int_equal(order_doublets(item, entry, 11), 2);
        rng_free(rng);
    }
}

/* Each of 20 things is compared with its four neighbours on a circle. */
static void pairs_with_something_in_common_are_no_neighbours(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct rng *rng = rng_new(seed, "order");
        struct order_settings settings = { .kind = ORDER_RANDOM,
                                           .repeats = 4,
                                           .distance = 10 };
        struct order_item item[40] = { { 0 } };
        struct order_entry entry[44];
        size_t filled, blocks;

        for (size_t i = 0; i < 40; i++)
            item[i] = (struct order_item){
                .medium = i,
                .pair = true,
                .side = { i / 2, (i / 2 + 1 + i % 2) % 20 },
            };
        for (blocks = 1; blocks <= 2; blocks++) {
            for (size_t i = 0; i < 40; i++)
                item[i].block = blocks > 1 ? i / 20 : 0;
            filled = order_make(item, 40, &settings, rng, entry);
            assert_int_equal(filled, 44);
            check_entries(entry, filled, 40, 10);
            for (size_t i = 1; i < 40; i++)
                assert_false(order_share(&item[entry[i - 1].item],
                                         &item[entry[i].item]));
            settings.kind = ORDER_BLOCKED;
        }
        rng_free(rng);
    }
}

/* All of three things are in two of three pairs: it ends, and nothing is lost.
 */
static void pairs_that_cannot_be_parted_stay(void **state)
{
    struct rng *rng = rng_new(1, "order");
    struct order_settings settings = { .kind = ORDER_RANDOM,
                                       .repeats = 1,
                                       .distance = 2 };
    struct order_item item[3];
    struct order_entry entry[4];

    (void)state;
    for (size_t i = 0; i < 3; i++)
        item[i] = (struct order_item){ .medium = i,
                                       .pair = true,
                                       .side = { i, (i + 1) % 3 } };
    assert_int_equal(order_make(item, 3, &settings, rng, entry), 4);
    check_entries(entry, 4, 3, 2);
    rng_free(rng);
}

static void repeats_that_find_no_place_are_left_out(void **state)
{
    struct rng *rng = rng_new(1, "order");
    struct order_settings settings = { .kind = ORDER_RANDOM,
                                       .repeats = 4,
                                       .distance = 9 };
    struct order_item item[10];
    struct order_entry entry[14];
    size_t filled;

    (void)state;
    for (size_t i = 0; i < 10; i++)
        item[i] = (struct order_item){ .medium = i };
    filled = order_make(item, 10, &settings, rng, entry);
    assert_int_equal(filled, 12); /* of the first two only */
    check_entries(entry, filled, 10, 9);
    rng_free(rng);
}

static void a_contextual_order_keeps_what_follows_what(void **state)
{
    struct rng *rng = rng_new(3, "order");
    struct order_settings settings = { .kind = ORDER_CONTEXTUAL,
                                       .repeats = 2,
                                       .distance = 5 };
    struct order_item item[12];
    struct order_entry entry[14];
    size_t changes = 0;

    (void)state;
    for (size_t i = 0; i < 12; i++)
        item[i] =
            (struct order_item){ .medium = i % 3, .place = 12.0 - (double)i };
    assert_int_equal(order_make(item, 12, &settings, rng, entry), 14);
    for (size_t i = 1; i < 12; i++) {
        const struct order_item *a = &item[entry[i - 1].item];
        const struct order_item *b = &item[entry[i].item];

        changes += a->medium != b->medium;
        if (a->medium == b->medium)
            assert_true(a->place < b->place);
    }
    assert_int_equal(changes, 2);
    assert_true(entry[12].repeat && entry[13].repeat);
    check_entries(entry, 14, 12, 5);
    rng_free(rng);
}

static void a_blocked_order_keeps_blocks_whole(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct rng *rng = rng_new(seed, "order");
        struct order_settings settings = { .kind = ORDER_BLOCKED };
        struct order_item item[40];
        struct order_entry entry[40];
        size_t changes = 0;

        for (size_t i = 0; i < 40; i++)
            item[i] = (struct order_item){ .medium = i % 7, .block = i % 4 };
        assert_int_equal(order_make(item, 40, &settings, rng, entry), 40);
        for (size_t i = 1; i < 40; i++)
            changes +=
                item[entry[i].item].block != item[entry[i - 1].item].block;
        assert_int_equal(changes, 3);
        assert_int_equal(order_doublets(item, entry, 40), 0);
        check_entries(entry, 40, 40, 0);
        rng_free(rng);
    }
}

static void repeats_hide_in_the_block_of_their_first_time(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct rng *rng = rng_new(seed, "order");
        struct order_settings settings = { .kind = ORDER_BLOCKED,
                                           .repeats = 8,
                                           .distance = 5 };
        struct order_item item[44];
        struct order_entry entry[52];
        size_t changes = 0;

        /* Four blocks of ten, and one in which no repeat finds a place. */
        for (size_t i = 0; i < 44; i++)
            item[i] = (struct order_item){ .medium = i, .block = i / 10 };
        assert_int_equal(order_make(item, 44, &settings, rng, entry), 52);
        check_entries(entry, 52, 44, 5);
        for (size_t i = 1; i < 52; i++)
            changes +=
                item[entry[i].item].block != item[entry[i - 1].item].block;
        assert_int_equal(changes, 4);
        rng_free(rng);
    }
}

/* Blocks of three: five places after the first time is the next block. */
static void repeats_of_short_blocks_stand_at_the_end(void **state)
{
    struct rng *rng = rng_new(3, "order");
    struct order_settings settings = { .kind = ORDER_BLOCKED,
                                       .repeats = 4,
                                       .distance = 5 };
    struct order_item item[30];
    struct order_entry entry[34];

    (void)state;
    for (size_t i = 0; i < 30; i++)
        item[i] = (struct order_item){ .medium = i, .block = i / 3 };
    assert_int_equal(order_make(item, 30, &settings, rng, entry), 34);
    check_entries(entry, 34, 30, 5);
    for (size_t i = 0; i < 34; i++)
        assert_int_equal(entry[i].repeat, i >= 30);
    rng_free(rng);
}

static void the_seed_decides(void **state)
{
    struct order_settings settings = { .kind = ORDER_RANDOM };
    struct order_item item[50];
    struct order_entry a[50], b[50], c[50];
    struct rng *rng[3] = { rng_new(7, "order"), rng_new(7, "order"),
                           rng_new(8, "order") };

    (void)state;
    for (size_t i = 0; i < 50; i++)
        item[i] = (struct order_item){ .medium = i };
    memset(a, 0, sizeof(a));
    memset(b, 0, sizeof(b));
    memset(c, 0, sizeof(c));
    order_make(item, 50, &settings, rng[0], a);
    order_make(item, 50, &settings, rng[1], b);
    order_make(item, 50, &settings, rng[2], c);
    for (size_t i = 0; i < 50; i++)
        assert_int_equal(a[i].item, b[i].item);
    assert_int_not_equal(memcmp(a, c, sizeof(a)), 0);
    for (size_t i = 0; i < 3; i++)
        rng_free(rng[i]);
}

static void loads_are_level_and_every_pair_meets(void **state)
{
    struct order_panel panel = { .items = 103, .annotators = 7, .per_item = 3 };

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct rng *rng = rng_new(seed, "assign");
        bool has[103 * 7] = { false };
        size_t load[7] = { 0 };
        size_t least = 1000, most = 0;
        struct error err;

        assert_true(order_assign(&panel, rng, has, load, &err));
        for (size_t i = 0; i < 103; i++) {
            size_t sum = 0;

            for (size_t a = 0; a < 7; a++)
                sum += has[i * 7 + a];
            assert_int_equal(sum, 3);
        }
        for (size_t a = 0; a < 7; a++) {
            least = load[a] < least ? load[a] : least;
            most = load[a] > most ? load[a] : most;
        }
        assert_true(most - least <= 1);
        /* 309 meetings of 21 pairs: 14.7 on average. */
        for (size_t a = 0; a < 7; a++) {
            for (size_t b = 0; b < a; b++) {
                size_t meetings = 0;

                for (size_t i = 0; i < 103; i++)
                    meetings += has[i * 7 + a] && has[i * 7 + b];
                assert_in_range(meetings, 8, 22);
            }
        }
        rng_free(rng);
    }
}

static void what_is_assigned_stays_and_newcomers_catch_up(void **state)
{
    struct order_panel panel = { .items = 4, .annotators = 3, .per_item = 2 };
    struct rng *rng = rng_new(1, "assign");
    /* Annotator 0 has all four items; 1 and 2 get two each. */
    bool has[12] = { true, false, false, true, false, false,
                     true, false, false, true, false, false };
    size_t load[3] = { 4, 0, 0 };
    struct error err;

    (void)state;
    assert_true(order_assign(&panel, rng, has, load, &err));
    assert_int_equal(load[0], 4);
    assert_int_equal(load[1], 2);
    assert_int_equal(load[2], 2);
    panel.per_item = 4;
    assert_false(order_assign(&panel, rng, has, load, &err));
    assert_non_null(strstr(err.text, "by 4 annotators, but there are 3"));
    rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_permutation_is_whole_and_no_two_touch),
        cmocka_unit_test(a_random_order_has_no_doublets_and_hides_repeats),
        cmocka_unit_test(a_crowded_medium_is_spread_as_far_as_it_can_be),
        cmocka_unit_test(pairs_with_something_in_common_are_no_neighbours),
        cmocka_unit_test(pairs_that_cannot_be_parted_stay),
        cmocka_unit_test(repeats_that_find_no_place_are_left_out),
        cmocka_unit_test(a_contextual_order_keeps_what_follows_what),
        cmocka_unit_test(a_blocked_order_keeps_blocks_whole),
        cmocka_unit_test(repeats_hide_in_the_block_of_their_first_time),
        cmocka_unit_test(repeats_of_short_blocks_stand_at_the_end),
        cmocka_unit_test(the_seed_decides),
        cmocka_unit_test(loads_are_level_and_every_pair_meets),
        cmocka_unit_test(what_is_assigned_stays_and_newcomers_catch_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
