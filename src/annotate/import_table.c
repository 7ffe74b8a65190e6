/*
 * import_table - rows of a corpus table become items of a project.
 *
 * What is said of the person (sex, age, ...) goes to people.db, all else to
 * mien.db; neither ever goes into a bundle.
 */
#include <config.h>

#include "annotate/import_table.h"

#include <stdlib.h>
#include <string.h>

#include "annotate/import_twin.h"
#include "common/base/interrupt.h"
#include "common/base/log.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/progress.h"
#include "common/base/text.h"
#include "common/file/json.h"
#include "common/media/reader.h"
#include "common/study/protocol.h"

/* A table may round the end of a medium up; of one whose length its header
 * only estimates, more is let pass. */
enum { END_SLACK_US = 50000, ABOUT_SLACK_US = 1000000, ABOUT_SLACK_PART = 20 };

struct medium_length {
    int64_t us; /* -1: nobody knows */
    int64_t slack_us;
};

struct importing {
    struct project *project;
    const struct columns *table;
    const char *folder;
    const struct corpus *corpus;
    struct import_report *report;
    struct people *people;                   /* owned */
    int id, file, start, end, speaker, text; /* columns, or -1 */
    bool texts;                              /* the unit: no medium is needed */
    bool *left;                   /* owned; a row that cannot be read */
    uint8_t (*sha256)[HASH_SIZE]; /* owned; a row's medium */
    struct medium_length *length; /* owned; of it */
    struct import_twins twins;    /* owned */
    size_t homeless;              /* rows with demographics and no speaker */
};

static const char *cell(const struct importing *work, size_t row, int column)
{
    return column < 0 ? "" : columns_text(work->table, row, (size_t)column);
}

static struct medium_length length_of(const struct reader *reader)
{
    const struct reader_info *info = reader_info(reader);
    int64_t us;

    if (info->frames >= 0) {
        us = reader_time_of(reader, info->frames);
        return (struct medium_length){ us, END_SLACK_US };
    }
    if (info->about_frames < 0)
        return (struct medium_length){ -1, 0 };
    us = reader_time_of(reader, info->about_frames);
    return (struct medium_length){ us, ABOUT_SLACK_US + us / ABOUT_SLACK_PART };
}

/* Is it a medium that can be played? */
static bool probe(const char *path, uint8_t sha256[HASH_SIZE],
                  struct medium_length *length, struct error *err)
{
    struct reader *reader = reader_open_film(path, err);

    if (!reader)
        return false;
    *length = length_of(reader);
    reader_close(reader);
    return hash_file_sha256(path, sha256, err);
}

/* A text is its own medium: the same one is known by its hash. */
static bool take_text(struct importing *work, size_t row)
{
    const char *text = cell(work, row, work->text);

    if (!work->texts || *cell(work, row, work->file) || !*text)
        return false;
    hash_sha256(text, strlen(text), work->sha256[row]);
    work->length[row].us = -1;
    return true;
}

/* Segments of one medium follow each other: it is read once. */
static bool probe_all(struct importing *work, struct error *err)
{
    size_t rows = columns_rows(work->table);
    struct progress *progress = progress_new("importing", "items", rows);

    for (size_t i = 0; i < rows && !interrupt_pending(); i++) {
        const char *file = cell(work, i, work->file);
        char *path = path_join(work->folder, file);
        struct error why;

        if (i > 0 && *file && text_equal(file, cell(work, i - 1, work->file))) {
            work->left[i] = work->left[i - 1];
            memcpy(work->sha256[i], work->sha256[i - 1], HASH_SIZE);
            work->length[i] = work->length[i - 1];
        } else if (take_text(work, i)) {
            work->left[i] = false;
        } else if (!*file) {
            work->left[i] = true;
            log_warning("%s: its %s is missing", cell(work, i, work->id),
                        work->texts ? "text" : "medium");
        } else if (!probe(path, work->sha256[i], &work->length[i], &why)) {
            work->left[i] = true;
            log_warning("%s", why.text);
        }
        work->report->left += work->left[i];
        free(path);
        progress_step(progress, 1);
    }
    progress_free(progress);
    return interrupt_check(err);
}

