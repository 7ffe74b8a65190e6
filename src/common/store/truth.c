/* truth - gathering the lines. */
#include <config.h>

#include "common/store/truth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/file/json.h"
#include "common/store/decision_store.h"
#include "common/store/judgement.h"
#include "common/store/project_internal.h"

const char *const truth_kind_names[] = { "protocol", "item",   "label",
                                         "mark",     "pass",   "truth",
                                         "person",   "erased", NULL };

void truth_add(struct truth_lines *lines, struct truth_line line)
{
    line.speaker = arena_strdup(&lines->texts, line.speaker);
    line.annotator = arena_strdup(&lines->texts, line.annotator);
    line.body = arena_strdup(&lines->texts, line.body);
    VEC_PUSH(lines, line);
}

void truth_release(struct truth_lines *lines)
{
    free(lines->item);
    arena_release(&lines->texts);
    memset(lines, 0, sizeof(*lines));
}

static void add(struct truth_lines *lines, enum truth_kind kind,
                const char *speaker, const char *annotator, struct buf *body)
{
    truth_add(lines,
              (struct truth_line){ kind, speaker, annotator, buf_text(body) });
    buf_release(body);
}

static struct protocol *load_protocol(struct project *project,
                                      struct error *err)
{
    int64_t number;
    char *text = project_protocol(project, &number, err);
    struct protocol *protocol;

    if (!text)
        return NULL;
    protocol = protocol_parse(text, strlen(text), "the protocol", err);
    free(text);
    return protocol;
}

static void add_protocol(const struct protocol *protocol,
                         struct truth_lines *lines)
{
    struct buf body = { 0 };
    struct json_writer json;

    json_writer_init(&json, &body, 0);
    json_begin_object(&json);
    json_pair_text(&json, "name", protocol->name);
    json_pair_text(&json, "sha256", protocol->hash_hex);
    json_pair_text(&json, "version", protocol->version);
    json_end_object(&json);
    add(lines, TRUTH_PROTOCOL, "", "", &body);
}

static bool put_attributes(struct project *project, int64_t item,
                           struct json_writer *json, struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_ITEM_ATTRIBUTES, err);
    int step;

    if (!stmt)
        return false;
    stmt_bind_int(stmt, 1, item);
    json_put_key(json, "attributes");
    json_begin_object(json);
    while ((step = stmt_step(db, stmt, err)) > 0)
        json_pair_text(json, stmt_text(stmt, 0), stmt_text(stmt, 1));
    json_end_object(json);
    return step == 0;
}

static bool add_item(struct project *project, const struct project_item *item,
                     struct truth_lines *lines, struct error *err)
{
    struct buf body = { 0 };
    struct json_writer json;
    char hex[HASH_HEX_SIZE];

    hash_to_hex(item->sha256, HASH_SIZE, hex);
    json_writer_init(&json, &body, 0);
    json_begin_object(&json);
    if (!put_attributes(project, item->number, &json, err)) {
        buf_release(&body);
        return false;
    }
    json_pair_int(&json, "end_us", item->end_us);
    json_pair_text(&json, "file", item->file);
    json_pair_text(&json, "id", item->id);
    json_pair_text(&json, "sha256", hex);
    json_pair_text(&json, "speaker", item->speaker);
    json_pair_int(&json, "start_us", item->start_us);
    json_end_object(&json);
    add(lines, TRUTH_ITEM, item->speaker, "", &body);
    return true;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct project_item *)a)->id,
                  ((const struct project_item *)b)->id);
}

bool truth_gather_items(struct project *project, struct truth_lines *lines,
                        struct error *err)
{
    struct protocol *protocol = load_protocol(project, err);
    struct project_items items = { 0 };
    bool good = protocol && project_items(project, &items, err);

    if (good)
        add_protocol(protocol, lines);
    if (good && items.count > 0)
        qsort(items.item, items.count, sizeof(*items.item), by_id);
    for (size_t i = 0; good && i < items.count; i++)
        good = add_item(project, &items.item[i], lines, err);
    project_items_release(&items);
    protocol_free(protocol);
    return good;
}

