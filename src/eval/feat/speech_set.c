/*
 * speech_set - see speech_set.h.
 */
#include <config.h>

#include "eval/feat/speech_set.h"

#include "common/base/vec.h"
#include "eval/feat/papers.h"
#include "eval/feat/speech.h"
#include "eval/feat/speech_single.h"
#include "eval/feat/speech_span.h"
#include "eval/feat/speech_sum.h"

#define ONE(column, unit_, text_, paper_)                              \
    {                                                                  \
        .name = column, .unit = unit_, .text = text_, .paper = paper_, \
        .mean_only = true                                              \
    }
#define DESCRIBE_SINGLE(column, unit, text, paper) \
    ONE(column, unit, text, paper)
#define DESCRIBE_MEAN(column, unit, text, paper) \
    ONE(column "_mean", unit, text ": mean", paper)
#define DESCRIBE_SD(column, unit, text, paper) \
    DESCRIBE_MEAN(column, unit, text, paper),  \
        ONE(column "_sd", unit, text ": standard deviation", paper)
#define DESCRIBE_RATIO(column, unit, text, paper) \
    DESCRIBE_MEAN(column, unit, text, paper),     \
        ONE(column "_cv", "ratio", text ": deviation over mean", paper)
#define DESCRIBE_HILLS(column, unit, text, paper)                            \
    ONE(column "_p20", unit, text ": 20 % are below", paper),                \
        ONE(column "_p50", unit, text ": median", paper),                    \
        ONE(column "_p80", unit, text ": 80 % are below", paper),            \
        ONE(column "_range", unit, text ": 20 to 80 % range", paper),        \
        ONE(column "_rise_mean", unit "/s", text ": rises", paper),          \
        ONE(column "_rise_sd", unit "/s", text ": rises, deviation", paper), \
        ONE(column "_fall_mean", unit "/s", text ": falls", paper),          \
        ONE(column "_fall_sd", unit "/s", text ": falls, deviation", paper)
#define DESCRIBE_FULL(column, unit, text, paper) \
    DESCRIBE_SD(column, unit, text, paper),      \
        DESCRIBE_HILLS(column, unit, text, paper)
#define DESCRIBE_LOUD(column, unit, text, paper) \
    DESCRIBE_RATIO(column, unit, text, paper),   \
        DESCRIBE_HILLS(column, unit, text, paper)
#define DESCRIBE_ORDER(column, unit, text, paper)                 \
    ONE(column "_p10", unit, text ": 10 % are below", paper),     \
        ONE(column "_median", unit, text ": median", paper),      \
        ONE(column "_p90", unit, text ": 90 % are below", paper), \
        ONE(column "_iqr", unit, text ": quartile range", paper), \
        ONE(column "_trend", unit "/s", text ": straight line", paper)
#define DESCRIBE_COURSE(column, unit, text, paper)                   \
    ONE(column "_dct1", unit, text ": cosine coefficient 1", paper), \
        ONE(column "_dct2", unit, text ": coefficient 2", paper),    \
        ONE(column "_dct3", unit, text ": coefficient 3", paper),    \
        ONE(column "_dct4", unit, text ": coefficient 4", paper)
#define DESCRIBE_ROBUST(column, unit, text, paper) \
    DESCRIBE_SD(column, unit, text, paper),        \
        DESCRIBE_ORDER(column, unit, text, paper)

/* Columns are named and computed from the same lines. */
#define PART(from, gate, shape, name, unit, text, paper) \
    DESCRIBE_##shape(name, unit, text, paper),
static const struct descriptor egemaps_columns[] = {
#include "eval/feat/speech_egemaps.def"
};
static const struct descriptor mien_columns[] = {
#include "eval/feat/speech_egemaps.def"
#include "eval/feat/speech_mien.def"
};
#undef PART

#define PART(from, gate, shape, name, unit, text, paper) \
    { SPEECH_##from, SPEECH_##gate, SPEECH_##shape },
static const struct speech_part egemaps_parts[] = {
#include "eval/feat/speech_egemaps.def"
};
static const struct speech_part mien_parts[] = {
#include "eval/feat/speech_egemaps.def"
#include "eval/feat/speech_mien.def"
};
#undef PART

struct part_list {
    const struct speech_part *part;
    size_t count;
    bool span;       /* without the silence before and after */
    bool prominence; /* with the contours CPP and CPPS */
};

static bool compute(const struct feature_set *set, const float *sample,
                    int64_t samples, double *out, struct error *err)
{
    const struct part_list *list = set->data;
    struct speech speech;
    bool good;

    speech_leave_padding(&sample, &samples);
    good = speech_measure(&speech, sample, samples, list->prominence, err);
    if (good && list->span)
        speech_span(&speech);
    if (good)
        speech_sum(&speech, list->part, list->count, out);
    speech_release(&speech);
    return good;
}

/* For the notes of tables. */
static const struct moment_plan plan = {
    .rate = SPEECH_RATE,
    .frame = SPEECH_FRAME,
    .hop = SPEECH_HOP,
    .window = WINDOW_HAMMING,
};

static const struct part_list egemaps_list = { egemaps_parts,
                                               LENGTH_OF(egemaps_parts), false,
                                               false };

const struct feature_set egemaps_set = {
    .name = "egemaps",
    .version = "3",
    .summary = "the parameters of eGeMAPS as they are meant, at 16 kHz",
    .plan = &plan,
    .descriptors = egemaps_columns,
    .count = LENGTH_OF(egemaps_columns),
    .compute = compute,
    .data = &egemaps_list,
};

static const struct part_list mien_list = { mien_parts, LENGTH_OF(mien_parts),
                                            true, true };

const struct feature_set mien_set = {
    .name = "mien",
    .version = "5",
    .summary = "egemaps, and cepstrum, spectrum, rhythm, melody in full",
    .plan = &plan,
    .descriptors = mien_columns,
    .count = LENGTH_OF(mien_columns),
    .compute = compute,
    .data = &mien_list,
};
