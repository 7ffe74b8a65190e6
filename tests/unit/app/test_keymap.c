/*
 * test_keymap - key names and key files.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "annotate/app/keymap.h"

static void names_read_back_as_the_same_key(void **state)
{
    static const char *const names[] = {
        "a",         "A",         "!",      "Space",    "Enter",
        "Tab",       "Shift-Tab", "Ctrl-R", "F1",       "F12",
        "Backspace", "PageUp",    "Alt-x",  "\xC3\xA9", "Shift-Left",
    };
    char name[KEY_NAME_SIZE];
    uint32_t key;

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_true(key_parse(names[i], &key));
        assert_string_equal(key_name(key, name), names[i]);
    }
}

static void what_is_no_key_is_refused(void **state)
{
    static const char *const names[] = { "",    "ab",   "F0",      "F13",
                                         "Ctl", "F1x",  "Shift-a", "\x01",
                                         "F-1", "Ctrl-" };
    uint32_t key;

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_false(key_parse(names[i], &key));
}

static void the_shipped_file_gives_every_action_a_key(void **state)
{
    struct keymap map = { 0 };

    (void)state;
    keymap_defaults(&map);
    for (int i = 1; i < ACTION_COUNT; i++)
        assert_int_not_equal(keymap_key(&map, (enum action)i), KEY_NONE);
    keymap_release(&map);
}

/* 80 columns, less the keys and the margins of the help view. */
/* A key that this hand reaches, on its half of a keyboard. */
static bool within_reach(uint32_t key, bool left)
{
    static const char *const half[] = {
        "^&*()_+-=[]{}\\|;:'\",.<>/?YUIOPHJKLNMyuiophjklnm67890 ",
        "~`!@#$%QWERTASDFGZXCVBqwertasdfgzxcvb12345 "
    };
    uint32_t bare =
        key & ~(uint32_t)(KEY_MOD_SHIFT | KEY_MOD_CTRL | KEY_MOD_ALT);

    if (bare < 128)
        return strchr(half[left], (int)bare);
    if (bare == KEY_CODE_TAB || bare == KEY_CODE_ESC)
        return left;
    if (bare > KEY_CODE_F0)
        return left == (bare <= KEY_CODE_F0 + 5);
    return !left;
}

static void one_hand_reaches_everything(void **state)
{
    static const char *const names[] = { "right", "left" };

    (void)state;
    for (int left = 0; left < 2; left++) {
        struct keymap map = { 0 };
        struct error err;

        keymap_defaults(&map);
        if (!keymap_read(&map, keymap_profile_text(names[left]), names[left],
                         &err))
            fail_msg("%s", err.text);
        for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
            bool reached = false;

            for (size_t i = 0; i < map.count; i++)
                if ((int)map.item[i].action == action)
                    reached |= within_reach(map.item[i].key, left);
            if (!reached)
                fail_msg("%s: no key for %s", names[left],
                         action_name((enum action)action));
        }
        keymap_release(&map);
    }
    assert_null(keymap_profile_text("defaults"));
    assert_null(keymap_profile_text("middle"));
}

static void every_action_is_told_on_one_line(void **state)
{
    (void)state;
    for (int i = 1; i < ACTION_COUNT; i++) {
        if (strlen(action_help((enum action)i)) > 53)
            fail_msg("too long: %s", action_help((enum action)i));
    }
}

static void a_line_replaces_the_keys_of_its_action(void **state)
{
    struct keymap map = { 0 };
    struct error err;
    struct buf keys = { 0 };

    (void)state;
    keymap_defaults(&map);
    assert_true(
        keymap_read(&map, "# mine\nreplay  F5 Ctrl-P # again\n", "keys", &err));
    keymap_describe(&map, ACTION_REPLAY, &keys);
    assert_string_equal(buf_text(&keys), "F5, Ctrl-P");
    assert_int_equal(keymap_action(&map, 'R'), ACTION_NONE);
    assert_int_equal(keymap_action(&map, ' '), ACTION_PLAY_PAUSE);
    buf_release(&keys);
    keymap_release(&map);
}

static void a_key_is_taken_from_the_action_that_had_it(void **state)
{
    struct keymap map = { 0 };
    struct error err;

    (void)state;
    keymap_defaults(&map);
    assert_true(keymap_read(&map, "replay Space\n", "keys", &err));
    assert_int_equal(keymap_action(&map, ' '), ACTION_REPLAY);
    assert_int_equal(keymap_key(&map, ACTION_PLAY_PAUSE), KEY_NONE);
    keymap_release(&map);
}

static void none_leaves_an_action_without_a_key(void **state)
{
    struct keymap map = { 0 };
    struct error err;
    struct buf keys = { 0 };

    (void)state;
    keymap_defaults(&map);
    assert_true(keymap_read(&map, "flag none\n", "keys", &err));
    keymap_describe(&map, ACTION_FLAG, &keys);
    assert_string_equal(buf_text(&keys), "no key");
    buf_release(&keys);
    keymap_release(&map);
}

static void refuses(const char *text, const char *message)
{
    struct keymap map = { 0 };
    struct error err;
    size_t before;

    keymap_defaults(&map);
    before = map.count;
    assert_false(keymap_read(&map, text, "keys", &err));
    assert_string_equal(err.text, message);
    assert_int_equal(map.count, before);
    keymap_release(&map);
}

static void mistakes_are_named_by_file_and_line(void **state)
{
    (void)state;
    refuses("\nrepaly R\n",
            "keys:2: no action \"repaly\"; did you mean \"replay\"?");
    refuses("replay Ctl-R\n",
            "keys:1: no key \"Ctl-R\"; keys are characters or names such as "
            "Space, F5, Ctrl-R, Shift-Left");
    refuses("replay F5\nloop F6\nback F5\n",
            "keys:3: key F5 does \"replay\" already (line 1)");
    refuses("replay F5\nreplay F6\n",
            "keys:2: \"replay\" stands on line 1 already; put all its keys on "
            "one line");
    refuses("replay\n",
            "keys:1: \"replay\" has no key; \"none\" leaves it without");
    refuses("quit none\n", "keys: \"quit\" is left without a key; give it one");
}

static void lower_case_letters_and_digits_are_not_reserved(void **state)
{
    struct keymap map = { 0 };
    struct text_list names = { 0 };

    (void)state;
    keymap_defaults(&map);
    keymap_reserved(&map, &names);
    assert_true(text_list_has(&names, "Q"));
    assert_true(text_list_has(&names, "Space"));
    assert_false(text_list_has(&names, "q"));
    text_list_release(&names);
    keymap_release(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_read_back_as_the_same_key),
        cmocka_unit_test(what_is_no_key_is_refused),
        cmocka_unit_test(what_is_no_key_is_refused),
        cmocka_unit_test(the_shipped_file_gives_every_action_a_key),
        cmocka_unit_test(one_hand_reaches_everything),
        cmocka_unit_test(every_action_is_told_on_one_line),
        cmocka_unit_test(a_line_replaces_the_keys_of_its_action),
        cmocka_unit_test(a_key_is_taken_from_the_action_that_had_it),
        cmocka_unit_test(none_leaves_an_action_without_a_key),
        cmocka_unit_test(mistakes_are_named_by_file_and_line),
        cmocka_unit_test(lower_case_letters_and_digits_are_not_reserved),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
