/*
 * export_drawn - decided marks and traces as tables of their own.
 */
#ifndef MIEN_ANNOTATE_EXPORT_DRAWN_H
#define MIEN_ANNOTATE_EXPORT_DRAWN_H

#include "annotate/export_truth.h"
#include "common/file/columns.h"
#include "common/file/json.h"

/* Of EXPORT_MARKS and EXPORT_CURVES; ends with NULL. */
const char *const *export_drawn_columns(enum export_what what);
/* Is the truth line of such a question? */
bool export_drawn_is(enum export_what what, const struct json *root);
/* One row a mark, or a sample; columns of attributes are added. */
bool export_drawn_rows(enum export_what what, const struct json *root,
                       struct columns *table, struct error *err);

#endif
