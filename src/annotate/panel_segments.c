/* panel_segments - the marks of a project, as a table of segments. */
#include <config.h>

#include "annotate/panel_segments.h"

#include <math.h>
#include <string.h>

#include "common/base/number.h"
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
        .unmatched = how->per == PER_ITEM,
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
                                &out->report.table, err) &&
               segments_measure(&out->report, err);
    columns_free(table);
    return good;
}

void panel_segments_release(struct panel_segments *of)
{
    segments_release(&of->report);
    memset(of, 0, sizeof(*of));
}

bool panel_segments_fail(const struct panel_segments *of)
{
    return of->empty ? of->settings.min >= -1 : segments_fails(&of->report);
}

void panel_segments_text(const struct panel_segments *of, bool first,
                         struct buf *out)
{
    if (!first)
        buf_add_text(out, "\n\n");
    if (of->empty)
        buf_addf(out, "%s: nobody has handed in marks\n", of->question->id);
    else
        segments_text(&of->report, out);
    if (of->left_out > 0)
        buf_addf(out,
                 "%zu marks of gold items, of hidden repeats or of items that "
                 "were sent back\nare not part of this\n",
                 of->left_out);
    if (of->settings.min >= -1)
        buf_addf(out, "alpha of time is %s %g, which is asked for\n",
                 panel_segments_fail(of) ? "not" : "at least",
                 of->settings.min);
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
    json_end_object(json);
}
