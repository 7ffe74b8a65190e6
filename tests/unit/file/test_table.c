/* csv, columns, atomic, hash - tables in and out, whole or not at all. */
#include <config.h>

#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/file/atomic.h"
#include "common/file/columns.h"
#include "common/file/csv.h"
#include "common/file/hash.h"

static char folder[] = "/tmp/mien-table.XXXXXX";

static char *write_file(const char *name, const char *text)
{
    char *path = xasprintf("%s/%s", folder, name);
    FILE *stream = fopen(path, "w");

    assert_non_null(stream);
    assert_true(fputs(text, stream) >= 0);
    fclose(stream);
    return path;
}

static void refuses(const char *text, const char *said)
{
    char *path = write_file("bad.csv", text);
    struct error err = { 0 };

    assert_null(columns_read(path, NULL, &err));
    if (!strstr(err.text, said))
        fail_msg("\"%s\" is not in \"%s\"", said, err.text);
    free(path);
}

static void bom_crlf_notes_and_quotes_are_read(void **state)
{
    char *path = write_file("good.csv", "\xef\xbb\xbf# set: basic\r\n"
                                        "id,\"a,b\",x\r\n"
                                        "1,\"say \"\"yes\"\"\r\nagain\",\r\n"
                                        "\r\n2,plain,3.5\r\n");
    struct error err = { 0 };
    struct columns *table = columns_read(path, NULL, &err);
    double value = 0;

    (void)state;
    assert_non_null(table);
    assert_int_equal(columns_rows(table), 2);
    assert_string_equal(columns_note(table, "set"), "basic");
    assert_int_equal(columns_find(table, "a,b"), 1);
    assert_string_equal(columns_text(table, 0, 1), "say \"yes\"\nagain");
    assert_true(columns_missing(table, 0, 2));
    assert_true(columns_number(table, 0, 2, &value, &err) && isnan(value));
    assert_true(columns_number(table, 1, 2, &value, &err));
    assert_true(value == 3.5);
    assert_int_equal(columns_line(table, 1), 6);
    assert_false(columns_number(table, 1, 1, &value, &err));
    assert_non_null(strstr(err.text, "good.csv:6: column \"a,b\" is \"plain\","
                                     " expected a number"));
    columns_free(table);
    free(path);
}

static void zero_byte_is_refused(const char *text, size_t length)
{
    char *path = write_file("zero.csv", "");
    struct error err = { 0 };

    assert_true(atomic_write(path, text, length, &err));
    assert_null(columns_read(path, NULL, &err));
    assert_non_null(strstr(err.text, "zero.csv:2: a zero byte"));
    free(path);
}

static void a_bad_table_names_its_line(void **state)
{
    (void)state;
    refuses("a,b\n1,2\n3\n", "bad.csv:3: 1 field, but the header has 2");
    refuses("a,b\n1,\"2\n", "bad.csv:2: a quoted field is never closed");
    refuses("a,b\n1,\"2\"x\n", "bad.csv:2: text after a closing quote");
    refuses("a,a\n", "column \"a\" stands twice");
    refuses("a\n\xff\n", "bad.csv:2: not UTF-8");
    refuses("", "empty; expected a header");
    /* A text of C ends at a zero byte; a table holds none. */
    zero_byte_is_refused("a,b\n1,x\0y\n", 10);
    zero_byte_is_refused("a,b\n1,\"x\0y\"\n", 12);
}

static void a_missing_column_names_the_nearest(void **state)
{
    char *path = write_file("c.csv", "id,emotion\n");
    struct error err = { 0 };
    struct columns *table = columns_read(path, NULL, &err);

    (void)state;
    assert_int_equal(columns_need(table, "emotoin", &err), -1);
    assert_non_null(strstr(err.text, "did you mean \"emotion\"?"));
    columns_free(table);
    free(path);
}

static void latin1_and_separators_are_options(void **state)
{
    char *path = write_file("l.txt", "gr\xfc\xdf;7\n");
    struct csv_options options = { .separator = ';',
                                   .latin1 = true,
                                   .no_header = true };
    struct error err = { 0 };
    struct columns *table = columns_read(path, &options, &err);

    (void)state;
    assert_non_null(table);
    assert_int_equal(columns_rows(table), 1);
    assert_string_equal(columns_text(table, 0, 0), "gr\xc3\xbc\xc3\x9f");
    assert_string_equal(columns_name(table, 1), "2");
    columns_free(table);
    free(path);
}

