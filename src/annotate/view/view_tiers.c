/*
 * view_tiers - marks on tiers, on the axis of time that all panes share.
 *
 * A tier takes a row for its name and a row (two, where marks may overlap)
 * for its marks; where the rows do not suffice the tier that has the focus
 * keeps its name and the others lose theirs.  An interval is drawn from its
 * first cell to its last with its label between, one that runs still has no
 * end, the one that is selected has ends of its own.  A point is one cell: the
 * key of its label.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "annotate/view/view_internal.h"
#include "common/base/number.h"
#include "common/base/utf8.h"

enum { MARGIN = TIMELINE_MARGIN, LANES_MAX = 2 };

const char *view_mark_label(const struct canvas *canvas,
                            const struct tier *tier, const char *value)
{
    const struct question_option *option = tier_option(tier, value);

    return option ? model_text(canvas->model, &option->label) : value;
}

static int lanes(const struct tier *tier)
{
    return tier->may_overlap && tier->kind == TIER_INTERVAL ? LANES_MAX : 1;
}

/* --- one tier ------------------------------------------------------------ */

static bool is_selected(const struct canvas *canvas,
                        const struct segment *segment)
{
    const struct model_marks *marks = &canvas->model->marks;

    return marks->selected &&
           memcmp(marks->segment, segment->id, sizeof(marks->segment)) == 0;
}

static void draw_point(const struct canvas *canvas, const struct tier *tier,
                       const struct segment *segment, int y, bool selected)
{
    const struct question_option *option = tier_option(tier, segment->label);
    int x = timeline_column(&canvas->model->timeline, segment->from_us);
    enum role role = selected ? ROLE_CURSOR : ROLE_PLAIN;

    if (x < 0 || x >= canvas->model->timeline.width)
        return;
    if (option && option->code)
        screen_put_code(canvas->screen, MARGIN + x, y, role, option->code);
    else
        draw_glyph(canvas, MARGIN + x, y, role, GLYPH_POINT);
    if (selected) {
        draw_glyph(canvas, MARGIN + x - 1, y, role, GLYPH_CURSOR);
        draw_glyph(canvas, MARGIN + x + 1, y, role, GLYPH_CURSOR_END);
    }
}

/* An interval in cells; it may reach out of the window on both sides. */
struct bar {
    int from, to; /* columns, both included */
    bool selected;
    bool runs;
    const char *label;
};

static void draw_bar(const struct canvas *canvas, int y, const struct bar *bar)
{
    struct screen *screen = canvas->screen;
    int last = canvas->model->timeline.width - 1;
    int from = bar->from < 0 ? 0 : bar->from;
    int to = bar->to > last ? last : bar->to;
    enum role role = bar->selected ? ROLE_CURSOR : ROLE_PLAIN;
    int left = from, right = to; /* of what the ends leave to the label */

    screen_fill(screen, MARGIN + from, y, to - from + 1, role,
                glyph_code(GLYPH_RULE, screen->ascii));
    if (bar->from >= 0) {
        draw_glyph(canvas, MARGIN + from, y, role,
                   bar->selected ? GLYPH_PICKED_IN : GLYPH_MARK_IN);
        left++;
    }
    if (bar->to <= last && to > from) {
        draw_glyph(canvas, MARGIN + to, y, role,
                   bar->runs       ? GLYPH_RUNS
                   : bar->selected ? GLYPH_PICKED_OUT
                                   : GLYPH_MARK_OUT);
        right--;
    }
    if (right >= left)
        screen_put(screen, MARGIN + left, y, right - left + 1, role,
                   bar->label);
}

static void draw_interval(const struct canvas *canvas, const struct tier *tier,
                          const struct segment *segment, int y, bool selected)
{
    const struct model *model = canvas->model;
    const struct timeline *axis = &model->timeline;
    bool runs = segment_runs(segment);
    int64_t from_us = segment->from_us;
    int64_t to_us = runs ? model->playback.position_us : segment->to_us;
    struct bar bar = {
        .selected = selected,
        .runs = runs,
        .label = view_mark_label(canvas, tier, segment->label),
    };

    if (selected && model->grabbed && model->marks.dragged_us >= 0)
        *(model->marks.at_end ? &to_us : &from_us) = model->marks.dragged_us;
    bar.from = timeline_column(axis, from_us);
    bar.to = timeline_column(axis, to_us > from_us ? to_us - 1 : from_us);
    if (bar.to >= 0 && bar.from < axis->width)
        draw_bar(canvas, y, &bar);
}

/* Marks that begin before the window may reach into it. */
static size_t first_shown(const struct canvas *canvas, const struct tier *tier,
                          const struct track_tier *marks)
{
    int64_t left_us = canvas->model->timeline.left_us;
    size_t at = track_tier_before(marks, left_us);
    size_t first = at;

    while (at-- > 0) {
        if (segment_runs(marks->item[at]) || marks->item[at]->to_us > left_us)
            first = at;
        else if (!tier->may_overlap)
            break; /* the one before ends earlier still */
    }
    return first;
}

