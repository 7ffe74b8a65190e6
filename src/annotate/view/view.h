/*
 * view - the model as cells; pure.
 */
#ifndef MIEN_VIEW_VIEW_H
#define MIEN_VIEW_VIEW_H

#include "annotate/app/model.h"
#include "annotate/view/screen.h"

/* Draws all of the screen, whatever its size. */
void view_draw(const struct model *model, struct screen *screen);

/* Lines of a long page that are below the screen; 0 where none is shown. */
int view_hidden(const struct model *model);

#endif
