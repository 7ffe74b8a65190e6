/*
 * script - recorded input for the workbench, without a terminal.
 */
#include <config.h>

#include "annotate/script.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/view/view.h"
#include "common/base/mem.h"
#include "common/base/number.h"
#include "common/base/path.h"
#include "common/base/text.h"
#include "common/base/vec.h"

/* The longest time that a line may let go by. */
static const int64_t tick_max_us = INT64_C(24) * 3600 * 1000000;

struct playing {
    struct bench *bench;
    struct screen screen; /* owned */
    const char *name;     /* of the script, for errors */
    int line;
};

bool script_parse_size(const char *text, int *width, int *height)
{
    const char *cross = strchr(text, 'x');
    char *first;
    int64_t w, h;
    bool ok;

    if (!cross)
        return false;
    first = xstrndup(text, (size_t)(cross - text));
    ok = number_parse_int(first, &w) && number_parse_int(cross + 1, &h) &&
         w >= 1 && w <= SCREEN_SIDE_MAX && h >= 1 && h <= SCREEN_SIDE_MAX;
    free(first);
    if (ok) {
        *width = (int)w;
        *height = (int)h;
    }
    return ok;
}

/* A line break is printed as \\n: what was kept stands on one line. */
static void print_line(const char *text)
{
    for (; *text; text++) {
        if (*text == '\n')
            fputs("\\n", stdout);
        else
            putchar(*text);
    }
}

static void print_answer(const struct event *event)
{
    struct event_answer answer = { 0 };
    struct error err;
    char number[NUMBER_TEXT_SIZE];

    if (!event_read_answer(event->payload, &answer, &err))
        return;
    printf("kept %s %s ", event->entry, answer.question);
    if (answer.kind == EVENT_VALUE_NUMBER)
        printf("%s", number_format(answer.number, number));
    if (answer.kind == EVENT_VALUE_PAIR) {
        printf("%s,", number_format(answer.number, number));
        printf("%s", number_format(answer.rise, number));
    }
    for (size_t i = 0; i < answer.values.count; i++) {
        if (i > 0)
            putchar(',');
        print_line(answer.values.item[i]);
    }
    if (answer.has_intensity)
        printf(" intensity %s", number_format(answer.intensity, number));
    printf("\n");
    event_answer_release(&answer);
}

/* What is new; no hashes, which differ from run to run. */
static void print_segment(const struct event *event)
{
    struct event_segment it;
    struct error err;

    if (!event_read_segment(event->kind, event->payload, &it, &err))
        return;
    printf("kept %s %s @%s", event->entry, it.question, event->name);
    if (it.tier)
        printf(" tier %s", it.tier);
    if (it.label)
        printf(" label %s", it.label[0] ? it.label : "-");
    if (it.note)
        printf(" note %s", it.note[0] ? it.note : "-");
    if (it.has_from)
        printf(" from %lld", (long long)it.from_us);
    if (it.has_to)
        printf(" to %lld", (long long)it.to_us);
    if (it.has_at)
        printf(" at %lld", (long long)it.at_us);
    for (size_t i = 0; i < it.values.count; i++)
        printf(" %s %s", it.values.item[i].attribute, it.values.item[i].value);
    printf("\n");
    event_segment_release(&it);
}

static void print_kept(void *context, const struct event *event)
{
    struct error err;
    char *question = NULL;

    (void)context;
    if (!event_has(event->kind, EVENT_IS_KEPT))
        return;
    if (event->kind == EVENT_ANSWER_SET) {
        print_answer(event);
    } else if (event_is_segment(event->kind)) {
        print_segment(event);
    } else if (event->kind == EVENT_ANSWER_CLEARED &&
               event_read_text(event->payload, "question", &question, &err)) {
        printf("kept %s %s -\n", event->entry, question);
        free(question);
    } else {
        printf("kept %s @%s\n", event->entry[0] ? event->entry : "-",
               event->name);
    }
    fflush(stdout); /* before anything can end the process */
}

struct bench_watch script_watch(void)
{
    return (struct bench_watch){ .kept = print_kept };
}

static void draw(struct playing *playing, struct buf *out)
{
    view_draw(&playing->bench->model, &playing->screen);
    buf_clear(out);
    screen_dump(&playing->screen, out);
}

