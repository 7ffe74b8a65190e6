/*
 * view_internal - what the panes share.
 */
#ifndef MIEN_VIEW_INTERNAL_H
#define MIEN_VIEW_INTERNAL_H

#include "annotate/app/model.h"
#include "annotate/view/glyph.h"
#include "annotate/view/layout.h"
#include "annotate/view/screen.h"

/* A part of the screen that the mouse can hit; later ones lie on top. */
struct area {
    int x, y, width, height;
    struct hit hit;
};

struct areas {
    struct area *item; /* owned */
    size_t count, capacity;
};

/* One drawing. */
struct canvas {
    const struct model *model;
    struct screen *screen;
    struct areas *areas; /* filled as it is drawn; NULL: nobody asks */
};

/* All of the screen. */
void view_paint(const struct canvas *canvas);

/* --- view_draw: helpers ------------------------------------------------- */

void draw_glyph(const struct canvas *canvas, int x, int y, enum role role,
                enum glyph glyph);
void draw_rule(const struct canvas *canvas, int y);
/*
 * Draws text in lines of at most `width` cells, broken at blanks, from line
 * `skip` on, at most `rows` of them; returns how many lines it has in all.
 * With rows 0 it only counts.
 */
int draw_wrapped(const struct canvas *canvas, int x, int y, int width, int skip,
                 int rows, enum role role, const char *text);
/*
 * view_wrap: the bytes of the next line of a text, at most `width` cells wide,
 * without the blank that ends it.
 */
size_t wrap_line(const char *text, int width);
/* The first key of an action by its name; "" when it has none. */
const char *draw_key(const struct canvas *canvas, enum action action,
                     char out[KEY_NAME_SIZE]);

/* view_hit: what is drawn there takes the mouse. */
void mark_pane(const struct canvas *canvas, int x, int y, int width, int height,
               enum pane pane);
void mark_hit(const struct canvas *canvas, int x, int y, int width, int height,
              const struct hit *hit);
void mark_reason(const struct canvas *canvas, int y, int reason);
/* A circle of a wheel. */
void mark_circle(const struct canvas *canvas, int x, int y, int width,
                 size_t question, int option, int level);
void mark_part(const struct canvas *canvas, int x, int y, int width, int height,
               size_t question, enum hit_part part, int index);

/* --- view_sheet: pages of text ------------------------------------------- */

enum { SHEET_LEFT = 3 };

/* A page that is longer than the screen: lines are counted and scrolled. */
struct sheet {
    const struct canvas *canvas;
    int top;    /* first row */
    int rows;   /* that can be seen */
    int scroll; /* lines above the first row */
    int line;   /* next one */
};

/* Of so many lines in all. */
struct sheet sheet_open(const struct canvas *canvas, int lines);
/* The row of the next line; false when it is scrolled out of sight. */
bool sheet_row(struct sheet *sheet, int *y);
void sheet_line(struct sheet *sheet, enum role role, const char *text);
void sheet_blank(struct sheet *sheet);
void sheet_text(struct sheet *sheet, enum role role, const char *text);

/* view_study: practice, pauses, the end of a session; view_form. */
void view_feedback(struct sheet *sheet);
void view_practice(struct sheet *sheet);
void view_break(struct sheet *sheet);
void view_stopped(const struct canvas *canvas);
void view_form(const struct canvas *canvas);
/* view_court: a case of the conflict workbench. */
void view_court(const struct canvas *canvas);
/* view_court_figure: lanes of marks, and traces one over another. */
void view_court_marks(struct sheet *sheet,
                      const struct court_question *question);
void view_court_traces(struct sheet *sheet,
                       const struct court_question *question);

/* --- panes --------------------------------------------------------------- */

void view_header(const struct canvas *canvas);
void view_status(const struct canvas *canvas, const struct layout *layout);
/* What to press next, in words. */
void view_next(const struct canvas *canvas, struct buf *out);
int view_text_height(const struct canvas *canvas);
void view_text(const struct canvas *canvas, const struct band *band);
void view_text_hidden(const struct canvas *canvas, const struct band *band,
                      int *above, int *below);
void view_sound(const struct canvas *canvas, const struct layout *layout);
/* view_compare: of a pair, which is heard and which was. */
extern const char *const view_side_names[]; /* A and B */
void view_pair_sides(const struct canvas *canvas, int y,
                     const struct timeline *axis);
