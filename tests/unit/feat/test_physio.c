/* eda, beats, physio - of signals known by formula. */
#include <config.h>

#include "eval/feat/physio.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/file/atomic.h"
#include "eval/feat/beats.h"
#include "eval/feat/eda.h"
#include "eval/feat/pulse.h"

enum { RATE = 4, COUNT = 1200 }; /* five minutes */

static char folder[] = "/tmp/mien-physio.XXXXXX";
static double value[COUNT], tonic[COUNT], phasic[COUNT];

static void near(double a, double b, double slack)
{
    if (!(fabs(a - b) <= slack))
        fail_msg("%.9g is not %.9g", a, b);
}

/* A line is all tonic, also at its ends. */
static void a_slope_is_tonic(void **state)
{
    (void)state;
    for (int i = 0; i < COUNT; i++)
        value[i] = 2 + 0.001 * i;
    assert_true(eda_split(value, COUNT, RATE, tonic, phasic));
    for (int i = 0; i < COUNT; i++)
        near(phasic[i], 0, 1e-3);
    /* One period of the filter, and not a sample less. */
    assert_false(eda_split(value, 80, RATE, tonic, phasic));
    assert_true(eda_split(value, 81, RATE, tonic, phasic));
}

/*
 * Forwards and backwards the gain is 1 / (1 + (f / fc)^4) after the bilinear
 * transform's bending: one half at fc itself; at 4 fc 1 / 257 of the height
 * is left in the tonic part.
 */
static void a_swing_is_split_by_its_frequency(void **state)
{
    double low = 0, high = 0;

    (void)state;
    for (int i = 0; i < COUNT; i++)
        value[i] = 5 + sin(2 * M_PI * 0.05 * i / RATE);
    assert_true(eda_split(value, COUNT, RATE, tonic, phasic));
    for (int i = COUNT / 4; i < COUNT * 3 / 4; i++)
        low = fmax(low, fabs(tonic[i] - 5));
    near(low, 0.5, 0.01);
    for (int i = 0; i < COUNT; i++)
        value[i] = 5 + sin(2 * M_PI * 0.2 * i / RATE);
    assert_true(eda_split(value, COUNT, RATE, tonic, phasic));
    for (int i = COUNT / 4; i < COUNT * 3 / 4; i++)
        high = fmax(high, fabs(tonic[i] - 5));
    near(high, 1.0 / 257, 1e-3);
}

static void rises_of_some_height_are_responses(void **state)
{
    /* Rises of 0.3 in 2 steps, of 0.04, and one that is still on its way. */
    const double signal[] = { 0,    -0.1, 0.1, 0.2, 0.15, 0,
                              0.04, 0.01, 0,   0,   0.1,  0.3 };
    struct eda_responses found;

    (void)state;
    eda_find_responses(signal, 12, 0, 12, &found);
    assert_int_equal(found.count, 1);
    near(found.height, 0.3, 1e-12);
    near(found.rise, 2, 0);
    eda_find_responses(signal, 12, 4, 12, &found);
    assert_int_equal(found.count, 0);
    eda_find_responses(signal, 12, 3, 4, &found);
    assert_int_equal(found.count, 1);
    eda_find_responses(signal, 0, 0, 0, &found);
    assert_int_equal(found.count, 0);
}

/*
 * 800, 900, 860, [2.5 s: an error], 850, 800 ms.  Good ones 800 900 860 850
 * 800: mean 842, squares 1764 + 3364 + 324 + 64 + 1764 = 7280, / 4 = 1820.
 * Neighbours: +100, -40, and -50 after the gap: (10000 + 1600 + 2500) / 3 =
 * 4700; one of three is over 50.
 */
static void intervals_by_hand(void **state)
{
    struct physio_beat item[] = {
        { 1, 0.8 },    { 1.9, 0.9 },   { 2.76, 0.86 },
        { 5.26, 2.5 }, { 6.11, 0.85 }, { 6.91, 0.8 }
    };
    struct physio_beats beats = { .there = true, .item = item, .count = 6 };
    struct beats_measures found;

    (void)state;
    beats_measure(&beats, 0, 10, &found);
    assert_int_equal(found.count, 5);
    near(found.rejected, 1.0 / 6, 1e-12);
    near(found.coverage, 0.421, 1e-9);
    near(found.mean_ms, 842, 1e-9);
    near(found.sdnn_ms, sqrt(1820), 1e-9);
    near(found.rmssd_ms, sqrt(4700), 1e-6);
    near(found.pnn50, 1.0 / 3, 1e-12);
    assert_true(isnan(found.lf_ms2));
    /* From 1.5 s on there is no pair of 800 and 900. */
    beats_measure(&beats, 1.5, 2, &found);
    assert_int_equal(found.count, 1);
    assert_true(isnan(found.rmssd_ms));
}

/*
 * Intervals of 1 s that swing by 50 ms at 0.1 Hz and 20 ms at 0.25 Hz: powers
 * 50^2 / 2 = 1250 and 20^2 / 2 = 200 ms^2.
 */
