/*
 * import_table - rows of a corpus table become items of a project.
 */
#ifndef MIEN_ANNOTATE_IMPORT_TABLE_H
#define MIEN_ANNOTATE_IMPORT_TABLE_H

#include "common/file/columns.h"
#include "common/store/people.h"
#include "common/store/project.h"
#include "common/study/corpus.h"

struct import_report {
    size_t added;
    size_t known; /* imported before */
    size_t moved; /* imported before, from another place */
    size_t twins; /* left out: the same span of a medium as another item */
    size_t left;  /* out, with a warning: missing or unreadable media */
};

/*
 * `file` cells are seen from `folder`.  `corpus` says what is known of all
 * its speakers, or is NULL.  All rows that can be read are imported, or, on an
 * error, none.
 */
bool import_table(struct project *project, const struct columns *table,
                  const char *folder, const struct corpus *corpus,
                  struct import_report *report, struct error *err);

#endif
