/*
 * wave_builder - reads a medium's waveform in a thread of its own.
 *
 * All functions are called by the UI thread.
 */
#ifndef MIEN_ANNOTATE_WAVE_BUILDER_H
#define MIEN_ANNOTATE_WAVE_BUILDER_H

#include <stdbool.h>
#include <stdint.h>

#include "annotate/app/model.h"
#include "annotate/play/wake.h"

struct wave_builder;

/*
 * Begins with a span of the medium (end_us < 0: to its end); posts `wake`,
 * which outlives it, when all of it is there.  A medium that cannot be read
 * has no waveform; the player says why.
 */
struct wave_builder *wave_builder_new(const char *path, int64_t start_us,
                                      int64_t end_us, struct wake *wake);
/* Stops at the next piece of the medium; takes NULL. */
void wave_builder_free(struct wave_builder *builder);
/* Until all of it is there. */
void wave_builder_wait(struct wave_builder *builder);
/*
 * What is there so far of from_us to to_us; false when nothing has changed
 * since the last call.
 */
bool wave_builder_draw(struct wave_builder *builder, int64_t from_us,
                       int64_t to_us, struct wave *wave);

#endif
