/*
 * The set "egemaps-compat" against openSMILE 3.0.1, all of EmoDB (16 kHz) and
 * RAVDESS (48 kHz), and frame by frame on two files.  The table of agreement is
 * printed.
 */
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
#include "common/base/vec.h"
#include "common/file/columns.h"
#include "common/media/rate.h"
#include "eval/feat/extract.h"
#include "eval/feat/voice.h"
#include "eval/feat/voice_sum.h"

static const char *shared;

/* Two columns of numbers, ours and theirs. */
struct pair {
    double *ours, *theirs; /* owned */
    size_t count;
};

struct agreement {
    double r, median, worst; /* relative errors */
    double outside; /* the largest error over max(|value|, deviation) */
};

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static struct agreement compare(const struct pair *pair)
{
    double n = (double)pair->count, mx = 0, my = 0, sxx = 0, syy = 0, sxy = 0;
    double *error = xcalloc(pair->count, sizeof(*error));
    struct agreement out = { 0 };

    for (size_t i = 0; i < pair->count; i++) {
        mx += pair->ours[i] / n;
        my += pair->theirs[i] / n;
    }
    for (size_t i = 0; i < pair->count; i++) {
        double x = pair->ours[i] - mx, y = pair->theirs[i] - my;

        sxx += x * x;
        syy += y * y;
        sxy += x * y;
    }
    for (size_t i = 0; i < pair->count; i++) {
        double size = fabs(pair->theirs[i]), sd = sqrt(syy / n);
        double off = fabs(pair->ours[i] - pair->theirs[i]);

        error[i] = off > 0 ? off / fmax(size, 1e-9) : 0;
        out.outside = fmax(out.outside, off / fmax(size, sd));
    }
    qsort(error, pair->count, sizeof(*error), by_size);
    out.r = sxy / sqrt(sxx * syy);
    out.median = error[pair->count / 2];
    out.worst = error[pair->count - 1];
    free(error);
    return out;
}

static char *file_of(const char *corpus, const char *id)
{
    if (strcmp(corpus, "ravdess") == 0)
        return xasprintf("Actor_%s/%s.flac", id + strlen(id) - 2, id);
    return xasprintf("%s.flac", id);
}

static bool extract_all(const char *corpus,
                        const struct feature_table *reference,
                        struct extract_result *ours, struct error *err)
{
    char *folder = xasprintf("%s/data/%s/audio", shared, corpus);
    struct extract_settings settings = { .folder = folder, .column = "file" };
    struct columns *rows = columns_new();
    bool good;

    settings.set = registry_find("egemaps-compat", err);
    columns_add(rows, "id");
    columns_add(rows, "file");
    for (size_t i = 0; i < reference->rows; i++) {
        char *file = file_of(corpus, reference->id[i]);

        columns_add_row(rows);
        columns_set(rows, i, 0, reference->id[i]);
        columns_set(rows, i, 1, file);
        free(file);
    }
    good = settings.set && extract_corpus(rows, &settings, ours, err);
    columns_free(rows);
    free(folder);
    return good;
}

/*
 * Ratios of a spread to a mean near 0, and the spread of bandwidths that
 * depends on single precision in frames near silence: here the typical file
 * must agree, not the rare one.
 */
static const int loose[] = { 38, 40, 50, 56, 64, 66 };

/* Spreads over a mean that may lie near 0: mfcc1 to mfcc4. */
static bool is_ratio(int number)
{
    return number >= 24 && number <= 30 && number % 2 == 0;
}

/* Numbers of columns as published, from 1; all frames enter these. */
static bool is_exact(int number)
{
    return (number >= 11 && number <= 30) || number == 82 || number == 88;
}

static bool is_loose(int number)
{
    for (size_t i = 0; i < LENGTH_OF(loose); i++)
        if (loose[i] == number)
            return true;
    return false;
}

static bool good_enough(int number, const struct agreement *found)
{
    if (is_exact(number))
        return found->outside < (is_ratio(number) ? 1e-3 : 1e-4);
    if (is_loose(number))
        return found->median < 2e-3;
    return found->r > 0.99;
}

