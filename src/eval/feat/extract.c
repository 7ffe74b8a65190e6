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
    const char *cell; /* the same: a path, or text */
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

struct folder_hash {
    const char *folder;
    struct buf list;
};

/* The columns of the corpus table that are read; negative: not there. */
struct places {
    int id, cell, start, end;
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

static bool extract_item(struct job *job, struct item *item, const char *path,
                         double *out, struct error *err)
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

/* From here; NULL for text. */
static char *item_path(const struct job *job, const struct item *item)
{
    if (job->settings->set->input == FEATURE_OF_TEXT)
        return NULL;
    if (text_equal(job->settings->folder, "."))
        return xstrdup(item->cell);
    return path_join(job->settings->folder, item->cell);
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
    path = item_path(job, item);
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

static bool read_item(const struct columns *corpus, size_t row,
                      const struct places *at, struct item *item,
                      struct error *err)
{
    item->id = columns_text(corpus, row, (size_t)at->id);
    item->cell = columns_text(corpus, row, (size_t)at->cell);
    if (columns_missing(corpus, row, (size_t)at->id))
        return columns_fail(corpus, row, (size_t)at->id, err,
                            "every item needs an id");
    if (!read_time(corpus, row, at->start, 0, &item->start_us, err) ||
        !read_time(corpus, row, at->end, -1, &item->end_us, err))
        return false;
    if (item->end_us >= 0 && item->end_us <= item->start_us)
        return columns_fail(
            corpus, row, (size_t)at->end, err, "expected a time after \"%s\"",
            at->start < 0 ? "0" : columns_name(corpus, (size_t)at->start));
    if (columns_missing(corpus, row, (size_t)at->cell))
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

/* "start" of a medium, "face_start" of the column "face". */
static int find_time(const struct columns *corpus, const char *column,
                     const char *word)
{
    char *name = text_equal(column, "file") ? xstrdup(word)
                                            : xasprintf("%s_%s", column, word);
    int at = columns_find(corpus, name);

    free(name);
    return at;
}

static bool find_places(const struct columns *corpus,
                        const struct extract_settings *settings,
                        struct places *at, struct error *err)
{
    const char *column = settings->column
                             ? settings->column
                             : registry_input_column(settings->set);

    *at = (struct places){ -1, -1, -1, -1 };
    at->id = columns_need(corpus, "id", err);
    if (at->id < 0)
        return false;
    at->cell = columns_need(corpus, column, err);
    if (settings->set->input != FEATURE_OF_TEXT) {
        at->start = find_time(corpus, column, "start");
        at->end = find_time(corpus, column, "end");
    }
    return at->cell >= 0;
}

static bool read_items(const struct columns *corpus, struct job *job,
                       struct error *err)
{
    struct places at;

    if (!find_places(corpus, job->settings, &at, err))
        return false;
    job->items = columns_rows(corpus);
    job->item = xcalloc(job->items + 1, sizeof(*job->item));
    for (size_t i = 0; i < job->items; i++)
        if (!read_item(corpus, i, &at, &job->item[i], err))
            return false;
    return check_unique(corpus, job->item, job->items, at.id, err);
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
        struct item *item = &job->item[i];

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
