/*
 * trace - a trace of two hours through the real store: how large the bundle
 * is, how long the longest commit takes, how long it takes to go on.
 *
 *     trace FOLDER [HOURS [real]]
 *
 * 100 samples a second in two dimensions, one commit each, as the loop does
 * it, sealed each second; as fast as the disk takes them, or, "real", at their
 * own pace, which tells what one who traces would feel.
 */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "common/base/number.h"
#include "common/base/path.h"
#include "common/store/bundle_internal.h"
#include "common/store/bundle_trace.h"
#include "common/study/event_trace.h"

static void die(const char *what, const struct error *err)
{
    fprintf(stderr, "trace: %s: %s\n", what, err->text);
    exit(1);
}

static double seconds(void)
{
    return (double)bundle_mono_us() / 1e6;
}

static int64_t size_of(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 ? status.st_size : 0;
}

static void append(struct bundle *bundle, enum event_kind kind, char *payload,
                   uint8_t hash[EVENT_HASH_SIZE])
{
    struct event event = { .kind = kind,
                           .entry = "0000000000000001",
                           .payload = payload,
                           .wall_us = bundle_wall_us(),
                           .mono_us = bundle_mono_us() };
    struct error err;

    if (!bundle_append(bundle, &event, &err))
        die("append", &err);
    if (hash)
        memcpy(hash, event.hash, EVENT_HASH_SIZE);
    free(payload);
}

struct tally {
    double longest; /* seconds */
    double over_10_ms;
    int64_t wal;
};

static void note(struct tally *tally, double begun)
{
    double took = seconds() - begun;

    if (took > tally->longest)
        tally->longest = took;
    tally->over_10_ms += took > 0.01;
}

/* Until sample `i` is due. */
static void wait_for(int64_t i, double begun)
{
    double left = begun + (double)i / TRACE_RATE - seconds();
    struct timespec time = { .tv_nsec = (long)(left * 1e9) };

    if (left > 0)
        nanosleep(&time, NULL);
}

static void trace(struct bundle *bundle, const char *wal, int64_t count,
                  bool real, struct tally *tally)
{
    double start = seconds();
    struct event_pass begin = { .question = (char *)"feeling",
                                .version = 1,
                                .to_us = count * TRACE_STEP_US };
    struct event_inputs inputs = { 0 };
    struct trace_sample rows[TRACE_RATE];
    uint8_t pass[EVENT_HASH_SIZE];
    struct error err;

    append(bundle, EVENT_TRACE_STARTED, event_payload_pass(&begin), pass);
    for (int64_t i = 0; i < count; i++) {
        struct trace_sample *row = &rows[i % TRACE_RATE];
        double begun;

        if (real)
            wait_for(i, start);
        begun = seconds();
        *row = (struct trace_sample){
            .media_us = i * TRACE_STEP_US,
            .host_us = 1000000000 + i * TRACE_STEP_US + i % 7,
            .value = { sin((double)i / 900), cos((double)i / 1300) },
            .flags = i % 40 == 0 ? TRACE_INPUT : 0,
        };
        if (!bundle_trace_add(bundle, pass, i, row, 1, &err))
            die("add", &err);
        if (i % TRACE_RATE == TRACE_RATE - 1) {
            struct event_seal seal = { .first = i + 1 - TRACE_RATE,
                                       .count = TRACE_RATE,
                                       .first_us = rows[0].media_us,
                                       .last_us = row->media_us };

            memcpy(seal.pass, pass, EVENT_HASH_SIZE);
            trace_hash(pass, seal.first, rows, TRACE_RATE, seal.hash);
            append(bundle, EVENT_TRACE_SEALED, event_payload_seal(&seal), NULL);
            if (size_of(wal) > tally->wal)
                tally->wal = size_of(wal);
        }
        note(tally, begun);
    }
    append(bundle, EVENT_TRACE_ENDED,
           event_payload_pass_end(pass, TRACE_COMPLETE, count, &inputs), NULL);
}

/* What `label' does before it can go on: open, fold, lay the trace out. */
static void go_on(const char *path, int64_t count)
{
    double begun = seconds();
    clock_t busy = clock();
    double opened, folded, read;
    struct trace_samples rows = { 0 };
    struct fold fold;
    struct error err;
    struct bundle *bundle = bundle_open(path, BUNDLE_WORK, &err);

    opened = seconds();
    if (!bundle || !bundle_fold(bundle, &fold, &err))
        die("go on", &err);
    folded = seconds();
    if (!bundle_trace_read(bundle, fold.entry[0].passes.item[0].hash, 0, &rows,
                           &err))
        die("go on", &err);
    read = seconds();
    if ((int64_t)rows.count != count || fold.malformed > 0)
        die("samples are missing", &err);
    free(rows.item);
    fold_release(&fold);
    bundle_close(bundle);
    printf("goes on after %.3f s (%.3f of the processor): checked %.3f, folded "
           "%.3f, read %.3f\n",
           read - begun, (double)(clock() - busy) / CLOCKS_PER_SEC,
           opened - begun, folded - opened, read - folded);
}

int main(int argc, char **argv)
{
    struct bundle_draft draft = {
        .id = "0000000000000001", .medium = "", .end_us = -1, .text = "x"
    };
    const uint8_t id[BUNDLE_ID_SIZE] = { 1 };
    struct tally tally = { 0 };
    double hours = 2;
    struct error err;
    struct bundle *bundle;
    char *path, *wal;
    double begun;
    int64_t count;

    if (argc < 2 || (argc > 2 && !number_parse(argv[2], &hours)))
        return 2;
    count = (int64_t)(hours * 3600) * TRACE_RATE;
    path = path_join(argv[1], "trace.mien");
    wal = xasprintf("%s-wal", path);
    if (!bundle_create(path, id, "anna", "{}", &draft, 1, &err))
        die(path, &err);
    bundle = bundle_open(path, BUNDLE_WORK, &err);
    if (!bundle)
        die(path, &err);
    begun = seconds();
    trace(bundle, wal, count, argc > 3, &tally);
    begun = seconds() - begun;
    bundle_close(bundle);
    printf("samples %lld in %.1f s, %.0f a second\n", (long long)count, begun,
           (double)count / begun);
    printf("longest commit %.2f ms, %.0f of them over 10 ms\n",
           tally.longest * 1000, tally.over_10_ms);
    printf("largest log %.2f MB\n", (double)tally.wal / (1 << 20));
    printf("bundle %.1f MB\n", (double)size_of(path) / (1 << 20));
    go_on(path, count);
    free(wal);
    free(path);
    return 0;
}
