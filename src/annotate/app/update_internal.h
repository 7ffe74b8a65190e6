/*
 * update_internal - what the files of update() share.
 */
#ifndef MIEN_APP_UPDATE_INTERNAL_H
#define MIEN_APP_UPDATE_INTERNAL_H

#include "annotate/app/update.h"

/* One call of update(). */
struct step {
    struct model *model;
    const struct message *message;
    struct effects *effects;
};

/*
 * Asks for an event on the open entry (or on none, for kinds that concern
 * none), at the time of the message.  Takes the payload.
 */
void step_append(struct step *step, enum event_kind kind, char *payload);
/* The same with times of its own. */
void step_append_at(struct step *step, enum event_kind kind, int64_t mono_us,
                    int64_t media_us, char *payload);

/* The screen is too small to show what is done. */
bool step_too_small(const struct step *step);
/* Given on for the item before this one: says so, and is to be left out. */
bool step_too_soon(struct step *step);
/* A page of text, by so many lines, but no farther than there is text. */
void step_scroll(struct step *step, int lines);
/* The same for the text of the open item. */
void step_scroll_text(struct step *step, int lines);

/* update_page: actions that work wherever one is; false: it is none. */
bool page_common(struct step *step, enum action action);
/* Those of a page that lies over the item, of the first page, of the last. */
void page_overlay(struct step *step, enum action action);
void page_start(struct step *step, enum action action);
void page_done(struct step *step, enum action action);

/* update_mouse: clicks, drags, the wheel. */
void mouse_do(struct step *step);

/* update_item: items, one after the other. */
void item_begin(struct step *step); /* what is read was read */
void item_start(struct step *step); /* the work, or what is left of it */
void item_next(struct step *step);  /* after one is done */
void item_go(struct step *step);
void item_foresee(struct step *step); /* to the first that is not done */
void item_submit(struct step *step);
/* Selects a mark that lacks something and says what; false: none does. */
bool say_unfinished(struct model *model, size_t question);
/* Opens it again when the journal did not take its opening. */
bool item_reopen(struct step *step);
void item_back(struct step *step);
void item_again(struct step *step); /* the same one */
void item_forward(struct step *step);
void item_skip(struct step *step, const struct question_option *reason,
               const char *text);
void item_note(struct step *step, const char *text);
void item_flag(struct step *step);
void item_undo(struct step *step);
void item_redo(struct step *step);
/* Stands before each change: opens up again what was handed in. */
bool item_may_change(struct step *step);

/* update_focus: where keys go. */
void focus_question(struct model *model, size_t question);
void focus_next(struct step *step, int direction);
/* One of the actions "cursor-...". */
void focus_move(struct step *step, enum action action);
/* An answer was kept: on to the next question, or to the next item. */
void focus_after_answer(struct step *step);
/* Enter where there is nothing to take. */
void focus_go_on(struct step *step);

/* update_choice, update_scale: answers. */
bool choice_key(struct step *step, size_t question, uint32_t key);
void choice_take(struct step *step, size_t question,
                 const struct question_option *option, const char *text);
/* The option and how strong it is, at once. */
void choice_take_level(struct step *step, size_t question,
                       const struct question_option *option, size_t point);
void choice_intensity(struct step *step, size_t question, size_t point);
bool scale_key(struct step *step, size_t question, uint32_t key);
void scale_take(struct step *step, size_t question, size_t point);
bool grid_key(struct step *step, size_t question, uint32_t key);
/* `point`: the row times the columns, and the column. */
void grid_take(struct step *step, size_t question, size_t point);
bool grid_typed(struct step *step, const char *text);
/* A text: opens it for writing, keeps what was written. */
void text_write(struct step *step, size_t question);
bool text_typed(struct step *step, const char *text);
/* Takes a number that was typed; false, and the status says why. */
bool scale_typed(struct step *step, const char *text);
/* update_segments: marks on tiers. */
bool segments_know_key(const struct model *model, size_t question,
                       uint32_t key);
