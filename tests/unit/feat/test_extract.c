/* cache and extract - what was done is not done again; what fails is named. */
#include <config.h>

#include "eval/feat/extract.h"

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

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/file/atomic.h"
#include "eval/feat/cache.h"

static char folder[] = "/tmp/mien-extract.XXXXXX";

static struct cache_key key_of(int byte)
{
    struct cache_key key = { .set = "s", .version = "1", .end_us = -1 };

    memset(key.medium, byte, sizeof(key.medium));
    return key;
}

static bool count_file(void *context, const char *relative, struct error *err)
{
    (void)relative;
    (void)err;
    ++*(int *)context;
    return true;
}

static void an_entry_comes_back_with_its_holes(void **state)
{
    const double in[3] = { 0.1, NAN, -1e300 };
    double out[3] = { 0 };
    struct cache_key key = key_of(1);
    struct error err;

    (void)state;
    assert_false(cache_get(folder, &key, out, 3));
    assert_true(cache_put(folder, &key, in, 3, &err));
    assert_true(cache_get(folder, &key, out, 3));
    assert_true(out[0] == 0.1 && isnan(out[1]) && out[2] == -1e300);
    assert_false(cache_get(folder, &key, out, 2));
}

static void every_part_of_the_key_counts(void **state)
{
    const double in[1] = { 1 };
    double out[1];
    struct cache_key key = key_of(2), other;
    struct error err;

    (void)state;
    assert_true(cache_put(folder, &key, in, 1, &err));
    assert_true(cache_get(folder, &key, out, 1));
    other = key;
    other.medium[31] ^= 1;
    assert_false(cache_get(folder, &other, out, 1));
    other = key;
    other.set = "t";
    assert_false(cache_get(folder, &other, out, 1));
    other = key;
    other.version = "2";
    assert_false(cache_get(folder, &other, out, 1));
    other = key;
    other.start_us = 1;
    assert_false(cache_get(folder, &other, out, 1));
    other = key;
    other.end_us = 1;
    assert_false(cache_get(folder, &other, out, 1));
}

static char *only_entry; /* path of the one file below a folder */

static bool take_entry(void *context, const char *relative, struct error *err)
{
    (void)err;
    only_entry = path_join(context, relative);
    return true;
}

/* Cut at every byte: never a wrong value, never a crash. */
static void a_damaged_entry_counts_as_not_there(void **state)
{
    const double in[2] = { 0.25, 17 };
    double out[2];
    char *place = path_join(folder, "damaged");
    struct cache_key key = key_of(3);
    struct error err;
    size_t size;

    (void)state;
    assert_true(cache_put(place, &key, in, 2, &err));
    assert_true(path_walk(place, take_entry, place, &err));
    free(file_read(only_entry, 1000, &size, &err));
    assert_true(size > 20);
    while (size-- > 0) {
        assert_int_equal(truncate(only_entry, (off_t)size), 0);
        assert_false(cache_get(place, &key, out, 2));
    }
    assert_true(cache_put(place, &key, in, 2, &err));
    assert_true(cache_get(place, &key, out, 2));
    free(only_entry);
    free(place);
}

/* A set of one number, so that nothing is decoded twice unseen. */
static int computed;

static bool compute(const struct feature_set *set, const float *sample,
                    int64_t samples, double *out, struct error *err)
{
    (void)set;
    (void)err;
    computed++;
    *out = (double)samples + sample[0];
    return true;
}

static double nothing(const struct moment *moment, int index)
{
    (void)moment;
    (void)index;
    return 0;
}

static const struct descriptor one[] = {
    { .name = "length", .compute = nothing, .mean_only = true },
};
static const struct moment_plan plan = { .rate = 8000 };
static const struct feature_set tiny = { .name = "tiny",
                                         .version = "1",
                                         .plan = &plan,
                                         .descriptors = one,
                                         .count = 1,
                                         .compute = compute };

/* `frames` samples of 8-bit WAV at 8 kHz. */
static void put_wav(const char *name, unsigned char frames)
{
    static const unsigned char head[] = {
        'R', 'I', 'F', 'F', 36, 0, 0, 0, 'W', 'A', 'V', 'E', 'f', 'm',
        't', ' ', 16,  0,   0,  0, 1, 0, 1,   0,   64,  31,  0,   0,
        64,  31,  0,   0,   1,  0, 8, 0, 'd', 'a', 't', 'a',
    };
    char *path = path_join(folder, name);
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    fwrite(head, 1, sizeof(head), file);
    fputc(frames, file);
    fputc(0, file);
    fputc(0, file);
    fputc(0, file);
    for (int i = 0; i < frames; i++)
        fputc(128, file);
    fclose(file);
    free(path);
}

