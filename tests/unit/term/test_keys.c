/*
 * test_keys - bytes from the terminal to keys.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "annotate/app/key.h"
#include "annotate/term/keys.h"
#include "common/base/rng.h"

/* The names of all keys in `bytes`, with blanks between, read at once. */
static const char *read_all(const char *bytes, size_t length, char out[256])
{
    struct keys keys = { 0 };
    struct key_press press;
    char name[KEY_NAME_SIZE];
    size_t used = 0;

    keys_feed(&keys, bytes, length, 1000);
    out[0] = '\0';
    while (keys_next(&keys, 1000 + KEYS_ESC_US, &press))
        used += (size_t)snprintf(out + used, 256 - used, "%s%s",
                                 used ? " " : "", key_name(press.key, name));
    return out;
}

#define READ(bytes) read_all(bytes, sizeof(bytes) - 1, out)

static void plain_characters_are_themselves(void **state)
{
    char out[256];

    (void)state;
    assert_string_equal(READ("aA1 \r\t\x7f"),
                        "a A 1 Space Enter Tab Backspace");
    assert_string_equal(READ("\x12\x03"), "Ctrl-R Ctrl-C");
    assert_string_equal(READ("\xC3\xA9\xE6\x84\x9B"), "\xC3\xA9 \xE6\x84\x9B");
}

/* "p" for each key that was pasted, "t" for each that was typed. */
static void what_is_pasted_is_marked(void **state)
{
    static const char bytes[] = "a\x1b[200~b\x1b[A3\x1b[201~c";
    struct keys keys = { 0 };
    struct key_press press;
    char out[16] = "";
    size_t count = 0;

    (void)state;
    keys_feed(&keys, bytes, sizeof(bytes) - 1, 1000);
    while (keys_next(&keys, 1000 + KEYS_ESC_US, &press))
        out[count++] = press.pasted ? 'p' : 't';
    assert_string_equal(out, "tpppt");
}

static void a_paste_whose_end_was_lost_ends(void **state)
{
    struct keys keys = { 0 };
    struct key_press press;

    (void)state;
    keys_feed(&keys, "\x1b[200~b", 7, 1000);
    assert_true(keys_next(&keys, 1000, &press));
    assert_true(press.pasted);
    keys_feed(&keys, "b", 1, 1000 + KEYS_PASTE_US);
    assert_true(keys_next(&keys, 1000 + KEYS_PASTE_US, &press));
    assert_true(press.pasted);
    keys_feed(&keys, "b", 1, 1001 + 2 * KEYS_PASTE_US);
    assert_true(keys_next(&keys, 1001 + 2 * KEYS_PASTE_US, &press));
    assert_false(press.pasted);
}

static void sequences_of_common_terminals_are_known(void **state)
{
    char out[256];

    (void)state;
    assert_string_equal(READ("\x1b[A\x1bOB\x1b[1;2D\x1b[1;5C"),
                        "Up Down Shift-Left Ctrl-Right");
    assert_string_equal(READ("\x1bOP\x1b[11~\x1b[[A\x1b[24~"), "F1 F1 F1 F12");
    assert_string_equal(READ("\x1b[H\x1b[1~\x1b[7~\x1bOH"),
                        "Home Home Home Home");
    assert_string_equal(READ("\x1b[Z\x1b[3~\x1b[5~\x1b[6~"),
                        "Shift-Tab Delete PageUp PageDown");
    assert_string_equal(READ("\x1bx"), "Alt-x");
}

static void unknown_sequences_are_swallowed_whole(void **state)
{
    char out[256];

    (void)state;
    assert_string_equal(READ("a\x1b[200~b\x1b[<0;1;2Mc"), "a b c");
    assert_string_equal(READ("a\x1b[<0;1M\x1b[<0;0;2M\x1b[<999;1;2Mb"), "a b");
    /* The mouse of terminals that do not know mode 1006: no Enter. */
    assert_string_equal(READ("a\x1b[M !!b"), "a b");
    assert_string_equal(READ("\x1b[?1;2cz"), "z");
}

/* "press 0 at 4,6 " and so on, of all that the bytes say. */
static const char *read_mouse(const char *bytes, char out[256])
{
    static const char *const deeds[] = {
        "press", "drag", "move", "release", "up", "down", "to-left", "to-right"
    };
    struct keys keys = { 0 };
    struct key_press press;
    size_t used = 0;

    keys_feed(&keys, bytes, strlen(bytes), 1000);
    out[0] = '\0';
    while (keys_next(&keys, 1000 + KEYS_ESC_US, &press)) {
        assert_int_equal(press.key, KEY_NONE);
        assert_int_equal(press.host_us, 1000);
        used += (size_t)snprintf(out + used, 256 - used, "%s%s %d at %d,%d",
                                 used ? " " : "", deeds[press.mouse.deed],
                                 (int)press.mouse.button, press.mouse.x,
                                 press.mouse.y);
    }
    return out;
}

