/*
 * view - the model as cells; pure.
 */
#include <config.h>

#include "annotate/view/view.h"

#include "annotate/view/view_internal.h"
#include "common/base/utf8.h"

static void draw_too_small(const struct canvas *canvas)
{
    struct screen *screen = canvas->screen;
    char key[KEY_NAME_SIZE];

    screen_putf(screen, 0, 0, screen->width, ROLE_TITLE,
                "mien needs %dx%d cells", MODEL_WIDTH_MIN, MODEL_HEIGHT_MIN);
    screen_putf(screen, 0, 1, screen->width, ROLE_PLAIN, "this is %dx%d",
                screen->width, screen->height);
    screen_put(screen, 0, 2, screen->width, ROLE_PLAIN, "enlarge the window;");
    screen_put(screen, 0, 3, screen->width, ROLE_PLAIN,
               "nothing is lost meanwhile");
    screen_putf(screen, 0, 4, screen->width, ROLE_PLAIN, "%s stops",
                draw_key(canvas, ACTION_QUIT, key));
}

/* What is judged, or that nothing is kept: whatever else is told meanwhile. */
static void put_title(const struct canvas *canvas, int width)
{
    const struct model *model = canvas->model;
    struct buf text = { 0 };

    if (model->not_kept[0] != '\0')
        buf_addf(&text, "! NOT KEPT: %s", model->not_kept);
    else
        buf_add_text(&text, model_text(model, &model->protocol->title));
    screen_put_cut(canvas->screen, 7, 0, width,
                   model->not_kept[0] != '\0' ? ROLE_BAR_KEY : ROLE_BAR,
                   buf_text(&text));
    buf_release(&text);
}

void view_header(const struct canvas *canvas)
{
    const struct model *model = canvas->model;
    struct screen *screen = canvas->screen;
    struct buf right = { 0 };
    size_t done = model_total_done(model);
    size_t total = model_total(model);
    const char *what = study_in_practice(model) ? "practice" : "item";
    int width;

    screen_fill(screen, 0, 0, screen->width, ROLE_BAR, ' ');
    if (model->page == PAGE_ITEM && model->position < model->count)
        buf_addf(&right, "%s%s%s%s %zu of %zu, %zu done ",
                 model_turn(model) ? model_turn(model) : "",
                 model_turn(model) ? " votes, " : "",
                 model_done(model) && model->overlay != OVERLAY_BREAK &&
                         model->overlay != OVERLAY_FEEDBACK
                     ? "(revising) "
                     : "",
                 what, model_number(model), total, done);
    else
        buf_addf(&right, "%zu of %zu done ", done, total);
    width = utf8_width(buf_text(&right));
    screen_put(screen, screen->width - width, 0, width, ROLE_BAR,
               buf_text(&right));
    screen_put(screen, 1, 0, 4, ROLE_BAR_KEY, "mien");
    put_title(canvas, screen->width - width - 9);
    draw_rule(canvas, 1);
    buf_release(&right);
}

/*
 * The question that has a pane of its own on the axis of time: the one in
 * focus, else the first, so that the panes stand still.  `question_count`
 * when there is none.
 */
static size_t pane_question(const struct model *model)
{
    const struct question *question = model->protocol->question;
    size_t count = model->protocol->question_count;

    if (question[model->question].type == QUESTION_SEGMENTS)
        return model->question;
    for (size_t i = 0; i < count; i++) {
        if (question[i].type == QUESTION_SEGMENTS)
            return i;
    }
    return count;
}

