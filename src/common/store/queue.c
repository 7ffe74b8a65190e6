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

#include "common/base/vec.h"
#include "common/store/queue_internal.h"

static void assigning_release(struct assigning *work)
{
    protocol_free(work->protocol);
    project_items_release(&work->items);
    project_annotators_release(&work->staff);
    free(work->trait);
    free(work->has);
    free(work->before);
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

static int compare_media(const void *a, const void *b, void *context)
{
    const struct project_item *item = context;

    return memcmp(item[*(const size_t *)a].sha256,
                  item[*(const size_t *)b].sha256, HASH_SIZE);
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
    }
    free(order);
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

static size_t find_staff(const struct assigning *work, const char *alias)
{
    size_t at = 0;

    while (at < work->staff.count &&
           strcmp(work->staff.item[at].alias, alias) != 0)
        at++;
    return at;
}

/*
 * What was handed out before to those who work here; items come in the order of
 * their numbers.
 */
static bool read_before(struct assigning *work, struct error *err)
{
    struct db *db = project_db(work->project);
    struct stmt *stmt = db_stmt(db, STMT_WORK_BY_ALIAS, err);
    size_t item = 0;
    int step;

    if (!stmt)
        return false;
    while ((step = stmt_step(db, stmt, err)) > 0) {
        size_t who = find_staff(work, stmt_text(stmt, 1));

        while (item < work->items.count &&
               work->items.item[item].number < stmt_int(stmt, 0))
            item++;
        if (item < work->items.count && who < work->working &&
            work->items.item[item].number == stmt_int(stmt, 0))
            work->has[item * work->staff.count + who] = true;
    }
    return step == 0;
}

static size_t find_item(const struct assigning *work, int64_t number)
{
    size_t at = 0;

    while (at < work->items.count && work->items.item[at].number != number)
        at++;
    return at;
}

/* What one who retired did counts; what was left undone does not. */
static bool read_done(struct assigning *work, size_t who,
                      const struct project_bundle *bundle, struct error *err)
{
    struct project_works works;
    struct fold fold;

    if (!project_works(work->project, bundle->id, &works, err))
        return false;
    if (!project_fold(work->project, bundle->id, &works, &fold, err)) {
        project_works_release(&works);
        return false;
    }
    for (size_t i = 0; i < works.count; i++) {
        size_t item = find_item(work, works.item[i].item);

        if (item < work->items.count && fold_done(&fold, i) &&
            !fold.entry[i].withdrawn && !fold.entry[i].skipped)
            work->has[item * work->staff.count + who] = true;
    }
    fold_release(&fold);
    project_works_release(&works);
    return true;
}

static bool read_retired(struct assigning *work, struct error *err)
{
    struct project_bundles list;
    bool good = true;

    if (!project_bundles(work->project, &list, err))
        return false;
    for (size_t i = 0; good && i < list.count; i++) {
        size_t who = find_staff(work, list.item[i].alias);

        if (who >= work->working && who < work->staff.count)
            good = read_done(work, who, &list.item[i], err);
    }
    project_bundles_release(&list);
    return good;
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
        !project_annotators(work->project, &work->staff, err))
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
    work->trait = xcalloc(work->items.count, sizeof(*work->trait));
    number_media(work);
    if ((work->settings->block && !number_blocks(work, err)) ||
        !read_before(work, err) || !read_retired(work, err))
        return false;
    memcpy(work->before, work->has, places * sizeof(*work->has));
    return true;
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
    bool good = dry_run || project_begin(work->project, err);

    for (size_t i = 0; good && i < work->working; i++)
        good = queue_bundle(work, i, report, err);
    if (dry_run)
        return good;
    good = good && project_commit(work->project, err);
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
    bool good = load(&work, err) && share_out(&work, err);

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
    memset(report, 0, sizeof(*report));
}
