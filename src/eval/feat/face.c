/*
 * face - see face.h.
 *
 * Both programs' columns stand in one list; an item has those of its own, and
 * columns that no item has are left out of the table.
 */
#include <config.h>

#include "eval/feat/face.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "eval/feat/face_table.h"
#include "eval/feat/weighted.h"

#define OPENFACE "Baltrusaitis et al. 2018, FG (OpenFace 2)"
#define PYFEAT "Cheong et al. 2023, Affect. Sci. 4 (Py-Feat)"

/*
 * X(name here, column of the file, unit, what it is, source, mean only)
 */
#define INTENSITY(X, au, what) \
    X(au "_r", au "_r", "0 to 5", "intensity: " what, OPENFACE, false)
#define PRESENCE(X, au, what) \
    X(au "_c", au "_c", "share", "presence: " what, OPENFACE, true)
#define PROBABILITY(X, au, what) \
    X(au, au, "0 to 1", "probability: " what, PYFEAT, false)
#define EMOTION(X, name) \
    X("face_" name, name, "0 to 1", "probability: " name, PYFEAT, false)

#define CONTOURS(X)                                                         \
    INTENSITY(X, "AU01", "inner brow raiser")                               \
    INTENSITY(X, "AU02", "outer brow raiser")                               \
    INTENSITY(X, "AU04", "brow lowerer")                                    \
    INTENSITY(X, "AU05", "upper lid raiser")                                \
    INTENSITY(X, "AU06", "cheek raiser")                                    \
    INTENSITY(X, "AU07", "lid tightener")                                   \
    INTENSITY(X, "AU09", "nose wrinkler")                                   \
    INTENSITY(X, "AU10", "upper lip raiser")                                \
    INTENSITY(X, "AU12", "lip corner puller")                               \
    INTENSITY(X, "AU14", "dimpler")                                         \
    INTENSITY(X, "AU15", "lip corner depressor")                            \
    INTENSITY(X, "AU17", "chin raiser")                                     \
    INTENSITY(X, "AU20", "lip stretcher")                                   \
    INTENSITY(X, "AU23", "lip tightener")                                   \
    INTENSITY(X, "AU25", "lips part")                                       \
    INTENSITY(X, "AU26", "jaw drop")                                        \
    INTENSITY(X, "AU45", "blink")                                           \
    PRESENCE(X, "AU01", "inner brow raiser")                                \
    PRESENCE(X, "AU02", "outer brow raiser")                                \
    PRESENCE(X, "AU04", "brow lowerer")                                     \
    PRESENCE(X, "AU05", "upper lid raiser")                                 \
    PRESENCE(X, "AU06", "cheek raiser")                                     \
    PRESENCE(X, "AU07", "lid tightener")                                    \
    PRESENCE(X, "AU09", "nose wrinkler")                                    \
    PRESENCE(X, "AU10", "upper lip raiser")                                 \
    PRESENCE(X, "AU12", "lip corner puller")                                \
    PRESENCE(X, "AU14", "dimpler")                                          \
    PRESENCE(X, "AU15", "lip corner depressor")                             \
    PRESENCE(X, "AU17", "chin raiser")                                      \
    PRESENCE(X, "AU20", "lip stretcher")                                    \
    PRESENCE(X, "AU23", "lip tightener")                                    \
    PRESENCE(X, "AU25", "lips part")                                        \
    PRESENCE(X, "AU26", "jaw drop")                                         \
    PRESENCE(X, "AU28", "lip suck")                                         \
    PRESENCE(X, "AU45", "blink")                                            \
    X("pose_Tx", "pose_Tx", "mm", "head, sideways", OPENFACE, false)        \
    X("pose_Ty", "pose_Ty", "mm", "head, up and down", OPENFACE, false)     \
    X("pose_Tz", "pose_Tz", "mm", "head, away from the camera", OPENFACE,   \
      false)                                                                \
    X("pose_Rx", "pose_Rx", "rad", "head, nodding", OPENFACE, false)        \
    X("pose_Ry", "pose_Ry", "rad", "head, shaking", OPENFACE, false)        \
    X("pose_Rz", "pose_Rz", "rad", "head, tilting", OPENFACE, false)        \
    X("gaze_angle_x", "gaze_angle_x", "rad", "gaze, sideways", OPENFACE,    \
      false)                                                                \
    X("gaze_angle_y", "gaze_angle_y", "rad", "gaze, up and down", OPENFACE, \
      false)                                                                \
    PROBABILITY(X, "AU01", "inner brow raiser")                             \
    PROBABILITY(X, "AU02", "outer brow raiser")                             \
    PROBABILITY(X, "AU04", "brow lowerer")                                  \
    PROBABILITY(X, "AU05", "upper lid raiser")                              \
    PROBABILITY(X, "AU06", "cheek raiser")                                  \
    PROBABILITY(X, "AU07", "lid tightener")                                 \
    PROBABILITY(X, "AU09", "nose wrinkler")                                 \
    PROBABILITY(X, "AU10", "upper lip raiser")                              \
    PROBABILITY(X, "AU11", "nasolabial deepener")                           \
    PROBABILITY(X, "AU12", "lip corner puller")                             \
    PROBABILITY(X, "AU14", "dimpler")                                       \
    PROBABILITY(X, "AU15", "lip corner depressor")                          \
    PROBABILITY(X, "AU17", "chin raiser")                                   \
    PROBABILITY(X, "AU20", "lip stretcher")                                 \
    PROBABILITY(X, "AU23", "lip tightener")                                 \
    PROBABILITY(X, "AU24", "lip pressor")                                   \
    PROBABILITY(X, "AU25", "lips part")                                     \
    PROBABILITY(X, "AU26", "jaw drop")                                      \
    PROBABILITY(X, "AU28", "lip suck")                                      \
    PROBABILITY(X, "AU43", "eyes closed")                                   \
    EMOTION(X, "anger")                                                     \
    EMOTION(X, "disgust")                                                   \
    EMOTION(X, "fear")                                                      \
    EMOTION(X, "happiness")                                                 \
    EMOTION(X, "sadness")                                                   \
    EMOTION(X, "surprise")                                                  \
    EMOTION(X, "neutral")                                                   \
    X("head_pitch", "Pitch", "degrees", "head, nodding", PYFEAT, false)     \
    X("head_roll", "Roll", "degrees", "head, tilting", PYFEAT, false)       \
    X("head_yaw", "Yaw", "degrees", "head, shaking", PYFEAT, false)

