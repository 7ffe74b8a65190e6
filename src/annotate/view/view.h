/*
 * view - the model as cells; pure.
 */
#ifndef MIEN_VIEW_VIEW_H
#define MIEN_VIEW_VIEW_H

#include "annotate/app/model.h"
#include "annotate/view/screen.h"

/* Draws all of the screen, whatever its size. */
void view_draw(const struct model *model, struct screen *screen);

/*
 * What the mouse is on.  `ascii` is that of the screen that is shown.  While
 * a button is down the hit stays in the part that was pressed.
 */
void view_hit(const struct model *model, bool ascii, const struct mouse *mouse,
              struct hit *hit);

/* Lines of the item's text that are scrolled out of sight. */
void view_text_out(const struct model *model, int *above, int *below);
/* The cells that the picture of a video has; false where none is shown. */
bool view_picture_size(const struct model *model, int *columns, int *rows);

/* Lines of a long page that are below the screen; 0 where none is shown. */
int view_hidden(const struct model *model);

#endif