/* The numbers of xterm's ctlseqs, "Mouse Tracking", SGR (1006). */
static void the_mouse_is_read_as_xterm_reports_it(void **state)
{
    char out[256];

    (void)state;
    assert_string_equal(
        read_mouse("\x1b[<0;5;7M\x1b[<32;6;7M\x1b[<0;6;7m", out),
        "press 0 at 4,6 drag 0 at 5,6 release 0 at 5,6");
    assert_string_equal(read_mouse("\x1b[<2;300;100M\x1b[<64;1;1M", out),
                        "press 2 at 299,99 up 3 at 0,0");
    assert_string_equal(
        read_mouse("\x1b[<65;1;1M\x1b[<66;1;1M\x1b[<67;1;1M", out),
        "down 3 at 0,0 to-left 3 at 0,0 to-right 3 at 0,0");
    /* Hovering, which is asked for while a trace runs. */
    assert_string_equal(read_mouse("\x1b[<35;1;1M", out), "move 3 at 0,0");
}

static void a_lone_escape_waits_for_its_time(void **state)
{
    struct keys keys = { 0 };
    struct key_press press;

    (void)state;
    keys_feed(&keys, "\x1b", 1, 1000);
    assert_false(keys_next(&keys, 1000, &press));
    assert_int_equal(keys_wait_us(&keys, 11000), KEYS_ESC_US - 10000);
    assert_true(keys_next(&keys, 1000 + KEYS_ESC_US, &press));
    assert_int_equal(press.key, KEY_CODE_ESC);
    assert_int_equal(keys_wait_us(&keys, 0), -1);
}

static void a_key_in_pieces_has_the_time_of_its_first_byte(void **state)
{
    struct keys keys = { 0 };
    struct key_press press;

    (void)state;
    keys_feed(&keys, "\x1b", 1, 1000);
    keys_feed(&keys, "[", 1, 1500);
    assert_false(keys_next(&keys, 1500, &press));
    keys_feed(&keys, "A", 1, 2000);
    assert_true(keys_next(&keys, 2000, &press));
    assert_int_equal(press.key, KEY_CODE_UP);
    assert_int_equal(press.host_us, 1000);
}

static void a_flood_is_cut_and_does_no_harm(void **state)
{
    struct keys keys = { 0 };
    struct key_press press;
    char bytes[1000];
    int count = 0;

    (void)state;
    memset(bytes, 'x', sizeof(bytes));
    keys_feed(&keys, bytes, sizeof(bytes), 0);
    while (keys_next(&keys, 0, &press))
        count++;
    assert_int_equal(count, KEYS_PENDING);
}

/* Whatever a terminal sends, all of it is taken in time. */
static void noise_is_always_taken_in_the_end(void **state)
{
    struct rng *rng = rng_new(1, "noise");
    struct keys keys = { 0 };
    struct key_press press;
    int64_t now_us = 0;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        static const char common[] = "\x1b[O;1~A\xC3\xE6<Mm;4";
        char byte = (char)rng_below(rng, 256);

        if (rng_below(rng, 2) == 0)
            byte = common[rng_below(rng, sizeof(common) - 1)];
        keys_feed(&keys, &byte, 1, now_us);
        now_us += (int64_t)rng_below(rng, KEYS_ESC_US / 2);
        while (keys_next(&keys, now_us, &press)) {
            if (press.key == KEY_NONE)
                assert_true(press.mouse.x >= 0 && press.mouse.y >= 0);
            assert_true(press.host_us <= now_us);
        }
        assert_true(keys.count < 100); /* nothing piles up */
    }
    now_us += KEYS_ESC_US;
    while (keys_next(&keys, now_us, &press))
        ;
    assert_int_equal(keys.count, 0);
    rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_characters_are_themselves),
        cmocka_unit_test(what_is_pasted_is_marked),
        cmocka_unit_test(a_paste_whose_end_was_lost_ends),
        cmocka_unit_test(sequences_of_common_terminals_are_known),
        cmocka_unit_test(unknown_sequences_are_swallowed_whole),
        cmocka_unit_test(the_mouse_is_read_as_xterm_reports_it),
        cmocka_unit_test(a_lone_escape_waits_for_its_time),
        cmocka_unit_test(a_key_in_pieces_has_the_time_of_its_first_byte),
        cmocka_unit_test(noise_is_always_taken_in_the_end),
        cmocka_unit_test(a_flood_is_cut_and_does_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
