/*
 * queue - handing out work.
 *
 * Bundles are made under a name that begins with a dot, then mien.db learns
 * of them in one transaction, then they get their names: project_open()
 * finishes what was cut off between the last two.
 */
#include <config.h>

#include "common/store/queue.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/intern.h"
#include "common/base/vec.h"
#include "common/store/queue_internal.h"

static void assigning_release(struct assigning *work)
{
    protocol_free(work->protocol);
    project_items_release(&work->items);
    project_annotators_release(&work->staff);
    free(work->trait);
    free(work->has);
    free(work->turn_before);
    free(work->before);
    free(work->met);
    free(work->standing);
    free(work->truth);
    queue_pairs_free(work->pairs);
    arena_release(&work->texts);
}

/* Those who work here before those who retired; else as they were. */
static void put_working_first(struct assigning *work)
{
    struct project_annotators *staff = &work->staff;
    struct project_annotator *sorted =
        xcalloc(staff->count + 1, sizeof(*sorted));
    size_t at = 0;

    for (size_t i = 0; i < staff->count; i++)
        if (staff->item[i].retired_us < 0)
            sorted[at++] = staff->item[i];
    work->working = at;
    for (size_t i = 0; i < staff->count; i++)
        if (staff->item[i].retired_us >= 0)
            sorted[at++] = staff->item[i];
    free(staff->item);
    staff->item = sorted;
    staff->capacity = staff->count + 1;
}

/* Texts without sound have a medium each. */
static int compare_media(const void *a, const void *b, void *context)
{
    size_t one = *(const size_t *)a, two = *(const size_t *)b;
    const struct project_item *item = context;
    int by = memcmp(item[one].sha256, item[two].sha256, HASH_SIZE);

    if (by == 0 && !item[one].file[0] && !item[two].file[0])
        return (one > two) - (one < two);
    return by;
}

/* Items with the same sound have the same number. */
static void number_media(struct assigning *work)
{
    size_t count = work->items.count;
    size_t *order = xcalloc(count + 1, sizeof(*order));
    size_t medium = 0;

    for (size_t i = 0; i < count; i++)
        order[i] = i;
    qsort_r(order, count, sizeof(*order), compare_media, work->items.item);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 &&
            compare_media(&order[i - 1], &order[i], work->items.item) != 0)
            medium++;
        work->trait[order[i]].medium = medium;
        work->trait[order[i]].place =
            (double)work->items.item[order[i]].start_us;
        work->trait[order[i]].pair = work->pairs != NULL;
        work->trait[order[i]].side[0] =
            (size_t)work->items.item[order[i]].first;
        work->trait[order[i]].side[1] =
            (size_t)work->items.item[order[i]].second;
    }
    free(order);
}

/*
 * A dialogue whose turns are files or lines of their own is one medium as far
 * as its order goes: the corpus says so by `recording`, else by `session`.
 * Turns without times keep the order in which they were imported.
 */
static bool number_dialogues(struct assigning *work, const char *attribute,
                             bool *any, struct error *err)
{
    struct db *db = project_db(work->project);
    struct stmt *stmt = db_stmt(db, STMT_ATTRIBUTE_LIST, err);
    struct intern names = { 0 };
    size_t beyond = work->items.count; /* no medium has such a number */
    int step;

    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, attribute);
    while ((step = stmt_step(db, stmt, err)) > 0) {
        size_t item = queue_find_item(work, stmt_int(stmt, 0));

        if (item == work->items.count || !stmt_text(stmt, 1)[0])
            continue;
        work->trait[item].medium =
            beyond + intern_add(&names, stmt_text(stmt, 1));
        *any = true;
    }
    intern_release(&names);
    return step == 0;
}

static bool number_contexts(struct assigning *work, struct error *err)
{
    bool any = false;

    if (work->protocol->order != ORDER_CONTEXTUAL)
        return true;
    return number_dialogues(work, "recording", &any, err) &&
           (any || number_dialogues(work, "session", &any, err));
}

static bool block_of(struct assigning *work, const struct project_item *item,
                     char **value, struct error *err)
{
    struct db *db = project_db(work->project);
    struct stmt *stmt;
    int step;

    if (strcmp(work->settings->block, "speaker") == 0) {
        *value = xstrdup(item->speaker);
        return true;
    }
    stmt = db_stmt(db, STMT_ATTRIBUTE_GET, err);
    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, item->number);
    stmt_bind_text(stmt, 2, work->settings->block);
    step = stmt_step(db, stmt, err);
    *value = xstrdup(step > 0 ? stmt_text(stmt, 0) : "");
    stmt_reset(stmt);
    return step >= 0;
}