bool segments_key(struct step *step, size_t question, uint32_t key);
/* An answer in place of marks; refused where there are some. */
void segments_answer(struct step *step, size_t question,
                     const struct question_option *option);
/* False when it is none of theirs, or the question has no marks. */
bool segments_action(struct step *step, enum action action);
int64_t marks_heard_us(const struct step *step);
void marks_select(struct model *model, const struct segment *segment);
/* The one that is selected; NULL, and the status says what to do. */
const struct segment *marks_need_selected(struct model *model);
/* An event on the focused question, about a mark or (NULL) none; all that it
 * points to is borrowed. */
struct event_segment marks_event(const struct model *model,
                                 const struct segment *about);
/* Asks for it where the rules allow it; else the status says why not. */
bool marks_do(struct step *step, enum event_kind kind,
              const struct event_segment *event);
void marks_label(struct step *step, const struct segment *segment,
                 const char *label);
void marks_delete(struct step *step);
/* update_segments_edit */
bool segments_edit(struct step *step, enum action action);
/* Moves the edge in hand where the rules allow it. */
void marks_move_edge(struct step *step, const struct segment *segment,
                     int64_t to_us);
void marks_next_attribute(struct model *model);
/* An answer to the attribute that is asked for, or to the first scale. */
bool marks_attribute_key(struct step *step, uint32_t key);
/* update_segments_find */
bool segments_find(struct step *step, enum action action);
/* What was written, or the row of the list. */
void marks_prompt(struct step *step, const char *text);
/* update_segments_walk */
bool segments_walk(struct step *step, enum action action);
void marks_visit(struct step *step, const struct segment *segment);
void marks_kept(struct step *step);
/* A mark that runs still, of an item that was left in its midst, is selected
 * and told; false: there is none. */
bool segments_resume(struct step *step);
/* The name of a tier, or a place on its marks. */
void segments_press(struct step *step, const struct hit *hit);
/* An edge that was pressed on moves with the mouse, and then for good. */
void segments_grab(struct model *model, const struct hit *hit);
void segments_drag(struct model *model, const struct hit *hit);
void segments_drop(struct step *step);
/* update_answer: what they share. */
/* update_compare: which of two is heard. */
bool compare_action(struct step *step, enum action action);
/* Plays one of them; asked when the question in hand does not know the key. */
bool compare_key(struct step *step, uint32_t key);
void compare_press(struct step *step, const struct hit *hit);

/* The key of an action that only some items know is free on all others. */
bool answer_frees_key(const struct model *model, enum action action);
bool answer_key(struct step *step, uint32_t key);
void answer_take(struct step *step); /* Enter */
void answer_clear(struct step *step);
void answer_cannot_tell(struct step *step);
void answer_nothing(struct step *step);
void answer_other(struct step *step);
void answer_send(struct step *step, const struct event_answer *answer);
const struct question_option *answer_option(const struct question *question,
                                            enum answer_kind kind);

/* update_trace: passes.  What there is to hear before a retraced part. */
enum { TRACE_LEAD_US = 2000000 };
/* Traces from_us to to_us from the next sound on, and begins it. */
void trace_arm(struct step *step, int64_t from_us, int64_t to_us,
               bool retraces);
void trace_stop(struct step *step, enum trace_end end);
void trace_leave(struct step *step); /* the entry */
void trace_heard(struct step *step);
void trace_tick(struct step *step);
void trace_kept(struct step *step);
void trace_not_kept(struct step *step);
/* update_trace_key: what moves it; false: not theirs. */
bool trace_key(struct step *step, uint32_t key);
bool trace_action(struct step *step, enum action action);
/* A locked pass is under way: says so, and time must not be moved. */
bool trace_locks(struct step *step);
void trace_mouse(struct step *step);
bool trace_wheel(struct step *step, int direction); /* 1: up */
void trace_stick(struct step *step);
/* Puts the pen where the stick is. */
void trace_steer(struct step *step);
/* update_sheet: what is drawn of it. */
void sheet_ask(struct step *step);
void sheet_traced(struct step *step);
void sheet_sampled(struct step *step);
void sheet_begin(struct model *model);
/* Leaves `value` as it is where nothing is traced. */
void sheet_value(const struct model *model, int64_t media_us,
                 double value[TRACE_DIMENSIONS]);

