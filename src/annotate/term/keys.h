/*
 * keys - bytes from the terminal to keys, stamped when they were read.
 *
 * Understands UTF-8 and the sequences that xterm, tmux, screen, the Linux
 * console and rxvt send, and the mouse as xterm reports it in its mode 1006.  A
 * lone ESC is a key when nothing has followed it for KEYS_ESC_US.  Plain data:
 * reads no file and no clock.
 */
#ifndef MIEN_TERM_KEYS_H
#define MIEN_TERM_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "annotate/app/mouse.h"

enum {
    KEYS_ESC_US = 25000,
    KEYS_PASTE_US = 1000000, /* a paste that stops so long has ended */
    KEYS_PENDING = 256,      /* bytes; more are thrown away, oldest kept */
};

struct key_press {
    uint32_t key;       /* key.h; KEY_NONE: `mouse` */
    int64_t host_us;    /* CLOCK_MONOTONIC when its first byte was read */
    bool pasted;        /* not typed: the terminal says so (bracketed paste) */
    struct mouse mouse; /* when there is no key */
};

/* Zero-initialised is empty. */
struct keys {
    unsigned char byte[KEYS_PENDING];
    int64_t read_us[KEYS_PENDING];
    size_t count;
    bool pasting;
    int64_t paste_us;  /* when its latest byte was read */
    unsigned answers;  /* the terminal's to "CSI 5 n", so far */
    int64_t answer_us; /* when the latest was read */
};

/* Bytes that read() gave at `host_us`. */
void keys_feed(struct keys *keys, const void *bytes, size_t length,
               int64_t host_us);
/* The next whole key or deed of the mouse; false when more bytes, or time, are
 * wanted. */
bool keys_next(struct keys *keys, int64_t now_us, struct key_press *press);
/* Microseconds until a begun key is decided, -1 when none is. */
int64_t keys_wait_us(const struct keys *keys, int64_t now_us);

#endif
