/* reader_pair - each sample of both is where it should be. */
#include <config.h>

#include "common/media/reader_pair.h"

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

#include "common/media/reader.h"

static char folder[] = "/tmp/mien-pair.XXXXXX";

static void put(FILE *file, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        putc((int)(value >> (8 * i) & 0xFF), file);
}

/* Sample i of channel c is (first + i + 1000 c) / 32768. */
static char *write_ramp(const char *name, int rate, int channels, int frames,
                        int first)
{
    uint32_t size = (uint32_t)(2 * channels * frames);
    char *path = NULL;
    FILE *file;

    if (asprintf(&path, "%s/%s", folder, name) < 0)
        abort();
    file = fopen(path, "wb");
    assert_non_null(file);
    fputs("RIFF", file);
    put(file, 36 + size, 4);
    fputs("WAVEfmt ", file);
    put(file, 16, 4);
    put(file, 1, 2);
    put(file, (uint32_t)channels, 2);
    put(file, (uint32_t)rate, 4);
    put(file, (uint32_t)(2 * channels * rate), 4);
    put(file, (uint32_t)(2 * channels), 2);
    put(file, 16, 2);
    fputs("data", file);
    put(file, size, 4);
    for (int i = 0; i < frames; i++)
        for (int c = 0; c < channels; c++)
            put(file, (uint32_t)(first + i + 1000 * c), 2);
    fclose(file);
    return path;
}

static struct reader *must_open(const struct reader_part *first,
                                const struct reader_part *second)
{
    char *name = reader_pair_name(first, second);
    struct error err;
    struct reader *reader = reader_open(name, &err);

    if (!reader)
        fail_msg("%s", err.text);
    free(name);
    return reader;
}

/* Frames [from, from + count), one channel. */
static void is_ramp(struct reader *reader, int64_t from, int64_t count,
                    int first)
{
    int channels = reader_info(reader)->channels;
    float *got = calloc((size_t)(count * channels) + 1, sizeof(*got));
    struct error err;

    if (!reader_seek(reader, from, &err))
        fail_msg("%s", err.text);
    assert_int_equal(reader_read(reader, got, count, &err), count);
    for (int64_t i = 0; i < count; i++)
        assert_int_equal(lrintf(got[i * channels] * 32768),
                         first < 0 ? 0 : first + i);
    free(got);
}

static void spans_of_both_stand_with_half_a_second_between(void **state)
{
    char *one = write_ramp("one.wav", 8000, 1, 8000, 100);
    char *two = write_ramp("two.wav", 8000, 1, 4000, 12000);
    struct reader_part first = { one, 250000, 750000 };
    struct reader_part second = { two, 125000, -1 };
    struct reader *reader = must_open(&first, &second);
    const struct reader_info *info = reader_info(reader);
    struct error err;
    float last[8];

    (void)state;
    assert_int_equal(info->rate, 8000);
    assert_int_equal(info->channels, 1);
    assert_int_equal(info->second, 4000 + 4000);
    assert_int_equal(info->frames, 8000 + 3000);
    is_ramp(reader, 0, 4000, 100 + 2000);
    is_ramp(reader, 4000, 4000, -1);
    is_ramp(reader, 8000, 3000, 12000 + 1000);
    assert_int_equal(reader_read(reader, last, 8, &err), 0);
    /* From anywhere to anywhere. */
    is_ramp(reader, 9000, 500, 12000 + 2000);
    is_ramp(reader, 3999, 1, 100 + 5999);
    is_ramp(reader, 8000, 1, 13000);
    is_ramp(reader, 7999, 1, -1);
    is_ramp(reader, 0, 4000, 2100);
    is_ramp(reader, 8000, 3000, 13000);
    assert_true(reader_seek(reader, 11000, &err));
    assert_false(reader_seek(reader, 11001, &err));
    reader_close(reader);
    free(one);
    free(two);
}

static void one_channel_becomes_all_and_the_lower_rate_the_higher(void **state)
{
    char *one = write_ramp("mono.wav", 8000, 1, 800, 5000);
    char *two = write_ramp("stereo.wav", 16000, 2, 1600, 7000);
    struct reader_part first = { one, 0, -1 }, second = { two, 0, -1 };
    struct reader *reader = must_open(&first, &second);
    const struct reader_info *info = reader_info(reader);
    struct error err;
    float frame[2];

    (void)state;
    assert_int_equal(info->rate, 16000);
    assert_int_equal(info->channels, 2);
    assert_int_equal(info->second, 1600 + 8000);
    assert_int_equal(info->frames, 1600 + 8000 + 1600);
    is_ramp(reader, 9600, 1600, 7000); /* what has the rate is as it was */
    assert_true(reader_seek(reader, 9600, &err));
    assert_int_equal(reader_read(reader, frame, 1, &err), 1);
    assert_int_equal(lrintf(frame[1] * 32768), 8000);
    assert_true(reader_seek(reader, 800, &err)); /* frame 400 of the ramp */
    assert_int_equal(reader_read(reader, frame, 1, &err), 1);
    assert_true(fabsf(frame[0] * 32768 - 5400) < 3);
    assert_true(frame[0] == frame[1]);
    reader_close(reader);
    free(one);
    free(two);
}

static void names_are_taken_apart_again(void **state)
{
    struct reader_part first = { "a:b/17:x.wav", 5, -1 };
    struct reader_part second = { "//pair/c.wav", 0, 9 };
    char *name = reader_pair_name(&first, &second);
    char *one = reader_pair_path(name, 0), *two = reader_pair_path(name, 1);

    (void)state;
    assert_true(reader_is_pair(name));
    assert_false(reader_is_pair("/pair/a.wav"));
    assert_string_equal(one, first.path);
    assert_string_equal(two, second.path);
    assert_null(reader_pair_path("/pair/a.wav", 0));
    assert_null(reader_pair_path("//pair/1:2:3:4:99:a:b", 0));
    free(name);
    free(one);
    free(two);
}

static void the_one_that_is_missing_is_named(void **state)
{
    char *one = write_ramp("there.wav", 8000, 1, 800, 0);
    struct reader_part first = { one, 0, -1 };
    struct reader_part gone = { "/nowhere/two.wav", 0, -1 };
    struct reader_part late = { one, 500000, -1 };
    char *name = reader_pair_name(&first, &gone);
    struct error err;

    (void)state;
    assert_null(reader_open(name, &err));
    assert_non_null(strstr(err.text, "/nowhere/two.wav: no such file"));
    assert_null(strstr(err.text, "there.wav"));
    free(name);
    name = reader_pair_name(&first, &late);
    assert_null(reader_open(name, &err));
    assert_non_null(strstr(err.text, "begins after the end"));
    free(name);
    free(one);
}

static int setup(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int teardown(void **state)
{
    static const char *const files[] = { "one.wav", "two.wav", "mono.wav",
                                         "stereo.wav", "there.wav" };

    (void)state;
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        char *path = NULL;

        if (asprintf(&path, "%s/%s", folder, files[i]) < 0)
            abort();
        unlink(path);
        free(path);
    }
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_of_both_stand_with_half_a_second_between),
        cmocka_unit_test(one_channel_becomes_all_and_the_lower_rate_the_higher),
        cmocka_unit_test(names_are_taken_apart_again),
        cmocka_unit_test(the_one_that_is_missing_is_named),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