void view_layout(const struct canvas *canvas, struct layout *layout)
{
    const struct model *model = canvas->model;
    const struct model_entry *entry = &model->entry[model->position];
    struct layout_wish wish = {
        .questions = view_questions_height(canvas),
        .question = view_question_height(canvas),
        .question_least = view_question_least(canvas),
        .text = view_text_height(canvas),
        .sound = entry->has_medium,
        .picture = model->picture.state != PICTURE_NONE &&
                   model->picture.state != PICTURE_APART,
        .wave = (model->protocol->show & SHOW_WAVEFORM) != 0,
        .spectrogram = (model->protocol->show & SHOW_SPECTROGRAM) != 0,
        .tracks = (model->protocol->show & SHOW_TRACKS) != 0,
    };
    size_t own = pane_question(model);

    if (own < model->protocol->question_count) {
        wish.own = view_tiers_height(canvas, own);
        wish.own_least = (int)model->protocol->question[own].tier_count;
    }
    if (model_trace(model))
        wish.own = view_trace_rows(canvas, &wish.own_least);
    layout_fit(layout, canvas->screen->height, &wish);
}

static void draw_item(const struct canvas *canvas, struct layout *layout)
{
    const struct model *model = canvas->model;
    size_t own = pane_question(model);

    view_layout(canvas, layout);
    view_text(canvas, &layout->text);
    if (layout->picture.rows > 0)
        view_picture(canvas, &layout->picture);
    if (layout->wave.rows > 0)
        view_wave(canvas, &layout->wave);
    if (layout->spectrogram.rows > 0)
        view_spectrogram(canvas, &layout->spectrogram);
    if (layout->tracks.rows > 0)
        view_tracks(canvas, &layout->tracks);
    if (layout->own.rows > 0 && model_trace(model))
        view_trace_pane(canvas, &layout->own);
    else if (layout->own.rows > 0)
        view_tiers(canvas, own, &layout->own);
    if (layout->ruler.rows > 0)
        view_ruler(canvas, &layout->ruler);
    if (layout->position.rows > 0)
        view_sound(canvas, layout);
    draw_rule(canvas, layout->rule.y);
    if (model_prompt_is_list(model))
        view_prompt(canvas, &layout->questions);
    else
        view_questions(canvas, &layout->questions);
    if (model->prompt.kind != PROMPT_NONE && !model_prompt_is_list(model) &&
        model->prompt.kind != PROMPT_TEXT)
        view_prompt(canvas, &layout->note);
    else
        view_note(canvas, &layout->note);
}

static void draw_court(const struct canvas *canvas, const struct layout *layout)
{
    view_court(canvas);
    if (canvas->model->prompt.kind != PROMPT_NONE)
        view_prompt(canvas, &layout->note);
}

void view_paint(const struct canvas *canvas)
{
    const struct model *model = canvas->model;
    struct screen *screen = canvas->screen;
    struct layout_wish none = { 0 };
    struct layout layout;

    screen_clear(screen);
    if (screen->width < MODEL_WIDTH_MIN || screen->height < MODEL_HEIGHT_MIN) {
        draw_too_small(canvas);
        return;
    }
    layout_fit(&layout, screen->height, &none);
    view_header(canvas);
    if (model->overlay != OVERLAY_NONE)
        view_overlay(canvas);
    else if (model->page == PAGE_START)
        view_start(canvas);
    else if (model->page == PAGE_DONE)
        view_done(canvas);
    else if (model->page == PAGE_FORM)
        view_form(canvas);
    else if (model->page == PAGE_COURT)
        draw_court(canvas, &layout);
    else if (model->page != PAGE_ITEM)
        view_stopped(canvas);
    else
        draw_item(canvas, &layout);
    view_status(canvas, &layout);
}

void view_draw(const struct model *model, struct screen *screen)
{
    struct canvas canvas = { .model = model, .screen = screen };

    view_paint(&canvas);
}

void view_text_out(const struct model *model, int *above, int *below)
{
    struct screen size = { .width = model->width, .height = model->height };
    struct canvas canvas = { .model = model, .screen = &size };
    struct layout layout;

    *above = 0;
    *below = 0;
    if (model->page != PAGE_ITEM || model->overlay != OVERLAY_NONE ||
        model->position >= model->count)
        return;
    view_layout(&canvas, &layout);
    view_text_hidden(&canvas, &layout.text, above, below);
}
