/*
 * container_internal - opens a file of sound or video; private to media.
 */
#ifndef MIEN_MEDIA_CONTAINER_INTERNAL_H
#define MIEN_MEDIA_CONTAINER_INTERNAL_H

#include "common/base/error.h"
#include "common/media/ffmpeg_internal.h"
#include "common/media/reader_internal.h"

/*
 * Only demuxers of media are asked, and no other file is opened by what the
 * file says.  *format is the caller's, also of a file that failed.
 */
enum backend_answer container_open(const char *path,
                                   struct AVFormatContext **format,
                                   struct error *err);
/* Fills `err` with `what` and what the library calls `code`; false. */
bool container_fail(struct error *err, int code, const char *what);
/*
 * The stream that is the video: of those with moving pictures (a cover is
 * none) the default one, else the first; -1: there is none.
 */
int container_video(const struct AVFormatContext *format);

#endif
