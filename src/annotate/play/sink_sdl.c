/*
 * sink_sdl - the sound device, by SDL.
 */
#include <config.h>

#include "annotate/play/sink_sdl.h"

#include <stdio.h>
#include <stdlib.h>

#include <SDL.h>

#include "annotate/play/quiet.h"
#include "common/base/mem.h"

enum {
    DEFAULT_RATE = 48000,
    DEFAULT_CHANNELS = 2,
    BUFFERS_A_SECOND = 60, /* at most; see default_buffer() */
    /* While one buffer is filled, one is being played and one waits: so most
     * drivers are set up by SDL, and so it is assumed until measured. */
    BUFFERS_OF_LATENCY = 2,
};

struct sink_sdl {
    struct sink sink;

    /* Set once. */
    sink_fill *fill;
    void *context;
    SDL_AudioDeviceID device; /* 0: not open */
    bool ready;               /* SDL's audio is up */
};

/* Runs in SDL's thread. */
static void callback(void *context, Uint8 *bytes, int length)
{
    struct sink_sdl *sdl = context;
    int width = sdl->sink.info.channels * (int)sizeof(float);

    sdl->fill(sdl->context, (float *)(void *)bytes, length / width,
              sink_monotonic_us());
}

static void start(struct sink *sink)
{
    SDL_PauseAudioDevice(((struct sink_sdl *)sink)->device, 0);
}

static void close_sdl(struct sink *sink)
{
    struct sink_sdl *sdl = (struct sink_sdl *)sink;

    if (sdl->device)
        SDL_CloseAudioDevice(sdl->device);
    if (sdl->ready)
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    free(sdl);
}

static int64_t now_us(const struct sink *sink)
{
    (void)sink;
    return sink_monotonic_us();
}

static bool alive(const struct sink *sink)
{
    const struct sink_sdl *sdl = (const struct sink_sdl *)sink;

    return SDL_GetAudioDeviceStatus(sdl->device) != SDL_AUDIO_STOPPED;
}

static bool no_device(struct error *err)
{
    const char *driver = getenv("SDL_AUDIODRIVER");

    error_set(err, ERROR_IO, "no sound device can be opened: %s",
              SDL_GetError());
    if (driver && *driver)
        error_append(err, " (SDL_AUDIODRIVER is set to \"%s\")", driver);
    return false;
}

/* A power of two of frames, 17 to 33 ms: a machine under load keeps up. */
static int default_buffer(int rate)
{
    int frames = 64;

    while (frames * BUFFERS_A_SECOND < rate)
        frames *= 2;
    return frames;
}

static void set_name(struct sink_info *info, const char *asked)
{
    char *name = NULL;

#if SDL_VERSION_ATLEAST(2, 24, 0)
    SDL_AudioSpec spec;

    if (!asked && SDL_GetDefaultAudioInfo(&name, &spec, 0) != 0)
        name = NULL;
#endif
    snprintf(info->name, sizeof(info->name), "%s (%s)",
             asked  ? asked
             : name ? name
                    : "default device",
             SDL_GetCurrentAudioDriver());
    SDL_free(name);
}

static bool open_device(struct sink_sdl *sdl,
                        const struct sink_request *request, struct error *err)
{
    struct sink_info *info = &sdl->sink.info;
    int rate = request->rate ? request->rate : DEFAULT_RATE;
    int may_change = SDL_AUDIO_ALLOW_SAMPLES_CHANGE |
                     (request->rate ? 0 : SDL_AUDIO_ALLOW_FREQUENCY_CHANGE);
    SDL_AudioSpec want = {
        .freq = rate,
        .format = AUDIO_F32SYS,
        .channels =
            (Uint8)(request->channels ? request->channels : DEFAULT_CHANNELS),
        .samples = (Uint16)(request->buffer_frames ? request->buffer_frames
                                                   : default_buffer(rate)),
        .callback = callback,
        .userdata = sdl
    };
    SDL_AudioSpec have;

    /* Ctrl-C and the like are the program's own affair. */
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0)
        return no_device(err);
    sdl->ready = true;
    sdl->device =
        SDL_OpenAudioDevice(request->device, 0, &want, &have, may_change);
    if (!sdl->device)
        return no_device(err);
    info->rate = have.freq;
    info->channels = have.channels;
    info->buffer_frames = have.samples;
    info->latency_us =
        (int64_t)BUFFERS_OF_LATENCY * have.samples * 1000000 / have.freq;
    set_name(info, request->device);
    return true;
}

struct sink *sink_sdl_open(const struct sink_request *request,
                           struct error *err)
{
    static const struct sink_ops ops = { start, close_sdl, now_us, alive };
    struct sink_sdl *sdl = xcalloc(1, sizeof(*sdl));
    int saved = quiet_begin();
    bool opened;

    sdl->sink.ops = &ops;
    sdl->fill = request->fill;
    sdl->context = request->context;
    opened = open_device(sdl, request, err);
    quiet_end(saved);
    if (opened)
        return &sdl->sink;
    close_sdl(&sdl->sink);
    return NULL;
}
