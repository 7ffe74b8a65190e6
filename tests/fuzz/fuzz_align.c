/*
 * fuzz_align - what align reads: tables of signals, windows and transcripts;
 * the first byte says which.
 */
#include <config.h>

#include <math.h>

#include "eval/align/spans.h"
#include "eval/feat/channel.h"
#include "eval/feat/series.h"
#include "fuzz.h"

enum { KINDS = 5 };

static const char *const kinds[KINDS] = { "signals.csv", "windows.csv",
                                          "said.srt", "said.ctm", "said.lab" };

static const char *const words[] = {
    "time",  "start", "end",          "item", "text", " --> ",
    "1e300", "nan",   "00:16:16,059", "<i>",  ";;",   "2019-06-11 00:00:00",
    "*",     "{",     "confidence",   "1e12", NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    fuzz_give_text(give, context, 0,
                   "item,time,x,note\na,0,1,u\na,1.5,nan,v\nb,0,2,w\n"
                   "a,0.5,3,x\na,0.5,4,y\n");
    fuzz_give_text(give, context, 0,
                   "timestamp, confidence, success, AU12_r\n0, 0.9, 1, 2\n"
                   "0.1, 0.2, 0, 2\n");
    fuzz_give_text(give, context, 1,
                   "id,item,start,end,text\nu,a,0,00:00:01.5,\"so, so\"\n");
    fuzz_give_text(give, context, 1, "tier,0.5,1.5,word\ntier,2,3,other\n");
    fuzz_give_text(give, context, 2,
                   "1\n00:00:00,000 --> 00:00:01,500\n<b>Well,</b>\nthen\n\n"
                   "2\n00:00:02,000 --> 00:00:04,000 X1:200\nno\n");
    fuzz_give_text(give, context, 3,
                   ";; note\nSHOW_1 1 1.0 0.2 WELL 0.98\n"
                   "SHOW_1 2 * * <ALT> 0.9\n");
    fuzz_give_text(give, context, 4, "0000000 2200000 ay ; ice\n");
}

static void read_signals(const char *path)
{
    const struct series_options options = { 0 };
    struct series series;
    struct error err = { 0 };
    bool good = series_read(path, &options, &series, &err);

    fuzz_answered(good, &err, kinds[0]);
    for (size_t i = 0; good && i < series.items.count * series.columns.count;
         i++) {
        const struct series_curve *curve = &series.curve[i];
        struct channel_window window;
        struct channel channel;

        for (size_t k = 1; k < curve->count; k++)
            fuzz_must(curve->time[k] > curve->time[k - 1]);
        channel_init(&channel, curve, CHANNEL_LINEAR, NAN);
        fuzz_must(!isinf(channel_at(&channel, series.start_s, 1)));
        channel_over(&channel, series.start_s, series.start_s + 2, &window);
        fuzz_must(window.valid_s >= 0 && window.valid_s <= 2.001);
        fuzz_must(!isinf(window.mean));
        channel_release(&channel);
    }
    series_release(&series);
}

static void one(const uint8_t *bytes, size_t length)
{
    uint8_t kind = fuzz_take(&bytes, &length) % KINDS;
    const char *path = fuzz_named(kinds[kind], bytes, length);
    struct spans spans;
    struct error err = { 0 };
    bool good;

    if (kind == 0) {
        read_signals(path);
        return;
    }
    good = spans_read(path, &spans, &err);
    fuzz_answered(good, &err, kinds[kind]);
    for (size_t i = 0; good && i < columns_rows(spans.table); i++)
        fuzz_must(spans.end[i] >= spans.start[i]);
    spans_release(&spans);
}

const struct fuzz_target fuzz_target = {
    .name = "align",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 4096,
    .runs = 4000,
};
