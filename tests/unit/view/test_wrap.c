/*
 * test_wrap - where a line of text may end.
 */
#include <config.h>

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "annotate/view/view_internal.h"
#include "common/base/rng.h"
#include "common/base/utf8.h"
#include "common/base/vec.h"

static int use_utf8(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

/* The first line of `text` is so many bytes: those of `line`. */
static void ends_after(const char *text, int width, const char *line)
{
    assert_memory_equal(text, line, strlen(line));
    assert_int_equal(wrap_line(text, width), strlen(line));
}

static void lines_end_at_blanks_and_after_hyphens(void **state)
{
    (void)state;
    ends_after("one two three", 9, "one two");
    ends_after("one two three", 7, "one two");
    ends_after("one two three", 6, "one");
    ends_after("well-known words", 7, "well-");
    ends_after("from 3-4 on", 7, "from");
    ends_after("unbreakable", 4, "unbr");
    ends_after("one\ntwo", 20, "one");
    ends_after("", 20, "");
}

static void ideographs_part_but_marks_stay_with_them(void **state)
{
    (void)state;
    ends_after("愛と平和", 5, "愛と");
    ends_after("愛だ。平和", 5, "愛"); /* no full stop begins a line */
    ends_after("愛「平和」", 4, "愛"); /* no bracket ends one */
    ends_after("word 愛と平和", 9, "word 愛と");
    ends_after("한국어 문장", 8, "한국어"); /* Hangul is written with blanks */
}

static void no_character_is_cut_from_its_marks(void **state)
{
    (void)state;
    ends_after("e\xCC\x81\xCC\xA7zz", 1, "e\xCC\x81\xCC\xA7");
    ends_after("愛愛", 3, "愛"); /* half a cell stays empty */
}

/* Whatever the text: each line fits, and all of it comes in the end. */
static void every_text_comes_to_its_end(void **state)
{
    static const char *const bits[] = { "a",    " ",  "-",    "愛",
                                        "。",   "「", "שלום", "\xCC\x81",
                                        "word", ")",  "é" };
    struct rng *rng = rng_new(1, "wrap");

    (void)state;
    for (int round = 0; round < 2000; round++) {
        char text[256] = "";
        int width = 2 + (int)rng_below(rng, 12);
        size_t at = 0;

        for (int i = 0; i < 30; i++)
            strcat(text, bits[rng_below(rng, LENGTH_OF(bits))]);
        while (text[at] != '\0') {
            size_t length = wrap_line(text + at, width);
            char line[256] = "";

            assert_true(length > 0 || text[at] == ' ');
            memcpy(line, text + at, length);
            assert_true(utf8_width(line) <= width);
            assert_true(utf8_valid(line, length, &(size_t){ 0 }));
            at += length;
            if (text[at] == ' ')
                at++;
        }
    }
    rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_at_blanks_and_after_hyphens),
        cmocka_unit_test(ideographs_part_but_marks_stay_with_them),
        cmocka_unit_test(no_character_is_cut_from_its_marks),
        cmocka_unit_test(every_text_comes_to_its_end),
    };

    return cmocka_run_group_tests(tests, use_utf8, NULL);
}
