/*
 * physio - see physio.h.
 */
#include <config.h>

#include "eval/feat/physio.h"

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/vec.h"
#include "eval/feat/beats.h"
#include "eval/feat/eda.h"
#include "eval/feat/functionals.h"
#include "eval/feat/physio_read.h"

#define BOUCSEIN "Boucsein et al. 2012, Psychophysiology 49"
#define KLECKNER "Kleckner et al. 2018, IEEE TBME 65(7)"
#define TASK_FORCE "Task Force 1996, Circulation 93"
#define LOMB TASK_FORCE "; Lomb 1976, Scargle 1982"
#define LOW_EDA 0.05 /* microsiemens: the electrodes touch nothing */
/* As of media: how far a piece may reach beyond the end, by rounding. */
#define END_SLACK_S 0.1

#define FIVE(called, in, what, source) \
    { .name = called, .unit = in, .text = what, .paper = source },
#define ONE(called, in, what, source) \
    { .name = called,                 \
      .unit = in,                     \
      .text = what,                   \
      .paper = source,                \
      .mean_only = true },

/* In the order of measure(). */
/* clang-format off */
static const struct descriptor descriptors[] = {
    ONE("duration_s", "s", "length of the recording or its piece", "-")
    FIVE("eda", "uS", "skin conductance", BOUCSEIN)
    ONE("eda_slope", "uS/min", "least squares line", "-")
    ONE("eda_low_share", "share", "below 0.05 uS: no contact", KLECKNER)
    FIVE("eda_tonic", "uS", "slow part, below 0.05 Hz", BOUCSEIN)
    ONE("eda_tonic_slope", "uS/min", "least squares line", "-")
    ONE("eda_phasic_sd", "uS", "standard deviation of the fast part", BOUCSEIN)
    ONE("scr_rate", "1/min", "responses of 0.05 uS and more", BOUCSEIN)
    ONE("scr_height", "uS", "mean rise of the responses", BOUCSEIN)
    ONE("scr_rise_s", "s", "mean time from trough to peak", BOUCSEIN)
    FIVE("hr", "1/min", "heart rate", "-")
    ONE("hr_slope", "1/min^2", "least squares line", "-")
    ONE("ibi_count", "1", "good intervals between beats", "-")
    ONE("ibi_coverage", "share", "of the time, by good intervals", "-")
    ONE("ibi_rejected_share", "share", "intervals not of 0.3 to 2 s", "-")
    ONE("ibi_mean", "ms", "mean interval", TASK_FORCE)
    ONE("ibi_sdnn", "ms", "standard deviation of intervals", TASK_FORCE)
    ONE("ibi_rmssd", "ms", "RMS difference of neighbours", TASK_FORCE)
    ONE("ibi_pnn50", "share", "neighbours over 50 ms apart", TASK_FORCE)
    ONE("ibi_lf", "ms^2", "power from 0.04 to 0.15 Hz", LOMB)
    ONE("ibi_hf", "ms^2", "power from 0.15 to 0.4 Hz", LOMB)
    ONE("ibi_lf_hf", "1", "their ratio", LOMB)
    FIVE("temp", "degrees C", "temperature of the skin", "-")
    ONE("temp_slope", "degrees C/min", "least squares line", "-")
    FIVE("acc", "g", "length of the acceleration's vector", "-")
    ONE("acc_slope", "g/min", "least squares line", "-")
    ONE("acc_zero_crossings", "1/s", "crossings of its mean", "-")
    ONE("eda_coverage", "share", "of the time, by skin conductance", "-")
    ONE("hr_coverage", "share", "of the time, by heart rate", "-")
    ONE("temp_coverage", "share", "of the time, by temperature", "-")
    ONE("acc_coverage", "share", "of the time, by acceleration", "-")
    ONE("bvp_coverage", "share", "of the time, by the pulse wave", "-")
};
/* clang-format on */

/* What of a stream lies in the piece that is asked for. */
struct piece {
    const double *value;
    size_t from, count;
    double rate_hz;
};

