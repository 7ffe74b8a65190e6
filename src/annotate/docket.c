/* docket - gathering the cases. */
#include <config.h>

#include "annotate/docket.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/vec.h"

enum { KINDS = RULE_UNRESOLVED + 1 };

bool docket_settles(const struct question *question)
{
    return question->rule_count > 0;
}

const struct question *docket_question(const struct docket *docket,
                                       const struct docket_case *it)
{
    return &docket->protocol->question[it->question];
}

/* An item that was handed out, and what is still to come home of it. */
struct handed {
    int64_t item;
    const char *id, *speaker;
    size_t pending;
    int64_t begins_us;
};

struct handed_list {
    struct handed *item; /* owned */
    size_t count, capacity;
};

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct handed *)a)->id,
                  ((const struct handed *)b)->id);
}

/* Every entry, then those of one item added up. */
static void gather_handed(const struct docket *docket, struct handed_list *list)
{
    size_t to = 0;

    for (size_t s = 0; s < docket->judgements.source.count; s++) {
        const struct judgement_source *source =
            &docket->judgements.source.item[s];

        for (size_t i = 0; i < source->works.count; i++) {
            const struct project_work *work = &source->works.item[i];
            struct handed one = { .item = work->item,
                                  .id = work->item_id,
                                  .speaker = work->speaker,
                                  .begins_us = work->begins_us,
                                  .pending = !fold_done(&source->fold, i) };

            if (!work->erased && *work->item_id &&
                project_role_counts(work->role))
                VEC_PUSH(list, one);
        }
    }
    if (list->count > 0)
        qsort(list->item, list->count, sizeof(*list->item), by_id);
    for (size_t i = 0; i < list->count; i++) {
        if (to > 0 && list->item[to - 1].item == list->item[i].item)
            list->item[to - 1].pending += list->item[i].pending;
        else
            list->item[to++] = list->item[i];
    }
    list->count = to;
}

/* A hash of what counts for each case: entry and value of each judgement. */
static void basis(const struct docket *docket, size_t from, size_t to,
                  struct docket_case *it)
{
    const struct question *question = docket_question(docket, it);
    struct buf text = { 0 };
    struct hash_part part;
    uint8_t hash[HASH_SIZE];

    for (size_t k = from; k < to; k++) {
        const struct judgement *one = &docket->judgements.item[k];

        if (!text_equal(one->question, question->id) ||
            !judgement_stands(&docket->judgements, k))
            continue;
        buf_addf(&text, "%s ", one->entry);
        judgement_value(one, question, &text);
        buf_add_char(&text, '\n');
    }
    part = (struct hash_part){ buf_text(&text), text.length };
    hash_blake2b(&part, 1, NULL, 0, hash);
    hash_to_hex(hash, (DECISION_BASIS_SIZE - 1) / 2, it->basis);
    buf_release(&text);
}

/* How near two numbers lie, by the length of the scale or what occurs. */
static double range_of(const struct question *question, const struct ratings *r)
{
    if (question->type == QUESTION_SCALE &&
        question->scale.max > question->scale.min)
        return question->scale.max - question->scale.min;
    return r->value[r->categories.count - 1] - r->value[0];
}

static struct estimate agreement(const struct question *question,
                                 const struct ratings *r, size_t item)
{
    bool numbers = r->value && question->measure != MEASURE_NOMINAL;
    double range = numbers ? range_of(question, r) : 0, sum = 0;
    size_t from = r->start[item], to = r->start[item + 1], pairs = 0;

    for (size_t a = from; a < to; a++)
        for (size_t b = a + 1; b < to; b++) {
            uint32_t one = r->rating[a].code, two = r->rating[b].code;

            pairs++;
            if (numbers && range > 0)
                sum += 1 - fabs(r->value[one] - r->value[two]) / range;
            else
                sum += one == two;
        }
    return estimate_ratio(sum, (double)pairs, "fewer than two answers");
}

static bool add_case(struct docket *docket, const struct handed *handed,
                     size_t question, size_t from, size_t to, size_t *rated,
                     struct error *err)
{
    const struct ratings *r = docket->ratings[question];
    struct docket_case it = {
        .question = question,
        .item = handed->item,
        .item_id = handed->id,
        .speaker = handed->speaker,
        .pending = handed->pending,
        .begins_us = handed->begins_us,
        .rated = SIZE_MAX,
        .agreement = estimate_undefined("nobody judged it"),
    };

