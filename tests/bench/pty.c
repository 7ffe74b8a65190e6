/*
 * pty - drives the real workbench on a pseudo terminal and times what its
 * screen, as libvterm understands it, shows.
 *
 *     pty first N TEXT COMMAND...   time until TEXT is on the screen, and the
 *                                   peak memory of the process, N times
 *     pty keys N COMMAND...         time from a key to the cell that it
 *                                   changes, while sound plays and the panes
 *                                   scroll, N times
 *     pty scroll N COMMAND...       time from a key that moves the window to
 *                                   another line of times, N times
 *     pty long N COMMAND...         of a long medium: from Enter until it
 *                                   plays, then from all of it to single
 *                                   periods and back, and N steps of the
 *                                   window at each of several widths; at last
 *                                   the peak memory
 *
 * Prints median, 99th percentile and maximum.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

enum { COLUMNS = 100, ROWS = 50, TEXT_MAX = 4 * COLUMNS * ROWS, MOST = 20000 };

struct run {
    pid_t pid;
    int fd;
    VTerm *term;
    VTermScreen *screen;
};

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void begin(struct run *run, char **command)
{
    struct winsize size = { .ws_row = ROWS, .ws_col = COLUMNS };

    run->pid = forkpty(&run->fd, NULL, NULL, &size);
    if (run->pid == 0) {
        execvp(command[0], command);
        _exit(127);
    }
    run->term = vterm_new(ROWS, COLUMNS);
    vterm_set_utf8(run->term, 1);
    run->screen = vterm_obtain_screen(run->term);
    vterm_screen_reset(run->screen, 1);
}

/* Takes what comes within `ms`; false: nothing came, or it has ended. */
static bool take(struct run *run, int ms)
{
    struct pollfd file = { .fd = run->fd, .events = POLLIN };
    char bytes[65536];
    ssize_t got;
    size_t answer;

    if (poll(&file, 1, ms) <= 0)
        return false;
    got = read(run->fd, bytes, sizeof(bytes));
    if (got <= 0)
        return false;
    vterm_input_write(run->term, bytes, (size_t)got);
    answer = vterm_output_read(run->term, bytes, sizeof(bytes));
    if (answer > 0 && write(run->fd, bytes, answer) < 0)
        return false;
    return true;
}

static uint32_t code_at(const struct run *run, int row, int column)
{
    VTermScreenCell cell;
    VTermPos pos = { .row = row, .col = column };

    vterm_screen_get_cell(run->screen, pos, &cell);
    return cell.chars[0];
}

/* Only what is ASCII: good enough to look for words. */
static const char *row_text(const struct run *run, int row, char *out)
{
    for (int i = 0; i < COLUMNS; i++) {
        uint32_t code = code_at(run, row, i);

        out[i] = code >= ' ' && code < 127 ? (char)code : ' ';
    }
    out[COLUMNS] = '\0';
    return out;
}

static bool shows(const struct run *run, const char *text)
{
    char row[COLUMNS + 1];

    for (int i = 0; i < ROWS; i++) {
        if (strstr(row_text(run, i, row), text))
            return true;
    }
    return false;
}

static bool wait_for(struct run *run, const char *text, int ms)
{
    double end = now_ms() + ms;

    while (!shows(run, text)) {
        if (now_ms() > end)
            return false;
        take(run, 20);
    }
    return true;
}

static void send_keys(struct run *run, const char *keys)
{
    if (write(run->fd, keys, strlen(keys)) < 0)
        perror("write");
}

static void settle(struct run *run, int ms)
{
    double end = now_ms() + ms;

    while (now_ms() < end)
        take(run, 5);
}