/* Blocks are numbered as their values first appear. */
static bool number_blocks(struct assigning *work, struct error *err)
{
    struct text_list values = { 0 };
    bool any = false;
    bool good = true;

    for (size_t i = 0; good && i < work->items.count; i++) {
        char *value = NULL;
        size_t at = 0;

        good = block_of(work, &work->items.item[i], &value, err);
        if (good) {
            any = any || *value;
            while (at < values.count && strcmp(values.item[at], value) != 0)
                at++;
            if (at == values.count)
                text_list_add(&values, value);
            work->trait[i].block = at;
        }
        free(value);
    }
    text_list_release(&values);
    if (good && !any)
        return error_set(err, ERROR_USAGE,
                         "--block: no item has a \"%s\"; it names what the "
                         "descriptor supplies, such as speaker or session",
                         work->settings->block);
    return good;
}

/* The oldest version whose work counts under the newest one. */
static bool find_since(struct assigning *work, struct error *err)
{
    struct db *db = project_db(work->project);
    struct stmt *stmt = db_stmt(db, STMT_PROTOCOL_LIST, err);
    int step;

    if (!stmt)
        return false;
    while ((step = stmt_step(db, stmt, err)) > 0) {
        struct error bad;
        const char *text = stmt_text(stmt, 2);
        struct protocol *it =
            protocol_parse(text, strlen(text), "the protocol", &bad);

        if (it && protocol_compatible(it, work->protocol))
            work->protocol_since = stmt_int(stmt, 0);
        protocol_free(it);
    }
    return step == 0;
}

static bool load(struct assigning *work, struct error *err)
{
    char *text = project_protocol(work->project, &work->protocol_number, err);
    size_t places;

    if (!text)
        return false;
    work->protocol = protocol_parse(text, strlen(text), "the protocol", err);
    free(text);
    if (!work->protocol || !project_items(work->project, &work->items, err) ||
        !project_annotators(work->project, &work->staff, err) ||
        !queue_read_pairs(work, err))
        return false;
    put_working_first(work);
    if (work->items.count == 0)
        return error_set(err, ERROR_INPUT,
                         "there is nothing to judge yet; `mien-annotate "
                         "import' adds it");
    if (work->working == 0)
        return error_set(err, ERROR_INPUT,
                         "nobody works here yet; `mien-annotate annotator "
                         "add ALIAS' changes that");
    places = work->items.count * work->staff.count;
    work->has = xcalloc(places, sizeof(*work->has));
    work->before = xcalloc(places, sizeof(*work->before));
    work->met = xcalloc(places, sizeof(*work->met));
    work->trait = xcalloc(work->items.count, sizeof(*work->trait));
    work->standing = xcalloc(work->items.count, sizeof(*work->standing));
    number_media(work);
    return find_since(work, err) && number_contexts(work, err) &&
           queue_read_groups(work, err) &&
           (!work->settings->block || number_blocks(work, err)) &&
           queue_read_before(work, err) && queue_read_truths(work, err) &&
           queue_draw(work, err);
}

/* Reserved items are nobody's work: as if everybody had them already. */
static void close_reserved(struct assigning *work)
{
    size_t staff = work->staff.count;

    for (size_t i = 0; i < work->items.count; i++)
        for (size_t who = 0; work->standing[i].reserved && who < staff; who++)
            work->has[i * staff + who] = true;
    memcpy(work->before, work->has,
           work->items.count * staff * sizeof(*work->has));
}

/* Nobody else was left: there are too few. */
static bool check_retired(const struct assigning *work, struct error *err)
{
    size_t staff = work->staff.count;

    for (size_t i = 0; i < work->items.count; i++)
        for (size_t who = work->working; who < staff; who++)
            if (work->has[i * staff + who] && !work->before[i * staff + who])
                return error_set(err, ERROR_INPUT,
                                 "each item is to be judged by %zu "
                                 "annotators, but %zu work here; add some or "
                                 "ask for fewer",
                                 work->settings->per_item, work->working);
    return true;
}

static bool share_out(struct assigning *work, struct error *err)
{
    struct order_panel panel = {
        .items = work->items.count,
        .annotators = work->staff.count,
        .per_item = work->settings->per_item,
    };
    struct rng *rng = rng_new(work->settings->seed, "assign");
    size_t *sum = xcalloc(work->staff.count, sizeof(*sum));
    bool good;

    for (size_t i = 0; i < work->staff.count; i++)
        sum[i] = i < work->working ? (size_t)work->staff.item[i].entries
                                   : SIZE_MAX / 2; /* never, if it can be */
    good = order_assign(&panel, rng, work->has, sum, err) &&
           check_retired(work, err);
    free(sum);
    rng_free(rng);
    return good;
}

