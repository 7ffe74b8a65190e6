/*
 * killing - what the tests share that kill a session and look at its journal.
 *
 * A script works; it is killed at seeded random points, many of them in the
 * middle of a write.  All that it had shown as kept must be in the journal,
 * whose chain must verify every time; and work goes on where it was.  Half of
 * the times the next run finds the files as the killed one left them, half of
 * the times they were opened for reading before.
 */
#ifndef MIEN_TEST_KILLING_H
#define MIEN_TEST_KILLING_H

#include "common/base/rng.h"
#include "common/study/fold.h"

struct killing {
    const char *name;     /* of the random numbers */
    const char *protocol; /* JSON */
    uint32_t frames;      /* of each clip, at 16 kHz */
    int kills;
    int lines; /* of a script; 0: as many as are waited for */
    /* Adds one line of a script. */
    void (*put_line)(struct rng *rng, struct buf *out);
    /* Is this line, of what was shown as kept, looked for? */
    bool (*wants)(const char *line);
    /* The line of an event, the caller's; NULL where none is looked for. */
    bool (*line_of)(const struct event *event, char **line, struct error *err);
    /* What is wrong with a fold, or NULL; may be missing. */
    const char *(*check)(const struct fold *fold);
};

/* The test; returns the exit status of the program. */
int kill_all(const struct killing *killing);

#endif
