/*
 * bench_window - the pictures in a window of their own, and its keys.
 */
#include <config.h>

#include "annotate/app/key.h"
#include "annotate/bench_internal.h"

static const uint32_t special[] = {
    [WINDOW_ENTER] = KEY_CODE_ENTER,
    [WINDOW_TAB] = KEY_CODE_TAB,
    [WINDOW_BACKSPACE] = KEY_CODE_BACKSPACE,
    [WINDOW_ESC] = KEY_CODE_ESC,
    [WINDOW_UP] = KEY_CODE_UP,
    [WINDOW_DOWN] = KEY_CODE_DOWN,
    [WINDOW_LEFT] = KEY_CODE_LEFT,
    [WINDOW_RIGHT] = KEY_CODE_RIGHT,
    [WINDOW_HOME] = KEY_CODE_HOME,
    [WINDOW_END] = KEY_CODE_END,
    [WINDOW_PAGE_UP] = KEY_CODE_PAGE_UP,
    [WINDOW_PAGE_DOWN] = KEY_CODE_PAGE_DOWN,
    [WINDOW_INSERT] = KEY_CODE_INSERT,
    [WINDOW_DELETE] = KEY_CODE_DELETE,
};

/* The key as the terminal would have told it. */
static uint32_t key_of(const struct window_event *event)
{
    uint32_t bits = (event->ctrl ? (uint32_t)KEY_MOD_CTRL : 0) |
                    (event->alt ? (uint32_t)KEY_MOD_ALT : 0);

    if (event->key == WINDOW_TEXT)
        return event->code | bits;
    if (event->shift)
        bits |= KEY_MOD_SHIFT;
    if (event->key >= WINDOW_F1)
        return (uint32_t)(KEY_CODE_F0 + 1 + (event->key - WINDOW_F1)) | bits;
    return special[event->key] | bits;
}

bool bench_window_open(struct bench *bench, const struct film_state *state)
{
    struct error err;

    if (bench->window)
        return true;
    if (bench->window_wish == WINDOW_NO ||
        (bench->window_wish == WINDOW_AUTO && !window_likely()))
        return false;
    bench->window = window_open(state->width, state->height, &err);
    if (!bench->window) {
        if (bench->window_wish == WINDOW_YES)
            bench_tell(bench, err.text);
        bench->window_wish = WINDOW_NO;
    }
    return bench->window != NULL;
}

void bench_window_show(struct bench *bench,
                       const struct player_snapshot *snapshot,
                       const struct film_state *state)
{
    struct film_picture picture;
    struct error err;
    int width, height;

    window_fit(bench->window, state->width, state->height, &width, &height);
    if (width > state->width) { /* the display enlarges it */
        width = state->width;
        height = state->height;
    }
    film_size(bench->film, width, height);
    if (!film_at(bench->film, snapshot->media_us, &picture) && !picture.rgb)
        return;
    bench->picture_until_us =
        picture.until_us > snapshot->media_us ? picture.until_us : INT64_MAX;
    if (picture.number == bench->shown && !bench->window_stale)
        return;
    bench->shown = picture.number;
    bench->window_stale = false;
    if (!window_show(bench->window, picture.rgb, picture.width, picture.height,
                     &err))
        bench_window_end(bench);
}

void bench_window_end(struct bench *bench)
{
    window_close(bench->window);
    bench->window = NULL;
    bench->window_wish = WINDOW_NO;
    bench->shown = 0;
}

void bench_window_pump(struct bench *bench)
{
    struct window_event event;

    while (bench->window && window_next(bench->window, &event)) {
        switch (event.kind) {
        case WINDOW_CLOSED:
            bench_window_end(bench);
            bench_tell(bench, "The pictures are shown in the terminal now");
            break;
        case WINDOW_CHANGED:
            bench->window_stale = true;
            break;
        case WINDOW_KEY:
            bench_key(bench, key_of(&event), event.host_us);
            break;
        }
    }
}
