/*
 * script - recorded input for the workbench, without a terminal.
 *
 * A line is an action's name ("play-pause"), a key's name ("a", "Enter",
 * "Ctrl-R"), or one of
 *
 *     key NAME       the key, where its name is an action's too
 *     mouse DEED X Y a click, press, drag, release, wheel-up or wheel-down
 *                    on a cell; columns and rows count from 0
 *     stick X Y      the joystick is there: -1 to 1, right and up positive;
 *                    "none" pulls it out
 *     text WORDS     as if typed into a prompt
 *     tick US        so many microseconds go by
 *     resize WxH     the screen has another size
 *     traced         writes "traced PASS US": the pass of a trace that runs,
 *                    and the media time up to which it was heard; or "-"
 *     screen         writes the screen to stdout
 *     roles          writes a letter a cell: what it is (screen.h)
 *     expect TEXT    ends with status 1 unless the screen shows the text
 *     refuse TEXT    ends with status 1 if the screen shows it
 *
 * Blank lines and lines that begin with "#" are passed over.  What was kept
 * is written to stdout at once, a line each: "kept ENTRY QUESTION VALUE" for
 * an answer, "kept ENTRY QUESTION @KIND" and what is new of a mark, "kept ENTRY
 * @KIND" for the rest.
 */
#ifndef MIEN_ANNOTATE_SCRIPT_H
#define MIEN_ANNOTATE_SCRIPT_H

#include <stdbool.h>

#include "annotate/bench.h"

/* "80x24"; false when it is no size that a screen may have. */
bool script_parse_size(const char *text, int *width, int *height);

/* What the bench is to tell for the lines "kept". */
struct bench_watch script_watch(void);

/* Plays the file ("-": stdin) to its end, or to the end of the work. */
bool script_run(struct bench *bench, const char *path, int width, int height,
                bool ascii, struct error *err);

#endif
