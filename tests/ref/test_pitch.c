/*
 * pitch against Praat 6.3.07: mean F0 of every file of EmoDB and RAVDESS.
 *
 * Praat measured at the files' own rates (RAVDESS: 48 kHz), with "To Pitch
 * (ac)", 75 to 600 Hz; here all is at 16 kHz, as `extract` has it.
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
#include <unistd.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/file/columns.h"
#include "common/media/rate.h"
#include "common/signal/pitch.h"

enum { RATE = 16000, HOP = 160 };

static const char *shared;

struct pairs {
    double *item; /* Praat's and ours, in turn */
    size_t count, capacity;
};

static void mean_pitch(const struct rate_sound *sound, double *mean_hz,
                       double *voiced)
{
    struct pitch_settings settings = pitch_defaults(RATE, HOP);
    struct error err;
    struct pitch *pitch = pitch_new(&settings, &err);
    int64_t count = pitch_count(pitch, sound->count), found = 0;
    struct pitch_value *value = xcalloc((size_t)count, sizeof(*value));

    pitch_track(pitch, sound->sample, sound->count, value);
    *mean_hz = 0;
    for (int64_t i = 0; i < count; i++)
        if (value[i].hz > 0) {
            *mean_hz += value[i].hz;
            found++;
        }
    *mean_hz /= (double)found;
    *voiced = (double)found / (double)count;
    free(value);
    pitch_free(pitch);
}

/* RAVDESS lies in a folder for each actor: the last two digits. */
static char *audio_of(const char *corpus, const char *file)
{
    char *base = path_without_extension(file);
    const char *actor = base + strlen(base) - 2;
    char *path = strcmp(corpus, "emodb") == 0
                     ? xasprintf("%s/data/emodb/audio/%s.flac", shared, base)
                     : xasprintf("%s/data/ravdess/audio/Actor_%s/%s.flac",
                                 shared, actor, base);

    free(base);
    return path;
}

static void measure(const char *corpus, struct pairs *f0, struct pairs *share)
{
    char *table_path =
        xasprintf("%s/data/praat-measures/%s-praat.csv", shared, corpus);
    struct error err;
    struct columns *table = columns_read(table_path, NULL, &err);
    size_t file, f0_column, share_column;

    if (!table)
        fail_msg("%s", err.text);
    file = (size_t)columns_find(table, "file");
    f0_column = (size_t)columns_find(table, "f0_mean_hz");
    share_column = (size_t)columns_find(table, "voiced_fraction");
    for (size_t i = 0; i < columns_rows(table); i++) {
        char *path = audio_of(corpus, columns_text(table, i, file));
        struct rate_sound sound;
        double hz, voiced, praat_hz, praat_voiced;

        if (!rate_load(path, 0, -1, RATE, &sound, &err))
            fail_msg("%s", err.text);
        mean_pitch(&sound, &hz, &voiced);
        columns_number(table, i, f0_column, &praat_hz, &err);
        columns_number(table, i, share_column, &praat_voiced, &err);
        VEC_PUSH(f0, praat_hz);
        VEC_PUSH(f0, hz);
        VEC_PUSH(share, praat_voiced);
        VEC_PUSH(share, voiced);
        if (getenv("MIEN_VERBOSE"))
            printf("# %s praat %.2f mien %.2f voiced %.3f %.3f\n",
                   columns_text(table, i, file), praat_hz, hz, praat_voiced,
                   voiced);
        rate_sound_release(&sound);
        free(path);
    }
    columns_free(table);
    free(table_path);
}

static double pearson(const struct pairs *pairs)
{
    double n = (double)pairs->count / 2, mx = 0, my = 0;
    double sxx = 0, syy = 0, sxy = 0;

    for (size_t i = 0; i < pairs->count; i += 2) {
        mx += pairs->item[i] / n;
        my += pairs->item[i + 1] / n;
    }
    for (size_t i = 0; i < pairs->count; i += 2) {
        double dx = pairs->item[i] - mx, dy = pairs->item[i + 1] - my;

        sxx += dx * dx;
        syy += dy * dy;
        sxy += dx * dy;
    }
    return sxy / sqrt(sxx * syy);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* The `share` quantile of the absolute distance in semitones. */
static double semitones(const struct pairs *pairs, double share)
{
    size_t n = pairs->count / 2;
    double *distance = xcalloc(n, sizeof(*distance)), value;

    for (size_t i = 0; i < n; i++)
        distance[i] =
            fabs(12 * log2(pairs->item[2 * i + 1] / pairs->item[2 * i]));
    qsort(distance, n, sizeof(*distance), by_size);
    value = distance[(size_t)(share * (double)(n - 1))];
    free(distance);
    return value;
}

static void compare(const char *corpus, size_t files)
{
    struct pairs f0 = { 0 }, share = { 0 };

    measure(corpus, &f0, &share);
    printf("# %s: %zu files, r %.5f, semitones apart: median %.4f, 95 %% %.3f,"
           " most %.3f; voiced share r %.4f\n",
           corpus, f0.count / 2, pearson(&f0), semitones(&f0, 0.5),
           semitones(&f0, 0.95), semitones(&f0, 1), pearson(&share));
    assert_int_equal(f0.count / 2, files);
    assert_true(pearson(&f0) > 0.99);
    assert_true(semitones(&f0, 0.5) < 0.1);
    assert_true(semitones(&f0, 0.95) < 1);
    assert_true(pearson(&share) > 0.95);
    free(f0.item);
    free(share.item);
}

static void mean_pitch_of_emodb_is_that_of_praat(void **state)
{
    (void)state;
    compare("emodb", 362);
}

static void mean_pitch_of_ravdess_is_that_of_praat(void **state)
{
    (void)state;
    compare("ravdess", 480);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mean_pitch_of_emodb_is_that_of_praat),
        cmocka_unit_test(mean_pitch_of_ravdess_is_that_of_praat),
    };
    char *path;

    shared = getenv("MIEN_SHARED");
    path = xasprintf("%s/data/praat-measures", shared ? shared : "");
    if (!shared || !path_is_folder(path)) {
        printf("1..0 # SKIP no praat-measures in $MIEN_SHARED\n");
        free(path);
        return 0;
    }
    free(path);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
