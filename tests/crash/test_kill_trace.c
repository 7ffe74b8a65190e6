/*
 * test_kill_trace - what was traced stays traced.
 *
 * A script traces, pauses, goes back and traces parts again; it is killed at
 * 250 seeded random points.  Of what had been heard in a pass at most the
 * last 50 ms of samples may be missing; each seal must hold, the chain must
 * verify, the next session must close what was cut off and go on, and the
 * write-ahead log must never have passed 4 MB.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "killing.h"

#include "common/base/number.h"
#include "common/base/rng.h"
#include "common/base/text.h"
#include "common/base/vec.h"
#include "common/store/bundle_internal.h"
#include "common/store/bundle_trace.h"
#include "common/store/samples_internal.h"

enum {
    KILLS = 250,
    ENTRIES = 4,
    LINES = 700,
    SECONDS = 8,
    RATE = 16000,
    MISSING_MOST_US = 50000,
    WAL_MOST = 4 << 20,
};

static const char protocol[] =
    "{\"mien\":1,\"name\":\"quick\",\"version\":\"1.0\",\"title\":\"Quick\","
    "\"purpose\":\"a test\",\"instructions\":{\"en\":\"Listen.\"},"
    "\"unit\":\"clip\",\"order\":\"random\",\"show\":[],"
    "\"questions\":[{\"id\":\"feeling\",\"type\":\"trace\","
    "\"dimensions\":[{\"id\":\"valence\"},{\"id\":\"arousal\"}]}],"
    "\"playback\":{\"must_hear_all\":false},\"advance\":\"key\"}";

struct trial {
    char *folder;
    char *path; /* of the bundle */
    int bundles;
    struct rng *rng;
    uint8_t pass[EVENT_HASH_SIZE]; /* that the killed run was tracing ... */
    int64_t heard_us;   /* ... and how far it was heard; -1: nothing */
    size_t tracing;     /* kills that hit a pass */
    size_t sealed;      /* samples under seals, all bundles */
    int64_t missing_us; /* the most that was missing */
    int64_t wal;        /* the largest that was seen */
    const char *fault;
};

static void new_bundle(struct trial *trial)
{
    free(trial->path);
    trial->path = kill_new_bundle(trial->folder, ++trial->bundles, protocol,
                                  ENTRIES, SECONDS * RATE);
}

/* Mostly time that goes by, told after each piece of it. */
static void add_line(struct trial *trial, struct buf *text)
{
    static const char *const deeds[] = {
        "Up",
        "Down",
        "Left",
        "Right",
        "7",
        "3",
        "seek-back",
        "seek-back-tenth",
        "select-from",
        "select-to",
        "Space\ntick 30000\nSpace",
        "Esc\ntick 30000\nT\nCtrl-T", /* the first that may be */
        "Esc\ntick 30000\nclear\nT",
        "Esc\ntick 30000\nundo\nCtrl-T",
    };

    if (rng_below(trial->rng, 10) == 0) {
        buf_addf(text, "%s\n", deeds[rng_below(trial->rng, LENGTH_OF(deeds))]);
        return;
    }
    buf_addf(text, "tick %d\ntraced\n",
             (int)(1000 + rng_below(trial->rng, 20000)));
}

static void put_script(struct trial *trial, struct buf *text)
{
    /* On where it stops; where all is traced, handed in and the next one. */
    buf_add_text(text, "Enter\ntick 20000\nsubmit\ntick 20000\nT\nCtrl-T\n");
    for (int i = 0; i < LINES; i++)
        add_line(trial, text);
}

/* The last whole line "traced PASS US", or "traced -". */
static void note_traced(struct trial *trial, char *text)
{
    char *line = text;

    trial->heard_us = -1;
    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
        char *us;

        *end = '\0';
        if (!text_starts(line, "traced "))
            continue;
        trial->heard_us = -1;
        us = strrchr(line, ' ');
        if (us == line + 6)
            continue;
        *us = '\0';
        if (!hash_from_hex(line + 7, trial->pass, EVENT_HASH_SIZE) ||
            !number_parse_int(us + 1, &trial->heard_us))
            trial->fault = "a line that does not read";
    }
}

static void kill_one(struct trial *trial)
{
    size_t lines = 20 + rng_below(trial->rng, LINES / 2);
    uint64_t more_us = rng_below(trial->rng, 1500);
    struct buf script = { 0 };
    struct buf out = { 0 };
    int status;

    put_script(trial, &script);
    status = kill_session(trial->path, &script, lines, more_us, &out);
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        trial->fault = "a run ended by itself with a fault";
    note_traced(trial, out.data ? out.data : (char[]){ 0 });
    if (!WIFSIGNALED(status))
        trial->heard_us = -1; /* it came to its end and left the pass */
    buf_release(&out);
    buf_release(&script);
}

