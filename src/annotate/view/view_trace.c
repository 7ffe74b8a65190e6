/*
 * view_trace - a trace: over time on the axis that all panes share, or as a
 * point in a plane with the way that it came.
 */
#include <config.h>

#include <math.h>

#include "annotate/view/view_internal.h"
#include "common/base/number.h"
#include "common/base/utf8.h"

enum {
    MARGIN = TIMELINE_MARGIN,
    LEAST = 5,       /* rows of a pane over time */
    PLANE_LEAST = 9, /* rows of a plane */
    PLANE_MOST = 25,
    LABEL = 14,        /* cells left and right of a plane */
    TAIL_US = 3000000, /* of the way that the point came */
    INDENT = 3,
};

/* What lies between the lower and the upper edge of a pane. */
struct extent {
    double low, high;
};

int view_trace_rows(const struct canvas *canvas, int *least)
{
    const struct question_trace *rules = model_trace(canvas->model);
    int height = canvas->screen->height;

    *least = 0;
    if (!rules)
        return 0;
    *least = rules->count > 1 ? PLANE_LEAST : LEAST;
    if (rules->count > 1)
        return height / 2 > PLANE_MOST ? PLANE_MOST : height / 2;
    return height / 3 > *least ? height / 3 : *least;
}

static bool pen_is_out(const struct model *model)
{
    return model->trace.armed && model->trace.question == model->question &&
           model->trace.entry == model->position;
}

/* The sheet's slots of a column. */
static void slots_of(const struct model *model, int column, size_t *from,
                     size_t *to)
{
    const struct timeline *axis = &model->timeline;
    int64_t first = timeline_time(axis, column) - axis->from_us;
    int64_t last = timeline_time(axis, column + 1) - axis->from_us;

    *from = first < 0 ? 0 : (size_t)(first / TRACE_STEP_US);
    *to = last < 0 ? 0 : (size_t)(last / TRACE_STEP_US);
    if (*to == *from)
        (*to)++;
}

/* The least and the greatest value in [from, to); false: nothing there. */
static bool span_of(const struct trace_sheet *sheet, size_t from, size_t to,
                    size_t axis, struct extent *out)
{
    *out = (struct extent){ INFINITY, -INFINITY };
    for (size_t i = from; i < to && i < sheet->count; i++) {
        double value = (double)sheet->slot[i].value[axis];

        if (isnan(value))
            continue;
        out->low = fmin(out->low, value);
        out->high = fmax(out->high, value);
    }
    return out->low <= out->high;
}

/*
 * An absolute trace lies between its ends; of an unbounded one all that is in
 * the window is shown, but never less than the dimension's own range.
 */
static struct extent pane_extent(const struct model *model, size_t axis)
{
    const struct question_trace *rules = model_trace(model);
    const struct trace_dimension *dimension = &rules->dimension[axis];
    struct extent all = { dimension->min, dimension->max };
    struct extent seen;
    size_t from, to, end;

    if (rules->mode == TRACE_ABSOLUTE)
        return all;
    slots_of(model, 0, &from, &end);
    slots_of(model, model->timeline.width - 1, &end, &to);
    if (span_of(&model->trace.sheet, from, to, axis, &seen)) {
        all.low = fmin(all.low, seen.low);
        all.high = fmax(all.high, seen.high);
    }
    if (pen_is_out(model)) {
        all.low = fmin(all.low, model->trace.pen.value[axis]);
        all.high = fmax(all.high, model->trace.pen.value[axis]);
    }
    return all;
}

/* 0 is the lowest of `steps` levels. */
static int level_of(const struct extent *extent, double value, int steps)
{
    double part = (value - extent->low) / (extent->high - extent->low);
    int level = (int)lround(part * (steps - 1));

    if (level < 0)
        return 0;
    return level < steps ? level : steps - 1;
}

