/*
 * test_layout - panes never overlap and never leave the screen.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/view/layout.h"

/* From the top down: each begins where the one before has ended. */
static void stands_below(const struct band *band, int *y)
{
    assert_true(band->rows >= 0);
    assert_true(band->y >= *y);
    *y = band->y + band->rows;
}

static void fits(int height, const struct layout_wish *wish)
{
    struct layout layout;
    int y = 0;

    layout_fit(&layout, height, wish);
    stands_below(&layout.header, &y);
    stands_below(&layout.text, &y);
    stands_below(&layout.wave, &y);
    stands_below(&layout.spectrogram, &y);
    stands_below(&layout.tracks, &y);
    stands_below(&layout.own, &y);
    stands_below(&layout.ruler, &y);
    stands_below(&layout.position, &y);
    stands_below(&layout.transport, &y);
    stands_below(&layout.rule, &y);
    stands_below(&layout.questions, &y);
    stands_below(&layout.note, &y);
    stands_below(&layout.status, &y);
    stands_below(&layout.keys, &y);
    assert_int_equal(y, height);
    assert_int_equal(layout.keys.rows, 1);
    assert_int_equal(layout.status.rows, 1);
    assert_true(layout.questions.rows >= 4);
    assert_true(layout.wave.rows == 0 || layout.wave.rows % 2 == 1);
}

static void every_wish_fits_into_every_height(void **state)
{
    (void)state;
    for (int height = 24; height <= 120; height++) {
        for (int questions = 2; questions < 60; questions += 3) {
            for (int text = 0; text < 30; text += 7) {
                for (int bits = 0; bits < 32; bits++) {
                    struct layout_wish wish = {
                        .questions = questions,
                        .question = questions < 8 ? questions : 8,
                        .text = text,
                        .sound = bits & 1,
                        .wave = bits >> 1 & 1,
                        .spectrogram = bits >> 2 & 1,
                        .tracks = bits >> 3 & 1,
                        .own = bits >> 4 & 1 ? 9 : 0,
                        .own_least = 4,
                    };

                    fits(height, &wish);
                }
            }
        }
    }
}

static void a_waveform_is_at_least_three_rows_or_none(void **state)
{
    struct layout_wish wish = {
        .questions = 30, .question = 12, .sound = 1, .wave = 1
    };
    struct layout layout;

    (void)state;
    layout_fit(&layout, 24, &wish);
    assert_int_equal(layout.wave.rows, 3);
    wish.wave = 0;
    layout_fit(&layout, 24, &wish);
    assert_int_equal(layout.wave.rows, 0);
}

/* What goes where rows are few: the ruler, tracks, spectrogram, waveform. */
static void panes_go_in_a_fixed_order_when_rows_are_few(void **state)
{
    struct layout_wish wish = {
        .questions = 4,
        .question = 4,
        .sound = 1,
        .wave = 1,
        .spectrogram = 1,
        .tracks = 1,
        .own = 20,
        .own_least = 5,
    };
    struct layout layout;
    int before = 0;

    (void)state;
    for (int height = 24; height <= 60; height++) {
        int shown;

        layout_fit(&layout, height, &wish);
        shown = (layout.own.rows > 0) + (layout.wave.rows > 0) +
                (layout.spectrogram.rows > 0) + (layout.tracks.rows > 0) +
                (layout.ruler.rows > 0);
        assert_true(shown >= before); /* none goes on a higher screen */
        assert_true(layout.own.rows >= 5);
        assert_true(layout.wave.rows >= 3);
        assert_true(!layout.tracks.rows || layout.spectrogram.rows);
        before = shown;
    }
    assert_int_equal(before, 5);
    layout_fit(&layout, 24, &wish);
    assert_int_equal(layout.spectrogram.rows, 4);
    assert_int_equal(layout.tracks.rows, 0);
    assert_int_equal(layout.ruler.rows, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_wish_fits_into_every_height),
        cmocka_unit_test(a_waveform_is_at_least_three_rows_or_none),
        cmocka_unit_test(panes_go_in_a_fixed_order_when_rows_are_few),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
