/*
 * agree_traces - see agree_traces.h.
 */
#include <config.h>

#include "eval/agree_traces.h"

static bool print(const struct traces_report *report, int format,
                  struct error *err)
{
    struct buf out = { 0 };
    struct json_writer writer;
    bool good;

    if (format == OUTPUT_JSON) {
        json_writer_init(&writer, &out, 2);
        traces_json_object(report, &writer);
        buf_add_char(&out, '\n');
    } else if (format == OUTPUT_CSV) {
        traces_csv(report, &out);
    } else {
        traces_text(report, &out);
    }
    good = output_write(&out, err);
    buf_release(&out);
    return good;
}

int agree_traces(const struct agree_traces *settings, int argc, char **argv,
                 struct error *err)
{
    struct traces_settings how = settings->report;
    struct traces_report report = { .settings = &how,
                                    .name = argc > 1 ? "traces" : argv[0] };
    int status = 0;

    how.look = settings->source->look;
    if (curve_source_read(settings->source, settings->ratings, argv,
                          argc > 0 ? (size_t)argc : 0, &report.view, err) &&
        traces_measure(&report, err) && print(&report, settings->format, err))
        status = traces_fails(&report);
    traces_release(&report);
    return status;
}