static bool read_time(const struct importing *work, size_t row, int column,
                      int64_t fallback, int64_t *us, struct error *err)
{
    *us = fallback;
    if (!*cell(work, row, column) ||
        number_parse_seconds(cell(work, row, column), us))
        return true;
    return columns_fail(work->table, row, (size_t)column, err,
                        "expected seconds such as 12.345");
}

static bool is_own_column(const struct importing *work, size_t column)
{
    int at = (int)column;

    return at == work->id || at == work->file || at == work->start ||
           at == work->end || at == work->speaker;
}

static bool put_attributes(struct importing *work, size_t row, int64_t item,
                           struct error *err)
{
    const char *speaker = cell(work, row, work->speaker);
    bool homeless = false;

    for (size_t c = 0; c < columns_count(work->table); c++) {
        const char *name = columns_name(work->table, c);
        const char *value = columns_text(work->table, row, c);
        bool good = true;

        if (!*value || is_own_column(work, c))
            continue;
        if (!people_is_demographic(name))
            good = project_set_attribute(work->project, item, name, value, err);
        else if (*speaker)
            good = people_set(work->people, PEOPLE_SPEAKER, speaker, name,
                              value, err);
        else
            homeless = true;
        if (!good)
            return false;
    }
    work->homeless += homeless;
    return true;
}

static bool put_speaker(struct importing *work, const char *alias,
                        struct error *err)
{
    const struct corpus *corpus = work->corpus;
    struct people *people = work->people;

    if (!*alias)
        return true;
    if (!people_add(people, PEOPLE_SPEAKER, alias, err))
        return false;
    if (!corpus)
        return true;
    return (!*corpus->consent || people_set(people, PEOPLE_SPEAKER, alias,
                                            "consent", corpus->consent, err)) &&
           (!*corpus->legal_basis ||
            people_set(people, PEOPLE_SPEAKER, alias, "legal_basis",
                       corpus->legal_basis, err)) &&
           (!*corpus->purpose || people_set(people, PEOPLE_SPEAKER, alias,
                                            "purpose", corpus->purpose, err)) &&
           (!*corpus->retain_until ||
            people_set(people, PEOPLE_SPEAKER, alias, "retain_until",
                       corpus->retain_until, err));
}

/* Does the time lie within the medium? */
static bool check_length(const struct importing *work, size_t row, int column,
                         int64_t us, struct error *err)
{
    const struct medium_length *length = &work->length[row];

    if (length->us < 0 || us <= length->us + length->slack_us)
        return true;
    return columns_fail(work->table, row, (size_t)column, err,
                        "beyond the end of %.120s, which is %s%.3f s long",
                        cell(work, row, work->file),
                        length->slack_us > END_SLACK_US ? "about " : "",
                        (double)length->us / 1e6);
}

static bool read_item(const struct importing *work, size_t row,
                      struct project_item *item, struct error *err)
{
    item->id = cell(work, row, work->id);
    item->speaker = cell(work, row, work->speaker);
    memcpy(item->sha256, work->sha256[row], HASH_SIZE);
    if (!read_time(work, row, work->start, 0, &item->start_us, err) ||
        !read_time(work, row, work->end, -1, &item->end_us, err))
        return false;
    if (item->end_us >= 0 && item->end_us <= item->start_us)
        return columns_fail(work->table, row, (size_t)work->end, err,
                            "must be later than the start");
    return check_length(work, row, work->start, item->start_us, err) &&
           check_length(work, row, work->end, item->end_us, err);
}

/* Notices of a whole corpus that is imported again must not fill the screen. */
static bool is_twin(struct importing *work, const struct project_item *item)
{
    enum { NOTICES = 10 };
    const char *twin = import_twins_find(&work->twins, item);

    if (!twin)
        return false;
    if (work->report->twins < NOTICES)
        log_notice("%s: left out, it is the same sound as \"%s\"", item->id,
                   twin);
    else if (work->report->twins == NOTICES)
        log_notice("more are left out for the same reason");
    work->report->twins++;
    return true;
}

