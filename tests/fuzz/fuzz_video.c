/* fuzz_video - films: opened, walked through, sought in, drawn small. */
#include <config.h>

#include <stdlib.h>

#include "../support/avi.h"
#include "../support/film.h"
#include "common/base/mem.h"
#include "common/media/video.h"
#include "fuzz.h"

enum { WIDTH = 16, HEIGHT = 8, PICTURES = 12 };

static const char *const words[] = { "moov",
                                     "trak",
                                     "mdhd",
                                     "stts",
                                     "ctts",
                                     "stss",
                                     "stsz",
                                     "stco",
                                     "avcC",
                                     "tkhd",
                                     "elst",
                                     "RIFF",
                                     "AVI ",
                                     "strh",
                                     "strf",
                                     "vids",
                                     "movi",
                                     "idx1",
                                     "\x1a\x45\xdf\xa3",
                                     "moof",
                                     NULL };

static void seeds(fuzz_give *give, void *context)
{
    static const char *const made[][2] = {
        { "-c:v mpeg4 -bf 2 -g 4", "a.mp4" },
        { "-c:v libx264 -bf 1 -g 4 -pix_fmt yuv420p", "b.mp4" },
        { "-c:v libx264 -pix_fmt yuv420p -movflags frag_keyframe", "c.mp4" },
        { "-c:v libvpx -g 4", "a.webm" },
        { "-c:v mjpeg", "a.avi" },
        { "-c:v mpeg2video -bf 2 -g 5", "a.ts" },
        { "-c:v flv", "a.flv" },
    };
    char *path = xasprintf("%s/raw.avi", fuzz_folder());

    if (avi_write(path, 2))
        fuzz_give_file(give, context, -1, path);
    free(path);
    for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
        char *line;

        path = xasprintf("%s/%s", fuzz_folder(), made[i][1]);
        line = xasprintf("-f lavfi -i testsrc=s=32x16:r=10:d=0.8 -threads 1 "
                         "-bitexact -fflags +bitexact %s %s",
                         made[i][0], path);
        if (film_run(line))
            fuzz_give_file(give, context, -1, path);
        free(line);
        free(path);
    }
}

static void draw(struct video *video)
{
    uint8_t rgb[WIDTH * HEIGHT * 3];
    struct error err = { 0 };

    fuzz_answered(video_draw(video, WIDTH, HEIGHT, rgb, &err), &err, NULL);
    fuzz_must(video_until_us(video) >= video_from_us(video));
}

static void one(const uint8_t *bytes, size_t length)
{
    const char *path = fuzz_file(bytes, length);
    struct error err = { 0 };
    bool present = false;
    struct video *video = video_open(path, &present, &err);
    int64_t first;

    fuzz_answered(video != NULL, &err, path);
    if (!video)
        return;
    fuzz_must(video_info(video)->width > 0 && video_info(video)->height > 0);
    fuzz_must(video_info(video)->width <= VIDEO_SIDE_MAX);
    fuzz_must(video_info(video)->height <= VIDEO_SIDE_MAX);
    first = video_info(video)->first_us;
    for (int i = 0; i < PICTURES; i++) {
        bool good;

        err = (struct error){ 0 };
        good = i % 4 == 3 ? video_seek(video, first + 100000 * (i / 4), &err)
               : i == 0   ? video_seek(video, first, &err)
                          : video_next(video) == 1;
        if (i % 4 == 3 || i == 0)
            fuzz_answered(good, &err, path);
        if (good)
            draw(video);
    }
    video_close(video);
}

const struct fuzz_target fuzz_target = {
    .name = "video",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 24576,
    .runs = 300,
};
