/*
 * import_twin - the same span of the same medium under two ids, noticed.
 *
 * Judged twice without anybody knowing, it would count as two items.  Rows of
 * one table are no twins: it says itself that they are two.
 */
#ifndef MIEN_ANNOTATE_IMPORT_TWIN_H
#define MIEN_ANNOTATE_IMPORT_TWIN_H

#include "common/base/intern.h"
#include "common/store/project.h"

struct import_twins {
    struct intern ids;   /* of the items that the project has */
    struct intern spans; /* medium and span of them */
    struct text_list id; /* of each span: its first item */
};

/* Knows the items of the project; released by import_twins_release(). */
bool import_twins_init(struct import_twins *twins, struct project *project,
                       struct error *err);
/*
 * The id of an item of the project that has the same medium and span; NULL
 * when there is none, or `item` was imported before under its own id.
 */
const char *import_twins_find(const struct import_twins *twins,
                              const struct project_item *item);
void import_twins_release(struct import_twins *twins);

#endif
