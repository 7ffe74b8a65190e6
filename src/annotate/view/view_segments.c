/*
 * view_segments - the labels of the tier that has the focus, and the mark that
 * is selected, in words; the tiers themselves have a pane (view_tiers).
 */
#include <config.h>

#include <stdio.h>

#include "annotate/view/view_internal.h"
#include "common/base/number.h"
#include "common/base/utf8.h"

enum { INDENT = 3, COLUMN_GAP = 3 };

/* Keys and labels in a row, in rows as they must be; returns how many. */
static int draw_labels(const struct canvas *canvas, const struct tier *tier,
                       int x, int y, bool draw)
{
    const struct question_option *option = tier->option;
    int rows = 1;
    int edge = canvas->screen->width - 1;
    int from = x;

    for (size_t i = 0; i < tier->option_count; i++) {
        const char *label = model_text(canvas->model, &option[i].label);
        const char *key = option[i].code ? option[i].key : " ";
        int width = utf8_width(key) + 1 + utf8_width(label);

        if (x > from && x + width > edge) {
            rows++;
            x = from;
        }
        if (draw) {
            screen_put(canvas->screen, x, y + rows - 1, 2, ROLE_KEY, key);
            screen_put_cut(canvas->screen, x + utf8_width(key) + 1,
                           y + rows - 1, edge - x - 2, ROLE_PLAIN, label);
        }
        x += width + COLUMN_GAP;
    }
    return rows;
}

static void add_time(struct buf *out, const struct canvas *canvas, int64_t us)
{
    int64_t at = us - canvas->model->playback.from_us;
    char text[NUMBER_TEXT_SIZE];

    /* To the millisecond: that is what an edge is moved by. */
    snprintf(text, sizeof(text), "%lld:%02lld.%03lld",
             (long long)(at / 60000000), (long long)(at / 1000000 % 60),
             (long long)(at / 1000 % 1000));
    buf_add_text(out, text);
}

static void describe(const struct canvas *canvas, const struct tier *tier,
                     const struct segment *segment, struct buf *out)
{
    const char *label = view_mark_label(canvas, tier, segment->label);

    buf_add_text(out, label[0] ? label : "(no label)");
    buf_add_text(out, "  ");
    add_time(out, canvas, segment->from_us);
    if (segment_runs(segment)) {
        buf_add_text(out, " and runs");
    } else if (tier->kind == TIER_INTERVAL) {
        buf_add_text(out, " to ");
        add_time(out, canvas, segment->to_us);
        buf_addf(out, "  (%.3f s)",
                 (double)(segment->to_us - segment->from_us) / 1e6);
    }
    for (size_t i = 0; i < tier->attribute_count; i++) {
        const struct tier_attribute *it = &tier->attribute[i];
        const char *value = segment_value(segment, it->id);

        buf_addf(out, "  %s %s", model_text(canvas->model, &it->label),
                 value[0] ? value : "-");
    }
}

static void draw_selected(const struct canvas *canvas, size_t question, int y)
{
    const struct model *model = canvas->model;
    const struct segment *segment =
        model->question == question ? model_segment(model) : NULL;
    struct buf text = { 0 };

    if (!segment)
        return;
    describe(canvas, model_tier(model), segment, &text);
    screen_put_cut(canvas->screen, INDENT, y,
                   canvas->screen->width - INDENT - 1, ROLE_CHOSEN,
                   buf_text(&text));
    buf_release(&text);
}

/* The labels of any of its tiers fit, so that nothing moves with the focus. */
static int labels_rows(const struct canvas *canvas, size_t question)
{
    const struct question *asked = &canvas->model->protocol->question[question];
    int most = 1;

    for (size_t t = 0; t < asked->tier_count; t++) {
        int rows = draw_labels(canvas, &asked->tier[t], INDENT, 0, false);

        if (rows > most)
            most = rows;
    }
    return most;
}

int view_segments_height(const struct canvas *canvas, size_t question)
{
    return labels_rows(canvas, question) + 1;
}

void view_segments(const struct canvas *canvas, size_t question, int y)
{
    const struct model *model = canvas->model;
    const struct question *asked = &model->protocol->question[question];
    size_t focus = model->question == question ? model->marks.tier : 0;

    draw_labels(canvas, &asked->tier[focus], INDENT, y, true);
    draw_selected(canvas, question, y + labels_rows(canvas, question));
}
