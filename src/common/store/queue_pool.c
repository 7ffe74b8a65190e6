/*
 * queue_pool - which items are practice and which are gold.
 *
 * Both are drawn so that each answer to the first question is met about
 * equally often.  What was drawn is no ordinary work any more, for anybody:
 * gold because all annotators are measured on the same items, practice
 * because its answer was shown.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/intern.h"
#include "common/base/vec.h"
#include "common/store/queue_internal.h"

static const char **truth_of(const struct assigning *work, size_t item)
{
    return &work->truth[item * work->protocol->question_count];
}

static bool has_truth(const struct assigning *work, size_t item)
{
    for (size_t q = 0; q < work->protocol->question_count; q++)
        if (truth_of(work, item)[q])
            return true;
    return false;
}

/*
 * The attribute of every item, behind what stands in `text` of it already and
 * `between`; items that had nothing there get nothing when `between` is not
 * "".
 */
static bool read_attribute(struct assigning *work, const char *name,
                           const char *between, char **text, struct error *err)
{
    struct db *db = project_db(work->project);
    struct stmt *stmt = db_stmt(db, STMT_ATTRIBUTE_LIST, err);
    int step;

    if (!stmt)
        return false;
    stmt_bind_text(stmt, 1, name);
    while ((step = stmt_step(db, stmt, err)) > 0) {
        size_t item = queue_find_item(work, stmt_int(stmt, 0));
        char *before;

        if (item == work->items.count || (between[0] && !text[item]))
            continue;
        before = text[item];
        text[item] = xasprintf("%s%s%s", before ? before : "", between,
                               stmt_text(stmt, 1));
        free(before);
    }
    return step == 0;
}

/* What the corpus says, as an answer to the question. */
static bool read_reference(struct assigning *work, size_t q, struct error *err)
{
    const struct question *question = &work->protocol->question[q];
    const struct conduct *conduct = &work->protocol->conduct;
    const struct conduct_reference *reference =
        conduct_reference(conduct, question->id);
    char **text = xcalloc(work->items.count + 1, sizeof(*text));
    bool good = read_attribute(work, conduct_attribute(conduct, question->id),
                               "", text, err);

    if (good && reference && reference->rise[0])
        good = read_attribute(work, reference->rise, ",", text, err);
    for (size_t i = 0; i < work->items.count; i++) {
        const char *value =
            text[i] ? conduct_translate(conduct, question, text[i]) : NULL;

        if (value)
            truth_of(work, i)[q] = arena_strdup(&work->texts, value);
        free(text[i]);
    }
    free(text);
    return good;
}

/* A truth that was written down: it wins over the corpus. */
static bool put_truth(struct assigning *work, const struct queue_truth *truth,
                      size_t *item, struct error *err)
{
    const struct question *question =
        protocol_question(work->protocol, truth->question);
    const char *value;

    *item = queue_find_id(work, truth->item);
    if (*item == work->items.count)
        return error_set(err, ERROR_INPUT,
                         "no item of this project is called \"%s\"",
                         truth->item);
    if (!question)
        return error_set(err, ERROR_INPUT,
                         "the protocol asks no question \"%s\"",
                         truth->question);
    value = conduct_translate(&work->protocol->conduct, question, truth->value);
    if (!value)
        return error_set(err, ERROR_INPUT,
                         "item \"%s\": \"%s\" is no answer to the question "
                         "\"%s\"",
                         truth->item, truth->value, truth->question);
    truth_of(work, *item)[question - work->protocol->question] =
        arena_strdup(&work->texts, value);
    return true;
}

/* The item's value of a column that a filter may name; the caller's. */
static bool column_of(struct assigning *work, const struct project_item *item,
                      const char *column, char **value, struct error *err)
{
    struct db *db = project_db(work->project);
    struct stmt *stmt;
    int step;

    *value = NULL;
    if (strcmp(column, "speaker") == 0)
        *value = xstrdup(item->speaker);
    else if (strcmp(column, "id") == 0)
        *value = xstrdup(item->id);
    if (*value)
        return true;
    stmt = db_stmt(db, STMT_ATTRIBUTE_GET, err);
    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, item->number);
    stmt_bind_text(stmt, 2, column);
    step = stmt_step(db, stmt, err);
    *value = xstrdup(step > 0 ? stmt_text(stmt, 0) : "");
    stmt_reset(stmt);
    return step >= 0;
}

/* "COL=V,..." */
static bool passes(struct assigning *work, const struct project_item *item,
                   const char *filter, bool *keeps, struct error *err)
{
    const char *equals = strchr(filter, '=');
    struct text_list values = { 0 };
    char *column, *value;
    bool good;

    if (!equals || equals == filter)
        return error_set(err, ERROR_USAGE,
                         "\"%s\" is neither a filter, such as "
                         "emotion=anger,sadness, nor a .csv file",
                         filter);
    column = xstrndup(filter, (size_t)(equals - filter));
    text_list_split(&values, equals + 1, ',');
    good = column_of(work, item, column, &value, err);
    if (good)
        *keeps = *keeps && text_list_has(&values, value);
    free(value);
    free(column);
    text_list_release(&values);
    return good;
}

