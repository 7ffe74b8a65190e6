/*
 * selftest_tap - how late the sound comes, by taps to clicks.
 */
#include <config.h>

#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "annotate/selftest.h"
#include "annotate/term/term.h"
#include "common/base/mem.h"
#include "common/base/path.h"

enum {
    RATE = 48000,
    GAP_MS = 600,   /* between clicks: easy to keep in step with */
    LEAD_MS = 1000, /* before the first one */
    LEAD_IN = 4,    /* clicks whose taps are not counted */
    TAIL_MS = 700,
    CLICK_MS = 4,
    WAIT_MS = 20,
};

static void put(FILE *file, uint32_t value, int bytes)
{
    for (; bytes > 0; bytes--, value >>= 8)
        fputc((int)(value & 255), file);
}

static int64_t click_us(size_t click)
{
    return (LEAD_MS + (int64_t)click * GAP_MS) * 1000;
}

static bool write_clicks(const char *path, size_t clicks, struct error *err)
{
    FILE *file = fopen(path, "wb");
    uint32_t ms = LEAD_MS + (uint32_t)clicks * GAP_MS + TAIL_MS;
    uint32_t frames = ms * (RATE / 1000);

    if (!file)
        return error_set_errno(err, ERROR_IO, "%s", path);
    fputs("RIFF", file);
    put(file, 36 + 2 * frames, 4);
    fputs("WAVEfmt ", file);
    put(file, 16, 4);
    put(file, 1, 2); /* PCM */
    put(file, 1, 2); /* mono */
    put(file, RATE, 4);
    put(file, 2 * RATE, 4);
    put(file, 2, 2);
    put(file, 16, 2);
    fputs("data", file);
    put(file, 2 * frames, 4);
    for (uint32_t i = 0; i < frames; i++) {
        int64_t into = (int64_t)(i / (RATE / 1000)) - LEAD_MS;
        bool on = into >= 0 && into / GAP_MS < (int64_t)clicks &&
                  into % GAP_MS < CLICK_MS;

        put(file, on ? (uint32_t)(i % 48 < 24 ? 20000 : -20000) : 0, 2);
    }
    if (fclose(file) != 0)
        return error_set_errno(err, ERROR_IO, "%s", path);
    return true;
}

/* One tap: its difference to the click that it is nearest to. */
static void take_tap(struct player *player, int64_t host_us, size_t clicks,
                     double *difference, size_t *count)
{
    int64_t media_us, nearest;

    if (!player_heard_at(player, host_us, &media_us))
        return;
    nearest = (media_us - LEAD_MS * 1000 + GAP_MS * 500) / (GAP_MS * 1000);
    if (nearest < LEAD_IN || nearest >= (int64_t)clicks)
        return;
    difference[(*count)++] =
        (double)(media_us - click_us((size_t)nearest)) / 1000;
}

/* Plays to the end; false when it cannot be played. */
static bool play(struct player *player, const char *path, size_t clicks,
                 double *difference, size_t *count, struct error *err)
{
    struct pollfd file = { .fd = STDIN_FILENO, .events = POLLIN };
    struct player_snapshot now;

    player_open(player, path, 0, -1);
    player_play(player);
    for (;;) {
        char bytes[16];

        player_snapshot(player, &now);
        if (now.state == PLAYER_FAILED)
            return error_set(err, ERROR_IO, "%s", now.error_text);
        if (now.state == PLAYER_ENDED)
            return true;
        if (poll(&file, 1, WAIT_MS) <= 0)
            continue;
        if (read(STDIN_FILENO, bytes, sizeof(bytes)) > 0 && *count < clicks)
            take_tap(player, term_now_us(), clicks, difference, count);
    }
}

bool selftest_tap(struct player *player, size_t clicks,
                  struct timing_taps *taps, struct error *err)
{
    const char *folder = getenv("TMPDIR");
    char *path =
        xasprintf("%s/mien-clicks-XXXXXX", folder && *folder ? folder : "/tmp");
    double *difference = xcalloc(clicks + LEAD_IN, sizeof(*difference));
    struct termios before, raw_mode;
    size_t count = 0;
    int file = mkstemp(path);
    bool good;

    if (file < 0) {
        good = error_set_errno(err, ERROR_IO, "%s", path);
        goto done;
    }
    close(file);
    clicks += LEAD_IN;
    tcgetattr(STDIN_FILENO, &before);
    raw_mode = before;
    raw_mode.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &raw_mode);
    good = write_clicks(path, clicks, err) &&
           play(player, path, clicks, difference, &count, err);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    unlink(path);
    if (good && !timing_taps(difference, count, taps))
        good = error_set(err, ERROR_INPUT,
                         "%zu taps that go with clicks are too few; at least "
                         "%d are needed: tap any key in step with them",
                         taps->kept, TIMING_TAPS_MIN);
done:
    free(difference);
    free(path);
    return good;
}
