/*
 * pitch_choice - one pitch a frame out of its candidates, by the cheapest path.
 *
 * The path (Viterbi 1967) has a state for each candidate and one for unvoiced.
 * Weak voicing, pitches outside the speaking range, jumps, changes of the
 * slope, and changes between voiced and unvoiced cost.  The answer for a frame
 * comes PITCH_CHOICE_DELAY frames later: sounds of any length need the same
 * memory.
 */
#ifndef MIEN_FEAT_PITCH_CHOICE_H
#define MIEN_FEAT_PITCH_CHOICE_H

#include <stdbool.h>

#include "eval/feat/subharmonic.h"

enum { PITCH_CHOICE_DELAY = 40 };

struct pitch_choice;

struct pitch_choice *pitch_choice_new(void);
void pitch_choice_free(struct pitch_choice *choice); /* takes NULL */

/*
 * The candidates of the next frame.  True when the frame
 * PITCH_CHOICE_DELAY before it is decided: *hz, 0 for unvoiced.
 */
bool pitch_choice_push(struct pitch_choice *choice,
                       const struct subharmonic_candidate *candidate,
                       float *hz);
/* After the last frame: one frame after the other; false when all are out. */
bool pitch_choice_drain(struct pitch_choice *choice, float *hz);

#endif
