/*
 * term - the only door to curses: shows cell grids, reads keys, and leaves
 * the terminal as it was on every way out.
 *
 * There is one terminal; UI thread only.
 */
#ifndef MIEN_TERM_TERM_H
#define MIEN_TERM_TERM_H

#include <stdbool.h>
#include <stdint.h>

#include "annotate/term/keys.h"
#include "annotate/view/screen.h"
#include "annotate/view/theme.h"
#include "common/base/error.h"

struct terminal;

/* Does the user's own locale, whatever main made of it, have UTF-8? */
bool term_locale_is_utf8(void);

/*
 * Can the workbench be shown on stdin and stdout?  Nothing is changed.  When
 * not, `err` says what to do: `without` names what the command has for such a
 * place ("--plain").
 */
bool term_check(const char *without, struct error *err);

/*
 * Takes over the terminal on stdin and stdout.  Refuses one that cannot
 * place the cursor.  From here on SIGTERM, SIGHUP, SIGINT and SIGQUIT are
 * told by term_stopped(), the second of them and every fatal signal restore
 * the terminal and end the program.  With `mouse` it is asked to report the
 * mouse, where it can.
 */
struct terminal *term_open(bool mouse, struct error *err);
/* Gives the terminal back; takes NULL. */
/* Reports moves of the mouse without a button, too: while a trace runs. */
void term_track_moves(struct terminal *term, bool on);
void term_close(struct terminal *term);

/* Enough colours for spectrograms. */
bool term_has_heat(const struct terminal *term);
bool term_has_colour(const struct terminal *term);
/* How many colours pictures may have here. */
enum picture_depth term_depth(const struct terminal *term, enum theme theme);
/* The terminal has answered what term_show() asked behind a picture. */
void term_answered(struct terminal *term, int64_t at_us);
/* The size in cells; true when it has changed since the last call. */
bool term_size(struct terminal *term, int *width, int *height);
/*
 * Shows the grid; only cells that differ are sent, and those of pictures only
 * as fast as the terminal follows.
 */
void term_show(struct terminal *term, const struct screen *screen,
               enum theme theme);
/* Sends everything again. */
void term_redraw(struct terminal *term);
void term_beep(struct terminal *term);
/* Gives the terminal to the shell until the program is continued. */
void term_suspend(struct terminal *term);

/* A signal asked to end: its number, else 0. */
int term_stopped(const struct terminal *term);
/* To poll besides stdin: readable when a signal has come. */
int term_signal_fd(const struct terminal *term);
/* Takes what the signals wrote. */
void term_drain_signals(struct terminal *term);

/* CLOCK_MONOTONIC in microseconds. */
int64_t term_now_us(void);

#endif
