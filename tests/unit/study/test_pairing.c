/* pairing - balance and connection, for many seeds. */
#include <config.h>

#include "common/study/pairing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"

enum { SEEDS = 40, MAX = 60 };

/* The fewest and the most partners, and that no pair is there twice. */
static void count(const struct pairing *pairing, size_t items, size_t *least,
                  size_t *most)
{
    size_t degree[MAX] = { 0 };
    bool met[MAX][MAX] = { { false } };

    for (size_t i = 0; i < pairing->count; i++) {
        struct pairing_pair it = pairing->item[i];

        assert_true(it.first < it.second && it.second < items);
        assert_false(met[it.first][it.second]);
        met[it.first][it.second] = true;
        degree[it.first]++;
        degree[it.second]++;
    }
    *least = *most = degree[0];
    for (size_t i = 1; i < items; i++) {
        *least = degree[i] < *least ? degree[i] : *least;
        *most = degree[i] > *most ? degree[i] : *most;
    }
}

static void each_item_is_compared_as_often_and_all_hang_together(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        for (size_t items = 2; items <= MAX; items += 7)
            for (size_t partners = 2; partners <= 6; partners++) {
                struct rng *rng = rng_new(seed, "pairs");
                struct pairing_settings settings = { .items = items,
                                                     .partners = partners };
                size_t wanted = partners < items ? partners : items - 1;
                struct pairing pairing = { 0 };
                size_t least, most;

                pairing_extend(&settings, rng, &pairing);
                count(&pairing, items, &least, &most);
                assert_int_equal(least, wanted);
                assert_true(most <= wanted + 1);
                assert_int_equal(pairing_parts(&settings, &pairing), 1);
                pairing_release(&pairing);
                rng_free(rng);
            }
}

/* A chain of n items has n - 1 links: fewer cannot hold them together. */
static void one_partner_is_as_many_as_a_chain_needs(void **state)
{
    struct pairing_settings settings = { .items = 20, .partners = 1 };
    struct rng *rng = rng_new(1, "pairs");
    struct pairing pairing = { 0 };

    (void)state;
    pairing_extend(&settings, rng, &pairing);
    assert_int_equal(pairing.count, 19);
    assert_int_equal(pairing_parts(&settings, &pairing), 1);
    pairing_release(&pairing);
    rng_free(rng);
}

static void what_comes_later_is_joined_to_what_was_there(void **state)
{
    struct pairing_settings settings = { .items = 10, .partners = 3 };
    struct rng *rng = rng_new(3, "pairs");
    struct pairing pairing = { 0 };
    struct pairing_pair kept[30];
    size_t before, least, most;

    (void)state;
    pairing_extend(&settings, rng, &pairing);
    before = pairing.count;
    memcpy(kept, pairing.item, before * sizeof(*kept));
    settings.items = 14;
    pairing_extend(&settings, rng, &pairing);
    count(&pairing, 14, &least, &most);
    assert_int_equal(least, 3);
    assert_true(most <= 5);
    assert_memory_equal(pairing.item, kept, before * sizeof(*kept));
    assert_int_equal(pairing_parts(&settings, &pairing), 1);
    before = pairing.count;
    pairing_extend(&settings, rng, &pairing);
    assert_int_equal(pairing.count, before); /* nothing is left to do */
    pairing_release(&pairing);
    rng_free(rng);
}

static void groups_are_not_mixed(void **state)
{
    static const size_t group[9] = { 0, 1, 0, 1, 2, 0, 1, 0, 1 };
    struct pairing_settings settings = { .items = 9,
                                         .group = group,
                                         .partners = 2 };
    struct rng *rng = rng_new(1, "pairs");
    struct pairing pairing = { 0 };

    (void)state;
    pairing_extend(&settings, rng, &pairing);
    assert_int_equal(pairing.count, 8); /* two rings of four; one is alone */
    for (size_t i = 0; i < pairing.count; i++)
        assert_int_equal(group[pairing.item[i].first],
                         group[pairing.item[i].second]);
    assert_int_equal(pairing_parts(&settings, &pairing), 1);
    pairing.count = 1; /* one pair holds no group of four together */
    assert_int_equal(pairing_parts(&settings, &pairing), 4);
    pairing_release(&pairing);
    rng_free(rng);
}

static void the_place_makes_up_for_what_was(void **state)
{
    struct rng *rng = rng_new(1, "pairs");
    int swapped = 0;

    (void)state;
    assert_true(pairing_swaps(1, -9, 9, rng));   /* the pair comes first */
    assert_false(pairing_swaps(-1, 9, -9, rng)); /* then its items */
    assert_true(pairing_swaps(0, 2, 1, rng));
    assert_false(pairing_swaps(0, -2, 1, rng));
    for (int i = 0; i < 200; i++)
        swapped += pairing_swaps(0, 0, 0, rng);
    assert_true(swapped > 70 && swapped < 130);
    rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_item_is_compared_as_often_and_all_hang_together),
        cmocka_unit_test(one_partner_is_as_many_as_a_chain_needs),
        cmocka_unit_test(what_comes_later_is_joined_to_what_was_there),
        cmocka_unit_test(groups_are_not_mixed),
        cmocka_unit_test(the_place_makes_up_for_what_was),
    };

    return cmocka_run_group_tests_name("pairing", tests, NULL, NULL);
}