    basis(docket, from, to, &it);
    VEC_PUSH(docket, it);
    if (!r)
        return docket_hear(docket, &docket->item[docket->count - 1], err);
    /* The ratings are in the order of items, too. */
    while (*rated < r->items.count &&
           strcmp(r->items.item[*rated], it.item_id) < 0)
        ++*rated;
    if (*rated < r->items.count &&
        strcmp(r->items.item[*rated], it.item_id) == 0) {
        struct docket_case *last = &docket->item[docket->count - 1];

        last->rated = *rated;
        last->answers = ratings_of(r, *rated);
        last->agreement =
            agreement(&docket->protocol->question[question], r, *rated);
    }
    return true;
}

static bool add_cases(struct docket *docket, struct error *err)
{
    const struct judgements *all = &docket->judgements;
    struct handed_list list = { 0 };
    size_t questions = docket->protocol->question_count;
    size_t *rated = xcalloc(questions + 1, sizeof(*rated));
    size_t from = 0, to;
    bool good = true;

    gather_handed(docket, &list);
    for (size_t i = 0; good && i < list.count; i++) {
        while (from < all->count &&
               strcmp(all->item[from].item_id, list.item[i].id) < 0)
            from++;
        to = from;
        while (to < all->count && all->item[to].item == list.item[i].item)
            to++;
        for (size_t q = 0; good && q < questions; q++)
            if (docket_settles(&docket->protocol->question[q]))
                good = add_case(docket, &list.item[i], q, from, to, &rated[q],
                                err);
    }
    free(rated);
    free(list.item);
    return good;
}

bool docket_open(struct docket *docket, struct project *project,
                 const struct docket_experts *experts, struct error *err)
{
    const struct protocol *protocol;
    int64_t number;
    char *text;

    memset(docket, 0, sizeof(*docket));
    docket->project = project;
    docket->experts = experts;
    text = project_protocol(project, &number, err);
    if (!text)
        return false;
    docket->protocol = protocol_parse(text, strlen(text), "the protocol", err);
    free(text);
    protocol = docket->protocol;
    if (!protocol ||
        !judgements_gather(project, protocol, &docket->judgements, err) ||
        !decisions_load(project, &docket->decisions, err))
        return false;
    docket->ratings =
        xcalloc(protocol->question_count + 1, sizeof(struct ratings *));
    docket->fit =
        xcalloc(protocol->question_count * KINDS + 1, sizeof(struct fit *));
    for (size_t q = 0; q < protocol->question_count; q++) {
        if (!docket_settles(&protocol->question[q]) ||
            settle_by_voice(&protocol->question[q]))
            continue;
        docket->ratings[q] =
            judgements_ratings(&docket->judgements, &protocol->question[q],
                               JUDGEMENT_TRUTH, NULL, err);
        if (!docket->ratings[q])
            return false;
    }
    return add_cases(docket, err);
}

void docket_release(struct docket *docket)
{
    for (size_t q = 0; docket->ratings && q < docket->protocol->question_count;
         q++)
        ratings_free(docket->ratings[q]);
    for (size_t i = 0; i < docket->count; i++)
        free(docket->item[i].voice);
    for (size_t i = 0; i < docket->memory.count; i++)
        free(docket->memory.item[i]);
    free(docket->memory.item);
    free(docket->ratings);
    free(docket->fit);
    free(docket->item);
    decisions_release(&docket->decisions);
    judgements_release(&docket->judgements);
    arena_release(&docket->texts);
    protocol_free(docket->protocol);
    project_close(docket->project);
    free(docket->folder);
    memset(docket, 0, sizeof(*docket));
}

bool docket_can_settle(const struct docket *docket, const char *question,
                       struct error *err)
{
    const struct protocol *protocol = docket->protocol;
    bool known = false, any = false;

    for (size_t q = 0; q < protocol->question_count; q++) {
        if (question && !text_equal(protocol->question[q].id, question))
            continue;
        known = true;
        any = any || docket_settles(&protocol->question[q]);
    }
    if (any)
        return true;
    if (!known)
        return error_set(err, ERROR_USAGE,
                         "no question \"%s\" in the protocol %s %s", question,
                         protocol->name, protocol->version);
    if (question)
        return error_set(err, ERROR_INPUT,
                         "the question \"%s\" has no chain of rules "
                         "(\"adjudication\" in mien-protocol(5)), so nothing "
                         "of it is settled; `mien-annotate protocol adopt' "
                         "takes a version that has one",
                         question);
    return error_set(err, ERROR_INPUT,
                     "no question of the protocol %s %s has a chain of rules "
                     "(\"adjudication\" in mien-protocol(5)), so there is "
                     "nothing to settle; `mien-annotate protocol adopt' takes "
                     "a version that has one",
                     protocol->name, protocol->version);
}

