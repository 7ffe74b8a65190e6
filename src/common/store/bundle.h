/*
 * bundle - one annotator's file: the protocol, one queue, her journal.
 *
 * It is all that the annotator's process opens, besides the media.  It holds
 * only what she may see: no reference labels, no demographics, no mark that
 * an entry is a repeat or a gold item.  Paths of media are in it because they
 * must be opened; they never stand on a screen, and no error here names one.
 *
 * One writer: BUNDLE_WORK takes N.mien.lock and fails with ERROR_BUSY naming
 * who has it; a network file system is refused.  While open the file is in
 * WAL mode; closing brings it back into one file that can be copied.
 */
#ifndef MIEN_STORE_BUNDLE_H
#define MIEN_STORE_BUNDLE_H

#include "common/study/event.h"
#include "common/study/fold.h"

enum bundle_mode {
    BUNDLE_READ, /* beside a writer, too; nothing is changed */
    BUNDLE_WORK, /* the one writer */
};

struct bundle;

/* What the annotator may know of the second of a pair; borrowed, too. */
struct bundle_second {
    const char *text;
    const char *speaker;
    int64_t start_us;
    int64_t end_us;
    bool has_medium;
};

/* What the annotator may know of an entry; borrowed from the bundle. */
struct bundle_entry {
    const char *id;      /* random */
    const char *text;    /* what was said, or NULL when it is not shown */
    const char *speaker; /* a pseudonym, or NULL when it is not shown */
    const char *context; /* the turns before, a line each, or NULL */
    int64_t start_us;    /* the part of the medium; 0 and -1: all of it */
    int64_t end_us;
    bool has_medium; /* false: text only */
    bool erased;     /* its person withdrew: not to be asked any more */
    bool practice;   /* before the work; see bundle_truth() */
    int asks;        /* the protocol's attention check, or -1 */
    /*
     * Entries with the same number ask for the same: repeats, which nothing
     * in the file marks, are known by what is heard and read.
     */
    size_t same;
    bool turned; /* of a pair: the other way round than `same` ones not so */
    bool pair;   /* `second` is what it is compared with */
    struct bundle_second second;
};

/* Which of a pair; all else has a first only. */
enum bundle_side { BUNDLE_FIRST, BUNDLE_SECOND, BUNDLE_SIDES };

enum bundle_medium {
    BUNDLE_MEDIUM_OK,
    BUNDLE_MEDIUM_MISSING,
    BUNDLE_MEDIUM_CHANGED, /* another SHA-256 than when it was assigned */
    BUNDLE_MEDIUM_UNREADABLE,
};

struct bundle *bundle_open(const char *path, enum bundle_mode mode,
                           struct error *err);
void bundle_close(struct bundle *bundle);

const char *bundle_path(const struct bundle *bundle);
const char *bundle_alias(const struct bundle *bundle);    /* whose it is */
const char *bundle_protocol(const struct bundle *bundle); /* its JSON */

size_t bundle_count(const struct bundle *bundle);
const struct bundle_entry *bundle_entry(const struct bundle *bundle,
                                        size_t index);

/* The reference answer of an entry of practice, or NULL; borrowed. */
const char *bundle_truth(const struct bundle *bundle, size_t index,
                         const char *question);

/* Where it lay, as the bundle has it; "": no such side, or text only. */
const char *bundle_medium_name(const struct bundle *bundle, size_t index,
                               enum bundle_side side);
/*
 * Finds the medium of an entry and checks its SHA-256.  `folder` is where
 * media were put by hand (--media), or NULL: where they lay when the bundle
 * was made, seen from the bundle.  On OK *path is the caller's; else `err`
 * has a text for the screen, with the position and without the path.
 */
enum bundle_medium bundle_medium(struct bundle *bundle, size_t index,
                                 enum bundle_side side, const char *folder,
                                 char **path, struct error *err);
/*
 * The same without reading the medium: it is there, or it is missing.  What
 * its SHA-256 should be is borrowed from the bundle.
 */
enum bundle_medium bundle_medium_find(struct bundle *bundle, size_t index,
                                      enum bundle_side side, const char *folder,
                                      char **path, const uint8_t **sha256,
                                      struct error *err);
/* What is to be said of one whose SHA-256 is another, or unknown; false. */
bool bundle_medium_changed(size_t index, struct error *err);
bool bundle_medium_unreadable(size_t index, struct error *err);

/*
 * Appends `event` and fills in its hash and name.  Kinds that are KEPT are on
 * disk (synchronous FULL) when this returns true; the others survive the end
 * of the process but perhaps not of the machine.  After false nothing was
 * written.
 */
bool bundle_append(struct bundle *bundle, struct event *event,
                   struct error *err);
/* The newest event's hash; that of an empty journal is its beginning. */
void bundle_head(const struct bundle *bundle, uint8_t hash[EVENT_HASH_SIZE]);
/* A fold of the whole journal; fold_release() it. */
bool bundle_fold(struct bundle *bundle, struct fold *fold, struct error *err);
/* The same into one that fold_init() has made, of this bundle's entries. */
bool bundle_fold_into(struct bundle *bundle, struct fold *fold,
                      struct error *err);
/* Each event in order; stops with false when `visit` does. */
bool bundle_events(struct bundle *bundle,
                   bool (*visit)(void *context, const struct event *event,
                                 struct error *err),
                   void *context, struct error *err);

/*
 * The path of the oldest bundle of `alias` with work left, the caller's; NULL
 * with ERROR_INPUT when there is none, in words for the screen.  When all her
 * work is done and `last` is not NULL, *last is the path of her newest bundle,
 * the caller's, and `err` says nothing; else it is NULL.  Opens her bundles
 * only, never the project's own file.
 */
char *bundle_find_open(const char *project, const char *alias, char **last,
                       struct error *err);

/*
 * Work that a rule of the protocol closed can go on, practice with all its
 * attempts; *was_paused: it was closed.
 */
bool bundle_release(const char *path, bool *was_paused, struct error *err);

/* Now, for headers. */
int64_t bundle_mono_us(void);
int64_t bundle_wall_us(void);

#endif
