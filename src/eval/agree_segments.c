/*
 * agree_segments - see agree_segments.h.
 */
#include <config.h>

#include "eval/agree_segments.h"

#include <stdlib.h>

#include "common/base/intern.h"
#include "common/base/mem.h"
#include "common/cli/output.h"
#include "eval/fair/group.h"

static bool print(const struct segments_report *report, int format,
                  struct error *err)
{
    struct buf out = { 0 };
    bool good;

    if (format == OUTPUT_JSON) {
        struct json_writer writer;

        json_writer_init(&writer, &out, 2);
        segments_json_object(report, &writer);
        buf_add_char(&out, '\n');
    } else if (format == OUTPUT_CSV) {
        segments_csv(report, &out);
    } else {
        segments_text(report, &out);
    }
    good = output_write(&out, err);
    buf_release(&out);
    return good;
}

/* Where a column's attribute is; all that are asked for are kept. */
static const struct stretch_attribute *attribute_of(
    const struct stretch_table *table, const struct text_list *keep,
    const char *column)
{
    for (size_t k = 0; k < keep->count; k++)
        if (text_equal(keep->item[k], column))
            return &table->attribute[k];
    return NULL;
}

/* The groups of one --by: a column, or several with "*" between. */
static void add_groups(struct segments_report *report,
                       const struct text_list *keep, const char *by)
{
    const struct stretch_table *table = &report->table;
    uint32_t *code = xcalloc(table->items.count + 1, sizeof(*code));
    struct text_list columns = { 0 };
    struct intern names = { 0 };

    text_list_split(&columns, by, '*');
    for (size_t i = 0; i < table->items.count; i++) {
        struct buf name = { 0 };

        for (size_t c = 0; c < columns.count; c++) {
            const struct stretch_attribute *of =
                attribute_of(table, keep, columns.item[c]);

            buf_addf(&name, "%s%s", c > 0 ? "*" : "",
                     of->values.item[of->code[i]]);
        }
        code[i] = (uint32_t)intern_add(&names, buf_text(&name));
        buf_release(&name);
    }
    segments_add_groups(report, by, &names.names, code);
    intern_release(&names);
    text_list_release(&columns);
    free(code);
}

/* Columns of --by, each once, and that of --cluster. */
static void list_columns(const struct agree_segments *settings,
                         struct text_list *keep)
{
    for (size_t b = 0; b < settings->by->count; b++) {
        struct text_list columns = { 0 };

        text_list_split(&columns, settings->by->item[b], '*');
        for (size_t c = 0; c < columns.count; c++)
            if (!text_list_has(keep, columns.item[c]))
                text_list_add(keep, columns.item[c]);
        text_list_release(&columns);
    }
    if (settings->cluster && !text_list_has(keep, settings->cluster))
        text_list_add(keep, settings->cluster);
}

/* The groups and the clusters that are asked for. */
static void take_parts(const struct agree_segments *settings,
                       const struct text_list *expanded,
                       const struct text_list *keep,
                       struct segments_report *report)
{
    const struct stretch_attribute *of;

    for (size_t b = 0; b < expanded->count; b++)
        add_groups(report, keep, expanded->item[b]);
    if (!settings->cluster)
        return;
    of = attribute_of(&report->table, keep, settings->cluster);
    report->cluster = of->code;
    report->cluster_values = of->values.count;
    report->cluster_name = settings->cluster;
}

int agree_segments(const struct agree_segments *settings, int argc, char **argv,
                   struct error *err)
{
    struct segments_report report = { .settings = &settings->report,
                                      .name = argv[0] };
    struct text_list keep = { 0 }, expanded = { 0 };
    const struct stretch_table_options options = {
        .item = settings->ratings->item,
        .rater = settings->ratings->rater,
        .tier = settings->tier,
        .label = settings->ratings->value,
        .only = &settings->ratings->only,
        .keep = &keep,
    };
    int status = 0;

    if (argc != 1) {
        error_set(err, ERROR_USAGE,
                  argc < 1 ? "which table of segments?"
                           : "one table of segments at a time");
        return 0;
    }
    list_columns(settings, &keep);
    if (group_expand(settings->by, &expanded, err) &&
        stretch_table_read(argv[0], &options, &report.table, err)) {
        take_parts(settings, &expanded, &keep, &report);
        if (segments_measure(&report, err) &&
            print(&report, settings->format, err))
            status = segments_fails(&report);
    }
    segments_release(&report);
    text_list_release(&keep);
    text_list_release(&expanded);
    return status;
}
