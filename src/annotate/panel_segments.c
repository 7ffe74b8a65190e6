/* panel_segments - the marks of a project, as a table of segments. */
#include <config.h>

#include "annotate/panel_segments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/intern.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/file/columns.h"

enum { ITEM, ANNOTATOR, TIER, START, END, LABEL, DURATION, COLUMNS };

static const char *const names[COLUMNS] = { "item",    "annotator", "tier",
                                            "start",   "end",       "label",
                                            "duration" };

static void put_seconds(struct columns *table, size_t row, size_t column,
                        int64_t us)
{
    char text[NUMBER_TEXT_SIZE];

    columns_set(table, row, column, number_format_seconds(us, text));
}

/* What the cells of such a row are in `export --what segments'. */
static void add_row(struct columns *table, const struct export_mark *mark)
{
    const struct segment *segment = mark->segment;
    size_t row = columns_add_row(table);

    columns_set(table, row, ITEM, mark->item);
    columns_set(table, row, ANNOTATOR, mark->annotator);
    columns_set(table, row, TIER, mark->tier);
    if (segment) {
        put_seconds(table, row, START, segment->from_us - mark->begins_us);
        if (segment->to_us > segment->from_us)
            put_seconds(table, row, END, segment->to_us - mark->begins_us);
        columns_set(table, row, LABEL, segment->label);
    }
    if (mark->lasts_us >= 0)
        put_seconds(table, row, DURATION, mark->lasts_us);
}

static struct columns *rows_of(const struct export_segments *all,
                               const struct question *question,
                               size_t *left_out)
{
    struct columns *table = columns_new();

    for (size_t c = 0; c < COLUMNS; c++)
        columns_add(table, names[c]);
    for (size_t m = 0; m < all->count; m++) {
        const struct export_mark *mark = &all->item[m];

        if (strcmp(mark->question->id, question->id) != 0)
            continue;
        if (strcmp(mark->role, "work") == 0)
            add_row(table, mark);
        else
            *left_out += mark->segment != NULL;
    }
    return table;
}

static void add_speakers(const struct export_segments *all,
                         struct segments_report *report)
{
    const struct text_list *items = &report->table.items;
    const char **speaker = panel_speakers(&all->items, items);
    uint32_t *code = xcalloc(items->count + 1, sizeof(*code));
    struct intern known = { 0 };

    for (size_t i = 0; i < items->count; i++)
        code[i] = (uint32_t)intern_add(&known, speaker[i]);
    segments_add_groups(report, "speaker", &known.names, code);
    intern_release(&known);
    free(code);
    free(speaker);
}

/* The work of one annotator, each item once. */
static void gather_times(const struct export_segments *all,
                         const struct question *question,
                         const struct stretch_table *table,
                         struct panel_timed_list *list)
{
    const struct fold_entry *last = NULL;

    for (size_t m = 0; m < all->count; m++) {
        const struct export_mark *mark = &all->item[m];
        struct panel_timed one = { .wall_us = mark->entry->last_wall_us };

        if (mark->entry == last ||
            strcmp(mark->question->id, question->id) != 0 ||
            strcmp(mark->role, "work") != 0)
            continue;
        last = mark->entry;
        one.item = panel_place(&table->items, mark->item);
        one.rater = panel_place(&table->raters, mark->annotator);
        VEC_PUSH(list, one);
    }
}

static void put_quarter(void *context, const struct panel_quarter *quarter)
{
    struct panel_segments *of = context;
    const struct stretch_table *table = &of->report.table;

    for (size_t t = 0; t < table->tiers.count; t++) {
        struct segments_filter filter = { quarter->keep, quarter->rater,
                                          UINT32_MAX };
        struct segments_part part = segments_part_of(&of->report, t, &filter);

        table_begin_row(of->by_time);
        table_put_text(of->by_time, table->tiers.item[t]);
        table_put_text(of->by_time, table->raters.item[quarter->rater]);
        table_put_int(of->by_time, quarter->quarter + 1);
        table_put_int(of->by_time, (int64_t)part.items);
        table_put_int(of->by_time, (int64_t)part.segments);
        if (part.percent.defined)
            table_put_number(of->by_time, part.percent.value);
        else
            table_put_missing(of->by_time, NULL);
        if (part.f1.defined)
            table_put_number(of->by_time, part.f1.value);
        else
            table_put_missing(of->by_time, NULL);
    }
}

