/*
 * plain - the model as sentences.
 *
 * Pages (instructions, help, progress, a break) are those of the screen,
 * drawn on one that is tall enough, without its rules and empty lines.
 */
#include <config.h>

#include "annotate/view/plain.h"

#include <string.h>

#include "annotate/app/key.h"
#include "annotate/view/view.h"
#include "common/base/number.h"

enum { PAGE_WIDTH = 80, PAGE_HEIGHT = 400 };

const struct question *plain_misses(const struct protocol *protocol)
{
    for (size_t i = 0; i < protocol->question_count; i++) {
        const struct question *question = &protocol->question[i];

        if (protocol->unit == UNIT_PAIR || (question->type != QUESTION_CHOICE &&
                                            question->type != QUESTION_SCALE &&
                                            question->type != QUESTION_TEXT))
            return question;
    }
    return NULL;
}

/* A rule, or nothing at all. */
static bool says_nothing(const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!strchr(" -=|+", line[i]))
            return false;
    return true;
}

static void put_page(const struct model *model, struct buf *out)
{
    struct model tall = *model; /* only its size is another */
    struct screen screen;
    struct buf dump = { 0 };

    tall.width = PAGE_WIDTH;
    tall.height = PAGE_HEIGHT;
    tall.scroll = 0;
    tall.status.text[0] = '\0'; /* it is told by itself */
    screen_init(&screen, PAGE_WIDTH, PAGE_HEIGHT, true);
    view_draw(&tall, &screen);
    screen_dump(&screen, &dump);
    for (const char *line = buf_text(&dump); *line;) {
        size_t length = strcspn(line, "\n");
        size_t blanks = strspn(line, " ");

        if (!says_nothing(line, length)) {
            buf_add(out, line + blanks, length - blanks);
            buf_add_char(out, '\n');
        }
        line += length + (line[length] == '\n');
    }
    buf_release(&dump);
    screen_release(&screen);
}

void plain_sound(const struct model *model, struct buf *out)
{
    const struct playback *playback = &model->playback;
    char text[NUMBER_TEXT_SIZE];

    switch (playback->medium) {
    case MEDIUM_NONE:
        return;
    case MEDIUM_CHECKING:
    case MEDIUM_LOADING:
        buf_add_text(out, "Sound: being made ready.\n");
        return;
    case MEDIUM_READY:
        break;
    default:
        buf_addf(out, "Sound: %s\n", playback->problem);
        return;
    }
    buf_addf(out, "Sound: %s long",
             number_format_clock(playback->to_us - playback->from_us, text));
    if (playback->playing)
        buf_add_text(out, ", playing");
    buf_add_text(out, model_heard_all(model) ? ", all heard" : "");
    if (model_hearings_left(model) >= 0)
        buf_addf(out, ", %d more hearings", model_hearings_left(model));
    buf_add_text(out, ".\n");
}

static void put_option(const struct model *model,
                       const struct question_option *option, struct buf *out)
{
    const char *help = model_text(model, &option->help);

    buf_addf(out, "  %s%s%s", option->key, option->key[0] ? " " : "",
             model_text(model, &option->label));
    if (help[0])
        buf_addf(out, ": %s", help);
    buf_add_char(out, '\n');
}

static void put_points(const struct model *model, const struct scale *scale,
                       struct buf *out)
{
    size_t count = scale_count(scale);
    char low[NUMBER_TEXT_SIZE], high[NUMBER_TEXT_SIZE];

    buf_addf(out, "  a number from %s to %s",
             number_format(scale_value(scale, 0), low),
             number_format(scale_value(scale, count - 1), high));
    if (scale->step != 1)
        buf_addf(out, " in steps of %s", number_format(scale->step, low));
    buf_add_char(out, '\n');
    for (size_t i = 0; i < count; i++) {
        const char *label = scale_label(scale, i, model->language);

        if (label[0])
            buf_addf(out, "  %s is %s\n",
                     number_format(scale_value(scale, i), low), label);
    }
}

static void put_value(const struct model *model,
                      const struct question *question, const char *value,
                      struct buf *out)
{
    const struct question_option *option = question_option(question, value);

    buf_add_text(out, option ? model_text(model, &option->label) : value);
}

