/*
 * label_audio - how far the time of an answer is from what was heard.
 *
 *     label_audio [CLICKS]
 *
 * A sound with clicks at known media times is played by the workbench on a
 * pseudo-terminal, through the silent sink at several latencies; a key is
 * written to the other end of that terminal at the very moment at which each
 * click leaves the speaker, which is taken from the samples that the player
 * hands to its sink.  The error is the media time that the journal has for the
 * answer, less that of the click.  With "load" every processor is busy.
 */
#include <config.h>

#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "annotate/bench.h"
#include "annotate/loop.h"
#include "annotate/play/sink.h"
#include "common/base/mem.h"
#include "common/stat/describe.h"
#include "common/store/bundle_internal.h"

enum { RATE = 48000, MOST = 1000, LEAD_MS = 1500 };

struct shared {
    _Atomic int count;
    int64_t heard_us[MOST];
    int64_t quiet_us; /* the child's */
};

struct run {
    int64_t latency_us;
    double speed;
    bool load;
};

static char folder[] = "/tmp/mien-label-audio.XXXXXX";
static int clicks = 60;

/* Between 400 and 700 ms apart, never in step with a buffer or a frame. */
static int64_t click_us(int click)
{
    int64_t us = LEAD_MS * 1000;

    for (int i = 0; i < click; i++)
        us += 400000 + (int64_t)i * 131071 % 300007;
    return us;
}

static void put(FILE *file, uint32_t value, int bytes)
{
    for (; bytes > 0; bytes--, value >>= 8)
        fputc((int)(value & 255), file);
}

static void write_sound(const char *path)
{
    int64_t frames = (click_us(clicks) + 500000) * RATE / 1000000;
    int16_t *sample = xcalloc((size_t)frames, sizeof(*sample));
    FILE *file = fopen(path, "wb");

    for (int i = 0; i < clicks; i++) {
        int64_t at = click_us(i) * RATE / 1000000;

        for (int k = 0; k < 96; k++)
            sample[at + k] = (int16_t)(k % 8 < 4 ? 28000 : -28000);
    }
    fputs("RIFF", file);
    put(file, (uint32_t)(36 + 2 * frames), 4);
    fputs("WAVEfmt ", file);
    put(file, 16, 4);
    put(file, 1, 2);
    put(file, 1, 2);
    put(file, RATE, 4);
    put(file, 2 * RATE, 4);
    put(file, 2, 2);
    put(file, 16, 2);
    fputs("data", file);
    put(file, (uint32_t)(2 * frames), 4);
    for (int64_t i = 0; i < frames; i++)
        put(file, (uint16_t)sample[i], 2);
    fclose(file);
    free(sample);
}

static void make_bundle(const char *path, double speed)
{
    static const char protocol[] =
        "{\"mien\": 1, \"name\": \"clicks\", \"version\": \"1.0\","
        " \"title\": \"Clicks\", \"instructions\": \"Press.\","
        " \"unit\": \"clip\", \"show\": [\"waveform\"],"
        " \"questions\": [{\"id\": \"q\", \"type\": \"choice\","
        " \"measure\": \"nominal\", \"text\": \"Which?\", \"options\":"
        " [{\"value\": \"yes\", \"key\": \"y\"},"
        " {\"value\": \"no\", \"key\": \"n\"}]}],"
        " \"playback\": {\"silent\": true, \"speeds\": [%g]},"
        " \"advance\": \"key\"}";
    const uint8_t id[BUNDLE_ID_SIZE] = { 1 };
    struct bundle_draft draft = { .medium = "clicks.wav",
                                  .end_us = -1,
                                  .asks = -1 };
    char *text = xasprintf(protocol, speed);
    char *sound = xasprintf("%s/clicks.wav", folder);
    struct error err;

    snprintf(draft.id, sizeof(draft.id), "%016d", 1);
    unlink(path);
    if (!hash_file_sha256(sound, draft.sha256, &err) ||
        !bundle_create(path, id, "anna", text, &draft, 1, &err)) {
        fprintf(stderr, "label_audio: %s\n", err.text);
        exit(1);
    }
    free(sound);
    free(text);
}

/* The sink's thread of the workbench. */
static void listen(void *context, const float *samples, int frames,
                   int64_t heard_us)
{
    struct shared *shared = context;

    for (int i = 0; i < frames; i++) {
        int64_t us = heard_us + (int64_t)i * 1000000 / RATE;
        int count = atomic_load(&shared->count);

        if (fabsf(samples[2 * i]) < 0.3f || us < shared->quiet_us ||
            count == MOST)
            continue;
        shared->quiet_us = us + 200000;
        shared->heard_us[count] = us;
        atomic_store(&shared->count, count + 1);
    }
}

/* The workbench; never returns. */
static void work(const char *path, const struct run *run, struct shared *shared)
{
    struct keymap keymap = { 0 };
    struct loop loop = { 0 };
    struct bench_watch watch = loop_watch(&loop);
    struct bench_settings settings = {
        .bundle = path,
        .terminal = "xterm-256color",
        .keymap = &keymap,
        .output = PLAYER_SILENT,
        .latency_us = run->latency_us,
        .tap = listen,
        .tap_context = shared,
        .kept = { .key_sd = -1 },
    };
    struct bench bench;
    struct error err;

    keymap_defaults(&keymap);
    if (!bench_open(&bench, &settings, &watch, &err)) {
        fprintf(stderr, "label_audio: %s\n", err.text);
        _exit(1);
    }
    loop.bench = &bench;
    loop.terminal = term_open(true, &err);
    if (!loop.terminal)
        _exit(1);
    loop.theme = THEME_COLOUR;
    loop_run(&loop);
    term_close(loop.terminal);
    bench_close(&bench, "quit");
    _exit(0);
}

