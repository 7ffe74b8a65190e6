/*
 * speech_set - see speech_set.h.
 */
#include <config.h>

#include "eval/feat/speech_set.h"

#include "common/base/vec.h"
#include "eval/feat/speech.h"
#include "eval/feat/speech_single.h"
#include "eval/feat/speech_sum.h"

#define GEMAPS "Eyben et al. 2016, IEEE TAC 7(2)"
#define HERMANSKY "Hermansky 1990, JASA 87(4)"
#define DAVIS "Davis & Mermelstein 1980, IEEE TASSP 28(4)"
#define BOERSMA "Boersma 1993, Proc. IFA 17"
#define HAMMARBERG "Hammarberg et al. 1980, Acta Oto-laryng. 90"
#define MARKEL "Markel & Gray 1976, Linear Prediction of Speech"
#define FURUI "Furui 1986, IEEE TASSP 34(1)"
#define TZANETAKIS "Tzanetakis & Cook 2002, IEEE TSAP 10(5)"
#define MISRA "Misra et al. 2004, Proc. ICASSP"
#define DE_JONG "de Jong & Wempe 2009, Behav. Res. Methods 41(2)"
#define GREENBERG "Greenberg & Kingsbury 1997, Proc. ICASSP"
#define TEUTENBERG "Teutenberg et al. 2008, Proc. ICASSP"
#define LOFQVIST "Lofqvist & Mandersson 1987, Folia Phoniatr. 39"

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
};

static bool compute(const struct feature_set *set, const float *sample,
                    int64_t samples, double *out, struct error *err)
{
    const struct part_list *list = set->data;
    struct speech speech;
    bool good = speech_measure(&speech, sample, samples, err);

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
                                               LENGTH_OF(egemaps_parts) };

const struct feature_set egemaps_set = {
    .name = "egemaps",
    .version = "1",
    .summary = "the parameters of eGeMAPS as they are meant, at 16 kHz",
    .plan = &plan,
    .descriptors = egemaps_columns,
    .count = LENGTH_OF(egemaps_columns),
    .compute = compute,
    .data = &egemaps_list,
};

static const struct part_list mien_list = { mien_parts, LENGTH_OF(mien_parts) };

const struct feature_set mien_set = {
    .name = "mien",
    .version = "1",
    .summary = "egemaps, and cepstrum, spectrum, rhythm, melody in full",
    .plan = &plan,
    .descriptors = mien_columns,
    .count = LENGTH_OF(mien_columns),
    .compute = compute,
    .data = &mien_list,
};
