/*
 * quality - how well each annotator works.
 */
#include <config.h>

#include "annotate/quality.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/quality_internal.h"
#include "common/base/vec.h"
#include "common/stat/describe.h"
#include "common/study/protocol.h"

/* One entry's time, on a scale of logarithms. */
struct pace {
    size_t who;
    double log_us;
};

struct gathering {
    struct project *project;
    struct qualities *list;
    struct protocol *protocol; /* owned; of the bundle at hand */
    int64_t protocol_number;
    struct project_references truths;
    struct project_items items;
    struct {
        struct pace *item; /* owned */
        size_t count, capacity;
    } paces;
    struct retest *retest;   /* owned; of each annotator */
    struct protocol *newest; /* owned */
};

static size_t find(const struct qualities *list, const char *alias)
{
    size_t at = 0;

    while (at < list->count && strcmp(list->item[at].alias, alias) != 0)
        at++;
    return at;
}

/* The protocol under which the bundle was handed out. */
static bool use_protocol(struct gathering *work, int64_t number,
                         struct error *err)
{
    char *text;

    if (work->protocol && work->protocol_number == number)
        return true;
    protocol_free(work->protocol);
    work->protocol = NULL;
    text = project_protocol_numbered(work->project, number, err);
    if (text)
        work->protocol =
            protocol_parse(text, strlen(text), "the protocol", err);
    free(text);
    work->protocol_number = number;
    return work->protocol != NULL;
}

/* Where the item begins in its medium. */
static int64_t begin_of(const struct project_items *items, int64_t number)
{
    for (size_t i = 0; i < items->count; i++)
        if (items->item[i].number == number)
            return items->item[i].start_us;
    return 0;
}

/* What is known about the entries; `truth` has questions places for each. */
static void describe(const struct gathering *work,
                     const struct project_works *works,
                     struct session_entry *entry, const char **truth)
{
    const struct conduct *conduct = &work->protocol->conduct;
    size_t questions = work->protocol->question_count;

    for (size_t i = 0; i < works->count; i++) {
        const struct project_work *it = &works->item[i];

        entry[i].practice = strcmp(it->role, "practice") == 0;
        entry[i].same = (size_t)it->item;
        entry[i].turned = it->swapped;
        entry[i].truth = &truth[i * questions];
        if (it->asks >= 0 && (size_t)it->asks < conduct->check_count)
            entry[i].check = &conduct->check[it->asks];
        for (size_t q = 0; q < questions; q++) {
            const struct question *question = &work->protocol->question[q];
            const char *right =
                project_reference(&work->truths, it->item, question->id);

            truth[i * questions + q] =
                right && it->swapped ? question_swap(question, right) : right;
        }
        if (strcmp(it->role, "gold") == 0)
            entry[i].begins_us = begin_of(&work->items, it->item);
    }
}

static void count_session(struct quality *it, const struct fold *fold,
                          size_t entry, bool right)
{
    const struct fold_session *session =
        &fold->sessions.item[fold->entry[entry].last_session];
    size_t at = 0;

    while (at < it->sessions.count &&
           it->sessions.item[at].first_wall_us != session->first_wall_us)
        at++;
    if (at == it->sessions.count)
        VEC_PUSH(&it->sessions,
                 ((struct quality_session){ session->first_wall_us, 0, 0 }));
    it->sessions.item[at].of++;
    it->sessions.item[at].right += right;
}

static void count_gold(const struct gathering *work, const struct fold *fold,
                       const struct session_entry *entry, size_t index,
                       struct quality *it)
{
    bool right;

    if (fold->entry[index].skipped)
        return;
    right = session_entry_right(work->protocol, fold, entry, index);
    it->gold.of++;
    it->gold.right += right;
    count_session(it, fold, index, right);
}

/* The answers to one item, the first and the second time. */
static void compare_times(const struct gathering *work,
                          const struct project_works *works,
                          const struct fold *fold, size_t first, size_t second,
                          struct quality *it, size_t who)
{
    bool turned = works->item[first].swapped != works->item[second].swapped;
    bool all = true, any = false;

    if (fold->entry[first].withdrawn || fold->entry[first].skipped ||
        fold->entry[second].skipped || !fold_done(fold, first) ||
        !fold_done(fold, second))
        return;
    for (size_t q = 0; q < work->protocol->question_count; q++) {
        const char *id = work->protocol->question[q].id;
        const struct event_answer *one = fold_answer(fold, first, id);
        const struct event_answer *two = fold_answer(fold, second, id);
        bool same;

        if (!one || !two || !reference_compares(&work->protocol->question[q]))
            continue;
        same =
            session_same_answer(&work->protocol->question[q], one, two, turned);
        it->repeats.of++;
        it->repeats.right += same;
        any = true;
        all = all && same;
    }
    if (any)
        count_session(it, fold, second, all);
    retest_add(&work->retest[who], fold, first, second, turned,
               works->item[second].item_id);
}

static void count_repeat(const struct gathering *work,
                         const struct project_works *works,
                         const struct fold *fold, size_t index,
                         struct quality *it, size_t who)
{
    for (size_t first = 0; first < index; first++)
        if (works->item[first].item == works->item[index].item)
            compare_times(work, works, fold, first, index, it, who);
}

/* What choices and scales do not show. */
static void count_marks(const struct protocol *protocol,
                        const struct fold *fold, size_t index,
                        struct quality *it)
{
    for (size_t q = 0; q < protocol->question_count; q++) {
        const struct question *question = &protocol->question[q];
        const struct track *track = fold_track(fold, index, question->id);

        it->marks += track ? track->count : 0;
        if (question->trace)
            it->traced_us += fold_traced_us(fold, index, question->id);
    }
}

