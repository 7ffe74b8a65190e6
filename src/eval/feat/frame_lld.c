/*
 * frame_lld - the set "lld": the descriptors of `basic`, and beside them the
 * contours that `mien` is made from, a row a frame.
 */
#include <config.h>

#include <assert.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/media/rate.h"
#include "eval/feat/basic.h"
#include "eval/feat/frame_set.h"
#include "eval/feat/moments.h"
#include "eval/feat/papers.h"
#include "eval/feat/speech.h"

#define CONTOUR(from, column, unit_, text_, paper_) \
    { .name = column, .unit = unit_, .text = text_, .paper = paper_ },
static const struct descriptor speech_columns[] = {
#include "eval/feat/speech_lld.def"
};
#undef CONTOUR

#define CONTOUR(from, column, unit, text, paper) SPEECH_##from,
static const int speech_contours[] = {
#include "eval/feat/speech_lld.def"
};
#undef CONTOUR

enum { MORE = LENGTH_OF(speech_columns) };

static void put_rows(const double *contour, const struct speech *speech,
                     struct frames *frames)
{
    for (int64_t t = 0; t < speech->count; t++) {
        double *row = frames_add(frames, (double)t * SPEECH_HOP_S);

        for (size_t d = 0; d < BASIC_DESCRIPTORS; d++)
            row[d] = contour[(int64_t)d * speech->count + t];
        for (size_t d = 0; d < MORE; d++)
            row[BASIC_DESCRIPTORS + d] = speech->contour[speech_contours[d]][t];
    }
}

static bool measure(const struct frame_set *set,
                    const struct feature_item *item, struct frames *frames,
                    struct error *err)
{
    struct rate_sound sound;
    struct speech speech = { 0 };
    double *contour = NULL;
    int64_t count;
    bool good;

    (void)set;
    if (!rate_load(item->path, item->start_us, item->end_us, SPEECH_RATE,
                   &sound, err))
        return false;
    count = moments_count(basic_set.plan, sound.count);
    contour = xreallocarray(NULL, BASIC_DESCRIPTORS * (size_t)count + 1,
                            sizeof(*contour));
    good =
        moments_contours(&basic_set, sound.sample, sound.count, contour, err) &&
        speech_measure(&speech, sound.sample, sound.count, true, err);
    if (good) {
        assert(speech.count == count);
        put_rows(contour, &speech, frames);
    } else {
        error_prefix(err, "%s", item->path);
    }
    speech_release(&speech);
    free(contour);
    rate_sound_release(&sound);
    return good;
}

const struct frame_set frame_lld = {
    .name = "lld",
    .version = "2",
    .summary = "the descriptors of basic and contours of mien, a row a frame",
    .rate = "16000",
    .descriptors = basic_descriptors,
    .more = speech_columns,
    .more_from = BASIC_DESCRIPTORS,
    .count = BASIC_DESCRIPTORS + MORE,
    .measure = measure,
};
