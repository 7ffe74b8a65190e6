/*
 * freeze_marks - marks and traces as lines of a state.
 *
 * A mark is a line of its own.  Of a pass the samples are many and never
 * change once they are sealed, so its line holds how many there are and a
 * hash over them: trace_hash() of all, number 0 the first (mien-project(5)).
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/freeze_internal.h"
#include "common/base/vec.h"
#include "common/file/json.h"
#include "common/store/project_trace.h"

/* An entry that was handed in. */
struct handed {
    const struct project_work *work;
    const struct fold_entry *entry;
    const char *annotator;
    int64_t bundle, position; /* from 1 */
    int64_t begins_us;        /* the item, in its medium */
};

struct handed_list {
    struct handed *item; /* owned */
    size_t count, capacity;
};

static int compare(const void *a, const void *b)
{
    const struct handed *one = a;
    const struct handed *two = b;
    int by = strcmp(one->work->item_id, two->work->item_id);

    if (by == 0)
        by = strcmp(one->annotator, two->annotator);
    if (by == 0)
        by = (one->bundle > two->bundle) - (one->bundle < two->bundle);
    if (by == 0)
        by = (one->position > two->position) - (one->position < two->position);
    return by;
}

static int by_number(const void *a, const void *b)
{
    const struct project_item *one = a;
    const struct project_item *two = b;

    return (one->number > two->number) - (one->number < two->number);
}

static int64_t start_of(const struct project_items *items, int64_t number)
{
    const struct project_item key = { .number = number };
    const struct project_item *item =
        items->count == 0 ? NULL
                          : bsearch(&key, items->item, items->count,
                                    sizeof(*items->item), by_number);

    return item ? item->start_us : 0;
}

static void gather_source(const struct export_rows *rows, size_t bundle,
                          const struct project_items *items,
                          struct handed_list *list)
{
    const struct export_source *source = &rows->source[bundle];

    for (size_t i = 0; i < source->works.count; i++) {
        const struct fold_entry *entry = &source->fold.entry[i];
        struct handed it = {
            .work = &source->works.item[i],
            .entry = entry,
            .annotator = rows->bundles.item[bundle].alias,
            .bundle = rows->bundles.item[bundle].number,
            .position = (int64_t)i + 1,
        };

        if (entry->withdrawn || entry->skipped || entry->submitted == 0 ||
            !project_role_is_label(it.work->role) ||
            (entry->tracks.count == 0 && entry->passes.count == 0))
            continue;
        it.begins_us = start_of(items, it.work->item);
        VEC_PUSH(list, it);
    }
}

static bool gather(struct project *project, const struct export_rows *rows,
                   struct handed_list *list, struct error *err)
{
    struct project_items items = { 0 };

    if (!project_items(project, &items, err))
        return false;
    if (items.count > 0)
        qsort(items.item, items.count, sizeof(*items.item), by_number);
    for (size_t b = 0; b < rows->source_count; b++)
        gather_source(rows, b, &items, list);
    project_items_release(&items);
    if (list->count > 0)
        qsort(list->item, list->count, sizeof(*list->item), compare);
    return true;
}

static void add(struct truth_lines *lines, enum truth_kind kind,
                const struct handed *of, struct buf *body)
{
    truth_add(lines, (struct truth_line){ kind, of->work->speaker,
                                          of->annotator, buf_text(body) });
    buf_release(body);
}

static void pair_hash(struct json_writer *json, const char *key,
                      const uint8_t hash[EVENT_HASH_SIZE])
{
    char hex[EVENT_HASH_HEX_SIZE];

    event_hash_hex(hash, hex);
    json_pair_text(json, key, hex);
}

static void add_mark(const struct handed *of, const char *question,
                     const struct segment *mark, struct truth_lines *lines)
{
    struct buf body = { 0 };
    struct json_writer json;

    json_writer_init(&json, &body, 0);
    json_begin_object(&json);
    json_pair_text(&json, "annotator", of->annotator);
    json_put_key(&json, "attributes");
    json_begin_object(&json);
    for (size_t i = 0; i < mark->values.count; i++)
        json_pair_text(&json, mark->values.item[i].attribute,
                       mark->values.item[i].value);
    json_end_object(&json);
    json_pair_int(&json, "bundle", of->bundle);
    if (mark->to_sd_us > 0)
        json_pair_int(&json, "end_sd_us", mark->to_sd_us);
    json_put_key(&json, "end_us");
    if (segment_runs(mark))
        json_put_null(&json);
    else
        json_put_int(&json, mark->to_us - of->begins_us);
    pair_hash(&json, "id", mark->id);
    json_pair_text(&json, "item", of->work->item_id);
    json_pair_text(&json, "label", mark->label);
    json_pair_text(&json, "note", mark->note);
    json_pair_int(&json, "position", of->position);
    json_pair_text(&json, "question", question);
    json_pair_text(&json, "role", of->work->role);
    if (mark->from_sd_us > 0)
        json_pair_int(&json, "start_sd_us", mark->from_sd_us);
    json_pair_int(&json, "start_us", mark->from_us - of->begins_us);
    json_pair_text(&json, "tier", mark->tier);
    json_end_object(&json);
    add(lines, TRUTH_MARK, of, &body);
}

