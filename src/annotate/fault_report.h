/*
 * fault_report - the faults of descriptions, printed as text, CSV or JSON.
 */
#ifndef MIEN_ANNOTATE_FAULT_REPORT_H
#define MIEN_ANNOTATE_FAULT_REPORT_H

#include "common/cli/output.h"
#include "common/study/fault.h"

struct fault_report {
    enum output_format format;
    struct table *table; /* owned; CSV and JSON */
    struct buf text;     /* owned */
    size_t faults;       /* that are no warnings */
};

void fault_report_begin(struct fault_report *report, enum output_format format);
/* `subject` is a file or a shipped name. */
void fault_report_add(struct fault_report *report, const char *subject,
                      const struct fault_list *faults);
/* Prints to stdout and releases the report. */
bool fault_report_end(struct fault_report *report, struct error *err);

#endif
