/* fuzz_face - OpenFace's and Py-Feat's tables. */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "eval/feat/face.h"
#include "eval/feat/face_table.h"
#include "fuzz.h"

enum { COLUMNS = 5 };

static const char *const names[COLUMNS] = { "AU01_r", "AU12_c", "pose_Rx",
                                            "gaze_angle_x", "gaze_angle_y" };

static const char *const words[] = {
    "timestamp", "confidence", "success", "FaceScore", "face_id",
    "frame",     "gaze_0_x",   "AU01_r",  "AU12",      ", ",
    "nan",       "-1e30",      "1e300",   "face",      NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    static const char *const text[] = {
        "frame, face_id, timestamp, confidence, success, AU01_r, AU12_c\n"
        "1, 0, 0.000, 0.98, 1, 0.5, 1\n2, 0, 0.033, 0.40, 1, 0.7, 0\n"
        "3, 0, 0.067, 0.98, 0, 0.7, 0\n",
        "frame, face_id, timestamp, confidence, success, gaze_0_x, gaze_0_y, "
        "gaze_0_z, gaze_1_x, gaze_1_y, gaze_1_z\n"
        "1, 0, 0, 0.9, 1, 0.1, 0.2, -0.9, 0.1, 0.2, -0.9\n",
        "frame,FaceRectX,FaceRectY,FaceScore,AU01,AU12,anger,timestamp\n"
        "0,1,2,0.99,0.1,0.2,0.3,0\n1,,,,,,,0.04\n",
        "timestamp,confidence,success,AU01_r\n0,1,1,\n",
    };

    for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
        fuzz_give_text(give, context, 0, text[i]);
        fuzz_give_text(give, context, 1, text[i]);
    }
}

/* The set's numbers of the same file: missing or finite. */
static void measure(const char *path)
{
    struct feature_item item = { .path = path, .end_us = -1 };
    size_t count = registry_columns(&face_set);
    double *value = xcalloc(count, sizeof(*value));
    struct error err = { 0 };
    bool good = face_set.measure(&face_set, &item, value, &err);

    fuzz_answered(good, &err, path);
    for (size_t i = 0; good && i < count; i++)
        fuzz_must(!isinf(value[i]));
    free(value);
}

static void one(const uint8_t *bytes, size_t length)
{
    bool part = fuzz_take(&bytes, &length) & 1;
    const char *path = fuzz_file(bytes, length);
    struct face_table table = { 0 };
    struct error err = { 0 };
    size_t usable = 0;
    bool good = face_table_read(path, names, COLUMNS, part ? 20000 : 0,
                                part ? 50000 : -1, &table, &err);

    fuzz_answered(good, &err, path);
    if (good) {
        fuzz_must(table.columns == COLUMNS);
        for (size_t i = 0; i < table.frames; i++) {
            fuzz_must(table.weight[i] >= 0 && isfinite(table.weight[i]));
            usable += table.weight[i] > 0;
            for (size_t c = 0; c < COLUMNS; c++)
                fuzz_must(!isinf(table.value[i * COLUMNS + c]));
        }
        fuzz_must(usable == table.usable);
    }
    face_table_release(&table);
    measure(path);
}

const struct fuzz_target fuzz_target = {
    .name = "face",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 4096,
    .runs = 3000,
};
