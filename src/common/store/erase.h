/*
 * erase - taking a person out: what was said of a speaker, or by an
 * annotator.
 *
 * Payloads are deleted in mien.db and in the bundles under work/, people.db
 * forgets the person, no byte is left in databases, journals or free pages,
 * and a tombstone is appended to each journal, which still verifies.  Media
 * are not touched: the caller deletes the files in `media`.  A bundle that
 * comes back later restores nothing (see collect).  Done twice, it is done;
 * stopped half-way, it can be done again.
 */
#ifndef MIEN_STORE_ERASE_H
#define MIEN_STORE_ERASE_H

#include "common/base/text.h"
#include "common/store/people.h"
#include "common/store/project.h"

struct erase_report {
    size_t payloads;        /* deleted in mien.db */
    size_t items;           /* of a speaker */
    size_t bundles;         /* that were cleaned */
    struct text_list media; /* files of the items, absolute */
};

bool erase_person(struct project *project, enum people_kind kind,
                  const char *alias, struct erase_report *report,
                  struct error *err);
void erase_report_release(struct erase_report *report);

#endif
