/* feature_table on files that openSMILE 3.0.1 and OpenFace 2 wrote. */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "eval/feat/feature_table.h"

static const char *shared;

static char *format_file(const char *name)
{
    return xasprintf("%s/data/formats/%s", shared, name);
}

static struct feature_table *must_read(const char *name)
{
    char *path = format_file(name);
    struct error err;
    struct feature_table *table = feature_table_read(path, &err);

    if (!table)
        fail_msg("%s", err.text);
    free(path);
    return table;
}

/* 88 functionals; 03a01Fa's first cell, as it stands in the file. */
static void opensmile_csv_is_read_whole(void **state)
{
    struct feature_table *emodb = must_read("opensmile/emodb-eGeMAPSv02.csv");
    struct feature_table *ravdess =
        must_read("opensmile/ravdess-eGeMAPSv02.csv");

    (void)state;
    assert_int_equal(emodb->rows, 362);
    assert_int_equal(emodb->columns, 88);
    assert_int_equal(ravdess->rows, 480);
    assert_int_equal(ravdess->columns, 88);
    assert_true(feature_table_row(emodb, "03a01Fa") >= 0);
    assert_true(feature_table_row(ravdess, "03-01-06-01-01-02-20") >= 0);
    feature_table_free(emodb);
    feature_table_free(ravdess);
}

/* The ARFF has a nominal class at its end, which is no feature. */
static void arff_and_csv_of_one_speaker_are_the_same(void **state)
{
    struct feature_table *csv = must_read("opensmile/emodb-eGeMAPSv02.csv");
    struct feature_table *arff =
        must_read("opensmile/emodb-spk03-eGeMAPSv02.arff");

    (void)state;
    assert_int_equal(arff->rows, 49);
    assert_int_equal(arff->columns, csv->columns);
    for (size_t i = 0; i < arff->rows; i++) {
        long row = feature_table_row(csv, arff->id[i]);

        assert_true(row >= 0);
        for (size_t k = 0; k < arff->columns; k++) {
            assert_string_equal(arff->name[k], csv->name[k]);
            assert_true(feature_table_get(arff, i, k) ==
                        feature_table_get(csv, (size_t)row, k));
        }
    }
    feature_table_free(csv);
    feature_table_free(arff);
}

static void tables_of_frames_are_refused(void **state)
{
    static const char *const names[] = {
        "opensmile/03a01Fa-eGeMAPSv02-lld.csv",
        "openface/OpenFace_Test.csv",
    };
    struct error err;

    (void)state;
    for (int i = 0; i < 2; i++) {
        char *path = format_file(names[i]);

        assert_null(feature_table_read(path, &err));
        assert_non_null(strstr(err.text, "one row an item"));
        free(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opensmile_csv_is_read_whole),
        cmocka_unit_test(arff_and_csv_of_one_speaker_are_the_same),
        cmocka_unit_test(tables_of_frames_are_refused),
    };
    char *path;

    shared = getenv("MIEN_SHARED");
    path = xasprintf("%s/data/formats", shared ? shared : "");
    if (!shared || !path_is_folder(path)) {
        printf("1..0 # SKIP no formats in $MIEN_SHARED\n");
        free(path);
        return 0;
    }
    free(path);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
