/*
 * reader_sndfile - PCM and FLAC by libsndfile.
 */
#include <config.h>

#include <assert.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/media/reader_internal.h"

struct sound {
    SNDFILE *file;
    int64_t frames; /* -1: unknown */
};

static uint32_t little32(const unsigned char *byte)
{
    return byte[0] | (uint32_t)byte[1] << 8 | (uint32_t)byte[2] << 16 |
           (uint32_t)byte[3] << 24;
}

/*
 * Files that begin as one of ours; with others libsndfile guesses by the
 * name, or prints what it thinks of them.
 */
static bool begins_as_ours(const char *path)
{
    static const char marks[][5] = { "RIFF", "RIFX", "RF64", "riff", "FORM",
                                     ".snd", "caff", "fLaC", "NIST" };
    char head[4];
    FILE *file = fopen(path, "rb");
    bool ours = false;

    if (!file)
        return false;
    if (fread(head, 1, sizeof(head), file) == sizeof(head))
        for (size_t i = 0; i < LENGTH_OF(marks); i++)
            ours = ours || memcmp(head, marks[i], sizeof(head)) == 0;
    fclose(file);
    return ours;
}

/*
 * libsndfile silently shortens a WAV file whose data chunk is larger than the
 * file.  Looks at the chunks: how many bytes are missing?  0 also for a size
 * that a recorder left open (0 or 0xffffffff, as pipes write it).
 */
static int64_t missing_bytes(const char *path)
{
    FILE *file = fopen(path, "rb");
    unsigned char head[12];
    int64_t missing = 0;
    off_t size, place = sizeof(head);

    if (!file)
        return 0;
    if (fseeko(file, 0, SEEK_END) != 0 || (size = ftello(file)) < 0 ||
        fseeko(file, 0, SEEK_SET) != 0 ||
        fread(head, 1, sizeof(head), file) != sizeof(head) ||
        memcmp(head, "RIFF", 4) != 0 || memcmp(head + 8, "WAVE", 4) != 0)
        goto done;
    while (fseeko(file, place, SEEK_SET) == 0 && fread(head, 1, 8, file) == 8) {
        uint32_t length = little32(head + 4);

        place += 8;
        if (memcmp(head, "data", 4) == 0) {
            /* Values near 2^31 and 2^32 stand for "until the end". */
            if (length < 0x7ffff000u && place + (off_t)length > size)
                missing = place + (off_t)length - size;
            break;
        }
        place += (off_t)length + (length & 1);
    }
done:
    fclose(file);
    return missing;
}

/*
 * Formats that libsndfile knows by their content, and seeks in to the sample.
 * (Its Vorbis lands elsewhere after a seek backwards, version 1.2.0; its MPEG
 * leaves the delay in: both are FFmpeg's.)
 */
static bool is_ours(int format)
{
    switch (format & SF_FORMAT_TYPEMASK) {
    case SF_FORMAT_WAV:
    case SF_FORMAT_WAVEX:
    case SF_FORMAT_RF64:
    case SF_FORMAT_W64:
    case SF_FORMAT_AIFF:
    case SF_FORMAT_AU:
    case SF_FORMAT_CAF:
    case SF_FORMAT_FLAC:
    case SF_FORMAT_NIST:
        return true;
    default:
        return false;
    }
}

static const char *format_name(int format)
{
    switch (format & SF_FORMAT_TYPEMASK) {
    case SF_FORMAT_WAV:
    case SF_FORMAT_WAVEX:
    case SF_FORMAT_RF64:
        return "WAV";
    case SF_FORMAT_W64:
        return "Wave64";
    case SF_FORMAT_AIFF:
        return "AIFF";
    case SF_FORMAT_AU:
        return "AU";
    case SF_FORMAT_CAF:
        return "CAF";
    case SF_FORMAT_FLAC:
        return "FLAC";
    case SF_FORMAT_NIST:
        return "NIST SPHERE";
    default:
        return "unknown";
    }
}

/* A FLAC stream that was written to a pipe has 0 for "unknown". */
static int64_t known_frames(const SF_INFO *info)
{
    bool flac = (info->format & SF_FORMAT_TYPEMASK) == SF_FORMAT_FLAC;

    if (info->frames < 0 || info->frames == SF_COUNT_MAX ||
        (info->frames == 0 && flac))
        return -1;
    return info->frames;
}

static enum backend_answer sound_open(const char *path,
                                      struct reader_info *info, void **source,
                                      struct error *err)
{
    SF_INFO found = { 0 };
    SNDFILE *file = NULL;
    int64_t missing;
    struct sound *sound;

    if (begins_as_ours(path))
        file = sf_open(path, SFM_READ, &found);
    if (!file)
        return BACKEND_FOREIGN;
    if (!is_ours(found.format)) {
        sf_close(file);
        return BACKEND_FOREIGN;
    }
    missing = missing_bytes(path);
    if (missing > 0) {
        sf_close(file);
        error_set(err, ERROR_INPUT,
                  "is truncated: %lld bytes fewer than its header says",
                  (long long)missing);
        return BACKEND_FAILED;
    }
    sound = xcalloc(1, sizeof(*sound));
    sound->file = file;
    sound->frames = known_frames(&found);
    info->rate = found.samplerate;
    info->channels = found.channels;
    info->frames = sound->frames;
    info->about_frames = sound->frames;
    info->format = format_name(found.format);
    *source = sound;
    return BACKEND_OPEN;
}

static int64_t sound_read(void *source, float *out, int64_t frames,
                          struct error *err)
{
    struct sound *sound = source;
    sf_count_t got = sf_readf_float(sound->file, out, frames);

    if (got <= 0 && sf_error(sound->file) != SF_ERR_NO_ERROR) {
        error_set(err, ERROR_INPUT, "is truncated or damaged: %s",
                  sf_strerror(sound->file));
        return -1;
    }
    return got > 0 ? got : 0;
}

static bool sound_seek(void *source, int64_t frame, struct error *err)
{
    struct sound *sound = source;

    if (sf_seek(sound->file, frame, SEEK_SET) != frame)
        return error_set(err, ERROR_INPUT, "cannot go to sample %lld: %s",
                         (long long)frame, sf_strerror(sound->file));
    return true;
}

static void sound_close(void *source)
{
    struct sound *sound = source;

    sf_close(sound->file);
    free(sound);
}

const struct reader_backend reader_sndfile = {
    .open = sound_open,
    .read = sound_read,
    .seek = sound_seek,
    .close = sound_close,
};