static bool put_row(struct importing *work, size_t row, struct error *err)
{
    struct project_item item = { 0 };
    char *path;
    char *file;
    enum project_add how = PROJECT_ADDED;
    bool good;

    if (work->left[row])
        return true;
    if (!read_item(work, row, &item, err))
        return false;
    path = path_join(work->folder, cell(work, row, work->file));
    file = *cell(work, row, work->file)
               ? path_relative(project_folder(work->project), path)
               : xstrdup("");
    if (*file && is_twin(work, &item)) {
        free(file);
        free(path);
        return true;
    }
    item.file = file;
    good = project_add_item(work->project, &item, &how, err) &&
           put_speaker(work, item.speaker, err) &&
           put_attributes(work, row, item.number, err);
    work->report->added += how == PROJECT_ADDED;
    work->report->known += how == PROJECT_KNOWN;
    work->report->moved += how == PROJECT_MOVED;
    free(file);
    free(path);
    return good;
}

static bool record(struct importing *work, struct error *err)
{
    struct buf payload = { 0 };
    struct json_writer json;
    bool good;

    json_writer_init(&json, &payload, 0);
    json_begin_object(&json);
    json_pair_int(&json, "added", (int64_t)work->report->added);
    if (work->corpus)
        json_pair_text(&json, "dataset", work->corpus->name);
    json_end_object(&json);
    good =
        project_record(work->project, EVENT_IMPORTED, buf_text(&payload), err);
    buf_release(&payload);
    return good;
}

static bool put_all(struct importing *work, struct error *err)
{
    bool good = import_twins_init(&work->twins, work->project, err) &&
                project_begin(work->project, err) &&
                people_begin(work->people, err);

    for (size_t i = 0; good && i < columns_rows(work->table); i++)
        good = put_row(work, i, err);
    /* Persons first: one without items does no harm. */
    good = good && record(work, err) && people_commit(work->people, err) &&
           project_commit(work->project, err);
    if (!good)
        project_rollback(work->project);
    if (good && work->homeless > 0)
        log_warning("%zu items have no speaker: what the table says of their "
                    "persons was not kept",
                    work->homeless);
    return good;
}

/* Whether the protocol judges texts. */
static bool read_unit(struct importing *work, struct error *err)
{
    int64_t number;
    char *text = project_protocol(work->project, &number, err);
    struct protocol *protocol =
        text ? protocol_parse(text, strlen(text), "the protocol", err) : NULL;

    free(text);
    if (!protocol)
        return false;
    work->texts = protocol->unit == UNIT_TEXT ||
                  (protocol->unit == UNIT_PAIR && (protocol->show & SHOW_TEXT));
    protocol_free(protocol);
    return true;
}

bool import_table(struct project *project, const struct columns *table,
                  const char *folder, const struct corpus *corpus,
                  struct import_report *report, struct error *err)
{
    struct importing work = { .project = project,
                              .table = table,
                              .folder = folder,
                              .corpus = corpus,
                              .report = report };
    bool good = false;

    work.id = columns_need(table, "id", err);
    if (work.id < 0)
        return false;
    if (!read_unit(&work, err))
        return false;
    work.text = columns_find(table, "text");
    work.file = work.texts && work.text >= 0 ? columns_find(table, "file")
                                             : columns_need(table, "file", err);
    if (work.file < 0 && !(work.texts && work.text >= 0))
        return false;
    work.start = columns_find(table, "start");
    work.end = columns_find(table, "end");
    work.speaker = columns_find(table, "speaker");
    work.left = xcalloc(columns_rows(table) + 1, sizeof(*work.left));
    work.sha256 = xcalloc(columns_rows(table) + 1, sizeof(*work.sha256));
    work.length = xcalloc(columns_rows(table) + 1, sizeof(*work.length));
    work.people = people_open(project_folder(project), true, err);
    if (work.people) {
        good = probe_all(&work, err) && put_all(&work, err);
    }
    people_close(work.people);
    import_twins_release(&work.twins);
    free(work.length);
    free(work.left);
    free(work.sha256);
    return good;
}
