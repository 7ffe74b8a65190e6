/*
 * window - pictures in a window of their own, by SDL.
 */
#include <config.h>

#include "annotate/play/window.h"

#include <stdlib.h>
#include <string.h>

#include <SDL.h>

#include "annotate/play/quiet.h"
#include "annotate/play/sink.h"
#include "common/base/mem.h"
#include "common/base/utf8.h"
#include "common/base/vec.h"

enum { SMALLEST = 160, LARGEST_PART = 80 /* of the display, per cent */ };

struct window {
    bool ready; /* SDL's video is up */
    SDL_Window *window;
    SDL_Renderer *renderer;
    SDL_Texture *texture;                    /* NULL: nothing was shown yet */
    int width, height;                       /* of the texture */
    char text[SDL_TEXTINPUTEVENT_TEXT_SIZE]; /* typed, not yet given on */
    size_t text_at;
};

bool window_likely(void)
{
    const char *wayland = getenv("WAYLAND_DISPLAY");
    const char *x = getenv("DISPLAY");

    return (wayland && wayland[0]) ||
           (x && (x[0] == ':' || strncmp(x, "unix:", 5) == 0));
}

static bool fail(struct error *err)
{
    return error_set(err, ERROR_IO, "no window can be opened: %s",
                     SDL_GetError());
}

/* Drivers that show nothing to anybody are no display. */
static bool is_shown(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();

    return driver &&
           (strcmp(driver, "x11") == 0 || strcmp(driver, "wayland") == 0);
}

static void limit(int *width, int *height)
{
    SDL_DisplayMode mode;
    double part = 1;

    if (SDL_GetDesktopDisplayMode(0, &mode) == 0) {
        double wide = (double)mode.w * LARGEST_PART / 100 / *width;
        double high = (double)mode.h * LARGEST_PART / 100 / *height;

        part = wide < high ? wide : high;
    }
    if (part < 1) {
        *width = (int)(*width * part);
        *height = (int)(*height * part);
    }
    if (*width < SMALLEST)
        *width = SMALLEST;
    if (*height < SMALLEST)
        *height = SMALLEST;
}

static bool open_all(struct window *window, int width, int height,
                     struct error *err)
{
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "1");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
        return fail(err);
    window->ready = true;
    if (!is_shown())
        return error_set(err, ERROR_IO,
                         "no window can be opened: there is no display");
    limit(&width, &height);
    window->window = SDL_CreateWindow("mien", SDL_WINDOWPOS_UNDEFINED,
                                      SDL_WINDOWPOS_UNDEFINED, width, height,
                                      SDL_WINDOW_RESIZABLE);
    if (!window->window)
        return fail(err);
    window->renderer = SDL_CreateRenderer(window->window, -1, 0);
    if (!window->renderer)
        return fail(err);
    SDL_StartTextInput();
    return true;
}

struct window *window_open(int width, int height, struct error *err)
{
    struct window *window = xcalloc(1, sizeof(*window));
    int saved = quiet_begin();
    bool opened = open_all(window, width, height, err);

    quiet_end(saved);
    if (opened) {
        window_blank(window);
        return window;
    }
    window_close(window);
    return NULL;
}

void window_close(struct window *window)
{
    if (!window)
        return;
    if (window->texture)
        SDL_DestroyTexture(window->texture);
    if (window->renderer)
        SDL_DestroyRenderer(window->renderer);
    if (window->window)
        SDL_DestroyWindow(window->window);
    if (window->ready)
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    free(window);
}

void window_fit(struct window *window, int width, int height, int *fit_width,
                int *fit_height)
{
    int wide = width, high = height;
    double part;

    SDL_GetRendererOutputSize(window->renderer, &wide, &high);
    part = (double)wide / width < (double)high / height ? (double)wide / width
                                                        : (double)high / height;
    *fit_width = width * part < 1 ? 1 : (int)(width * part + 0.5);
    *fit_height = height * part < 1 ? 1 : (int)(height * part + 0.5);
}

void window_blank(struct window *window)
{
    SDL_SetRenderDrawColor(window->renderer, 0, 0, 0, 255);
    SDL_RenderClear(window->renderer);
    SDL_RenderPresent(window->renderer);
}

