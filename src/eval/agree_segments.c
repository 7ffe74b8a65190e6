/*
 * agree_segments - see agree_segments.h.
 */
#include <config.h>

#include "eval/agree_segments.h"

#include "common/cli/output.h"

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

int agree_segments(const struct agree_segments *settings, int argc, char **argv,
                   struct error *err)
{
    struct segments_report report = { .settings = &settings->report,
                                      .name = argv[0] };
    const struct stretch_table_options options = {
        .item = settings->ratings->item,
        .rater = settings->ratings->rater,
        .tier = settings->tier,
        .label = settings->ratings->value,
        .only = &settings->ratings->only,
    };
    int status = 0;

    if (argc != 1) {
        error_set(err, ERROR_USAGE,
                  argc < 1 ? "which table of segments?"
                           : "one table of segments at a time");
        return 0;
    }
    if (stretch_table_read(argv[0], &options, &report.table, err) &&
        segments_measure(&report, err) && print(&report, settings->format, err))
        status = segments_fails(&report);
    segments_release(&report);
    return status;
}