static void add_marks(const struct handed *of, struct truth_lines *lines)
{
    for (size_t q = 0; q < of->entry->tracks.count; q++) {
        const struct fold_track *it = &of->entry->tracks.item[q];

        for (size_t t = 0; t < it->track.tier_count; t++)
            for (size_t m = 0; m < it->track.tier[t].count; m++)
                add_mark(of, it->question, it->track.tier[t].item[m], lines);
    }
}

static void put_dimensions(const struct export_rows *rows, const char *id,
                           struct json_writer *json)
{
    const struct question *question = protocol_question(rows->protocol, id);

    json_put_key(json, "dimensions");
    json_begin_list(json);
    for (size_t i = 0;
         question && question->trace && i < question->trace->count; i++)
        json_put_text(json, question->trace->dimension[i].id);
    json_end_list(json);
}

static void put_samples(const struct handed *of, const struct fold_pass *pass,
                        const struct trace_samples *samples,
                        struct json_writer *json)
{
    uint8_t hash[EVENT_HASH_SIZE];

    trace_hash(pass->hash, 0, samples->item, samples->count, hash);
    json_pair_text(json, "question", pass->begin.question);
    json_pair_text(json, "role", of->work->role);
    json_pair_int(json, "samples", (int64_t)samples->count);
    pair_hash(json, "samples_hash", hash);
    json_pair_int(json, "version", pass->begin.version);
}

static void pair_time(struct json_writer *json, const char *key, bool any,
                      int64_t us)
{
    json_put_key(json, key);
    if (any)
        json_put_int(json, us);
    else
        json_put_null(json);
}

static bool add_pass(struct project *project, const struct export_rows *rows,
                     const struct handed *of, const struct fold_pass *pass,
                     struct truth_lines *lines, struct error *err)
{
    const char *question = pass->begin.question;
    struct trace_samples samples = { 0 };
    struct buf body = { 0 };
    struct json_writer json;
    bool any;

    if (!project_trace_read(project, pass->hash, &samples, err)) {
        free(samples.item);
        return false;
    }
    any = samples.count > 0;
    json_writer_init(&json, &body, 0);
    json_begin_object(&json);
    json_pair_text(&json, "annotator", of->annotator);
    json_pair_int(&json, "bundle", of->bundle);
    json_pair_bool(&json, "counts", fold_pass_counts(pass, question));
    put_dimensions(rows, question, &json);
    json_pair_text(&json, "end",
                   pass->discarded ? "discarded" : trace_end_name(pass->end));
    pair_time(&json, "first_us", any,
              any ? samples.item[0].media_us - of->begins_us : 0);
    pair_hash(&json, "id", pass->hash);
    json_pair_text(&json, "item", of->work->item_id);
    pair_time(&json, "last_us", any,
              any ? samples.item[samples.count - 1].media_us - of->begins_us
                  : 0);
    json_pair_int(&json, "position", of->position);
    put_samples(of, pass, &samples, &json);
    json_end_object(&json);
    add(lines, TRUTH_PASS, of, &body);
    free(samples.item);
    return true;
}

bool freeze_marks(struct project *project, const struct export_rows *rows,
                  struct truth_lines *lines, struct error *err)
{
    struct handed_list list = { 0 };
    bool good = gather(project, rows, &list, err);

    for (size_t i = 0; good && i < list.count; i++)
        add_marks(&list.item[i], lines);
    for (size_t i = 0; good && i < list.count; i++) {
        const struct fold_passes *passes = &list.item[i].entry->passes;

        for (size_t p = 0; good && p < passes->count; p++)
            good = add_pass(project, rows, &list.item[i], &passes->item[p],
                            lines, err);
    }
    free(list.item);
    return good;
}