bool docket_knows(const struct docket *docket, const char *item,
                  struct error *err)
{
    for (size_t i = 0; i < docket->count; i++)
        if (text_equal(docket->item[i].item_id, item))
            return true;
    return error_set(err, ERROR_INPUT,
                     "no item \"%s\" that was handed out; `mien-annotate "
                     "adjudicate --list --state all' names them",
                     item);
}

const struct docket_case *docket_find(const struct docket *docket,
                                      const char *item, const char *question,
                                      struct error *err)
{
    if (!docket_can_settle(docket, question, err) ||
        !docket_knows(docket, item, err))
        return NULL;
    for (size_t i = 0; i < docket->count; i++) {
        const struct docket_case *it = &docket->item[i];

        if (text_equal(it->item_id, item) &&
            text_equal(docket_question(docket, it)->id, question))
            return it;
    }
    error_set(err, ERROR_INPUT, "%s was not asked of \"%s\"", question, item);
    return NULL;
}

enum decision_state docket_state(const struct docket *docket,
                                 const struct docket_case *it)
{
    return decision_state_of(decisions_last(&docket->decisions, it->item_id,
                                            docket_question(docket, it)->id));
}

bool docket_fit(struct docket *docket, size_t question, enum rule_kind kind,
                struct fit **fit, struct error *err)
{
    struct fit **at = &docket->fit[question * KINDS + (size_t)kind];

    if (!*at && docket->project && settle_needs_fit(kind) &&
        !fit_frozen(docket->project, docket->protocol->question[question].id,
                    kind, &docket->texts, at, err))
        return false;
    *fit = *at;
    return true;
}

struct settlement *docket_opinions(struct docket *docket,
                                   const struct docket_case *it,
                                   struct error *err)
{
    const struct question *question = docket_question(docket, it);
    struct settlement *opinion =
        xcalloc(question->rule_count + 1, sizeof(*opinion));

    for (size_t r = 0; r < question->rule_count; r++) {
        const struct question_rule *rule = &question->rule[r];
        struct fit *fit;

        if (!docket_fit(docket, it->question, rule->kind, &fit, err)) {
            while (r-- > 0)
                settlement_release(&opinion[r]);
            free(opinion);
            return NULL;
        }
        if (rule->kind == RULE_EXPERT && rule->experts > 0)
            docket_ask_expert(docket, it, rule, &opinion[r]);
        else if (settle_by_voice(question))
            settle_voices(question, rule,
                          &(struct settle_case){ it->voice, it->voices }, fit,
                          &opinion[r]);
        else
            settle_rule(question, rule, docket->ratings[it->question],
                        it->rated, fit, &opinion[r]);
    }
    return opinion;
}

size_t docket_first(const struct question *question,
                    const struct settlement *opinion)
{
    size_t r = 0;

    while (r < question->rule_count && !opinion[r].settled)
        r++;
    return r;
}

struct decision docket_decision(const struct docket *docket,
                                const struct docket_case *it,
                                enum event_kind kind)
{
    return (struct decision){
        .kind = kind,
        .item = it->item_id,
        .question = docket_question(docket, it)->id,
        .basis = it->basis,
        .share = (double)NAN,
    };
}

static int by_entry(const void *a, const void *b)
{
    const struct judgement *one = *(const struct judgement *const *)a;
    const struct judgement *two = *(const struct judgement *const *)b;

    return strcmp(one->entry, two->entry);
}

const struct judgement **docket_answers(const struct docket *docket,
                                        const struct docket_case *it,
                                        size_t *count)
{
    const struct judgements *all = &docket->judgements;
    const char *question = docket_question(docket, it)->id;
    const struct judgement **list;
    size_t low = 0, high = all->count;

    while (low < high) { /* they are in the order of items */
        size_t middle = low + (high - low) / 2;

        if (strcmp(all->item[middle].item_id, it->item_id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (high = low; high < all->count && all->item[high].item == it->item;)
        high++;
    list = xcalloc(high - low + 1, sizeof(const struct judgement *));
    *count = 0;
    for (size_t k = low; k < high; k++)
        if (text_equal(all->item[k].question, question) &&
            judgement_stands(all, k))
            list[(*count)++] = &all->item[k];
    if (*count > 0)
        qsort(list, *count, sizeof(*list), by_entry);
    return list;
}
