/*
 * panel - who judged what in a project, and how far they agree on each
 * question.
 */
#ifndef MIEN_ANNOTATE_PANEL_H
#define MIEN_ANNOTATE_PANEL_H

#include "common/report/agreement_report.h"
#include "common/store/judgement.h"

struct panel {
    struct protocol *protocol; /* owned */
    struct judgements judgements;
    struct project_rater_names names;
};

/* Reads what came home.  Release it also after false. */
bool panel_open(struct panel *panel, struct project *project,
                struct error *err);
void panel_release(struct panel *panel);

/* How the coefficients are made. */
struct panel_settings {
    double level;
    int64_t bootstrap, permutations;
    uint64_t seed;
    bool intervals;
    enum agreement_per per;
    size_t top;
    double min;               /* below -1: what the protocol asks for */
    bool by_speaker, by_time; /* of segments and traces: a table */
    double unit, overlap;     /* of segments; see struct segments_settings */
    double rate;              /* of traces; see struct curve_look */
    int align;
};

/*
 * What is compared of an answer: a grid is two scales, a set of options agrees
 * with another by MASI and by Jaccard, a text is the same or is not.
 */
enum panel_view {
    PANEL_WHOLE,
    PANEL_X,
    PANEL_Y,
    PANEL_MASI,
    PANEL_JACCARD,
    PANEL_EXACT
};

/* One question, or one view of it. */
struct panel_question {
    const struct question *question; /* borrowed from the panel */
    enum panel_view view;
    char *name;             /* owned; "affect.x" */
    double *weight;         /* owned; of sets; NULL: by the scale */
    struct ratings *all;    /* owned; with repeats */
    struct ratings *single; /* owned */
    size_t left_out;        /* judgements of gold, and sent back */
    struct agreement_settings settings;
    struct agreement_report report; /* borrows all of the above */
    enum coefficient_id primary;
    struct estimate value; /* of the primary coefficient */
    double min;            /* asked for; NAN: nothing is */
};

/* The coefficient by which the protocol wants agreement to be judged. */
enum coefficient_id panel_primary(const struct question *question,
                                  size_t raters);
/* Of answers to the question, which views there are: none, one or two. */
size_t panel_views(const struct question *question, enum panel_view view[2]);
bool panel_question(const struct panel *panel, const struct question *question,
                    enum panel_view view, const struct panel_settings *settings,
                    struct panel_question *out, struct error *err);
void panel_question_release(struct panel_question *question);
/* Something is asked for, and the primary coefficient is not above it. */
bool panel_fails(const struct panel_question *question);

/* One judgement on its way into a quarter of its annotator's work. */
struct panel_timed {
    size_t rater, item;
    int64_t wall_us; /* handed in */
};

struct panel_timed_list {
    struct panel_timed *item; /* owned */
    size_t count, capacity;
};

/* What ends the report of a question of segments or traces. */
struct panel_end {
    const struct table *further; /* a table, or NULL */
    const char *what;            /* "marks" */
    size_t left_out;             /* of them */
    const char *measure;         /* "alpha of time" */
    double min;                  /* asked of it; below -1: nothing is */
    bool fails;
};

void panel_put_end(const struct panel_end *end, struct buf *out);

/* Where a name stands; the list's count when it does not. */
size_t panel_place(const struct text_list *names, const char *name);

enum { PANEL_QUARTERS = 4 };

/* A part of an annotator's work. */
struct panel_quarter {
    size_t rater;
    int quarter; /* from 0 */
    const struct panel_timed *item;
    size_t count;
    const bool *keep; /* of each item: is it in this part? */
};

/* Sorts the list and calls `row` for each quarter of each annotator's work. */
void panel_quarters(struct panel_timed_list *list, size_t items,
                    void (*row)(void *context, const struct panel_quarter *of),
                    void *context);
/* The speaker of each item by its name, "" where there is none; borrowed from
   both; the caller frees the list. */
const char **panel_speakers(const struct project_items *items,
                            const struct text_list *names);

/* Tables: of speakers, and of the quarters of each annotator's work. */
struct table *panel_by_speaker(const struct panel *panel,
                               const struct panel_question *of);
struct table *panel_by_time(const struct panel *panel,
                            const struct panel_question *of);

#endif
