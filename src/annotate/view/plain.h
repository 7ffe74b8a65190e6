/*
 * plain - the model as sentences, for screen readers, Braille lines and
 * terminals that cannot place a cursor; pure.
 */
#ifndef MIEN_VIEW_PLAIN_H
#define MIEN_VIEW_PLAIN_H

#include "annotate/app/model.h"
#include "common/base/buf.h"

/*
 * The question that line mode cannot ask, or NULL: choices, scales and texts
 * can be asked and answered in lines, marks in time and planes cannot.
 */
const struct question *plain_misses(const struct protocol *protocol);

/* All that is to be known where the work stands: page, item or prompt. */
void plain_describe(const struct model *model, struct buf *out);
/* The question that has the focus, with its answers and the present one. */
void plain_question(const struct model *model, struct buf *out);
/* The present answer to it alone, and what there is to hear. */
void plain_answer(const struct model *model, struct buf *out);
void plain_sound(const struct model *model, struct buf *out);

#endif