/* Half rows low to high of a column. */
static void draw_column(const struct canvas *canvas, int x,
                        const struct band *band, int low, int high,
                        enum role role)
{
    for (int row = 0; row < band->rows; row++) {
        int lower = 2 * (band->rows - 1 - row);
        bool below = low <= lower && lower <= high;
        bool above = low <= lower + 1 && lower + 1 <= high;

        if (below && above)
            draw_glyph(canvas, x, band->y + row, role, GLYPH_FULL);
        else if (above)
            draw_glyph(canvas, x, band->y + row, role, GLYPH_UPPER);
        else if (below)
            draw_glyph(canvas, x, band->y + row, role, GLYPH_LOWER);
    }
}

static void draw_sheet(const struct canvas *canvas, const struct band *band,
                       const struct trace_sheet *sheet,
                       const struct extent *extent, bool earlier)
{
    const struct model *model = canvas->model;
    int before = -1;

    for (int column = 0; column < model->timeline.width; column++) {
        struct extent seen;
        size_t from, to;
        int low, high;

        slots_of(model, column, &from, &to);
        if (!span_of(sheet, from, to, 0, &seen)) {
            before = -1;
            continue;
        }
        low = level_of(extent, seen.low, 2 * band->rows);
        high = level_of(extent, seen.high, 2 * band->rows);
        if (earlier) {
            draw_glyph(canvas, MARGIN + column,
                       band->y + band->rows - 1 - (low + high) / 4, ROLE_FAINT,
                       GLYPH_EARLIER);
            continue;
        }
        /* Steep ways stay in one piece. */
        if (before >= 0 && before < low)
            low = before + 1;
        if (before >= 0 && before > high)
            high = before - 1;
        draw_column(canvas, MARGIN + column, band, low, high, ROLE_CHOSEN);
        before = level_of(extent, seen.high, 2 * band->rows);
    }
}

static void draw_over_time(const struct canvas *canvas, const struct band *band)
{
    const struct model *model = canvas->model;
    const struct trace_dimension *dimension = &model_trace(model)->dimension[0];
    struct extent extent = pane_extent(model, 0);
    int width = model->timeline.width;
    int head = timeline_column(&model->timeline, model->playback.position_us);
    int middle = level_of(&extent, dimension->start, 2 * band->rows) / 2;

    for (int column = 0; column < width; column++)
        draw_glyph(canvas, MARGIN + column, band->y + band->rows - 1 - middle,
                   ROLE_FAINT, GLYPH_MIDDLE);
    screen_put_cut(canvas->screen, MARGIN, band->y, width / 2, ROLE_FAINT,
                   model_text(model, &dimension->high));
    screen_put_cut(canvas->screen, MARGIN, band->y + band->rows - 1, width / 2,
                   ROLE_FAINT, model_text(model, &dimension->low));
    draw_sheet(canvas, band, &model->trace.earlier, &extent, true);
    draw_sheet(canvas, band, &model->trace.sheet, &extent, false);
    if (head >= 0 && head < width) {
        for (int row = 0; row < band->rows; row++)
            draw_glyph(canvas, MARGIN + head, band->y + row, ROLE_PLAYHEAD,
                       GLYPH_PLAYHEAD);
        if (pen_is_out(model))
            draw_glyph(canvas, MARGIN + head,
                       band->y + band->rows - 1 -
                           level_of(&extent, model->trace.pen.value[0],
                                    2 * band->rows) /
                               2,
                       ROLE_CURSOR, GLYPH_ON);
    }
    mark_part(canvas, MARGIN, band->y, width, band->rows, model->question,
              HIT_TRACE, 0);
}

/* A plane of cells that look as wide as high. */
struct plane {
    int x, y, width, rows;
    struct extent across, up;
};

static void plot(const struct canvas *canvas, const struct plane *plane,
                 double across, double up, enum role role, enum glyph glyph)
{
    draw_glyph(
        canvas, plane->x + level_of(&plane->across, across, plane->width),
        plane->y + plane->rows - 1 - level_of(&plane->up, up, plane->rows),
        role, glyph);
}

