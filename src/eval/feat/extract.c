/*
 * extract - see extract.h.
 */
#include <config.h>

#include "eval/feat/extract.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/log.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/pool.h"
#include "common/base/progress.h"
#include "common/base/text.h"
#include "common/media/rate.h"
#include "eval/feat/cache.h"

enum item_state { ITEM_WAITING, ITEM_DONE, ITEM_FAILED, ITEM_FILELESS };

/* One row of the corpus; written by the one thread that does it. */
struct item {
    const char *id;   /* borrowed from the corpus */
    const char *file; /* the same */
    int64_t start_us, end_us;
    enum item_state state;
    bool cached;
    char *text; /* owned: why it failed */
};

struct job {
    /* Set once, before the threads start. */
    const struct extract_settings *settings;
    struct item *item; /* owned */
    size_t items;
    double *value; /* owned: item by item */
    size_t columns;
    struct progress *progress; /* has a lock of its own */

    /* Under lock. */
    pthread_mutex_t lock;
    bool cache_failed;
};

bool extract_medium(const struct feature_set *set, const char *path,
                    int64_t start_us, int64_t end_us, double *out,
                    struct error *err)
{
    struct rate_sound sound;
    bool good;

    if (!rate_load(path, start_us, end_us, set->plan->rate, &sound, err))
        return false;
    good = set->compute(set, sound.sample, sound.count, out, err);
    if (!good)
        error_prefix(err, "%s", path);
    rate_sound_release(&sound);
    return good;
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

static bool extract_item(struct job *job, struct item *item, const char *path,
                         double *out, struct error *err)
{
    const struct extract_settings *settings = job->settings;
    const struct feature_set *set = settings->set;
    struct cache_key key = { .set = set->name,
                             .version = set->version,
                             .start_us = item->start_us,
                             .end_us = item->end_us };
    struct error cache_err;

    if (!settings->cache)
        return extract_medium(set, path, item->start_us, item->end_us, out,
                              err);
    if (path_is_file(path)) {
        if (!hash_file_sha256(path, key.medium, err))
            return false;
        item->cached = cache_get(settings->cache, &key, out, job->columns);
        if (item->cached)
            return true;
    }
    if (!extract_medium(set, path, item->start_us, item->end_us, out, err))
        return false;
    if (!cache_put(settings->cache, &key, out, job->columns, &cache_err))
        warn_of_cache(job, &cache_err);
    return true;
}

/* A pool_work: only Ctrl-C makes it fail. */
static bool do_item(void *context, size_t index, struct error *err)
{
    struct job *job = context;
    struct item *item = &job->item[index];
    double *out = job->value + index * job->columns;
    char *path;
    bool good;

    if (item->state == ITEM_FILELESS) {
        progress_step(job->progress, 1);
        return true;
    }
    path = text_equal(job->settings->folder, ".")
               ? xstrdup(item->file)
               : path_join(job->settings->folder, item->file);
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

/* Seconds in an optional column; `missing` where there are none. */
static bool read_time(const struct columns *corpus, size_t row, int column,
                      int64_t missing, int64_t *us, struct error *err)
{
    *us = missing;
    if (column < 0 || columns_missing(corpus, row, (size_t)column))
        return true;
    if (!number_parse_seconds(columns_text(corpus, row, (size_t)column), us))
        return columns_fail(corpus, row, (size_t)column, err,
                            "expected seconds such as 12.345");
    return true;
}

static bool read_item(const struct columns *corpus, size_t row, int id,
                      int file, struct item *item, struct error *err)
{
    int start = columns_find(corpus, "start");
    int end = columns_find(corpus, "end");

    item->id = columns_text(corpus, row, (size_t)id);
    item->file = columns_text(corpus, row, (size_t)file);
    if (columns_missing(corpus, row, (size_t)id))
        return columns_fail(corpus, row, (size_t)id, err,
                            "every item needs an id");
    if (!read_time(corpus, row, start, 0, &item->start_us, err) ||
        !read_time(corpus, row, end, -1, &item->end_us, err))
        return false;
    if (item->end_us >= 0 && item->end_us <= item->start_us)
        return columns_fail(corpus, row, (size_t)end, err,
                            "expected a time after \"start\"");
    if (columns_missing(corpus, row, (size_t)file))
        item->state = ITEM_FILELESS;
    return true;
}

struct numbered {
    const char *id;
    size_t row;
};

static int by_id(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    int order = strcmp(x->id, y->id);

    return order ? order : x->row < y->row ? -1 : x->row > y->row;
}

static bool check_unique(const struct columns *corpus, const struct item *item,
                         size_t count, int id, struct error *err)
{
    struct numbered *list = xcalloc(count + 1, sizeof(*list));
    bool good = true;

    for (size_t i = 0; i < count; i++)
        list[i] = (struct numbered){ item[i].id, i };
    qsort(list, count, sizeof(*list), by_id);
    for (size_t i = 1; good && i < count; i++)
        if (strcmp(list[i].id, list[i - 1].id) == 0)
            good = columns_fail(corpus, list[i].row, (size_t)id, err,
                                "the same as in line %zu; ids must differ",
                                columns_line(corpus, list[i - 1].row));
    free(list);
    return good;
}

static bool read_items(const struct columns *corpus, struct job *job,
                       struct error *err)
{
    int id = columns_need(corpus, "id", err);
    int file = id < 0 ? -1 : columns_need(corpus, "file", err);

    if (file < 0)
        return false;
    job->items = columns_rows(corpus);
    job->item = xcalloc(job->items + 1, sizeof(*job->item));
    for (size_t i = 0; i < job->items; i++)
        if (!read_item(corpus, i, id, file, &job->item[i], err))
            return false;
    return check_unique(corpus, job->item, job->items, id, err);
}

static void collect(struct job *job, struct extract_result *result)
{
    const struct feature_set *set = job->settings->set;

    result->table = feature_table_new();
    for (size_t i = 0; i < job->columns; i++) {
        char *name = registry_column_name(set, i);

        feature_table_add_column(result->table, name);
        free(name);
    }
    result->failure = xcalloc(job->items + 1, sizeof(*result->failure));
    for (size_t i = 0; i < job->items; i++) {
        struct item *item = &job->item[i];

        if (item->state == ITEM_DONE) {
            memcpy(feature_table_add_row(result->table, item->id),
                   job->value + i * job->columns,
                   job->columns * sizeof(double));
            result->cached += item->cached;
        } else if (item->state == ITEM_FAILED) {
            result->failure[result->failures].row = i;
            result->failure[result->failures++].text = item->text;
            item->text = NULL;
        } else {
            result->fileless++;
        }
    }
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
    if (!read_items(corpus, &job, err))
        goto failed;
    job.value =
        xreallocarray(NULL, job.items + 1, job.columns * sizeof(*job.value));
    job.progress = progress_new("extracting", "items", job.items);
    good = pool_run(settings->jobs, job.items, do_item, &job, err);
    progress_free(job.progress);
    if (good)
        collect(&job, result);
failed:
    for (size_t i = 0; job.item && i < job.items; i++)
        free(job.item[i].text);
    free(job.item);
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
