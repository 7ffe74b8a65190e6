/*
 * project - mien.db: what the lead of a project knows.
 *
 * Protocol versions, items with their reference labels, annotators, who got
 * which work, and all events that were collected.  Persons stand in it under
 * aliases only; who they are is in people.db (see people).  Opening it for
 * writing takes mien.db.lock.
 */
#ifndef MIEN_STORE_PROJECT_H
#define MIEN_STORE_PROJECT_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/mem.h"
#include "common/file/hash.h"
#include "common/study/event.h"
#include "common/study/fold.h"

enum { PROJECT_BUNDLE_ID_SIZE = 16 };

struct project;

/*
 * A new project in `folder`, which is made (0700) when it is not there.
 * `protocol` is its text; name and version are what it says.
 */
struct project *project_create(const char *folder, const char *name,
                               const char *version, const char *protocol,
                               struct error *err);
struct project *project_open(const char *folder, bool write, struct error *err);
void project_close(struct project *project);
const char *project_folder(const struct project *project);
/*
 * A new version of the protocol, under the same name; bundles that were handed
 * out keep theirs.  `version` must be later than all that are there.
 * *compatible says that earlier work still counts (a minor version).
 */
bool project_adopt_protocol(struct project *project, const char *text,
                            const char *name, bool *compatible,
                            struct error *err);
/* The newest protocol's text, the caller's. */
char *project_protocol(struct project *project, int64_t *number,
                       struct error *err);

/* The version of that number, the caller's. */
char *project_protocol_numbered(struct project *project, int64_t number,
                                struct error *err);

/* What practice and gold are judged by; see queue.h. */
struct project_references {
    struct {
        int64_t item;
        const char *question;
        const char *value;
    } * item; /* owned; by item and question */
    size_t count, capacity;
    struct arena texts;
};

bool project_references(struct project *project,
                        struct project_references *list, struct error *err);
/* The right answer, borrowed, or NULL. */
const char *project_reference(const struct project_references *list,
                              int64_t item, const char *question);
void project_references_release(struct project_references *list);

/* All or nothing; a rollback without a begin does nothing. */
bool project_begin(struct project *project, struct error *err);
bool project_commit(struct project *project, struct error *err);
void project_rollback(struct project *project);
/* Appends to the project's own journal, within a transaction. */
bool project_record(struct project *project, enum event_kind kind,
                    const char *payload, struct error *err);

struct project_item {
    int64_t number;
    const char *id;
    const char *file; /* seen from the project's folder */
    uint8_t sha256[HASH_SIZE];
    int64_t start_us;
    int64_t end_us;      /* -1: to the end */
    const char *speaker; /* "" when nobody knows */
    const char *text;    /* "" when there is none */
    int64_t annotators;  /* who have it in a bundle */
    /*
     * Of a pair the numbers of its two, else 0.  A pair has no file; its
     * speakers are joined by "|", its id, by "~", and so are the ids.
     */
    int64_t first, second;
};

struct project_items {
    struct project_item *item; /* owned */
    size_t count, capacity;
    struct arena texts;
};

/* All items that were not erased, as they were imported. */
bool project_items(struct project *project, struct project_items *items,
                   struct error *err);
void project_items_release(struct project_items *items);

enum project_add { PROJECT_ADDED, PROJECT_KNOWN, PROJECT_MOVED };
/*
 * Adds an item and sets its number.  One with the same id and medium is known
 * already (or moved: its file's place is brought up to date); another medium
 * under the same id is an error.
 */
bool project_add_item(struct project *project, struct project_item *item,
                      enum project_add *how, struct error *err);
bool project_set_attribute(struct project *project, int64_t item,
                           const char *name, const char *value,
                           struct error *err);

struct project_annotator {
    const char *alias;
    int64_t added_us;
    int64_t retired_us; /* -1: works here */
    bool erased;        /* with all that was done under it */
    int64_t bundles;
    int64_t entries;  /* without practice and attention checks */
    int64_t practice; /* entries of practice */
};

struct project_annotators {
    struct project_annotator *item; /* owned */
    size_t count, capacity;
    struct arena texts;
};

/* By alias. */
bool project_annotators(struct project *project,
                        struct project_annotators *list, struct error *err);
void project_annotators_release(struct project_annotators *list);
/* One who retired can be added again. */
bool project_add_annotator(struct project *project, const char *alias,
                           struct error *err);
bool project_retire_annotator(struct project *project, const char *alias,
                              struct error *err);

struct project_bundle {
    uint8_t id[PROJECT_BUNDLE_ID_SIZE];
    const char *alias;
    int64_t number;
    int64_t protocol; /* its version's number */
    char *path;       /* owned; where it lies under work/ */
};

struct project_bundles {
    struct project_bundle *item; /* owned */
    size_t count, capacity;
    struct arena texts;
};

/* By alias and number. */
bool project_bundles(struct project *project, struct project_bundles *list,
                     struct error *err);
void project_bundles_release(struct project_bundles *list);

struct project_work {
    const char *entry;
    int64_t item;        /* 0: an attention check of no item */
    const char *item_id; /* "" then */
    const char *speaker;
    const char *role;  /* work, repeat, again, gold, practice, attention */
    int asks;          /* the protocol's attention check, or -1 */
    int64_t begins_us; /* the item, in its medium */
    bool erased;       /* the item, or all that its annotator did */
    /* Of a pair: the ids of its two, else "", and its second was met first. */
    const char *first, *second;
    bool swapped;
};

/*
 * Do answers under this role count as labels of the item?  Those of work,
 * again (a later round of the same annotator: it replaces the one before) and
 * gold do; a repeat is the same answer once more, and practice and attention
 * checks are no labels at all.
 */
bool project_role_counts(const char *role);
/* The same, with repeats: all but practice and attention checks. */
bool project_role_is_label(const char *role);

struct project_works {
    struct project_work *item; /* owned */
    size_t count, capacity;
    struct arena texts;
};

/* What stands behind the entries of a bundle, in its order. */
bool project_works(struct project *project,
                   const uint8_t bundle[PROJECT_BUNDLE_ID_SIZE],
                   struct project_works *list, struct error *err);
void project_works_release(struct project_works *list);
/* The collected events of a bundle, forks put in order, folded. */
bool project_fold(struct project *project,
                  const uint8_t bundle[PROJECT_BUNDLE_ID_SIZE],
                  const struct project_works *works, struct fold *fold,
                  struct error *err);

#endif
