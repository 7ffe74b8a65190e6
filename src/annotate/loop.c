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
    loop->shown_us = term_now_us();
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

/* A pasted line break is one, where there may be several lines. */
static bool is_pasted_line(const struct model *model,
                           const struct key_press *press)
{
    return press->pasted && press->key == KEY_CODE_ENTER &&
           model->overlay == OVERLAY_NONE && model->prompt.kind == PROMPT_TEXT;
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
        else if (is_pasted_line(&loop->bench->model, &press))
            bench_action(loop->bench, ACTION_NEW_LINE);
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

    loop->typed = false;
    if (poll(files, 3, wait_ms(loop)) <= 0)
        return;
    loop->typed = files[0].revents != 0;
    if (files[0].revents)
        read_keys(loop);
    if (files[2].revents)
        term_drain_signals(loop->terminal);
}

/* Only where a question asks for it: looking for joysticks takes a while. */
static void open_stick(struct loop *loop)
{
    const struct protocol *protocol = loop->bench->protocol;
    struct error err;

    for (size_t i = 0; !loop->stick && i < protocol->question_count; i++) {
        const struct question_trace *trace = protocol->question[i].trace;

        if (trace && (trace->inputs & TRACE_STICK))
            loop->stick = stick_open(&err); /* keys do without */
    }
}

static void look_at_stick(struct loop *loop)
{
    struct stick_state state;

    if (loop->stick && stick_read(loop->stick, &state))
        bench_stick(loop->bench, state.plugged, state.x, state.y,
                    term_now_us());
}

/* Samples want a look every 10 ms; eyes do with a frame every 33 ms. */
static bool is_due(const struct loop *loop)
{
    return loop->typed || !bench_is_tracing(loop->bench) ||
           term_now_us() - loop->shown_us >= (FRAME_MS - SAMPLE_MS) * 1000;
}

const char *loop_run(struct loop *loop)
{
    int width, height;

    term_size(loop->terminal, &width, &height);
    screen_init(&loop->screen, width, height, loop->ascii);
    loop->screen.heat = !loop->ascii && loop->theme == THEME_COLOUR &&
                        term_has_heat(loop->terminal);
    bench_size(loop->bench, width, height);
    open_stick(loop);
    bench_start(loop->bench);
    while (!loop->bench->quit && !loop->hung_up &&
           !term_stopped(loop->terminal)) {
        if (is_due(loop))
            show(loop);
        wait_and_read(loop);
        fit(loop);
        take_keys(loop);
        look_at_stick(loop);
        term_track_moves(loop->terminal, bench_is_tracing(loop->bench));
        bench_pump(loop->bench);
    }
    screen_release(&loop->screen);
    stick_close(loop->stick);
    loop->stick = NULL;
    if (loop->bench->quit)
        return "quit";
    return loop->hung_up ? "hang-up" : "signal";
}