static void what_is_written_reads_back_the_same(void **state)
{
    struct columns *table = columns_new(), *again;
    char *path = xasprintf("%s/out.csv", folder);
    struct error err = { 0 };
    bool keep[2] = { true, true };
    size_t id, text;

    (void)state;
    id = columns_add(table, "id");
    columns_set(table, columns_add_row(table), id, "#1");
    columns_set(table, columns_add_row(table), id, "a,b");
    text = columns_add(table, "x");
    columns_set_number(table, 1, text, 0.1 + 0.2);
    columns_set_number(table, 0, text, NAN);
    columns_set_note(table, "task", "classify");
    assert_true(columns_write(table, path, &err));
    again = columns_read(path, NULL, &err);
    assert_non_null(again);
    assert_string_equal(columns_text(again, 0, 0), "#1");
    assert_string_equal(columns_text(again, 1, 1), "0.30000000000000004");
    assert_string_equal(columns_note(again, "task"), "classify");
    assert_true(columns_only(again, "id=a", keep, &err));
    assert_false(keep[0] || keep[1]);
    columns_free(again);
    columns_free(table);
    free(path);
}

static void a_thrown_away_file_leaves_the_old_one(void **state)
{
    char *path = write_file("kept.txt", "old");
    struct error err = { 0 };
    struct atomic_file *file = atomic_open(path, 0644, &err);
    size_t length;
    char *text;
    struct stat status;

    (void)state;
    assert_non_null(file);
    fputs("new", atomic_stream(file));
    atomic_abort(file);
    text = file_read(path, 100, &length, &err);
    assert_string_equal(text, "old");
    free(text);
    assert_true(atomic_write(path, "new", 3, &err));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_size, 3);
    assert_null(file_read(path, 2, &length, &err));
    assert_int_equal(err.code, ERROR_LIMIT);
    assert_false(atomic_write("/nowhere/x", "", 0, &err));
    assert_non_null(
        strstr(err.text, "/nowhere/x: the folder that it is to be"));
    free(path);
}

/* To replace /dev/null by a file would be a bad surprise. */
static void only_plain_files_are_replaced(void **state)
{
    char *path = write_file("plain.txt", "old");
    char *pipe_path = xasprintf("%s.pipe", path);
    char *link_path = xasprintf("%s.link", path);
    struct error err = { 0 };
    struct stat status;
    char *text;
    int reader;

    (void)state;
    assert_int_equal(mkfifo(pipe_path, 0600), 0);
    reader = open(pipe_path, O_RDONLY | O_NONBLOCK);
    assert_true(atomic_write(pipe_path, "new", 3, &err));
    assert_int_equal(lstat(pipe_path, &status), 0);
    assert_true(S_ISFIFO(status.st_mode));
    close(reader);
    assert_int_equal(symlink(path, link_path), 0);
    assert_true(atomic_write(link_path, "new", 3, &err));
    assert_int_equal(lstat(link_path, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    text = file_read(path, 100, NULL, &err);
    assert_string_equal(text, "new");
    free(text);
    assert_false(atomic_write("/", "", 0, &err));
    assert_string_equal(err.text, "/: is a folder; name a file");
    unlink(pipe_path);
    unlink(link_path);
    free(link_path);
    free(pipe_path);
    free(path);
}

static void hashes_are_those_of_the_standards(void **state)
{
    /* SHA-256 of "abc": FIPS 180-2, appendix B.1. */
    static const char sha[] = "ba7816bf8f01cfea414140de5dae2223"
                              "b00361a396177a9cb410ff61f20015ad";
    struct hash_part whole = { "abc", 3 };
    struct hash_part split[] = { { "a", 1 }, { "bc", 2 } };
    uint8_t a[HASH_SIZE], b[HASH_SIZE];
    char hex[HASH_HEX_SIZE];

    (void)state;
    hash_sha256("abc", 3, a);
    hash_to_hex(a, HASH_SIZE, hex);
    assert_string_equal(hex, sha);
    hash_blake2b(&whole, 1, NULL, 0, a);
    hash_blake2b(split, 2, NULL, 0, b);
    assert_memory_equal(a, b, HASH_SIZE);
    assert_true(hash_from_hex(sha, a, HASH_SIZE));
    assert_false(hash_from_hex("xy", a, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bom_crlf_notes_and_quotes_are_read),
        cmocka_unit_test(a_bad_table_names_its_line),
        cmocka_unit_test(a_missing_column_names_the_nearest),
        cmocka_unit_test(latin1_and_separators_are_options),
        cmocka_unit_test(what_is_written_reads_back_the_same),
        cmocka_unit_test(a_thrown_away_file_leaves_the_old_one),
        cmocka_unit_test(only_plain_files_are_replaced),
        cmocka_unit_test(hashes_are_those_of_the_standards),
    };
    static const char *const left[] = { "bad.csv", "good.csv", "c.csv",
                                        "l.txt",   "out.csv",  "kept.txt" };
    int failed;

    if (!mkdtemp(folder))
        return 99;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
        char *path = xasprintf("%s/%s", folder, left[i]);

        unlink(path);
        free(path);
    }
    rmdir(folder);
    return failed;
}
