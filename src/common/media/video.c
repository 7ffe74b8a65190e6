/*
 * video - which picture is shown when.
 */
#include <config.h>

#include "common/media/video.h"

#include <assert.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "common/media/video_internal.h"

enum {
    NEAR_US = 1000000,      /* going on this far is cheaper than a jump */
    FIRST_STEP_US = 500000, /* how much farther back a second jump goes */
    STEP_GROWS = 4,
};

struct video *video_open(const char *path, bool *present, struct error *err)
{
    struct video *video = xcalloc(1, sizeof(*video));

    *present = false;
    video->path = xstrdup(path);
    video->latest_us = INT64_MIN;
    if (!video_start(video, present, err))
        goto failed;
    video_find_origin(video);
    if (!video_decode(video, &video->now)) {
        error_set(err, ERROR_INPUT, "has no picture that can be decoded");
        goto failed;
    }
    video_decode(video, &video->then);
    video->info.first_us = video->now.from_us;
    if (video->info.end_us >= 0)
        video->info.end_us -= video->origin_us;
    return video;

failed:
    error_prefix(err, "%s", path);
    video_close(video);
    return NULL;
}

void video_close(struct video *video)
{
    if (!video)
        return;
    video_stop(video);
    video_draw_release(video);
    free(video->path);
    free(video);
}

const struct video_info *video_info(const struct video *video)
{
    return &video->info;
}

int64_t video_from_us(const struct video *video)
{
    assert(video->now.there);
    return video->now.from_us;
}

int64_t video_until_us(const struct video *video)
{
    assert(video->now.there);
    if (video->then.there)
        return video->then.from_us;
    return video->now.from_us + video->now.length_us;
}

bool video_at_end(const struct video *video)
{
    return !video->then.there;
}

unsigned video_damaged(const struct video *video)
{
    return video->damaged;
}

int video_next(struct video *video)
{
    struct still spare = video->now;

    if (!video->then.there)
        return 0;
    video->now = video->then;
    video->then = spare;
    video_decode(video, &video->then);
    return 1;
}

/* Goes on to the picture that is shown at `us`. */
static void walk(struct video *video, int64_t us)
{
    while (video->then.there && video->then.from_us <= us)
        video_next(video);
}

/* Decodes the two pictures that come next; false at the end. */
static bool begin(struct video *video)
{
    if (!video_decode(video, &video->now))
        return false;
    video_decode(video, &video->then);
    return true;
}

/* To the first picture of all. */
static bool rewind_to_first(struct video *video, struct error *err)
{
    struct video_info info = video->info;
    bool present;

    if (video_jump(video, info.first_us) && begin(video) &&
        video->now.from_us == info.first_us)
        return true;
    video_stop(video);
    if (!video_start(video, &present, err) || !begin(video)) {
        error_set(err, ERROR_IO, "cannot be read any more");
        return error_prefix(err, "%s", video->path);
    }
    video->info = info;
    return true;
}

/*
 * Containers find the key picture by its place in the file, which comes before
 * that of its showing; and what follows a key picture may be shown before it
 * and need what was not read.  So a jump may land after its goal: then the
 * next one goes farther back, at last to the beginning.
 */
bool video_seek(struct video *video, int64_t us, struct error *err)
{
    int64_t first_us = video->info.first_us;
    int64_t back_us = 0;
    int64_t goal_us = us;

    if (video->now.there && us >= video->now.from_us &&
        (!video->then.there || us < video->then.from_us + NEAR_US)) {
        walk(video, us);
        return true;
    }
    if (video->info.end_us >= 0 && goal_us > video->info.end_us)
        goal_us = video->info.end_us;
    while (goal_us - back_us > first_us) {
        if (!video_jump(video, goal_us - back_us))
            break;
        if (begin(video) && video->now.from_us <= us) {
            walk(video, us);
            return true;
        }
        back_us = back_us ? back_us * STEP_GROWS : FIRST_STEP_US;
    }
    if (!rewind_to_first(video, err))
        return false;
    walk(video, us);
    return true;
}
