/*
 * terminfo - what the terminal's entry says, without taking the terminal.
 *
 * Not while term_open() holds it: curses has one entry at a time.
 */
#ifndef MIEN_TERM_TERMINFO_H
#define MIEN_TERM_TERMINFO_H

#include <stdbool.h>

/* False when TERM names no entry. */
bool terminfo_open(void);
void terminfo_close(void);
/* NULL: the entry does not have it. */
const char *terminfo_text(const char *capability);
/* 16777216 where all of them; 0: none. */
int terminfo_colours(void);

#endif