bool window_show(struct window *window, const uint8_t *rgb, int width,
                 int height, struct error *err)
{
    SDL_Rect place = { 0 };
    int wide = width, high = height;

    if (!window->texture || window->width != width ||
        window->height != height) {
        if (window->texture)
            SDL_DestroyTexture(window->texture);
        window->texture =
            SDL_CreateTexture(window->renderer, SDL_PIXELFORMAT_RGB24,
                              SDL_TEXTUREACCESS_STREAMING, width, height);
        window->width = width;
        window->height = height;
    }
    if (!window->texture ||
        SDL_UpdateTexture(window->texture, NULL, rgb, width * 3) != 0)
        return fail(err);
    SDL_GetRendererOutputSize(window->renderer, &wide, &high);
    window_fit(window, width, height, &place.w, &place.h);
    place.x = (wide - place.w) / 2;
    place.y = (high - place.h) / 2;
    SDL_SetRenderDrawColor(window->renderer, 0, 0, 0, 255);
    SDL_RenderClear(window->renderer);
    SDL_RenderCopy(window->renderer, window->texture, NULL, &place);
    SDL_RenderPresent(window->renderer);
    return true;
}

/* --- keys ---------------------------------------------------------------- */

struct key_pair {
    SDL_Keycode sym;
    enum window_key key;
};

static const struct key_pair keys[] = {
    { SDLK_RETURN, WINDOW_ENTER },
    { SDLK_KP_ENTER, WINDOW_ENTER },
    { SDLK_TAB, WINDOW_TAB },
    { SDLK_BACKSPACE, WINDOW_BACKSPACE },
    { SDLK_ESCAPE, WINDOW_ESC },
    { SDLK_UP, WINDOW_UP },
    { SDLK_DOWN, WINDOW_DOWN },
    { SDLK_LEFT, WINDOW_LEFT },
    { SDLK_RIGHT, WINDOW_RIGHT },
    { SDLK_HOME, WINDOW_HOME },
    { SDLK_END, WINDOW_END },
    { SDLK_PAGEUP, WINDOW_PAGE_UP },
    { SDLK_PAGEDOWN, WINDOW_PAGE_DOWN },
    { SDLK_INSERT, WINDOW_INSERT },
    { SDLK_DELETE, WINDOW_DELETE },
};

/* Keys that write something come as text, unless Ctrl or Alt is down. */
static bool take_key(const SDL_KeyboardEvent *pressed,
                     struct window_event *event)
{
    SDL_Keycode sym = pressed->keysym.sym;
    Uint16 held = pressed->keysym.mod;

    event->kind = WINDOW_KEY;
    event->shift = (held & KMOD_SHIFT) != 0;
    event->ctrl = (held & KMOD_CTRL) != 0;
    event->alt = (held & KMOD_LALT) != 0;
    for (size_t i = 0; i < LENGTH_OF(keys); i++) {
        if (keys[i].sym == sym) {
            event->key = keys[i].key;
            return true;
        }
    }
    if (sym >= SDLK_F1 && sym <= SDLK_F12) {
        event->key = (enum window_key)(WINDOW_F1 + (sym - SDLK_F1));
        return true;
    }
    event->key = WINDOW_TEXT;
    event->code = (uint32_t)sym;
    return (event->ctrl || event->alt) && sym >= ' ' && sym < 0x7F;
}

static bool next_character(struct window *window, struct window_event *event)
{
    uint32_t code;
    size_t length = utf8_decode(window->text + window->text_at, &code);

    if (length == 0)
        return false;
    window->text_at += length;
    event->kind = WINDOW_KEY;
    event->key = WINDOW_TEXT;
    event->code = code;
    return true;
}

static bool take(struct window *window, const SDL_Event *happened,
                 struct window_event *event)
{
    switch (happened->type) {
    case SDL_QUIT:
        event->kind = WINDOW_CLOSED;
        return true;
    case SDL_WINDOWEVENT:
        event->kind = WINDOW_CHANGED;
        return happened->window.event == SDL_WINDOWEVENT_EXPOSED ||
               happened->window.event == SDL_WINDOWEVENT_SIZE_CHANGED;
    case SDL_KEYDOWN:
        return take_key(&happened->key, event);
    case SDL_TEXTINPUT:
        if (SDL_GetModState() & (KMOD_CTRL | KMOD_LALT))
            return false; /* came as a key */
        memcpy(window->text, happened->text.text, sizeof(window->text));
        window->text_at = 0;
        return next_character(window, event);
    default:
        return false;
    }
}

bool window_next(struct window *window, struct window_event *event)
{
    SDL_Event happened;

    memset(event, 0, sizeof(*event));
    event->host_us = sink_monotonic_us();
    if (next_character(window, event))
        return true;
    while (SDL_PollEvent(&happened)) {
        if (take(window, &happened, event))
            return true;
        memset(event, 0, sizeof(*event));
        event->host_us = sink_monotonic_us();
    }
    return false;
}
