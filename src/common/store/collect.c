/*
 * collect - the union of events by identity.
 */
#include <config.h>

#include "common/store/collect.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/file/json.h"
#include "common/store/collect_internal.h"
#include "common/store/samples_internal.h"

typedef uint8_t head_hash[EVENT_HASH_SIZE];

/* One bundle on its way home. */
struct arrival {
    struct project *project;
    struct collect_report *report;
    const char *path;
    bool named; /* not one of those under work/ */
    const uint8_t *chain;
    char *name;  /* owned; "anna/1" */
    char *alias; /* owned */
    char *home;  /* owned; where it lies under work/ */
    struct project_works works;
    struct journal_list list; /* the file's events */
    bool annotator_erased;
    size_t fresh;
    size_t buried; /* payloads that came home earlier, erased in the file */
};

static void note(struct arrival *arrival, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void note(struct arrival *arrival, const char *format, ...)
{
    struct buf text = { 0 };
    char line[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    buf_addf(&text, "%s: %s", arrival->path, line);
    text_list_add(&arrival->report->notes, buf_text(&text));
    buf_release(&text);
}

/* 1 known, 0 of another project, -1 `err`. */
static int find_bundle(struct arrival *arrival, struct error *err)
{
    struct db *db = project_db(arrival->project);
    struct stmt *stmt = db_stmt(db, STMT_BUNDLE_FIND, err);
    int step;

    if (!stmt)
        return -1;
    stmt_bind_blob(stmt, 1, arrival->chain, BUNDLE_ID_SIZE);
    step = stmt_step(db, stmt, err);
    if (step > 0) {
        arrival->alias = xstrdup(stmt_text(stmt, 0));
        arrival->name =
            xasprintf("%s/%" PRId64, stmt_text(stmt, 0), stmt_int(stmt, 1));
        arrival->home = project_bundle_path(
            arrival->project, stmt_text(stmt, 0), stmt_int(stmt, 1));
        arrival->annotator_erased = stmt_int(stmt, 3) != 0;
    }
    stmt_reset(stmt);
    return step;
}

static const struct project_work *work_of(const struct arrival *arrival,
                                          const char *entry)
{
    for (size_t i = 0; *entry && i < arrival->works.count; i++)
        if (strcmp(arrival->works.item[i].entry, entry) == 0)
            return &arrival->works.item[i];
    return NULL;
}

static bool concern(struct arrival *arrival, const char *kind,
                    const char *alias, int64_t seq, struct error *err)
{
    struct db *db = project_db(arrival->project);
    struct stmt *stmt;

    if (!*alias)
        return true;
    stmt = db_stmt(db, STMT_CONCERN_ADD, err);
    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, kind);
    stmt_bind_text(stmt, 2, alias);
    stmt_bind_int(stmt, 3, seq);
    return stmt_run(db, stmt, err);
}

/* Those of both, where it is a pair. */
static bool concern_speakers(struct arrival *arrival,
                             const struct project_work *work, int64_t seq,
                             struct error *err)
{
    struct text_list speakers = { 0 };
    bool good = true;

    if (!*work->first)
        return concern(arrival, "speaker", work->speaker, seq, err);
    text_list_split(&speakers, work->speaker, '|');
    for (size_t i = 0; good && i < speakers.count; i++)
        good = concern(arrival, "speaker", speakers.item[i], seq, err);
    text_list_release(&speakers);
    return good;
}

/* A new event: its payload stays outside when its person was erased. */
static bool take_new(struct arrival *arrival, struct journal_record record,
                     struct error *err)
{
    struct db *db = project_db(arrival->project);
    const struct project_work *work = work_of(arrival, record.event.entry);
    bool gone = arrival->annotator_erased || (work && work->erased) ||
                record.tombstone || !record.event.payload;
    int64_t seq;

    if (gone && record.event.payload)
        arrival->report->refused++;
    if (gone)
        record.event.payload = NULL;
    if (!journal_put(db, arrival->chain, &record, &seq, err))
        return false;
    arrival->fresh++;
    if (gone)
        return journal_bury(db, record.event.hash, err);
    return concern(arrival, "annotator", arrival->alias, seq, err) &&
           (!work || concern_speakers(arrival, work, seq, err));
}

static bool take(struct arrival *arrival, const struct journal_record *record,
                 struct error *err)
{
    struct db *db = project_db(arrival->project);
    int has = journal_has(db, record->event.hash, err);
    int gone;

    if (has < 0)
        return false;
    if (has == 0)
        return take_new(arrival, *record, err);
    gone = journal_is_tombstone(db, record->event.hash, err);
    if (gone < 0)
        return false;
    if (gone && record->event.payload)
        arrival->report->refused++;
    if (gone || !record->tombstone)
        return true;
    /* Erased there, so it is erased here; whoever did it, the lead is told. */
    arrival->buried++;
    return journal_bury(db, record->event.hash, err);
}

static bool read_heads(struct arrival *arrival, head_hash **heads,
                       size_t *count, struct error *err)
{
    struct db *db = project_db(arrival->project);
    struct stmt *stmt = db_stmt(db, STMT_HEAD_LIST, err);
    struct {
        head_hash *item;
        size_t count, capacity;
    } list = { 0 };
    int step;

    if (!stmt)
        return false;
    stmt_bind_blob(stmt, 1, arrival->chain, BUNDLE_ID_SIZE);
    while ((step = stmt_step(db, stmt, err)) > 0) {
        VEC_GROW(&list);
        if (stmt_blob(stmt, 0, list.item[list.count], EVENT_HASH_SIZE))
            list.count++;
    }
    *heads = list.item;
    *count = list.count;
    return step == 0;
}

static bool in_file(const struct arrival *arrival, const uint8_t *hash)
{
    for (size_t i = arrival->list.count; i-- > 0;)
        if (memcmp(arrival->list.item[i].event.hash, hash, EVENT_HASH_SIZE) ==
            0)
            return true;
    return false;
}

static char *heads_payload(const struct arrival *arrival, head_hash *heads,
                           size_t count)
{
    struct buf out = { 0 };
    struct json_writer json;
    char hex[EVENT_HASH_HEX_SIZE];

    hash_to_hex(arrival->chain, BUNDLE_ID_SIZE, hex);
    json_writer_init(&json, &out, 0);
    json_begin_object(&json);
    json_pair_text(&json, "bundle", hex);
    json_put_key(&json, "heads");
    json_begin_list(&json);
    for (size_t i = 0; i < count; i++) {
        event_hash_hex(heads[i], hex);
        json_put_text(&json, hex);
    }
    json_end_list(&json);
    json_end_object(&json);
    return buf_steal(&out);
}

static bool write_heads(struct arrival *arrival, head_hash *heads, size_t count,
                        struct error *err)
{
    struct db *db = project_db(arrival->project);
    struct stmt *stmt = db_stmt(db, STMT_HEAD_DROP, err);
    char *payload;
    bool good;

    if (!stmt)
        return false;
    stmt_bind_blob(stmt, 1, arrival->chain, BUNDLE_ID_SIZE);
    if (!stmt_run(db, stmt, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        stmt = db_stmt(db, STMT_HEAD_ADD, err);
        if (!stmt)
            return false;
        stmt_bind_blob(stmt, 1, arrival->chain, BUNDLE_ID_SIZE);
        stmt_bind_blob(stmt, 2, heads[i], EVENT_HASH_SIZE);
        if (!stmt_run(db, stmt, err))
            return false;
    }
    payload = heads_payload(arrival, heads, count);
    good = project_record(arrival->project, EVENT_COLLECTED, payload, err);
    free(payload);
    return good;
}

/* The file ends where the project does, or at one of its ends. */
static bool is_current(const struct arrival *arrival, head_hash *now,
                       size_t count)
{
    size_t file_count;
    head_hash *file = journal_heads(&arrival->list, &file_count);
    size_t found = 0;

    for (size_t i = 0; i < file_count; i++)
        for (size_t k = 0; k < count; k++)
            found += memcmp(file[i], now[k], EVENT_HASH_SIZE) == 0;
    free(file);
    return found == file_count && (file_count > 0 || count == 0);
}

static void tell_ends(struct arrival *arrival, head_hash *before,
                      size_t before_count, head_hash *now, size_t count)
{
    struct text_list *forked = &arrival->report->forked;
    bool seen = true;

    for (size_t i = 0; i < before_count; i++)
        seen = seen && in_file(arrival, before[i]);
    if (count > 1 && !text_list_has(forked, arrival->name))
        text_list_add(forked, arrival->name);
    if (count > before_count && count > 1)
        note(arrival,
             "%s was continued in %zu places: a copy was made of it, or its "
             "history was rewritten; all is kept, and later answers count",
             arrival->name, count);
    if (arrival->named && !seen && arrival->fresh == 0 &&
        !is_current(arrival, now, count))
        note(arrival, "%s is older than what was collected; nothing is lost",
             arrival->name);
}

/* Both in byte order. */
static bool same_heads(head_hash *a, size_t a_count, head_hash *b,
                       size_t b_count)
{
    return a_count == b_count &&
           (a_count == 0 || memcmp(a, b, a_count * sizeof(*a)) == 0);
}

static bool settle_heads(struct arrival *arrival, struct error *err)
{
    struct journal_list all;
    head_hash *before = NULL;
    head_hash *now = NULL;
    size_t before_count = 0;
    size_t count;
    bool good = false;

    if (!journal_load(project_db(arrival->project), arrival->chain, &all, err))
        return false;
    now = journal_heads(&all, &count);
    journal_list_release(&all);
    if (read_heads(arrival, &before, &before_count, err)) {
        tell_ends(arrival, before, before_count, now, count);
        good = same_heads(now, count, before, before_count) ||
               write_heads(arrival, now, count, err);
    }
    free(before);
    free(now);
    return good;
}

/* Samples stay outside when the event that began their pass does. */
static int may_come(void *context, const uint8_t started[EVENT_HASH_SIZE],
                    struct error *err)
{
    int gone = journal_is_tombstone(context, started, err);

    return gone < 0 ? -1 : gone == 0;
}

static bool unload(struct arrival *arrival, struct db *from, struct error *err)
{
    struct db *db = project_db(arrival->project);
    struct samples_filter filter = { db, may_come };
    size_t refused = arrival->report->refused;

    for (size_t i = 0; i < arrival->list.count; i++)
        if (!take(arrival, &arrival->list.item[i], err))
            return false;
    if (!samples_bring(from, db, &arrival->list, &filter,
                       &arrival->report->samples, err))
        return false;
    if (arrival->fresh > 0 && !arrival->annotator_erased &&
        !collect_people(arrival->project, arrival->alias, &arrival->list, err))
        return false;
    refused = arrival->report->refused - refused;
    if (refused > 0)
        note(arrival,
             "%s still has %zu payloads of erased persons; they were not "
             "taken: delete that file",
             arrival->name, refused);
    if (arrival->buried > 0)
        note(arrival,
             "%s: %zu payloads that were collected before are erased in this "
             "file, and so they were erased here",
             arrival->name, arrival->buried);
    return settle_heads(arrival, err);
}

/* Nothing is taken from a file that does not verify. */
static bool sound(struct arrival *arrival, struct db *from)
{
    struct journal_report report;
    struct error err;

    journal_verify(&arrival->list, arrival->chain, &report);
    if (!report.fault[0] &&
        !samples_verify(from, &arrival->list, report.fault, &err))
        snprintf(report.fault, sizeof(report.fault), "%.200s", err.text);
    if (!report.fault[0])
        return true;
    arrival->report->damaged++;
    note(arrival, "%s is damaged, nothing was taken from it: %s", arrival->name,
         report.fault);
    return false;
}

static bool same_file(const char *a, const char *b)
{
    struct stat one, two;

    return stat(a, &one) == 0 && stat(b, &two) == 0 &&
           one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

/* Work goes on under work/ where a copy that came home left off. */
static void go_on_at_home(struct arrival *arrival, struct db *from)
{
    struct error err;

    if (!arrival->named || arrival->annotator_erased ||
        !path_is_file(arrival->home) || same_file(arrival->home, arrival->path))
        return;
    error_clear(&err);
    if (collect_forward(arrival->home, &arrival->list, from, &err) == 0 &&
        err.code != ERROR_NONE)
        note(arrival, "%s was not brought up to date: %s", arrival->name,
             err.text);
}

static bool receive(struct arrival *arrival, struct bundle *bundle,
                    struct error *err)
{
    int known = find_bundle(arrival, err);
    bool good;

    if (known < 0)
        return false;
    if (known == 0)
        return error_set(err, ERROR_INPUT,
                         "%s: a bundle of another project (this one did not "
                         "hand it out)",
                         arrival->path);
    if (!project_works(arrival->project, arrival->chain, &arrival->works, err))
        return false;
    if (!journal_load(bundle_db(bundle), arrival->chain, &arrival->list, err))
        return false;
    arrival->report->files++;
    if (!sound(arrival, bundle_db(bundle)))
        return true;
    good = project_begin(arrival->project, err) &&
           unload(arrival, bundle_db(bundle), err) &&
           project_commit(arrival->project, err);
    if (good) {
        arrival->report->events += arrival->fresh;
        go_on_at_home(arrival, bundle_db(bundle));
    } else {
        project_rollback(arrival->project);
    }
    return good;
}

static bool collect(struct project *project, const char *path, bool named,
                    struct collect_report *report, struct error *err)
{
    struct arrival arrival = {
        .project = project, .report = report, .path = path, .named = named
    };
    struct bundle *bundle = bundle_open(path, BUNDLE_READ, err);
    bool good;

    if (!bundle)
        return false;
    arrival.chain = bundle_id_bytes(bundle);
    good = receive(&arrival, bundle, err);
    journal_list_release(&arrival.list);
    project_works_release(&arrival.works);
    free(arrival.name);
    free(arrival.alias);
    free(arrival.home);
    bundle_close(bundle);
    return good;
}

bool collect_file(struct project *project, const char *path,
                  struct collect_report *report, struct error *err)
{
    return collect(project, path, true, report, err);
}

bool collect_work(struct project *project, struct collect_report *report,
                  struct error *err)
{
    struct project_bundles list;
    bool good = true;

    if (!project_bundles(project, &list, err))
        return false;
    for (size_t i = 0; good && i < list.count; i++)
        if (path_is_file(list.item[i].path))
            good = collect(project, list.item[i].path, false, report, err);
    project_bundles_release(&list);
    return good;
}

void collect_report_release(struct collect_report *report)
{
    text_list_release(&report->notes);
    text_list_release(&report->forked);
    memset(report, 0, sizeof(*report));
}