static void count_entry(struct gathering *work,
                        const struct project_works *works,
                        const struct fold *fold,
                        const struct session_entry *entry, size_t i, size_t who)
{
    struct quality *it = &work->list->item[who];
    const struct fold_entry *state = &fold->entry[i];
    const char *role = works->item[i].role;
    bool done = fold_done(fold, i);

    if (state->withdrawn || !project_role_is_label(role))
        return;
    it->entries++;
    it->done += done;
    it->skipped += state->skipped;
    it->flagged += state->flagged;
    if (done && !state->skipped)
        count_marks(work->protocol, fold, i, it);
    if (done && !state->skipped && state->active_us > 0)
        VEC_PUSH(&work->paces,
                 ((struct pace){ who, log((double)state->active_us) }));
    if (done && strcmp(role, "gold") == 0)
        count_gold(work, fold, entry, i, it);
    if (strcmp(role, "repeat") == 0)
        count_repeat(work, works, fold, i, it, who);
}

static void count_bundle(struct gathering *work,
                         const struct project_works *works,
                         const struct fold *fold, size_t who)
{
    struct quality *it = &work->list->item[who];
    struct session_entry *entry = xcalloc(works->count + 1, sizeof(*entry));
    const char **truth = xcalloc(
        works->count * work->protocol->question_count + 1, sizeof(*truth));
    struct session_score score;

    describe(work, works, entry, truth);
    it->bundles++;
    it->active_us += fold_active_us(fold);
    it->pauses += fold->pauses;
    it->paused = it->paused || (fold->paused && fold->pause_refuses);
    for (size_t i = 0; i < works->count; i++)
        count_entry(work, works, fold, entry, i, who);
    score = session_attention(work->protocol, fold, entry, 0);
    it->attention.of += score.of;
    it->attention.right += score.right;
    it->practice.of += fold->practice.of;
    it->practice.right += fold->practice.right;
    it->attempts += fold->practice.attempts;
    free(truth);
    free(entry);
}

static bool add_bundle(struct gathering *work,
                       const struct project_bundle *bundle, struct error *err)
{
    struct project_works works;
    struct fold fold;
    size_t who = find(work->list, bundle->alias);

    if (who == work->list->count)
        return true;
    if (!use_protocol(work, bundle->protocol, err) ||
        !project_works(work->project, bundle->id, &works, err))
        return false;
    if (!project_fold(work->project, bundle->id, &works, &fold, err)) {
        project_works_release(&works);
        return false;
    }
    count_bundle(work, &works, &fold, who);
    fold_release(&fold);
    project_works_release(&works);
    return true;
}

static double median(double *value, size_t count)
{
    describe_sort(value, count);
    return describe_quantile(value, count, 0.5).value;
}

/*
 * Modified z-scores of the logarithms, 0.6745 (x - median) / MAD; below -3.5
 * is an outlier.  Iglewicz, B. & Hoaglin, D. C. (1993). How to detect and
 * handle outliers, equation for M_i.
 */
static void count_hasty(struct gathering *work)
{
    enum { LEAST = 10 }; /* fewer entries say nothing of what is usual */
    size_t count = work->paces.count;
    double *value = xcalloc(count + 1, sizeof(*value));
    double middle, spread;

    if (count >= LEAST) {
        for (size_t i = 0; i < count; i++)
            value[i] = work->paces.item[i].log_us;
        middle = median(value, count);
        for (size_t i = 0; i < count; i++)
            value[i] = fabs(work->paces.item[i].log_us - middle);
        spread = median(value, count);
        for (size_t i = 0; spread > 0 && i < count; i++)
            work->list->item[work->paces.item[i].who].hasty +=
                0.6745 * (work->paces.item[i].log_us - middle) / spread < -3.5;
    }
    free(value);
}

static bool open_all(struct gathering *work, struct error *err)
{
    struct qualities *list = work->list;
    int64_t number;
    char *text = project_protocol(work->project, &number, err);

    if (text)
        work->newest = protocol_parse(text, strlen(text), "the protocol", err);
    free(text);
    if (!work->newest || !project_annotators(work->project, &list->staff, err))
        return false;
    for (size_t i = 0; i < list->staff.count; i++)
        VEC_PUSH(list,
                 ((struct quality){ .alias = list->staff.item[i].alias }));
    work->retest = xcalloc(list->count + 1, sizeof(*work->retest));
    for (size_t i = 0; i < list->count; i++)
        work->retest[i].protocol = work->newest;
    return project_items(work->project, &work->items, err) &&
           project_references(work->project, &work->truths, err);
}

bool qualities_gather(struct project *project, struct qualities *list,
                      struct error *err)
{
    struct gathering work = { .project = project, .list = list };
    struct project_bundles bundles = { 0 };
    bool good;

    memset(list, 0, sizeof(*list));
    good = open_all(&work, err) && project_bundles(project, &bundles, err);
    for (size_t i = 0; good && i < bundles.count; i++)
        good = add_bundle(&work, &bundles.item[i], err);
    for (size_t i = 0; work.retest && i < list->count; i++) {
        retest_finish(&work.retest[i], &list->item[i]);
        quality_chart(&list->item[i]);
    }
    if (good)
        count_hasty(&work);
    project_bundles_release(&bundles);
    project_references_release(&work.truths);
    project_items_release(&work.items);
    protocol_free(work.protocol);
    protocol_free(work.newest);
    free(work.paces.item);
    free(work.retest);
    return good;
}

void qualities_release(struct qualities *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->item[i].sessions.item);
    free(list->item);
    project_annotators_release(&list->staff);
    memset(list, 0, sizeof(*list));
}
