/*
 * people - people.db: who is behind an alias.
 *
 * Demographics, consent and retention of speakers, names of annotators.  For
 * the lead only (0600): nothing of it goes into a bundle or an export.
 */
#ifndef MIEN_STORE_PEOPLE_H
#define MIEN_STORE_PEOPLE_H

#include <stddef.h>

#include "common/base/error.h"

enum people_kind { PEOPLE_SPEAKER, PEOPLE_ANNOTATOR };

struct people;

/* people.db of a project's folder; made when it is not there and `make`. */
struct people *people_open(const char *folder, bool make, struct error *err);
void people_close(struct people *people); /* takes NULL */
bool people_begin(struct people *people, struct error *err);
bool people_commit(struct people *people, struct error *err);

const char *people_kind_name(enum people_kind kind);
bool people_add(struct people *people, enum people_kind kind, const char *alias,
                struct error *err);
/* The person is there already. */
bool people_set(struct people *people, enum people_kind kind, const char *alias,
                const char *name, const char *value, struct error *err);
/* The value, the caller's, or NULL without one; false fills `err`. */
bool people_get(struct people *people, enum people_kind kind, const char *alias,
                const char *name, char **value, struct error *err);
/* Deletes the person and leaves no byte of it. */
bool people_erase(struct people *people, enum people_kind kind,
                  const char *alias, struct error *err);
/* What is known of each person now, frozen: by kind and alias. */
struct people_frozen {
    enum people_kind kind;
    char *alias;     /* owned */
    char digest[65]; /* of the attributes, under a secret of the file */
};

struct people_frozen_list {
    struct people_frozen *item; /* owned */
    size_t count, capacity;
};

/*
 * Keeps everybody's attributes (all but an annotator's name) as they are now;
 * the digests are the same whenever the attributes are.  Release the list also
 * after false.
 */
bool people_freeze(struct people *people, struct people_frozen_list *list,
                   struct error *err);
void people_frozen_release(struct people_frozen_list *list);
/* As people_get(), of what was frozen under `digest`. */
bool people_get_frozen(struct people *people, enum people_kind kind,
                       const char *alias, const char *digest, const char *name,
                       char **value, struct error *err);

/* Is this column of a corpus about the person rather than the recording? */
bool people_is_demographic(const char *column);

#endif