static struct columns *corpus_of(const char *const *cell, size_t rows)
{
    struct columns *corpus = columns_new();

    columns_add(corpus, "id");
    columns_add(corpus, "file");
    for (size_t i = 0; i < rows; i++) {
        columns_add_row(corpus);
        columns_set(corpus, i, 0, cell[2 * i]);
        columns_set(corpus, i, 1, cell[2 * i + 1]);
    }
    return corpus;
}

static void rows_are_in_order_and_failures_are_named(void **state)
{
    static const char *const cell[] = { "z", "z.wav", "bad", "none.wav",
                                        "a", "a.wav", "no",  "" };
    struct columns *corpus = corpus_of(cell, 4);
    struct extract_settings settings = { .set = &tiny,
                                         .jobs = 3,
                                         .folder = folder };
    struct extract_result result;
    struct error err;

    (void)state;
    put_wav("z.wav", 100);
    put_wav("a.wav", 50);
    assert_true(extract_corpus(corpus, &settings, &result, &err));
    assert_int_equal(result.table->rows, 2);
    assert_string_equal(result.table->id[0], "z");
    assert_true(fabs(feature_table_get(result.table, 0, 0) - 100) < 1e-6);
    assert_string_equal(result.table->id[1], "a");
    assert_true(fabs(feature_table_get(result.table, 1, 0) - 50) < 1e-6);
    assert_int_equal(result.failures, 1);
    assert_int_equal(result.failure[0].row, 1);
    assert_non_null(strstr(result.failure[0].text, "none.wav: no such file"));
    assert_int_equal(result.fileless, 1);
    extract_result_release(&result);
    columns_free(corpus);
}

static void what_is_in_the_cache_is_not_computed(void **state)
{
    static const char *const cell[] = { "1", "p.wav", "2", "same.wav" };
    struct columns *corpus = corpus_of(cell, 2);
    char *cache = path_join(folder, "cache");
    struct extract_settings settings = {
        .set = &tiny, .jobs = 1, .folder = folder, .cache = cache
    };
    struct extract_result result;
    struct error err;
    int files = 0;

    (void)state;
    put_wav("p.wav", 10);
    put_wav("same.wav", 10); /* the same bytes: one entry serves both */
    computed = 0;
    assert_true(extract_corpus(corpus, &settings, &result, &err));
    assert_int_equal(computed, 1);
    assert_int_equal(result.cached, 1);
    extract_result_release(&result);
    assert_true(path_walk(cache, count_file, &files, &err));
    assert_int_equal(files, 1);
    put_wav("p.wav", 11); /* other bytes under the old name */
    assert_true(extract_corpus(corpus, &settings, &result, &err));
    assert_int_equal(computed, 2);
    assert_true(fabs(feature_table_get(result.table, 0, 0) - 11) < 1e-6);
    extract_result_release(&result);
    free(cache);
    columns_free(corpus);
}

static void bad_corpus_tables_are_refused(void **state)
{
    static const char *const twice[] = { "a", "x.wav", "a", "y.wav" };
    static const char *const nameless[] = { "", "x.wav" };
    struct extract_settings settings = { .set = &tiny, .folder = folder };
    struct extract_result result;
    struct columns *corpus = corpus_of(twice, 2);
    struct error err;

    (void)state;
    assert_false(extract_corpus(corpus, &settings, &result, &err));
    assert_non_null(strstr(err.text, "ids must differ"));
    columns_free(corpus);
    corpus = corpus_of(nameless, 1);
    assert_false(extract_corpus(corpus, &settings, &result, &err));
    assert_non_null(strstr(err.text, "every item needs an id"));
    columns_free(corpus);
    corpus = corpus_of(twice, 1);
    columns_set(corpus, 0, columns_add(corpus, "start"), "2");
    columns_set(corpus, 0, columns_add(corpus, "end"), "1.5");
    assert_false(extract_corpus(corpus, &settings, &result, &err));
    assert_non_null(strstr(err.text, "expected a time after \"start\""));
    columns_free(corpus);
}

/* Length of the text, or of the piece of the file; the second stays empty. */
static bool measure(const struct feature_set *set,
                    const struct feature_item *item, double *out,
                    struct error *err)
{
    (void)err;
    computed++;
    out[0] = set->input == FEATURE_OF_TEXT
                 ? (double)strlen(item->text)
                 : (double)(item->end_us - item->start_us);
    out[1] = text_equal(item->text, "large") ? INFINITY : NAN;
    return true;
}

