/*
 * speech_onset - see speech_onset.h.
 *
 * A voiced stretch is a run of voiced moments, 30 ms and longer.  Its attack
 * goes from its begin to the highest level of its first 0.3 s, its release
 * from the highest level of its last 0.3 s to its end (attack time: Peeters,
 * G. (2004). A large set of audio features for sound description. CUIDADO).
 */
#include <config.h>

#include "eval/feat/speech_onset.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "eval/feat/functionals.h"
#include "eval/feat/hills.h"

#define SYLLABLE_DIP 2.0 /* dB */
#define PAUSE_DB 25.0    /* below the loudest moment */

enum {
    SMOOTHING = 2, /* moments on each side, of the level */
    SHORTEST = 3,  /* moments of a voiced stretch */
    EDGE = 30,     /* moments that an attack may take */
    FEW = 3,       /* moments whose pitch is that of an edge */
};

/* Numbers, one a stretch or an interval. */
struct numbers {
    double sum, square, step;
    double before; /* the last one */
    double n;
};

static void add(struct numbers *numbers, double value)
{
    if (numbers->n > 0 && value + numbers->before > 0)
        numbers->step +=
            fabs(value - numbers->before) / ((value + numbers->before) / 2);
    numbers->before = value;
    numbers->sum += value;
    numbers->square += value * value;
    numbers->n++;
}

static double mean_of(const struct numbers *numbers)
{
    return numbers->n > 0 ? numbers->sum / numbers->n : NAN;
}

static double sd_of(const struct numbers *numbers)
{
    double mean = mean_of(numbers);

    return numbers->n > 0
               ? sqrt(fmax(0, numbers->square / numbers->n - mean * mean))
               : NAN;
}

/* Normalised pairwise variability: Grabe & Low (2002), in percent. */
static double npvi_of(const struct numbers *numbers)
{
    return numbers->n > 1 ? 100 * numbers->step / (numbers->n - 1) : NAN;
}

