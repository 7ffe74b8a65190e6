/* cmd_replay - plays a session back from the journal. */
#include <config.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "annotate/app/key.h"
#include "annotate/commands.h"
#include "annotate/protocol_show.h"
#include "annotate/replay.h"
#include "annotate/script.h"
#include "annotate/term/keys.h"
#include "annotate/term/term.h"
#include "annotate/view/view.h"
#include "common/base/number.h"
#include "common/base/text.h"
#include "common/cli/output.h"

struct replay_settings {
    bool list;
    const char *headless;
    int64_t at;
    const char *speed;
    int64_t pause;
    bool ascii;
    bool mono;
};

static const struct replay_settings replay_defaults = { .at = -1,
                                                        .speed = "1",
                                                        .pause = 3 };

static const struct option_spec replay_options[] = {
    { .name = "list",
      .letter = 'l',
      .type = OPTION_FLAG,
      .offset = offsetof(struct replay_settings, list),
      .help = "a line an event, without a screen" },
    { .name = "at",
      .type = OPTION_INT,
      .arg = "n",
      .offset = offsetof(struct replay_settings, at),
      .min = 0,
      .max = INT64_MAX,
      .help = "begin after the session's event n, as --list counts" },
    { .name = "speed",
      .type = OPTION_TEXT,
      .arg = "factor",
      .offset = offsetof(struct replay_settings, speed),
      .help = "so many times as fast as it was (default: 1)" },
    { .name = "pause",
      .type = OPTION_INT,
      .arg = "seconds",
      .offset = offsetof(struct replay_settings, pause),
      .min = 0,
      .max = 86400,
      .help = "longer pauses are cut to this (default: 3)" },
    { .name = "headless",
      .type = OPTION_TEXT,
      .arg = "WxH",
      .offset = offsetof(struct replay_settings, headless),
      .help = "print the screen of this size at --at, without a terminal" },
    { .name = "ascii",
      .type = OPTION_FLAG,
      .offset = offsetof(struct replay_settings, ascii),
      .help = "draw with ASCII characters only" },
    { .name = "mono",
      .type = OPTION_FLAG,
      .offset = offsetof(struct replay_settings, mono),
      .help = "no colours" },
    OPTION_END
};

/* A replay on a terminal. */
struct show {
    struct replay *replay;
    size_t first, end; /* events of the session */
    double speed;
    int64_t pause_us;
    bool going;
    int64_t due_us; /* when the next event is */
    struct terminal *terminal;
    struct screen screen;
    struct keys keys;
    enum theme theme;
    bool quit;
};

static void set_due(struct show *show)
{
    const struct replay *replay = show->replay;
    int64_t wait_us = 0;

    if (replay->at > show->first && replay->at < show->end)
        wait_us = replay->item[replay->at].event.mono_us -
                  replay->item[replay->at - 1].event.mono_us;
    wait_us = (int64_t)((double)wait_us / show->speed);
    if (wait_us > show->pause_us)
        wait_us = show->pause_us;
    show->due_us = term_now_us() + (wait_us > 0 ? wait_us : 0);
}

static void go_to(struct show *show, size_t at)
{
    if (at < show->first)
        at = show->first;
    if (at > show->end)
        at = show->end;
    replay_seek(show->replay, at);
    set_due(show);
}

static void take_key(struct show *show, uint32_t key)
{
    size_t at = show->replay->at;

    switch (key) {
    case ' ':
        show->going = !show->going && at < show->end;
        set_due(show);
        break;
    case KEY_CODE_RIGHT:
        show->going = false;
        go_to(show, at + 1);
        break;
    case KEY_CODE_LEFT:
        show->going = false;
        go_to(show, at > show->first ? at - 1 : at);
        break;
    case KEY_CODE_PAGE_DOWN:
    case KEY_CODE_PAGE_UP:
        go_to(show,
              replay_item(show->replay, at, key == KEY_CODE_PAGE_DOWN ? 1 : -1,
                          show->first, show->end));
        break;
    case KEY_CODE_HOME:
        go_to(show, show->first);
        break;
    case '+':
    case '=':
        show->speed = show->speed < 64 ? show->speed * 2 : show->speed;
        break;
    case '-':
        show->speed = show->speed > 1.0 / 8 ? show->speed / 2 : show->speed;
        break;
    case 'q':
    case 'Q':
    case KEY_CODE_ESC:
    case KEY_MOD_CTRL | 'c':
        show->quit = true;
        break;
    default:
        break;
    }
}

static void draw(struct show *show)
{
    struct screen *screen = &show->screen;
    int row = screen->height - 1;

    view_draw(&show->replay->model, screen);
    screen_fill(screen, 0, row, screen->width, ROLE_BAR, ' ');
    screen_putf(screen, 1, row, screen->width - 1, ROLE_BAR,
                "%s %zu of %zu, %gx  Space goes and stops  Left Right events  "
                "PageUp PageDown items  q",
                show->going ? ">" : "=", show->replay->at - show->first,
                show->end - show->first, show->speed);
    term_show(show->terminal, screen, show->theme);
}

