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

/* Its parts, for a test that looks at something else than lines "kept ...". */

/* Ends the program: something that the test needs does not work. */
void kill_die(const char *what, const struct error *err);

/*
 * Makes the bundle FOLDER/NUMBER.mien, whose entries are all the same clip of
 * silence of so many frames at 16 kHz.  Returns its path, the caller's.
 */
char *kill_new_bundle(const char *folder, int number, const char *protocol,
                      int entries, uint32_t frames);

/*
 * Lets a script work on a bundle until so many lines were printed, waits a
 * moment more and kills it.  All that was printed is added to out; returns
 * the status, as waitpid has it.
 */
int kill_session(const char *bundle, struct buf *script, size_t lines,
                 uint64_t more_us, struct buf *out);

/* Removes a folder with all that is in it. */
void kill_remove(const char *folder);

#endif
