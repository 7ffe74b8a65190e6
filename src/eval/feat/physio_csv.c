/*
 * physio_csv - see physio_csv.h.
 */
#include <config.h>

#include "eval/feat/physio_csv.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/stat/describe.h"
#include "eval/feat/channel.h"
#include "eval/feat/series.h"

#define G_MS2 9.80665 /* m/s^2, of 1 g */
/* Intervals of hearts are under 10 s and over 10 ms. */
#define LEAST_MS 10

enum {
    AXES = 3,
    BEATS = PHYSIO_STREAMS,
    MAX_POINTS = 100000000,
    GAP_POINTS = 5000000, /* from here on gaps may be MOST_GAPS times what */
    MOST_GAPS = 20,       /* was recorded: a wrong stamp makes days of them */
};

/* value * scale + shift is in our unit. */
struct unit {
    const char *name;
    double scale, shift;
};

struct known {
    const char *name;
    int kind; /* enum physio_kind, or BEATS */
    int axis; /* of the acceleration; -1 */
};

static const struct known known[] = {
    { "eda", PHYSIO_EDA, -1 },
    { "gsr", PHYSIO_EDA, -1 },
    { "skin_conductance", PHYSIO_EDA, -1 },
    { "hr", PHYSIO_HR, -1 },
    { "heart_rate", PHYSIO_HR, -1 },
    { "bpm", PHYSIO_HR, -1 },
    { "temp", PHYSIO_TEMP, -1 },
    { "temperature", PHYSIO_TEMP, -1 },
    { "skin_temp", PHYSIO_TEMP, -1 },
    { "skt", PHYSIO_TEMP, -1 },
    { "acc", PHYSIO_ACC, -1 },
    { "acc_x", PHYSIO_ACC, 0 },
    { "acc_y", PHYSIO_ACC, 1 },
    { "acc_z", PHYSIO_ACC, 2 },
    { "accx", PHYSIO_ACC, 0 },
    { "accy", PHYSIO_ACC, 1 },
    { "accz", PHYSIO_ACC, 2 },
    { "bvp", PHYSIO_BVP, -1 },
    { "ppg", PHYSIO_BVP, -1 },
    { "ibi", BEATS, -1 },
    { "rr", BEATS, -1 },
    { "rri", BEATS, -1 },
};

/* By kind; the first unit is what a bare name is in. */
static const struct unit units[BEATS + 1][5] = {
    [PHYSIO_EDA] = { { "us", 1, 0 }, { "ns", 1e-3, 0 }, { "ms", 1e3, 0 } },
    [PHYSIO_HR] = { { "bpm", 1, 0 }, { "1/min", 1, 0 }, { "hz", 60, 0 } },
    [PHYSIO_TEMP] = { { "c", 1, 0 },
                      { "degc", 1, 0 },
                      { "f", 5.0 / 9, -160.0 / 9 },
                      { "k", 1, -273.15 } },
    [PHYSIO_ACC] = { { "g", 1, 0 },
                     { "ms2", 1 / G_MS2, 0 },
                     { "m/s2", 1 / G_MS2, 0 },
                     { "mg", 1e-3, 0 } },
    [PHYSIO_BVP] = { { "au", 1, 0 } },
    [BEATS] = { { "s", 1, 0 }, { "ms", 1e-3, 0 } },
};

/* What one file gives. */
struct source {
    const char *path;
    struct series series;
    long column[BEATS + 1], axis[AXES]; /* -1: there is none */
    struct unit unit[BEATS + 1];
    bool bare[BEATS + 1]; /* without a unit in its name */
};

/* The text behind the name, as "us" of "_uS", " (uS)" and "[uS]". */
static bool read_unit(const char *text, int kind, struct unit *unit, bool *bare)
{
    char name[16];
    size_t length = 0;

    *bare = *text == '\0';
    *unit = units[kind][0];
    if (*bare)
        return true;
    if (!strchr("_ ([", *text))
        return false;
    for (text += strspn(text, "_ (["); *text && !strchr(")]", *text); text++) {
        if (strncmp(text, "\xc2\xb5", 2) == 0 ||
            strncmp(text, "\xce\xbc", 2) == 0) { /* micro sign, mu */
            text++;
            name[length++] = 'u';
        } else {
            name[length++] = (char)tolower((unsigned char)*text);
        }
        if (length + 1 >= sizeof(name))
            return false;
    }
    name[length] = '\0';
    for (const struct unit *u = units[kind]; u->name; u++) {
        if (strcmp(u->name, name) == 0) {
            *unit = *u;
            return true;
        }
    }
    return false;
}

static bool take_column(struct source *source, size_t column, struct error *err)
{
    const char *name = source->series.columns.item[column];

    for (size_t k = 0; k < LENGTH_OF(known); k++) {
        const struct known *one = &known[k];
        size_t length = strlen(one->name);
        long *place = one->axis >= 0 ? &source->axis[one->axis]
                                     : &source->column[one->kind];
        struct unit unit;
        bool bare;

        if (strncasecmp(name, one->name, length) != 0 ||
            !read_unit(name + length, one->kind, &unit, &bare))
            continue;
        if (*place >= 0)
            return error_set(err, ERROR_INPUT,
                             "%s: columns \"%s\" and \"%s\" are of one kind; "
                             "keep one of them",
                             source->path, source->series.columns.item[*place],
                             name);
        *place = (long)column;
        source->unit[one->kind] = unit;
        source->bare[one->kind] = bare;
        return true;
    }
    return true;
}