static void powers_of_two_swings(void **state)
{
    struct physio_beat item[400];
    struct physio_beats beats = { .there = true, .item = item };
    struct beats_measures found;
    double at = 0;

    (void)state;
    while (beats.count < 400 && at < 300) {
        double interval = 1 + 0.05 * sin(2 * M_PI * 0.1 * at) +
                          0.02 * sin(2 * M_PI * 0.25 * at);

        at += interval;
        item[beats.count++] = (struct physio_beat){ at, interval };
    }
    beats_measure(&beats, 0, 300, &found);
    near(found.lf_ms2, 1250, 60);
    near(found.hf_ms2, 200, 30);
    near(found.lf_hf, found.lf_ms2 / found.hf_ms2, 1e-9);
    /* With holes there is no spectrum. */
    beats.count = 200;
    beats_measure(&beats, 0, 300, &found);
    assert_true(isnan(found.lf_ms2));
}

static void put(const char *name, const char *text)
{
    char *path = path_join(folder, name);
    struct error err;

    assert_true(atomic_write(path, text, strlen(text), &err));
    free(path);
}

static double out[128];

static bool measured(const char *name, int64_t start_us, int64_t end_us,
                     struct error *err)
{
    char *path = path_join(folder, name);
    struct feature_item item = { .path = path,
                                 .start_us = start_us,
                                 .end_us = end_us };
    bool good;

    assert_true(registry_columns(&physio_set) <= 128);
    good = physio_set.measure(&physio_set, &item, out, err);
    free(path);
    return good;
}

static double column(const char *name)
{
    for (size_t i = 0; i < registry_columns(&physio_set); i++) {
        char *known = registry_column_name(&physio_set, i);
        bool found = strcmp(known, name) == 0;

        free(known);
        if (found)
            return out[i];
    }
    fail_msg("no column %s", name);
    return 0;
}

/* HR begins two seconds after TEMP; 3 4 0 of ACC is 5 / 64 g. */
static void streams_lie_on_one_clock(void **state)
{
    struct error err;

    (void)state;
    put("TEMP.csv", "100.0\n1.0\n30\n31\n32\n33\n");
    put("HR.csv", "102.000\r\n1.000\r\n60.00\r\n80.00\r\n");
    put("ACC.csv", "100.0, 100.0, 100.0\n2.0, 2.0, 2.0\n3,4,0\n0,0,64\n");
    put("IBI.csv", "100.0, IBI\n");
    put("EDA.csv", "");
    if (!measured("", 0, -1, &err))
        fail_msg("%s", err.text);
    near(column("duration_s"), 4, 0);
    near(column("temp_mean"), 31.5, 1e-12);
    near(column("temp_slope"), 60, 1e-9);
    near(column("hr_mean"), 70, 1e-12);
    near(column("hr_slope"), 1200, 1e-9);
    near(column("acc_mean"), (5.0 / 64 + 1) / 2, 1e-12);
    near(column("acc_slope"), (1 - 5.0 / 64) * 120, 1e-9);
    near(column("acc_zero_crossings"), 1, 1e-12);
    near(column("ibi_count"), 0, 0);
    assert_true(isnan(column("ibi_rmssd")));
    assert_true(isnan(column("eda_mean")));
    /* The third second has 32 degrees and the first heart rate. */
    assert_true(measured("", 2000000, 3000000, &err));
    near(column("duration_s"), 1, 0);
    near(column("temp_mean"), 32, 0);
    near(column("hr_mean"), 60, 0);
    assert_true(isnan(column("acc_mean")));
    assert_false(measured("", 4000000, -1, &err));
    assert_non_null(strstr(err.text, "begins at 4 s, but the recording ends"));
    assert_false(measured("", 0, 5000000, &err));
    assert_non_null(strstr(err.text, "ends at 5 s, but the recording ends"));
}

static void refused(const char *name, const char *text, const char *why)
{
    struct error err;

    put(name, text);
    assert_false(measured(name, 0, -1, &err));
    if (!strstr(err.text, why))
        fail_msg("%s lacks %s", err.text, why);
}