/* Returns where the rest of the row begins. */
int view_pair_transport(const struct canvas *canvas, int y);
/* Which rows the panes of the open item get. */
void view_layout(const struct canvas *canvas, struct layout *layout);
void view_picture(const struct canvas *canvas, const struct band *band);
void view_wave(const struct canvas *canvas, const struct band *band);
void view_spectrogram(const struct canvas *canvas, const struct band *band);
void view_tracks(const struct canvas *canvas, const struct band *band);
/* The ruler of the shared axis, and the selection on any axis. */
/* The open question's own pane: a trace over time, or a plane. */
int view_trace_rows(const struct canvas *canvas, int *least);
void view_trace_pane(const struct canvas *canvas, const struct band *band);
void view_ruler(const struct canvas *canvas, const struct band *band);
void view_selection(const struct canvas *canvas, int y,
                    const struct timeline *axis);
/* The playhead through all rows of a pane, where it is in the window. */
void view_playhead(const struct canvas *canvas, const struct band *band);
/* The titles of other questions that a picture leaves room for. */
int view_titles_least(const struct canvas *canvas);
/* The rows that all questions take in full, and with only one in full. */
int view_questions_height(const struct canvas *canvas);
int view_question_height(const struct canvas *canvas);
/*
 * The rows that a question which is a picture cannot do without, with some
 * titles of others; 0 where there is none.
 */
int view_question_least(const struct canvas *canvas);
void view_questions(const struct canvas *canvas, const struct band *band);
void view_note(const struct canvas *canvas, const struct band *band);
void view_prompt(const struct canvas *canvas, const struct band *band);
void view_start(const struct canvas *canvas);
void view_done(const struct canvas *canvas);
void view_overlay(const struct canvas *canvas);

/* One question; in full, or on one line.  Heights are the rows it takes. */
int view_choice_height(const struct canvas *canvas, size_t question);
void view_choice(const struct canvas *canvas, size_t question, int y);
int view_scale_height(const struct canvas *canvas, size_t question);
void view_scale(const struct canvas *canvas, size_t question, int y);
int view_segments_height(const struct canvas *canvas, size_t question);
void view_segments(const struct canvas *canvas, size_t question, int y);
/* The pane of its tiers, on the shared axis of time. */
int view_tiers_height(const struct canvas *canvas, size_t question);
void view_tiers(const struct canvas *canvas, size_t question,
                const struct band *band);
const char *view_mark_label(const struct canvas *canvas,
                            const struct tier *tier, const char *value);
int view_writing_height(const struct canvas *canvas, size_t question);
void view_writing(const struct canvas *canvas, size_t question, int y);
int view_grid_height(const struct canvas *canvas, size_t question);
void view_grid(const struct canvas *canvas, size_t question, int y);
/* Options around a circle; 0 rows where that does not fit. */
int view_wheel_height(const struct canvas *canvas, size_t question);
void view_wheel(const struct canvas *canvas, size_t question, int y);
/* Those that are no values, below a grid or a wheel; one row or none. */
int view_extras_height(const struct question *question);
/* Around the column `middle`. */
void view_extras(const struct canvas *canvas, size_t question, int y,
                 int middle);
/* From column `x` on, in full, drawn or not; false where they do not fit. */
bool view_extras_aside(const struct canvas *canvas, size_t question, int x,
                       int y, bool draw);
/* Options in columns; `first` is the cursor's number of the first one. */
int view_options_height(const struct canvas *canvas, size_t question);
void view_options(const struct canvas *canvas, size_t question, int y,
                  int first);
/* What a trace does now, and its slider. */
int view_trace_height(const struct canvas *canvas, size_t question);
void view_trace(const struct canvas *canvas, size_t question, int y);
/* A row of points. */
struct points {
    const struct scale *scale;
    size_t question;
    bool strength; /* it says how strong the choice is */
    int chosen;    /* -1: none */
    int cursor;    /* -1: not on it */
};

/* Draws it, or not; returns the rows that it uses. */
int view_points(const struct canvas *canvas, const struct points *points, int y,
                bool draw);
/* The self-assessment manikins of a scale; 0 rows when it has none. */
int view_figure_height(const struct scale *scale);
void view_figure(const struct canvas *canvas, const struct scale *scale, int x,
                 int y, int point_width, int chosen);
/* The answer as a person reads it. */
void view_answer_text(const struct canvas *canvas, size_t question,
                      struct buf *out);

#endif
