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

/* Keys and labels that flow from row to row. */
struct flow {
    int left, x, y;
    bool draw;
};

/* Its own key, else that of the action which gives the same answer. */
static const char *key_of(const struct canvas *canvas,
                          const struct question_option *option,
                          char out[KEY_NAME_SIZE])
{
    if (option->code)
        return key_name(option->code, out);
    if (option->kind == ANSWER_NONE)
        return draw_key(canvas, ACTION_NOTHING, out);
    if (option->kind == ANSWER_CANNOT_TELL)
        return draw_key(canvas, ACTION_CANNOT_TELL, out);
    out[0] = '\0';
    return out;
}

static void flow_options(const struct canvas *canvas, struct flow *flow,
                         const struct question_option *option, size_t count)
{
    int edge = canvas->screen->width - 1;

    for (size_t i = 0; i < count; i++) {
        char name[KEY_NAME_SIZE];
        const char *key = key_of(canvas, &option[i], name);
        const char *label = model_text(canvas->model, &option[i].label);
        int indent = utf8_width(key) + 1;
        int width = indent + utf8_width(label);

        if (flow->x > flow->left && flow->x + width > edge) {
            flow->y++;
            flow->x = flow->left;
        }
        if (flow->draw) {
            screen_put(canvas->screen, flow->x, flow->y, indent, ROLE_KEY, key);
            screen_put_cut(canvas->screen, flow->x + indent, flow->y,
                           edge - flow->x - indent, ROLE_PLAIN, label);
        }
        flow->x += width + COLUMN_GAP;
    }
}

/* The labels of a tier and the answers in place of marks; the rows used. */
static int draw_labels(const struct canvas *canvas,
                       const struct question *asked, const struct tier *tier,
                       int y, bool draw)
{
    struct flow flow = { INDENT, INDENT, y, draw };

    flow_options(canvas, &flow, tier->option, tier->option_count);
    if (flow.x > INDENT && asked->option_count > 0)
        flow.x += COLUMN_GAP;
    flow_options(canvas, &flow, asked->option, asked->option_count);
    return flow.y - y + 1;
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

/* The edge in hand stands in brackets. */
static void add_edge(struct buf *out, const struct canvas *canvas, int64_t us,
                     bool in_hand)
{
    if (in_hand)
        buf_add_char(out, '[');
    add_time(out, canvas, us);
    if (in_hand)
        buf_add_char(out, ']');
}

static void describe(const struct canvas *canvas, const struct tier *tier,
                     const struct segment *segment, struct buf *out)
{
    const char *label = view_mark_label(canvas, tier, segment->label);
    bool at_end = canvas->model->marks.at_end;

    if (!tier_has_labels(tier))
        label = model_text(canvas->model, &tier->label);
    buf_add_text(out, label[0] ? label : "(no label)");
    buf_add_text(out, "  ");
    add_edge(out, canvas, segment->from_us,
             tier->kind == TIER_INTERVAL && !at_end);
    if (segment_runs(segment)) {
        buf_add_text(out, " and runs");
    } else if (tier->kind == TIER_INTERVAL) {
        buf_add_text(out, " to ");
        add_edge(out, canvas, segment->to_us, at_end);
        buf_addf(out, "  (%.3f s)",
                 (double)(segment->to_us - segment->from_us) / 1e6);
    }
    for (size_t i = 0; i < tier->attribute_count; i++) {
        const struct tier_attribute *it = &tier->attribute[i];
        const char *value = segment_value(segment, it->id);

        buf_addf(out, "  %s %s", model_text(canvas->model, &it->label),
                 value[0] ? value : "-");
    }
    if (segment->note[0])
        buf_addf(out, "  \"%s\"", segment->note);
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

/* What is asked of the mark, in place of the labels. */
static void draw_attribute(const struct canvas *canvas,
                           const struct tier_attribute *attribute, int y)
{
    const char *language = canvas->model->language;
    size_t points = attribute->has_scale ? scale_count(&attribute->scale) : 0;
    struct flow flow;
    int x = INDENT;

    x +=
        screen_putf(canvas->screen, x, y, canvas->screen->width / 2, ROLE_TITLE,
                    "%s?", model_text(canvas->model, &attribute->label));
    x += 2;
    for (size_t i = 0; i < points; i++) {
        uint32_t key = model_point_key(&attribute->scale, i);

        if (key)
            screen_put_code(canvas->screen, x, y, ROLE_KEY, key);
        x += 2;
        x += screen_putf(canvas->screen, x, y, canvas->screen->width - x - 1,
                         ROLE_PLAIN, "%s",
                         scale_label(&attribute->scale, i, language));
        x += 1;
    }
    flow = (struct flow){ x, x, y, true };
    flow_options(canvas, &flow, attribute->option, attribute->option_count);
}

/* The labels of any of its tiers fit, so that nothing moves with the focus. */
static int labels_rows(const struct canvas *canvas, size_t question)
{
    const struct question *asked = &canvas->model->protocol->question[question];
    int most = 1;

    for (size_t t = 0; t < asked->tier_count; t++) {
        int rows = draw_labels(canvas, asked, &asked->tier[t], 0, false);

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

    const struct tier *tier = &asked->tier[focus];

    if (model->question == question && model->marks.attribute >= 0)
        draw_attribute(canvas, &tier->attribute[model->marks.attribute], y);
    else
        draw_labels(canvas, asked, tier, y, true);
    draw_selected(canvas, question, y + labels_rows(canvas, question));
}
