/*
 * band - an Empatica E4's recording as a stream: columns eda, hr, temp, acc,
 * bvp, ibi, each at its own rate, in Unix time.
 */
#ifndef MIEN_ALIGN_BAND_H
#define MIEN_ALIGN_BAND_H

#include "common/base/error.h"
#include "common/base/text.h"
#include "eval/feat/series.h"

/* `columns`: those to take; empty: all that were recorded. */
bool band_read(const char *path, const struct text_list *columns,
               struct series *series, struct error *err);

#endif
