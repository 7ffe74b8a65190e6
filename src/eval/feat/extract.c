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
    double *value; /* owned: item by item */
    size_t columns;
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
    if (!rate_load(item->path, item->start_us, item->end_us, set->plan->rate,
                   &sound, err))
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

static bool extract_item(struct job *job, struct extract_item *item,
                         const char *path, double *out, struct error *err)
{
    const struct extract_settings *settings = job->settings;
    const struct feature_set *set = settings->set;
    const struct feature_item input = { .text = item->cell,
                                        .path = path,
                                        .start_us = item->start_us,
                                        .end_us = item->end_us };
    struct cache_key key = { .set = set->name,
                             .version = set->version,
                             .start_us = item->start_us,
                             .end_us = item->end_us };
    struct error cache_err;

    if (!settings->cache || set->input == FEATURE_OF_TEXT)
        return extract_one(set, &input, out, err);
    if (path_is_file(path) ||
        (set->input == FEATURE_OF_FILE && path_is_folder(path))) {
        if (!hash_input(path, key.medium, err))
            return false;
        item->cached = cache_get(settings->cache, &key, out, job->columns);
        if (item->cached)
            return true;
    }
    if (!extract_one(set, &input, out, err))
        return false;
    if (!cache_put(settings->cache, &key, out, job->columns, &cache_err))
        warn_of_cache(job, &cache_err);
    return true;
}

/* A pool_work: only Ctrl-C makes it fail. */
static bool do_item(void *context, size_t index, struct error *err)
{
    struct job *job = context;
    struct extract_item *item = &job->item[index];
    double *out = job->value + index * job->columns;
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
                      !isnan(job->value[i * job->columns + c]);
        *left_out += !keep[c];
    }
    return keep;
}

static void add_row(const struct job *job, size_t index, const bool *keep,
                    struct feature_table *table)
{
    const double *from = job->value + index * job->columns;
    double *to = feature_table_add_row(table, job->item[index].id);

    for (size_t c = 0; c < job->columns; c++)
        if (keep[c])
            *to++ = from[c];
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
    free(keep);
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
    job.items = columns_rows(corpus);
    job.item = extract_items_read(corpus,
                                  settings->column
                                      ? settings->column
                                      : registry_input_column(settings->set),
                                  settings->set->input != FEATURE_OF_TEXT, err);
    if (!job.item)
        goto failed;
    job.value =
        xreallocarray(NULL, job.items + 1, job.columns * sizeof(*job.value));
    job.progress = progress_new("extracting", "items", job.items);
    good = pool_run(settings->jobs, job.items, do_item, &job, err);
    progress_free(job.progress);
    if (good)
        collect(&job, result);
failed:
    extract_items_free(job.item, job.items);
    free(job.value);
    pthread_mutex_destroy(&job.lock);
    return good;
}

void extract_result_release(struct extract_result *result)
{
    feature_table_free(result->table);
    for (size_t i = 0; i < result->failures; i++)
        free(result->failure[i].text);
    free(result->failure);
    memset(result, 0, sizeof(*result));
}