static void draw_marks(const struct canvas *canvas, const struct tier *tier,
                       const struct track_tier *marks, int y, int rows)
{
    int64_t end_us[LANES_MAX] = { 0 };
    const struct segment *selected = NULL;
    int selected_y = y;

    for (size_t i = first_shown(canvas, tier, marks); i < marks->count; i++) {
        const struct segment *it = marks->item[i];
        int lane = 0;

        if (it->from_us > canvas->model->timeline.right_us)
            break;
        if (tier->kind == TIER_POINT) {
            draw_point(canvas, tier, it, y, false);
        } else {
            bool here = is_selected(canvas, it);

            while (lane < rows - 1 && end_us[lane] > it->from_us)
                lane++;
            end_us[lane] = segment_runs(it) ? INT64_MAX : it->to_us;
            if (!here)
                draw_interval(canvas, tier, it, y + lane, false);
        }
        if (is_selected(canvas, it)) {
            selected = it;
            selected_y = y + lane;
        }
    }
    /* Last, so that it is seen wherever many share a cell. */
    if (selected && tier->kind == TIER_POINT)
        draw_point(canvas, tier, selected, selected_y, true);
    else if (selected)
        draw_interval(canvas, tier, selected, selected_y, true);
}

static void draw_name(const struct canvas *canvas, size_t question, size_t t,
                      int y)
{
    const struct model *model = canvas->model;
    const struct tier *tier = &model->protocol->question[question].tier[t];
    size_t count = track_tier(model_track(model, question), tier->id)->count;
    bool focus = model->question == question && model->marks.tier == t;
    int x = MARGIN + 1;

    mark_part(canvas, 0, y, canvas->screen->width, 1, question, HIT_TIER,
              (int)t);
    x += screen_put_cut(canvas->screen, x, y, canvas->screen->width / 2,
                        focus ? ROLE_TITLE : ROLE_PLAIN,
                        model_text(model, &tier->label));
    screen_putf(canvas->screen, x + 2, y, 40, ROLE_FAINT, "%zu %s%s", count,
                tier->kind == TIER_POINT ? "point" : "interval",
                count == 1 ? "" : "s");
}

/* One tier; returns the rows that it took. */
static int draw_tier(const struct canvas *canvas, size_t question, size_t t,
                     int y, bool name, int rows)
{
    const struct model *model = canvas->model;
    const struct tier *tier = &model->protocol->question[question].tier[t];
    bool focus = model->question == question && model->marks.tier == t;
    struct band band = { y + (name ? 1 : 0), rows };

    if (name)
        draw_name(canvas, question, t, y);
    if (focus)
        draw_glyph(canvas, 0, y, ROLE_TITLE, GLYPH_FOCUS);
    mark_part(canvas, MARGIN, band.y, model->timeline.width, rows, question,
              HIT_TRACK, (int)t);
    if (model->playback.medium == MEDIUM_READY) {
        view_playhead(canvas, &band);
        draw_marks(canvas, tier,
                   track_tier(model_track(model, question), tier->id), band.y,
                   rows);
    }
    return rows + (name ? 1 : 0);
}

int view_tiers_height(const struct canvas *canvas, size_t question)
{
    const struct question *asked = &canvas->model->protocol->question[question];
    int rows = 0;

    for (size_t t = 0; t < asked->tier_count; t++)
        rows += 1 + lanes(&asked->tier[t]);
    return rows;
}

/* The first tier that is seen where not all can be. */
static size_t first_tier(const struct model *model, size_t question,
                         size_t seen)
{
    size_t count = model->protocol->question[question].tier_count;
    size_t focus = model->question == question ? model->marks.tier : 0;

    if (seen >= count || focus < seen)
        return 0;
    return focus - seen + 1;
}

void view_tiers(const struct canvas *canvas, size_t question,
                const struct band *band)
{
    const struct model *model = canvas->model;
    const struct question *asked = &model->protocol->question[question];
    size_t focus = model->question == question ? model->marks.tier : 0;
    bool full = band->rows >= view_tiers_height(canvas, question);
    int spare = band->rows - (int)asked->tier_count; /* for names */
    size_t first = first_tier(model, question, (size_t)band->rows);
    int y = band->y;

    for (size_t t = first; t < asked->tier_count; t++) {
        bool name = full || (t == focus && spare > 0);

        if (y + (name ? 2 : 1) > band->y + band->rows)
            break;
        y += draw_tier(canvas, question, t, y, name,
                       full ? lanes(&asked->tier[t]) : 1);
    }
}
