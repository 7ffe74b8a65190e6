/*
 * adjudicate - what `mien-annotate adjudicate' does without a screen.
 */
#ifndef MIEN_ANNOTATE_ADJUDICATE_H
#define MIEN_ANNOTATE_ADJUDICATE_H

#include "annotate/docket.h"
#include "annotate/docket_auto.h"
#include "common/cli/output.h"

struct adjudicate_options {
    const char *project, *as;
    bool automatic, early, refit, list, silent;
    struct text_list meeting;                               /* aliases */
    const char *decide, *contest, *undo, *send_back, *show; /* an item */
    const char *question, *why, *take;
    struct text_list states, only;
    const char *script, *headless, *keys, *media;
    bool ascii;
    int format;
};

/* Who sits at it; the alias is hers to say, and she is the only one named. */
struct adjudicator {
    char *alias;   /* owned; NULL: nobody said */
    int64_t rater; /* her number among the annotators; 0: she is none */
};

/* Did she judge the item herself? */
bool adjudicator_is_party(const struct docket *docket,
                          const struct adjudicator *who, int64_t item);

/* The report of docket_auto(). */
void adjudicate_put_report(const struct docket *docket,
                           const struct auto_report *report,
                           enum output_format format, struct buf *out);
/* The cases that the options ask for, lowest agreement first; the caller's. */
const struct docket_case **adjudicate_queue(
    const struct docket *docket, const struct adjudicate_options *options,
    size_t *count, struct error *err);
bool adjudicate_list(const struct docket *docket,
                     const struct adjudicate_options *options, struct buf *out,
                     struct error *err);
/* An item: answers without names, opinions of the rules, history. */
bool adjudicate_show(struct docket *docket,
                     const struct adjudicate_options *options, struct buf *out,
                     struct error *err);

/* The conflict workbench; more than one member: a meeting. */
bool adjudicate_screen(struct docket *docket, const struct adjudicator *member,
                       size_t members, const struct adjudicate_options *options,
                       struct error *err);

/* Deeds; each is one transaction. */
bool adjudicate_decide(struct docket *docket, const struct adjudicator *who,
                       const struct docket_case *it, const char *value,
                       const char *why, struct error *err);
bool adjudicate_contest(struct docket *docket, const struct adjudicator *who,
                        const char *item, const char *question, const char *why,
                        struct error *err);
/* The annotators are to judge it again; hearing_send_back() hands it out. */
bool adjudicate_send_back(struct docket *docket, const struct adjudicator *who,
                          const struct docket_case *it, const char *why,
                          struct error *err);
bool adjudicate_undo(struct docket *docket, const struct adjudicator *who,
                     const char *item, const char *question, struct error *err);

#endif
