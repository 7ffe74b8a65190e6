/*
 * queue_bundle - an annotator's share of the work becomes a bundle.
 */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/file/json.h"
#include "common/store/queue_internal.h"

/* One annotator's new bundle. */
struct bundling {
    uint8_t id[BUNDLE_ID_SIZE];
    const char *alias;
    int64_t number;
    struct queue_list list;     /* owned */
    struct bundle_draft *draft; /* owned */
    struct bundle_truth *truth; /* owned; of practice */
    size_t truth_count;
    struct arena texts;
};

static const char *medium_of(const struct assigning *work,
                             struct bundling *bundling,
                             const struct project_item *item)
{
    char *folder, *path, *relative;
    const char *kept;

    if (!item->file[0])
        return "";
    folder =
        xasprintf("%s/work/%s", project_folder(work->project), bundling->alias);
    path = path_join(project_folder(work->project), item->file);
    relative = path_relative(folder, path);
    kept = arena_strdup(&bundling->texts, relative);
    free(folder);
    free(path);
    free(relative);
    return kept;
}

/* What may be known of one of the two of a pair, or of what is no pair. */
static struct bundle_draft_second draft_side(const struct assigning *work,
                                             struct bundling *bundling,
                                             const struct project_item *item)
{
    unsigned show = work->protocol->show;
    struct bundle_draft_second side = {
        .medium = medium_of(work, bundling, item),
        .start_us = item->start_us,
        .end_us = item->end_us,
    };

    memcpy(side.sha256, item->sha256, HASH_SIZE);
    if ((show & SHOW_TEXT) && item->text[0])
        side.text = item->text;
    if ((show & SHOW_SPEAKER) && item->speaker[0])
        side.speaker = item->speaker;
    return side;
}

static void draft_item(const struct assigning *work, struct bundling *bundling,
                       const struct queue_entry *entry,
                       struct bundle_draft *draft)
{
    const struct project_item *item = &work->items.item[entry->item];
    struct bundle_draft_second side;

    if (work->pairs) {
        const struct queue_pairs *pairs = work->pairs;
        const struct project_item *first =
            &pairs->member.item[pairs->first[entry->item]];
        const struct project_item *second =
            &pairs->member.item[pairs->second[entry->item]];

        item = entry->swapped ? second : first;
        draft->second =
            draft_side(work, bundling, entry->swapped ? first : second);
    }
    side = draft_side(work, bundling, item);
    draft->medium = side.medium;
    memcpy(draft->sha256, side.sha256, HASH_SIZE);
    draft->start_us = side.start_us;
    draft->end_us = side.end_us;
    draft->text = side.text;
    draft->speaker = side.speaker;
    draft->context = queue_context(work, entry->item, &bundling->texts);
}

static void draft_entries(const struct assigning *work,
                          struct bundling *bundling)
{
    uint8_t chance[(ENTRY_ID_HEX - 1) / 2];

    bundling->draft =
        xcalloc(bundling->list.count + 1, sizeof(*bundling->draft));
    for (size_t i = 0; i < bundling->list.count; i++) {
        const struct queue_entry *entry = &bundling->list.item[i];
        struct bundle_draft *draft = &bundling->draft[i];

        hash_random(chance, sizeof(chance));
        hash_to_hex(chance, sizeof(chance), draft->id);
        draft->medium = "";
        draft->end_us = -1;
        draft->practice = entry->role == QUEUE_PRACTICE;
        draft->asks = entry->check;
        if (entry->item < work->items.count)
            draft_item(work, bundling, entry, draft);
    }
}

/* The truths of practice travel with it; those of gold never do. */
static void draft_truths(const struct assigning *work,
                         struct bundling *bundling)
{
    size_t questions = work->protocol->question_count;

    bundling->truth = xcalloc(bundling->list.share.practice * questions + 1,
                              sizeof(*bundling->truth));
    for (size_t i = 0; i < bundling->list.share.practice; i++) {
        const struct queue_entry *entry = &bundling->list.item[i];

        for (size_t q = 0; q < questions; q++) {
            const struct question *question = &work->protocol->question[q];
            const char *right = work->truth[entry->item * questions + q];

            if (right)
                bundling->truth[bundling->truth_count++] =
                    (struct bundle_truth){
                        .entry = bundling->draft[i].id,
                        .question = question->id,
                        .value = entry->swapped ? question_swap(question, right)
                                                : right,
                    };
        }
    }
}

static bool write_draft(const struct assigning *work, struct bundling *bundling,
                        struct error *err)
{
    char *path =
        project_draft_path(work->project, bundling->alias, bundling->number);
    char *folder = path_folder(path);
    bool good = path_make_folders(folder, 0700, err);

    if (good) {
        unlink(path); /* of a run that was cut off before mien.db knew */
        good = bundle_create(path, bundling->id, bundling->alias,
                             work->protocol->source, bundling->draft,
                             bundling->list.count, err) &&
               bundle_add_truths(path, bundling->truth, bundling->truth_count,
                                 err);
    }
    free(folder);
    free(path);
    return good;
}