static const struct descriptor two[] = {
    { .name = "length", .mean_only = true },
    { .name = "never", .mean_only = true },
};
static const struct feature_set worded = { .name = "worded",
                                           .version = "1",
                                           .input = FEATURE_OF_TEXT,
                                           .column = "text",
                                           .descriptors = two,
                                           .count = 2,
                                           .measure = measure };
static const struct feature_set filed = { .name = "filed",
                                          .version = "1",
                                          .input = FEATURE_OF_FILE,
                                          .column = "face",
                                          .descriptors = two,
                                          .count = 2,
                                          .sparse = true,
                                          .measure = measure };

static void text_is_measured_as_it_stands(void **state)
{
    static const char *const cell[] = { "a", "x", "b", "y", "c", "z", "d", "" };
    struct columns *corpus = corpus_of(cell, 4);
    char *cache = path_join(folder, "no-texts");
    struct extract_settings settings = { .set = &worded,
                                         .folder = folder,
                                         .cache = cache };
    struct extract_result result;
    struct error err;
    size_t text;

    (void)state;
    assert_false(extract_corpus(corpus, &settings, &result, &err));
    assert_non_null(strstr(err.text, "text"));
    text = columns_add(corpus, "text");
    columns_set(corpus, 0, text, "four");
    columns_set(corpus, 1, text, "nothing but text");
    columns_set(corpus, 2, text, "large"); /* a sum beyond all numbers */
    assert_true(extract_corpus(corpus, &settings, &result, &err));
    assert_int_equal(result.table->rows, 3);
    assert_int_equal(result.table->columns, 2);
    assert_true(feature_table_get(result.table, 0, 0) == 4);
    assert_true(feature_table_get(result.table, 2, 0) == 5);
    assert_true(isnan(feature_table_get(result.table, 2, 1)));
    assert_true(feature_table_get(result.table, 1, 0) == 16);
    assert_true(isnan(feature_table_get(result.table, 1, 1)));
    assert_int_equal(result.fileless, 1);
    assert_false(path_is_folder(cache));
    extract_result_release(&result);
    free(cache);
    columns_free(corpus);
}

/* A folder counts by the names and bytes in it. */
static void folders_are_cached_and_empty_columns_left_out(void **state)
{
    static const char *const cell[] = { "a", "x" };
    struct columns *corpus = corpus_of(cell, 1);
    char *cache = path_join(folder, "folders");
    char *file = path_join(folder, "rec/one");
    struct extract_settings settings = {
        .set = &filed, .folder = folder, .column = "face2", .cache = cache
    };
    struct extract_result result;
    struct error err;

    (void)state;
    columns_set(corpus, 0, columns_add(corpus, "face2"), "rec");
    columns_set(corpus, 0, columns_add(corpus, "face2_start"), "1");
    columns_set(corpus, 0, columns_add(corpus, "face2_end"), "1.5");
    columns_set(corpus, 0, columns_add(corpus, "start"), "17");
    computed = 0;
    for (int i = 0; i < 4; i++) {
        char *parent = path_folder(file);

        assert_true(path_make_folders(parent, 0700, &err));
        assert_true(atomic_write(file, i < 2 ? "same" : "diff", 4, &err));
        free(parent);
        assert_true(extract_corpus(corpus, &settings, &result, &err));
        assert_int_equal(computed, i < 2 ? 1 : 2);
        assert_int_equal(result.table->columns, 1);
        assert_int_equal(result.left_out, 1);
        assert_true(feature_table_get(result.table, 0, 0) == 500000);
        extract_result_release(&result);
    }
    free(file);
    free(cache);
    columns_free(corpus);
}

static int begin(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int finish(void **state)
{
    char command[64];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_comes_back_with_its_holes),
        cmocka_unit_test(every_part_of_the_key_counts),
        cmocka_unit_test(a_damaged_entry_counts_as_not_there),
        cmocka_unit_test(rows_are_in_order_and_failures_are_named),
        cmocka_unit_test(what_is_in_the_cache_is_not_computed),
        cmocka_unit_test(bad_corpus_tables_are_refused),
        cmocka_unit_test(text_is_measured_as_it_stands),
        cmocka_unit_test(folders_are_cached_and_empty_columns_left_out),
    };

    return cmocka_run_group_tests(tests, begin, finish);
}
