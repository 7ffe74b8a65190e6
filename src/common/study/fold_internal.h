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

/* The marks of the question of the deed numbered `deed`, after it was done,
 * undone or redone. */
void fold_track_show(struct fold *fold, size_t deed);
void fold_tracks_release(struct fold_tracks *tracks);
/* Adds [from, to) and joins what touches. */
void fold_spans_add(struct fold_spans *spans, int64_t from_us, int64_t to_us);

/* Trace-started, -sealed, -idle, -ended. */
void fold_trace_apply(struct fold *fold, size_t entry,
                      const struct event *event);
/* All passes of that version. */
void fold_trace_discard(struct fold_entry *it, const char *question,
                        int version, bool discarded);
void fold_trace_dump(const struct fold_entry *it, struct buf *out);
void fold_passes_release(struct fold_passes *passes);

/* fold_study: practice, pauses, the questionnaire. */
void fold_study_apply(struct fold *fold, const struct event *event);
void fold_study_release(struct fold *fold);
void fold_study_dump(const struct fold *fold, struct buf *out);

#endif
