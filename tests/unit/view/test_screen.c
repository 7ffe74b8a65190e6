/*
 * test_screen - cells: clipping, wide characters, marks, dumps.
 */
#include <config.h>

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "annotate/view/screen.h"
#include "annotate/view/theme.h"

static int use_utf8(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

static void dumps_as(const struct screen *screen, const char *expected)
{
    struct buf out = { 0 };

    screen_dump(screen, &out);
    assert_string_equal(buf_text(&out), expected);
    buf_release(&out);
}

static void text_is_cut_at_the_edge(void **state)
{
    struct screen screen;

    (void)state;
    screen_init(&screen, 5, 2, false);
    assert_int_equal(screen_put(&screen, 2, 0, 99, ROLE_PLAIN, "abcdef"), 6);
    screen_put(&screen, -1, 1, 99, ROLE_PLAIN, "xyz");
    screen_put(&screen, 0, 2, 99, ROLE_PLAIN, "below");
    dumps_as(&screen, "  abc\nyz\n");
    screen_release(&screen);
}

static void a_wide_character_takes_two_cells_or_none(void **state)
{
    struct screen screen;

    (void)state;
    screen_init(&screen, 4, 3, false);
    assert_int_equal(screen_put(&screen, 0, 0, 3, ROLE_PLAIN, "\xE6\x84\x9B!?"),
                     3);
    assert_int_equal(screen_put(&screen, 0, 1, 1, ROLE_PLAIN, "\xE6\x84\x9B"),
                     0);
    screen_put(&screen, 3, 2, 9, ROLE_PLAIN, "\xE6\x84\x9B");
    dumps_as(&screen, "\xE6\x84\x9B!\n\n\n");
    screen_release(&screen);
}

static void half_of_a_wide_character_never_stays(void **state)
{
    struct screen screen;

    (void)state;
    screen_init(&screen, 4, 2, false);
    screen_put(&screen, 0, 0, 9, ROLE_PLAIN, "\xE6\x84\x9B\xE6\x84\x9B");
    screen_put(&screen, 1, 0, 9, ROLE_PLAIN, "x");
    screen_put(&screen, 0, 1, 9, ROLE_PLAIN, "\xE6\x84\x9B\xE6\x84\x9B");
    screen_put(&screen, 2, 1, 9, ROLE_PLAIN, "x");
    dumps_as(&screen, " x\xE6\x84\x9B\n\xE6\x84\x9Bx\n");
    screen_release(&screen);
}

static void combining_marks_stay_with_their_letter(void **state)
{
    struct screen screen;

    (void)state;
    screen_init(&screen, 3, 1, false);
    assert_int_equal(screen_put(&screen, 0, 0, 3, ROLE_PLAIN, "e\xCC\x81x"), 2);
    assert_int_equal(screen_cell(&screen, 0, 0)->mark[0], 0x301);
    dumps_as(&screen, "e\xCC\x81x\n");
    screen_release(&screen);
}

static void an_ascii_screen_holds_nothing_else(void **state)
{
    struct screen screen;

    (void)state;
    screen_init(&screen, 8, 1, true);
    screen_put(&screen, 0, 0, 8, ROLE_PLAIN, "\xC3\x84rger \xE6\x84\x9B");
    dumps_as(&screen, "?rger ??\n");
    screen_release(&screen);
}

static void control_characters_and_broken_bytes_do_no_harm(void **state)
{
    struct screen screen;

    (void)state;
    screen_init(&screen, 8, 1, false);
    screen_put(&screen, 0, 0, 8, ROLE_PLAIN, "a\x1b[2J\xFF");
    dumps_as(&screen, "a[2J\xEF\xBF\xBD\n");
    screen_release(&screen);
}

static void a_text_that_is_cut_says_so(void **state)
{
    struct screen screen;

    (void)state;
    screen_init(&screen, 8, 1, false);
    assert_int_equal(screen_put_cut(&screen, 0, 0, 6, ROLE_PLAIN, "happiness"),
                     6);
    dumps_as(&screen, "happi\xE2\x80\xA6\n");
    screen_release(&screen);
}

static void roles_dump_as_letters(void **state)
{
    struct screen screen;
    struct buf out = { 0 };

    (void)state;
    screen_init(&screen, 4, 1, false);
    screen_put(&screen, 1, 0, 2, ROLE_KEY, "ab");
    screen_dump_roles(&screen, &out);
    assert_string_equal(buf_text(&out), ".KK.\n");
    buf_release(&out);
    screen_release(&screen);
}

static bool same_look(const struct look *a, const struct look *b)
{
    return a->bold == b->bold && a->underline == b->underline &&
           a->reverse == b->reverse;
}

/* Chosen, cursor and plain must differ where there is no colour. */
static void monochrome_tells_the_states_apart(void **state)
{
    const struct look *plain = theme_look(THEME_MONO, ROLE_PLAIN);
    const struct look *chosen = theme_look(THEME_MONO, ROLE_CHOSEN);
    const struct look *cursor = theme_look(THEME_MONO, ROLE_CURSOR);
    const struct look *both = theme_look(THEME_MONO, ROLE_BOTH);

    (void)state;
    assert_false(same_look(plain, chosen));
    assert_false(same_look(plain, cursor));
    assert_false(same_look(chosen, cursor));
    assert_false(same_look(chosen, both));
    for (int role = 0; role < ROLE_COUNT; role++) {
        const struct look *look = theme_look(THEME_MONO, (enum role)role);

        assert_int_equal(look->ink, INK_DEFAULT);
        assert_int_equal(look->paper, INK_DEFAULT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cut_at_the_edge),
        cmocka_unit_test(a_wide_character_takes_two_cells_or_none),
        cmocka_unit_test(half_of_a_wide_character_never_stays),
        cmocka_unit_test(combining_marks_stay_with_their_letter),
        cmocka_unit_test(an_ascii_screen_holds_nothing_else),
        cmocka_unit_test(control_characters_and_broken_bytes_do_no_harm),
        cmocka_unit_test(a_text_that_is_cut_says_so),
        cmocka_unit_test(roles_dump_as_letters),
        cmocka_unit_test(monochrome_tells_the_states_apart),
    };

    return cmocka_run_group_tests(tests, use_utf8, NULL);
}