/* Where the cases of a question come from. */
struct cases {
    const struct judgements *judgements;
    const struct decisions *decisions;
    const struct question *question;
    const struct project_items *items; /* in the order of their numbers */
    struct ratings *ratings;           /* owned */
};

static void put_answers(const struct cases *cases, size_t item,
                        struct json_writer *json)
{
    const struct ratings *r = cases->ratings;
    size_t *count = xcalloc(r->categories.count + 1, sizeof(*count));
    size_t *aside = xcalloc(r->reserved_names.count + 1, sizeof(*aside));

    for (size_t k = r->start[item]; k < r->start[item + 1]; k++)
        count[r->rating[k].code]++;
    for (size_t k = r->reserved_start[item]; k < r->reserved_start[item + 1];
         k++)
        aside[r->reserved[k].code]++;
    json_put_key(json, "answers");
    json_begin_object(json);
    for (size_t c = 0; c < r->categories.count; c++)
        if (count[c] > 0)
            json_pair_int(json, r->categories.item[c], (int64_t)count[c]);
    for (size_t c = 0; c < r->reserved_names.count; c++)
        if (aside[c] > 0)
            json_pair_int(json, r->reserved_names.item[c], (int64_t)aside[c]);
    json_end_object(json);
    free(count);
    free(aside);
}

static void pair(struct json_writer *json, const char *key, const char *text)
{
    if (text && *text)
        json_pair_text(json, key, text);
}

static void put_distribution(const struct decision *decision,
                             struct json_writer *json)
{
    if (decision->distribution_count == 0)
        return;
    json_put_key(json, "distribution");
    json_begin_object(json);
    for (size_t i = 0; i < decision->distribution_count; i++)
        json_pair_number(json, decision->distribution[i].label,
                         decision->distribution[i].share);
    json_end_object(json);
}

static void put_dimensions(const struct question_trace *trace,
                           struct json_writer *json)
{
    json_put_key(json, "dimensions");
    json_begin_list(json);
    for (size_t d = 0; d < trace->count; d++)
        json_put_text(json, trace->dimension[d].id);
    json_end_list(json);
}

