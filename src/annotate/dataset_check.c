/* dataset_check - a corpus on disk held against its descriptor. */
#include <config.h>

#include "annotate/dataset_check.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/pool.h"
#include "common/base/progress.h"
#include "common/media/reader.h"

enum { FRAMES = 4096 }; /* read at once */

/* What opening every medium gave; results by the row's number. */
struct media {
    const struct columns *rows;
    size_t file; /* its column */
    const char *folder;
    bool decode;
    char **damage; /* owned, each too; NULL: the medium is whole */
    struct progress *progress;
};

static bool read_all(struct reader *reader, struct error *err)
{
    int channels = reader_info(reader)->channels;
    float *frames = xcalloc(FRAMES * (size_t)channels, sizeof(*frames));
    int64_t got;

    do {
        got = reader_read(reader, frames, FRAMES, err);
    } while (got > 0);
    free(frames);
    return got == 0;
}

/* A damaged medium is a finding; that nobody could look is a failure. */
static bool open_medium(void *context, size_t row, struct error *err)
{
    struct media *media = context;
    const char *file = columns_text(media->rows, row, media->file);
    char *path = path_join(media->folder, file);
    struct reader *reader = NULL;
    struct error found = { 0 };

    bool looked = true;

    if (file[0]) {
        reader = reader_open(path, &found);
        if (!reader && found.code == ERROR_ABSENT)
            looked = false;
        else if (!reader || (media->decode && !read_all(reader, &found)))
            media->damage[row] = xstrdup(found.text);
    }
    reader_close(reader);
    free(path);
    progress_step(media->progress, 1);
    if (!looked)
        *err = found;
    return looked;
}

static void put_row(struct dataset_check *check, const char *what,
                    const char *value, const char *verdict)
{
    table_begin_row(check->table);
    table_put_text(check->table, what);
    table_put_text(check->table, value);
    table_put_text(check->table, verdict);
}

static void put_counts(struct dataset_check *check, const struct corpus *corpus,
                       const struct columns *rows)
{
    for (size_t i = 0; i < corpus->count_count; i++) {
        const struct corpus_count *count = &corpus->count[i];
        size_t found = corpus_tally(rows, count);
        bool same = found == count->expected;

        check->differing += !same;
        put_row(check, count->column[0] ? count->column : "items", count->value,
                same ? "as expected" : "differs");
        table_put_int(check->table, (int64_t)count->expected);
        table_put_int(check->table, (int64_t)found);
    }
}

static void put_media(struct dataset_check *check, const struct media *media)
{
    size_t rows = columns_rows(media->rows);
    size_t files = 0;

    for (size_t row = 0; row < rows; row++) {
        files += !columns_missing(media->rows, row, media->file);
        check->damaged += media->damage[row] != NULL;
    }
    put_row(check, "media", "",
            check->damaged > 0 ? "damaged"
                               : (files < rows ? "missing" : "whole"));
    table_put_int(check->table, (int64_t)rows);
    table_put_int(check->table, (int64_t)(files - check->damaged));
    for (size_t row = 0; row < rows; row++) {
        if (!media->damage[row])
            continue;
        put_row(check, "medium", columns_text(media->rows, row, media->file),
                media->damage[row]);
        table_put_missing(check->table, NULL);
        table_put_missing(check->table, NULL);
    }
}

static bool check_media(struct dataset_check *check, struct columns *rows,
                        const char *folder, struct error *err)
{
    struct media media = { .rows = rows,
                           .file = (size_t)columns_find(rows, "file"),
                           .folder = folder,
                           .decode = check->decode };
    size_t count = columns_rows(rows);
    bool good;

    media.damage = xcalloc(count + 1, sizeof(*media.damage));
    media.progress = progress_new("checking", "media", count);
    good = pool_run(check->jobs, count, open_medium, &media, err);
    progress_free(media.progress);
    if (good)
        put_media(check, &media);
    for (size_t i = 0; i < count; i++)
        free(media.damage[i]);
    free(media.damage);
    return good;
}

bool dataset_check_run(struct dataset_check *check, const struct corpus *corpus,
                       const char *folder, struct error *err)
{
    struct columns *rows = corpus_scan(corpus, folder, &check->notes, err);
    bool good;

    if (!rows)
        return false;
    corpus_note_absent(corpus, folder, &check->notes);
    check->table = table_new();
    table_column(check->table, "check", "check", TABLE_TEXT, 0);
    table_column(check->table, "value", "value", TABLE_TEXT, 0);
    table_column(check->table, "verdict", "verdict", TABLE_TEXT, 0);
    table_column(check->table, "expected", "expected", TABLE_INT, 0);
    table_column(check->table, "found", "found", TABLE_INT, 0);
    put_counts(check, corpus, rows);
    good = !corpus_has_media(corpus) || check_media(check, rows, folder, err);
    columns_free(rows);
    return good;
}

void dataset_check_release(struct dataset_check *check)
{
    table_free(check->table);
    fault_release(&check->notes);
    check->table = NULL;
}
