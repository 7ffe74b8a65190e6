/*
 * robust - see robust.h.
 */
#include <config.h>

#include "eval/feat/robust.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/pool.h"
#include "common/base/progress.h"
#include "common/base/rng.h"
#include "common/media/encode.h"
#include "common/media/ffmpeg.h"
#include "common/media/rate.h"
#include "common/stat/ccc.h"
#include "common/stat/describe.h"
#include "eval/feat/extract.h"
#include "eval/feat/extract_item.h"

#define PLAIN_CODEC "pcm_f32le"
#define MOST_NUMBERS 250000000
enum { LEAST_ITEMS = 3 }; /* for a correlation */

const struct robust_condition robust_conditions[ROBUST_CONDITIONS] = {
    { .name = "rate-8000", .rate = 8000 },
    { .name = "rate-16000", .rate = 16000 },
    { .name = "rate-22050", .rate = 22050 },
    { .name = "rate-48000", .rate = 48000 },
    { .name = "rate-22050-padded",
      .before_s = 0.5,
      .after_s = 0.5,
      .rate = 22050 },
    { .name = "gain+6", .gain_db = 6 },
    { .name = "gain-6", .gain_db = -6 },
    { .name = "gain-20", .gain_db = -20 },
    { .name = "padded", .before_s = 0.5, .after_s = 0.5 },
    { .name = "shifted", .before_s = -0.0037 },
    { .name = "mp3-64",
      .codec = "libmp3lame",
      .bit_rate = 64000,
      .extension = ".mp3" },
    { .name = "aac-64",
      .codec = "aac",
      .bit_rate = 64000,
      .extension = ".m4a" },
    { .name = "opus-24",
      .codec = "libopus",
      .bit_rate = 24000,
      .extension = ".opus" },
    { .name = "noise-30", .snr_db = 30 },
    { .name = "noise-20", .snr_db = 20 },
    { .name = "noise-10", .snr_db = 10 },
};

struct job {
    const struct robust_settings *settings;
    struct extract_item *item;
    size_t items, columns;
    const bool *made;
    const char *temporary; /* the folder for changed sounds */
    double *value;         /* item by item: as it is, then in each condition */
    struct progress *progress;
};

static double *numbers(const struct job *job, size_t item, size_t version)
{
    return job->value +
           (item * (1 + ROBUST_CONDITIONS) + version) * job->columns;
}

/* White noise, drawn anew for each item and condition from one seed. */
static void add_noise(struct rate_sound *sound, double snr_db, uint64_t seed,
                      const char *id, const char *condition)
{
    char *name = xasprintf("noise/%s/%s", condition, id);
    struct rng *rng = rng_new(seed, name);
    double square = 0, sd;

    for (int64_t i = 0; i < sound->count; i++)
        square += (double)sound->sample[i] * sound->sample[i];
    sd = sqrt(square / (double)sound->count) * pow(10, -snr_db / 20);
    for (int64_t i = 0; i < sound->count; i++)
        sound->sample[i] += (float)(sd * rng_normal(rng));
    rng_free(rng);
    free(name);
}

/* A negative time cuts, but nothing of a sound that is no longer than it. */
static void pad(struct rate_sound *sound, double before_s, double after_s)
{
    int64_t before = llround(before_s * sound->rate);
    int64_t after = llround(after_s * sound->rate);
    int64_t cut = before < 0 && -before < sound->count ? -before : 0;
    float *padded;

    if (before < 0)
        before = 0;
    sound->count -= cut;
    padded = xcalloc((size_t)(before + sound->count + after), sizeof(*padded));
    memcpy(padded + before, sound->sample + cut,
           (size_t)sound->count * sizeof(*padded));
    free(sound->sample);
    sound->sample = padded;
    sound->count += before + after;
}

static bool bring(struct rate_sound *sound, int hz, struct error *err)
{
    struct rate *rate = rate_new(sound->rate, hz, 1, err);

    if (!rate)
        return false;
    rate_push(rate, sound->sample, sound->count);
    rate_finish(rate);
    sound->count = rate_ready(rate);
    sound->sample = xreallocarray(sound->sample, (size_t)sound->count + 1,
                                  sizeof(*sound->sample));
    rate_pull(rate, sound->sample, sound->count);
    sound->rate = hz;
    rate_free(rate);
    return true;
}

