/*
 * fold_internal - the parts of the fold, for each other.
 */
#ifndef MIEN_STUDY_FOLD_INTERNAL_H
#define MIEN_STUDY_FOLD_INTERNAL_H

#include "common/study/fold.h"

/* Play, pause, seek, ended of the entry numbered `entry`. */
void fold_play_apply(struct fold *fold, size_t entry,
                     const struct event *event);

/* Answer-set, answer-cleared, note, flag, undo, redo. */
void fold_deed_apply(struct fold *fold, size_t entry,
                     const struct event *event);
void fold_deeds_release(struct fold_deeds *deeds);

#endif
