/*
 * reader_film - the sound of a film for as long as its pictures last: silence
 * follows a sound track that ends before them, or stands for one that is not
 * there.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/media/reader_internal.h"
#include "common/media/video.h"

enum {
    MUTE_RATE = 48000,
    LOOK_BACK_S = 2, /* how far before its claimed end a sound track is read
                        to find its end */
};

struct film_sound {
    struct reader *sound; /* owned; NULL: there is none */
    int rate, channels;
    int64_t at;        /* frame that is read next */
    int64_t sound_end; /* exact, or -1 until it is known */
    int64_t total;     /* the pictures last that long */
};

static void film_close(void *source)
{
    struct film_sound *film = source;

    reader_close(film->sound);
    free(film);
}

static bool in_sound(const struct film_sound *film, int64_t frame)
{
    return film->sound && (film->sound_end < 0 || frame < film->sound_end);
}

static int64_t film_read(void *source, float *out, int64_t frames,
                         struct error *err)
{
    struct film_sound *film = source;
    int64_t got;

    if (in_sound(film, film->at)) {
        got = reader_read(film->sound, out, frames, err);
        if (got != 0) {
            film->at += got > 0 ? got : 0;
            return got;
        }
        film->sound_end = film->at;
    }
    got = film->total - film->at;
    if (got <= 0)
        return 0;
    if (got > frames)
        got = frames;
    memset(out, 0, (size_t)got * (size_t)film->channels * sizeof(*out));
    film->at += got;
    return got;
}

/* Reads the sound to its end, to know where that is. */
static bool find_sound_end(struct film_sound *film, struct error *err)
{
    int64_t about = reader_info(film->sound)->about_frames;
    int64_t from = about - (int64_t)LOOK_BACK_S * film->rate;
    float *nowhere;
    int64_t got;

    if ((from <= 0 || !reader_seek(film->sound, from, err)) &&
        !reader_seek(film->sound, 0, err))
        return false;
    nowhere = xreallocarray(NULL, (size_t)film->rate,
                            (size_t)film->channels * sizeof(*nowhere));
    do {
        got = reader_read(film->sound, nowhere, film->rate, err);
    } while (got > 0);
    free(nowhere);
    film->sound_end = reader_position(film->sound);
    return got == 0;
}

static bool film_seek(void *source, int64_t frame, struct error *err)
{
    struct film_sound *film = source;

    if (in_sound(film, frame) && !reader_seek(film->sound, frame, err) &&
        (!find_sound_end(film, err) ||
         (frame < film->sound_end && !reader_seek(film->sound, frame, err))))
        return false;
    if (frame > film->total && (film->sound_end < 0 || frame > film->sound_end))
        return in_sound(film, frame) ||
               error_set(err, ERROR_INPUT, "%.3f s is beyond the end",
                         (double)frame / film->rate);
    film->at = frame;
    return true;
}

static const struct reader_backend reader_film = {
    .read = film_read,
    .seek = film_seek,
    .close = film_close,
};

static int64_t frames_of(int64_t us, int rate)
{
    return us / 1000000 * rate + us % 1000000 * rate / 1000000;
}

/* Where the pictures end; -1: there are none, or nobody knows. */
static int64_t pictures_end_us(const char *path, bool *present)
{
    struct error ignored;
    struct video *video = video_open(path, present, &ignored);
    int64_t end_us = video ? video_info(video)->end_us : -1;

    video_close(video);
    return end_us;
}

/* Wraps `sound`, which may be NULL. */
static struct reader *wrap(const char *path, struct reader *sound,
                           int64_t end_us)
{
    struct reader_info info = { .rate = MUTE_RATE,
                                .channels = 1,
                                .format = "silent" };
    struct film_sound *film = xcalloc(1, sizeof(*film));

    if (sound)
        info = *reader_info(sound);
    film->sound = sound;
    film->rate = info.rate;
    film->channels = info.channels;
    film->total = frames_of(end_us, info.rate);
    film->sound_end = sound ? info.frames : 0;
    if (!sound || (info.frames >= 0 && info.frames < film->total))
        info.frames = film->total;
    if (info.about_frames < film->total)
        info.about_frames = film->total;
    return reader_wrap(path, &info, &reader_film, film);
}

struct reader *reader_open_film(const char *path, struct error *err)
{
    struct reader *sound = reader_open(path, err);
    int64_t end_us;
    bool present = false;

    if (sound && !reader_info(sound)->has_video)
        return sound;
    if (!sound && err->code == ERROR_IO)
        return NULL;
    end_us = pictures_end_us(path, &present);
    if (sound) {
        const struct reader_info *info = reader_info(sound);
        int64_t frames = frames_of(end_us, info->rate);

        if (end_us <= 0 || frames <= info->about_frames)
            return sound;
    } else if (!present || end_us <= 0) {
        return NULL;
    }
    return wrap(path, sound, end_us);
}
