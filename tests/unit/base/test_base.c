/* base - errors, arenas, buffers, paths, text, UTF-8, chance, pool. */
#include <config.h>

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/error.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/pool.h"
#include "common/base/rng.h"
#include "common/base/text.h"
#include "common/base/utf8.h"

static void context_is_put_before_an_error(void **state)
{
    struct error err = { 0 };

    (void)state;
    assert_false(error_set(&err, ERROR_INPUT, "must be %d", 3));
    error_prefix(&err, "%s", "a.json");
    error_append(&err, "; mend it");
    assert_string_equal(err.text, "a.json: must be 3; mend it");
    assert_int_equal(error_exit_status(err.code), 3);
}

static void a_long_error_is_cut_not_overrun(void **state)
{
    struct error err = { 0 };
    char *long_text = xmalloc(2000);

    (void)state;
    memset(long_text, 'x', 1999);
    long_text[1999] = '\0';
    error_set(&err, ERROR_IO, "%s", long_text);
    error_prefix(&err, "file");
    assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
    free(long_text);
}

static void an_arena_gives_zeroed_blocks_of_any_size(void **state)
{
    struct arena arena = { 0 };
    char *big;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        char *text = arena_printf(&arena, "%d", i);

        assert_int_equal(atoi(text), i);
    }
    big = arena_alloc(&arena, 100000);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(big[i], 0);
    arena_release(&arena);
    assert_null(arena.chunks);
}

static void joined(const char *folder, const char *name, const char *wanted)
{
    char *path = path_join(folder, name);

    assert_string_equal(path, wanted);
    free(path);
}

static void relative(const char *folder, const char *path, const char *wanted)
{
    char *got = path_relative(folder, path);

    assert_string_equal(got, wanted);
    free(got);
}

static void paths_are_joined_and_made_relative(void **state)
{
    char *cut = path_without_extension("a.b/c.tar.gz");
    char *absolute = path_absolute("/a/./b/../c//d/..");

    (void)state;
    joined("a", "b/c", "a/b/c");
    joined("a/", "b", "a/b");
    joined("a", "/b", "/b");
    relative("/x/y", "/x/y/z.wav", "z.wav");
    relative("/x/y", "/x/w/z.wav", "../w/z.wav");
    relative("/x/y/", "/v/z", "../../v/z");
    relative("/", "/v/z", "v/z");
    assert_string_equal(cut, "a.b/c.tar");
    assert_string_equal(absolute, "/a/c");
    assert_string_equal(path_extension(".hidden"), "");
    assert_string_equal(path_name("a/b.c"), "b.c");
    free(cut);
    free(absolute);
}

static void the_nearest_name_is_found(void **state)
{
    static const char *const names[] = { "corpus", "extract", "score", NULL };

    (void)state;
    assert_string_equal(text_nearest("socre", names), "score");
    assert_string_equal(text_nearest("ext", names), "extract");
    assert_null(text_nearest("zebra", names));
}

static void utf8_is_decoded_strictly_and_clipped_by_cells(void **state)
{
    static const char overlong[] = "\xc0\xaf", surrogate[] = "\xed\xa0\x80";
    size_t bad = 0;
    uint32_t code;
    char out[4];

    (void)state;
    assert_int_equal(utf8_decode("\xe2\x82\xac", &code), 3);
    assert_int_equal(code, 0x20ac);
    assert_int_equal(utf8_encode(0x20ac, out), 3);
    assert_memory_equal(out, "\xe2\x82\xac", 3);
    assert_false(utf8_valid(overlong, 2, &bad));
    assert_false(utf8_valid(surrogate, 3, &bad));
    assert_false(utf8_valid("ab\xe2\x82", 4, &bad));
    assert_int_equal(bad, 2);
    assert_true(utf8_valid("gr\xc3\xbc\xc3\x9f", 6, &bad));
    /* Two cells each: U+65E5 U+672C. */
    assert_int_equal(utf8_width("\xe6\x97\xa5\xe6\x9c\xac"), 4);
    assert_int_equal(utf8_clip("\xe6\x97\xa5\xe6\x9c\xac", 3), 3);
    /* A combining acute takes no cell and stays with its letter. */
    assert_int_equal(utf8_clip("e\xcc\x81x", 1), 3);
}