static void tell_time(const struct export_segments *all,
                      struct panel_segments *of)
{
    struct panel_timed_list list = { 0 };
    struct table *table = table_new();

    of->by_time = table;
    table_column(table, "tier", "tier", TABLE_TEXT, 0);
    table_column(table, "annotator", "annotator", TABLE_TEXT, 0);
    table_column(table, "quarter", "quarter", TABLE_INT, 0);
    table_column(table, "items", "items", TABLE_INT, 0);
    table_column(table, "segments", "segments", TABLE_INT, 0);
    table_column(table, "percent_time", "agree", TABLE_NUMBER, 3);
    table_column(table, "f1", "F1", TABLE_NUMBER, 3);
    gather_times(all, of->question, &of->report.table, &list);
    panel_quarters(&list, of->report.table.items.count, put_quarter, of);
    free(list.item);
}

bool panel_segments(const struct export_segments *all,
                    const struct question *question,
                    const struct panel_settings *how,
                    struct panel_segments *out, struct error *err)
{
    static const struct stretch_table_options options = { 0 };
    struct columns *table;
    bool good = true;

    memset(out, 0, sizeof(*out));
    out->question = question;
    out->settings = (struct segments_settings){
        .unit = how->unit,
        .per = how->per == PER_ITEM        ? SEGMENTS_PER_UNMATCHED
               : how->per == PER_ANNOTATOR ? SEGMENTS_PER_ANNOTATOR
               : how->per == PER_LABEL     ? SEGMENTS_PER_LABEL
                                           : SEGMENTS_PER_NONE,
        .overlap = how->overlap,
        .top = how->top,
        .level = how->level,
        .min = how->min >= -1                   ? how->min
               : isnan(question->agreement_min) ? -2
                                                : question->agreement_min,
    };
    out->report.settings = &out->settings;
    out->report.name = question->id;
    table = rows_of(all, question, &out->left_out);
    out->empty = columns_rows(table) == 0;
    if (!out->empty)
        good = stretch_table_of(table, question->id, &options,
                                &out->report.table, err);
    if (good && !out->empty && how->by_speaker)
        add_speakers(all, &out->report);
    good = good && (out->empty || segments_measure(&out->report, err));
    if (good && !out->empty && how->by_time)
        tell_time(all, out);
    columns_free(table);
    return good;
}

void panel_segments_release(struct panel_segments *of)
{
    segments_release(&of->report);
    table_free(of->by_time);
    memset(of, 0, sizeof(*of));
}

bool panel_segments_fail(const struct panel_segments *of)
{
    return of->empty ? of->settings.min >= -1 : segments_fails(&of->report);
}

void panel_segments_text(const struct panel_segments *of, bool first,
                         struct buf *out)
{
    const struct panel_end end = { .further = of->by_time,
                                   .what = "marks",
                                   .left_out = of->left_out,
                                   .measure = "alpha of time",
                                   .min = of->settings.min,
                                   .fails = panel_segments_fail(of) };

    if (!first)
        buf_add_text(out, "\n\n");
    if (of->empty)
        buf_addf(out, "%s: nobody has handed in marks\n", of->question->id);
    else
        segments_text(&of->report, out);
    panel_put_end(&end, out);
}

void panel_segments_csv(const struct panel_segments *of, struct buf *out)
{
    if (of->by_time)
        table_print(of->by_time, OUTPUT_CSV, out);
    else if (!of->empty)
        segments_csv(&of->report, out);
}

void panel_segments_json(const struct panel_segments *of,
                         struct json_writer *json)
{
    json_begin_object(json);
    json_pair_text(json, "question", of->question->id);
    json_pair_text(json, "primary", "alpha_time");
    json_pair_number(json, "min",
                     of->settings.min >= -1 ? of->settings.min : NAN);
    json_pair_bool(json, "passes", !panel_segments_fail(of));
    json_pair_int(json, "marks_left_out", (int64_t)of->left_out);
    json_put_key(json, "segments");
    if (of->empty)
        json_put_null(json);
    else
        segments_json_object(&of->report, json);
    if (of->by_time) {
        json_put_key(json, "time");
        table_put_json(of->by_time, json);
    }
    json_end_object(json);
}
