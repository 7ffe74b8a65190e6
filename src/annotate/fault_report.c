/* fault_report - the faults of descriptions, printed as text, CSV or JSON. */
#include <config.h>

#include "annotate/fault_report.h"

void fault_report_begin(struct fault_report *report, enum output_format format)
{
    *report = (struct fault_report){ .format = format, .table = table_new() };
    table_column(report->table, "subject", "subject", TABLE_TEXT, 0);
    table_column(report->table, "severity", "severity", TABLE_TEXT, 0);
    table_column(report->table, "path", "path", TABLE_TEXT, 0);
    table_column(report->table, "fault", "fault", TABLE_TEXT, 0);
}

static void add_row(struct fault_report *report, const char *subject,
                    const struct fault *fault)
{
    table_begin_row(report->table);
    table_put_text(report->table, subject);
    table_put_text(report->table, fault->warning ? "warning" : "fault");
    table_put_text(report->table, fault->path);
    table_put_text(report->table, fault->text);
    buf_addf(&report->text, "%s: %s%s%s%s\n", subject,
             fault->warning ? "warning: " : "", fault->path,
             fault->path[0] ? ": " : "", fault->text);
}

void fault_report_add(struct fault_report *report, const char *subject,
                      const struct fault_list *faults)
{
    size_t errors = fault_errors(faults);
    size_t warnings = faults->count - errors;

    for (size_t i = 0; i < faults->count; i++)
        add_row(report, subject, &faults->item[i]);
    if (faults->count == 0)
        buf_addf(&report->text, "%s: no faults\n", subject);
    else
        buf_addf(&report->text, "%s: %zu fault%s, %zu warning%s\n", subject,
                 errors, errors == 1 ? "" : "s", warnings,
                 warnings == 1 ? "" : "s");
    report->faults += errors;
}

bool fault_report_end(struct fault_report *report, struct error *err)
{
    bool good;

    if (report->format != OUTPUT_TEXT) {
        buf_clear(&report->text);
        table_print(report->table, report->format, &report->text);
    }
    good = output_write(&report->text, err);
    table_free(report->table);
    buf_release(&report->text);
    return good;
}
