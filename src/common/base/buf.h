/*
 * buf - a growing run of bytes that is always zero-ended.
 *
 * Zero-initialised is empty.  `data` may be NULL only while `length` is 0;
 * buf_text() never is.
 */
#ifndef MIEN_BASE_BUF_H
#define MIEN_BASE_BUF_H

#include <stddef.h>

struct buf {
    char *data; /* owned */
    size_t length;
    size_t capacity;
};

void buf_add(struct buf *buf, const void *bytes, size_t length);
void buf_add_char(struct buf *buf, char byte);
void buf_add_text(struct buf *buf, const char *text);
void buf_addf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The text so far, "" when empty; borrowed until the next change. */
const char *buf_text(const struct buf *buf);
/* The text, now the caller's; `buf` is empty afterwards.  Never NULL. */
char *buf_steal(struct buf *buf);
void buf_clear(struct buf *buf); /* empty, memory kept */
void buf_release(struct buf *buf);

#endif
