/*
 * face_table - see face_table.h.
 */
#include <config.h>

#include "eval/feat/face_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/file/csv.h"
#include "eval/feat/series.h"

enum { EYES = 6, CHECK_EACH = 1024 /* frames */ };

static const char *const eye_names[EYES] = {
    "gaze_0_x", "gaze_0_y", "gaze_0_z", "gaze_1_x", "gaze_1_y", "gaze_1_z"
};

struct numbers {
    double *item; /* owned */
    size_t count, capacity;
};

/* The file that is being read; column numbers, -1 where it has none. */
struct source {
    struct csv_reader *csv; /* owned */
    const char *path;
    int *at; /* owned: of the names asked for */
    size_t count;
    int angle_x, angle_y; /* among the names; taken from the eyes */
    int eye[EYES];
    int confidence, success, score, time, face, frame;
    int64_t start_us, end_us;
    char *seen_face, *seen_frame; /* owned: of the row before */
    struct numbers value, weight, trust;
};

/* OpenFace writes ", " between fields. */
static int find(const struct csv_reader *csv, const char *name)
{
    char room[64];

    for (size_t i = 0; i < csv_column_count(csv); i++)
        if (text_equal(series_trim(csv_column_name(csv, i), room, sizeof(room)),
                       name))
            return (int)i;
    return -1;
}

/* Frames without a face have empty cells, or what printf() makes of NAN. */
static bool read_number(const struct csv_reader *csv, int column, double *value,
                        struct error *err)
{
    char room[64];
    const char *text;

    *value = NAN;
    if (column < 0)
        return true;
    text = series_trim(csv_field(csv, (size_t)column), room, sizeof(room));
    if (*text == '\0' || strncasecmp(text, "nan", 3) == 0 ||
        strncasecmp(text, "-nan", 4) == 0)
        return true;
    if (!number_parse_measured(text, value))
        return csv_fail(csv, (size_t)column, err,
                        "expected a number (of at most %g in size), or nothing "
                        "where there is no face",
                        NUMBER_MOST);
    return true;
}

static bool find_columns(struct source *source, const char *const *names,
                         struct error *err)
{
    const struct csv_reader *csv = source->csv;
    bool eyes = true;
    size_t found = 0;

    source->angle_x = source->angle_y = -1;
    for (int i = 0; i < EYES; i++) {
        source->eye[i] = find(csv, eye_names[i]);
        eyes = eyes && source->eye[i] >= 0;
    }
    for (size_t i = 0; i < source->count; i++) {
        source->at[i] = find(csv, names[i]);
        found += source->at[i] >= 0;
        if (source->at[i] >= 0 || !eyes)
            continue;
        if (text_equal(names[i], "gaze_angle_x"))
            source->angle_x = (int)i;
        if (text_equal(names[i], "gaze_angle_y"))
            source->angle_y = (int)i;
    }
    source->confidence = find(csv, "confidence");
    source->success = find(csv, "success");
    source->score = find(csv, "FaceScore");
    source->time = find(csv, "timestamp");
    source->face = find(csv, "face_id");
    source->frame = find(csv, "frame");
    if ((source->confidence < 0 || source->success < 0) && source->score < 0)
        return error_set(err, ERROR_INPUT,
                         "%s: is no table of OpenFace (columns \"confidence\" "
                         "and \"success\") or Py-Feat (\"FaceScore\")",
                         source->path);
    if (found == 0)
        return error_set(err, ERROR_INPUT,
                         "%s: has no action units, pose or gaze", source->path);
    if (source->time < 0 && (source->start_us > 0 || source->end_us >= 0))
        return error_set(err, ERROR_INPUT,
                         "%s: has no column \"timestamp\" to cut a piece by",
                         source->path);
    return true;
}

/* Is this row another one of the same face? */
static bool check_face(struct source *source, struct error *err)
{
    const struct csv_reader *csv = source->csv;
    const char *face =
        source->face < 0 ? "" : csv_field(csv, (size_t)source->face);
    const char *frame =
        source->frame < 0 ? "" : csv_field(csv, (size_t)source->frame);
    bool more = (source->seen_face && !text_equal(source->seen_face, face)) ||
                (*frame && text_equal(source->seen_frame, frame));

    if (more)
        return error_set(err, ERROR_INPUT,
                         "%s:%zu: has more than one face; keep the rows of one "
                         "in a file of its own",
                         source->path, csv_line(csv));
    if (!source->seen_face)
        source->seen_face = xstrdup(face);
    free(source->seen_frame);
    source->seen_frame = xstrdup(frame);
    return true;
}

