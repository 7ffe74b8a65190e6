/*
 * view_sound - the waveform, where it plays, and what was heard.
 */
#include <config.h>

#include "annotate/view/view_internal.h"
#include "common/base/number.h"

enum { MARGIN = TIMELINE_MARGIN };

/* The item as a whole on an axis as wide as the window's. */
static struct timeline whole_item(const struct model *model)
{
    struct timeline axis = model->timeline;

    timeline_zoom_all(&axis);
    return axis;
}

/* Was the middle of this column heard? */
static bool column_heard(const struct model *model, const struct timeline *axis,
                         int column)
{
    const struct playback *playback = &model->playback;
    const struct fold_spans *heard = &model->fold.entry[model->position].heard;
    int64_t us =
        (timeline_time(axis, column) + timeline_time(axis, column + 1)) / 2;

    for (size_t i = 0; i < heard->count; i++) {
        if (us >= heard->item[i].from_us && us < heard->item[i].to_us)
            return true;
    }
    return model->fold.playing && us >= model->fold.play_from_us &&
           us < playback->position_us;
}

/* Half rows of an amplitude, 0 to `rows`. */
static int half_rows(float amplitude, int rows)
{
    int halves = (int)(amplitude * (float)rows + 0.5f);

    if (halves < 0)
        return 0;
    return halves > rows ? rows : halves;
}

/*
 * One column in half rows, upwards and downwards from the middle of the
 * band; silence is a thin line.
 */
static void draw_column(const struct canvas *canvas, int x,
                        const struct band *band, float low, float high,
                        enum role role)
{
    int top = band->rows - half_rows(high, band->rows);
    int end = band->rows + half_rows(-low, band->rows);

    if (top == end)
        draw_glyph(canvas, x, band->y + band->rows / 2, role, GLYPH_MIDDLE);
    for (int row = 0; row < band->rows; row++) {
        bool upper = 2 * row >= top && 2 * row < end;
        bool lower = 2 * row + 1 >= top && 2 * row + 1 < end;

        if (upper && lower)
            draw_glyph(canvas, x, band->y + row, role, GLYPH_FULL);
        else if (upper)
            draw_glyph(canvas, x, band->y + row, role, GLYPH_UPPER);
        else if (lower)
            draw_glyph(canvas, x, band->y + row, role, GLYPH_LOWER);
    }
}

void view_playhead(const struct canvas *canvas, const struct band *band)
{
    const struct timeline *timeline = &canvas->model->timeline;
    int column = timeline_column(timeline, canvas->model->playback.position_us);

    if (column < 0 || column >= timeline->width)
        return;
    for (int row = 0; row < band->rows; row++)
        draw_glyph(canvas, TIMELINE_MARGIN + column, band->y + row,
                   ROLE_PLAYHEAD, GLYPH_PLAYHEAD);
}

void view_wave(const struct canvas *canvas, const struct band *band)
{
    const struct model *model = canvas->model;
    const struct timeline *timeline = &model->timeline;
    const struct wave *wave = &model->wave;

    if (model->playback.medium != MEDIUM_READY ||
        wave->count != timeline->width)
        return;
    mark_pane(canvas, TIMELINE_MARGIN, band->y, timeline->width, band->rows,
              PANE_WAVE);
    for (int column = 0; column < timeline->width; column++)
        draw_column(
            canvas, TIMELINE_MARGIN + column, band,
            wave->low[column] / wave->peak, wave->high[column] / wave->peak,
            column_heard(model, timeline, column) ? ROLE_HEARD : ROLE_WAVE);
    view_playhead(canvas, band);
}

/* All of the item on one line: what was heard, the selection, what of it is
 * in the window, and where it plays. */
static void draw_position(const struct canvas *canvas, int y)
{
    const struct model *model = canvas->model;
    const struct timeline *timeline = &model->timeline;
    struct timeline axis = whole_item(model);

    if (model->playback.medium != MEDIUM_READY)
        return;
    mark_pane(canvas, TIMELINE_MARGIN, y, axis.width, 1, PANE_POSITION);
    for (int column = 0; column < axis.width; column++) {
        bool heard = column_heard(model, &axis, column);

        draw_glyph(canvas, TIMELINE_MARGIN + column, y,
                   heard ? ROLE_HEARD : ROLE_FAINT,
                   heard ? GLYPH_HEARD : GLYPH_UNHEARD);
    }
    view_pair_sides(canvas, y, &axis);
    view_selection(canvas, y, &axis);
    if (timeline_zoomed(timeline)) {
        int left = timeline_column(&axis, timeline->left_us);
        int right = timeline_column(&axis, timeline->right_us - 1);

        draw_glyph(canvas, TIMELINE_MARGIN + left, y, ROLE_TITLE,
                   GLYPH_WINDOW_FROM);
        draw_glyph(canvas, TIMELINE_MARGIN + right, y, ROLE_TITLE,
                   GLYPH_WINDOW_TO);
    }
    draw_glyph(canvas,
               TIMELINE_MARGIN +
                   timeline_column(&axis, model->playback.position_us),
               y, ROLE_PLAYHEAD, GLYPH_PLAYHEAD);
}

