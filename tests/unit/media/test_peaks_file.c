/*
 * Tests of peaks_file and hash_checked: what is kept in the cache.
 */
#include <config.h>

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
#include "common/file/hash_checked.h"
#include "common/media/peaks_file.h"

enum { RATE = 8000, FRAMES = 30000, COLUMNS = 70 };

static char folder[] = "/tmp/mien-cache-XXXXXX";
static const uint8_t medium[HASH_SIZE] = { 1, 2, 3 };

static int begin(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static bool drop(void *context, const char *relative, struct error *err)
{
    char *path = path_join(folder, relative);

    (void)context;
    (void)err;
    unlink(path);
    free(path);
    return true;
}

static int end(void **state)
{
    char *below = path_join(folder, "checked");
    struct error err;

    (void)state;
    path_walk(folder, drop, NULL, &err);
    rmdir(below);
    free(below);
    return rmdir(folder);
}

static struct peaks *build(int channels)
{
    struct peaks *peaks = peaks_new(RATE, channels, 400, FRAMES);
    float frame[4];

    for (int i = 0; i < FRAMES; i++) {
        for (int c = 0; c < channels; c++)
            frame[c] = (float)((i * (c + 3)) % 1000) / 1000 - 0.5f;
        peaks_add(peaks, frame, 1);
    }
    peaks_finish(peaks);
    return peaks;
}

static void what_was_kept_is_drawn_as_before(void **state)
{
    (void)state;
    for (int channels = 1; channels <= 4; channels++) {
        struct peaks *peaks = build(channels), *again;
        char *path = peaks_file_name(folder, medium, channels, -1);
        struct peak a[COLUMNS], b[COLUMNS];
        struct peaks_info was, is;
        struct error err;
        struct stat info;

        assert_true(peaks_file_write(peaks, path, &err));
        again = peaks_file_read(path, &err);
        assert_non_null(again);
        peaks_info(peaks, &was);
        peaks_info(again, &is);
        assert_true(is.finished);
        assert_int_equal(is.frames, was.frames);
        assert_int_equal(is.bucket, was.bucket);
        for (int c = PEAKS_ALL; c < is.channels; c++) {
            peaks_draw(peaks, c, 50000, 3800000, a, COLUMNS);
            peaks_draw(again, c, 50000, 3800000, b, COLUMNS);
            assert_memory_equal(a, b, sizeof(a));
        }
        assert_int_equal(stat(path, &info), 0);
        assert_int_equal(info.st_mode & 0777, 0600);
        peaks_free(again);
        peaks_free(peaks);
        free(path);
    }
}

static void a_damaged_file_is_none(void **state)
{
    struct peaks *peaks = build(1);
    char *path = peaks_file_name(folder, medium, 77, -1);
    struct error err;
    FILE *file;

    (void)state;
    assert_null(peaks_file_read(path, &err)); /* not there */
    assert_true(peaks_file_write(peaks, path, &err));
    file = fopen(path, "r+b");
    fseek(file, -100, SEEK_END);
    fputc('x', file);
    fclose(file);
    assert_null(peaks_file_read(path, &err));
    assert_int_equal(truncate(path, 50), 0);
    assert_null(peaks_file_read(path, &err));
    peaks_free(peaks);
    free(path);
}

static void names_tell_media_and_spans_apart_and_nothing_else(void **state)
{
    uint8_t other[HASH_SIZE] = { 9 };
    char *a = peaks_file_name(folder, medium, 0, -1);
    char *b = peaks_file_name(folder, medium, 0, 5);
    char *c = peaks_file_name(folder, other, 0, -1);

    (void)state;
    assert_string_not_equal(a, b);
    assert_string_not_equal(a, c);
    assert_int_equal(strlen(a), strlen(folder) + 1 + 64);
    free(a);
    free(b);
    free(c);
}

static bool never(void *context)
{
    (*(int *)context)++;
    return false;
}

static void a_hash_is_that_of_the_file_and_can_be_given_up(void **state)
{
    struct checked_watch watch = { .go_on = never };
    uint8_t found[HASH_SIZE], expected[HASH_SIZE];
    int asked = 0;
    char path[80];
    struct error err;
    FILE *file;

    (void)state;
    snprintf(path, sizeof(path), "%s/medium", folder);
    file = fopen(path, "wb");
    for (int i = 0; i < 1000000; i++)
        fputc(i % 251, file);
    fclose(file);
    assert_true(hash_file_sha256(path, expected, &err));
    assert_true(checked_sha256(path, folder, NULL, found, &err));
    assert_memory_equal(found, expected, HASH_SIZE);
    watch.context = &asked;
    assert_false(checked_sha256(path, folder, &watch, found, &err));
    assert_int_equal(err.code, ERROR_INTERRUPTED);
    assert_int_equal(asked, 1);
    assert_false(checked_sha256("/nowhere", folder, NULL, found, &err));
}

/* A large file is remembered; one byte less of change and it is read anew. */
static void a_large_file_is_read_once_until_it_changes(void **state)
{
    struct checked_watch watch = { .go_on = never };
    uint8_t first[HASH_SIZE], found[HASH_SIZE];
    int asked = 0;
    char path[80], memory[80];
    struct error err;
    FILE *file;

    (void)state;
    watch.context = &asked;
    snprintf(path, sizeof(path), "%s/large", folder);
    snprintf(memory, sizeof(memory), "%s/checked", folder);
    file = fopen(path, "wb");
    assert_int_equal(ftruncate(fileno(file), CHECKED_LARGE + 1), 0);
    fclose(file);
    assert_true(checked_sha256(path, memory, NULL, first, &err));
    assert_true(checked_sha256(path, memory, &watch, found, &err));
    assert_int_equal(asked, 0);
    assert_memory_equal(found, first, HASH_SIZE);
    file = fopen(path, "r+b");
    fputc('x', file);
    fclose(file);
    assert_false(checked_sha256(path, memory, &watch, found, &err));
    assert_int_equal(asked, 1);
    assert_true(checked_sha256(path, memory, NULL, found, &err));
    assert_memory_not_equal(found, first, HASH_SIZE);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_kept_is_drawn_as_before),
        TEST(a_damaged_file_is_none),
        TEST(names_tell_media_and_spans_apart_and_nothing_else),
        TEST(a_hash_is_that_of_the_file_and_can_be_given_up),
        TEST(a_large_file_is_read_once_until_it_changes),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
