/* corpus - paths, patterns, templates, side tables, on a made-up corpus. */
#include <config.h>

#include "common/study/corpus.h"

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

#include "common/base/path.h"
#include "common/file/atomic.h"
#include "common/study/corpus_internal.h"

static bool matches(const char *expression, const char *path,
                    char *value[CORPUS_GROUPS_MAX])
{
    struct corpus_pattern pattern;
    struct arena arena = { 0 };
    char reason[200];
    bool fits;

    memset(value, 0, CORPUS_GROUPS_MAX * sizeof(*value));
    if (!corpus_pattern_compile(&pattern, &arena, expression, reason,
                                sizeof(reason)))
        fail_msg("%s", reason);
    fits = corpus_pattern_match(&pattern, path, value);
    corpus_pattern_release(&pattern);
    arena_release(&arena);
    return fits;
}

static void groups(const char *expression, const char *path, const char *first,
                   const char *second)
{
    char *value[CORPUS_GROUPS_MAX];

    assert_true(matches(expression, path, value));
    assert_string_equal(value[0], first);
    if (second)
        assert_string_equal(value[1], second);
    for (size_t i = 0; i < CORPUS_GROUPS_MAX; i++)
        free(value[i]);
}

static void a_pattern_fits_whole_parts_of_the_end_of_a_path(void **state)
{
    char *value[CORPUS_GROUPS_MAX];

    (void)state;
    groups("(?<a>\\d{2})(?P<b>[WF])", "wav/03W", "03", "W");
    groups("(?<a>[0-9]+)-(?<b>x|y)", "12-y", "12", "y");
    groups("(?:s|t)(?<b>[]a(]+)", "x/sa(]", "s", "a(]");
    groups("(?<a>[[:alpha:]]+)/(?<b>.)", "x/dir/z", "dir", "z");
    groups("\\((?<b>.*)\\)", "(q)", "q", NULL);
    assert_false(matches("(?<a>\\d{2})", "wav/103", value));
    assert_false(matches("(?<a>\\d{2})", "wav/10/x", value));
}

static void a_pattern_that_is_none_says_why(void **state)
{
    struct corpus_pattern pattern;
    struct arena arena = { 0 };
    char reason[200];

    (void)state;
    assert_false(corpus_pattern_compile(&pattern, &arena, "(?=x)", reason,
                                        sizeof(reason)));
    assert_non_null(strstr(reason, "a group is (...), (?:...) or (?<name>"));
    corpus_pattern_release(&pattern);
    assert_false(corpus_pattern_compile(&pattern, &arena, "(?<a>x", reason,
                                        sizeof(reason)));
    assert_non_null(strstr(reason, "nmatched"));
    corpus_pattern_release(&pattern);
    arena_release(&arena);
}

static void globs_stop_at_slashes_and_leave_hidden_files_out(void **state)
{
    (void)state;
    assert_true(corpus_glob_match("wav/*.wav", "wav/a.wav"));
    assert_false(corpus_glob_match("*.wav", "wav/a.wav"));
    assert_true(corpus_glob_match("**/*.wav", "a.wav"));
    assert_true(corpus_glob_match("**/*.wav", "x/y/a.wav"));
    assert_false(corpus_glob_match("**/*.wav", "x/._a.wav"));
    assert_false(corpus_glob_match("**/*.wav", "x/a.wav/b"));
}

static const char descriptor[] =
    "{\"mien\": 1, \"name\": \"toy\", \"files\": \"**/*.wav\","
    " \"pattern\": \"(?<speaker>s[0-9])_(?<code>[a-z])\","
    " \"id\": \"{speaker}{code}\","
    " \"columns\": {"
    "  \"mood\": {\"from\": \"code\", \"map\": {\"g\": \"good\","
    "             \"b\": \"bad\"}},"
    "  \"language\": \"de\","
    "  \"key\": \"{{{name}}/{language}\"},"
    " \"tables\": ["
    "  {\"file\": [\"none.txt\", \"people.txt\"], \"separator\": \"\\t\","
    "   \"encoding\": \"latin1\", \"decimal\": \",\","
    "   \"missing\": [\"-\"], \"where\": {\"mode\": \"v*\"},"
    "   \"key\": \"who\", \"match\": \"{speaker}\","
    "   \"columns\": {\"city\": \"Ort\","
    "    \"height\": {\"from\": \"m\", \"number\": true},"
    "    \"share\": {\"from\": \"a\", \"divide\": \"n\"}}},"
    "  {\"file\": \"votes.csv\", \"key\": \"x\", \"match\": \"{name}\","
    "   \"columns\": {\"votes\": \"v\"}, \"optional\": true}],"
    " \"checks\": {\"total\": 3, \"counts\": {\"mood\": {\"good\": 2}}}}";