/* To its own mean rate; missing in gaps. */
static bool make_regular(const struct source *source,
                         const struct series_curve *curve,
                         const struct unit *unit, struct physio_stream *stream,
                         struct error *err)
{
    struct channel channel;
    double joined = 0, length = 0, count;

    channel_init(&channel, curve, CHANNEL_LINEAR, NAN);
    for (size_t i = 0; i + 1 < channel.count; i++) {
        if (!channel.joined[i])
            continue;
        joined++;
        length += channel.time[i + 1] - channel.time[i];
    }
    if (joined == 0) {
        channel_release(&channel);
        return true; /* single samples are no signal */
    }
    stream->rate_hz = joined / length;
    stream->start_s = channel.time[0];
    count = floor((channel.time[channel.count - 1] - channel.time[0]) *
                      stream->rate_hz +
                  1e-6) +
            1;
    if (count > MAX_POINTS ||
        (count > GAP_POINTS && count > MOST_GAPS * (double)channel.count)) {
        double days =
            (channel.time[channel.count - 1] - channel.time[0]) / 86400;

        channel_release(&channel);
        return error_set(err, ERROR_LIMIT,
                         "%s: %zu samples at %.3g Hz over %.3g days; is a time "
                         "stamp wrong?",
                         source->path, curve->count, stream->rate_hz, days);
    }
    stream->count = stream->capacity = (size_t)count;
    stream->value = xcalloc(stream->count, sizeof(*stream->value));
    for (size_t i = 0; i < stream->count; i++)
        stream->value[i] =
            channel_at(&channel, stream->start_s + (double)i / stream->rate_hz,
                       0) *
                unit->scale +
            unit->shift;
    channel_release(&channel);
    return true;
}

/* Of three axes with the same stamps the length of the vector. */
static bool take_acceleration(const struct source *source,
                              struct physio *physio, struct error *err)
{
    struct physio_stream axis[AXES] = { { 0 } };
    struct physio_stream *out = &physio->stream[PHYSIO_ACC];
    bool good = true, same;

    for (int a = 0; good && a < AXES; a++)
        good = make_regular(
            source, series_at(&source->series, 0, (size_t)source->axis[a]),
            &source->unit[PHYSIO_ACC], &axis[a], err);
    same = good && axis[0].count == axis[1].count &&
           axis[0].count == axis[2].count &&
           axis[0].start_s == axis[1].start_s &&
           axis[0].start_s == axis[2].start_s;
    if (good && !same)
        good = error_set(err, ERROR_INPUT,
                         "%s: the axes of the acceleration have not the same "
                         "time stamps",
                         source->path);
    for (size_t i = 0; good && i < axis[0].count; i++)
        axis[0].value[i] =
            sqrt(pow(axis[0].value[i], 2) + pow(axis[1].value[i], 2) +
                 pow(axis[2].value[i], 2));
    free(axis[1].value);
    free(axis[2].value);
    if (good)
        *out = axis[0];
    else
        free(axis[0].value);
    return good;
}

/* A row a beat: the interval that ends there. */
static bool take_beats(struct source *source, struct physio *physio,
                       struct error *err)
{
    const struct series_curve *curve =
        series_at(&source->series, 0, (size_t)source->column[BEATS]);
    double *sorted = xcalloc(curve->count + 1, sizeof(*sorted));
    double scale = source->unit[BEATS].scale, middle;

    for (size_t i = 0; i < curve->count; i++)
        sorted[i] = curve->value[i];
    describe_sort(sorted, curve->count);
    middle = sorted[curve->count / 2];
    free(sorted);
    if (source->bare[BEATS] && middle > LEAST_MS)
        scale = 1e-3;
    if (series_step(curve) < 0.5 * middle * scale)
        return error_set(err, ERROR_INPUT,
                         "%s: intervals of %.3g s in rows %.3g s apart; "
                         "expected a row a beat",
                         source->path, middle * scale, series_step(curve));
    physio->beats.there = true;
    for (size_t i = 0; i < curve->count; i++) {
        struct physio_beat beat = { curve->time[i], curve->value[i] * scale };

        VEC_PUSH(&physio->beats, beat);
    }
    return true;
}

static bool take_all(struct source *source, struct physio *physio,
                     struct error *err)
{
    bool axes =
        source->axis[0] >= 0 && source->axis[1] >= 0 && source->axis[2] >= 0;
    bool any = axes;

    for (int kind = 0; kind < PHYSIO_STREAMS; kind++) {
        if (source->column[kind] < 0)
            continue;
        any = true;
        if (!make_regular(
                source,
                series_at(&source->series, 0, (size_t)source->column[kind]),
                &source->unit[kind], &physio->stream[kind], err))
            return false;
    }
    if (axes && source->column[PHYSIO_ACC] < 0 &&
        !take_acceleration(source, physio, err))
        return false;
    if (source->column[BEATS] >= 0)
        return take_beats(source, physio, err);
    return any ||
           error_set(err, ERROR_INPUT,
                     "%s: no column is called eda, hr, ibi, temp, acc_x (and y "
                     "and z), acc or bvp, with or without a unit",
                     source->path);
}

bool physio_csv_read(const char *path, struct physio *physio, struct error *err)
{
    const struct series_options options = { 0 };
    struct source source = { .path = path };
    bool good = false;

    for (int kind = 0; kind <= BEATS; kind++)
        source.column[kind] = -1;
    for (int a = 0; a < AXES; a++)
        source.axis[a] = -1;
    if (!series_read(path, &options, &source.series, err))
        return false;
    for (size_t c = 0; c < source.series.columns.count; c++)
        if (!take_column(&source, c, err))
            goto failed;
    good = take_all(&source, physio, err);
failed:
    series_release(&source.series);
    return good;
}