/* Its peak memory in MB. */
static double end(struct run *run)
{
    struct rusage used = { 0 };
    int status;

    send_keys(run, "\x03");
    for (int i = 0; i < 200 && take(run, 50); i++)
        ;
    wait4(run->pid, &status, 0, &used);
    vterm_free(run->term);
    close(run->fd);
    return (double)used.ru_maxrss / 1024;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void report(const char *what, double *value, int count, const char *unit)
{
    qsort(value, (size_t)count, sizeof(*value), by_size);
    printf("%-34s median %8.2f  p99 %8.2f  max %8.2f %s  (%d)\n", what,
           value[count / 2], value[(count * 99 + 99) / 100 - 1],
           value[count - 1], unit, count);
}

static int first(int count, const char *text, char **command)
{
    static double ms[MOST], mb[MOST];

    for (int i = 0; i < count; i++) {
        double began = now_ms();
        struct run run;

        begin(&run, command);
        if (!wait_for(&run, text, 60000)) {
            fprintf(stderr, "pty: \"%s\" never came\n", text);
            return 1;
        }
        ms[i] = now_ms() - began;
        settle(&run, 300);
        mb[i] = end(&run);
    }
    report("first screen", ms, count, "ms");
    report("peak memory", mb, count, "MB");
    return 0;
}

/* Past the start page, which may be longer than the screen. */
static bool to_first_item(struct run *run)
{
    for (int i = 0; i < 5; i++) {
        settle(run, 300);
        if (shows(run, "item 1 of"))
            return wait_for(run, "playing", 20000);
        send_keys(run, "\r");
    }
    return false;
}

/* The row of the triangle before the question that has the focus. */
static int focus_row(const struct run *run)
{
    for (int i = 0; i < ROWS; i++) {
        if (code_at(run, i, 1) == 0x25B8)
            return i;
    }
    return -1;
}

static bool focus_moved(const struct run *run, const void *before)
{
    int row = focus_row(run);

    return row >= 0 && row != *(const int *)before;
}

/* The line of times is the one that begins most of its words with a tick. */
static void times(const struct run *run, char *out)
{
    out[0] = '\0';
    for (int i = 0; i < ROWS; i++) {
        for (int x = 0; x < COLUMNS; x++) {
            if (code_at(run, i, x) == 0x2575) {
                row_text(run, i, out);
                return;
            }
        }
    }
}

static bool times_moved(const struct run *run, const void *before)
{
    char now[COLUMNS + 1];

    times(run, now);
    return now[0] && strcmp(now, before) != 0;
}

/* From the key until the screen is as wanted. */
static double press(struct run *run, const char *key,
                    bool (*done)(const struct run *run, const void *before),
                    const void *before)
{
    double began = now_ms();

    send_keys(run, key);
    while (!done(run, before)) {
        if (now_ms() > began + 5000)
            return -1;
        take(run, 50);
    }
    return now_ms() - began;
}

static int keys(int count, char **command)
{
    static double ms[MOST];
    struct run run;

    begin(&run, command);
    if (!to_first_item(&run)) {
        fprintf(stderr, "pty: no item that plays\n");
        return 1;
    }
    send_keys(&run, "LW}}"); /* loops, and follows smoothly, zoomed in */
    settle(&run, 1000);
    for (int i = 0; i < count; i++) {
        int before = focus_row(&run);

        ms[i] = press(&run, "\t", focus_moved, &before);
        if (ms[i] < 0 || !shows(&run, "playing")) {
            fprintf(stderr, "pty: key %d: no answer, or no sound\n", i);
            return 1;
        }
        settle(&run, 7 + i * 13 % 61); /* not in step with the frames */
    }
    end(&run);
    report("key to cell, sound and panes move", ms, count, "ms");
    return 0;
}

static int scroll(int count, char **command)
{
    static double ms[MOST];
    struct run run;

    begin(&run, command);
    if (!to_first_item(&run)) {
        fprintf(stderr, "pty: no item that plays\n");
        return 1;
    }
    send_keys(&run, " }}}}}}}}}}"); /* a thousandth of it */
    settle(&run, 1000);
    for (int i = 0; i < count; i++) {
        char before[COLUMNS + 1];

        times(&run, before);
        ms[i] = press(&run, i / 100 % 2 ? ";" : ":", times_moved, before);
        if (ms[i] < 0) {
            fprintf(stderr, "pty: step %d: no answer\n", i);
            return 1;
        }
        settle(&run, 20);
    }
    end(&run);
    report("a step of the window", ms, count, "ms");
    return 0;
}

/* One key that moves the window; false: it did not within five seconds. */
static bool move(struct run *run, const char *key, double *ms)
{
    char before[COLUMNS + 1];

    times(run, before);
    *ms = press(run, key, times_moved, before);
    settle(run, 20);
    return *ms >= 0;
}

/* As often as it moves the window, or `most` times; how often. */
static int zoom(struct run *run, const char *key, int most, double *ms)
{
    int count = 0;

    while (count < most && move(run, key, &ms[count]))
        count++;
    return count;
}

static int walk(struct run *run, const char *what, int count)
{
    static double ms[MOST];

    for (int i = 0; i < count; i++) {
        if (!move(run, i / 12 % 2 ? ";" : ":", &ms[i])) {
            fprintf(stderr, "pty: step %d: no answer\n", i);
            return 1;
        }
    }
    report(what, ms, count, "ms");
    return 0;
}

enum { ZOOMS = 17, LEGS = 4 };

static int long_one(int count, char **command)
{
    static const char *const legs[LEGS] = {
        "steps, a sixteenth in the window",
        "steps, a 256th",
        "steps, a 4096th",
        "steps, single periods",
    };
    static double ms[2 * ZOOMS * LEGS];
    double began, opened, mb;
    int zooms = 0;
    struct run run;

    begin(&run, command);
    settle(&run, 500); /* nobody has read the start page yet */
    began = now_ms();
    send_keys(&run, "\r");
    if (!wait_for(&run, "playing  0:", 120000)) {
        fprintf(stderr, "pty: it never played\n");
        return 1;
    }
    opened = now_ms() - began;
    report("from Enter until it plays", &opened, 1, "ms");
    send_keys(&run, " ");
    settle(&run, 300);
    for (int i = 0; i < LEGS; i++) {
        int more = zoom(&run, "}", i + 1 < LEGS ? 4 : 5, ms + zooms);

        if (more == 0) {
            fprintf(stderr, "pty: it cannot be zoomed\n");
            return 1;
        }
        zooms += more;
        if (walk(&run, legs[i], count) != 0)
            return 1;
    }
    zooms += zoom(&run, "{", zooms, ms + zooms);
    report("a step of zooming", ms, zooms, "ms");
    mb = end(&run);
    report("peak memory", &mb, 1, "MB");
    return 0;
}

int main(int argc, char **argv)
{
    int count = argc > 3 ? (int)strtol(argv[2], NULL, 10) : 0;

    if (count < 1 || count > MOST) {
        fprintf(stderr, "usage: pty first N TEXT COMMAND... | keys N COMMAND"
                        "... | scroll N COMMAND... | long N COMMAND...\n");
        return 2;
    }
    if (strcmp(argv[1], "first") == 0 && argc > 4)
        return first(count, argv[3], argv + 4);
    if (strcmp(argv[1], "keys") == 0)
        return keys(count, argv + 3);
    if (strcmp(argv[1], "long") == 0)
        return long_one(count, argv + 3);
    return scroll(count, argv + 3);
}
