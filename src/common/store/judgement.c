/* judgement - gathering what was answered, without names. */
#include <config.h>

#include "common/store/judgement.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/store/project_internal.h"
#include "common/study/verdict.h"

static bool sources(struct project *project, struct judgements *list,
                    struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_BUNDLE_BLIND, err);
    int step;

    if (!stmt)
        return false;
    while ((step = stmt_step(db, stmt, err)) > 0) {
        struct judgement_source it = { .rater = stmt_int(stmt, 1),
                                       .number = stmt_int(stmt, 2),
                                       .erased = stmt_int(stmt, 3) != 0 };

        if (!stmt_blob(stmt, 0, it.id, sizeof(it.id)))
            memset(it.id, 0, sizeof(it.id));
        VEC_PUSH(&list->source, it);
    }
    return step == 0;
}

/* As project_works(), and reads nothing of the annotator. */
static bool works_of(struct project *project, struct judgement_source *source,
                     struct error *err)
{
    struct project_works *list = &source->works;
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_WORK_BLIND, err);
    int step;

    if (!stmt)
        return false;
    stmt_bind_blob(stmt, 1, source->id, sizeof(source->id));
    while ((step = stmt_step(db, stmt, err)) > 0) {
        struct project_work it = {
            .entry = arena_strdup(&list->texts, stmt_text(stmt, 0)),
            .item = stmt_int(stmt, 1),
            .role = arena_strdup(&list->texts, stmt_text(stmt, 2)),
            .item_id = arena_strdup(&list->texts, stmt_text(stmt, 3)),
            .speaker = arena_strdup(&list->texts, stmt_text(stmt, 4)),
            .erased = source->erased || stmt_int(stmt, 5) != 0,
            .begins_us = stmt_int(stmt, 6),
            .swapped = stmt_int(stmt, 7) != 0,
        };

        VEC_PUSH(list, it);
    }
    return step == 0;
}

/* A skipped entry has the same reserved answer to every question. */
static const char *reserved_of(const struct fold_entry *entry)
{
    const char *reason = entry->skip_reason;

    if (text_equal(reason, "technical"))
        return answer_name(ANSWER_TECHNICAL_FAULT);
    if (text_equal(reason, "cannot_tell"))
        return answer_name(ANSWER_CANNOT_TELL);
    return answer_name(ANSWER_SKIPPED);
}

static void add_skipped(struct judgements *list, struct judgement row,
                        const struct protocol *protocol)
{
    row.reserved = reserved_of(row.fold);
    for (size_t q = 0; q < protocol->question_count; q++) {
        row.order = q;
        row.question = protocol->question[q].id;
        VEC_PUSH(list, row);
    }
}

static void add_answers(struct judgements *list, struct judgement row,
                        const struct protocol *protocol)
{
    for (size_t a = 0; a < row.fold->answers.count; a++) {
        const struct question *asked;

        row.answer = &row.fold->answers.item[a];
        if (row.answer->kind == EVENT_VALUE_NONE)
            continue;
        asked = protocol_question(protocol, row.answer->question);
        row.question = row.answer->question;
        row.order = asked ? (size_t)(asked - protocol->question)
                          : protocol->question_count;
        VEC_PUSH(list, row);
    }
}

static bool is_answered(const struct fold_entry *entry, const char *question)
{
    for (size_t a = 0; a < entry->answers.count; a++)
        if (entry->answers.item[a].kind != EVENT_VALUE_NONE &&
            text_equal(entry->answers.item[a].question, question))
            return true;
    return false;
}

static const struct track *marks_of(const struct fold_entry *entry,
                                    const char *question)
{
    for (size_t t = 0; t < entry->tracks.count; t++)
        if (text_equal(entry->tracks.item[t].question, question))
            return &entry->tracks.item[t].track;
    return NULL;
}

static bool is_traced(const struct fold_entry *entry, const char *question)
{
    for (size_t p = 0; p < entry->passes.count; p++)
        if (fold_pass_counts(&entry->passes.item[p], question))
            return true;
    return false;
}

/* Marks, also none of them, and traces: what is no answer by itself. */
static void add_drawn(struct judgements *list, struct judgement row,
                      const struct protocol *protocol)
{
    for (size_t q = 0; q < protocol->question_count; q++) {
        const struct question *question = &protocol->question[q];
        bool marks = question->type == QUESTION_SEGMENTS;

        if ((!marks && !is_traced(row.fold, question->id)) ||
            is_answered(row.fold, question->id))
            continue;
        row.order = q;
        row.question = question->id;
        row.track = marks ? marks_of(row.fold, question->id) : NULL;
        VEC_PUSH(list, row);
    }
}