static bool read_weight(struct source *source, struct error *err)
{
    const struct csv_reader *csv = source->csv;
    double confidence, success = 1;

    if (source->confidence >= 0 && source->success >= 0) {
        if (!read_number(csv, source->confidence, &confidence, err) ||
            !read_number(csv, source->success, &success, err))
            return false;
    } else if (!read_number(csv, source->score, &confidence, err)) {
        return false;
    }
    if (confidence < 0 || confidence > 1)
        return error_set(err, ERROR_INPUT,
                         "%s:%zu: a confidence of %g; expected 0 to 1",
                         source->path, csv_line(csv), confidence);
    VEC_PUSH(&source->trust, confidence);
    /* A confidence that is missing is NAN, and below everything. */
    VEC_PUSH(&source->weight,
             success == 1 && confidence >= FACE_LEAST_CONFIDENCE ? confidence
                                                                 : 0);
    return true;
}

/*
 * The mean of both eyes' directions as angles from the camera's axis, in
 * radians (Baltrusaitis et al. 2018, FG, and the program's own columns).
 */
static bool read_gaze(struct source *source, double *row, struct error *err)
{
    double eye[EYES];

    for (int i = 0; i < EYES; i++)
        if (!read_number(source->csv, source->eye[i], &eye[i], err))
            return false;
    if (source->angle_x >= 0)
        row[source->angle_x] = atan2(eye[0] + eye[3], -(eye[2] + eye[5]));
    if (source->angle_y >= 0)
        row[source->angle_y] = atan2(eye[1] + eye[4], -(eye[2] + eye[5]));
    return true;
}

/* Is the frame in the piece?  `inside` says. */
static bool check_time(const struct source *source, bool *inside,
                       struct error *err)
{
    double seconds;

    *inside = true;
    if (source->start_us <= 0 && source->end_us < 0)
        return true;
    if (!read_number(source->csv, source->time, &seconds, err))
        return false;
    *inside = llround(seconds * 1e6) >= source->start_us &&
              (source->end_us < 0 || llround(seconds * 1e6) < source->end_us);
    return true;
}

static bool read_frame(struct source *source, struct error *err)
{
    double *row;
    bool inside;

    if (!check_face(source, err) || !check_time(source, &inside, err))
        return false;
    if (!inside)
        return true;
    if (source->weight.count >= FACE_MAX_FRAMES)
        return error_set(err, ERROR_LIMIT, "%s: has more than %d frames",
                         source->path, FACE_MAX_FRAMES);
    for (size_t i = 0; i < source->count; i++) {
        double value;

        if (!read_number(source->csv, source->at[i], &value, err))
            return false;
        VEC_PUSH(&source->value, value);
    }
    row = source->value.item + source->value.count - source->count;
    if ((source->angle_x >= 0 || source->angle_y >= 0) &&
        !read_gaze(source, row, err))
        return false;
    return read_weight(source, err);
}

static bool read_frames(struct source *source, struct error *err)
{
    int got;

    for (size_t i = 0; (got = csv_next(source->csv, err)) > 0; i++) {
        if (i % CHECK_EACH == 0 && !interrupt_check(err))
            return false;
        if (!read_frame(source, err))
            return false;
    }
    if (got == 0 && source->weight.count == 0)
        return error_set(err, ERROR_INPUT, "%s: has no frame%s", source->path,
                         source->seen_face ? " in this piece" : "");
    return got == 0;
}

bool face_table_read(const char *path, const char *const *names, size_t count,
                     int64_t start_us, int64_t end_us, struct face_table *table,
                     struct error *err)
{
    struct source source = {
        .path = path, .count = count, .start_us = start_us, .end_us = end_us
    };
    bool good = false;

    memset(table, 0, sizeof(*table));
    source.at = xcalloc(count + 1, sizeof(*source.at));
    source.csv = csv_open(path, NULL, err);
    if (!source.csv || !find_columns(&source, names, err) ||
        !read_frames(&source, err))
        goto failed;
    table->frames = source.weight.count;
    table->columns = count;
    table->value = source.value.item;
    table->weight = source.weight.item;
    table->confidence = source.trust.item;
    for (size_t i = 0; i < table->frames; i++)
        table->usable += table->weight[i] > 0;
    good = true;
failed:
    if (!good) {
        free(source.value.item);
        free(source.weight.item);
        free(source.trust.item);
    }
    csv_close(source.csv);
    free(source.at);
    free(source.seen_face);
    free(source.seen_frame);
    return good;
}

void face_table_release(struct face_table *table)
{
    free(table->value);
    free(table->weight);
    free(table->confidence);
    memset(table, 0, sizeof(*table));
}
