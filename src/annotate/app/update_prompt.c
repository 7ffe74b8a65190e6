/*
 * update_prompt - a line of text, a number, a list of reasons.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/mem.h"
#include "common/base/utf8.h"

/* A fault of the medium is what the list offers first when there is one. */
static size_t likely_reason(const struct model *model)
{
    if (model->playback.medium == MEDIUM_MISSING ||
        model->playback.medium == MEDIUM_CHANGED ||
        model->playback.medium == MEDIUM_UNREADABLE) {
        for (size_t i = 0; i < model->protocol->skip_count; i++) {
            if (model->protocol->skip[i].kind == ANSWER_TECHNICAL_FAULT ||
                strcmp(model->protocol->skip[i].value, "technical") == 0)
                return i;
        }
    }
    return 0;
}

void prompt_open(struct model *model, enum prompt_kind kind, const char *text)
{
    struct prompt *prompt = &model->prompt;
    size_t length = text ? strlen(text) : 0;

    memset(prompt, 0, sizeof(*prompt));
    prompt->kind = kind;
    if (length < sizeof(prompt->text) && text)
        memcpy(prompt->text, text, length);
    prompt->cursor = strlen(prompt->text);
    if (kind == PROMPT_SKIP)
        prompt->reason = likely_reason(model);
}

static void insert(struct model *model, const char *bytes, size_t length)
{
    struct prompt *prompt = &model->prompt;
    size_t have = strlen(prompt->text);

    if (have + length >= sizeof(prompt->text)) {
        model_say(model, TONE_ALERT, "The text is as long as it can be");
        return;
    }
    memmove(prompt->text + prompt->cursor + length,
            prompt->text + prompt->cursor, have - prompt->cursor + 1);
    memcpy(prompt->text + prompt->cursor, bytes, length);
    prompt->cursor += length;
}

/* The byte where the code point before `at` begins. */
static size_t code_before(const struct prompt *prompt, size_t at)
{
    while (at > 0) {
        at--;
        if (((unsigned char)prompt->text[at] & 0xC0) != 0x80)
            break;
    }
    return at;
}

/* Marks that stand on a character, and what joins two of them. */
static bool is_mark(const char *text)
{
    uint32_t code;

    return utf8_decode(text, &code) > 0 && code >= ' ' &&
           utf8_code_width(code) == 0;
}

/*
 * The byte where the character before, or after, the cursor begins: with all
 * its marks, which are never left behind.
 */
static size_t character_before(const struct prompt *prompt)
{
    size_t at = code_before(prompt, prompt->cursor);

    while (at > 0 && is_mark(prompt->text + at))
        at = code_before(prompt, at);
    return at;
}

static size_t character_after(const struct prompt *prompt)
{
    uint32_t code;
    size_t at =
        prompt->cursor + utf8_decode(prompt->text + prompt->cursor, &code);

    while (is_mark(prompt->text + at))
        at += utf8_decode(prompt->text + at, &code);
    return at;
}

/* Where the line that holds byte `at` begins. */
static size_t line_begin(const struct prompt *prompt, size_t at)
{
    while (at > 0 && prompt->text[at - 1] != '\n')
        at--;
    return at;
}

/* To the same place of the line before, or after. */
static void move_line(struct prompt *prompt, int direction)
{
    size_t begin = line_begin(prompt, prompt->cursor);
    char *before = xstrndup(prompt->text + begin, prompt->cursor - begin);
    int column = utf8_width(before);
    size_t to, fits, length;

    free(before);
    if (direction < 0) {
        if (begin == 0)
            return;
        to = line_begin(prompt, begin - 1);
    } else {
        to = begin + strcspn(prompt->text + begin, "\n");
        if (prompt->text[to] == '\0')
            return;
        to++;
    }
    length = strcspn(prompt->text + to, "\n");
    fits = utf8_clip(prompt->text + to, column);
    prompt->cursor = to + (fits < length ? fits : length);
}

static void cut(struct prompt *prompt, size_t from, size_t to)
{
    memmove(prompt->text + from, prompt->text + to,
            strlen(prompt->text + to) + 1);
    prompt->cursor = from;
}

static bool edit_key(struct prompt *prompt, uint32_t key)
{
    switch (key) {
    case KEY_CODE_BACKSPACE:
        cut(prompt, character_before(prompt), prompt->cursor);
        return true;
    case KEY_CODE_DELETE:
        cut(prompt, prompt->cursor, character_after(prompt));
        return true;
    case KEY_CODE_LEFT:
        prompt->cursor = character_before(prompt);
        return true;
    case KEY_CODE_RIGHT:
        prompt->cursor = character_after(prompt);
        return true;
    case KEY_CODE_HOME:
    case KEY_MOD_CTRL | 'a':
        prompt->cursor = line_begin(prompt, prompt->cursor);
        return true;
    case KEY_CODE_END:
    case KEY_MOD_CTRL | 'e':
        prompt->cursor += strcspn(prompt->text + prompt->cursor, "\n");
        return true;
    case KEY_MOD_CTRL | 'u':
        cut(prompt, line_begin(prompt, prompt->cursor), prompt->cursor);
        return true;
    default:
        return false;
    }
}