/* They cross where a trace begins; without ends that is not the middle. */
static void draw_axes(const struct canvas *canvas, const struct plane *plane)
{
    const struct model *model = canvas->model;
    const struct trace_dimension *across = &model_trace(model)->dimension[0];
    const struct trace_dimension *up = &model_trace(model)->dimension[1];
    struct screen *screen = canvas->screen;
    int middle = plane->y + plane->rows - 1 -
                 level_of(&plane->up, up->start, plane->rows);
    int centre =
        plane->x + level_of(&plane->across, across->start, plane->width);
    const char *low = model_text(model, &across->low);
    int width = utf8_width(low);

    for (int row = 0; row < plane->rows; row++)
        draw_glyph(canvas, centre, plane->y + row, ROLE_FAINT, GLYPH_PLAYHEAD);
    for (int column = 0; column < plane->width; column++)
        draw_glyph(canvas, plane->x + column, middle, ROLE_FAINT, GLYPH_MIDDLE);
    if (width > LABEL)
        width = LABEL;
    screen_put_cut(screen, plane->x - 1 - width, middle, width, ROLE_PLAIN,
                   low);
    screen_put_cut(screen, plane->x + plane->width + 1, middle, LABEL,
                   ROLE_PLAIN, model_text(model, &across->high));
    screen_put_cut(screen, centre + 2, plane->y, LABEL, ROLE_PLAIN,
                   model_text(model, &up->high));
    screen_put_cut(screen, centre + 2, plane->y + plane->rows - 1, LABEL,
                   ROLE_PLAIN, model_text(model, &up->low));
}

/* The last seconds up to the playhead, the older the fainter. */
static void draw_tail(const struct canvas *canvas, const struct plane *plane,
                      const struct trace_sheet *sheet, bool earlier)
{
    const struct playback *playback = &canvas->model->playback;
    int64_t now_us = playback->position_us - playback->from_us;
    int64_t at_us = now_us > TAIL_US ? now_us - TAIL_US : 0;

    for (; at_us <= now_us; at_us += TRACE_STEP_US) {
        size_t slot = (size_t)(at_us / TRACE_STEP_US);
        bool old = at_us < now_us - TAIL_US / 2;

        if (slot >= sheet->count || isnan(sheet->slot[slot].value[0]))
            continue;
        plot(canvas, plane, (double)sheet->slot[slot].value[0],
             (double)sheet->slot[slot].value[1],
             earlier ? ROLE_FAINT : ROLE_CHOSEN,
             earlier || old ? GLYPH_EARLIER : GLYPH_TAIL);
    }
}

static void draw_plane(const struct canvas *canvas, const struct band *band)
{
    const struct model *model = canvas->model;
    int rows = band->rows % 2 ? band->rows : band->rows - 1;
    struct plane plane = {
        .y = band->y,
        .rows = rows,
        .width = 4 * rows + 1, /* finer across: that costs nothing */
        .across = pane_extent(model, 0),
        .up = pane_extent(model, 1),
    };
    int room = canvas->screen->width - 2 * (LABEL + MARGIN + 1);

    if (plane.width > room)
        plane.width = room % 2 ? room : room - 1;
    plane.x = (canvas->screen->width - plane.width) / 2;
    draw_axes(canvas, &plane);
    draw_tail(canvas, &plane, &model->trace.earlier, true);
    draw_tail(canvas, &plane, &model->trace.sheet, false);
    if (pen_is_out(model))
        plot(canvas, &plane, model->trace.pen.value[0],
             model->trace.pen.value[1], ROLE_CURSOR, GLYPH_ON);
    mark_part(canvas, plane.x, plane.y, plane.width, plane.rows,
              model->question, HIT_TRACE, 0);
}

void view_trace_pane(const struct canvas *canvas, const struct band *band)
{
    if (canvas->model->playback.medium != MEDIUM_READY)
        return;
    if (model_trace(canvas->model)->count > 1)
        draw_plane(canvas, band);
    else
        draw_over_time(canvas, band);
}

