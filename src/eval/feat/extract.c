/*
 * extract - see extract.h.
 */
#include <config.h>

#include "eval/feat/extract.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/log.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/pool.h"
#include "common/base/progress.h"
#include "common/base/text.h"
#include "common/media/rate.h"
#include "eval/feat/cache.h"
#include "eval/feat/extract_item.h"

struct job {
    /* Set once, before the threads start. */
    const struct extract_settings *settings;
    struct extract_item *item; /* owned */
    size_t items;
    double *value;  /* owned: item by item, `width` numbers each */
    size_t columns; /* of the set, which come first */
    size_t width;   /* those, and what preparing changed */
    char *version;  /* owned: of the set, and of how sound is prepared */
    struct progress *progress; /* has a lock of its own */

    /* Under lock. */
    pthread_mutex_t lock;
    bool cache_failed;
};

struct folder_hash {
    const char *folder;
    struct buf list;
};

static bool measure(const struct feature_set *set,
                    const struct feature_item *item, double *out,
                    struct error *err)
{
    struct rate_sound sound;
    bool good;

    if (set->measure)
        return set->measure(set, item, out, err);
    if (!prepare_load(item->path, item->start_us, item->end_us, set->plan->rate,
                      item->prepare, &sound, item->changes, err))
        return false;
    good = set->compute(set, sound.sample, sound.count, out, err);
    if (!good)
        error_prefix(err, "%s", item->path);
    rate_sound_release(&sound);
    return good;
}

/* Numbers near the end of their range have sums beyond it: missing, then. */
bool extract_one(const struct feature_set *set, const struct feature_item *item,
                 double *out, struct error *err)
{
    size_t columns = registry_columns(set);

    if (!measure(set, item, out, err))
        return false;
    for (size_t i = 0; i < columns; i++)
        if (!isfinite(out[i]))
            out[i] = NAN;
    return true;
}

/* The first time says it; the work goes on. */
static void warn_of_cache(struct job *job, const struct error *err)
{
    pthread_mutex_lock(&job->lock);
    if (!job->cache_failed)
        log_warning("the cache is not written: %s", err->text);
    job->cache_failed = true;
    pthread_mutex_unlock(&job->lock);
}

/* Below a folder: names and contents, in byte order of the names. */
static bool add_to_hash(void *context, const char *relative, struct error *err)
{
    struct folder_hash *sum = context;
    char *path = path_join(sum->folder, relative), hex[HASH_HEX_SIZE];
    uint8_t hash[HASH_SIZE];
    bool good = hash_file_sha256(path, hash, err);

    free(path);
    if (!good)
        return false;
    hash_to_hex(hash, HASH_SIZE, hex);
    buf_addf(&sum->list, "%s %s\n", hex, relative);
    return true;
}

static bool hash_input(const char *path, uint8_t hash[HASH_SIZE],
                       struct error *err)
{
    struct folder_hash sum = { .folder = path };
    bool good;

    if (path_is_file(path))
        return hash_file_sha256(path, hash, err);
    good = path_walk(path, add_to_hash, &sum, err);
    hash_sha256(buf_text(&sum.list), sum.list.length, hash);
    buf_release(&sum.list);
    return good;
}

/* The set's numbers, then those of what was changed before. */
static bool measure_item(const struct job *job, const struct extract_item *item,
                         const char *path, double *out, struct error *err)
{
    struct prepare_changes changes;
    const struct feature_item input = { .text = item->cell,
                                        .path = path,
                                        .start_us = item->start_us,
                                        .end_us = item->end_us,
                                        .prepare = job->settings->prepare,
                                        .changes = &changes };

    if (!extract_one(job->settings->set, &input, out, err))
        return false;
    if (input.prepare)
        memcpy(out + job->columns, &changes, sizeof(changes));
    return true;
}

static bool extract_item(struct job *job, struct extract_item *item,
                         const char *path, double *out, struct error *err)
{
    const struct extract_settings *settings = job->settings;
    const struct feature_set *set = settings->set;
    struct cache_key key = { .set = set->name,
                             .version = job->version,
                             .start_us = item->start_us,
                             .end_us = item->end_us };
    struct error cache_err;

    if (!settings->cache || set->input == FEATURE_OF_TEXT)
        return measure_item(job, item, path, out, err);
    if (path_is_file(path) ||
        (set->input == FEATURE_OF_FILE && path_is_folder(path))) {
        if (!hash_input(path, key.medium, err))
            return false;
        item->cached = cache_get(settings->cache, &key, out, job->width);
        if (item->cached)
            return true;
    }
    if (!measure_item(job, item, path, out, err))
        return false;
    if (!cache_put(settings->cache, &key, out, job->width, &cache_err))
        warn_of_cache(job, &cache_err);
    return true;
}