static bool mark_pool(struct assigning *work, const struct queue_pool *pool,
                      bool gold, struct error *err)
{
    bool *listed = xcalloc(work->items.count + 1, sizeof(*listed));
    bool good = true;

    for (size_t i = 0; good && i < pool->truth_count; i++) {
        size_t item = 0;

        good = put_truth(work, &pool->truth[i], &item, err);
        if (good)
            listed[item] = true;
    }
    for (size_t i = 0; good && i < work->items.count; i++) {
        bool keeps = pool->truth_count > 0 ? listed[i] : has_truth(work, i);

        for (size_t f = 0; good && pool->filter && f < pool->filter->count; f++)
            good = passes(work, &work->items.item[i], pool->filter->item[f],
                          &keeps, err);
        if (gold)
            work->standing[i].may_gold = keeps;
        else
            work->standing[i].may_practise = keeps;
    }
    free(listed);
    return good;
}

/* Spoken attention checks are asked of everybody and are no work. */
static bool reserve_checks(struct assigning *work, struct error *err)
{
    const struct conduct *conduct = &work->protocol->conduct;

    for (size_t i = 0; i < conduct->check_count; i++) {
        size_t item;

        if (!conduct->check[i].item[0])
            continue;
        item = queue_find_id(work, conduct->check[i].item);
        if (item == work->items.count)
            return error_set(err, ERROR_INPUT,
                             "attention check %zu of the protocol is item "
                             "\"%s\", which was not imported",
                             i + 1, conduct->check[i].item);
        work->standing[item].reserved = true;
        work->standing[item].may_gold = false;
        work->standing[item].may_practise = false;
    }
    return true;
}

bool queue_read_truths(struct assigning *work, struct error *err)
{
    size_t questions = work->protocol->question_count;

    work->truth =
        xcalloc(work->items.count * questions + 1, sizeof(*work->truth));
    for (size_t q = 0; q < questions; q++)
        if (!read_reference(work, q, err))
            return false;
    return mark_pool(work, &work->settings->practice_from, false, err) &&
           mark_pool(work, &work->settings->gold_from, true, err) &&
           reserve_checks(work, err);
}

size_t queue_practice_of(const struct assigning *work, size_t who)
{
    if (work->sending)
        return 0;
    if (work->settings->practice_given)
        return work->settings->practice;
    return work->staff.item[who].practice > 0
               ? 0
               : (size_t)work->protocol->practice;
}

/* The first answer of which the truth is known: items of one are alike. */
static size_t group_of(const struct assigning *work, size_t item,
                       struct intern *names)
{
    for (size_t q = 0; q < work->protocol->question_count; q++) {
        const char *truth = truth_of(work, item)[q];
        char *name;
        size_t number;

        if (!truth)
            continue;
        name = xasprintf("%zu %s", q, truth);
        number = intern_add(names, name);
        free(name);
        return number;
    }
    return intern_add(names, "");
}

/* The next candidate of a group, in the order of the candidates. */
static size_t next_of(const size_t *group, size_t count, size_t from,
                      size_t which)
{
    while (from < count && group[from] != which)
        from++;
    return from;
}

/*
 * Draws `wanted` of the candidates (which are in random order), those first
 * whose answer was drawn least often; returns how many there were.
 */
static size_t draw(const struct assigning *work, const size_t *candidate,
                   size_t count, size_t wanted, size_t *drawn)
{
    struct intern names = { 0 };
    size_t *group = xcalloc(count + 1, sizeof(*group));
    size_t *head, *times;
    size_t groups, got = 0;

    for (size_t i = 0; i < count; i++)
        group[i] = group_of(work, candidate[i], &names);
    groups = names.names.count;
    head = xcalloc(groups + 1, sizeof(*head));
    times = xcalloc(groups + 1, sizeof(*times));
    for (size_t g = 0; g < groups; g++)
        head[g] = next_of(group, count, 0, g);
    while (got < wanted && got < count) {
        size_t best = groups;

        for (size_t g = 0; g < groups; g++)
            if (head[g] < count &&
                (best == groups || times[g] < times[best] ||
                 (times[g] == times[best] && head[g] < head[best])))
                best = g;
        drawn[got++] = candidate[head[best]];
        times[best]++;
        head[best] = next_of(group, count, head[best] + 1, best);
    }
    free(head);
    free(times);
    free(group);
    intern_release(&names);
    return got;
}