static void faults_are_named(void **state)
{
    struct error err;

    (void)state;
    refused("TEMP.csv", "soon\n1\n30\n", "TEMP.csv:1: expected the start");
    refused("TEMP.csv", "1\n0\n30\n", "TEMP.csv:2: expected the sampling rate");
    refused("TEMP.csv", "1\n1\n30\nhot\n", "TEMP.csv:4: expected a number");
    refused("TEMP.csv", "1\n1\n", "has no values");
    refused("ACC.csv", "1,1,1\n32,32,32\n1,2\n", "ACC.csv:3: expected three");
    refused("IBI.csv", "1, IBI\n2,0.8\n1.5,0.7\n",
            "IBI.csv:3: expected a time after");
    refused("IBI.csv", "1, IBI\n1e29,1\n", "spans more than 100 days");
    refused("IBI.csv", "1, IBI\n1e308,1\n", "IBI.csv:2: expected seconds");
    refused("words.csv", "1\n", "no column of time");
    refused("a.csv", "time,joy\n1,2\n", "no column is called eda, hr, ibi");
    refused("a.csv", "time,eda\n1,2\nx,3\n", "a.csv:3: column \"time\"");
    refused("a.csv", "time,eda,gsr\n1,2,3\n", "are of one kind");
    refused("a.csv", "time,ibi\n1,0.8\n1.1,0.8\n1.2,0.8\n", "a row a beat");
    refused("a.csv", "time,eda\n1,2\n", "no signal has two samples");
    assert_false(measured("nowhere", 0, -1, &err));
}

/* Stamps as they come, a gap of 96 s, units behind the names. */
static void a_table_with_stamps_is_read(void **state)
{
    struct buf text = { 0 };
    struct error err;

    (void)state;
    buf_add_text(&text, "time_s;GSR [nS];Skin_Temp (F);rr_ms;note\n");
    for (int i = 0; i <= 240; i++) {
        double t = i * 0.25 + (i % 3) * 0.04;

        if (t > 2 && t < 58)
            continue;
        buf_addf(&text, "%g;%g;%g;%s;x\n", 100 + t, 1000 + 10 * t, 86 + 1.8 * t,
                 i == 0     ? "900"
                 : i == 240 ? "800"
                            : "");
    }
    put("table.csv", buf_text(&text));
    buf_release(&text);
    if (!measured("table.csv", 0, 2000000, &err))
        fail_msg("%s", err.text);
    near(column("eda_slope"), 0.6, 1e-6); /* 10 nS a second */
    near(column("temp_slope"), 60, 1e-6); /* a degree a second */
    if (!measured("table.csv", 0, -1, &err))
        fail_msg("%s", err.text);
    near(column("temp_slope"), 60, 1e-6);
    near(column("temp_mean"), 60, 1); /* 30 and what it is about 30 s */
    assert_true(column("eda_coverage") < 0.09);
    assert_true(isnan(column("eda_tonic_mean"))); /* no run of 20 s */
    near(column("ibi_count"), 2, 0);
    near(column("ibi_mean"), 850, 1e-9);
}

/* A systole of 0.1 s and its echo, 0.3 s later, for each beat; a breath too. */
static void beats_are_found_in_a_pulse_wave(void **state)
{
    enum { HZ = 64, SECONDS = 120 };
    struct physio_stream wave = { .rate_hz = HZ, .count = HZ * SECONDS };
    struct physio_beats beats = { 0 };
    double at[SECONDS * 2], t = 0.5;
    size_t count = 0, found = 0;

    (void)state;
    wave.value = xcalloc(wave.count, sizeof(*wave.value));
    while (t < SECONDS) {
        at[count++] = t;
        t += 0.85 + 0.08 * sin(2 * M_PI * 0.1 * t);
    }
    for (size_t i = 0; i < wave.count; i++) {
        double now = (double)i / HZ;

        wave.value[i] = 3 * sin(2 * M_PI * 0.25 * now) + 0.05 * sin(900 * now);
        for (size_t b = 0; b < count; b++)
            wave.value[i] += 10 * exp(-pow((now - at[b]) / 0.1, 2)) +
                             3 * exp(-pow((now - at[b] - 0.3) / 0.1, 2));
        if (now > 60 && now < 70)
            wave.value[i] = NAN;
    }
    pulse_beats(&wave, &beats);
    for (size_t i = 0; i < beats.count; i++) {
        for (size_t b = 1; b < count; b++) {
            if (fabs(at[b] - beats.item[i].at_s) > 0.2)
                continue;
            found++;
            near(beats.item[i].at_s, at[b], 0.02);
            near(beats.item[i].interval_s, at[b] - at[b - 1], 0.015);
        }
    }
    assert_int_equal(found, beats.count); /* none that is no beat */
    /* 110 of 120 s, with an interval less for each run and its ends. */
    assert_true(beats.count > 110 / 0.85 - 7 && beats.count < 110 / 0.85);
    free(beats.item);
    beats = (struct physio_beats){ 0 };
    wave.rate_hz = 10;
    pulse_beats(&wave, &beats);
    assert_int_equal(beats.count, 0);
    free(wave.value);
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
        cmocka_unit_test(a_slope_is_tonic),
        cmocka_unit_test(a_swing_is_split_by_its_frequency),
        cmocka_unit_test(rises_of_some_height_are_responses),
        cmocka_unit_test(intervals_by_hand),
        cmocka_unit_test(powers_of_two_swings),
        cmocka_unit_test(streams_lie_on_one_clock),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(a_table_with_stamps_is_read),
        cmocka_unit_test(beats_are_found_in_a_pulse_wave),
    };

    return cmocka_run_group_tests(tests, begin, finish);
}
