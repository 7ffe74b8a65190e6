/*
 * plain_mode - the workbench line by line, without a screen.
 */
#include <config.h>

#include "annotate/plain_mode.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "annotate/app/key.h"
#include "annotate/view/plain.h"
#include "common/base/interrupt.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/vec.h"

enum {
    WAIT_MS = 50, /* for the player's news */
    LINE_MAX_BYTES = 4096,
    WIDTH = 80, /* of the pages that are read out */
    HEIGHT = 400,
};

/* What was told last: a change is told anew. */
struct told {
    enum page page;
    enum overlay overlay;
    enum prompt_kind prompt;
    size_t position, question;
    bool on_intensity;
    bool playing;
    enum medium_state medium;
    char status[MODEL_STATUS_SIZE];
};

struct plain {
    struct bench *bench;
    struct told told;
    char line[LINE_MAX_BYTES];
    size_t length;
    bool too_long; /* the rest of this line is passed over */
    bool ended;    /* no more lines come */
};

static struct told state_of(const struct model *model)
{
    struct told told = { .page = model->page,
                         .overlay = model->overlay,
                         .prompt = model->prompt.kind,
                         .position = model->position,
                         .question = model->question,
                         .on_intensity = model->on_intensity,
                         .playing = model->playback.playing,
                         .medium = model->playback.medium };

    memcpy(told.status, model->status.text, sizeof(told.status));
    return told;
}

static void say(struct buf *text)
{
    fputs(buf_text(text), stdout);
    fflush(stdout);
    buf_release(text);
}

/* The status, then what has become of the place where the work stands. */
static void tell(struct plain *plain, bool anew)
{
    const struct model *model = &plain->bench->model;
    struct told now = state_of(model), was = plain->told;
    bool moved = now.page != was.page || now.overlay != was.overlay ||
                 now.prompt != was.prompt || now.position != was.position;
    struct buf out = { 0 };

    if (now.status[0] && strcmp(now.status, was.status) != 0)
        buf_addf(&out, "%s\n", now.status);
    if (anew || moved)
        plain_describe(model, &out);
    else if (now.question != was.question ||
             now.on_intensity != was.on_intensity)
        plain_question(model, &out);
    if (!anew && !moved && now.medium != was.medium &&
        now.medium != MEDIUM_READY && now.medium != MEDIUM_LOADING)
        buf_addf(&out, "Sound: %s\n", model->playback.problem);
    if (!anew && now.playing != was.playing)
        buf_add_text(&out, now.playing              ? "Playing.\n"
                           : model->playback.at_end ? "Heard to its end.\n"
                                                    : "Paused.\n");
    plain->told = now;
    if (out.length)
        say(&out);
}

static void press(struct plain *plain, uint32_t key)
{
    bench_key(plain->bench, key, bench_now_us(plain->bench));
}

/* A click on an answer, which the mouse gives on the screen. */
static void choose(struct plain *plain, enum hit_part part, int index)
{
    const struct mouse down = { .deed = MOUSE_PRESS, .button = MOUSE_LEFT };
    const struct mouse up = { .deed = MOUSE_RELEASE, .button = MOUSE_LEFT };
    const struct hit hit = { .pane = PANE_QUESTION,
                             .part = part,
                             .question = plain->bench->model.question,
                             .index = index };
    int64_t now_us = bench_now_us(plain->bench);

    bench_mouse(plain->bench, &down, &hit, now_us);
    bench_mouse(plain->bench, &up, &hit, now_us);
}

/* By its key, its value, or its words in the annotator's language. */
static bool take_option(struct plain *plain, const char *line)
{
    const struct model *model = &plain->bench->model;
    const struct question *question = model_question(model);

    for (size_t i = 0; i < question->option_count; i++) {
        const struct question_option *option = &question->option[i];

        if ((option->key[0] && strcmp(option->key, line) == 0) ||
            strcasecmp(option->value, line) == 0 ||
            strcasecmp(model_text(model, &option->label), line) == 0) {
            choose(plain, HIT_OPTION, (int)i);
            return true;
        }
    }
    return false;
}

