/*
 * loop - the reactor: waits for keys, the player and the clock; shows.
 */
#include <config.h>

#include "annotate/loop.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "annotate/app/key.h"
#include "annotate/view/view.h"

enum {
    FRAME_MS = 33,  /* while something plays */
    SAMPLE_MS = 10, /* while a trace runs */
    WINDOW_MS = 5,  /* a window's keys come by asking only */
    IDLE_MS = 1000, /* else: the clock on the screen may move */
};

static void on_beep(void *context)
{
    struct loop *loop = context;

    term_beep(loop->terminal);
}

static void on_redraw(void *context)
{
    struct loop *loop = context;

    term_redraw(loop->terminal);
}

static void on_suspend(void *context)
{
    struct loop *loop = context;

    term_suspend(loop->terminal);
}

struct bench_watch loop_watch(struct loop *loop)
{
    return (struct bench_watch){
        .context = loop,
        .beep = on_beep,
        .redraw = on_redraw,
        .suspend = on_suspend,
    };
}

static void show(struct loop *loop)
{
    view_draw(&loop->bench->model, &loop->screen);
    term_show(loop->terminal, &loop->screen, loop->theme);
}

static void fit(struct loop *loop)
{
    int width, height;

    if (!term_size(loop->terminal, &width, &height))
        return;
    screen_resize(&loop->screen, width, height);
    bench_size(loop->bench, width, height);
}

static int wait_ms(const struct loop *loop)
{
    int64_t key_us = keys_wait_us(&loop->keys, term_now_us());
    int64_t picture_us = bench_next_picture_us(loop->bench);
    int ms = bench_is_live(loop->bench) ? FRAME_MS : IDLE_MS;

    if (loop->bench->window)
        ms = WINDOW_MS;
    if (picture_us >= 0 && picture_us / 1000 + 1 < ms)
        ms = (int)(picture_us / 1000) + 1;
    if (bench_is_tracing(loop->bench) && bench_is_live(loop->bench))
        ms = SAMPLE_MS;
    if (key_us >= 0 && key_us / 1000 + 1 < ms)
        ms = (int)(key_us / 1000) + 1;
    return ms;
}

static void read_keys(struct loop *loop)
{
    unsigned char bytes[KEYS_PENDING];
    size_t room = sizeof(bytes) - loop->keys.count;
    ssize_t got = read(STDIN_FILENO, bytes, room);

    if (got > 0)
        keys_feed(&loop->keys, bytes, (size_t)got, term_now_us());
    else if (got == 0 || (errno != EINTR && errno != EAGAIN))
        loop->hung_up = true;
}

static void take_mouse(struct loop *loop, const struct key_press *press)
{
    struct hit hit;

    view_hit(&loop->bench->model, loop->ascii, &press->mouse, &hit);
    bench_mouse(loop->bench, &press->mouse, &hit, press->host_us);
}

/* A paste may be text where text is written, but never an answer. */
static bool may_be_pasted(const struct model *model, uint32_t key)
{
    return key_is_text(key) && model->overlay == OVERLAY_NONE &&
           model->prompt.kind != PROMPT_NONE &&
           model->prompt.kind != PROMPT_SKIP;
}

static void take_keys(struct loop *loop)
{
    struct key_press press;
    bool dropped = false;

    while (!loop->bench->quit &&
           keys_next(&loop->keys, term_now_us(), &press)) {
        if (press.key == KEY_NONE)
            take_mouse(loop, &press);
        else if (press.pasted && !may_be_pasted(&loop->bench->model, press.key))
            dropped = true;
        else
            bench_key(loop->bench, press.key, press.host_us);
    }
    if (loop->keys.answers != loop->answers) {
        loop->answers = loop->keys.answers;
        term_answered(loop->terminal, loop->keys.answer_us);
    }
    if (dropped)
        bench_tell(loop->bench, "What is pasted is no answer: press its key");
}

static void wait_and_read(struct loop *loop)
{
    struct pollfd files[] = {
        { .fd = STDIN_FILENO, .events = POLLIN },
        { .fd = wake_fd(&loop->bench->wake), .events = POLLIN },
        { .fd = term_signal_fd(loop->terminal), .events = POLLIN },
    };

    if (poll(files, 3, wait_ms(loop)) <= 0)
        return;
    if (files[0].revents)
        read_keys(loop);
    if (files[2].revents)
        term_drain_signals(loop->terminal);
}

const char *loop_run(struct loop *loop)
{
    int width, height;

    term_size(loop->terminal, &width, &height);
    screen_init(&loop->screen, width, height, loop->ascii);
    bench_size(loop->bench, width, height);
    bench_start(loop->bench);
    while (!loop->bench->quit && !loop->hung_up &&
           !term_stopped(loop->terminal)) {
        show(loop);
        wait_and_read(loop);
        fit(loop);
        take_keys(loop);
        bench_pump(loop->bench);
    }
    screen_release(&loop->screen);
    if (loop->bench->quit)
        return "quit";
    return loop->hung_up ? "hang-up" : "signal";
}
