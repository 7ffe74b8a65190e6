/*
 * reader_pair - two media, or spans of them, as one: the first, a silence,
 * then the second.
 *
 * Such a medium has a name, which reader_open() takes as it takes a path.  No
 * file can have it: it begins with two slashes and a word, which the system
 * would take as one slash.  Media time 0 is the first sample of the first
 * span; reader_info.second says where the second begins.
 *
 * Where they have different rates the lower one is decoded whole at the higher
 * one; where they have different channels, one becomes all.  Else each sample
 * is as it is in its file.
 */
#ifndef MIEN_MEDIA_READER_PAIR_H
#define MIEN_MEDIA_READER_PAIR_H

#include <stdbool.h>
#include <stdint.h>

enum {
    READER_PAIR_GAP_US = 500000,
    /* One that must be decoded whole may be so long. */
    READER_PAIR_WHOLE_S = 600,
};

struct reader_part {
    const char *path;
    int64_t start_us, end_us; /* end_us < 0: to the end */
};

/* The caller's. */
char *reader_pair_name(const struct reader_part *first,
                       const struct reader_part *second);
bool reader_is_pair(const char *path);
/* The path of one of the two (0, 1) by the name; the caller's, or NULL when
 * it is no such name. */
char *reader_pair_path(const char *name, int side);

#endif