static void print_screen(struct playing *playing, bool roles)
{
    struct buf out = { 0 };

    draw(playing, &out);
    if (roles) {
        buf_clear(&out);
        screen_dump_roles(&playing->screen, &out);
    }
    fputs(buf_text(&out), stdout);
    fflush(stdout);
    buf_release(&out);
}

static bool expect(struct playing *playing, const char *text, bool wanted,
                   struct error *err)
{
    struct buf out = { 0 };
    bool shown;

    draw(playing, &out);
    shown = strstr(buf_text(&out), text) != NULL;
    if (shown != wanted) {
        fputs(buf_text(&out), stdout);
        fflush(stdout);
    }
    buf_release(&out);
    if (shown == wanted)
        return true;
    return error_set(err, ERROR_NO, "%s:%d: the screen %s \"%s\"",
                     playing->name, playing->line,
                     wanted ? "does not show" : "shows", text);
}

static bool run_tick(struct playing *playing, const char *rest,
                     struct error *err)
{
    int64_t us;

    if (!number_parse_int(rest, &us) || us < 0 || us > tick_max_us)
        return error_set(err, ERROR_INPUT,
                         "%s:%d: tick wants microseconds, such as 2500000",
                         playing->name, playing->line);
    bench_advance(playing->bench, us);
    return true;
}

static bool run_resize(struct playing *playing, const char *rest,
                       struct error *err)
{
    int width, height;

    if (!script_parse_size(rest, &width, &height))
        return error_set(err, ERROR_INPUT,
                         "%s:%d: resize wants a size, such as 80x24",
                         playing->name, playing->line);
    screen_resize(&playing->screen, width, height);
    bench_size(playing->bench, width, height);
    return true;
}

static bool run_key(struct playing *playing, const char *name,
                    struct error *err)
{
    uint32_t key;

    if (!key_parse(name, &key))
        return error_set(err, ERROR_INPUT,
                         "%s:%d: \"%s\" is no action, no key and no word of "
                         "scripts",
                         playing->name, playing->line, name);
    bench_key(playing->bench, key, bench_now_us(playing->bench));
    bench_advance(playing->bench, 0);
    return true;
}

/* The words after the first one, which `word` was cut down to. */
static char *split_word(char *word)
{
    char *rest = word + strcspn(word, " \t");

    if (*rest == '\0')
        return rest;
    *rest++ = '\0';
    return rest + strspn(rest, " \t");
}

/* "press", and what follows it: a click is a press and a release. */
static bool parse_deed(const char *word, struct mouse *mouse)
{
    static const struct {
        const char *word;
        enum mouse_deed deed;
    } deeds[] = {
        { "click", MOUSE_PRESS },
        { "press", MOUSE_PRESS },
        { "drag", MOUSE_DRAG },
        { "move", MOUSE_MOVE },
        { "release", MOUSE_RELEASE },
        { "wheel-up", MOUSE_WHEEL_UP },
        { "wheel-down", MOUSE_WHEEL_DOWN },
        { "wheel-left", MOUSE_WHEEL_LEFT },
        { "wheel-right", MOUSE_WHEEL_RIGHT },
    };

    for (size_t i = 0; i < LENGTH_OF(deeds); i++) {
        if (strcmp(word, deeds[i].word) == 0) {
            mouse->deed = deeds[i].deed;
            return true;
        }
    }
    return false;
}

static void do_mouse(struct playing *playing, const struct mouse *mouse)
{
    struct hit hit;

    view_hit(&playing->bench->model, playing->screen.ascii, mouse, &hit);
    bench_mouse(playing->bench, mouse, &hit, bench_now_us(playing->bench));
    bench_advance(playing->bench, 0);
}

/* "click 10 5": column and row, from 0. */
static bool run_mouse(struct playing *playing, char *rest, struct error *err)
{
    char *column = split_word(rest);
    char *row = split_word(column);
    struct mouse mouse = { .button = MOUSE_LEFT };
    int64_t x, y;

    if (!parse_deed(rest, &mouse) || !number_parse_int(column, &x) ||
        !number_parse_int(row, &y) || x < 0 || x >= SCREEN_SIDE_MAX || y < 0 ||
        y >= SCREEN_SIDE_MAX)
        return error_set(err, ERROR_INPUT,
                         "%s:%d: mouse wants a deed, a column and a row, such "
                         "as \"mouse click 10 5\"",
                         playing->name, playing->line);
    mouse.x = (int)x;
    mouse.y = (int)y;
    do_mouse(playing, &mouse);
    if (strcmp(rest, "click") == 0) {
        mouse.deed = MOUSE_RELEASE;
        do_mouse(playing, &mouse);
    }
    return true;
}