static struct piece cut(const struct physio_stream *stream, double start_s,
                        double end_s)
{
    struct piece piece = { .rate_hz = stream->rate_hz };
    double most = (double)stream->count;
    double from = ceil((start_s - stream->start_s) * stream->rate_hz - 1e-6);
    double to = ceil((end_s - stream->start_s) * stream->rate_hz - 1e-6);

    from = fmin(fmax(from, 0), most);
    to = fmin(fmax(to, from), most);
    piece.from = (size_t)from;
    piece.count = (size_t)to - piece.from;
    piece.value = stream->value;
    if (piece.value)
        piece.value += piece.from;
    return piece;
}

static double *put_five(const struct piece *piece, double *out)
{
    functionals_compute(piece->value, (int64_t)piece->count, out);
    return out + FUNCTIONAL_COUNT;
}

/* Of what is not missing: how many, their mean, and that of their places. */
struct known {
    double n, mean, middle;
};

static struct known known_of(const struct piece *piece)
{
    struct known known = { 0 };

    for (size_t i = 0; i < piece->count; i++) {
        if (isnan(piece->value[i]))
            continue;
        known.n++;
        known.mean += (piece->value[i] - known.mean) / known.n;
        known.middle += ((double)i - known.middle) / known.n;
    }
    return known;
}

/* Of the line of least squares, a minute. */
static double slope(const struct piece *piece)
{
    struct known known = known_of(piece);
    double xy = 0, xx = 0;

    for (size_t i = 0; i < piece->count; i++) {
        double x = (double)i - known.middle;

        if (isnan(piece->value[i]))
            continue;
        xy += x * (piece->value[i] - known.mean);
        xx += x * x;
    }
    return known.n < 2 ? (double)NAN : xy / xx * piece->rate_hz * 60;
}

static double share_below(const struct piece *piece, double least)
{
    double below = 0, n = known_of(piece).n;

    for (size_t i = 0; i < piece->count; i++)
        below += piece->value[i] < least; /* never of NAN */
    return n > 0 ? below / n : (double)NAN;
}

/* A second of the time in which there is a signal. */
static double crossings(const struct piece *piece)
{
    struct known known = known_of(piece);
    double changes = 0;

    for (size_t i = 1; i < piece->count; i++)
        if (!isnan(piece->value[i]) && !isnan(piece->value[i - 1]))
            changes += (piece->value[i] < known.mean) !=
                       (piece->value[i - 1] < known.mean);
    return known.n < 2 ? (double)NAN : changes * piece->rate_hz / known.n;
}

/* NAN where the recording has no such signal at all. */
static double coverage(const struct piece *piece, double length_s)
{
    if (!(piece->rate_hz > 0))
        return NAN;
    return fmin(known_of(piece).n / piece->rate_hz / length_s, 1);
}

/* The whole recording is split, so that a piece has no ends of its own. */
static double *put_eda(const struct physio_stream *stream,
                       const struct piece *piece, double *out)
{
    double *tonic = xcalloc(stream->count + 1, sizeof(*tonic));
    double *phasic = xcalloc(stream->count + 1, sizeof(*phasic));
    struct piece slow = *piece, fast = *piece;
    double five[FUNCTIONAL_COUNT];
    struct eda_responses found;

    out = put_five(piece, out);
    *out++ = slope(piece);
    *out++ = share_below(piece, LOW_EDA);
    if (known_of(piece).n > 0 &&
        eda_split_runs(stream->value, stream->count, stream->rate_hz, tonic,
                       phasic)) {
        slow.value = tonic + piece->from;
        fast.value = phasic + piece->from;
        eda_find_responses(phasic, stream->count, piece->from,
                           piece->from + piece->count, &found);
        out = put_five(&slow, out);
        *out++ = slope(&slow);
        put_five(&fast, five);
        *out++ = five[FUNCTIONAL_SD];
        *out++ = (double)found.count * piece->rate_hz * 60 / known_of(&fast).n;
        *out++ = found.count ? found.height / (double)found.count : NAN;
        *out++ = found.count ? found.rise / (double)found.count / piece->rate_hz
                             : NAN;
    } else {
        for (int i = 0; i < FUNCTIONAL_COUNT + 5; i++)
            *out++ = NAN;
    }
    free(tonic);
    free(phasic);
    return out;
}

