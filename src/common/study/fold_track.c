/*
 * fold_track - the marks that a journal amounts to.
 *
 * A track stands on a pile of deeds: all that are done and not undone, in the
 * order of the journal.  Undo takes the uppermost off, redo puts it back; both
 * cost the same however many there are.  A journal whose file was copied and
 * continued twice may undo one from the middle: then the deeds above it are
 * taken off and done again, and what they named may be gone meanwhile.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/study/fold_internal.h"

void fold_tracks_release(struct fold_tracks *tracks)
{
    for (size_t i = 0; i < tracks->count; i++) {
        free(tracks->item[i].question);
        track_release(&tracks->item[i].track);
        free(tracks->item[i].item);
    }
    free(tracks->item);
    memset(tracks, 0, sizeof(*tracks));
}

static struct fold_track *place(struct fold_entry *it, const char *question)
{
    struct fold_track fresh = { 0 };

    for (size_t i = 0; i < it->tracks.count; i++)
        if (strcmp(it->tracks.item[i].question, question) == 0)
            return &it->tracks.item[i];
    fresh.question = xstrdup(question);
    VEC_PUSH(&it->tracks, fresh);
    return &it->tracks.item[it->tracks.count - 1];
}

/* A deed that names what is not there does nothing, and is counted. */
static void put_on(struct fold *fold, struct fold_track *track, size_t index)
{
    struct fold_deed *deed = &fold->deeds.item[index];
    struct error err;

    if (track_resolve(&track->track, deed->kind, &deed->segment, deed->hash,
                      &deed->change, &err))
        track_apply(&track->track, &deed->change);
    else
        fold->malformed++;
    VEC_PUSH(track, index);
}

static void take_off(struct fold *fold, struct fold_track *track)
{
    struct fold_deed *deed = &fold->deeds.item[track->item[--track->count]];

    track_revert(&track->track, &deed->change);
    track_deed_release(&deed->change);
}

void fold_track_show(struct fold *fold, size_t index)
{
    const struct fold_deed *deed = &fold->deeds.item[index];
    struct fold_track *track =
        place(&fold->entry[deed->entry], deed->segment.question);
    struct fold_track above = { 0 };

    while (track->count > 0 && track->item[track->count - 1] > index) {
        size_t top = track->item[track->count - 1];

        take_off(fold, track);
        VEC_PUSH(&above, top);
    }
    if (track->count > 0 && track->item[track->count - 1] == index)
        take_off(fold, track);
    if (!deed->undone)
        put_on(fold, track, index);
    while (above.count > 0)
        put_on(fold, track, above.item[--above.count]);
    free(above.item);
}

const struct track *fold_track(const struct fold *fold, size_t entry,
                               const char *question)
{
    const struct fold_tracks *tracks = &fold->entry[entry].tracks;

    for (size_t i = 0; i < tracks->count; i++)
        if (strcmp(tracks->item[i].question, question) == 0)
            return &tracks->item[i].track;
    return NULL;
}
