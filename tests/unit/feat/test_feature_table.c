/* feature_table - what was written is what is read; foreign tables too. */
#include <config.h>

#include "eval/feat/feature_table.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char path[64];

static void put(const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static struct feature_table *must_read(const char *text)
{
    struct error err;
    struct feature_table *table;

    put(text);
    table = feature_table_read(path, &err);
    if (!table)
        fail_msg("%s", err.text);
    return table;
}

static void refuses(const char *text, const char *why)
{
    struct error err;
    struct feature_table *table;

    put(text);
    table = feature_table_read(path, &err);
    assert_null(table);
    if (!strstr(err.text, why) || !strstr(err.text, path))
        fail_msg("expected \"%s\" and the path in: %s", why, err.text);
}

static bool same_files(const char *one, const char *other)
{
    FILE *a = fopen(one, "rb"), *b = fopen(other, "rb");
    int c, d;

    assert_true(a && b);
    do {
        c = getc(a);
        d = getc(b);
    } while (c == d && c != EOF);
    fclose(a);
    fclose(b);
    return c == d;
}

static void what_is_written_reads_back_the_same(void **state)
{
    struct feature_table *table = feature_table_new();
    struct feature_table *again;
    struct error err;
    double *value;

    (void)state;
    feature_table_add_note(table, "set", "basic");
    feature_table_add_column(table, "plain");
    feature_table_add_column(table, "with, comma");
    value = feature_table_add_row(table, "b \"2\"");
    value[0] = 0.1 + 0.2;
    feature_table_add_row(table, "a");
    assert_true(feature_table_write(table, 2, path, &err));
    again = feature_table_read(path, &err);
    assert_non_null(again);
    assert_int_equal(again->rows, 2);
    assert_string_equal(again->id[0], "b \"2\"");
    assert_true(feature_table_get(again, 0, 0) == 0.1 + 0.2);
    assert_true(isnan(feature_table_get(again, 0, 1)));
    assert_false(feature_table_absent(again, 0));
    assert_true(feature_table_absent(again, 1));
    assert_string_equal(feature_table_note(again, "set"), "basic");
    assert_null(feature_table_note(again, "version"));
    assert_int_equal(feature_table_row(again, "a"), 1);
    assert_int_equal(feature_table_row(again, "b \"2\""), 0);
    assert_int_equal(feature_table_row(again, "c"), -1);
    assert_int_equal(feature_table_column(again, "with, comma"), 1);
    assert_int_equal(feature_table_column(again, "without"), -1);
    feature_table_free(again);
    feature_table_free(table);
}

/* Enough for many pieces, and a last one that is not full. */
static void any_number_of_jobs_writes_the_same(void **state)
{
    struct feature_table *table = feature_table_new(), *again;
    char copy[sizeof(path) + 2], id[16];
    struct error err;

    (void)state;
    snprintf(copy, sizeof(copy), "%s.2", path);
    for (int k = 0; k < 40; k++) {
        snprintf(id, sizeof(id), "f%d", k);
        feature_table_add_column(table, id);
    }
    for (int i = 0; i < 1001; i++) {
        double *value;

        snprintf(id, sizeof(id), "i%d", i);
        value = feature_table_add_row(table, id);
        for (int k = 0; k < 40; k++)
            value[k] = (i + 1) / (k + 3.0);
    }
    assert_true(feature_table_write(table, 1, path, &err));
    assert_true(feature_table_write(table, 7, copy, &err));
    assert_true(same_files(path, copy));
    unlink(copy);
    again = feature_table_read(path, &err);
    assert_non_null(again);
    assert_int_equal(again->rows, 1001);
    assert_true(feature_table_get(again, 1000, 39) == 1001 / 42.0);
    feature_table_free(again);
    feature_table_free(table);
}

static void the_id_may_stand_in_any_column(void **state)
{
    struct feature_table *table = must_read("x,id,y\n1,a,2\n-3e2,b,\n");

    (void)state;
    assert_int_equal(table->columns, 2);
    assert_string_equal(table->name[1], "y");
    assert_true(feature_table_get(table, 1, 0) == -300);
    assert_true(isnan(feature_table_get(table, 1, 1)));
    feature_table_free(table);
}

static void columns_that_a_note_names_are_no_features(void **state)
{
    struct feature_table *table =
        must_read("# not_features: item,start\nid,item,start,x\na,clip,0,5\n");

    (void)state;
    assert_int_equal(table->columns, 1);
    assert_string_equal(table->name[0], "x");
    feature_table_free(table);
    refuses("id,item,x\na,clip,5\n", "expected a number");
}

static void bad_tables_are_refused_with_their_line(void **state)
{
    (void)state;
    refuses("id,x\na,1\nb,two\n", ":3: column \"x\" is \"two\"");
    refuses("id,x\na,1\na,2\n", "id \"a\" stands in more than one row");
    refuses("name,x\na,1\n", "id");
    refuses("id,x\n,1\n", "expected the id of an item");
    refuses("id\na\n", "has no feature");
    refuses("id,x\na,nan\n", "expected a number");
}

static void opensmile_names_lose_quotes_and_extension(void **state)
{
    struct feature_table *table =
        must_read("name;frameTime;F0;class\n'03a01Fa.wav';0;1.5e+00;?\n"
                  "'take.1';0;nan;?\n");

    (void)state;
    assert_int_equal(table->columns, 1);
    assert_string_equal(table->id[0], "03a01Fa");
    assert_string_equal(table->id[1], "take.1");
    assert_true(feature_table_get(table, 0, 0) == 1.5);
    assert_true(isnan(feature_table_get(table, 1, 0)));
    feature_table_free(table);
    refuses("name;frameTime;F0\n'a.wav';0;1\n'a.wav';0.01;1\n",
            "stands in more than one row");
}

static void arff_gives_its_numeric_attributes(void **state)
{
    struct feature_table *table =
        must_read("@relation r\n% a remark\n\n@attribute name string\n"
                  "@ATTRIBUTE 'F 0' NUMERIC\n@attribute g {m, f}\n"
                  "@attribute x real\n@data\n'a b.wav',1.5,m,?\nc,2,f,3\n");

    (void)state;
    assert_int_equal(table->columns, 2);
    assert_string_equal(table->name[0], "F 0");
    assert_string_equal(table->id[0], "a b");
    assert_true(isnan(feature_table_get(table, 0, 1)));
    assert_true(feature_table_get(table, 1, 1) == 3);
    feature_table_free(table);
    refuses("@relation r\n@attribute name string\n@attribute x real\n"
            "@data\na,1,2\n",
            ":5: the row has too many values");
    refuses("@relation r\n@attribute name string\n@attribute x real\n"
            "@data\na\n",
            ":5: the row has too few values");
    refuses("@relation r\n@attribute name string\n@attribute x real\n"
            "@data\na,b\n",
            ":5: value 2 is \"b\"");
    refuses("@relation r\n@attribute x real\n@data\n1\n", "no text attribute");
}

static int begin(void **state)
{
    int file;

    (void)state;
    strcpy(path, "/tmp/mien-features.XXXXXX");
    file = mkstemp(path);
    return file < 0 ? -1 : close(file);
}

static int finish(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_reads_back_the_same),
        cmocka_unit_test(any_number_of_jobs_writes_the_same),
        cmocka_unit_test(the_id_may_stand_in_any_column),
        cmocka_unit_test(columns_that_a_note_names_are_no_features),
        cmocka_unit_test(bad_tables_are_refused_with_their_line),
        cmocka_unit_test(opensmile_names_lose_quotes_and_extension),
        cmocka_unit_test(arff_gives_its_numeric_attributes),
    };

    return cmocka_run_group_tests(tests, begin, finish);
}