static bool has_slider(const struct question *question)
{
    return question->trace->count == 1 &&
           question->trace->mode == TRACE_ABSOLUTE;
}

int view_trace_height(const struct canvas *canvas, size_t question)
{
    const struct question *asked = &canvas->model->protocol->question[question];

    return 1 + has_slider(asked) + view_options_height(canvas, question);
}

/* "tracing  valence 0.25  12.4 of 60.0 s traced, version 2" */
static void draw_state(const struct canvas *canvas, size_t question, int y)
{
    const struct model *model = canvas->model;
    const struct tracing *trace = &model->trace;
    const struct question *asked = &model->protocol->question[question];
    const struct playback *playback = &model->playback;
    bool out = pen_is_out(model) && trace->question == question;
    int64_t traced_us =
        fold_traced_us(&model->fold, model->position, asked->id);
    struct buf text = { 0 };

    /* A pass in one go counts when it is whole: meanwhile its own way. */
    if (out && trace->running && asked->trace->transport == TRACE_LOCKED)
        traced_us = trace->sampler.next_us - trace->from_us;

    if (out)
        buf_add_text(&text, trace->running ? "tracing" : "ready to trace");
    else
        buf_add_text(&text, "not tracing");
    for (size_t i = 0; out && i < asked->trace->count; i++)
        buf_addf(&text, "  %s %.2f",
                 model_text(model, &asked->trace->dimension[i].label),
                 trace->pen.value[i]);
    buf_addf(&text, "  %.1f of %.1f s traced", (double)traced_us / 1e6,
             (double)(playback->to_us - playback->from_us) / 1e6);
    if (out && trace->retraces)
        buf_addf(&text, ", version %d from %.1f s to %.1f s", trace->version,
                 (double)(trace->from_us - playback->from_us) / 1e6,
                 (double)(trace->to_us - playback->from_us) / 1e6);
    draw_glyph(canvas, INDENT, y, out ? ROLE_CHOSEN : ROLE_FAINT,
               out && trace->running ? GLYPH_ON : GLYPH_OFF);
    screen_put_cut(canvas->screen, INDENT + 2, y,
                   canvas->screen->width - INDENT - 3, ROLE_PLAIN,
                   buf_text(&text));
    buf_release(&text);
}

/* As wide as the screen: finer than the pane's rows, for the mouse. */
static void draw_slider(const struct canvas *canvas, size_t question, int y)
{
    const struct model *model = canvas->model;
    const struct trace_dimension *dimension =
        &model->protocol->question[question].trace->dimension[0];
    struct extent extent = { dimension->min, dimension->max };
    struct screen *screen = canvas->screen;
    const char *low = model_text(model, &dimension->low);
    const char *high = model_text(model, &dimension->high);
    int x = INDENT + screen_put_cut(screen, INDENT, y, LABEL, ROLE_PLAIN, low);
    int width = utf8_width(high) > LABEL ? LABEL : utf8_width(high);
    int end = screen->width - 2 - width;

    screen_put_cut(screen, end, y, width, ROLE_PLAIN, high);
    x++;
    end--;
    for (int i = x; i < end; i++)
        draw_glyph(canvas, i, y, ROLE_FAINT, GLYPH_UNHEARD);
    if (pen_is_out(model) && model->trace.question == question)
        draw_glyph(canvas,
                   x + level_of(&extent, model->trace.pen.value[0], end - x), y,
                   ROLE_CURSOR, GLYPH_ON);
    mark_part(canvas, x, y, end - x, 1, question, HIT_TRACE_BAR, 0);
}

void view_trace(const struct canvas *canvas, size_t question, int y)
{
    const struct question *asked = &canvas->model->protocol->question[question];

    draw_state(canvas, question, y++);
    if (has_slider(asked))
        draw_slider(canvas, question, y++);
    view_options(canvas, question, y, 0);
}