static void words_are_found_whatever_their_capitals(void **state)
{
    (void)state;
    assert_true(utf8_holds("\xc3\x84rger und Freude", "\xc3\xa4rger"));
    assert_true(utf8_holds("joy", "JOY"));
    assert_true(utf8_holds("a giggle", "giggle"));
    assert_true(utf8_holds("", ""));
    assert_false(utf8_holds("joy", "joys"));
    assert_false(utf8_holds("", "joy"));
}

static void streams_of_chance_repeat_and_differ_by_name(void **state)
{
    struct rng *a = rng_new(1, "folds"), *b = rng_new(1, "folds");
    struct rng *c = rng_new(1, "bootstrap"), *d = rng_new(2, "folds");
    int same_name = 0, same_seed = 0;
    int seen[6] = { 0 };

    (void)state;
    for (int i = 0; i < 600; i++) {
        uint64_t value = rng_below(a, 1u << 30);

        assert_true(value == rng_below(b, 1u << 30));
        same_name += value == rng_below(c, 1u << 30);
        same_seed += value == rng_below(d, 1u << 30);
        seen[rng_below(c, 6)]++;
    }
    assert_int_equal(same_name + same_seed, 0);
    for (int i = 0; i < 6; i++)
        assert_in_range(seen[i], 60, 150); /* 100 expected, 9 sd wide */
    rng_free(a);
    rng_free(b);
    rng_free(c);
    rng_free(d);
}

static void a_shuffle_is_a_permutation(void **state)
{
    struct rng *rng = rng_new(3, "shuffle");
    size_t item[50];
    bool seen[50] = { false };

    (void)state;
    for (size_t i = 0; i < 50; i++)
        item[i] = i;
    rng_shuffle(rng, item, 50);
    for (size_t i = 0; i < 50; i++) {
        assert_false(seen[item[i]]);
        seen[item[i]] = true;
    }
    rng_free(rng);
}

struct squares {
    size_t value[1000];
    atomic_int calls;
};

static bool square(void *context, size_t index, struct error *err)
{
    struct squares *squares = context;

    atomic_fetch_add(&squares->calls, 1);
    if (index == 700)
        return error_set(err, ERROR_INPUT, "piece 700");
    squares->value[index] = index * index;
    return true;
}

static void the_pool_runs_every_piece_once(void **state)
{
    struct squares squares = { .calls = 0 };
    struct error err = { 0 };

    (void)state;
    assert_true(pool_run(4, 500, square, &squares, &err));
    assert_int_equal(squares.calls, 500);
    for (size_t i = 0; i < 500; i++)
        assert_true(squares.value[i] == i * i);
    assert_true(pool_run(4, 0, square, &squares, &err));
    assert_false(pool_run(4, 1000, square, &squares, &err));
    assert_string_equal(err.text, "piece 700");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(context_is_put_before_an_error),
        cmocka_unit_test(a_long_error_is_cut_not_overrun),
        cmocka_unit_test(an_arena_gives_zeroed_blocks_of_any_size),
        cmocka_unit_test(paths_are_joined_and_made_relative),
        cmocka_unit_test(the_nearest_name_is_found),
        cmocka_unit_test(utf8_is_decoded_strictly_and_clipped_by_cells),
        cmocka_unit_test(words_are_found_whatever_their_capitals),
        cmocka_unit_test(streams_of_chance_repeat_and_differ_by_name),
        cmocka_unit_test(a_shuffle_is_a_permutation),
        cmocka_unit_test(the_pool_runs_every_piece_once),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
