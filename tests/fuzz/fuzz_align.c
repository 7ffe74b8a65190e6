/*
 * fuzz_align - streams with time stamps and transcripts: CSV with any clock,
 * SubRip, CTM, HTK's labels and SPPAS's tables.  The first byte says which;
 * short streams are put beside one of our own, too.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "eval/align/aligned.h"
#include "fuzz.h"

enum {
    MODE_STREAM,
    MODE_ITEMS,
    MODE_SPANS,
    MODE_SRT,
    MODE_CTM,
    MODE_LAB,
    MODES
};

static const double most_s = 200; /* longer ones are only read */

static const char *const words[] = {
    "time,",
    "timestamp",
    "frame",
    "confidence",
    "success",
    "FaceScore",
    "00:00:01,000 --> 00:00:02,500\n",
    "2021-03-04T05:06:07Z",
    "+02:00",
    "nan",
    "?",
    "1e300",
    "-1",
    "start",
    "end",
    "text",
    "item",
    "ms",
    "*",
    ";;",
    "\t",
    "<i>",
    "{\\an8}",
    NULL,
};

static const char own[] = "time,a\n0,1\n0.5,2\n1,1.5\n1.5,3\n2,2\n3,1\n";

static void seeds(fuzz_give *give, void *context)
{
    fuzz_give_text(give, context, MODE_STREAM, own);
    fuzz_give_text(give, context, MODE_STREAM,
                   "timestamp;v;words\n2021-03-04T05:06:07.5Z;1;a\n"
                   "2021-03-04 05:06:08+02:00;?;b\n");
    fuzz_give_text(give, context, MODE_STREAM,
                   "time_s\tx\ty\n00:00:01,000\t1\t\n00:02.5\t2\tnan\n");
    fuzz_give_text(give, context, MODE_STREAM,
                   "frame, timestamp, confidence, success, AU01_r\n"
                   "1, 0.0, 0.98, 1, 0.5\n2, 0.04, 0.2, 1, 1\n");
    fuzz_give_text(give, context, MODE_ITEMS,
                   "item,time,v\na,0,1\na,1,2\nb,1,2\nb,0,1\na,1,3\n");
    fuzz_give_text(give, context, MODE_SPANS,
                   "id,start,end,text\nu1,0,1.5,hi\nu2,00:00:01,2,\n");
    fuzz_give_text(give, context, MODE_SPANS, "tier,0.5,1.5,joy\ntier,2,3,x\n");
    fuzz_give_text(give, context, MODE_SRT,
                   "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Good</i> day\r\n"
                   "to you\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000 X1:0\r\n"
                   "{\\an8}Bye\r\n");
    fuzz_give_text(give, context, MODE_CTM,
                   ";; a comment\nshow 1 0.5 0.25 word 0.9\nshow 1 * * <ALT>\n"
                   "b A 1.25 0.1 next\n");
    fuzz_give_text(give, context, MODE_LAB,
                   "0 12500000 sil\n12500000 20000000 a extra\n");
}

/* All channels, at moments and over windows: missing or finite. */
static void look(const struct streams *streams)
{
    const struct stream *stream = &streams->item[0];
    const struct series *series = &stream->series;

    for (size_t i = 0; i < series->items.count; i++) {
        struct channel *channel =
            stream_channels(stream, series->items.item[i]);

        for (size_t c = 0; channel && c < series->columns.count; c++) {
            const struct series_curve *curve = series_at(series, i, c);
            struct channel_window window;
            double from = curve->count ? curve->time[0] : 0;

            for (size_t k = 0; k < curve->count; k++) {
                fuzz_must(isfinite(curve->time[k]));
                fuzz_must(isfinite(curve->value[k]));
                fuzz_must(k == 0 || curve->time[k] > curve->time[k - 1]);
                fuzz_must(!isinf(channel_at(&channel[c], curve->time[k], 0.1)));
                fuzz_must(!isinf(
                    channel_smooth_at(&channel[c], curve->time[k] + 0.01, 0)));
            }
            channel_over(&channel[c], from, from + 1, &window);
            fuzz_must(!isinf(window.mean) && !isinf(window.sd));
            fuzz_must(!isinf(window.slope));
            fuzz_must(window.valid_s >= 0 && window.valid_s <= 1.001);
        }
        stream_channels_free(stream, channel);
    }
}