static void take_reason(struct step *step)
{
    struct model *model = step->model;
    const struct question_option *reason =
        &model->protocol->skip[model->prompt.reason];

    if (reason->kind == ANSWER_OTHER || strcmp(reason->value, "other") == 0) {
        size_t row = model->prompt.reason;

        prompt_open(model, PROMPT_WHY, "");
        model->prompt.reason = row;
        return;
    }
    model->prompt.kind = PROMPT_NONE;
    item_skip(step, reason, NULL);
}

static void accept_other(struct step *step, const char *text)
{
    struct model *model = step->model;
    const struct question_option *option =
        answer_option(model_question(model), ANSWER_OTHER);

    if (text[0] == '\0') {
        model_say(model, TONE_ALERT, "Write a word or two, or leave with Esc");
        return;
    }
    model->prompt.kind = PROMPT_NONE;
    choice_take(step, model->question, option, text);
}

static void accept(struct step *step)
{
    struct model *model = step->model;
    char text[MODEL_PROMPT_SIZE];

    memcpy(text, model->prompt.text, sizeof(text));
    switch (model->prompt.kind) {
    case PROMPT_NOTE:
        model->prompt.kind = PROMPT_NONE;
        item_note(step, text);
        break;
    case PROMPT_OTHER:
        accept_other(step, text);
        break;
    case PROMPT_TEXT:
        text_typed(step, text);
        break;
    case PROMPT_NUMBER:
        if (model_question(model)->type == QUESTION_GRID
                ? grid_typed(step, text)
                : scale_typed(step, text))
            model->prompt.kind = PROMPT_NONE;
        break;
    case PROMPT_SKIP:
        take_reason(step);
        break;
    case PROMPT_WHY:
        model->prompt.kind = PROMPT_NONE;
        item_skip(step, &model->protocol->skip[model->prompt.reason], text);
        break;
    case PROMPT_FORM:
        form_typed(step);
        break;
    case PROMPT_LABEL:
    case PROMPT_LABEL_WORDS:
    case PROMPT_MARK_NOTE:
    case PROMPT_FIND:
    case PROMPT_JUMP:
        marks_prompt(step, text);
        break;
    case PROMPT_REASON:
        court_reason(step, text);
        break;
    case PROMPT_NONE:
        break;
    }
}

static void move_reason(struct model *model, int direction)
{
    size_t count;

    model_prompt_list(model, &count);
    model->prompt.reason =
        (model->prompt.reason + count + (size_t)(direction + (int)count)) %
        count;
}

void prompt_reason(struct step *step, size_t reason)
{
    step->model->prompt.reason = reason;
    accept(step);
}

/* A row's own key, or its number in the list. */
static bool reason_key(struct step *step, uint32_t key)
{
    struct model *model = step->model;

    size_t count;
    const struct question_option *rows = model_prompt_list(model, &count);

    for (size_t i = 0; i < count; i++) {
        if (rows[i].code == key || (i < 9 && key == '1' + i)) {
            prompt_reason(step, i);
            return true;
        }
    }
    return false;
}

void prompt_action(struct step *step, enum action action)
{
    struct model *model = step->model;

    switch (action) {
    case ACTION_TAKE:
        accept(step);
        break;
    case ACTION_CURSOR_UP:
    case ACTION_CURSOR_DOWN:
        if (model_prompt_is_list(model))
            move_reason(model, action == ACTION_CURSOR_UP ? -1 : 1);
        else if (model->prompt.kind == PROMPT_TEXT)
            move_line(&model->prompt, action == ACTION_CURSOR_UP ? -1 : 1);
        break;
    case ACTION_NEW_LINE:
        if (model->prompt.kind == PROMPT_TEXT)
            insert(model, "\n", 1);
        break;
    case ACTION_CANCEL:
        if (model->prompt.kind == PROMPT_FORM) {
            form_action(step, action);
            break;
        }
        model->prompt.kind = PROMPT_NONE;
        model_say(model, TONE_PLAIN, "Nothing was changed");
        break;
    case ACTION_QUIT:
        play_leave(step);
        effects_add(step->effects, EFFECT_QUIT);
        break;
    case ACTION_REDRAW:
        effects_add(step->effects, EFFECT_REDRAW);
        break;
    default:
        break;
    }
}

void prompt_key(struct step *step, uint32_t key)
{
    struct model *model = step->model;
    char bytes[4];

    if (model_prompt_is_list(model)) {
        if (!reason_key(step, key))
            prompt_action(step, keymap_action(model->keymap, key));
    } else if (key_is_text(key)) {
        insert(model, bytes, utf8_encode(key, bytes));
    } else if (!edit_key(&model->prompt, key)) {
        prompt_action(step, keymap_action(model->keymap, key));
    }
}

void prompt_text(struct step *step, const char *text)
{
    struct model *model = step->model;

    if (model->prompt.kind == PROMPT_NONE || model_prompt_is_list(model))
        model_say(model, TONE_ALERT, "There is no text to write here");
    else
        insert(model, text, strlen(text));
}
