/* ffmpeg - see ffmpeg.h and ffmpeg_internal.h. */
#include <config.h>

#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "common/base/vec.h"
#include "common/media/ffmpeg.h"
#include "common/media/ffmpeg_internal.h"
#include "common/media/library.h"

#define SYMBOL(name) { #name, offsetof(struct ffmpeg, name) },

static const struct library_symbol codec_symbols[] = { FFMPEG_AVCODEC(SYMBOL) };
static const struct library_symbol format_symbols[] = { FFMPEG_AVFORMAT(
    SYMBOL) };
static const struct library_symbol scale_symbols[] = { FFMPEG_SWSCALE(SYMBOL) };

#define LIBRARY(name, version, symbols)                                   \
    {                                                                     \
        "lib" name ".so." AV_STRINGIFY(version),                          \
            "lib" name AV_STRINGIFY(version), symbols, LENGTH_OF(symbols) \
    }

static const struct library libraries[] = {
    LIBRARY("avcodec", LIBAVCODEC_VERSION_MAJOR, codec_symbols),
    LIBRARY("avformat", LIBAVFORMAT_VERSION_MAJOR, format_symbols),
    LIBRARY("swscale", LIBSWSCALE_VERSION_MAJOR, scale_symbols),
};

/* Written once, by the thread that comes first. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct ffmpeg table;
static struct error failure;
static bool ready;

static void load(void)
{
    ready = true;
    for (size_t i = 0; ready && i < LENGTH_OF(libraries); i++)
        ready = library_load(&libraries[i], &table, &failure);
}

const struct ffmpeg *ffmpeg_load(struct error *err)
{
    pthread_once(&once, load);
    if (ready)
        return &table;
    if (err)
        *err = failure;
    return NULL;
}

bool ffmpeg_ready(struct error *err)
{
    return ffmpeg_load(err) != NULL;
}

bool ffmpeg_expected(const char *path)
{
    /* Those of reader_sndfile. */
    static const char *const others[] = { ".wav", ".flac", ".aif", ".aiff",
                                          ".au",  ".snd",  ".caf", ".rf64",
                                          ".w64", ".sph",  ".nist" };
    const char *extension = strrchr(path, '.');

    for (size_t i = 0; extension && i < LENGTH_OF(others); i++)
        if (strcasecmp(extension, others[i]) == 0)
            return false;
    return path[0] != '\0';
}
