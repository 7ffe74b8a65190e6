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
    ANSWER_MAX = 256, /* bytes of an answer by which a change is known */
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
    bool form_at_end;
    size_t form_question;
    unsigned status; /* how much was said */
    char answer[ANSWER_MAX];
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
                         .medium = model->playback.medium,
                         .form_at_end = model->form_at_end,
                         .form_question = model->form_question,
                         .status = model->status.count };
    struct buf answer = { 0 };

    if (model->page == PAGE_ITEM) {
        plain_answer(model, &answer);
        snprintf(told.answer, sizeof(told.answer), "%s", buf_text(&answer));
    }
    buf_release(&answer);
    return told;
}

static bool has_moved(const struct told *now, const struct told *was)
{
    return now->page != was->page || now->overlay != was->overlay ||
           now->prompt != was->prompt || now->position != was->position ||
           now->form_at_end != was->form_at_end ||
           now->form_question != was->form_question;
}

/* The sound, where nothing else was told of it. */
static void tell_sound(const struct model *model, const struct told *was,
                       const struct told *now, struct buf *out)
{
    if (now->medium != was->medium && now->medium != MEDIUM_LOADING &&
        now->medium != MEDIUM_CHECKING && now->medium != MEDIUM_NONE)
        plain_sound(model, out);
    else if (now->playing != was->playing)
        buf_add_text(out, now->playing             ? "Playing.\n"
                          : model->playback.at_end ? "Heard to its end.\n"
                                                   : "Paused.\n");
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
    bool moved = anew || has_moved(&now, &was);
    struct buf out = { 0 };

    if (model->status.text[0] && now.status != was.status)
        buf_addf(&out, "%s\n", model->status.text);
    if (moved)
        plain_describe(model, &out);
    else if (now.question != was.question ||
             now.on_intensity != was.on_intensity)
        plain_question(model, &out);
    else if (strcmp(now.answer, was.answer) != 0)
        plain_answer(model, &out);
    if (!moved)
        tell_sound(model, &was, &now, &out);
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

/* A command while a text is asked for; false: it is none. */
static bool take_in_text(struct plain *plain, const char *name)
{
    switch (action_find(name)) {
    case ACTION_NONE:
        return false;
    case ACTION_CANCEL:
    case ACTION_REDRAW:
    case ACTION_QUIT:
        return take_action(plain, name);
    default:
        printf("/%s has to wait until the text is written; /cancel leaves "
               "it, /quit stops.\n",
               name);
        return true;
    }
}

/* Where a text is asked for, the line is the text. */
static void take_text(struct plain *plain, const char *line)
{
    if (strcmp(line, "cancel") == 0) {
        bench_action(plain->bench, ACTION_CANCEL);
        return;
    }
    if (line[0] == '/' && take_in_text(plain, line + 1))
        return;
    press(plain, KEY_CODE_END);
    press(plain, KEY_MOD_CTRL | 'u');
    if (line[0])
        bench_text(plain->bench, line);
    bench_action(plain->bench, ACTION_TAKE);
}

/* Of a question about words: all but an option's is the answer. */
static void take_words(struct plain *plain, const char *line)
{
    if (take_option(plain, line))
        return;
    bench_action(plain->bench, ACTION_TAKE); /* opens what is written into */
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

/* Of a choice about the annotator: its number, its value or its words. */
static bool take_form(struct plain *plain, const char *line)
{
    const struct model *model = &plain->bench->model;
    const struct form_question *question = form_now(model);
    int64_t number;

    for (size_t i = 0; i < question->option_count; i++) {
        const struct question_option *option = &question->option[i];

        if (strcasecmp(option->value, line) != 0 &&
            strcasecmp(model_text(model, &option->label), line) != 0 &&
            !(number_parse_int(line, &number) && number == (int64_t)i + 1))
            continue;
        for (size_t k = 0;
             k < question->option_count && model->cursor != (int)i; k++)
            bench_action(plain->bench, ACTION_CURSOR_DOWN);
        bench_action(plain->bench, ACTION_TAKE);
        return true;
    }
    return false;
}

/* The others move cursors and windows, which lines do not have. */
static bool is_command(enum action action)
{
    static const enum action commands[] = {
        ACTION_PLAY_PAUSE,    ACTION_REPLAY,        ACTION_SEEK_BACK,
        ACTION_SEEK_ON,       ACTION_HEAR_LAST,     ACTION_LOOP,
        ACTION_SLOWER,        ACTION_FASTER,        ACTION_VOLUME_UP,
        ACTION_VOLUME_DOWN,   ACTION_QUESTION_NEXT, ACTION_OTHER,
        ACTION_QUESTION_BACK, ACTION_CANNOT_TELL,   ACTION_NOTHING,
        ACTION_CLEAR,         ACTION_UNDO,          ACTION_REDO,
        ACTION_SUBMIT,        ACTION_BACK,          ACTION_FORWARD,
        ACTION_SKIP,          ACTION_NOTE,          ACTION_FLAG,
        ACTION_HELP,          ACTION_PROGRESS,      ACTION_INSTRUCTIONS,
        ACTION_CANCEL,        ACTION_REDRAW,        ACTION_QUIT,
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
                       "or its key; "
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
        bench_action(plain->bench, ACTION_TAKE);
    else if (work && line[0] != '/' &&
             model_question(model)->type == QUESTION_TEXT)
        take_words(plain, line);
    else if (model->page == PAGE_FORM && model->overlay == OVERLAY_NONE &&
             take_form(plain, line))
        return;
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
