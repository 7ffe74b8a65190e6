/*
 * stick - a joystick or gamepad, by SDL.
 */
#include <config.h>

#include "annotate/play/stick.h"

#include <stdlib.h>

#include <SDL.h>

#include "common/base/mem.h"

enum { AXIS_MOST = 32767 };

struct stick {
    SDL_Joystick *device; /* owned; NULL: none is plugged in */
    struct stick_state last;
};

struct stick *stick_open(struct error *err)
{
    struct stick *stick;

    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    /* There is no window that could have the focus. */
    SDL_SetHint(SDL_HINT_JOYSTICK_ALLOW_BACKGROUND_EVENTS, "1");
    if (SDL_InitSubSystem(SDL_INIT_JOYSTICK) != 0) {
        error_set(err, ERROR_IO, "no joystick can be used: %s", SDL_GetError());
        return NULL;
    }
    stick = xcalloc(1, sizeof(*stick));
    return stick;
}

void stick_close(struct stick *stick)
{
    if (!stick)
        return;
    if (stick->device)
        SDL_JoystickClose(stick->device);
    SDL_QuitSubSystem(SDL_INIT_JOYSTICK);
    free(stick);
}

/* One that was pulled out is let go; the first that is there is taken. */
static void follow_plug(struct stick *stick)
{
    if (stick->device && !SDL_JoystickGetAttached(stick->device)) {
        SDL_JoystickClose(stick->device);
        stick->device = NULL;
    }
    for (int i = 0; !stick->device && i < SDL_NumJoysticks(); i++) {
        stick->device = SDL_JoystickOpen(i);
        if (stick->device && SDL_JoystickNumAxes(stick->device) < 2) {
            SDL_JoystickClose(stick->device);
            stick->device = NULL;
        }
    }
}

/* SDL gives -32768 to 32767. */
static double axis(SDL_Joystick *device, int number)
{
    double way = (double)SDL_JoystickGetAxis(device, number) / AXIS_MOST;

    return way < -1 ? -1 : way;
}

bool stick_read(struct stick *stick, struct stick_state *state)
{
    struct stick_state now = { 0 };
    bool news;

    SDL_JoystickUpdate();
    follow_plug(stick);
    if (stick->device) {
        now.plugged = true;
        now.x = axis(stick->device, 0);
        now.y = -axis(stick->device, 1); /* SDL counts downwards */
        if (now.y == 0)
            now.y = 0; /* without a sign */
    }
    news = now.plugged != stick->last.plugged || now.x != stick->last.x ||
           now.y != stick->last.y;
    stick->last = now;
    *state = now;
    return news;
}
