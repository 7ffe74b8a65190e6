/*
 * corpus - how to read a corpus as its makers ship it: mien-dataset(5).
 *
 * A descriptor says which files of a folder are media, what their paths say
 * (a regular expression with named groups), which side tables add to that,
 * and what the corpus is (licence, consent, expected counts).  Scanning a
 * folder with it gives a corpus table: mien-corpus(5).
 */
#ifndef MIEN_STUDY_CORPUS_H
#define MIEN_STUDY_CORPUS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/embedded.h"
#include "common/base/error.h"
#include "common/file/columns.h"
#include "common/study/fault.h"
#include "common/study/localized.h"

enum { CORPUS_FORMAT = 1 }; /* the "mien" key that this version reads */

enum corpus_elicitation {
    ELICITATION_UNKNOWN,
    ELICITATION_ACTED,
    ELICITATION_INDUCED,
    ELICITATION_NATURAL
};
extern const char *const corpus_elicitation_names[]; /* [0] is "unknown" */

/* So many rows are expected where `column` is `value`. */
struct corpus_count {
    const char *column; /* "" counts all rows */
    const char *value;
    size_t expected;
};

/* Read once, never changed; all is borrowed until corpus_free(). */
struct corpus {
    struct corpus_memory *memory; /* owned; all else lies in it */

    const char *name;
    struct localized title;
    struct localized description;
    /* "" where the file says nothing. */
    const char *home;
    const char *licence;
    const char *citation;
    enum corpus_elicitation elicitation;
    const char *consent;      /* what the recorded persons agreed to */
    const char *legal_basis;  /* of processing */
    const char *purpose;      /* that the basis covers */
    const char *retain_until; /* "2031-12-31" */

    struct corpus_rules *rules; /* how rows are made; see corpus_internal.h */
    struct corpus_count *count;
    size_t count_count;
};

/* Shipped with the program; ends with a row whose name is NULL. */
extern const struct embedded_file corpus_embedded[];

/* It names media; else it is one of texts only. */
bool corpus_has_media(const struct corpus *corpus);

/* As protocol_parse(), protocol_load(), protocol_load_text(), ... */
struct corpus *corpus_parse(const char *text, size_t length, const char *name,
                            struct error *err);
struct corpus *corpus_load(const char *name_or_file, struct error *err);
char *corpus_load_text(const char *name_or_file, size_t *length,
                       struct error *err);
bool corpus_read(const char *text, size_t length, const char *name,
                 struct fault_list *faults, struct corpus **corpus,
                 struct error *err);
void corpus_free(struct corpus *corpus); /* takes NULL */

/*
 * The rows of the corpus that lies in `folder`: id, file (relative to the
 * folder; empty when the medium is missing), then what FORMATS has names for,
 * then the others in the descriptor's order.  Rows stand in the byte order of
 * their paths.  An optional side table that is not there adds no columns.
 * What is doubtful (files left out, values without a translation) becomes
 * warnings in `notes`.  The table is the caller's.  Fails when there is no row
 * at all or an id stands twice.
 */
struct columns *corpus_scan(const struct corpus *corpus, const char *folder,
                            struct fault_list *notes, struct error *err);

/* Notes the optional side tables that are not there. */
void corpus_note_absent(const struct corpus *corpus, const char *folder,
                        struct fault_list *notes);

/* Makes `file` cells that are relative to `folder` relative to `base`. */
void corpus_rebase(struct columns *table, const char *folder, const char *base);

/* How many rows of the table the expectation `count` meets. */
size_t corpus_tally(const struct columns *table,
                    const struct corpus_count *count);

#endif