static const struct project_item *find_item(const struct project_items *items,
                                            int64_t number)
{
    size_t low = 0, high = items->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (items->item[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < items->count && items->item[low].number == number
               ? &items->item[low]
               : NULL;
}

/* Of a case: the ids of the two that were compared, and the chosen one's. */
struct pair_ids {
    const char *first, *second, *chosen; /* NULL: none */
};

static struct pair_ids ids_of(const struct cases *cases, int64_t item,
                              const struct decision *stands)
{
    const struct project_item *pair = find_item(cases->items, item);
    const struct project_item *first, *second;
    struct pair_ids ids = { NULL, NULL, NULL };

    if (!pair || pair->first <= 0)
        return ids;
    first = find_item(cases->items, pair->first);
    second = find_item(cases->items, pair->second);
    if (!first || !second)
        return ids;
    ids.first = first->id;
    ids.second = second->id;
    if (stands && stands->value && cases->question->type == QUESTION_COMPARE)
        ids.chosen = text_equal(stands->value, COMPARE_FIRST)    ? ids.first
                     : text_equal(stands->value, COMPARE_SECOND) ? ids.second
                                                                 : NULL;
    return ids;
}

/*
 * Of what `one` judged.  `item`: its place among the ratings, where there are
 * any.
 */
static void add_case(const struct cases *cases, const struct judgement *one,
                     size_t item, size_t judged, struct truth_lines *lines)
{
    const char *id = one->item_id;
    const struct decision *last =
        decisions_last(cases->decisions, id, cases->question->id);
    enum decision_state state = decision_state_of(last);
    const struct decision *stands = state == DECISION_SETTLED ? last : NULL;
    struct pair_ids ids = ids_of(cases, one->item, stands);
    struct buf body = { 0 };
    struct json_writer json;

    json_writer_init(&json, &body, 0);
    json_begin_object(&json);
    if (cases->ratings)
        put_answers(cases, item, &json);
    if (stands)
        pair(&json, "by", stands->by);
    pair(&json, "chosen", ids.chosen);
    if (cases->question->trace)
        put_dimensions(cases->question->trace, &json);
    if (stands)
        put_distribution(stands, &json);
    pair(&json, "first", ids.first);
    if (stands)
        pair(&json, "fit", stands->fit);
    json_pair_text(&json, "item", id);
    if (!cases->ratings)
        json_pair_int(&json, "judged", (int64_t)judged);
    json_pair_text(&json, "question", cases->question->id);
    if (stands)
        pair(&json, "rule", stands->rule);
    pair(&json, "second", ids.second);
    if (stands && !isnan(stands->share))
        json_pair_number(&json, "share", stands->share);
    json_pair_text(&json, "state", decision_state_names[state]);
    if (!cases->ratings)
        json_pair_text(&json, "type",
                       question_type_names[cases->question->type]);
    if (stands) {
        pair(&json, "value", stands->value);
        pair(&json, "why", stands->why);
    }
    json_end_object(&json);
    add(lines, TRUTH_CASE, one->speaker, stands && stands->by ? stands->by : "",
        &body);
}

static bool add_question(struct cases *cases, struct truth_lines *lines,
                         struct error *err)
{
    const struct judgements *all = cases->judgements;
    size_t at = 0;

    cases->ratings =
        judgements_ratings(all, cases->question, JUDGEMENT_TRUTH, NULL, err);
    if (!cases->ratings)
        return false;
    for (size_t i = 0; i < cases->ratings->items.count; i++) {
        /* Both are in the order of items. */
        while (
            !text_equal(all->item[at].item_id, cases->ratings->items.item[i]))
            at++;
        add_case(cases, &all->item[at], i, 0, lines);
    }
    ratings_free(cases->ratings);
    return true;
}

/* What is no label: points of a grid, marks, traces, texts. */
static void add_drawn(const struct cases *cases, struct truth_lines *lines)
{
    const struct judgements *all = cases->judgements;

    for (size_t from = 0, to; from < all->count; from = to) {
        size_t judged = 0;

        for (to = from;
             to < all->count && all->item[to].item == all->item[from].item;
             to++)
            judged += text_equal(all->item[to].question, cases->question->id) &&
                      judgement_stands(all, to);
        if (judged > 0)
            add_case(cases, &all->item[from], SIZE_MAX, judged, lines);
    }
}

bool truth_gather_cases(struct project *project, struct truth_lines *lines,
                        struct error *err)
{
    struct protocol *protocol = load_protocol(project, err);
    struct judgements judgements = { 0 };
    struct decisions decisions = { 0 };
    struct project_items items = { 0 };
    bool good = protocol && project_items(project, &items, err) &&
                judgements_gather(project, protocol, &judgements, err) &&
                decisions_load(project, &decisions, err);

    for (size_t q = 0; good && q < protocol->question_count; q++) {
        struct cases cases = { &judgements, &decisions, &protocol->question[q],
                               &items, NULL };

        if (question_is_list(cases.question) ||
            cases.question->type == QUESTION_SCALE)
            good = add_question(&cases, lines, err);
        else
            add_drawn(&cases, lines);
    }
    decisions_release(&decisions);
    judgements_release(&judgements);
    project_items_release(&items);
    protocol_free(protocol);
    return good;
}

bool truth_gather_people(struct project *project, struct truth_lines *lines,
                         struct error *err)
{
    struct people *people = people_open(project_folder(project), true, err);
    struct people_frozen_list list = { 0 };
    bool good = people && people_freeze(people, &list, err);

    for (size_t i = 0; good && i < list.count; i++) {
        const struct people_frozen *it = &list.item[i];
        bool speaker = it->kind == PEOPLE_SPEAKER;
        struct buf body = { 0 };
        struct json_writer json;

        json_writer_init(&json, &body, 0);
        json_begin_object(&json);
        json_pair_text(&json, "alias", it->alias);
        json_pair_text(&json, "digest", it->digest);
        json_pair_text(&json, "kind", people_kind_name(it->kind));
        json_end_object(&json);
        add(lines, TRUTH_PERSON, speaker ? it->alias : "",
            speaker ? "" : it->alias, &body);
    }
    people_frozen_release(&list);
    people_close(people);
    return good;
}
