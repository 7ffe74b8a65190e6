/*
 * design - features, target and groups of every item, in one place.
 *
 * A corpus table says what the items are; feature tables, one a modality,
 * are joined to it on `id`.  An item is left out, and counted, when its
 * target is missing or when a modality has no row or no value for it.  A
 * missing cell of an item that stays is NAN in the matrix: it is filled
 * inside the fold (normalize.h).
 *
 * Items keep the order of the corpus table.  Classes, groups and speakers
 * are numbered from 0 in byte order of their names.
 */
#ifndef MIEN_LEARN_DESIGN_H
#define MIEN_LEARN_DESIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/error.h"
#include "common/base/text.h"
#include "common/file/columns.h"
#include "eval/learn/learner.h"
#include "eval/learn/matrix.h"
#include "eval/learn/normalize.h"
#include "eval/learn/tfidf.h"

struct design_settings {
    const char *corpus;               /* path */
    const struct text_list *features; /* [NAME=]FILE each */
    const struct text_list *only;     /* COL=V,... each; may be empty */
    const char *target;               /* column */
    const char *group;                /* column: what is kept whole */
    enum learner_task task;
    bool numbers_are_names; /* classify a target of numbers all the same */
    struct normalize_settings normalize;
    const char *normalize_by; /* column; NULL: the speaker's */
    const char *neutral;      /* the target's value of neutral-enrol */
    const char *text;         /* column whose words are features too; or NULL */
    size_t ngram;             /* of `text`: words a term, at most */
    size_t terms;             /* of `text`: columns, at most */
};

struct design_modality {
    char *name;     /* owned */
    char *path;     /* owned */
    size_t first;   /* its first column of the matrix */
    size_t columns; /* how many it has there */
    size_t rows;    /* in its file */
    size_t foreign; /* rows whose id the corpus table does not have */
    size_t absent;  /* asked items without a row, or without any value */
};

struct design {
    struct columns *corpus; /* owned: every row, whatever was asked for */
    size_t id;              /* its column */
    size_t target;          /* its column */

    size_t asked;          /* rows that --only lets through */
    size_t without_target; /* of them: left out */
    size_t absent;         /* of the rest: left out, some modality is absent */
    size_t wordless;       /* asked items whose `text` is empty */
    size_t missing;        /* cells of the items that stay */

    size_t count;              /* the items that stay */
    size_t *row;               /* owned: their rows in `corpus` */
    struct matrix features;    /* count rows; NAN where missing */
    struct text_list names;    /* of the columns; "text:f0" with modalities */
    struct tfidf_texts *texts; /* owned: of each item; NULL: no words */
    struct text_list groups;   /* names */
    size_t *group;             /* owned */

    /* LEARNER_CLASSIFY */
    struct text_list classes; /* names */
    size_t *class_of;         /* owned */
    /* LEARNER_REGRESS */
    double *value; /* owned */

    /*
     * The column `speaker`, else the group; NULL in a table that has no such
     * column and is grouped by something else.
     */
    const char *speaker_column; /* borrowed from the table */
    struct text_list speakers;  /* names */
    size_t *speaker;            /* owned */

    /* With normalize_by: what items share by which they are normalised. */
    struct text_list owners; /* names */
    size_t *owner;           /* owned; NULL: the speaker */

    bool *enrolled;        /* owned: spent on enrolment, never scored */
    size_t enrolled_count; /* of the items */

    struct design_modality *modality; /* owned */
    size_t modalities;
};

/*
 * NULL when a table cannot be read or lacks a column, a group is missing, a
 * number is none, or nothing is left.  `group_is_speaker` says whether the
 * group stands in for a missing column `speaker`.
 */
struct design *design_read(const struct design_settings *settings,
                           bool group_is_speaker, struct error *err);
void design_free(struct design *design);

/* Whom items belong to for normalising: a number each; NULL: unknown. */
const size_t *design_owner(const struct design *design);
size_t design_owners(const struct design *design);

const char *design_id(const struct design *design, size_t item);

/* "NAME=FILE" or "FILE", whose name is the file's without extension. */
void design_split_name(const char *argument, char **name, char **path);

#endif
