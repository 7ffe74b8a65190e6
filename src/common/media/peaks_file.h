/*
 * peaks_file - pyramids that are kept, so that a long medium is read once.
 *
 * A file holds the lowest level, its size and a BLAKE2b hash of all of it;
 * the levels above are made again.  It lies in a folder of the user's cache,
 * readable by the user only; its name is made from the SHA-256 of the medium
 * and the span, so that it names neither medium nor label.  It can be deleted
 * at any time.
 */
#ifndef MIEN_MEDIA_PEAKS_FILE_H
#define MIEN_MEDIA_PEAKS_FILE_H

#include "common/file/hash.h"
#include "common/media/peaks.h"

enum { PEAKS_FILE_MOST = 256 << 20 }; /* bytes of all of them */

/* "FOLDER/HEX"; the caller's. */
char *peaks_file_name(const char *folder, const uint8_t medium[HASH_SIZE],
                      int64_t start_us, int64_t end_us);
/* Of finished peaks.  The oldest ones make room for it. */
bool peaks_file_write(struct peaks *peaks, const char *path, struct error *err);
/* NULL when there is none, or when it is damaged or of another version. */
struct peaks *peaks_file_read(const char *path, struct error *err);

#endif
