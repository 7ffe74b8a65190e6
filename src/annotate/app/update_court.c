/*
 * update_court - the conflict workbench: an item that was judged blind is
 * revealed, and a person decides.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/mem.h"

static bool is_done(const struct court_question *question)
{
    return question->decided || question->sent_back;
}

static void focus(struct model *model, size_t question)
{
    const struct court_question *now;

    model->court_question = question;
    model->scroll = 0;
    now = court_question(model);
    model->court_choice = now && now->own < now->choices ? (int)now->own : 0;
}

/* The first that is still to be decided, else where one is. */
static void focus_open(struct model *model)
{
    for (size_t q = 0; q < model->court->count; q++)
        if (!is_done(&model->court->question[q])) {
            focus(model, q);
            return;
        }
}

static bool all_done(const struct model *model)
{
    for (size_t q = 0; q < model->court->count; q++)
        if (!is_done(&model->court->question[q]))
            return false;
    return true;
}

static void leave(struct step *step)
{
    step->model->court = NULL;
    item_next(step);
}

/* Of a meeting: who voted, and whose turn it is. */
static bool say_turn(struct model *model, bool skipped)
{
    const char *turn = model_turn(model), *next = model_next_turn(model);
    const char *what = skipped ? "has no vote" : "has voted";

    if (!turn)
        return false;
    if (next)
        model_say(model, TONE_GOOD, "%s %s; now %s", turn, what, next);
    else
        model_say(model, TONE_GOOD, "%s %s: that is everybody", turn, what);
    return true;
}

/* Alone, what is skipped is left as it is; a meeting goes on without a vote. */
void court_or_next(struct step *step, bool skipped)
{
    struct model *model = step->model;
    bool meets = say_turn(model, skipped);

    if (!meets)
        model_say(model, TONE_GOOD, "Item %zu is %s", model_number(model),
                  skipped ? "skipped" : "handed in");
    if (meets || (model->adjudicates && !skipped))
        effects_add_entry(step->effects, EFFECT_REVEAL, model->position);
    else
        item_next(step);
}

void court_revealed(struct step *step)
{
    struct model *model = step->model;
    bool first = model->page != PAGE_COURT;

    model->court = step->message->court;
    if (!model->court || model->court->count == 0) {
        leave(step); /* others are still to vote */
        return;
    }
    model->page = PAGE_COURT;
    if (first)
        focus(model, 0);
    else if (step->message->deed == COURT_LOOK)
        focus(model, model->court_question);
    else if (step->message->deed == COURT_UNDO)
        model_say(model, TONE_GOOD, "Taken back");
    else if (all_done(model))
        model_say(model, TONE_GOOD, "Kept; Enter goes on to the next item");
    else
        model_say(model, TONE_GOOD, "Kept");
    if (!first && step->message->deed != COURT_LOOK)
        focus_open(model);
}

static void send(struct step *step, enum court_deed deed, const char *why)
{
    struct model *model = step->model;
    struct effect *effect;

    effects_add_number(step->effects, EFFECT_JUDGE, (double)deed);
    effect = &step->effects->item[step->effects->count - 1];
    effect->entry = model->court_question;
    effect->at_us = model->court_choice;
    effect->payload = why ? xstrdup(why) : NULL;
}

static void decide(struct step *step)
{
    struct model *model = step->model;
    const struct court_question *question = court_question(model);

    if (!question || all_done(model)) {
        leave(step);
        return;
    }
    if (is_done(question)) {
        focus_open(model);
        return;
    }
    if (question->choices == 0) {
        model_say(model, TONE_ALERT, "There is nothing to choose from");
        return;
    }
    if (question->stands &&
        strcmp(question->stands,
               question->choice[(size_t)model->court_choice]) != 0) {
        model->court_deed = COURT_DECIDE;
        prompt_open(model, PROMPT_REASON, "");
        return;
    }
    send(step, COURT_DECIDE, NULL);
}

void court_reason(struct step *step, const char *text)
{
    struct model *model = step->model;

    if (text[0] == '\0') {
        model_say(model, TONE_ALERT, "It wants a reason; Esc leaves it be");
        return;
    }
    model->prompt.kind = PROMPT_NONE;
    send(step, model->court_deed, text);
}

static void move(struct model *model, int by)
{
    const struct court_question *question = court_question(model);
    int count = question ? (int)question->choices : 0;

    if (count > 0)
        model->court_choice = (model->court_choice + by + count) % count;
}

bool court_key(struct step *step, uint32_t key)
{
    const struct court_question *question = court_question(step->model);

    if (!question || key < '1' || key > '9' ||
        (size_t)(key - '1') >= question->choices || is_done(question))
        return false;
    step->model->court_choice = (int)(key - '1');
    return true;
}

bool court_action(struct step *step, enum action action)
{
    struct model *model = step->model;

    if (timeline_action(step, action))
        return true;
    switch (action) {
    case ACTION_TAKE:
        decide(step);
        return true;
    case ACTION_CURSOR_UP:
    case ACTION_CURSOR_DOWN:
        move(model, action == ACTION_CURSOR_UP ? -1 : 1);
        return true;
    case ACTION_QUESTION_NEXT:
        focus(model, (model->court_question + 1) % model->court->count);
        return true;
    case ACTION_QUESTION_BACK:
        focus(model, (model->court_question + model->court->count - 1) %
                         model->court->count);
        return true;
    case ACTION_BACK: /* to her own judgement of it, which can be another */
        model->court = NULL;
        item_again(step);
        return true;
    case ACTION_PAGE_UP:
        step_scroll(step, -5);
        return true;
    case ACTION_PAGE_DOWN:
        model->scroll += 5;
        return true;
    case ACTION_SEND_BACK:
        model->court_deed = COURT_SEND_BACK;
        prompt_open(model, PROMPT_REASON, "");
        return true;
    case ACTION_UNDO:
        send(step, COURT_UNDO, NULL);
        return true;
    case ACTION_SKIP:
    case ACTION_FORWARD:
        leave(step);
        return true;
    case ACTION_REPLAY:
    case ACTION_PLAY_PAUSE:
    case ACTION_SEEK_BACK:
    case ACTION_SEEK_ON:
        play_action(step, action);
        return true;
    default:
        return false;
    }
}