/* "stick 0.5 -1": to the right and down; "stick none": it is pulled out. */
static bool run_stick(struct playing *playing, char *rest, struct error *err)
{
    char *up = split_word(rest);
    bool plugged = strcmp(rest, "none") != 0;
    double x = 0;
    double y = 0;

    if (plugged && (!number_parse(rest, &x) || !number_parse(up, &y) ||
                    x < -1 || x > 1 || y < -1 || y > 1))
        return error_set(err, ERROR_INPUT,
                         "%s:%d: stick wants two numbers from -1 to 1, such "
                         "as \"stick 0.5 -1\"",
                         playing->name, playing->line);
    bench_stick(playing->bench, plugged, x, y, bench_now_us(playing->bench));
    return true;
}

/* The pass that runs, and how far it was heard: for crash tests. */
static void print_traced(const struct playing *playing)
{
    const struct tracing *trace = &playing->bench->model.trace;
    char hex[EVENT_HASH_HEX_SIZE];

    event_hash_hex(trace->pass, hex);
    if (trace->running && trace->sampler.media_us >= trace->from_us)
        printf("traced %s %" PRId64 "\n", hex, trace->sampler.media_us);
    else
        printf("traced -\n");
    fflush(stdout); /* before anything can end the process */
}

static bool run_line(struct playing *playing, char *line, struct error *err)
{
    char *word = line + strspn(line, " \t");
    char *rest;
    enum action action;

    word[strcspn(word, "\r\n")] = '\0';
    if (word[0] == '\0' || (word[0] == '#' && word[1] != '\0'))
        return true;
    rest = split_word(word);
    if (strcmp(word, "tick") == 0)
        return run_tick(playing, rest, err);
    if (strcmp(word, "resize") == 0)
        return run_resize(playing, rest, err);
    if (strcmp(word, "stick") == 0)
        return run_stick(playing, rest, err);
    if (strcmp(word, "mouse") == 0)
        return run_mouse(playing, rest, err);
    if (strcmp(word, "colours") == 0) {
        playing->screen.heat = strcmp(rest, "256") == 0;
        return true;
    }
    if (strcmp(word, "key") == 0)
        return run_key(playing, rest, err);
    if (strcmp(word, "expect") == 0 || strcmp(word, "refuse") == 0)
        return expect(playing, rest, word[0] == 'e', err);
    if (strcmp(word, "screen") == 0 || strcmp(word, "roles") == 0) {
        print_screen(playing, word[0] == 'r');
        return true;
    }
    if (strcmp(word, "traced") == 0) {
        print_traced(playing);
        return true;
    }
    if (strcmp(word, "text") == 0) {
        bench_text(playing->bench, rest);
        return true;
    }
    action = action_find(word);
    if (action == ACTION_NONE)
        return run_key(playing, word, err);
    bench_action(playing->bench, action);
    bench_advance(playing->bench, 0);
    return true;
}

static bool run_lines(struct playing *playing, FILE *file, struct error *err)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    bool ok = true;

    while (ok && !playing->bench->quit &&
           (length = getline(&line, &size, file)) > 0) {
        playing->line++;
        ok = memchr(line, '\0', (size_t)length)
                 ? error_set(err, ERROR_INPUT,
                             "%s:%d: a zero byte: this is no text",
                             playing->name, playing->line)
                 : run_line(playing, line, err);
    }
    free(line);
    return ok;
}

bool script_run(struct bench *bench, const char *path, int width, int height,
                bool ascii, struct error *err)
{
    struct playing playing = { .bench = bench, .name = path };
    FILE *file = text_equal(path, "-") ? stdin : fopen(path, "r");
    bool ok;

    if (!file)
        return error_set_errno(err, ERROR_INPUT, "%s: cannot open", path);
    if (file != stdin && path_is_folder(path)) {
        fclose(file);
        return error_set(err, ERROR_INPUT,
                         "%s: is a folder; name a file of keys", path);
    }
    screen_init(&playing.screen, width, height, ascii);
    bench_size(bench, width, height);
    bench_start(bench);
    bench_advance(bench, 0);
    ok = run_lines(&playing, file, err);
    if (file != stdin)
        fclose(file);
    screen_release(&playing.screen);
    return ok;
}