static void wait_and_read(struct show *show)
{
    struct pollfd files[] = {
        { .fd = STDIN_FILENO, .events = POLLIN },
        { .fd = term_signal_fd(show->terminal), .events = POLLIN },
    };
    int64_t left_us = show->due_us - term_now_us();
    int ms = !show->going ? 1000 : left_us <= 0 ? 0 : (int)(left_us / 1000) + 1;
    int64_t key_us = keys_wait_us(&show->keys, term_now_us());
    struct key_press press;

    if (key_us >= 0 && key_us / 1000 + 1 < ms)
        ms = (int)(key_us / 1000) + 1;
    if (poll(files, 2, ms) > 0 && files[0].revents) {
        unsigned char bytes[KEYS_PENDING / 2];
        ssize_t got = read(STDIN_FILENO, bytes, sizeof(bytes));

        if (got <= 0)
            show->quit = true;
        else
            keys_feed(&show->keys, bytes, (size_t)got, term_now_us());
    }
    if (files[1].revents)
        term_drain_signals(show->terminal);
    while (keys_next(&show->keys, term_now_us(), &press))
        take_key(show, press.key);
}

static bool run_terminal(struct show *show, bool ascii, bool mono,
                         struct error *err)
{
    const char *no_colour = getenv("NO_COLOR");
    int width, height;

    if (!term_check("--list, or --headless 80x24", err))
        return false;
    show->terminal = term_open(false, err);
    if (!show->terminal)
        return false;
    show->theme =
        !mono && !(no_colour && no_colour[0]) && term_has_colour(show->terminal)
            ? THEME_COLOUR
            : THEME_MONO;
    term_size(show->terminal, &width, &height);
    screen_init(&show->screen, width, height, ascii || !term_locale_is_utf8());
    show->going = true;
    set_due(show);
    while (!show->quit && !term_stopped(show->terminal)) {
        if (term_size(show->terminal, &width, &height)) {
            screen_resize(&show->screen, width, height);
            show->replay->model.width = width;
            show->replay->model.height = height;
            timeline_resize(&show->replay->model.timeline, width);
        }
        draw(show);
        wait_and_read(show);
        if (show->going && term_now_us() >= show->due_us) {
            go_to(show, show->replay->at + 1);
            show->going = show->replay->at < show->end;
        }
    }
    term_close(show->terminal);
    screen_release(&show->screen);
    return true;
}

static bool print_list(const struct replay *replay, size_t first, size_t end,
                       struct error *err)
{
    struct buf out = { 0 };
    bool good;

    for (size_t i = first; i < end; i++) {
        buf_addf(&out, "%5zu  ", i - first + 1);
        replay_describe(replay, i, &out);
        buf_add_char(&out, '\n');
    }
    good = output_write(&out, err);
    buf_release(&out);
    return good;
}

static bool print_screen(struct replay *replay, const char *size, size_t at,
                         bool ascii, struct error *err)
{
    struct screen screen;
    struct buf out = { 0 };
    int width, height;
    bool good;

    if (!script_parse_size(size, &width, &height))
        return error_set(err, ERROR_USAGE,
                         "--headless: \"%s\" is no size such as 80x24", size);
    replay->model.width = width;
    replay->model.height = height;
    replay_seek(replay, at);
    timeline_resize(&replay->model.timeline, width);
    screen_init(&screen, width, height, ascii);
    view_draw(&replay->model, &screen);
    screen_dump(&screen, &out);
    good = output_write(&out, err);
    screen_release(&screen);
    buf_release(&out);
    return good;
}

/* The last one, or that of its number. */
static bool choose_session(const struct replay *replay, const char *number,
                           struct show *show, struct error *err)
{
    int64_t session = (int64_t)replay->sessions;

    if (replay->sessions == 0)
        return error_set(err, ERROR_INPUT, "no work was done in this bundle");
    if (number && (!number_parse_int(number, &session) || session < 1 ||
                   session > (int64_t)replay->sessions))
        return error_set(err, ERROR_USAGE,
                         "there is no session \"%s\"; they are numbered from "
                         "1 to %zu",
                         number, replay->sessions);
    replay_session(replay, (size_t)session - 1, &show->first, &show->end);
    return true;
}

static bool run(const struct replay_settings *settings, const char *number,
                struct replay *replay, struct error *err)
{
    struct show show = { .replay = replay,
                         .pause_us = settings->pause * 1000000 };
    size_t at;

    if (!number_parse(settings->speed, &show.speed) || !(show.speed > 0))
        return error_set(err, ERROR_USAGE,
                         "--speed: \"%s\" is no factor above 0",
                         settings->speed);
    if (!choose_session(replay, number, &show, err))
        return false;
    at = settings->at < 0 ? show.first : show.first + (size_t)settings->at;
    if (at > show.end)
        return error_set(err, ERROR_USAGE, "--at: the session has %zu events",
                         show.end - show.first);
    if (settings->list)
        return print_list(replay, show.first, show.end, err);
    if (settings->headless)
        return print_screen(replay, settings->headless,
                            settings->at < 0 ? show.end : at, settings->ascii,
                            err);
    replay_seek(replay, at);
    return run_terminal(&show, settings->ascii, settings->mono, err);
}

static int cmd_replay(void *context, int argc, char **argv, struct error *err)
{
    const struct replay_settings *settings = context;
    struct replay replay = { 0 };

    if (argc < 1 || argc > 2)
        error_set(err, ERROR_USAGE,
                  "name one bundle, and a session if you "
                  "want another than the last");
    else if (replay_open(&replay, argv[0], protocol_show_language(NULL), err))
        run(settings, argc > 1 ? argv[1] : NULL, &replay, err);
    replay_close(&replay);
    return error_exit_status(err->code);
}

const struct command cmd_replay_entry = {
    .name = "replay",
    .group = "Results",
    .synopsis = "[options] bundle [session]",
    .summary = "play a session back from the journal",
    .options = replay_options,
    .settings_size = sizeof(struct replay_settings),
    .defaults = &replay_defaults,
    .run = cmd_replay,
};