static double *put_beats(const struct physio_beats *beats, double start_s,
                         double end_s, double *out)
{
    struct beats_measures found;

    beats_measure(beats, start_s, end_s, &found);
    *out++ = beats->there ? (double)found.count : NAN;
    *out++ = beats->there ? found.coverage : NAN;
    *out++ = found.rejected;
    *out++ = found.mean_ms;
    *out++ = found.sdnn_ms;
    *out++ = found.rmssd_ms;
    *out++ = found.pnn50;
    *out++ = found.lf_ms2;
    *out++ = found.hf_ms2;
    *out++ = found.lf_hf;
    return out;
}

static bool check_piece(const struct feature_item *item,
                        const struct physio *physio, double start_s,
                        double end_s, struct error *err)
{
    char asked[NUMBER_TEXT_SIZE], there[NUMBER_TEXT_SIZE];
    int64_t end_us = llround(physio->duration_s * 1e6);

    if (start_s < physio->duration_s &&
        end_s <= physio->duration_s + END_SLACK_S)
        return true;
    return error_set(
        err, ERROR_INPUT,
        "%s: the piece %s at %s s, but the recording ends "
        "at %s s",
        item->path, start_s < physio->duration_s ? "ends" : "begins",
        number_format_seconds(start_s < physio->duration_s ? item->end_us
                                                           : item->start_us,
                              asked),
        number_format_seconds(end_us, there));
}

static bool measure(const struct feature_set *set,
                    const struct feature_item *item, double *out,
                    struct error *err)
{
    static const enum physio_kind covered[] = { PHYSIO_EDA, PHYSIO_HR,
                                                PHYSIO_TEMP, PHYSIO_ACC,
                                                PHYSIO_BVP };
    double start_s = (double)item->start_us / 1e6, end_s;
    struct physio physio;
    struct piece piece[PHYSIO_STREAMS];
    bool good;

    (void)set;
    if (!physio_read(item->path, &physio, err))
        return false;
    /* The last beat may come at the very end. */
    end_s = item->end_us < 0 ? nextafter(physio.duration_s, INFINITY)
                             : (double)item->end_us / 1e6;
    good = check_piece(item, &physio, start_s, end_s, err);
    if (!good)
        goto failed;
    for (int i = 0; i < PHYSIO_STREAMS; i++)
        piece[i] = cut(&physio.stream[i], start_s, end_s);
    *out++ = fmin(end_s, physio.duration_s) - start_s;
    out = put_eda(&physio.stream[PHYSIO_EDA], &piece[PHYSIO_EDA], out);
    out = put_five(&piece[PHYSIO_HR], out);
    *out++ = slope(&piece[PHYSIO_HR]);
    out = put_beats(&physio.beats, start_s, end_s, out);
    out = put_five(&piece[PHYSIO_TEMP], out);
    *out++ = slope(&piece[PHYSIO_TEMP]);
    out = put_five(&piece[PHYSIO_ACC], out);
    *out++ = slope(&piece[PHYSIO_ACC]);
    *out++ = crossings(&piece[PHYSIO_ACC]);
    for (size_t i = 0; i < LENGTH_OF(covered); i++)
        *out++ = coverage(&piece[covered[i]],
                          fmin(end_s, physio.duration_s) - start_s);
failed:
    physio_release(&physio);
    return good;
}

const struct feature_set physio_set = {
    .name = "physio",
    .version = "3",
    .summary = "skin conductance, heart, temperature, movement",
    .input = FEATURE_OF_FILE,
    .column = "physio",
    .descriptors = descriptors,
    .count = LENGTH_OF(descriptors),
    .sparse = true,
    .measure = measure,
};
