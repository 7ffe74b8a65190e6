/*
 * extract_frames - a table with a row a frame.
 */
#include <config.h>

#include "eval/extract_frames.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/pool.h"
#include "common/base/progress.h"
#include "common/file/atomic.h"
#include "common/file/csv.h"
#include "common/file/hash.h"
#include "eval/extract_sets.h"
#include "eval/feat/extract_item.h"

enum { BATCH = 8 }; /* items a thread that wait to be written */

struct job {
    const struct frames_settings *settings;
    struct extract_item *item; /* those of the batch */
    struct buf *text;          /* of each of them */
    size_t *rows;
    struct progress *progress;
};

/* Frames begin at multiples of the hop: microseconds say all. */
static void add_time(struct buf *out, double seconds)
{
    char text[NUMBER_TEXT_SIZE];

    buf_add_text(out, number_format_seconds(llround(seconds * 1e6), text));
}

static void add_rows(struct buf *out, const char *id,
                     const struct frames *frames)
{
    char text[NUMBER_TEXT_SIZE];

    for (size_t t = 0; t < frames->rows; t++) {
        const double *value = frames->value + t * frames->columns;

        csv_put(out, id);
        buf_add_char(out, ',');
        add_time(out, frames->time[t]);
        for (size_t c = 0; c < frames->columns; c++) {
            buf_add_char(out, ',');
            if (isfinite(value[c]))
                buf_add_text(out, number_format(value[c], text));
        }
        buf_add_char(out, '\n');
    }
}

/* A pool_work: only Ctrl-C makes it fail. */
static bool do_item(void *context, size_t index, struct error *err)
{
    struct job *job = context;
    const struct frame_set *set = job->settings->set;
    struct extract_item *item = &job->item[index];
    struct frames frames = { .columns = set->count };
    struct feature_item input = { .text = item->cell,
                                  .start_us = item->start_us,
                                  .end_us = item->end_us };
    char *path;
    bool good;

    progress_step(job->progress, 1);
    if (item->state == ITEM_FILELESS)
        return true;
    path = extract_item_path(item, job->settings->folder);
    input.path = path;
    good = set->measure(set, &input, &frames, err);
    item->state = good ? ITEM_DONE : ITEM_FAILED;
    if (good) {
        add_rows(&job->text[index], item->id, &frames);
        job->rows[index] = frames.rows;
    } else {
        item->text = xstrdup(err->text);
    }
    frames_release(&frames);
    free(path);
    return good || err->code != ERROR_INTERRUPTED;
}

static void write_header(const struct frame_set *set, const char *notes,
                         FILE *stream)
{
    struct buf out = { 0 };

    buf_add_text(&out, notes);
    buf_add_text(&out, "id,time");
    for (size_t i = 0; i < set->count; i++) {
        buf_add_char(&out, ',');
        csv_put(&out, frame_set_column(set, i)->name);
    }
    buf_add_char(&out, '\n');
    fwrite(buf_text(&out), 1, out.length, stream);
    buf_release(&out);
}

static void write_item(struct job *job, size_t index, FILE *stream,
                       struct frames_result *result)
{
    struct extract_item *item = &job->item[index];
    struct buf *text = &job->text[index];

    if (item->state == ITEM_DONE) {
        fwrite(buf_text(text), 1, text->length, stream);
        result->items++;
        result->rows += job->rows[index];
    } else if (item->state == ITEM_FAILED) {
        text_list_add(&result->failures, item->text);
    } else {
        result->fileless++;
    }
    buf_release(text);
}

/* A write that failed shows when the file is committed. */
static bool write_items(struct extract_item *item, size_t count,
                        const struct frames_settings *settings, FILE *stream,
                        struct frames_result *result, struct error *err)
{
    size_t jobs =
        (size_t)(settings->jobs ? settings->jobs : pool_default_jobs());
    size_t most = jobs * BATCH;
    struct buf *text = xcalloc(most, sizeof(*text));
    size_t *rows = xcalloc(most, sizeof(*rows));
    struct progress *progress = progress_new("extracting", "items", count);
    bool good = true;

    for (size_t at = 0; good && at < count; at += most) {
        struct job job = { .settings = settings,
                           .item = item + at,
                           .text = text,
                           .rows = rows,
                           .progress = progress };
        size_t batch = count - at < most ? count - at : most;

        good = pool_run(settings->jobs, batch, do_item, &job, err);
        for (size_t i = 0; i < batch; i++)
            write_item(&job, i, stream, result);
    }
    progress_free(progress);
    free(text);
    free(rows);
    return good;
}

bool extract_frames(const struct columns *corpus,
                    const struct frames_settings *settings, const char *notes,
                    struct frames_result *result, struct error *err)
{
    size_t count = columns_rows(corpus);
    struct extract_item *item;
    struct atomic_file *file = NULL;
    FILE *stream = stdout;
    bool good = false;

    memset(result, 0, sizeof(*result));
    item = extract_items_read(
        corpus, settings->column ? settings->column : "file", true, err);
    if (!item)
        return false;
    if (!text_equal(settings->output, "-")) {
        file = atomic_open(settings->output, 0644, err);
        if (!file)
            goto failed;
        stream = atomic_stream(file);
    }
    write_header(settings->set, notes, stream);
    good = write_items(item, count, settings, stream, result, err);
    if (good && file) {
        good = atomic_commit(file, err);
        file = NULL;
    } else if (good && (fflush(stdout) != 0 || ferror(stdout))) {
        good = error_set(err, ERROR_IO, "standard output: cannot write");
    }
failed:
    atomic_abort(file);
    extract_items_free(item, count);
    return good;
}

void frames_result_release(struct frames_result *result)
{
    text_list_release(&result->failures);
}

bool extract_frames_list(const struct frame_set *set, enum output_format format,
                         struct error *err)
{
    struct table *table = table_new();
    struct buf out = { 0 };
    bool good;

    chosen_sets_list_begin(table);
    for (size_t i = 0; i < set->count; i++)
        chosen_sets_list_row(table, frame_set_column(set, i)->name,
                             frame_set_column(set, i));
    table_print(table, format, &out);
    good = output_write(&out, err);
    buf_release(&out);
    table_free(table);
    return good;
}

bool extract_frames_notes(const struct frame_set *set, const char *corpus,
                          struct buf *notes, struct error *err)
{
    uint8_t hash[HASH_SIZE];
    char hex[HASH_HEX_SIZE];

    buf_addf(notes, "# mien: %s\n# set: %s\n# version: %s\n# rate_hz: %s\n",
             PACKAGE_VERSION, set->name, set->version, set->rate);
    if (text_equal(corpus, "-"))
        return true;
    if (!hash_file_sha256(corpus, hash, err))
        return false;
    hash_to_hex(hash, HASH_SIZE, hex);
    buf_addf(notes, "# corpus_sha256: %s\n", hex);
    return true;
}
