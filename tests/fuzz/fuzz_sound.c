/*
 * fuzz_sound - media of sound: opened, read to the end, sought in.  The
 * libraries below the reader find their own faults; what counts here is that
 * ours stays whole whatever they say.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "../unit/media/encode.h"
#include "common/base/mem.h"
#include "common/media/reader.h"
#include "fuzz.h"

enum { RATE = 8000, FRAMES = 1000, BLOCK = 512, MOST_FRAMES = 1 << 17 };

static const char *const words[] = { "RIFF",     "WAVE",
                                     "fmt ",     "data",
                                     "fLaC",     "OggS",
                                     "moov",     "mdat",
                                     "stsz",     "stts",
                                     "elst",     "FORM",
                                     "COMM",     "SSND",
                                     "caff",     "desc",
                                     ".snd",     "LIST",
                                     "fact",     "ID3",
                                     "\xff\xfb", "\x1a\x45\xdf\xa3",
                                     "mdhd",     "esds",
                                     NULL };

static void seeds(fuzz_give *give, void *context)
{
    static const char *const made[][2] = {
        { "flac", "a.flac" },      { "libmp3lame", "a.mp3" },
        { "aac", "a.m4a" },        { "libvorbis", "a.ogg" },
        { "pcm_s16be", "a.aiff" }, { "pcm_s16be", "a.au" },
        { "pcm_s24le", "a.wav" },  { "pcm_f32le", "b.wav" },
        { "adpcm_ms", "c.wav" },   { "pcm_s16le", "a.caf" },
        { "flac", "a.mkv" },       { "ac3", "a.ac3" },
        { "pcm_mulaw", "d.wav" },  { "aac", "a.aac" },
    };
    float sample[2 * FRAMES];
    char *path;

    for (int i = 0; i < 2 * FRAMES; i++)
        sample[i] = (float)(0.5 * sin(0.2 * i));
    path = xasprintf("%s/plain.wav", fuzz_folder());
    if (encode_wav(path, RATE, 2, sample, FRAMES / 2))
        fuzz_give_file(give, context, -1, path);
    free(path);
    for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
        int rate = i == 11 ? 32000 : RATE;

        path = xasprintf("%s/%s", fuzz_folder(), made[i][1]);
        if (encode_medium(path, made[i][0], rate, 1, sample, FRAMES))
            fuzz_give_file(give, context, -1, path);
        free(path);
    }
}

/* Up to `most` frames; how many there were, or -1. */
static int64_t read_on(struct reader *reader, int64_t most)
{
    int channels = reader_info(reader)->channels;
    float *block = xmalloc(sizeof(*block) * BLOCK * (size_t)channels);
    int64_t done = 0, got = 0;

    while (done < most) {
        struct error err = { 0 };

        got = reader_read(reader, block, BLOCK, &err);
        fuzz_must(got >= -1 && got <= BLOCK);
        fuzz_answered(got >= 0, &err, reader_path(reader));
        if (got <= 0)
            break;
        for (int64_t i = 0; i < got * channels; i++)
            fuzz_must(isfinite(block[i]));
        done += got;
    }
    free(block);
    return got < 0 ? -1 : done;
}

static void walk(struct reader *reader, const char *path)
{
    const struct reader_info *info = reader_info(reader);
    int64_t frames;

    fuzz_must(info->channels >= 1 && info->channels <= READER_MAX_CHANNELS);
    fuzz_must(info->rate >= READER_MIN_RATE && info->rate <= READER_MAX_RATE);
    fuzz_must(info->frames >= -1 && info->about_frames >= -1 && info->format);
    frames = read_on(reader, MOST_FRAMES);
    if (frames >= 0)
        fuzz_must(reader_position(reader) == frames);
    for (int i = 3; i >= 0; i--) {
        int64_t to = (frames < 0 ? 1000 : frames) * i / 3;
        struct error err = { 0 };
        bool good = reader_seek(reader, to, &err);

        fuzz_answered(good, &err, path);
        if (good) {
            fuzz_must(reader_position(reader) == to);
            read_on(reader, BLOCK);
        }
    }
}

static void one(const uint8_t *bytes, size_t length)
{
    const char *path = fuzz_file(bytes, length);
    struct error err = { 0 };
    struct reader *reader = reader_open(path, &err);

    fuzz_answered(reader != NULL, &err, path);
    if (reader)
        walk(reader, path);
    reader_close(reader);
    err = (struct error){ 0 };
    reader = reader_open_film(path, &err);
    fuzz_answered(reader != NULL, &err, path);
    if (reader)
        read_on(reader, BLOCK);
    reader_close(reader);
}

const struct fuzz_target fuzz_target = {
    .name = "sound",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 8192,
    .runs = 600,
};