/* A pool_work: only Ctrl-C makes it fail. */
static bool do_item(void *context, size_t index, struct error *err)
{
    struct job *job = context;
    struct extract_item *item = &job->item[index];
    double *out = job->value + index * job->width;
    char *path;
    bool good;

    if (item->state == ITEM_FILELESS) {
        progress_step(job->progress, 1);
        return true;
    }
    path = job->settings->set->input == FEATURE_OF_TEXT
               ? NULL
               : extract_item_path(item, job->settings->folder);
    good = extract_item(job, item, path, out, err);
    free(path);
    if (!good && err->code == ERROR_INTERRUPTED)
        return false;
    item->state = good ? ITEM_DONE : ITEM_FAILED;
    if (!good)
        item->text = xstrdup(err->text);
    progress_step(job->progress, 1);
    return true;
}

/* The columns that the table gets; the caller frees it. */
static bool *choose_columns(const struct job *job, size_t *left_out)
{
    bool *keep = xcalloc(job->columns + 1, sizeof(*keep));

    *left_out = 0;
    for (size_t c = 0; c < job->columns; c++) {
        keep[c] = !job->settings->set->sparse;
        for (size_t i = 0; !keep[c] && i < job->items; i++)
            keep[c] = job->item[i].state == ITEM_DONE &&
                      !isnan(job->value[i * job->width + c]);
        *left_out += !keep[c];
    }
    return keep;
}

static void add_row(const struct job *job, size_t index, const bool *keep,
                    struct feature_table *table)
{
    const double *from = job->value + index * job->width;
    double *to = feature_table_add_row(table, job->item[index].id);

    for (size_t c = 0; c < job->columns; c++)
        if (keep[c])
            *to++ = from[c];
}

/* What was done to the sound of the items that have a row. */
static struct feature_table *collect_changes(const struct job *job)
{
    struct feature_table *table;

    if (!job->settings->prepare)
        return NULL;
    table = feature_table_new();
    for (size_t i = 0; i < PREPARE_CHANGES; i++)
        feature_table_add_column(table, prepare_change_names[i]);
    for (size_t i = 0; i < job->items; i++)
        if (job->item[i].state == ITEM_DONE)
            memcpy(feature_table_add_row(table, job->item[i].id),
                   job->value + i * job->width + job->columns,
                   PREPARE_CHANGES * sizeof(double));
    return table;
}

static void collect(struct job *job, struct extract_result *result)
{
    const struct feature_set *set = job->settings->set;
    bool *keep = choose_columns(job, &result->left_out);

    result->table = feature_table_new();
    for (size_t i = 0; i < job->columns; i++) {
        char *name = registry_column_name(set, i);

        if (keep[i])
            feature_table_add_column(result->table, name);
        free(name);
    }
    result->failure = xcalloc(job->items + 1, sizeof(*result->failure));
    for (size_t i = 0; i < job->items; i++) {
        struct extract_item *item = &job->item[i];

        if (item->state == ITEM_DONE) {
            add_row(job, i, keep, result->table);
            result->cached += item->cached;
        } else if (item->state == ITEM_FAILED) {
            result->failure[result->failures].row = i;
            result->failure[result->failures++].text = item->text;
            item->text = NULL;
        } else {
            result->fileless++;
        }
    }
    result->changes = collect_changes(job);
    free(keep);
}

/* The set's version, and what else a number depends on; the caller's. */
static char *key_version(const struct extract_settings *settings)
{
    const struct prepare_settings *prepare = settings->prepare;

    if (!prepare)
        return xstrdup(settings->set->version);
    return xasprintf("%s, prepared %s%s%s", settings->set->version,
                     PREPARE_VERSION, prepare->denoise ? " denoise" : "",
                     prepare->trim ? " trim" : "");
}

bool extract_corpus(const struct columns *corpus,
                    const struct extract_settings *settings,
                    struct extract_result *result, struct error *err)
{
    struct job job = { .settings = settings };
    bool good = false;

    memset(result, 0, sizeof(*result));
    pthread_mutex_init(&job.lock, NULL);
    job.columns = registry_columns(settings->set);
    job.width = job.columns + (settings->prepare ? PREPARE_CHANGES : 0);
    job.version = key_version(settings);
    job.items = columns_rows(corpus);
    job.item = extract_items_read(corpus,
                                  settings->column
                                      ? settings->column
                                      : registry_input_column(settings->set),
                                  settings->set->input != FEATURE_OF_TEXT, err);
    if (!job.item)
        goto failed;
    job.value =
        xreallocarray(NULL, job.items + 1, job.width * sizeof(*job.value));
    job.progress = progress_new("extracting", "items", job.items);
    good = pool_run(settings->jobs, job.items, do_item, &job, err);
    progress_free(job.progress);
    if (good)
        collect(&job, result);
failed:
    extract_items_free(job.item, job.items);
    free(job.value);
    free(job.version);
    pthread_mutex_destroy(&job.lock);
    return good;
}

void extract_result_release(struct extract_result *result)
{
    feature_table_free(result->table);
    feature_table_free(result->changes);
    for (size_t i = 0; i < result->failures; i++)
        free(result->failure[i].text);
    free(result->failure);
    memset(result, 0, sizeof(*result));
}
