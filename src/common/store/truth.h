/*
 * truth - the state of a project as lines of canonical JSON: what a snapshot
 * freezes, and what exports and corpus tables are made of.
 *
 *     protocol  name, sha256 (of its canonical text), version
 *     item      attributes, end_us, file, id, sha256, speaker, start_us
 *     label     a row of `export --as-format jsonl': who said what, and how
 *     mark      a segment: annotator, attributes, bundle, end_us (null: it has
 *               none), id (of the event that made it), item, label, note,
 *               position, question, role, start_us, tier
 *     pass      a stretch of tracing: annotator, bundle, counts, dimensions,
 *               end, first_us, id, item, last_us, position, question, role,
 *               samples (how many), samples_hash, version
 *     truth     an item's question: answers (how often each was given),
 *               state, and of what was decided value, rule, share, by, why,
 *               fit, distribution; of a grid, segments, a trace or a text no
 *               answers, but judged (how many did) and type; for the values
 *               see study/verdict.h
 *     person    alias, kind, digest of the attributes (see people.h)
 *
 * Labels, marks and passes are the caller's to add: how they are written is an
 * export's matter.  Times of marks and passes run from the item's beginning.
 */
#ifndef MIEN_STORE_TRUTH_H
#define MIEN_STORE_TRUTH_H

#include "common/base/mem.h"
#include "common/store/people.h"
#include "common/store/project.h"

enum truth_kind {
    TRUTH_PROTOCOL,
    TRUTH_ITEM,
    TRUTH_LABEL,
    TRUTH_MARK,
    TRUTH_PASS,
    TRUTH_CASE,
    TRUTH_PERSON,
    TRUTH_ERASED, /* was there when it was frozen */
    TRUTH_KINDS
};

/* "protocol", "item", "label", "mark", "pass", "truth", "person", "erased". */
extern const char *const truth_kind_names[];

struct truth_line {
    enum truth_kind kind;
    const char *speaker;   /* whom it concerns; "": nobody */
    const char *annotator; /* the same */
    const char *body;      /* one line, without its end */
};

struct truth_lines {
    struct truth_line *item; /* owned; by kind */
    size_t count, capacity;
    struct arena texts;
};

/* Texts are copied. */
void truth_add(struct truth_lines *lines, struct truth_line line);
void truth_release(struct truth_lines *lines);

/* Adds the protocol and the items; and what stands of each case. */
bool truth_gather_items(struct project *project, struct truth_lines *lines,
                        struct error *err);
bool truth_gather_cases(struct project *project, struct truth_lines *lines,
                        struct error *err);
/* Freezes what is known of persons in people.db, and adds its digests. */
bool truth_gather_people(struct project *project, struct truth_lines *lines,
                         struct error *err);

#endif