static void add_entry(struct judgements *list,
                      const struct judgement_source *source, size_t index,
                      const struct protocol *protocol)
{
    const struct project_work *work = &source->works.item[index];
    struct judgement row = {
        .item = work->item,
        .item_id = work->item_id,
        .speaker = work->speaker,
        .rater = source->rater,
        .bundle = source->number,
        .position = (int64_t)index + 1,
        .entry = work->entry,
        .role = work->role,
        .begins_us = work->begins_us,
        .swapped = work->swapped,
        .fold = &source->fold.entry[index],
    };

    if (row.fold->withdrawn || !*row.item_id)
        return;
    if (row.fold->skipped)
        add_skipped(list, row, protocol);
    else if (row.fold->submitted > 0) {
        add_answers(list, row, protocol);
        add_drawn(list, row, protocol);
    }
}

#define BY(field)                 \
    if (one->field != two->field) \
    return (one->field > two->field) - (one->field < two->field)

static int compare(const void *a, const void *b)
{
    const struct judgement *one = a;
    const struct judgement *two = b;
    int by = strcmp(one->item_id, two->item_id);

    if (by)
        return by;
    BY(rater);
    BY(bundle);
    BY(position);
    BY(order);
    return strcmp(one->question, two->question);
}

#undef BY

bool judgements_gather(struct project *project, const struct protocol *protocol,
                       struct judgements *list, struct error *err)
{
    memset(list, 0, sizeof(*list));
    if (!sources(project, list, err))
        goto failed;
    for (size_t s = 0; s < list->source.count; s++) {
        struct judgement_source *source = &list->source.item[s];

        if (!works_of(project, source, err) ||
            !project_fold(project, source->id, &source->works, &source->fold,
                          err))
            goto failed;
        for (size_t i = 0; i < source->works.count; i++)
            add_entry(list, source, i, protocol);
    }
    if (list->count > 0)
        qsort(list->item, list->count, sizeof(*list->item), compare);
    return true;

failed:
    judgements_release(list);
    return false;
}

void judgements_release(struct judgements *list)
{
    for (size_t s = 0; s < list->source.count; s++) {
        project_works_release(&list->source.item[s].works);
        fold_release(&list->source.item[s].fold);
    }
    free(list->source.item);
    free(list->item);
    memset(list, 0, sizeof(*list));
}

/* Several values stand in the order of the options, so that sets compare. */
static void put_list(const struct event_answer *answer,
                     const struct question *question, struct buf *out)
{
    const char *between = "";

    for (size_t o = 0; question && o < question->option_count; o++)
        if (text_list_has(&answer->values, question->option[o].value)) {
            buf_addf(out, "%s%s", between, question->option[o].value);
            between = "|";
        }
    for (size_t i = 0; i < answer->values.count; i++)
        if (!question || !question_option(question, answer->values.item[i])) {
            buf_addf(out, "%s%s", between, answer->values.item[i]);
            between = "|";
        }
}

/* Enough to see whether it is the same trace. */
static void put_passes(const struct judgement *judgement, struct buf *out)
{
    for (size_t p = 0; p < judgement->fold->passes.count; p++) {
        const struct fold_pass *pass = &judgement->fold->passes.item[p];
        char hex[EVENT_HASH_HEX_SIZE];

        if (!fold_pass_counts(pass, judgement->question))
            continue;
        event_hash_hex(pass->hash, hex);
        buf_addf(out, "%s %" PRId64 ";", hex, pass->count);
    }
}

const char *judgement_reserved(const struct judgement *judgement)
{
    if (judgement->reserved || !judgement->answer ||
        !event_answer_reserved(judgement->answer))
        return judgement->reserved;
    for (size_t i = 0; i < judgement->answer->values.count; i++)
        if (judgement->answer->values.item[i][0] == '@')
            return judgement->answer->values.item[i];
    return NULL;
}

void judgement_value(const struct judgement *judgement,
                     const struct question *question, struct buf *out)
{
    char text[NUMBER_TEXT_SIZE];

    if (judgement->reserved)
        buf_add_text(out, judgement->reserved);
    else if (!judgement->answer && question &&
             question->type == QUESTION_SEGMENTS)
        verdict_put_track(question, judgement->track, judgement->begins_us,
                          out);
    else if (!judgement->answer)
        put_passes(judgement, out);
    else if (question && question->type == QUESTION_TEXT &&
             judgement->answer->values.count > 0)
        verdict_put_words(judgement->answer->values.item[0], out);
    else if (judgement->answer->kind == EVENT_VALUE_NUMBER)
        buf_add_text(out, number_format(judgement->answer->number, text));
    else if (judgement->answer->kind == EVENT_VALUE_PAIR) {
        buf_add_text(out, number_format(judgement->answer->number, text));
        buf_addf(out, ",%s", number_format(judgement->answer->rise, text));
    } else if (question && judgement->swapped &&
               question->type == QUESTION_COMPARE &&
               judgement->answer->values.count == 1)
        buf_add_text(
            out, question_swap(question, judgement->answer->values.item[0]));
    else
        put_list(judgement->answer, question, out);
}