/* A tab-separated table in ISO-8859-1: 0xFC is u umlaut, 0xA0 a blank. */
static const char people[] = "who\tmode\tOrt\tm\ta\tn\n"
                             "s1\tvoice\tZ\xfcrich\t1,75\xa0\xa0\t1\t4\n"
                             "s1\tface\tBern\t2\t1\t4\n"
                             "\xa0s2 \tvoice\t-\t-\t1\t0\n";

static char folder[] = "/tmp/mien-corpus-XXXXXX";

static void put(const char *name, const char *text)
{
    struct error err;
    char *path = path_join(folder, name);
    char *above = path_folder(path);

    assert_true(path_make_folders(above, 0755, &err));
    assert_true(atomic_write(path, text, strlen(text), &err));
    free(above);
    free(path);
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    put("a/s1_g.wav", "");
    put("a/s1_b.wav", "");
    put("b/s2_g.wav", "");
    put("b/notes.wav", "");
    put("people.txt", people);
    return 0;
}

static int remove_folder(void **state)
{
    static const char *const names[] = { "a/s1_g.wav", "a/s1_b.wav",
                                         "b/s2_g.wav", "b/notes.wav",
                                         "people.txt", "c/s1_g.wav",
                                         "a",          "b",
                                         "c" };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char *path = path_join(folder, names[i]);

        remove(path);
        free(path);
    }
    return rmdir(folder);
}

static struct corpus *toy(void)
{
    struct error err;
    struct corpus *corpus =
        corpus_parse(descriptor, strlen(descriptor), "toy.json", &err);

    if (!corpus)
        fail_msg("%s", err.text);
    return corpus;
}

static const char *cell(const struct columns *table, size_t row,
                        const char *name)
{
    int column = columns_find(table, name);

    if (column < 0)
        fail_msg("no column %s", name);
    return columns_text(table, row, (size_t)column);
}

static void a_folder_becomes_a_table(void **state)
{
    struct corpus *corpus = toy();
    struct fault_list notes = { 0 };
    struct error err;
    struct columns *table = corpus_scan(corpus, folder, &notes, &err);

    (void)state;
    if (!table)
        fail_msg("%s", err.text);
    assert_int_equal(columns_rows(table), 3);
    assert_string_equal(columns_name(table, 0), "id");
    assert_string_equal(columns_name(table, 1), "file");
    assert_string_equal(columns_name(table, 2), "speaker");
    assert_string_equal(columns_name(table, 3), "language");
    assert_string_equal(cell(table, 0, "id"), "s1b");
    assert_string_equal(cell(table, 0, "file"), "a/s1_b.wav");
    assert_string_equal(cell(table, 0, "mood"), "bad");
    assert_string_equal(cell(table, 0, "key"), "{s1_b}/de");
    assert_string_equal(cell(table, 0, "city"), "Z\xc3\xbcrich");
    assert_string_equal(cell(table, 0, "height"), "1.75");
    assert_string_equal(cell(table, 0, "share"), "0.25");
    assert_string_equal(cell(table, 2, "city"), "");
    assert_string_equal(cell(table, 2, "height"), "");
    assert_string_equal(cell(table, 2, "share"), ""); /* by zero */
    assert_int_equal(notes.count, 1);
    assert_string_equal(notes.item[0].path, "b/notes.wav");
    assert_int_equal(columns_find(table, "votes"), -1);
    corpus_note_absent(corpus, folder, &notes);
    assert_string_equal(notes.item[1].text,
                        "is not there, and need not be: no votes");
    assert_int_equal(corpus_tally(table, &corpus->count[0]), 3);
    assert_int_equal(corpus_tally(table, &corpus->count[1]), 2);
    corpus_rebase(table, "/data/toy", "/data/out");
    assert_string_equal(cell(table, 0, "file"), "../toy/a/s1_b.wav");
    columns_free(table);
    fault_release(&notes);
    corpus_free(corpus);
}

