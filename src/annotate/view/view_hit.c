/*
 * view_hit - what lies under the mouse.
 *
 * The panes mark what takes the mouse while they draw it, so that what is
 * hit can never differ from what is seen.  An answer to a click costs one
 * more drawing.
 */
#include <config.h>

#include <stdlib.h>

#include "annotate/view/view.h"
#include "annotate/view/view_internal.h"
#include "common/base/vec.h"

void mark_hit(const struct canvas *canvas, int x, int y, int width, int height,
              const struct hit *hit)
{
    struct areas *areas = canvas->areas;

    if (!areas || width < 1 || height < 1)
        return;
    VEC_GROW(areas);
    areas->item[areas->count++] = (struct area){
        .x = x,
        .y = y,
        .width = width,
        .height = height,
        .hit = *hit,
    };
}

void mark_pane(const struct canvas *canvas, int x, int y, int width, int height,
               enum pane pane)
{
    struct hit hit = { .pane = pane };

    mark_hit(canvas, x, y, width, height, &hit);
}

void mark_reason(const struct canvas *canvas, int y, int reason)
{
    struct hit hit = { .pane = PANE_REASON, .index = reason };

    mark_hit(canvas, 0, y, canvas->screen->width, 1, &hit);
}

void mark_part(const struct canvas *canvas, int x, int y, int width, int height,
               size_t question, enum hit_part part, int index)
{
    struct hit hit = {
        .pane = PANE_QUESTION,
        .question = question,
        .part = part,
        .index = index,
    };

    mark_hit(canvas, x, y, width, height, &hit);
}

void mark_circle(const struct canvas *canvas, int x, int y, int width,
                 size_t question, int option, int level)
{
    struct hit hit = {
        .pane = PANE_QUESTION,
        .question = question,
        .part = HIT_CIRCLE,
        .index = option,
        .level = level,
    };

    mark_hit(canvas, x, y, width, 1, &hit);
}

static bool same_part(const struct hit *a, const struct hit *b)
{
    return a->pane == b->pane && a->part == b->part &&
           a->question == b->question && a->index == b->index &&
           a->level == b->level;
}

static bool holds(const struct area *area, const struct mouse *mouse)
{
    return mouse->x >= area->x && mouse->x < area->x + area->width &&
           mouse->y >= area->y && mouse->y < area->y + area->height;
}

static int within(int value, int count)
{
    if (value < 0)
        return 0;
    return value < count ? value : count - 1;
}

static double fraction(int value, int count)
{
    return count > 1 ? (double)value / (count - 1) : 0;
}

static void place(const struct area *area, const struct mouse *mouse,
                  struct hit *hit)
{
    *hit = area->hit;
    hit->columns = area->width;
    hit->rows = area->height;
    hit->column = within(mouse->x - area->x, area->width);
    hit->row = within(mouse->y - area->y, area->height);
    hit->x = fraction(hit->column, area->width);
    hit->y = fraction(hit->row, area->height);
}

void view_hit(const struct model *model, bool ascii, const struct mouse *mouse,
              struct hit *hit)
{
    struct screen screen;
    struct areas areas = { 0 };
    struct canvas canvas = { model, &screen, &areas };
    bool held = model->grabbed && mouse->deed != MOUSE_PRESS;

    *hit = (struct hit){ .pane = PANE_NONE };
    screen_init(&screen, model->width, model->height, ascii);
    view_paint(&canvas);
    for (size_t i = areas.count; i-- > 0;) {
        const struct area *area = &areas.item[i];

        if (held ? same_part(&area->hit, &model->grab) : holds(area, mouse)) {
            place(area, mouse, hit);
            break;
        }
    }
    screen_release(&screen);
    free(areas.item);
}
