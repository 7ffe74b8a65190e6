/*
 * sink_sdl - the sound device, by SDL.
 */
#ifndef MIEN_PLAY_SINK_SDL_H
#define MIEN_PLAY_SINK_SDL_H

#include "annotate/play/sink.h"
#include "common/base/error.h"

/* NULL at once, with a reason for the user, when there is no device. */
struct sink *sink_sdl_open(const struct sink_request *request,
                           struct error *err);

#endif
