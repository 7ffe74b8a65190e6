/*
 * The set "basic" against openSMILE 3.0.1 and Praat 6.3.07 on EmoDB.
 *
 * The definitions differ in detail (frames, lifter, smoothing, pitch by
 * subharmonic summation there), so what must agree is the order of the files:
 * Pearson's r over all 362.
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
#include "common/file/columns.h"
#include "eval/feat/extract.h"

static const char *shared;
static struct extract_result ours;
static struct feature_table *opensmile; /* owned */
static struct columns *praat;           /* owned */

static int begin(void **state)
{
    char *path =
        xasprintf("%s/data/formats/opensmile/emodb-eGeMAPSv02.csv", shared);
    char *praat_path =
        xasprintf("%s/data/praat-measures/emodb-praat.csv", shared);
    char *folder = xasprintf("%s/data/emodb/audio", shared);
    struct extract_settings settings = { .folder = folder };
    struct columns *corpus = columns_new();
    struct error err;
    bool good;

    (void)state;
    settings.set = registry_find("basic", &err);
    opensmile = feature_table_read(path, &err);
    praat = columns_read(praat_path, NULL, &err);
    good = opensmile && praat;
    columns_add(corpus, "id");
    columns_add(corpus, "file");
    for (size_t i = 0; good && i < opensmile->rows; i++) {
        char *file = xasprintf("%s.flac", opensmile->id[i]);

        columns_add_row(corpus);
        columns_set(corpus, i, 0, opensmile->id[i]);
        columns_set(corpus, i, 1, file);
        free(file);
    }
    good = good && extract_corpus(corpus, &settings, &ours, &err);
    if (!good)
        print_message("%s\n", err.text);
    columns_free(corpus);
    free(path);
    free(praat_path);
    free(folder);
    return good && ours.failures == 0 ? 0 : -1;
}

static int finish(void **state)
{
    (void)state;
    extract_result_release(&ours);
    feature_table_free(opensmile);
    columns_free(praat);
    return 0;
}

static double our_value(const char *column, size_t row)
{
    long at = feature_table_column(ours.table, column);

    assert_true(at >= 0);
    return feature_table_get(ours.table, row, (size_t)at);
}

static double pearson(const double *x, const double *y, size_t count)
{
    double n = (double)count, mx = 0, my = 0, sxx = 0, syy = 0, sxy = 0;

    for (size_t i = 0; i < count; i++) {
        mx += x[i] / n;
        my += y[i] / n;
    }
    for (size_t i = 0; i < count; i++) {
        sxx += (x[i] - mx) * (x[i] - mx);
        syy += (y[i] - my) * (y[i] - my);
        sxy += (x[i] - mx) * (y[i] - my);
    }
    return sxy / sqrt(sxx * syy);
}

static void agrees(const char *column, const char *theirs, double least)
{
    size_t count = ours.table->rows;
    double *x = xcalloc(count, sizeof(*x)), *y = xcalloc(count, sizeof(*y)), r;
    long at = feature_table_column(opensmile, theirs);

    assert_true(at >= 0);
    assert_int_equal(count, 362);
    for (size_t i = 0; i < count; i++) {
        x[i] = our_value(column, i);
        y[i] = feature_table_get(opensmile, i, (size_t)at);
    }
    r = pearson(x, y, count);
    if (!(r > least))
        fail_msg("%s and %s: r %.4f", column, theirs, r);
    free(x);
    free(y);
}

static void cepstra_follow_opensmile(void **state)
{
    (void)state;
    agrees("mfcc1_mean", "mfcc1_sma3_amean", 0.99);
    agrees("mfcc2_mean", "mfcc2_sma3_amean", 0.99);
    agrees("mfcc3_mean", "mfcc3_sma3_amean", 0.99);
    agrees("mfcc4_mean", "mfcc4_sma3_amean", 0.99);
}

static void pitch_follows_opensmile(void **state)
{
    double distance = 0;
    long at = feature_table_column(
        opensmile, "F0semitoneFrom27.5Hz_sma3nz_percentile50.0");

    (void)state;
    agrees("f0_mean", "F0semitoneFrom27.5Hz_sma3nz_amean", 0.97);
    agrees("f0_p50", "F0semitoneFrom27.5Hz_sma3nz_percentile50.0", 0.98);
    for (size_t i = 0; i < ours.table->rows; i++)
        distance += fabs(our_value("f0_p50", i) -
                         feature_table_get(opensmile, i, (size_t)at)) /
                    (double)ours.table->rows;
    assert_true(distance < 0.5); /* semitones */
}

/* Praat's rows stand in another order: by file name. */
static void voicing_follows_praat(void **state)
{
    size_t count = columns_rows(praat), file, share;
    double *x = xcalloc(count, sizeof(*x)), *y = xcalloc(count, sizeof(*y));
    struct error err;

    (void)state;
    file = (size_t)columns_find(praat, "file");
    share = (size_t)columns_find(praat, "voiced_fraction");
    for (size_t i = 0; i < count; i++) {
        char *id = path_without_extension(columns_text(praat, i, file));
        long row = feature_table_row(opensmile, id);

        assert_true(row >= 0);
        x[i] = our_value("voiced_fraction", (size_t)row);
        assert_true(columns_number(praat, i, share, &y[i], &err));
        free(id);
    }
    assert_true(pearson(x, y, count) > 0.98);
    free(x);
    free(y);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cepstra_follow_opensmile),
        cmocka_unit_test(pitch_follows_opensmile),
        cmocka_unit_test(voicing_follows_praat),
    };
    char *path;

    shared = getenv("MIEN_SHARED");
    path = xasprintf("%s/data/emodb/audio", shared ? shared : "");
    if (!shared || !path_is_folder(path)) {
        printf("1..0 # SKIP no emodb in $MIEN_SHARED\n");
        free(path);
        return 0;
    }
    free(path);
    return cmocka_run_group_tests(tests, begin, finish);
}
