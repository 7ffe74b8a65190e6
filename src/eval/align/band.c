/*
 * band - see band.h.
 */
#include <config.h>

#include "eval/align/band.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "eval/feat/physio_read.h"

static const char *const names[PHYSIO_STREAMS + 1] = { "eda", "hr",  "temp",
                                                       "acc", "bvp", "ibi" };

static size_t samples_of(const struct physio *physio, int kind)
{
    if (kind < PHYSIO_STREAMS)
        return physio->stream[kind].count;
    return physio->beats.of_wave ? 0 : physio->beats.count;
}

static void fill(const struct physio *physio, int kind,
                 struct series_curve *curve)
{
    for (size_t i = 0; i < samples_of(physio, kind); i++) {
        double t, value;

        if (kind == PHYSIO_STREAMS) {
            t = physio->beats.item[i].at_s;
            value = physio->beats.item[i].interval_s;
        } else {
            const struct physio_stream *stream = &physio->stream[kind];

            t = stream->start_s + (double)i / stream->rate_hz;
            value = stream->value[i];
        }
        series_push(curve, physio->start_unix_s + t, value);
    }
}

static bool check(const char *path, const struct physio *physio,
                  const struct text_list *columns, struct error *err)
{
    for (size_t c = 0; c < columns->count; c++) {
        bool there = false;

        for (int kind = 0; kind <= PHYSIO_STREAMS; kind++)
            there = there || (text_equal(columns->item[c], names[kind]) &&
                              samples_of(physio, kind) > 0);
        if (!there)
            return error_set(err, ERROR_INPUT,
                             "%s: has no \"%s\"; of eda, hr, temp, acc, bvp, "
                             "ibi those are there that were recorded",
                             path, columns->item[c]);
    }
    return true;
}

bool band_read(const char *path, const struct text_list *columns,
               struct series *series, struct error *err)
{
    struct physio physio;
    bool good;

    *series = (struct series){ 0 };
    if (!physio_read(path, &physio, err))
        return false;
    good = check(path, &physio, columns, err);
    series->curve = xcalloc(PHYSIO_STREAMS + 1, sizeof(*series->curve));
    text_list_add(&series->items, "");
    for (int kind = 0; good && kind <= PHYSIO_STREAMS; kind++) {
        if (samples_of(&physio, kind) == 0 ||
            (columns->count > 0 && !text_list_has(columns, names[kind])))
            continue;
        fill(&physio, kind, &series->curve[series->columns.count]);
        text_list_add(&series->columns, names[kind]);
    }
    series_finish(series);
    physio_release(&physio);
    return good;
}