void plain_answer(const struct model *model, struct buf *out)
{
    const struct question *question = model_question(model);
    const struct event_answer *answer = model_answer(model, model->question);
    char text[NUMBER_TEXT_SIZE];

    buf_add_text(out, "Your answer: ");
    if (!answer) {
        buf_add_text(out, "none yet");
    } else if (answer->kind == EVENT_VALUE_NUMBER) {
        buf_add_text(out, number_format(answer->number, text));
    } else {
        for (size_t i = 0; i < answer->values.count; i++) {
            buf_add_text(out, i ? ", " : "");
            put_value(model, question, answer->values.item[i], out);
        }
        if (answer->text)
            buf_addf(out, ", \"%s\"", answer->text);
        if (answer->has_intensity)
            buf_addf(out, ", how strong: %s",
                     number_format(answer->intensity, text));
    }
    buf_add_text(out, ".\n");
}

void plain_question(const struct model *model, struct buf *out)
{
    const struct question *question = model_question(model);
    const char *help = model_text(model, &question->help);

    if (model->on_intensity) {
        buf_add_text(out, "How strong?\n");
        put_points(model, &question->scale, out);
        plain_answer(model, out);
        return;
    }
    if (model->protocol->question_count > 1)
        buf_addf(out, "Question %zu of %zu: ", model->question + 1,
                 model->protocol->question_count);
    buf_addf(out, "%s%s\n", model_text(model, &question->text),
             question->many ? " (more than one if you like)" : "");
    if (help[0])
        buf_addf(out, "%s\n", help);
    if (question->type == QUESTION_SCALE)
        put_points(model, &question->scale, out);
    for (size_t i = 0; i < question->option_count; i++)
        put_option(model, &question->option[i], out);
    if (question->type == QUESTION_TEXT)
        buf_add_text(out, "  your own words, on one line; a word after / is a "
                          "command, such as /undo\n");
    plain_answer(model, out);
}

/* The turns before, a line each. */
static void put_context(const char *context, struct buf *out)
{
    buf_add_text(out, "Before it:\n");
    while (*context) {
        size_t length = strcspn(context, "\n");

        buf_add_text(out, "  ");
        buf_add(out, context, length);
        buf_add_char(out, '\n');
        context += length + (context[length] == '\n');
    }
}

static void put_item(const struct model *model, struct buf *out)
{
    const struct model_entry *entry = &model->entry[model->position];
    const struct conduct_check *check = model_check(model);

    buf_addf(out, "%s %zu of %zu, %zu done.\n",
             study_in_practice(model) ? "Practice item" : "Item",
             model_number(model), model_total(model), model_total_done(model));
    if (model_done(model))
        buf_add_text(out, "It was handed in.\n");
    if (entry->context)
        put_context(entry->context, out);
    if (entry->speaker && !check)
        buf_addf(out, "Speaker: %s\n", entry->speaker);
    if (entry->text)
        buf_addf(out, "Text: %s\n", entry->text);
    plain_sound(model, out);
    plain_question(model, out);
}

static void put_skip(const struct model *model, struct buf *out)
{
    char text[NUMBER_TEXT_SIZE];

    buf_add_text(out, "Skip the item. Why?\n");
    for (size_t i = 0; i < model->protocol->skip_count; i++) {
        const struct question_option *reason = &model->protocol->skip[i];

        buf_addf(out, "  %s %s\n",
                 reason->key[0] ? reason->key
                                : number_format((double)i + 1, text),
                 model_text(model, &reason->label));
    }
    buf_add_text(out, "  cancel goes back\n");
}

void plain_describe(const struct model *model, struct buf *out)
{
    if (model->overlay != OVERLAY_NONE || model->page != PAGE_ITEM ||
        model->prompt.kind == PROMPT_FORM)
        put_page(model, out);
    else if (model->prompt.kind == PROMPT_SKIP)
        put_skip(model, out);
    else if (model->prompt.kind == PROMPT_NOTE)
        buf_add_text(out, "Write the note on one line; cancel goes back.\n");
    else if (model->prompt.kind == PROMPT_OTHER)
        buf_add_text(out, "Answer in your own words, on one line; cancel "
                          "goes back.\n");
    else if (model->prompt.kind == PROMPT_TEXT) {
        plain_question(model, out);
        buf_add_text(out, "Write it; cancel goes back.\n");
    } else if (model->prompt.kind == PROMPT_NUMBER)
        buf_add_text(out, "Write the number; cancel goes back.\n");
    else if (model->prompt.kind == PROMPT_WHY)
        buf_add_text(out, "Why? On one line; cancel goes back.\n");
    else
        put_item(model, out);
}