static void corpus_agrees(const char *corpus, size_t items)
{
    char *path = xasprintf("%s/data/formats/opensmile/%s-eGeMAPSv02.csv",
                           shared, corpus);
    struct error err = { 0 };
    struct feature_table *reference = feature_table_read(path, &err);
    struct extract_result ours = { 0 };
    struct pair pair;
    int bad = 0;

    assert_non_null(reference);
    assert_int_equal(reference->rows, items);
    if (!extract_all(corpus, reference, &ours, &err))
        fail_msg("%s", err.text);
    assert_int_equal(ours.failures, 0);
    assert_int_equal(ours.table->columns, 88);
    pair.count = items;
    pair.ours = xcalloc(items, sizeof(double));
    pair.theirs = xcalloc(items, sizeof(double));
    for (size_t c = 0; c < 88; c++) {
        struct agreement found;
        bool good;

        assert_string_equal(ours.table->name[c], reference->name[c]);
        for (size_t i = 0; i < items; i++) {
            pair.ours[i] = feature_table_get(ours.table, i, c);
            pair.theirs[i] = feature_table_get(reference, i, c);
        }
        found = compare(&pair);
        good = good_enough((int)c + 1, &found);
        bad += !good;
        print_message("# %s %2zu %-46s r %.5f median %.1e worst %.1e%s\n",
                      corpus, c + 1, reference->name[c], found.r, found.median,
                      found.worst, good ? "" : " DISAGREES");
    }
    assert_int_equal(bad, 0);
    free(pair.ours);
    free(pair.theirs);
    extract_result_release(&ours);
    feature_table_free(reference);
    free(path);
}

static void functionals_agree_at_16_khz(void **state)
{
    (void)state;
    corpus_agrees("emodb", 362);
}

static void functionals_agree_at_48_khz(void **state)
{
    (void)state;
    corpus_agrees("ravdess", 480);
}

struct rows {
    struct voice_row *item; /* owned */
    size_t count, capacity;
};

static void keep_row(void *context, const struct voice_row *row)
{
    struct rows *rows = context;

    VEC_PUSH(rows, *row);
}

static void describe(const char *id, struct rows *rows)
{
    char *path = xasprintf("%s/data/emodb/audio/%s.flac", shared, id);
    struct rate_sound sound;
    struct error err;
    struct voice *voice = voice_new(16000, keep_row, rows, &err);

    assert_true(rate_load(path, 0, -1, 16000, &sound, &err));
    voice_push(voice, sound.sample, sound.count);
    voice_finish(voice);
    voice_free(voice);
    rate_sound_release(&sound);
    free(path);
}

/* Its last row is one that only 20 ms of sound remain for. */
static void frames_agree(const char *id, size_t frames)
{
    char *path = xasprintf("%s/data/formats/opensmile/%s-eGeMAPSv02-lld.csv",
                           shared, id);
    struct csv_options semicolons = { .separator = ';' };
    struct error err = { 0 };
    struct columns *reference = columns_read(path, &semicolons, &err);
    struct rows rows = { 0 };
    struct pair pair[VOICE_COUNT];

    if (!reference)
        fail_msg("%s", err.text);
    describe(id, &rows);
    assert_int_equal(columns_rows(reference), frames + 1);
    for (int c = 0; c < VOICE_COUNT; c++) {
        pair[c].count = frames;
        pair[c].ours = xcalloc(frames, sizeof(double));
        pair[c].theirs = xcalloc(frames, sizeof(double));
    }
    for (size_t t = 0; t < frames; t++) {
        float smoothed[VOICE_COUNT];

        assert_false(rows.item[t].tail);
        voice_sum_smooth(&rows.item[t > 0 ? t - 1 : 0], &rows.item[t],
                         &rows.item[t + 1], smoothed);
        for (int c = 0; c < VOICE_COUNT; c++) {
            pair[c].ours[t] = smoothed[c];
            pair[c].theirs[t] =
                strtod(columns_text(reference, t, (size_t)c + 2), NULL);
        }
    }
    assert_true(rows.item[frames].tail);
    for (int c = 0; c < VOICE_COUNT; c++) {
        struct agreement found = compare(&pair[c]);

        print_message("# %s %2d r %.6f median %.1e\n", id, c + 1, found.r,
                      found.median);
        if (!(found.r > 0.995 && found.median < 1e-3))
            fail_msg("%s: column %d", id, c + 1);
        free(pair[c].ours);
        free(pair[c].theirs);
    }
    columns_free(reference);
    free(rows.item);
    free(path);
}

static void descriptors_agree_frame_by_frame(void **state)
{
    (void)state;
    frames_agree("03a01Fa", 184);
    frames_agree("08a04Tb", 378);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functionals_agree_at_16_khz),
        cmocka_unit_test(functionals_agree_at_48_khz),
        cmocka_unit_test(descriptors_agree_frame_by_frame),
    };
    char *path;

    shared = getenv("MIEN_SHARED");
    path = xasprintf("%s/data/formats/opensmile/emodb-eGeMAPSv02.csv",
                     shared ? shared : "");
    if (!path_is_file(path)) {
        printf("1..0 # SKIP no reference tables\n");
        free(path);
        return 0;
    }
    free(path);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