void speech_smooth(const double *from, int64_t count, int64_t reach,
                   double *out)
{
    for (int64_t t = 0; t < count; t++) {
        double sum = 0, n = 0;

        for (int64_t i = t - reach; i <= t + reach; i++) {
            if (i < 0 || i >= count || isnan(from[i]))
                continue;
            sum += from[i];
            n++;
        }
        out[t] = isnan(from[t]) ? NAN : sum / n;
    }
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median_of(const double *value, int64_t count, double *work)
{
    int64_t n = 0;

    for (int64_t t = 0; t < count; t++)
        if (!isnan(value[t]))
            work[n++] = value[t];
    qsort(work, (size_t)n, sizeof(*work), by_size);
    return n > 0 ? functionals_percentile(work, n, 0.5) : NAN;
}

int64_t speech_syllables(const struct speech *speech, double *work,
                         int64_t *top)
{
    double *level = work, median;
    int64_t tops, kept = 0;

    speech_smooth(speech->contour[SPEECH_LEVEL], speech->count, SMOOTHING,
                  level);
    median = median_of(level, speech->count, work + speech->count);
    tops = hills_tops(level, speech->count, SYLLABLE_DIP, top);
    for (int64_t i = 0; i < tops; i++)
        if (level[top[i]] > median &&
            !isnan(speech->contour[SPEECH_F0][top[i]]))
            top[kept++] = top[i];
    return kept;
}

/* Where the value is highest in [from, to). */
static int64_t highest(const double *value, int64_t from, int64_t to)
{
    int64_t best = from;

    for (int64_t t = from; t < to; t++)
        if (value[t] > value[best])
            best = t;
    return best;
}

static double mean_between(const double *value, int64_t from, int64_t to)
{
    double sum = 0;

    for (int64_t t = from; t < to; t++)
        sum += value[t];
    return sum / (double)(to - from);
}

/* What the stretches of an utterance add up to. */
struct stretches {
    struct numbers attack_time, attack, release, begin, end, length;
    double first_pitch, last_pitch; /* medians, semitones */
};

/* Moments from .. to - 1 are voiced. */
static void look_at(const struct speech *speech, const double *level,
                    int64_t from, int64_t to, double *work,
                    struct stretches *all)
{
    const double *f0 = speech->contour[SPEECH_F0];
    int64_t top = highest(level, from, to - from > EDGE ? from + EDGE : to);
    int64_t last = highest(level, to - from > EDGE ? to - EDGE : from, to);
    double median = median_of(f0 + from, to - from, work);

    if (isnan(all->first_pitch))
        all->first_pitch = median;
    all->last_pitch = median;
    add(&all->length, (double)(to - from) * SPEECH_HOP_S);
    add(&all->attack_time, (double)(top - from) * SPEECH_HOP_S);
    if (top > from)
        add(&all->attack,
            (level[top] - level[from]) / ((double)(top - from) * SPEECH_HOP_S));
    if (last < to - 1)
        add(&all->release, (level[last] - level[to - 1]) /
                               ((double)(to - 1 - last) * SPEECH_HOP_S));
    add(&all->begin, mean_between(f0, from, from + FEW) - median);
    add(&all->end, mean_between(f0, to - FEW, to) - median);
}

static void measure_stretches(const struct speech *speech, double *work,
                              double *out)
{
    const double *f0 = speech->contour[SPEECH_F0];
    double *level = work, *more = work + speech->count, median;
    struct stretches all = { .first_pitch = NAN };
    int64_t from = 0, first = -1;

    speech_smooth(speech->contour[SPEECH_LEVEL], speech->count, SMOOTHING,
                  level);
    for (int64_t t = 0; t <= speech->count; t++) {
        if (t < speech->count && !isnan(f0[t]))
            continue;
        if (t - from >= SHORTEST) {
            look_at(speech, level, from, t, more, &all);
            first = first < 0 ? from : first;
        }
        from = t + 1;
    }
    if (first < 0)
        return;
    median = median_of(f0, speech->count, more);
    out[SPEECH_ONSET_DELAY] = (double)first * SPEECH_HOP_S;
    out[SPEECH_ATTACK_TIME] = mean_of(&all.attack_time);
    out[SPEECH_ATTACK_TIME_SD] = sd_of(&all.attack_time);
    out[SPEECH_ATTACK] = mean_of(&all.attack);
    out[SPEECH_ATTACK_SD] = sd_of(&all.attack);
    out[SPEECH_RELEASE] = mean_of(&all.release);
    out[SPEECH_F0_BEGIN] = mean_of(&all.begin);
    out[SPEECH_F0_END] = mean_of(&all.end);
    out[SPEECH_F0_FIRST] = all.first_pitch - median;
    out[SPEECH_F0_LAST] = all.last_pitch - median;
    out[SPEECH_VOICED_NPVI] = npvi_of(&all.length);
}

/* Time that is no pause of any length. */
static double speaking_time(const struct speech *speech)
{
    const double *level = speech->contour[SPEECH_LEVEL];
    double most = -INFINITY, loud = 0;

    for (int64_t t = 0; t < speech->count; t++)
        most = level[t] > most ? level[t] : most;
    for (int64_t t = 0; t < speech->count; t++)
        loud += level[t] > most - PAUSE_DB;
    return loud * SPEECH_HOP_S;
}

static void measure_syllables(const struct speech *speech, double *work,
                              double *out)
{
    int64_t *top = xcalloc((size_t)speech->count + 1, sizeof(*top));
    int64_t count = speech_syllables(speech, work, top);
    double seconds = speaking_time(speech);
    struct numbers interval = { 0 };

    for (int64_t i = 1; i < count; i++)
        add(&interval, (double)(top[i] - top[i - 1]) * SPEECH_HOP_S);
    if (seconds > 0)
        out[SPEECH_ARTICULATION] = (double)count / seconds;
    out[SPEECH_SYLLABLE_INTERVAL] = mean_of(&interval);
    out[SPEECH_SYLLABLE_INTERVAL_SD] = sd_of(&interval);
    out[SPEECH_SYLLABLE_NPVI] = npvi_of(&interval);
    free(top);
}

void speech_onset_measure(const struct speech *speech,
                          double out[SPEECH_SINGLES])
{
    double *work = xcalloc(2 * (size_t)speech->count + 1, sizeof(*work));

    measure_stretches(speech, work, out);
    measure_syllables(speech, work, out);
    free(work);
}
