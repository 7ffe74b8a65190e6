/* number - parsing is strict, writing is the shortest that reads back. */
#include <config.h>

#include "common/base/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void a_number_takes_the_whole_text(void **state)
{
    static const char *const bad[] = { "",    " 1",  "1 ",   "1x", "0x10",
                                       "inf", "nan", "1e",   ".",  "-",
                                       "1,5", "--1", "1e999" };
    double value = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(number_parse(bad[i], &value));
    assert_true(number_parse("-1.5e3", &value));
    assert_true(value == -1500);
    assert_true(number_parse(".5", &value));
    assert_true(value == 0.5);
}

static void what_was_measured_can_be_squared_and_summed(void **state)
{
    double value = 0;

    (void)state;
    assert_true(number_parse_measured("-1e30", &value));
    assert_true(value == -1e30);
    assert_false(number_parse_measured("1.1e30", &value));
    assert_false(number_parse_measured("-1e308", &value));
    assert_false(number_parse_measured("x", &value));
    assert_true(value == -1e30);
}

static void whole_numbers_do_not_wrap(void **state)
{
    int64_t value;
    uint64_t seed;

    (void)state;
    assert_true(number_parse_int("-9223372036854775808", &value));
    assert_true(value == INT64_MIN);
    assert_false(number_parse_int("9223372036854775808", &value));
    assert_false(number_parse_int("1.0", &value));
    assert_false(number_parse_uint("-1", &seed));
    assert_true(number_parse_uint("18446744073709551615", &seed));
    assert_true(seed == UINT64_MAX);
}

static void written_numbers_read_back_the_same(void **state)
{
    double values[] = { 0.1 + 0.2,   1.0 / 3, 5e-324, 1.7976931348623157e308,
                        -123456.789, 100,     1e15,   1e22 };
    char text[NUMBER_TEXT_SIZE];
    double back;

    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        number_format(values[i], text);
        assert_true(number_parse(text, &back));
        assert_true(back == values[i]);
    }
    assert_string_equal(number_format(0.1 + 0.2, text), "0.30000000000000004");
    assert_string_equal(number_format(0.1, text), "0.1");
    assert_string_equal(number_format(100, text), "100");
    assert_string_equal(number_format(-0.0, text), "0");
}

static void seconds_are_microseconds_inside(void **state)
{
    char text[NUMBER_TEXT_SIZE];
    int64_t us;

    (void)state;
    assert_true(number_parse_seconds("12.345678", &us));
    assert_true(us == 12345678);
    assert_false(number_parse_seconds("-1", &us));
    assert_string_equal(number_format_seconds(12345000, text), "12.345");
    assert_string_equal(number_format_seconds(-500000, text), "-0.5");
    assert_string_equal(number_format_seconds(0, text), "0");
    assert_string_equal(number_format_clock(5199999, text), "0:05.1");
    assert_string_equal(number_format_clock(3723400000, text), "1:02:03.4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_takes_the_whole_text),
        cmocka_unit_test(what_was_measured_can_be_squared_and_summed),
        cmocka_unit_test(whole_numbers_do_not_wrap),
        cmocka_unit_test(written_numbers_read_back_the_same),
        cmocka_unit_test(seconds_are_microseconds_inside),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
