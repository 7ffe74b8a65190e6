/*
 * video - pictures out of a medium, each with the time at which it is shown.
 *
 * Times are microseconds of media time, on the same axis as the sound's
 * (reader.h): 0 is the first audible sample, or the first picture where there
 * is no sound; pictures before it have times below 0.  A picture is shown from
 * its own timestamp until that of the next one: nothing is ever counted, so
 * that variable frame rates, gaps and B frames make no difference.
 *
 * Pictures are drawn upright and with square pixels, at any size.  A cover in
 * a sound file is no video.  Damaged pictures are left out, and counted.
 *
 * One thread at a time may use a video; several videos may run at once.
 */
#ifndef MIEN_MEDIA_VIDEO_H
#define MIEN_MEDIA_VIDEO_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/error.h"

struct video;

enum { VIDEO_SIDE_MAX = 16384 }; /* pixels */

struct video_info {
    int width, height;  /* as it is to be shown; pixels */
    int64_t first_us;   /* the first picture; may be below 0 */
    int64_t end_us;     /* by the header, -1 when it says nothing */
    double rate;        /* pictures a second on average, for people; 0 */
    const char *format; /* "h264": for people; lives as the video */
};

/*
 * NULL with the reason; *present tells then whether there are pictures that
 * cannot be shown, or none at all.
 */
struct video *video_open(const char *path, bool *present, struct error *err);
void video_close(struct video *video); /* takes NULL */

const struct video_info *video_info(const struct video *video); /* borrowed */

/*
 * Makes the picture that is shown at `us` the present one: the last that
 * begins no later, or the first of all.  From the start of a long run of
 * pictures that refer to each other, if it must.
 */
bool video_seek(struct video *video, int64_t us, struct error *err);
/* Makes the next picture the present one: 1; 0: there is none. */
int video_next(struct video *video);

/* The present picture is shown from .. until; there must be one. */
int64_t video_from_us(const struct video *video);
int64_t video_until_us(const struct video *video);
/* It is the last one. */
bool video_at_end(const struct video *video);

/*
 * Draws the present picture into `rgb`, three bytes a pixel, rows without
 * gaps.  The whole of it, whatever the size: the caller keeps the aspect.
 */
bool video_draw(struct video *video, int width, int height, uint8_t *rgb,
                struct error *err);

/* Packets that could not be decoded, so far. */
unsigned video_damaged(const struct video *video);

#endif