static bool change(const struct robust_condition *how, uint64_t seed,
                   const char *id, struct rate_sound *sound, struct error *err)
{
    float gain = (float)pow(10, how->gain_db / 20);
    int hz = how->rate ? how->rate : sound->rate;

    for (int64_t i = 0; how->gain_db != 0 && i < sound->count; i++)
        sound->sample[i] *= gain;
    if (how->snr_db != 0)
        add_noise(sound, how->snr_db, seed, id, how->name);
    if (how->before_s != 0 || how->after_s != 0)
        pad(sound, how->before_s, how->after_s);
    if (how->codec)
        hz = encode_rate(how->codec, hz);
    return hz == sound->rate || bring(sound, hz, err);
}

/* The item's sound (left as it is) in one condition, measured. */
static bool measure_changed(const struct job *job, size_t index,
                            const struct robust_condition *how,
                            const struct rate_sound *sound, double *out,
                            struct error *err)
{
    struct prepare_changes unused;
    struct rate_sound own = *sound;
    char *path = xasprintf("%s/%zu-%s%s", job->temporary, index, how->name,
                           how->codec ? how->extension : ".wav");
    struct feature_item input = { .path = path,
                                  .end_us = -1,
                                  .prepare = job->settings->prepare,
                                  .changes = &unused };
    bool good;

    own.sample = xreallocarray(NULL, (size_t)own.count + 1, sizeof(float));
    memcpy(own.sample, sound->sample, (size_t)own.count * sizeof(float));
    good =
        change(how, job->settings->seed, job->item[index].id, &own, err) &&
        encode_sound(path, how->codec ? how->codec : PLAIN_CODEC, how->bit_rate,
                     own.rate, 1, own.sample, own.count, err) &&
        extract_one(job->settings->set, &input, out, err);
    rate_sound_release(&own);
    unlink(path);
    free(path);
    return good;
}

static bool measure_item(const struct job *job, size_t index, const char *path,
                         struct error *err)
{
    const struct extract_item *item = &job->item[index];
    struct prepare_changes unused;
    struct feature_item input = { .text = item->cell,
                                  .path = path,
                                  .start_us = item->start_us,
                                  .end_us = item->end_us,
                                  .prepare = job->settings->prepare,
                                  .changes = &unused };
    struct rate_sound sound = { 0 };
    bool good =
        extract_one(job->settings->set, &input, numbers(job, index, 0), err) &&
        rate_load(path, item->start_us, item->end_us, RATE_NATIVE, &sound, err);

    for (size_t c = 0; good && c < ROBUST_CONDITIONS; c++) {
        if (!job->made[c])
            continue;
        good = interrupt_check(err) &&
               measure_changed(job, index, &robust_conditions[c], &sound,
                               numbers(job, index, 1 + c), err);
    }
    rate_sound_release(&sound);
    return good;
}

/* A pool_work: only Ctrl-C makes it fail. */
static bool do_item(void *context, size_t index, struct error *err)
{
    struct job *job = context;
    struct extract_item *item = &job->item[index];
    char *path;
    bool good;

    progress_step(job->progress, 1);
    if (item->state == ITEM_FILELESS)
        return true;
    path = extract_item_path(item, job->settings->folder);
    good = measure_item(job, index, path, err);
    free(path);
    item->state = good ? ITEM_DONE : ITEM_FAILED;
    if (!good)
        item->text = xstrdup(err->text);
    return good || err->code != ERROR_INTERRUPTED;
}

/* Scratch for one column in one condition. */
struct pairs {
    double *old, *new;  /* of the items that have both */
    double *far, *part; /* |new - old|, and that over |old| */
    size_t count;
};

static struct robust_cell sum_up(struct pairs *pairs, size_t lost)
{
    struct ccc_sums sums =
        ccc_sums_of(pairs->old, pairs->new, NULL, pairs->count);
    struct estimate r = ccc_pearson(&sums);
    struct estimate sd = describe_sd(pairs->old, pairs->count, DESCRIBE_N);
    struct robust_cell cell = { .items = pairs->count,
                                .lost = lost,
                                .r = NAN,
                                .change = NAN,
                                .change_sds = NAN };

    if (pairs->count == 0)
        return cell;
    describe_sort(pairs->far, pairs->count);
    describe_sort(pairs->part, pairs->count);
    cell.change = describe_quantile(pairs->part, pairs->count, 0.5).value;
    if (sd.value > 0)
        cell.change_sds =
            describe_quantile(pairs->far, pairs->count, 0.5).value / sd.value;
    if (pairs->count >= LEAST_ITEMS && r.defined)
        cell.r = r.value;
    return cell;
}