static const char *state_word(const struct playback *playback)
{
    if (playback->playing)
        return "playing";
    return playback->at_end ? "ended" : "paused";
}

static enum glyph state_glyph(const struct playback *playback)
{
    if (playback->playing)
        return GLYPH_PLAY;
    return playback->at_end ? GLYPH_STOP : GLYPH_PAUSE;
}

static void add_hearings(const struct model *model, struct buf *out)
{
    int allowed = model->protocol->playback.max_replays;
    int hearings = model->fold.entry[model->position].hearings;

    if (model->playback.silent) {
        buf_add_text(out, "  without sound");
        return;
    }
    if (allowed >= 0)
        buf_addf(out, "  heard %d of %d time%s", hearings, allowed + 1,
                 allowed == 0 ? "" : "s");
    else
        buf_addf(out, "  heard %d time%s", hearings, hearings == 1 ? "" : "s");
    if (model->protocol->playback.must_hear_all &&
        model->playback.second_us == 0)
        buf_add_text(out,
                     model_heard_all(model) ? ", all of it" : ", not all yet");
}

static void add_times(const struct playback *playback, bool speeds,
                      struct buf *out)
{
    char at[NUMBER_TEXT_SIZE];
    char whole[NUMBER_TEXT_SIZE];

    buf_addf(out, "%-7s  %s / %s", state_word(playback),
             number_format_clock(playback->position_us - playback->from_us, at),
             number_format_clock(playback->to_us - playback->from_us, whole));
    /* Where speeds are offered the row has no room for what goes without
     * saying. */
    if (!speeds || playback->volume < MODEL_VOLUME_STEPS)
        buf_addf(out, "  volume %d %%",
                 playback->volume * 100 / MODEL_VOLUME_STEPS);
}

static void draw_transport(const struct canvas *canvas, int y)
{
    const struct model *model = canvas->model;
    const struct playback *playback = &model->playback;
    struct buf text = { 0 };
    bool speeds =
        model->protocol->playback.speed_count > 1 || playback->speed != 1;
    int x = MARGIN + 2;

    draw_glyph(canvas, MARGIN, y, ROLE_TITLE, state_glyph(playback));
    if (model_pair(model) && playback->second_us > 0)
        x = view_pair_transport(canvas, y) - 2;
    else
        add_times(playback, speeds, &text);
    if (playback->loop)
        buf_add_text(&text, "  loop");
    if (speeds)
        buf_addf(&text, "  speed %g", playback->speed);
    add_hearings(model, &text);
    screen_put(canvas->screen, x, y, canvas->screen->width - x - 1, ROLE_PLAIN,
               buf_text(&text));
    buf_release(&text);
}

/* What is wrong with the sound, in all the rows that it leaves free. */
static void draw_problem(const struct canvas *canvas,
                         const struct layout *layout)
{
    int y = layout->wave.rows > 0 ? layout->wave.y : layout->position.y;
    int rows = layout->transport.y + 1 - y;

    draw_wrapped(canvas, MARGIN + 2, y, canvas->screen->width - 2 * MARGIN - 4,
                 0, rows, ROLE_ALERT, canvas->model->playback.problem);
}

void view_sound(const struct canvas *canvas, const struct layout *layout)
{
    const struct playback *playback = &canvas->model->playback;

    draw_position(canvas, layout->position.y);
    if (playback->medium == MEDIUM_READY)
        draw_transport(canvas, layout->transport.y);
    else if (playback->medium == MEDIUM_LOADING)
        screen_put(canvas->screen, MARGIN + 2, layout->transport.y, 40,
                   ROLE_FAINT, "loading the sound");
    else if (playback->medium == MEDIUM_CHECKING)
        screen_put(canvas->screen, MARGIN + 2, layout->transport.y, 60,
                   ROLE_FAINT, "checking that this is the right sound");
    else
        draw_problem(canvas, layout);
}
