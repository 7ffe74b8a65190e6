/*
 * physio_read - see physio_read.h.
 */
#include <config.h>

#include "eval/feat/physio_read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/file/atomic.h"
#include "eval/feat/physio_csv.h"
#include "eval/feat/pulse.h"

#define G_STEPS 64 /* of the accelerometer's numbers to 1 g */

enum { AXES = 3, MAX_FIELDS = 4, MAX_RATE = 1000 /* Hz */ };

static const char *const file_names[PHYSIO_STREAMS + 1] = {
    "EDA.csv", "HR.csv", "TEMP.csv", "ACC.csv", "BVP.csv", "IBI.csv",
};

/* A file's text, taken off line by line. */
struct lines {
    const char *path;
    char *rest;
    size_t number;
    char *field[MAX_FIELDS];
    int fields;
};

static char *trim(char *text)
{
    size_t length;

    text += strspn(text, " \t");
    length = strlen(text);
    while (length > 0 && strchr(" \t\r", text[length - 1]))
        text[--length] = '\0';
    return text;
}

/* The next line that is not empty, cut at its commas; false at the end. */
static bool next_line(struct lines *lines)
{
    while (*lines->rest) {
        char *text = lines->rest, *end = strchr(text, '\n');

        lines->rest = end ? end + 1 : text + strlen(text);
        lines->number++;
        if (end)
            *end = '\0';
        text = trim(text);
        if (!*text)
            continue;
        lines->fields = 0;
        while (text && lines->fields < MAX_FIELDS) {
            char *comma = strchr(text, ',');

            if (comma)
                *comma++ = '\0';
            lines->field[lines->fields++] = trim(text);
            text = comma;
        }
        return true;
    }
    return false;
}

static bool expect(const struct lines *lines, const char *what,
                   struct error *err)
{
    return error_set(err, ERROR_INPUT, "%s:%zu: expected %s", lines->path,
                     lines->number, what);
}

static bool take_number(const struct lines *lines, int field, double *value)
{
    return field < lines->fields &&
           number_parse_measured(lines->field[field], value);
}

static bool read_values(struct lines *lines, struct physio_stream *stream,
                        int axes, struct error *err)
{
    while (next_line(lines)) {
        double sum = 0, value = 0;

        if (lines->fields != axes)
            return expect(lines, axes == 1 ? "one number" : "three numbers",
                          err);
        for (int i = 0; i < axes; i++) {
            if (!take_number(lines, i, &value))
                return expect(lines, axes == 1 ? "a number" : "three numbers",
                              err);
            sum += value * value;
        }
        if (stream->count == stream->capacity) {
            stream->capacity = stream->capacity ? stream->capacity * 2 : 1024;
            stream->value = xreallocarray(stream->value, stream->capacity,
                                          sizeof(*stream->value));
        }
        stream->value[stream->count++] =
            axes == 1 ? value : sqrt(sum) / G_STEPS;
    }
    return true;
}

/* The start stays in Unix time here. */
static bool read_stream(struct lines *lines, enum physio_kind kind,
                        struct physio_stream *stream, struct error *err)
{
    if (!take_number(lines, 0, &stream->start_s))
        return expect(lines, "the start in Unix time, such as 1560279825.0",
                      err);
    if (!next_line(lines) || !take_number(lines, 0, &stream->rate_hz) ||
        !(stream->rate_hz > 0 && stream->rate_hz <= MAX_RATE))
        return expect(lines, "the sampling rate in Hz, such as 4.0", err);
    return read_values(lines, stream, kind == PHYSIO_ACC ? AXES : 1, err);
}

static bool read_beats(struct lines *lines, struct physio_beats *beats,
                       double *start_s, struct error *err)
{
    if (!take_number(lines, 0, start_s) || lines->fields != 2 ||
        !text_equal(lines->field[1], "IBI"))
        return expect(lines, "the start in Unix time and \"IBI\"", err);
    beats->there = true;
    while (next_line(lines)) {
        struct physio_beat beat;

        if (lines->fields != 2 || !take_number(lines, 0, &beat.at_s) ||
            !take_number(lines, 1, &beat.interval_s))
            return expect(lines, "seconds since the start and an interval",
                          err);
        if (beats->count > 0 && beat.at_s <= beats->item[beats->count - 1].at_s)
            return expect(lines, "a time after that of the line before", err);
        VEC_PUSH(beats, beat);
    }
    return true;
}

/* Starts of what was read, in Unix time; NAN where there is nothing. */
struct starts {
    double stream[PHYSIO_STREAMS], beats;
};

/* `kind` PHYSIO_STREAMS is the file of beats.  An empty file is none. */
static bool read_file(const char *path, int kind, struct physio *physio,
                      struct starts *starts, struct error *err)
{
    struct lines lines = { .path = path };
    char *text = file_read_text(path, PHYSIO_MAX_BYTES, err);
    bool good = true;

