/* library - functions found, and what is said where they are not. */
#include <config.h>

#include "common/media/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct table {
    double (*square_root)(double);
    double (*other)(double);
};

static void its_functions_can_be_called(void **state)
{
    static const struct library_symbol symbol[] = {
        { "floor", offsetof(struct table, other) },
        { "sqrt", offsetof(struct table, square_root) },
    };
    const struct library maths = { "libm.so.6", "libc6", symbol, 2 };
    struct table table = { 0 };
    struct error err;

    (void)state;
    assert_true(library_load(&maths, &table, &err));
    assert_true(table.square_root(9) == 3);
    assert_true(table.other(3.5) == 3);
}

static void one_that_is_not_installed_names_its_package(void **state)
{
    const struct library missing = { "libnone-of-that-name.so.59", "libnone59",
                                     NULL, 0 };
    struct error err;

    (void)state;
    assert_false(library_load(&missing, NULL, &err));
    assert_int_equal(err.code, ERROR_ABSENT);
    assert_non_null(strstr(err.text, "needs libnone-of-that-name.so.59"));
    assert_non_null(strstr(err.text, "the package libnone59"));
}

static void one_without_the_function_is_told(void **state)
{
    static const struct library_symbol symbol[] = {
        { "no_function_of_that_name", offsetof(struct table, other) },
    };
    const struct library maths = { "libm.so.6", "libc6", symbol, 1 };
    struct table table = { 0 };
    struct error err;

    (void)state;
    assert_false(library_load(&maths, &table, &err));
    assert_int_equal(err.code, ERROR_ABSENT);
    assert_non_null(strstr(err.text, "lacks no_function_of_that_name"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_functions_can_be_called),
        cmocka_unit_test(one_that_is_not_installed_names_its_package),
        cmocka_unit_test(one_without_the_function_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
