/*
 * ffmpeg - are FFmpeg's containers and codecs there?
 *
 * They are loaded when the first file asks for them, which takes tens of
 * milliseconds, from a cold disk more.  Who cannot wait then asks before.
 */
#ifndef MIEN_MEDIA_FFMPEG_H
#define MIEN_MEDIA_FFMPEG_H

#include <stdbool.h>

#include "common/base/error.h"

/*
 * Loads them, once; of any thread.  False, ERROR_ABSENT: they are not
 * installed, and `err` (which may be NULL) says what is missing.  A reader
 * that needs them fails with the same code, behind its file's name.
 */
bool ffmpeg_ready(struct error *err);

/* Does a file of that name need them, as names go?  PCM and FLAC do not. */
bool ffmpeg_expected(const char *path);

#endif