    if (!text)
        return false;
    lines.rest = text;
    if (!next_line(&lines)) {
        free(text);
        return true;
    }
    if (kind == PHYSIO_STREAMS) {
        good = read_beats(&lines, &physio->beats, &starts->beats, err);
    } else {
        struct physio_stream *stream = &physio->stream[kind];

        good = read_stream(&lines, (enum physio_kind)kind, stream, err);
        starts->stream[kind] = stream->start_s;
    }
    free(text);
    return good;
}

static bool read_folder(const char *folder, struct physio *physio,
                        struct starts *starts, struct error *err)
{
    bool good = true;

    for (int kind = 0; good && kind <= PHYSIO_STREAMS; kind++) {
        char *path = path_join(folder, file_names[kind]);

        if (path_is_file(path))
            good = read_file(path, kind, physio, starts, err);
        free(path);
    }
    return good;
}

static int kind_of(const char *path)
{
    for (int kind = 0; kind <= PHYSIO_STREAMS; kind++)
        if (strcasecmp(path_name(path), file_names[kind]) == 0)
            return kind;
    return -1;
}

/* A table has names in its first line, the device's files one number. */
static bool has_header(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[4096] = "";
    const char *at;

    if (!file)
        return false; /* read_file() says what is wrong */
    do {
        if (!fgets(line, sizeof(line), file))
            line[0] = '\0';
        at = line + strspn(line, " \t\r\n");
    } while (line[0] && !*at);
    fclose(file);
    return *at && !strchr("0123456789-.", *at) && strpbrk(at, ",;\t");
}

static bool read_table(const char *path, struct physio *physio,
                       struct starts *starts, struct error *err)
{
    struct physio_beats *beats = &physio->beats;

    if (!physio_csv_read(path, physio, err))
        return false;
    for (int kind = 0; kind < PHYSIO_STREAMS; kind++)
        if (physio->stream[kind].rate_hz > 0)
            starts->stream[kind] = physio->stream[kind].start_s;
    if (beats->count == 0)
        return true;
    starts->beats = beats->item[0].at_s - beats->item[0].interval_s;
    for (size_t i = 0; i < beats->count; i++)
        beats->item[i].at_s -= starts->beats;
    return true;
}

/* Times from the earliest start of all. */
static void align(struct physio *physio, const struct starts *starts)
{
    double first = starts->beats, end;

    for (int i = 0; i < PHYSIO_STREAMS; i++)
        first = fmin(first, starts->stream[i]); /* passes NAN over */
    physio->start_unix_s = first;
    for (int i = 0; i < PHYSIO_STREAMS; i++) {
        struct physio_stream *stream = &physio->stream[i];

        if (!(stream->rate_hz > 0))
            continue;
        stream->start_s -= first;
        end = stream->start_s + (double)stream->count / stream->rate_hz;
        physio->duration_s = fmax(physio->duration_s, end);
    }
    for (size_t i = 0; i < physio->beats.count; i++) {
        physio->beats.item[i].at_s += starts->beats - first;
        physio->duration_s =
            fmax(physio->duration_s, physio->beats.item[i].at_s);
    }
}

bool physio_is_device(const char *path)
{
    return path_is_folder(path) || (kind_of(path) >= 0 && !has_header(path));
}

static bool says_nothing(const char *path, struct error *err)
{
    if (path_is_folder(path))
        return error_set(err, ERROR_INPUT,
                         "%s: is a folder without values in EDA.csv, HR.csv, "
                         "TEMP.csv, ACC.csv, BVP.csv or IBI.csv, the files of "
                         "an Empatica E4; a table is named by its file",
                         path);
    return error_set(err, ERROR_INPUT,
                     physio_is_device(path) ? "%s: has no values"
                                            : "%s: no signal has two samples",
                     path);
}

bool physio_read(const char *path, struct physio *physio, struct error *err)
{
    struct starts starts = { { NAN, NAN, NAN, NAN, NAN }, NAN };
    bool good;

    memset(physio, 0, sizeof(*physio));
    if (path_is_folder(path))
        good = read_folder(path, physio, &starts, err);
    else if (kind_of(path) >= 0 && !has_header(path))
        good = read_file(path, kind_of(path), physio, &starts, err);
    else
        good = read_table(path, physio, &starts, err);
    if (good)
        align(physio, &starts);
    if (good && physio->beats.count == 0 &&
        physio->stream[PHYSIO_BVP].count > 0) {
        pulse_beats(&physio->stream[PHYSIO_BVP], &physio->beats);
        physio->beats.of_wave = physio->beats.there;
    }
    if (good && !(physio->duration_s <= PHYSIO_MAX_DAYS * 86400.0))
        good = error_set(err, ERROR_LIMIT,
                         "%s: spans more than %d days; do the files belong "
                         "together?",
                         path, PHYSIO_MAX_DAYS);
    if (good && !(physio->duration_s > 0))
        good = says_nothing(path, err);
    if (!good)
        physio_release(physio);
    return good;
}

void physio_release(struct physio *physio)
{
    for (int i = 0; i < PHYSIO_STREAMS; i++)
        free(physio->stream[i].value);
    free(physio->beats.item);
    memset(physio, 0, sizeof(*physio));
}