static void two_files_with_one_id_are_refused(void **state)
{
    struct corpus *corpus = toy();
    struct fault_list notes = { 0 };
    struct error err;
    char *copy = path_join(folder, "c/s1_g.wav");

    (void)state;
    put("c/s1_g.wav", "");
    assert_null(corpus_scan(corpus, folder, &notes, &err));
    assert_non_null(strstr(err.text, "a/s1_g.wav and c/s1_g.wav have the "
                                     "same id \"s1g\""));
    remove(copy);
    free(copy);
    fault_release(&notes);
    corpus_free(corpus);
}

struct broken {
    const char *text, *path, *said;
};

static void faults_of_descriptors_are_named(void **state)
{
    static const struct broken broken[] = {
        { "{\"mien\": 1, \"name\": \"x\"}", "files", "is missing or empty" },
        { "{\"mien\": 1, \"name\": \"x\", \"files\": \"*\", \"patern\": 1}",
          "patern", "did you mean \"pattern\"?" },
        { "{\"mien\": 1, \"name\": \"x\", \"files\": \"*\","
          " \"pattern\": \"(\"}",
          "pattern", "nmatched" },
        { "{\"mien\": 1, \"name\": \"x\", \"files\": \"*\","
          " \"id\": \"{speaker}\"}",
          "id", "uses {speaker}, which is no column" },
        { "{\"mien\": 1, \"name\": \"x\", \"files\": \"*\","
          " \"columns\": {\"a\": {\"from\": \"b\"}}}",
          "columns.a", "takes from \"b\"" },
        { "{\"mien\": 1, \"name\": \"x\", \"files\": \"*\","
          " \"columns\": {\"a\": \"{b\"}}",
          "columns.a", "without a closing brace" },
        { "{\"mien\": 1, \"name\": \"x\", \"files\": \"*\","
          " \"pattern\": \"(?<a>.)\", \"columns\": {\"a\": \"b\"}}",
          "columns.a", "is made twice" },
        { "{\"mien\": 1, \"name\": \"x\", \"files\": \"*\","
          " \"retain_until\": \"2031-13-01\"}",
          "retain_until", "must be a day" },
        { "{\"mien\": 1, \"name\": \"x\", \"files\": \"*\","
          " \"checks\": {\"counts\": {\"mood\": {\"good\": 1}}}}",
          "checks.counts", "no column" },
        { "{\"mien\": 1, \"name\": \"x\", \"files\": \"*\","
          " \"tables\": [{\"file\": \"t\", \"key\": \"k\","
          " \"match\": \"{name}\", \"separator\": \"--\","
          " \"columns\": {\"a\": \"b\"}}]}",
          "tables[0].separator", "one character" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        struct fault_list faults = { 0 };
        struct corpus *corpus = NULL;
        struct error err;
        bool found = false;

        assert_true(corpus_read(broken[i].text, strlen(broken[i].text), "x",
                                &faults, &corpus, &err));
        assert_null(corpus);
        for (size_t j = 0; j < faults.count; j++)
            found |= strcmp(faults.item[j].path, broken[i].path) == 0 &&
                     strstr(faults.item[j].text, broken[i].said) != NULL;
        if (!found)
            fail_msg("no \"%s: %s\", but \"%s: %s\"", broken[i].path,
                     broken[i].said, faults.item[0].path, faults.item[0].text);
        fault_release(&faults);
    }
}

static void every_shipped_descriptor_is_without_fault(void **state)
{
    size_t shipped = 0;

    (void)state;
    for (const struct embedded_file *file = corpus_embedded; file->name;
         file++) {
        struct error err;
        struct corpus *corpus = corpus_load(file->name, &err);

        if (!corpus)
            fail_msg("%s", err.text);
        assert_string_equal(corpus->name, file->name);
        assert_true(corpus->licence[0] && corpus->citation[0]);
        corpus_free(corpus);
        shipped++;
    }
    assert_int_equal(shipped, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_fits_whole_parts_of_the_end_of_a_path),
        cmocka_unit_test(a_pattern_that_is_none_says_why),
        cmocka_unit_test(globs_stop_at_slashes_and_leave_hidden_files_out),
        cmocka_unit_test(a_folder_becomes_a_table),
        cmocka_unit_test(two_files_with_one_id_are_refused),
        cmocka_unit_test(faults_of_descriptors_are_named),
        cmocka_unit_test(every_shipped_descriptor_is_without_fault),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