/* How long its longest curve is; s. */
static double length_of(const struct series *series)
{
    double longest = 0;

    for (size_t i = 0; i < series->items.count * series->columns.count; i++) {
        const struct series_curve *curve = &series->curve[i];

        if (curve->count)
            longest =
                fmax(longest, curve->time[curve->count - 1] - curve->time[0]);
    }
    return longest;
}

static void beside(const struct streams *streams, const struct spans *spans)
{
    struct aligned_plan plan = { .streams = streams,
                                 .rate = spans ? 0 : 5,
                                 .window_s = 1,
                                 .hop_s = 1,
                                 .spans = spans,
                                 .functional = { true, true, true, true, true },
                                 .clock = { .most_s = 1 } };
    struct aligned_result result = { 0 };
    struct error err = { 0 };

    fuzz_answered(aligned_make(&plan, &result, &err), &err, NULL);
    aligned_release(&result);
}

static void read_stream(const char *path, bool items)
{
    char *word[2] = { xasprintf("s=%s", path), NULL };
    struct streams_options options = { 0 };
    struct streams streams = { 0 };
    struct error err = { 0 };
    bool good;

    word[1] = xasprintf("own=%s/own.csv", fuzz_folder());
    fuzz_named("own.csv", own, sizeof(own) - 1);
    if (items)
        text_list_add(&options.item, "s=item");
    good = streams_read(word, 2, &options, &streams, &err);
    fuzz_answered(good, &err, NULL);
    if (good) {
        look(&streams);
        if (length_of(&streams.item[0].series) <= most_s)
            beside(&streams, NULL);
    }
    streams_release(&streams);
    text_list_release(&options.item);
    free(word[0]);
    free(word[1]);
}

static void read_spans(const char *path)
{
    char *word[1] = { xasprintf("own=%s/own.csv", fuzz_folder()) };
    struct streams_options options = { 0 };
    struct streams streams = { 0 };
    struct spans spans;
    struct error err = { 0 };
    bool good = spans_read(path, &spans, &err);

    fuzz_answered(good, &err, path);
    if (!good) {
        free(word[0]);
        return;
    }
    for (size_t row = 0; row < columns_rows(spans.table); row++) {
        fuzz_must(isfinite(spans.start[row]) && isfinite(spans.end[row]));
        fuzz_must(spans.start[row] <= spans.end[row]);
        fuzz_must(row == 0 || spans.start[spans.by_start[row - 1]] <=
                                  spans.start[spans.by_start[row]]);
    }
    fuzz_named("own.csv", own, sizeof(own) - 1);
    if (!streams_read(word, 1, &options, &streams, &err))
        fuzz_wrong(__FILE__, __LINE__, "our own stream is read", err.text);
    beside(&streams, &spans);
    streams_release(&streams);
    spans_release(&spans);
    free(word[0]);
}

static void one(const uint8_t *bytes, size_t length)
{
    static const char *const names[MODES] = { "s.csv", "s.csv", "t.csv",
                                              "t.srt", "t.ctm", "t.lab" };
    int mode = fuzz_take(&bytes, &length) % MODES;
    char *path = xstrdup(fuzz_named(names[mode], bytes, length));

    if (mode <= MODE_ITEMS)
        read_stream(path, mode == MODE_ITEMS);
    else
        read_spans(path);
    free(path);
}

const struct fuzz_target fuzz_target = {
    .name = "align",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 2048,
    .runs = 2000,
};