/* Items of the pool that nobody had in any other role, in random order. */
static size_t list_fresh(const struct assigning *work, bool gold,
                         const char *stream, size_t *candidate)
{
    struct rng *rng = rng_new(work->settings->seed, stream);
    size_t count = 0;

    for (size_t i = 0; i < work->items.count; i++) {
        const struct queue_standing *it = &work->standing[i];

        if ((gold ? it->may_gold : it->may_practise) && !it->reserved &&
            !it->handed_out)
            candidate[count++] = i;
    }
    rng_shuffle(rng, candidate, count);
    rng_free(rng);
    return count;
}

/* Of the items that served before, how many can serve for `who`. */
static size_t left_over(const struct assigning *work, size_t who, bool gold)
{
    size_t count = 0;

    for (size_t i = 0; i < work->items.count; i++) {
        const struct queue_standing *it = &work->standing[i];

        count += (gold ? it->was_gold && it->may_gold
                       : it->was_practice && it->may_practise) &&
                 !work->met[i * work->staff.count + who];
    }
    return count;
}

/* Draws so many that everybody who works here can have `wanted`. */
static size_t draw_new(struct assigning *work, bool gold, size_t wanted)
{
    size_t *candidate = xcalloc(work->items.count + 1, sizeof(*candidate));
    size_t *drawn = xcalloc(wanted + 1, sizeof(*drawn));
    size_t count =
        list_fresh(work, gold, gold ? "gold" : "practice", candidate);
    size_t got = draw(work, candidate, count, wanted, drawn);

    for (size_t i = 0; i < got; i++) {
        struct queue_standing *it = &work->standing[drawn[i]];

        it->reserved = true;
        if (gold)
            it->gold_now = true;
        else
            it->practice_now = true;
    }
    free(candidate);
    free(drawn);
    return got;
}

static bool draw_practice(struct assigning *work, struct error *err)
{
    size_t need = 0;
    size_t wanted = 0;
    size_t got;

    for (size_t who = 0; who < work->working; who++) {
        size_t wants = queue_practice_of(work, who);
        size_t left = wants > 0 ? left_over(work, who, false) : 0;

        if (wants > wanted)
            wanted = wants;
        if (wants > left && wants - left > need)
            need = wants - left;
    }
    if (need == 0)
        return true;
    got = draw_new(work, false, need);
    if (got == need)
        return true;
    return error_set(
        err, ERROR_INPUT,
        "%zu practice items are wanted, but only %zu have a reference "
        "for a question of this protocol and were not handed out as work; see "
        "--practice-from, or hand out "
        "without by --practice 0",
        wanted, wanted - need + got);
}

/* How many gold items a queue of average length wants; see queue.h. */
static size_t gold_need(const struct assigning *work)
{
    double slots = 0;
    double k = (double)work->settings->per_item;
    double people = (double)work->working;

    for (size_t i = 0; i < work->items.count; i++) {
        size_t have = 0;

        for (size_t who = 0; who < work->staff.count; who++)
            have += work->has[i * work->staff.count + who];
        if (!work->standing[i].reserved && have < work->settings->per_item)
            slots += (double)(work->settings->per_item - have);
    }
    /* g = share * load, and g items less are ordinary work. */
    return (size_t)ceil(work->settings->gold * slots /
                            (people + work->settings->gold * k) -
                        1e-9);
}

static bool draw_gold(struct assigning *work, struct error *err)
{
    size_t wanted = gold_need(work);
    size_t need = 0;
    size_t got;

    for (size_t who = 0; who < work->working; who++) {
        size_t left = left_over(work, who, true);

        if (wanted > left && wanted - left > need)
            need = wanted - left;
    }
    got = draw_new(work, true, need);
    if (got > 0 || need < wanted || wanted == 0)
        return true;
    return error_set(err, ERROR_INPUT,
                     "no item can be gold: none has a reference and was not "
                     "handed out as work; see --gold-from");
}

bool queue_draw(struct assigning *work, struct error *err)
{
    if (work->sending)
        return true;
    return draw_practice(work, err) &&
           (work->settings->gold == 0 || draw_gold(work, err));
}

static bool keep_truth(struct assigning *work, size_t item, size_t q,
                       struct error *err)
{
    struct stmt *stmt =
        db_stmt(project_db(work->project), STMT_REFERENCE_SET, err);

    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, work->items.item[item].number);
    stmt_bind_text(stmt, 2, work->protocol->question[q].id);
    stmt_bind_text(stmt, 3, truth_of(work, item)[q]);
    return stmt_run(project_db(work->project), stmt, err);
}

bool queue_keep_truths(struct assigning *work, struct error *err)
{
    for (size_t i = 0; i < work->items.count; i++)
        for (size_t q = 0; q < work->protocol->question_count; q++)
            if ((work->standing[i].gold_now ||
                 work->standing[i].practice_now) &&
                truth_of(work, i)[q] && !keep_truth(work, i, q, err))
                return false;
    return true;
}
