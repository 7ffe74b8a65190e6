/*
 * quiet - stderr kept out of the way of the screen.
 *
 * The libraries below SDL complain on stderr, in the middle of the screen,
 * about each device that is not there.
 */
#ifndef MIEN_PLAY_QUIET_H
#define MIEN_PLAY_QUIET_H

/* Returns what quiet_end() wants. */
int quiet_begin(void);
void quiet_end(int saved);

#endif
