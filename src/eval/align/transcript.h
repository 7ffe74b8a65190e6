/*
 * transcript - SubRip, CTM and HTK label files as tables: columns start, end
 * (s), text, and for CTM item.
 */
#ifndef MIEN_ALIGN_TRANSCRIPT_H
#define MIEN_ALIGN_TRANSCRIPT_H

#include "common/base/error.h"
#include "common/file/columns.h"

/* By its extension; *known says whether it is one of these. */
struct columns *transcript_read(const char *path, bool *known,
                                struct error *err);

#endif
