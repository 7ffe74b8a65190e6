/* export_rows - gathering what everyone answered. */
#include <config.h>

#include "annotate/export_rows.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/vec.h"

static size_t question_order(const struct protocol *protocol, const char *id)
{
    size_t at = 0;

    while (at < protocol->question_count &&
           strcmp(protocol->question[at].id, id) != 0)
        at++;
    return at;
}

/* A skipped entry has the same reserved answer to every question. */
static const char *reserved_of(const struct fold_entry *entry)
{
    const char *reason = entry->skip_reason;

    if (reason && strcmp(reason, "technical") == 0)
        return answer_name(ANSWER_TECHNICAL_FAULT);
    if (reason && strcmp(reason, "cannot_tell") == 0)
        return answer_name(ANSWER_CANNOT_TELL);
    return answer_name(ANSWER_SKIPPED);
}

/* A grid is two scales to whoever computes with it: a row for each. */
static void add_row(struct export_rows *rows, struct export_row *row)
{
    bool grid = row->order < rows->protocol->question_count &&
                rows->protocol->question[row->order].type == QUESTION_GRID;

    row->compares =
        row->order < rows->protocol->question_count &&
        rows->protocol->question[row->order].type == QUESTION_COMPARE;
    row->unheard = !protocol_journals_hearing(rows->protocol);
    row->axis = grid ? 'x' : '\0';
    VEC_PUSH(rows, *row);
    if (!grid)
        return;
    row->axis = 'y';
    VEC_PUSH(rows, *row);
}

static void add_skipped(struct export_rows *rows, struct export_row row)
{
    row.reserved = reserved_of(row.entry);
    for (size_t q = 0; q < rows->protocol->question_count; q++) {
        row.order = q;
        row.question = rows->protocol->question[q].id;
        add_row(rows, &row);
    }
}

static void add_answers(struct export_rows *rows, struct export_row row)
{
    for (size_t a = 0; a < row.entry->answers.count; a++) {
        row.answer = &row.entry->answers.item[a];
        if (row.answer->kind == EVENT_VALUE_NONE)
            continue;
        row.question = row.answer->question;
        row.order = question_order(rows->protocol, row.question);
        add_row(rows, &row);
    }
}

static void add_entry(struct export_rows *rows, size_t bundle, size_t index)
{
    const struct export_source *source = &rows->source[bundle];
    const struct project_work *work = &source->works.item[index];
    struct export_row row = {
        .item = work->item_id,
        .speaker = work->speaker,
        .annotator = rows->bundles.item[bundle].alias,
        .bundle = rows->bundles.item[bundle].number,
        .position = (int64_t)index + 1,
        .role = work->role,
        .first = work->first,
        .second = work->second,
        .swapped = work->swapped,
        .entry = &source->fold.entry[index],
    };

    if (row.entry->withdrawn ||
        project_role_is_label(work->role) == rows->apart)
        return;
    if (row.entry->skipped)
        add_skipped(rows, row);
    else if (row.entry->submitted > 0)
        add_answers(rows, row);
}

static int compare(const void *a, const void *b)
{
    const struct export_row *one = a;
    const struct export_row *two = b;
    int by = strcmp(one->item, two->item);

    if (by == 0)
        by = strcmp(one->annotator, two->annotator);
    if (by == 0)
        by = (one->bundle > two->bundle) - (one->bundle < two->bundle);
    if (by == 0)
        by = (one->position > two->position) - (one->position < two->position);
    if (by == 0)
        by = (one->order > two->order) - (one->order < two->order);
    if (by == 0)
        by = one->axis - two->axis;
    return by ? by : strcmp(one->question, two->question);
}

static bool gather_bundle(struct project *project, struct export_rows *rows,
                          size_t bundle, struct error *err)
{
    struct export_source *source = &rows->source[bundle];
    const uint8_t *id = rows->bundles.item[bundle].id;

    if (!project_works(project, id, &source->works, err) ||
        !project_fold(project, id, &source->works, &source->fold, err))
        return false;
    rows->source_count = bundle + 1;
    for (size_t i = 0; i < source->works.count; i++)
        add_entry(rows, bundle, i);
    return true;
}

bool export_gather(struct project *project, bool apart,
                   struct export_rows *rows, struct error *err)
{
    int64_t number;
    char *text = project_protocol(project, &number, err);

    memset(rows, 0, sizeof(*rows));
    rows->apart = apart;
    if (!text)
        return false;
    rows->protocol = protocol_parse(text, strlen(text), "the protocol", err);
    free(text);
    if (!rows->protocol || !project_bundles(project, &rows->bundles, err))
        return false;
    rows->source = xcalloc(rows->bundles.count + 1, sizeof(*rows->source));
    for (size_t i = 0; i < rows->bundles.count; i++)
        if (!gather_bundle(project, rows, i, err))
            return false;
    if (rows->count > 0)
        qsort(rows->item, rows->count, sizeof(*rows->item), compare);
    return true;
}

void export_release(struct export_rows *rows)
{
    for (size_t i = 0; i < rows->bundles.count && rows->source; i++) {
        project_works_release(&rows->source[i].works);
        fold_release(&rows->source[i].fold);
    }
    free(rows->source);
    free(rows->item);
    project_bundles_release(&rows->bundles);
    protocol_free(rows->protocol);
    memset(rows, 0, sizeof(*rows));
}