enum { QUALITIES = 3 };

#define AS_DESCRIPTOR(called, column, in, what, source, mean) \
    { .name = called,                                         \
      .unit = in,                                             \
      .text = what,                                           \
      .paper = source,                                        \
      .mean_only = mean },
#define AS_COLUMN(called, column, in, what, source, mean) column,

/* clang-format off */
static const struct descriptor descriptors[] = {
    { .name = "frames",
      .unit = "1",
      .text = "frames in the table",
      .paper = "-",
      .mean_only = true },
    { .name = "usable_share",
      .unit = "share of frames",
      .text = "frames with a face, of confidence 0.5 and more",
      .paper = "-",
      .mean_only = true },
    { .name = "confidence",
      .unit = "0 to 1",
      .text = "mean confidence of all frames",
      .paper = "-",
      .mean_only = true },
    CONTOURS(AS_DESCRIPTOR)
};

static const char *const columns[] = { CONTOURS(AS_COLUMN) };
/* clang-format on */

static void put_quality(const struct face_table *table, double *out)
{
    double sum = 0;

    /* No score, no face: no confidence either. */
    for (size_t i = 0; i < table->frames; i++)
        if (!isnan(table->confidence[i]))
            sum += table->confidence[i];
    out[0] = (double)table->frames;
    out[1] = (double)table->usable / (double)table->frames;
    out[2] = sum / (double)table->frames;
}

static bool measure(const struct feature_set *set,
                    const struct feature_item *item, double *out,
                    struct error *err)
{
    struct face_table table;
    double *contour;

    if (!face_table_read(item->path, columns, LENGTH_OF(columns),
                         item->start_us, item->end_us, &table, err))
        return false;
    put_quality(&table, out);
    out += QUALITIES;
    contour = xcalloc(table.frames, sizeof(*contour));
    for (size_t c = 0; c < table.columns; c++) {
        double functional[FUNCTIONAL_COUNT];

        for (size_t i = 0; i < table.frames; i++)
            contour[i] = table.value[i * table.columns + c];
        weighted_compute(contour, table.weight, table.frames, functional);
        if (set->descriptors[QUALITIES + c].mean_only) {
            *out++ = functional[FUNCTIONAL_MEAN];
            continue;
        }
        for (int f = 0; f < FUNCTIONAL_COUNT; f++)
            *out++ = functional[f];
    }
    free(contour);
    face_table_release(&table);
    return true;
}

const struct feature_set face_set = {
    .name = "face",
    .version = "1",
    .summary = "action units, pose and gaze from OpenFace or Py-Feat tables",
    .input = FEATURE_OF_FILE,
    .column = "face",
    .descriptors = descriptors,
    .count = LENGTH_OF(descriptors),
    .sparse = true,
    .measure = measure,
};