static struct robust_cell compare(const struct job *job, size_t condition,
                                  size_t column, struct pairs *pairs)
{
    size_t lost = 0;

    pairs->count = 0;
    for (size_t i = 0; i < job->items; i++) {
        double old = numbers(job, i, 0)[column];
        double new = numbers(job, i, 1 + condition)[column];

        if (job->item[i].state != ITEM_DONE)
            continue;
        if (isnan(old) || isnan(new)) {
            lost += isnan(old) != isnan(new);
            continue;
        }
        pairs->old[pairs->count] = old;
        pairs->new[pairs->count] = new;
        pairs->far[pairs->count] = fabs(new - old);
        /* From nothing to something: more than any share. */
        pairs->part[pairs->count++] = old == new ? 0
                                      : old == 0 ? HUGE_VAL
                                                 : fabs((new - old) / old);
    }
    return sum_up(pairs, lost);
}

static void collect(struct job *job, struct robust_result *result)
{
    double *room = xcalloc(4 * job->items + 1, sizeof(*room));
    struct pairs pairs = { .old = room,
                           .new = room + job->items,
                           .far = room + 2 * job->items,
                           .part = room + 3 * job->items };

    result->columns = job->columns;
    result->cell =
        xcalloc(ROBUST_CONDITIONS * job->columns + 1, sizeof(*result->cell));
    for (size_t c = 0; c < ROBUST_CONDITIONS; c++)
        for (size_t i = 0; result->made[c] && i < job->columns; i++)
            result->cell[c * job->columns + i] = compare(job, c, i, &pairs);
    for (size_t i = 0; i < job->items; i++) {
        result->items += job->item[i].state == ITEM_DONE;
        result->fileless += job->item[i].state == ITEM_FILELESS;
        if (job->item[i].state == ITEM_FAILED)
            text_list_add(&result->failures, job->item[i].text);
    }
    free(room);
}

/* The caller's, to be removed by rmdir(). */
static char *make_temporary(struct error *err)
{
    const char *base = getenv("TMPDIR");
    char *folder =
        path_join(base && *base ? base : "/tmp", "mien-robust.XXXXXX");

    if (mkdtemp(folder))
        return folder;
    error_set_errno(err, ERROR_IO, "%s: cannot be made", folder);
    free(folder);
    return NULL;
}

static bool measure_all(struct job *job, struct robust_result *result,
                        struct error *err)
{
    size_t width = (1 + ROBUST_CONDITIONS) * job->columns;
    char *temporary;
    bool good;

    if (job->items < LEAST_ITEMS)
        return error_set(err, ERROR_INPUT,
                         "--check-robust correlates over items: it needs %d "
                         "of them, not %zu",
                         LEAST_ITEMS, job->items);
    if (job->items > MOST_NUMBERS / width)
        return error_set(err, ERROR_LIMIT,
                         "%zu items with %zu columns are too many: take some "
                         "of them by --only",
                         job->items, job->columns);
    temporary = make_temporary(err);
    if (!temporary)
        return false;
    job->temporary = temporary;
    job->value = xreallocarray(NULL, job->items + 1, width * sizeof(double));
    job->progress = progress_new("checking", "items", job->items);
    good = pool_run(job->settings->jobs, job->items, do_item, job, err);
    progress_free(job->progress);
    if (good)
        collect(job, result);
    free(job->value);
    rmdir(temporary);
    free(temporary);
    return good;
}

bool robust_check(const struct columns *corpus,
                  const struct robust_settings *settings,
                  struct robust_result *result, struct error *err)
{
    struct job job = { .settings = settings, .made = result->made };
    bool good;

    memset(result, 0, sizeof(*result));
    if (!ffmpeg_ready(err)) /* it writes the files of all conditions */
        return error_prefix(err, "--check-robust");
    for (size_t c = 0; c < ROBUST_CONDITIONS; c++)
        result->made[c] = !robust_conditions[c].codec ||
                          encode_has(robust_conditions[c].codec);
    job.items = columns_rows(corpus);
    job.columns = registry_columns(settings->set);
    job.item = extract_items_read(
        corpus, settings->column ? settings->column : "file", true, err);
    if (!job.item)
        return false;
    good = measure_all(&job, result, err);
    extract_items_free(job.item, job.items);
    return good;
}

void robust_result_release(struct robust_result *result)
{
    free(result->cell);
    text_list_release(&result->failures);
    memset(result, 0, sizeof(*result));
}

const struct robust_cell *robust_cell_of(const struct robust_result *result,
                                         size_t condition, size_t column)
{
    return &result->cell[condition * result->columns + column];
}