static bool enter_works(struct assigning *work, const struct bundling *bundling,
                        struct error *err)
{
    struct db *db = project_db(work->project);

    for (size_t i = 0; i < bundling->list.count; i++) {
        const struct queue_entry *entry = &bundling->list.item[i];
        struct stmt *stmt = db_stmt(db, STMT_WORK_ADD, err);

        if (!stmt)
            return false;
        stmt_bind_text(stmt, 1, bundling->draft[i].id);
        stmt_bind_blob(stmt, 2, bundling->id, BUNDLE_ID_SIZE);
        stmt_bind_int(stmt, 3, (int64_t)i + 1);
        if (entry->item < work->items.count)
            stmt_bind_int(stmt, 4, work->items.item[entry->item].number);
        stmt_bind_text(stmt, 5, queue_role_names[entry->role]);
        if (entry->check >= 0)
            stmt_bind_int(stmt, 6, entry->check);
        stmt_bind_int(stmt, 7, entry->swapped);
        if (!stmt_run(db, stmt, err))
            return false;
    }
    return true;
}

static char *assigned_payload(const struct bundling *bundling, const char *seed)
{
    struct buf out = { 0 };
    struct json_writer json;
    char hex[BUNDLE_ID_HEX];

    hash_to_hex(bundling->id, BUNDLE_ID_SIZE, hex);
    json_writer_init(&json, &out, 0);
    json_begin_object(&json);
    json_pair_text(&json, "alias", bundling->alias);
    json_pair_text(&json, "bundle", hex);
    json_pair_int(&json, "entries", (int64_t)bundling->list.count);
    json_pair_text(&json, "seed", seed);
    json_end_object(&json);
    return buf_steal(&out);
}

static bool enter(struct assigning *work, const struct bundling *bundling,
                  struct error *err)
{
    struct db *db = project_db(work->project);
    struct stmt *stmt = db_stmt(db, STMT_BUNDLE_ADD, err);
    char seed[32];
    char *payload;
    bool good;

    if (!stmt)
        return false;
    snprintf(seed, sizeof(seed), "%" PRIu64, work->settings->seed);
    stmt_bind_blob(stmt, 1, bundling->id, BUNDLE_ID_SIZE);
    stmt_bind_text(stmt, 2, bundling->alias);
    stmt_bind_int(stmt, 3, bundling->number);
    stmt_bind_int(stmt, 4, work->protocol_number);
    stmt_bind_text(stmt, 5, seed);
    stmt_bind_int(stmt, 6, bundle_wall_us());
    payload = assigned_payload(bundling, seed);
    good = stmt_run(db, stmt, err) && enter_works(work, bundling, err) &&
           project_record(work->project, EVENT_ASSIGNED, payload, err);
    free(payload);
    return good;
}

static void bundling_release(struct bundling *bundling)
{
    free(bundling->list.item);
    free(bundling->draft);
    free(bundling->truth);
    arena_release(&bundling->texts);
}

static void arrange(struct assigning *work, size_t who, const size_t *mine,
                    size_t count, struct bundling *bundling)
{
    char *stream =
        xasprintf("order/%s/%" PRId64, bundling->alias, bundling->number);
    struct rng *rng = rng_new(work->settings->seed, stream);

    queue_arrange(work, who, mine, count, rng, &bundling->list);
    if (work->pairs)
        queue_orient(work, rng, &bundling->list);
    rng_free(rng);
    free(stream);
}

bool queue_bundle(struct assigning *work, size_t who,
                  struct queue_report *report, struct error *err)
{
    const struct project_annotator *annotator = &work->staff.item[who];
    struct bundling bundling = { .alias = annotator->alias,
                                 .number = annotator->bundles + 1 };
    size_t *mine = xcalloc(work->items.count, sizeof(*mine));
    size_t count = 0;
    bool good = true;

    for (size_t i = 0; i < work->items.count; i++) {
        size_t at = i * work->staff.count + who;

        if (work->has[at] && !work->before[at])
            mine[count++] = i;
    }
    if (count > 0) {
        arrange(work, who, mine, count, &bundling);
        hash_random(bundling.id, sizeof(bundling.id));
        draft_entries(work, &bundling);
        draft_truths(work, &bundling);
        good = work->settings->dry_run || (write_draft(work, &bundling, err) &&
                                           enter(work, &bundling, err));
        bundling.list.share.alias = xstrdup(annotator->alias);
        bundling.list.share.number = bundling.number;
        VEC_PUSH(report, bundling.list.share);
    }
    bundling_release(&bundling);
    free(mine);
    return good;
}

bool queue_name(struct assigning *work, const struct queue_report *report,
                struct error *err)
{
    bool good = true;

    for (size_t i = 0; good && i < report->count; i++) {
        const struct queue_share *it = &report->item[i];
        char *draft = project_draft_path(work->project, it->alias, it->number);
        char *path = project_bundle_path(work->project, it->alias, it->number);

        if (rename(draft, path) != 0)
            good = error_set_errno(err, ERROR_IO, "%s", path);
        free(draft);
        free(path);
    }
    return good;
}