static bool take_number(struct plain *plain, const char *line)
{
    const struct model *model = &plain->bench->model;
    const struct question *question = model_question(model);
    double value;
    int index;

    if (!question->has_scale || !number_parse(line, &value) ||
        (question->type != QUESTION_SCALE && !model->on_intensity))
        return false;
    index = scale_index(&question->scale, value);
    if (index < 0) {
        printf("%s is no point of the scale.\n", line);
        return true;
    }
    choose(plain, model->on_intensity ? HIT_INTENSITY : HIT_POINT, index);
    return true;
}

static bool take_action(struct plain *plain, const char *name)
{
    enum action action = action_find(name);

    if (action == ACTION_NONE)
        return false;
    if (action == ACTION_REDRAW)
        tell(plain, true);
    else
        bench_action(plain->bench, action);
    return true;
}

/* Where a text is asked for, the line is the text. */
static void take_text(struct plain *plain, const char *line)
{
    if (strcmp(line, "cancel") == 0 || strcmp(line, "/cancel") == 0) {
        bench_action(plain->bench, ACTION_CANCEL);
        return;
    }
    press(plain, KEY_CODE_END);
    press(plain, KEY_MOD_CTRL | 'u');
    if (line[0])
        bench_text(plain->bench, line);
    press(plain, KEY_CODE_ENTER);
}

/* Of a question about words: all but an option's is the answer. */
static void take_words(struct plain *plain, const char *line)
{
    if (take_option(plain, line))
        return;
    press(plain, KEY_CODE_ENTER); /* opens what is written into */
    if (plain->bench->model.prompt.kind == PROMPT_TEXT)
        take_text(plain, line);
}

static void take_reason(struct plain *plain, const char *line)
{
    const struct model *model = &plain->bench->model;
    int64_t number;

    for (size_t i = 0; i < model->protocol->skip_count; i++) {
        const struct question_option *reason = &model->protocol->skip[i];

        if ((reason->key[0] && strcmp(reason->key, line) == 0) ||
            strcasecmp(reason->value, line) == 0 ||
            strcasecmp(model_text(model, &reason->label), line) == 0 ||
            (number_parse_int(line, &number) && number == (int64_t)i + 1)) {
            const struct mouse down = { .deed = MOUSE_PRESS,
                                        .button = MOUSE_LEFT };
            const struct hit hit = { .pane = PANE_REASON, .index = (int)i };

            bench_mouse(plain->bench, &down, &hit, bench_now_us(plain->bench));
            return;
        }
    }
    if (!take_action(plain, line + (line[0] == '/')))
        printf("\"%s\" is no reason; cancel goes back.\n", line);
}

/* The others move cursors and windows, which lines do not have. */
static bool is_command(enum action action)
{
    static const enum action commands[] = {
        ACTION_PLAY_PAUSE,    ACTION_REPLAY,    ACTION_SEEK_BACK,
        ACTION_SEEK_ON,       ACTION_LOOP,      ACTION_SLOWER,
        ACTION_FASTER,        ACTION_VOLUME_UP, ACTION_VOLUME_DOWN,
        ACTION_QUESTION_NEXT, ACTION_OTHER,     ACTION_QUESTION_BACK,
        ACTION_CANNOT_TELL,   ACTION_CLEAR,     ACTION_UNDO,
        ACTION_REDO,          ACTION_SUBMIT,    ACTION_BACK,
        ACTION_FORWARD,       ACTION_SKIP,      ACTION_NOTE,
        ACTION_FLAG,          ACTION_HELP,      ACTION_PROGRESS,
        ACTION_INSTRUCTIONS,  ACTION_CANCEL,    ACTION_REDRAW,
        ACTION_QUIT,
    };

    for (size_t i = 0; i < LENGTH_OF(commands); i++)
        if (commands[i] == action)
            return true;
    return false;
}

/* What the line "Next" names: the key of a command, such as Q or Esc. */
static bool take_key(struct plain *plain, const char *line)
{
    uint32_t key;
    enum action action;

    if (!key_parse(line, &key))
        return false;
    action = keymap_action(plain->bench->model.keymap, key);
    return is_command(action) && take_action(plain, action_name(action));
}

