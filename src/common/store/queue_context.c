/*
 * queue_context - the turns before an item.
 *
 * Items of one recording (else of one session, else of one medium) are turns
 * of a conversation, in the order of their times or, where they have none, in
 * which they were imported.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/intern.h"
#include "common/store/queue_internal.h"

/* What sorting the turns looks at. */
struct turns {
    const struct project_item *item;
    const size_t *group;
};

static int by_time(const void *a, const void *b, void *context)
{
    const struct turns *turns = context;
    size_t one = *(const size_t *)a;
    size_t two = *(const size_t *)b;
    int64_t from = turns->item[one].start_us;
    int64_t other = turns->item[two].start_us;

    if (turns->group[one] != turns->group[two])
        return turns->group[one] < turns->group[two] ? -1 : 1;
    if (from != other)
        return from < other ? -1 : 1;
    return (one > two) - (one < two);
}

static void link_turns(struct assigning *work, const size_t *group)
{
    size_t count = work->items.count;
    size_t *order = xcalloc(count + 1, sizeof(*order));
    struct turns turns = { work->items.item, group };

    for (size_t i = 0; i < count; i++)
        order[i] = i;
    qsort_r(order, count, sizeof(*order), by_time, &turns);
    work->turn_before = xcalloc(count + 1, sizeof(*work->turn_before));
    for (size_t i = 0; i < count; i++)
        work->turn_before[order[i]] =
            i > 0 && group[order[i - 1]] == group[order[i]] ? order[i - 1]
                                                            : count;
    free(order);
}

bool queue_read_groups(struct assigning *work, struct error *err)
{
    struct db *db = project_db(work->project);
    struct stmt *stmt = db_stmt(db, STMT_ITEM_GROUPS, err);
    struct intern names = { 0 };
    size_t *group;
    size_t item = 0;
    int step = -1;

    if (!stmt)
        return false;
    group = xcalloc(work->items.count + 1, sizeof(*group));
    while ((step = stmt_step(db, stmt, err)) > 0) {
        const char *name = stmt_text(stmt, 1);

        while (item < work->items.count &&
               work->items.item[item].number < stmt_int(stmt, 0))
            item++;
        if (item == work->items.count ||
            work->items.item[item].number != stmt_int(stmt, 0))
            continue;
        /* One that belongs to nothing is a group of its own. */
        group[item] =
            *name ? (size_t)intern_add(&names, name) : work->items.count + item;
    }
    stmt_reset(stmt);
    intern_release(&names);
    link_turns(work, group);
    free(group);
    return step == 0;
}

/* On one line, with its speaker where that may be known. */
static void put_turn(const struct assigning *work, size_t item, struct buf *out)
{
    const struct project_item *turn = &work->items.item[item];

    if ((work->protocol->show & SHOW_SPEAKER) && turn->speaker[0])
        buf_addf(out, "%s: ", turn->speaker);
    for (const char *at = turn->text; *at; at++)
        buf_add_char(out, *at == '\n' || *at == '\r' ? ' ' : *at);
}

const char *queue_context(const struct assigning *work, size_t item,
                          struct arena *texts)
{
    size_t turns[PROTOCOL_CONTEXT_MAX];
    size_t wanted = (size_t)work->protocol->context;
    struct buf out = { 0 };
    const char *kept = NULL;
    size_t count = 0;

    if (!(work->protocol->show & SHOW_CONTEXT))
        return NULL;
    for (size_t at = work->turn_before[item];
         count < wanted && at < work->items.count; at = work->turn_before[at])
        turns[count++] = at;
    for (size_t i = count; i-- > 0;) {
        if (!work->items.item[turns[i]].text[0])
            continue;
        if (out.length > 0)
            buf_add_char(&out, '\n');
        put_turn(work, turns[i], &out);
    }
    if (out.length > 0)
        kept = arena_strdup(texts, buf_text(&out));
    buf_release(&out);
    return kept;
}