static pid_t start(const char *path, const struct run *run,
                   struct shared *shared, int *master)
{
    struct winsize size = { .ws_row = 24, .ws_col = 80 };
    pid_t child;

    *master = posix_openpt(O_RDWR | O_NOCTTY);
    grantpt(*master);
    unlockpt(*master);
    child = fork();
    if (child == 0) {
        int slave;

        setsid();
        slave = open(ptsname(*master), O_RDWR);
        ioctl(slave, TIOCSWINSZ, &size);
        dup2(slave, 0);
        dup2(slave, 1);
        work(path, run, shared);
    }
    return child;
}

static void *drain(void *context)
{
    char bytes[4096];

    while (read(*(int *)context, bytes, sizeof(bytes)) > 0)
        ;
    return NULL;
}

static void sleep_until(int64_t us)
{
    struct timespec time = { us / 1000000, us % 1000000 * 1000 };

    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

static void write_key(int master, char key)
{
    if (write(master, &key, 1) != 1)
        exit(1);
}

/* A key at the moment of each click. */
static void press_keys(struct shared *shared, int master, int64_t limit_us)
{
    int pressed = 0;

    while (pressed < clicks && sink_monotonic_us() < limit_us) {
        if (atomic_load(&shared->count) == pressed) {
            sleep_until(sink_monotonic_us() + 500);
            continue;
        }
        sleep_until(shared->heard_us[pressed]);
        write_key(master, pressed % 2 ? 'n' : 'y');
        pressed++;
    }
}

struct errors {
    double ms[MOST];
    int count;
};

static bool take(void *context, const struct event *event, struct error *err)
{
    struct errors *errors = context;

    (void)err;
    if (event->kind == EVENT_ANSWER_SET && errors->count < clicks) {
        errors->ms[errors->count] =
            (double)(event->media_us - click_us(errors->count)) / 1000;
        errors->count++;
    }
    return true;
}

static void print(const char *path, const struct run *run)
{
    struct errors errors = { .count = 0 };
    struct error err;
    struct bundle *bundle = bundle_open(path, BUNDLE_READ, &err);
    double sd;
    size_t count;

    if (!bundle || !bundle_events(bundle, take, &errors, &err)) {
        fprintf(stderr, "label_audio: %s\n", err.text);
        exit(1);
    }
    bundle_close(bundle);
    count = (size_t)errors.count;
    sd = describe_sd(errors.ms, count, DESCRIBE_N_LESS_1).value;
    describe_sort(errors.ms, count);
    printf("%7.0f  %5.1f  %-4s  %4zu  %8.3f  %8.3f  %8.3f  %8.3f\n",
           (double)run->latency_us / 1000, run->speed, run->load ? "yes" : "no",
           count, describe_quantile(errors.ms, count, 0.5).value, sd,
           errors.ms[0], errors.ms[count - 1]);
    fflush(stdout);
}

static int be_busy(pid_t *child)
{
    int count = (int)sysconf(_SC_NPROCESSORS_ONLN);

    for (int i = 0; i < count; i++) {
        child[i] = fork();
        if (child[i] == 0)
            for (;;)
                ;
    }
    return count;
}

static void measure(const struct run *run)
{
    struct shared *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
                                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    char *path = xasprintf("%s/1.mien", folder);
    int64_t limit_us;
    pid_t busy[256], child;
    pthread_t reader;
    int master, others = 0;

    make_bundle(path, run->speed);
    if (run->load)
        others = be_busy(busy);
    child = start(path, run, shared, &master);
    pthread_create(&reader, NULL, drain, &master);
    sleep_until(sink_monotonic_us() + 700000);
    write_key(master, '\r');
    limit_us = sink_monotonic_us() +
               (int64_t)((double)click_us(clicks) / run->speed) + 5000000;
    press_keys(shared, master, limit_us);
    sleep_until(sink_monotonic_us() + 300000);
    write_key(master, 'Q');
    waitpid(child, NULL, 0);
    for (int i = 0; i < others; i++) {
        kill(busy[i], SIGKILL);
        waitpid(busy[i], NULL, 0);
    }
    close(master);
    pthread_join(reader, NULL);
    print(path, run);
    unlink(path);
    free(path);
    munmap(shared, sizeof(*shared));
}

int main(int argc, char **argv)
{
    static const struct run runs[] = {
        { 0, 1, false },      { 10000, 1, false },   { 50000, 1, false },
        { 200000, 1, false }, { 50000, 0.5, false }, { 0, 1, true },
        { 50000, 1, true },
    };
    char *sound;

    if (argc > 1)
        clicks = (int)strtol(argv[1], NULL, 10);
    if (clicks < 2 || clicks > MOST || !mkdtemp(folder))
        return 2;
    setenv("TERM", "xterm-256color", 1);
    sound = xasprintf("%s/clicks.wav", folder);
    write_sound(sound);
    printf("latency  speed  load  keys    median        sd       min       max"
           "   (ms)\n");
    fflush(stdout);
    for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
        measure(&runs[i]);
    unlink(sound);
    rmdir(folder);
    free(sound);
    return 0;
}
