/* fuzz_marks - tables of traces and of segments, one row a sample or a mark. */
#include <config.h>

#include <math.h>

#include "common/study/curve_table.h"
#include "common/study/stretch_table.h"
#include "fuzz.h"

enum { MODES = 3, MODE_TRACES = 0, MODE_SIGNAL = 1, MODE_SEGMENTS = 2 };

static const char *const words[] = {
    "item",  "annotator", "time",     "value", "dimension", "version",
    "tier",  "start",     "end",      "label", "duration",  "valence",
    "1e300", "-1",        "0.000001", NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    fuzz_give_text(give, context, MODE_TRACES,
                   "item,annotator,dimension,time,value\na,x,v,0,0.1\n"
                   "a,x,v,0.1,0.2\na,y,v,0,0.3\na,y,v,0.1,\nb,x,v,0,1\n");
    fuzz_give_text(give, context, MODE_TRACES,
                   "annotator,time,value,version\nx,0,1,1\nx,1,2,1\nx,0,3,2\n"
                   "x,0,4,2\n");
    fuzz_give_text(give, context, MODE_SIGNAL,
                   "item,time,value\na,0,1\na,1,2\n");
    fuzz_give_text(give, context, MODE_SEGMENTS,
                   "item,annotator,tier,start,end,label,duration\n"
                   "a,x,t,0.5,1.5,joy,4\na,x,t,1,2,sad,4\na,y,t,,,,4\n"
                   "b,x,t,0,1,joy,4\n");
    fuzz_give_text(give, context, MODE_SEGMENTS,
                   "id,rater,question,start,end,value\na,x,t,1,1,cough\n");
}

static void read_traces(const char *path, bool signal)
{
    struct curve_table_options options = { .anonymous = signal };
    struct curve_table table = { 0 };
    struct error err = { 0 };
    char *paths[] = { (char *)(size_t)path };
    bool good = curve_table_read(paths, 1, &options, &table, &err);

    fuzz_answered(good, &err, path);
    if (!good)
        return;
    for (size_t i = 0; i < table.samples; i++)
        fuzz_must(isfinite(table.time[i]) && !isinf(table.value[i]));
    for (size_t d = 0; d < table.dimensions.count; d++)
        for (size_t i = 0; i < table.items.count; i++)
            for (size_t r = 0; r < table.raters.count; r++) {
                const struct curve *curve = &curve_at(&table, d, i)[r];

                for (size_t k = 1; k < curve->n; k++)
                    fuzz_must(curve->time[k] > curve->time[k - 1]);
            }
    curve_table_release(&table);
}

static void read_segments(const char *path)
{
    struct stretch_table_options options = { 0 };
    struct stretch_table table = { 0 };
    struct error err = { 0 };
    bool good = stretch_table_read(path, &options, &table, &err);

    fuzz_answered(good, &err, path);
    if (!good)
        return;
    for (size_t i = 0; i < table.stretches; i++)
        fuzz_must(isfinite(table.stretch[i].start) &&
                  table.stretch[i].end >= table.stretch[i].start);
    stretch_table_release(&table);
}

static void one(const uint8_t *bytes, size_t length)
{
    int mode = fuzz_take(&bytes, &length) % MODES;
    const char *path = fuzz_file(bytes, length);

    if (mode == MODE_SEGMENTS)
        read_segments(path);
    else
        read_traces(path, mode == MODE_SIGNAL);
}

const struct fuzz_target fuzz_target = {
    .name = "marks",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 2048,
    .runs = 4000,
};
