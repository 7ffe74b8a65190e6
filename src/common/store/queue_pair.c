/*
 * queue_pair - what is compared with what, when the unit is a pair.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/intern.h"
#include "common/base/vec.h"
#include "common/store/queue_internal.h"
#include "common/study/pairing.h"

enum { MEMBERS_MIN = 2 };

void queue_pairs_free(struct queue_pairs *pairs)
{
    if (!pairs)
        return;
    free(pairs->member.item); /* its texts belong to the items */
    free(pairs->first);
    free(pairs->second);
    free(pairs->shown);
    free(pairs->lead);
    free(pairs);
}

/* Pairs stay in `items`, the others go into `member`; or the others stay. */
static void part_items(struct assigning *work, struct project_items *member)
{
    bool pairs = work->protocol->unit == UNIT_PAIR;
    struct project_items *items = &work->items;
    size_t kept = 0;

    for (size_t i = 0; i < items->count; i++) {
        struct project_item item = items->item[i];

        if ((item.first > 0) == pairs)
            items->item[kept++] = item;
        else if (pairs)
            VEC_PUSH(member, item);
    }
    items->count = kept;
}

/* The place of a member by its number; they stand in that order. */
static size_t find_member(const struct queue_pairs *pairs, int64_t number)
{
    const struct project_items *list = &pairs->member;
    size_t low = 0, high = list->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (list->item[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->item[low].number == number ? low
                                                                 : list->count;
}

/* A pair whose one item was erased was erased with it. */
static void list_known(const struct assigning *work,
                       const struct queue_pairs *pairs, struct pairing *pairing)
{
    for (size_t i = 0; i < work->items.count; i++) {
        struct pairing_pair pair = {
            find_member(pairs, work->items.item[i].first),
            find_member(pairs, work->items.item[i].second)
        };

        VEC_PUSH(pairing, pair);
    }
}

/* What is heard is not compared with what is only read. */
static size_t group_name(struct intern *names, const struct project_item *item,
                         const char *value)
{
    char *name = xasprintf("%s %s", item->file[0] ? "sound" : "text", value);
    size_t number = (size_t)intern_add(names, name);

    free(name);
    return number;
}

static const char *within_speaker(const struct project_item *item)
{
    return item->speaker;
}

static const char *within_all(const struct project_item *item)
{
    (void)item;
    return "";
}

/*
 * Numbers what may be compared: what has the same value of the attribute;
 * those without it are compared with each other.
 */
static bool number_groups(struct assigning *work, struct queue_pairs *pairs,
                          size_t *group, struct error *err)
{
    const char *within = work->settings->within;
    bool speakers = within && strcmp(within, "speaker") == 0;
    const char *(*known)(const struct project_item *item) =
        speakers ? within_speaker : within_all;
    struct db *db = project_db(work->project);
    struct intern names = { 0 };
    bool any = !within;
    struct stmt *stmt = NULL;
    int step = 0;

    for (size_t i = 0; i < pairs->member.count; i++) {
        const struct project_item *item = &pairs->member.item[i];

        any = any || (speakers && item->speaker[0]);
        group[i] = group_name(&names, item, known(item));
    }
    if (within && !speakers) {
        stmt = db_stmt(db, STMT_ATTRIBUTE_LIST, err);
        step = stmt ? 1 : -1;
    }
    if (stmt)
        stmt_bind_text(stmt, 1, within);
    while (stmt && (step = stmt_step(db, stmt, err)) > 0) {
        size_t at = find_member(pairs, stmt_int(stmt, 0));

        if (at == pairs->member.count)
            continue;
        group[at] =
            group_name(&names, &pairs->member.item[at], stmt_text(stmt, 1));
        any = true;
    }
    intern_release(&names);
    if (step < 0)
        return false;
    return any || error_set(err, ERROR_USAGE,
                            "--pair-within: no item has a \"%s\"; it names "
                            "what the descriptor supplies, such as speaker or "
                            "session",
                            within);
}

/* "anna", or "anna|ben". */
static const char *join_speakers(struct assigning *work,
                                 const struct project_item *first,
                                 const struct project_item *second)
{
    char *joined;
    const char *kept;

    if (!second->speaker[0] || strcmp(first->speaker, second->speaker) == 0)
        return first->speaker;
    if (!first->speaker[0])
        return second->speaker;
    joined = xasprintf("%s|%s", first->speaker, second->speaker);
    kept = arena_strdup(&work->texts, joined);
    free(joined);
    return kept;
}

/* A new item for the pair; its number is the next one that is free. */
static void add_item(struct assigning *work, struct queue_pairs *pairs,
                     const struct pairing_pair *pair, int64_t number)
{
    const struct project_item *first = &pairs->member.item[pair->first];
    const struct project_item *second = &pairs->member.item[pair->second];
    uint8_t both[2 * HASH_SIZE];
    char *id = xasprintf("%s~%s", first->id, second->id);
    struct project_item item = {
        .number = number,
        .id = arena_strdup(&work->texts, id),
        .file = "",
        .end_us = -1,
        .speaker = join_speakers(work, first, second),
        .text = "",
        .first = first->number,
        .second = second->number,
    };

    memcpy(both, first->sha256, HASH_SIZE);
    memcpy(both + HASH_SIZE, second->sha256, HASH_SIZE);
    hash_sha256(both, sizeof(both), item.sha256);
    VEC_PUSH(&work->items, item);
    free(id);
}

static bool make_new(struct assigning *work, struct queue_pairs *pairs,
                     int64_t number, struct error *err)
{
    size_t *group = xcalloc(pairs->member.count + 1, sizeof(*group));
    struct pairing_settings settings = {
        .items = pairs->member.count,
        .group = group,
        .partners = work->settings->partners,
    };
    struct rng *rng = rng_new(work->settings->seed, "pairs");
    struct pairing pairing = { 0 };
    bool good = number_groups(work, pairs, group, err);

    list_known(work, pairs, &pairing);
    if (good && !work->sending)
        pairing_extend(&settings, rng, &pairing);
    for (size_t i = work->items.count; good && i < pairing.count; i++) {
        add_item(work, pairs, &pairing.item[i], ++number);
        pairs->made++;
    }
    pairs->parts = good ? pairing_parts(&settings, &pairing) : 0;
    pairs->first = xcalloc(pairing.count + 1, sizeof(*pairs->first));
    pairs->second = xcalloc(pairing.count + 1, sizeof(*pairs->second));
    for (size_t i = 0; i < pairing.count; i++) {
        pairs->first[i] = pairing.item[i].first;
        pairs->second[i] = pairing.item[i].second;
    }
    pairing_release(&pairing);
    rng_free(rng);
    free(group);
    return good;
}

/* In which order they were met before now. */
static bool read_shown(struct assigning *work, struct queue_pairs *pairs,
                       struct error *err)
{
    struct db *db = project_db(work->project);
    struct stmt *stmt = db_stmt(db, STMT_PAIR_SHOWN, err);
    int step;

    pairs->shown = xcalloc(work->items.count + 1, sizeof(*pairs->shown));
    pairs->lead = xcalloc(pairs->member.count + 1, sizeof(*pairs->lead));
    if (!stmt)
        return false;
    while ((step = stmt_step(db, stmt, err)) > 0) {
        size_t item = queue_find_item(work, stmt_int(stmt, 0));
        int more = (int)stmt_int(stmt, 1);

        if (item == work->items.count)
            continue;
        pairs->shown[item] = more;
        pairs->lead[pairs->first[item]] += more;
        pairs->lead[pairs->second[item]] -= more;
    }
    return step == 0;
}

/* The highest number that was ever given. */
static bool last_number(struct assigning *work, int64_t *number,
                        struct error *err)
{
    struct db *db = project_db(work->project);
    struct stmt *stmt = db_stmt(db, STMT_ITEM_LAST, err);
    int step = stmt ? stmt_step(db, stmt, err) : -1;

    if (step > 0)
        *number = stmt_int(stmt, 0);
    if (stmt)
        stmt_reset(stmt);
    return step >= 0;
}

bool queue_read_pairs(struct assigning *work, struct error *err)
{
    struct queue_pairs *pairs = xcalloc(1, sizeof(*pairs));
    int64_t number = 0;

    part_items(work, &pairs->member);
    if (work->protocol->unit != UNIT_PAIR) {
        queue_pairs_free(pairs);
        return true;
    }
    work->pairs = pairs;
    if (work->settings->gold > 0 || work->settings->practice > 0)
        return error_set(err, ERROR_USAGE,
                         "--%s: pairs are made when they are handed out, so "
                         "none has a known answer; --repeat measures how "
                         "consistent annotators are",
                         work->settings->gold > 0 ? "gold" : "practice");
    if (pairs->member.count < MEMBERS_MIN)
        return error_set(err, ERROR_INPUT,
                         "there are fewer than two items to compare; "
                         "`mien-annotate import' adds them");
    return last_number(work, &number, err) &&
           make_new(work, pairs, number, err) && read_shown(work, pairs, err);
}

static bool keep_pair(struct assigning *work, struct project_item *item,
                      struct error *err)
{
    struct db *db = project_db(work->project);
    int64_t number = item->number;
    enum project_add how;
    struct stmt *stmt;

    if (!project_add_item(work->project, item, &how, err))
        return false;
    if (how != PROJECT_ADDED || item->number != number)
        return error_set(err, ERROR_INPUT,
                         "an item is called \"%s\" already, as a pair would "
                         "be; give it another id",
                         item->id);
    stmt = db_stmt(db, STMT_PAIR_ADD, err);
    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, number);
    stmt_bind_int(stmt, 2, item->first);
    stmt_bind_int(stmt, 3, item->second);
    return stmt_run(db, stmt, err);
}

bool queue_keep_pairs(struct assigning *work, struct error *err)
{
    size_t made = work->pairs ? work->pairs->made : 0;

    for (size_t i = work->items.count - made; i < work->items.count; i++)
        if (!keep_pair(work, &work->items.item[i], err))
            return false;
    return true;
}

/* Where the list has the item before place `at`, or `at`. */
static size_t before(const struct queue_list *list, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (list->item[i].item == list->item[at].item)
            return i;
    return at;
}

void queue_orient(struct assigning *work, struct rng *rng,
                  struct queue_list *list)
{
    struct queue_pairs *pairs = work->pairs;

    for (size_t i = 0; i < list->count; i++) {
        struct queue_entry *entry = &list->item[i];
        size_t first, second, earlier = before(list, i);
        int by;

        if (entry->item >= work->items.count)
            continue; /* an attention check */
        first = pairs->first[entry->item];
        second = pairs->second[entry->item];
        entry->swapped = earlier < i ? !list->item[earlier].swapped
                                     : pairing_swaps(pairs->shown[entry->item],
                                                     pairs->lead[first],
                                                     pairs->lead[second], rng);
        by = entry->swapped ? -1 : 1;
        pairs->shown[entry->item] += by;
        pairs->lead[first] += by;
        pairs->lead[second] -= by;
    }
}