/* A log that was in use keeps its size: it is as large as it ever was. */
static void look_at_wal(struct trial *trial)
{
    char *path = xasprintf("%s-wal", trial->path);
    struct stat status;

    if (stat(path, &status) == 0 && status.st_size > trial->wal)
        trial->wal = status.st_size;
    if (trial->wal > WAL_MOST)
        trial->fault = "the write-ahead log passed 4 MB";
    free(path);
}

/* Where the pass begins, by the journal. */
static int64_t begin_of(const struct fold *fold,
                        const uint8_t pass[EVENT_HASH_SIZE])
{
    for (size_t i = 0; i < fold->count; i++) {
        const struct fold_passes *passes = &fold->entry[i].passes;

        for (size_t k = 0; k < passes->count; k++)
            if (memcmp(passes->item[k].hash, pass, EVENT_HASH_SIZE) == 0)
                return passes->item[k].begin.from_us;
    }
    return 0; /* it is missing: then all of it is */
}

/* The last sample of the pass; where it begins when it has none yet. */
static int64_t last_of(struct bundle *bundle, const struct fold *fold,
                       const uint8_t pass[EVENT_HASH_SIZE])
{
    struct trace_samples rows = { 0 };
    int64_t last = begin_of(fold, pass);
    struct error err;

    if (!bundle_trace_read(bundle, pass, 0, &rows, &err))
        kill_die("samples do not read", &err);
    if (rows.count > 0)
        last = rows.item[rows.count - 1].media_us;
    free(rows.item);
    return last;
}

static void check_missing(struct trial *trial, struct bundle *bundle,
                          const struct fold *fold)
{
    int64_t missing;

    if (trial->heard_us < 0)
        return;
    trial->tracing++;
    missing = trial->heard_us - last_of(bundle, fold, trial->pass);
    if (missing > trial->missing_us)
        trial->missing_us = missing;
    if (missing > MISSING_MOST_US)
        trial->fault = "more than 50 ms of samples are missing";
}

/* True when all of the bundle is done. */
static bool look(struct trial *trial, enum bundle_mode mode)
{
    struct error err;
    struct bundle *bundle = bundle_open(trial->path, mode, &err);
    struct journal_report report;
    struct journal_list list;
    struct fold fold;
    bool done;

    if (!bundle)
        kill_die("the bundle does not open", &err);
    if (!journal_load(bundle_db(bundle), bundle_id_bytes(bundle), &list,
                      &err) ||
        !bundle_fold(bundle, &fold, &err))
        kill_die("the journal does not read", &err);
    journal_verify(&list, bundle_id_bytes(bundle), &report);
    if (report.fault[0])
        trial->fault = "the chain does not verify";
    else if (!samples_verify(bundle_db(bundle), &list, report.fault, &err))
        kill_die("the samples do not read", &err);
    else if (report.fault[0])
        trial->fault = "a seal does not hold";
    if (fold.malformed > 0)
        trial->fault = "an event does not read";
    check_missing(trial, bundle, &fold);
    done = fold_done_count(&fold) == fold.count || list.count > 4000;
    for (size_t i = 0; done && i < fold.count; i++)
        for (size_t k = 0; k < fold.entry[i].passes.count; k++)
            trial->sealed += (size_t)fold.entry[i].passes.item[k].count;
    fold_release(&fold);
    journal_list_release(&list);
    bundle_close(bundle);
    return done;
}

int main(void)
{
    char folder[] = "/tmp/mien-trace.XXXXXX";
    struct trial trial = { .rng = rng_new(1, "test/kill-trace") };
    int done = 0;

    setvbuf(stdout, NULL, _IOLBF, 0);
    trial.folder = mkdtemp(folder);
    if (!trial.folder)
        return 99;
    new_bundle(&trial);
    for (; done < KILLS && !trial.fault; done++) {
        kill_one(&trial);
        look_at_wal(&trial);
        if (look(&trial, done % 2 ? BUNDLE_READ : BUNDLE_WORK))
            new_bundle(&trial);
    }
    printf("# %d kills, %zu of them while a pass ran, %d bundles; at most %.1f "
           "ms of what was heard was missing; the largest log had %.2f MB\n",
           done, trial.tracing, trial.bundles, (double)trial.missing_us / 1000,
           (double)trial.wal / (1 << 20));
    printf("%s 1 - at most 50 ms of what was traced is lost%s%s\n",
           trial.fault ? "not ok" : "ok", trial.fault ? " # " : "",
           trial.fault ? trial.fault : "");
    printf("%s 2 - the kills hit passes\n",
           trial.tracing > KILLS / 5 ? "ok" : "not ok");
    printf("1..2\n");
    rng_free(trial.rng);
    free(trial.path);
    kill_remove(folder);
    return trial.fault != NULL;
}