static void list_commands(const struct model *model)
{
    struct buf out = { 0 };

    buf_add_text(&out, "A line is an answer (its key, its value, its words or "
                       "a number), or one of these words\n"
                       "or its key;"
                       "with / before it, it is never an answer.  An empty "
                       "line goes on; redraw says all again.\n");
    for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
        if (is_command((enum action)action))
            buf_addf(&out, "  %s: %s\n", action_name((enum action)action),
                     action_help((enum action)action));
    if (model->page == PAGE_ITEM)
        plain_question(model, &out);
    say(&out);
}

static void take_line(struct plain *plain, const char *line)
{
    const struct model *model = &plain->bench->model;
    enum prompt_kind prompt = model->prompt.kind;
    bool work = model->page == PAGE_ITEM && model->overlay == OVERLAY_NONE;

    if (prompt == PROMPT_SKIP)
        take_reason(plain, line);
    else if (prompt != PROMPT_NONE)
        take_text(plain, line);
    else if (line[0] == '\0')
        press(plain, KEY_CODE_ENTER);
    else if (work && line[0] != '/' &&
             model_question(model)->type == QUESTION_TEXT)
        take_words(plain, line);
    else if (model->page == PAGE_FORM && line[0] >= '1' && line[0] <= '9' &&
             line[1] == '\0')
        press(plain, (uint32_t)line[0]); /* of a choice about the annotator */
    else if (strcmp(line, "?") == 0 || strcmp(line, "help") == 0 ||
             strcmp(line, "/help") == 0)
        list_commands(model);
    else if (line[0] == '/' && take_action(plain, line + 1))
        return;
    else if (!(work &&
               (take_option(plain, line) || take_number(plain, line))) &&
             !take_action(plain, line) && !take_key(plain, line))
        printf("\"%s\" is no answer and no command; help lists them.\n", line);
    fflush(stdout);
}

/* All whole lines that have come; the rest waits for its end. */
static void take_lines(struct plain *plain)
{
    char *end;

    while (!plain->bench->quit &&
           (end = memchr(plain->line, '\n', plain->length))) {
        size_t used = (size_t)(end - plain->line) + 1;
        size_t length = used - 1;

        if (length > 0 && plain->line[length - 1] == '\r')
            length--;
        plain->line[length] = '\0';
        if (plain->too_long)
            printf("The line is too long and was not taken.\n");
        else
            take_line(plain, plain->line + strspn(plain->line, " \t"));
        plain->too_long = false;
        memmove(plain->line, plain->line + used, plain->length - used);
        plain->length -= used;
        bench_pump(plain->bench);
        tell(plain, false);
    }
    if (plain->length == sizeof(plain->line) - 1) {
        plain->too_long = true;
        plain->length = 0;
    }
}

static void read_lines(struct plain *plain)
{
    ssize_t got = read(STDIN_FILENO, plain->line + plain->length,
                       sizeof(plain->line) - 1 - plain->length);

    if (got > 0)
        plain->length += (size_t)got;
    else if (got == 0 || (errno != EINTR && errno != EAGAIN))
        plain->ended = true;
}

const char *plain_run(struct bench *bench)
{
    struct plain *plain = xcalloc(1, sizeof(*plain));
    const char *reason = "quit";
    struct error err;

    plain->bench = bench;
    bench_size(bench, WIDTH, HEIGHT);
    bench_start(bench);
    bench_pump(bench);
    printf("Line mode: help lists what can be typed, quit stops.\n");
    tell(plain, true);
    while (!bench->quit && !plain->ended && interrupt_check(&err)) {
        struct pollfd files[] = {
            { .fd = STDIN_FILENO, .events = POLLIN },
            { .fd = wake_fd(&bench->wake), .events = POLLIN },
        };

        if (poll(files, 2, bench_is_live(bench) ? WAIT_MS : 1000) > 0 &&
            files[0].revents)
            read_lines(plain);
        bench_pump(bench);
        tell(plain, false);
        take_lines(plain);
    }
    if (!bench->quit)
        reason = plain->ended ? "hang-up" : "signal";
    free(plain);
    return reason;
}
