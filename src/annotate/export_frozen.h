/*
 * export_frozen - marks and traces as a snapshot has them.
 */
#ifndef MIEN_ANNOTATE_EXPORT_FROZEN_H
#define MIEN_ANNOTATE_EXPORT_FROZEN_H

#include "annotate/export_segments.h"
#include "annotate/freeze.h"

/* The protocol that was in force; the caller frees. */
struct protocol *export_frozen_protocol(struct project *project,
                                        const struct frozen *frozen,
                                        struct error *err);
/*
 * Leaves the gathered rows with the passes of traces that the snapshot has, as
 * they were then.  Each one's samples are held against the hash that was
 * frozen; false when they are not what they were.
 */
bool export_frozen_passes(struct project *project, const struct frozen *frozen,
                          struct export_rows *rows, struct error *err);
/* The marks of a snapshot; release them also after false. */
bool export_frozen_segments(struct project *project,
                            const struct frozen *frozen,
                            struct export_segments *all, struct error *err);

/* The snapshot's name and hash, as notes before the header of a CSV ... */
void export_frozen_notes(const struct frozen *frozen, struct buf *out);
/* ... or as the first of lines of JSON. */
void export_frozen_line(const struct frozen *frozen, struct buf *out);

#endif
