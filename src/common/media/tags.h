/*
 * tags - what a medium says of itself in words: its title, a comment.
 *
 * A file that was renamed so that its name tells nothing may still carry that
 * name as its title.
 */
#ifndef MIEN_MEDIA_TAGS_H
#define MIEN_MEDIA_TAGS_H

#include <stdbool.h>

#include "common/base/error.h"
#include "common/base/text.h"

/*
 * Adds each as `title "..."' to `out`.  What programs write about themselves
 * and about the recording's form, such as encoders and dates, is left out.
 * False: FFmpeg is not there, or the file is no medium.
 */
bool tags_list(const char *path, struct text_list *out, struct error *err);

#endif