/* update_study: practice, pauses, breaks, session length. */
/* Can one go back to that entry?  Else the status says why not. */
bool study_may_go_to(struct step *step, size_t entry);
/* All of practice was handed in: judges it; true when that is what is next. */
bool study_practise(struct step *step);
void study_after_judged(struct step *step);
void study_after_paused(struct step *step);
/* The open entry is practice and is done: says how it went. */
bool study_feedback(struct step *step);
/* A rule of the protocol says to pause. */
bool study_pause(struct step *step);
/* The session, or the day, is as long as it may be. */
bool study_enough(struct step *step);
void study_begin_work(struct model *model); /* breaks count from here */
bool study_break_is_due(const struct model *model);
bool study_break_may_end(struct step *step);
/* Where everything is recorded. */
void study_record_key(struct step *step, uint32_t key);

/* update_form: the questionnaire; false: there is none, or it is done. */
bool form_begin(struct step *step, bool at_end);
void form_after_kept(struct step *step);
void form_typed(struct step *step);
bool form_key(struct step *step, uint32_t key);
bool form_action(struct step *step, enum action action);

/* update_prompt: a line of text, a list of reasons. */
void prompt_open(struct model *model, enum prompt_kind kind, const char *text);
void prompt_key(struct step *step, uint32_t key);
void prompt_text(struct step *step, const char *text);
void prompt_action(struct step *step, enum action action);
void prompt_reason(struct step *step, size_t reason);

/* update_court: the conflict workbench. */
/* The open entry was handed in or skipped: it is revealed, or the next one. */
void court_or_next(struct step *step, bool skipped);
void court_revealed(struct step *step);
void court_reason(struct step *step, const char *text);
/* False: not theirs. */
bool court_key(struct step *step, uint32_t key);
bool court_action(struct step *step, enum action action);

/* update_timeline: the window and the selection; false: another's action. */
bool timeline_action(struct step *step, enum action action);
/* The mouse on a pane of time: pressed, moved, let go; its wheel. */
void timeline_grab(struct step *step);
void timeline_drag(struct step *step);
void timeline_drop(struct step *step);
void timeline_wheel(struct step *step, int direction); /* -1: closer */
void timeline_roll(struct step *step, int direction);  /* -1: back */

/* update_picture: the pictures of a video. */
void picture_state(struct step *step);
void picture_cells(struct step *step);
void picture_found(struct step *step);
void picture_step(struct step *step, int direction);
/* False, and said, when they were seen as often as the protocol allows. */
bool picture_may_see(struct model *model);

/* update_play: the player. */
void play_action(struct step *step, enum action action);
void play_medium(struct step *step); /* a medium is there, or is not */
void play_state(struct step *step);
/* A part of the item, once or over and over; cut to the item.  `what` it is,
 * for the screen: "mark". */
void play_part(struct step *step, int64_t from_us, int64_t to_us);
void play_repeat(struct step *step, int64_t from_us, int64_t to_us,
                 const char *what);
/* To a media time, kept within the item. */
void play_seek_to(struct step *step, int64_t to_us);
/* The medium can be played; else the status says why not, `none` where the
 * item has no medium. */
bool play_ready(struct model *model, const char *none);
void play_heard(struct step *step);
/* Plays from there, once it may be heard; false: the status says why not. */
bool play_from(struct step *step, int64_t from_us);
/* The open entry is about to be left: what was heard of it ends here. */
void play_leave(struct step *step);

#endif
