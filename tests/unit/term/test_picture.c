/* picture - pixels become cells in the colours that the terminal has. */
#include <config.h>

#include "annotate/term/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { COLUMNS = 6, ROWS = 2, WIDTH = COLUMNS * 8, HEIGHT = ROWS * 8 };

/* Left half of the one colour, right half of the other; 0xRRGGBB. */
static void paint(enum picture_depth depth, bool ascii, uint32_t left,
                  uint32_t right, struct picture_cell *cell)
{
    static uint8_t rgb[WIDTH * HEIGHT * 3];
    struct painter *painter = painter_new(depth, ascii);

    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        uint32_t colour = i % WIDTH < WIDTH / 2 ? left : right;

        for (int c = 0; c < 3; c++)
            rgb[i * 3 + c] = (uint8_t)(colour >> (16 - 8 * c));
    }
    painter_paint(painter, rgb, WIDTH, HEIGHT, cell, COLUMNS, ROWS);
    painter_free(painter);
}

/* What a cell of one colour is seen as. */
static int32_t seen(const struct picture_cell *cell)
{
    return cell->code == ' ' ? cell->paper : cell->ink;
}

static void expect_halves(const struct picture_cell *cell, int32_t left,
                          int32_t right)
{
    for (int i = 0; i < COLUMNS * ROWS; i++)
        assert_int_equal(seen(&cell[i]),
                         i % COLUMNS < COLUMNS / 2 ? left : right);
}

static void true_colours_are_kept(void **state)
{
    struct picture_cell cell[COLUMNS * ROWS];

    (void)state;
    paint(PICTURE_TRUE, false, 0xFF0000, 0x123456, cell);
    expect_halves(cell, 0xFF0000, 0x123456);
}

/* xterm's palette: 16 + 36 r + 6 g + b, of 0 to 5 each. */
static void else_the_nearest_of_256_are_taken(void **state)
{
    struct picture_cell cell[COLUMNS * ROWS];

    (void)state;
    paint(PICTURE_256, false, 0xFE0201, 0x0000D8, cell);
    assert_true(seen(&cell[0]) == 16 + 36 * 5 || seen(&cell[0]) == 9);
    assert_int_equal(seen(&cell[COLUMNS - 1]), 16 + 4);
}

static void or_of_16_or_8(void **state)
{
    struct picture_cell cell[COLUMNS * ROWS];

    (void)state;
    paint(PICTURE_16, false, 0x000000, 0xFFFFFF, cell);
    expect_halves(cell, 0, 15);
    paint(PICTURE_8, false, 0x000000, 0xFFFFFF, cell);
    expect_halves(cell, 0, 7);
}

static void without_colours_the_shapes_tell(void **state)
{
    struct picture_cell cell[COLUMNS * ROWS];

    (void)state;
    for (int ascii = 0; ascii < 2; ascii++) {
        paint(PICTURE_MONO, ascii, 0x000000, 0xFFFFFF, cell);
        for (int i = 0; i < COLUMNS * ROWS; i++) {
            assert_int_equal(cell[i].ink, PICTURE_PLAIN);
            assert_int_equal(cell[i].paper, PICTURE_PLAIN);
            assert_true(!ascii || cell[i].code < 0x7F);
        }
        assert_int_equal(cell[0].code, ' ');
        assert_int_not_equal(cell[COLUMNS - 1].code, ' ');
    }
}

static void its_shape_is_kept_in_any_pane(void **state)
{
    struct picture picture = { .width = 1280, .height = 720 };
    int columns, rows;

    (void)state;
    picture_fit(&picture, 78, 9, &columns, &rows);
    assert_int_equal(rows, 9);
    assert_int_equal(columns, 32); /* 2 * 16 / 9 columns a row */
    picture_fit(&picture, 20, 50, &columns, &rows);
    assert_int_equal(columns, 20);
    assert_int_equal(rows, 6); /* 5.6 */
    picture_fit(&picture, 0, 50, &columns, &rows);
    assert_int_equal(columns, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(true_colours_are_kept),
        cmocka_unit_test(else_the_nearest_of_256_are_taken),
        cmocka_unit_test(or_of_16_or_8),
        cmocka_unit_test(without_colours_the_shapes_tell),
        cmocka_unit_test(its_shape_is_kept_in_any_pane),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
