/* weighted, face - by hand; every fault of a table has its own words. */
#include <config.h>

#include "eval/feat/face.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/path.h"
#include "common/file/atomic.h"
#include "eval/feat/weighted.h"

static char folder[] = "/tmp/mien-face.XXXXXX";

static void near(double a, double b, double slack)
{
    if (!(fabs(a - b) <= slack))
        fail_msg("%.9g is not %.9g", a, b);
}

static void equal_weights_give_the_plain_functionals(void **state)
{
    const double value[] = { 4, 1, NAN, 10, 3, 2, 99 };
    const double weight[] = { 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0 };
    double weighed[FUNCTIONAL_COUNT], plain[FUNCTIONAL_COUNT];

    (void)state;
    weighted_compute(value, weight, 7, weighed);
    functionals_compute(value, 6, plain);
    for (int i = 0; i < FUNCTIONAL_COUNT; i++)
        near(weighed[i], plain[i], 1e-12);
}

/*
 * 0 with weight 1, 10 with 2, 20 with 1: mean 10, variance 2 * 100 / 4; the
 * middles lie at 0.5, 2, 3.5: p50 at 2 is 10, p20 at 0.5 + 0.6 = 1.1 is
 * 10 * 0.6 / 1.5 = 4.
 */
static void weights_pull_mean_and_percentiles(void **state)
{
    const double value[] = { 20, 10, 0 }, weight[] = { 1, 2, 1 };
    double out[FUNCTIONAL_COUNT];

    (void)state;
    weighted_compute(value, weight, 3, out);
    near(out[FUNCTIONAL_MEAN], 10, 1e-12);
    near(out[FUNCTIONAL_SD], sqrt(50), 1e-12);
    near(out[FUNCTIONAL_P20], 4, 1e-12);
    near(out[FUNCTIONAL_P50], 10, 1e-12);
    near(out[FUNCTIONAL_P80], 16, 1e-12);
    weighted_compute(value, weight, 1, out);
    near(out[FUNCTIONAL_P80], 20, 0);
    near(out[FUNCTIONAL_SD], 0, 0);
    weighted_compute(value, weight, 0, out);
    assert_true(isnan(out[FUNCTIONAL_MEAN]));
}

static double out[512];

static bool measured(const char *table, int64_t start_us, int64_t end_us,
                     struct error *err)
{
    char *path = path_join(folder, "face.csv");
    struct feature_item item = { .path = path,
                                 .start_us = start_us,
                                 .end_us = end_us };
    bool good;

    assert_true(registry_columns(&face_set) <= 512);
    assert_true(atomic_write(path, table, strlen(table), err));
    good = face_set.measure(&face_set, &item, out, err);
    free(path);
    return good;
}

static double column(const char *name)
{
    for (size_t i = 0; i < registry_columns(&face_set); i++) {
        char *known = registry_column_name(&face_set, i);
        bool found = strcmp(known, name) == 0;

        free(known);
        if (found)
            return out[i];
    }
    fail_msg("no column %s", name);
    return 0;
}

#define OPENFACE                                                            \
    "frame, timestamp, confidence, success, gaze_0_x, gaze_0_y, gaze_0_z, " \
    "gaze_1_x, gaze_1_y, gaze_1_z, pose_Rx, AU04_r, AU04_c\r\n"             \
    "1, 0.00, 1.0, 1, 0.1, 0, -1, 0.3, 0, -1, 0.5, 2, 1\r\n"                \
    "2, 0.04, 0.5, 1, 0.1, 0, -1, 0.3, 0, -1, -1, 5, 0\r\n"                 \
    "3, 0.08, 0.4, 1, 9, 9, -1, 9, 9, -1, 9, 9, 1\r\n"                      \
    "4, 0.12, 0.0, 0, 0, 0, 0, 0, 0, 0, nan, -nan(ind), 0\r\n"

