/*
 * people - people.db: who is behind an alias.
 *
 * Demographics, consent and retention of speakers, names of annotators.  For
 * the lead only (0600): nothing of it goes into a bundle or an export.
 */
#ifndef MIEN_STORE_PEOPLE_H
#define MIEN_STORE_PEOPLE_H

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
/* Is this column of a corpus about the person rather than the recording? */
bool people_is_demographic(const char *column);

#endif
