/* home - bring the work home before it is looked at. */
#include <config.h>

#include "annotate/home.h"

#include "common/base/log.h"

void home_tell(const struct collect_report *report)
{
    for (size_t i = 0; i < report->notes.count; i++)
        log_warning("%s", report->notes.item[i]);
}

bool home_collect(struct project *project, bool *damaged, struct error *err)
{
    struct collect_report report = { 0 };
    bool good = collect_work(project, &report, err);

    home_tell(&report);
    *damaged = report.damaged > 0;
    collect_report_release(&report);
    return good;
}
