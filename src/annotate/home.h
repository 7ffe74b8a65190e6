/*
 * home - bring the work home before it is looked at.
 */
#ifndef MIEN_ANNOTATE_HOME_H
#define MIEN_ANNOTATE_HOME_H

#include "common/store/collect.h"

/*
 * Collects work/ and tells its notes as warnings.  *damaged is set when a
 * bundle does not verify.
 */
bool home_collect(struct project *project, bool *damaged, struct error *err);
void home_tell(const struct collect_report *report);

#endif
