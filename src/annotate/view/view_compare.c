/*
 * view_compare - two that are compared: which of them is heard, which was.
 */
#include <config.h>

#include "annotate/view/view_internal.h"
#include "common/base/number.h"

enum { MARGIN = TIMELINE_MARGIN, SIDE_WIDTH = 15 /* and its key */ };

const char *const view_side_names[] = { "A", "B" };

/* Where it plays, or would; 0 is the first, also in the silence after it. */
static int side_now(const struct model *model)
{
    const struct playback *playback = &model->playback;

    return playback->position_us >= playback->second_us;
}

static bool plays(const struct model *model, int side)
{
    return model->playback.playing && side_now(model) == side;
}

/* The journal knows a stretch once it ended; what plays now counts here. */
static bool was_heard(const struct model *model, int side)
{
    int64_t from_us, to_us;

    model_side(model, side, &from_us, &to_us);
    return model_side_heard(model, side) ||
           (model->fold.playing && model->fold.play_from_us <= from_us &&
            model->playback.position_us >= to_us);
}

/* Do digits answer now? */
static bool takes_points(const struct model *model)
{
    return question_points(model_question(model)) > 0 || model->on_intensity;
}

/* Of its keys the first that answers nothing of the question in hand. */
static const char *side_key(const struct model *model, int side,
                            char out[KEY_NAME_SIZE])
{
    enum action action = side ? ACTION_PLAY_SECOND : ACTION_PLAY_FIRST;
    const struct question *question = model_question(model);
    const struct keymap *map = model->keymap;

    for (size_t i = 0; i < map->count; i++)
        if (map->item[i].action == action &&
            !question_option_by_code(question, map->item[i].key) &&
            (!takes_points(model) ||
             model_point_of_key(&question->scale, map->item[i].key) < 0))
            return key_name(map->item[i].key, out);
    out[0] = '\0';
    return out;
}

/* "1 A > playing", "2 B not yet". */
static int draw_side(const struct canvas *canvas, int x, int y, int side)
{
    const struct model *model = canvas->model;
    bool heard = was_heard(model, side);
    struct screen *screen = canvas->screen;
    struct hit hit = { .pane = PANE_SIDE, .index = side };
    char key[KEY_NAME_SIZE];
    int begin = x, end;

    x += screen_put(screen, x, y, KEY_NAME_SIZE, ROLE_KEY,
                    side_key(model, side, key));
    end = x + SIDE_WIDTH;
    x++;
    x += screen_put(screen, x, y, 2, ROLE_TITLE, view_side_names[side]);
    x++;
    if (plays(model, side))
        draw_glyph(canvas, x, y, ROLE_TITLE, GLYPH_PLAY);
    else if (heard)
        draw_glyph(canvas, x, y, ROLE_GOOD, GLYPH_GOOD);
    x += 2;
    x += screen_put(screen, x, y, 12, heard ? ROLE_PLAIN : ROLE_FAINT,
                    plays(model, side) ? "playing"
                    : heard            ? "heard"
                                       : "not yet");
    mark_hit(canvas, begin, y, end - begin, 1, &hit);
    return end;
}

/* Where each begins, on the line of all of it. */
void view_pair_sides(const struct canvas *canvas, int y,
                     const struct timeline *axis)
{
    const struct model *model = canvas->model;

    for (int side = 0; side < 2 && model->playback.second_us > 0; side++) {
        int64_t from_us, to_us;

        model_side(model, side, &from_us, &to_us);
        screen_put(canvas->screen, MARGIN + timeline_column(axis, from_us), y,
                   1, ROLE_TITLE, view_side_names[side]);
    }
}

int view_pair_transport(const struct canvas *canvas, int y)
{
    const struct model *model = canvas->model;
    const struct playback *playback = &model->playback;
    char at[NUMBER_TEXT_SIZE], whole[NUMBER_TEXT_SIZE];
    int64_t from_us, to_us, at_us;
    int side = side_now(model);
    int x = MARGIN + 2;

    model_side(model, side, &from_us, &to_us);
    at_us = playback->position_us < to_us ? playback->position_us : to_us;
    x += screen_putf(canvas->screen, x, y, 24, ROLE_PLAIN, "%s %s / %s",
                     view_side_names[side],
                     number_format_clock(at_us - from_us, at),
                     number_format_clock(to_us - from_us, whole));
    x += 2;
    for (int i = 0; i < 2; i++)
        x = draw_side(canvas, x, y, i);
    return x;
}