/* Weights 1, 0.5, 0, 0: the mean of 2 and 5 is 3, presence 1 / 1.5. */
static void frames_count_by_their_confidence(void **state)
{
    struct error err;

    (void)state;
    if (!measured(OPENFACE, 0, -1, &err))
        fail_msg("%s", err.text);
    near(column("frames"), 4, 0);
    near(column("usable_share"), 0.5, 0);
    near(column("confidence"), 1.9 / 4, 1e-12);
    near(column("AU04_r_mean"), 3, 1e-12);
    near(column("AU04_c"), 2.0 / 3, 1e-12);
    near(column("pose_Rx_mean"), 0, 1e-12);
    /* Both eyes look 0.2 aside for each 1 ahead. */
    near(column("gaze_angle_x_p50"), atan(0.2), 1e-12);
    near(column("gaze_angle_y_mean"), 0, 1e-12);
    assert_true(isnan(column("AU12_r_mean")));
    assert_true(isnan(column("AU04_mean")));
}

static void a_piece_is_cut_by_the_timestamps(void **state)
{
    struct error err;

    (void)state;
    assert_true(measured(OPENFACE, 40000, 120000, &err));
    near(column("frames"), 2, 0);
    near(column("AU04_r_mean"), 5, 0);
    assert_false(measured(OPENFACE, 7000000, -1, &err));
    assert_non_null(strstr(err.text, "no frame in this piece"));
}

static void py_feat_scores_stand_for_confidence(void **state)
{
    struct error err;

    (void)state;
    assert_true(measured("FaceScore,Pitch,AU04,anger,input,frame\n"
                         "0.9,-3,0.5,0.25,a.mp4,0\n"
                         ",,,,a.mp4,1\n"
                         "0.6,-3,0.2,0.75,a.mp4,2\n",
                         0, -1, &err));
    near(column("frames"), 3, 0);
    near(column("usable_share"), 2.0 / 3, 1e-12);
    near(column("confidence"), 0.5, 1e-12);
    near(column("AU04_mean"), (0.45 + 0.12) / 1.5, 1e-12);
    near(column("face_anger_mean"), (0.225 + 0.45) / 1.5, 1e-12);
    near(column("head_pitch_sd"), 0, 1e-12);
    assert_false(measured("FaceScore,AU04,frame\n0.9,0.5,0\n", 1, -1, &err));
    assert_non_null(strstr(err.text, "no column \"timestamp\""));
}

static void nothing_is_made_up_without_a_usable_frame(void **state)
{
    struct error err;

    (void)state;
    assert_true(measured("confidence,success,AU04_r\n0.1,0,3\n", 0, -1, &err));
    near(column("usable_share"), 0, 0);
    assert_true(isnan(column("AU04_r_mean")));
}

static void refused(const char *table, const char *why)
{
    struct error err;

    assert_false(measured(table, 0, -1, &err));
    if (!strstr(err.text, why))
        fail_msg("%s lacks %s", err.text, why);
}

static void faults_are_named(void **state)
{
    (void)state;
    refused("a,b\n1,2\n", "no table of OpenFace");
    refused("confidence,success\n1,1\n", "no action units, pose or gaze");
    refused("confidence,success,AU04_r\n", "has no frame");
    refused("confidence,success,AU04_r\n1,1,x\n",
            "face.csv:2: column \"AU04_r\" is \"x\"");
    refused("confidence,success,AU04_r\n98,1,1\n", "a confidence of 98");
    refused("frame,face_id,confidence,success,AU04_r\n"
            "1,0,1,1,1\n1,1,1,1,1\n",
            "face.csv:3: has more than one face");
    refused("FaceScore,AU04,frame\n.9,1,0\n.9,1,0\n", "more than one face");
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
        cmocka_unit_test(equal_weights_give_the_plain_functionals),
        cmocka_unit_test(weights_pull_mean_and_percentiles),
        cmocka_unit_test(frames_count_by_their_confidence),
        cmocka_unit_test(a_piece_is_cut_by_the_timestamps),
        cmocka_unit_test(py_feat_scores_stand_for_confidence),
        cmocka_unit_test(nothing_is_made_up_without_a_usable_frame),
        cmocka_unit_test(faults_are_named),
    };

    return cmocka_run_group_tests(tests, begin, finish);
}