bool judgement_counts(const struct judgement *judgement, enum judgement_use use)
{
    const char *role = judgement->role;

    if (text_equal(role, "work") || text_equal(role, "repeat"))
        return true;
    return use == JUDGEMENT_TRUTH &&
           (text_equal(role, "gold") || text_equal(role, "again"));
}

/* Is there another of the same rater and item that stands in its place? */
static bool superseded(const struct judgements *list, size_t at)
{
    const struct judgement *it = &list->item[at];
    bool again = text_equal(it->role, "again");

    for (size_t k = at; k-- > 0;) {
        const struct judgement *other = &list->item[k];

        if (other->item != it->item || other->rater != it->rater)
            break;
        if (other->order == it->order && !again &&
            judgement_counts(other, JUDGEMENT_TRUTH))
            return true; /* the first counts */
    }
    for (size_t k = at + 1; k < list->count; k++) {
        const struct judgement *other = &list->item[k];

        if (other->item != it->item || other->rater != it->rater)
            break;
        if (other->order == it->order && text_equal(other->role, "again"))
            return true;
    }
    return false;
}

bool judgement_stands(const struct judgements *list, size_t at)
{
    return judgement_counts(&list->item[at], JUDGEMENT_TRUTH) &&
           !superseded(list, at);
}

/* The options; none where numbers, or sets of options, are what was said. */
static void declare(const struct question *question, struct text_list *declared)
{
    for (size_t o = 0; question_is_list(question) && !question->many &&
                       o < question->value_count;
         o++)
        text_list_add(declared, question->option[o].value);
}

struct ratings *judgements_ratings(const struct judgements *list,
                                   const struct question *question,
                                   enum judgement_use use, size_t *left_out,
                                   struct error *err)
{
    struct text_list declared = { 0 };
    struct ratings_builder *builder;
    struct ratings *ratings = NULL;
    struct buf value = { 0 };
    bool good = true;

    declare(question, &declared);
    builder = ratings_builder_new(declared.count > 0 ? &declared : NULL);
    if (left_out)
        *left_out = 0;
    for (size_t i = 0; good && i < list->count; i++) {
        const struct judgement *it = &list->item[i];
        char rater[32];

        if (!text_equal(it->question, question->id))
            continue;
        if (use == JUDGEMENT_TRUTH ? !judgement_stands(list, i)
                                   : !judgement_counts(it, use)) {
            if (left_out)
                ++*left_out;
            continue;
        }
        snprintf(rater, sizeof(rater), "%" PRId64, it->rater);
        buf_clear(&value);
        judgement_value(it, question, &value);
        good = ratings_builder_add(
                   builder, ratings_builder_item(builder, it->item_id),
                   ratings_builder_rater(builder, rater), buf_text(&value)) ||
               error_set(err, ERROR_INPUT,
                         "item %s: \"%s\" is no answer to \"%s\" in the "
                         "present protocol",
                         it->item_id, buf_text(&value), question->id);
    }
    buf_release(&value);
    if (good)
        ratings = ratings_builder_finish(builder);
    else
        ratings_builder_free(builder);
    text_list_release(&declared);
    return ratings;
}

int64_t project_rater(struct project *project, const char *alias,
                      struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_RATER_OF, err);
    int64_t rater = 0;
    int step;

    if (!stmt)
        return -1;
    stmt_bind_text(stmt, 1, alias);
    step = stmt_step(db, stmt, err);
    if (step > 0)
        rater = stmt_int(stmt, 0);
    stmt_reset(stmt);
    return step < 0 ? -1 : rater;
}

bool project_rater_names(struct project *project,
                         struct project_rater_names *names, struct error *err)
{
    struct db *db = project_db(project);
    struct stmt *stmt = db_stmt(db, STMT_RATER_LIST, err);
    int step;

    memset(names, 0, sizeof(*names));
    if (!stmt)
        return false;
    while ((step = stmt_step(db, stmt, err)) > 0) {
        struct project_rater_name it = {
            .rater = stmt_int(stmt, 0),
            .alias = arena_strdup(&names->texts, stmt_text(stmt, 1)),
        };

        VEC_PUSH(names, it);
    }
    if (step < 0)
        project_rater_names_release(names);
    return step == 0;
}

void project_rater_names_release(struct project_rater_names *names)
{
    free(names->item);
    arena_release(&names->texts);
    memset(names, 0, sizeof(*names));
}

const char *project_rater_alias(const struct project_rater_names *names,
                                int64_t rater)
{
    for (size_t i = 0; i < names->count; i++)
        if (names->item[i].rater == rater)
            return names->item[i].alias;
    return "";
}