/* The tasks, and nothing else, are new. */
static bool take_tasks(struct assigning *work, const struct queue_task *task,
                       size_t count, struct error *err)
{
    size_t staff = work->staff.count;

    memset(work->has, 0, work->items.count * staff * sizeof(*work->has));
    memset(work->before, 0, work->items.count * staff * sizeof(*work->before));
    for (size_t i = 0; i < count; i++) {
        size_t who = queue_find_staff(work, task[i].alias);
        size_t item = queue_find_item(work, task[i].item);

        if (who >= work->working)
            return error_set(err, ERROR_INPUT,
                             "nobody called \"%s\" works here; `mien-annotate "
                             "annotator list' names them",
                             task[i].alias);
        if (item == work->items.count)
            return error_set(err, ERROR_INPUT,
                             "there is no item number %lld (or it was erased)",
                             (long long)task[i].item);
        work->has[item * staff + who] = true;
    }
    return true;
}

static void copy_panel(const struct assigning *work,
                       struct queue_report *report)
{
    size_t staff = work->staff.count;

    report->panel = xcalloc(work->items.count * staff + 1, sizeof(bool));
    report->panel_annotators = staff;
    for (size_t i = 0; i < work->items.count; i++)
        if (!work->standing[i].reserved)
            memcpy(&report->panel[report->panel_items++ * staff],
                   &work->has[i * staff], staff * sizeof(bool));
}

/* Who shares how many items with whom, in what is handed out now. */
static void count_shared(const struct assigning *work,
                         struct queue_report *report)
{
    size_t staff = work->staff.count;
    bool any = false;

    for (size_t a = 0; a < work->working; a++)
        for (size_t b = a + 1; b < work->working; b++) {
            size_t shared = 0;

            for (size_t i = 0; i < work->items.count; i++)
                shared += !work->standing[i].reserved &&
                          work->has[i * staff + a] && work->has[i * staff + b];
            if (!any || shared < report->shared_least)
                report->shared_least = shared;
            if (!any || shared > report->shared_most)
                report->shared_most = shared;
            any = true;
        }
}

static void count_items(const struct assigning *work,
                        struct queue_report *report)
{
    for (size_t i = 0; i < work->items.count; i++)
        report->items += memcmp(&work->has[i * work->staff.count],
                                &work->before[i * work->staff.count],
                                work->staff.count * sizeof(bool)) != 0;
}

static bool write_all(struct assigning *work, struct queue_report *report,
                      struct error *err)
{
    bool dry_run = work->settings->dry_run;
    bool good = dry_run || (project_begin(work->project, err) &&
                            queue_keep_pairs(work, err));

    if (work->pairs) {
        report->pairs = work->pairs->made;
        report->pairs_parts = work->pairs->parts;
    }
    for (size_t i = 0; good && i < work->working; i++)
        good = queue_bundle(work, i, report, err);
    if (dry_run)
        return good;
    good = good && queue_keep_truths(work, err) &&
           project_commit(work->project, err);
    if (!good) {
        project_rollback(work->project);
        return false;
    }
    return queue_name(work, report, err);
}

bool queue_assign(struct project *project,
                  const struct queue_settings *settings,
                  struct queue_report *report, struct error *err)
{
    struct assigning work = { .project = project, .settings = settings };
    bool good = load(&work, err);

    if (good) {
        close_reserved(&work);
        good = share_out(&work, err);
    }
    if (good) {
        count_items(&work, report);
        count_shared(&work, report);
        copy_panel(&work, report);
        good = write_all(&work, report, err);
    }
    assigning_release(&work);
    return good;
}

bool queue_send(struct project *project, const struct queue_task *task,
                size_t count, const struct queue_settings *settings,
                struct queue_report *report, struct error *err)
{
    struct assigning work = { .project = project,
                              .settings = settings,
                              .sending = true };
    bool good = load(&work, err) && take_tasks(&work, task, count, err);

    if (good) {
        count_items(&work, report);
        good = write_all(&work, report, err);
    }
    assigning_release(&work);
    return good;
}

void queue_report_release(struct queue_report *report)
{
    for (size_t i = 0; i < report->count; i++)
        free(report->item[i].alias);
    free(report->item);
    free(report->panel);
    memset(report, 0, sizeof(*report));
}
