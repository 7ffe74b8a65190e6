/*
 * export_rows - the raw labels of everyone, one row an answer.
 *
 * Only what was submitted or skipped; in the order of item, annotator,
 * bundle, position and question, so that the same labels give the same bytes.
 */
#ifndef MIEN_ANNOTATE_EXPORT_ROWS_H
#define MIEN_ANNOTATE_EXPORT_ROWS_H

#include "common/store/project.h"
#include "common/study/protocol.h"

struct export_row {
    const char *item;
    const char *speaker;
    const char *annotator;
    int64_t bundle;
    int64_t position; /* in it, from 1 */
    const char *role; /* see struct project_work */
    /* Of a pair: its two, and that the second was met first. */
    const char *first, *second;
    bool swapped;
    bool compares; /* which of the two is the answer */
    bool unheard;  /* nobody recorded what was heard */
    size_t order;  /* of the question in the protocol */
    const char *question;
    char axis; /* 'x' or 'y' of a grid, which gives two rows; else 0 */
    const char *reserved;              /* "@skipped" and the like, or NULL */
    const struct event_answer *answer; /* NULL when skipped */
    const struct fold_entry *entry;
};

/* A bundle's fold, which the rows borrow from. */
struct export_source {
    struct project_works works;
    struct fold fold;
};

struct export_rows {
    struct export_row *item; /* owned */
    size_t count, capacity;
    struct export_source *source; /* owned, one a bundle */
    size_t source_count;
    struct project_bundles bundles;
    struct protocol *protocol; /* owned */
    bool apart;                /* practice and attention checks only */
};

/*
 * The labels; or, `apart`, what is no label: the answers to practice and to
 * attention checks, which never stand among the labels.
 */
bool export_gather(struct project *project, bool apart,
                   struct export_rows *rows, struct error *err);
void export_release(struct export_rows *rows);

/* The columns of the CSV, which are members of the JSON; ends with NULL. */
extern const char *const export_columns[];
/* Those that follow where pairs are judged. */
extern const char *const export_pair_columns[];

void export_csv(const struct export_rows *rows, struct buf *out);
/* One row as a JSON object, without the end of the line. */
void export_json_row(const struct export_row *row, struct buf *out);
void export_jsonl(const struct export_rows *rows, struct buf *out);

#endif
