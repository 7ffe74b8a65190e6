/*
 * face_table - what OpenFace or Py-Feat saw of one face, frame by frame.
 *
 * OpenFace 2's CSV (header names follow ", ") is known by its columns
 * `confidence` and `success`, Py-Feat's by `FaceScore`, which takes their
 * place; a frame without a face has an empty score there.
 *
 * A frame is usable when success is 1 and confidence at least
 * FACE_LEAST_CONFIDENCE; its weight is then the confidence, else 0.
 */
#ifndef MIEN_FEAT_FACE_TABLE_H
#define MIEN_FEAT_FACE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/error.h"

#define FACE_LEAST_CONFIDENCE 0.5

enum { FACE_MAX_FRAMES = 2000000 };

struct face_table {
    size_t frames, columns;
    double *value;      /* owned; frame by frame; NAN is missing */
    double *weight;     /* owned; by frame */
    double *confidence; /* owned; by frame; NAN is missing */
    size_t usable;      /* frames of weight over 0 */
};

/*
 * The columns that names[] asks for; those that the file lacks are NAN, but
 * `gaze_angle_x` and `gaze_angle_y` come from the eyes' vectors if need be.
 * Frames from `start_us` to `end_us` (not included; negative: to the end) by
 * the column `timestamp`.  More than one face is an error.
 */
bool face_table_read(const char *path, const char *const *names, size_t count,
                     int64_t start_us, int64_t end_us, struct face_table *table,
                     struct error *err);
void face_table_release(struct face_table *table);

#endif
