/*
 * plain_mode - the workbench line by line, without a screen.
 *
 * For screen readers, Braille lines and terminals that cannot place a cursor:
 * what there is to know is written as sentences, and each line that is typed
 * is an answer (its key, its value, its words or a number), a text where one
 * is asked for, the name of an action, or nothing, which goes on.
 */
#ifndef MIEN_ANNOTATE_PLAIN_MODE_H
#define MIEN_ANNOTATE_PLAIN_MODE_H

#include "annotate/bench.h"

/*
 * Until the annotator stops, standard input ends, or Ctrl-C; returns the
 * reason, for the journal.
 */
const char *plain_run(struct bench *bench);

#endif
