/*
 * update_segments_find - labels and notes of marks that are written or chosen
 * from a list; finding a mark by them; going to a time.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "annotate/app/update_internal.h"
#include "common/base/number.h"
#include "common/base/utf8.h"

/* --- labels and notes ---------------------------------------------------- */

static void ask_label(struct step *step)
{
    struct model *model = step->model;
    const struct segment *segment = marks_need_selected(model);
    const struct tier *tier = model_tier(model);

    if (!segment)
        return;
    if (!tier_has_labels(tier)) {
        model_say(model, TONE_ALERT, "Marks of this tier have no labels");
        return;
    }
    if (tier->option_count == 0) {
        prompt_open(model, PROMPT_LABEL_WORDS, segment->label);
        return;
    }
    prompt_open(model, PROMPT_LABEL, "");
    for (size_t i = 0; i < tier->option_count; i++) {
        if (strcmp(tier->option[i].value, segment->label) == 0)
            model->prompt.reason = i;
    }
}

/* The row of the list that the cursor is on. */
static void take_label(struct step *step)
{
    struct model *model = step->model;
    const struct segment *segment = model_segment(model);
    const struct tier *tier = model_tier(model);
    size_t row = model->prompt.reason;

    model->prompt.kind = PROMPT_NONE;
    if (segment && row < tier->option_count)
        marks_label(step, segment, tier->option[row].value);
}

static void write_note(struct step *step, const char *text)
{
    struct model *model = step->model;
    const struct segment *segment = model_segment(model);
    struct event_segment event = marks_event(model, segment);

    event.note = (char *)text;
    if (segment && strcmp(segment->note, text) != 0)
        marks_do(step, EVENT_SEGMENT_CHANGED, &event);
}

/* --- finding ------------------------------------------------------------- */

/* As people read it, as it is kept, or in its note. */
static bool matches(const struct model *model, const struct tier *tier,
                    const struct segment *segment)
{
    const struct question_option *option = tier_option(tier, segment->label);

    return utf8_holds(segment->label, model->sought) ||
           utf8_holds(segment->note, model->sought) ||
           (option &&
            utf8_holds(model_text(model, &option->label), model->sought));
}

static bool is_called(const struct model *model, const struct segment *segment)
{
    const struct question *question = model_question(model);

    return matches(model,
                   &question->tier[question_tier(question, segment->tier)],
                   segment);
}

/* Is `a` the nearer one, seen from `here_us` in the direction? */
static bool is_nearer(const struct segment *a, const struct segment *b,
                      int direction)
{
    if (!b || a->from_us == b->from_us)
        return !b;
    return direction > 0 ? a->from_us < b->from_us : a->from_us > b->from_us;
}

/* On all tiers, from `here_us` on, where `from` is, if that is given. */
static const struct segment *find(const struct model *model,
                                  const struct segment *from, int64_t here_us,
                                  int direction)
{
    const struct question *question = model_question(model);
    const struct track *track = model_track(model, model->question);
    const struct segment *selected = model_segment(model);
    const struct segment *best = NULL;
    size_t here = from ? question_tier(question, from->tier) : 0;

    for (size_t t = 0; t < question->tier_count; t++) {
        const struct tier *tier = &question->tier[t];
        const struct track_tier *marks = track_tier(track, tier->id);

        for (size_t i = 0; i < marks->count; i++) {
            const struct segment *it = marks->item[i];
            int64_t ahead = direction * (it->from_us - here_us);

            /* Of those that begin together, tiers follow each other. */
            if (ahead < 0 || it == selected ||
                (ahead == 0 && from && (direction > 0 ? t <= here : t >= here)))
                continue;
            if (matches(model, tier, it) && is_nearer(it, best, direction))
                best = it;
        }
    }
    return best;
}

static void find_and_go(struct step *step, int direction)
{
    struct model *model = step->model;
    const struct segment *selected = model_segment(model);
    const struct segment *found;

    if (model->sought[0] == '\0') {
        prompt_open(model, PROMPT_FIND, "");
        return;
    }
    found =
        find(model, selected,
             selected ? selected->from_us : marks_heard_us(step), direction);
    if (!found) { /* around the end of the item */
        found = find(model, NULL,
                     direction > 0 ? model->playback.from_us
                                   : model->playback.to_us,
                     direction);
        if (found)
            model_say(model, TONE_PLAIN, "No more %s here; from the %s on",
                      direction > 0 ? "after" : "before",
                      direction > 0 ? "beginning" : "end");
    }
    if (found)
        marks_visit(step, found);
    else
        model_say(model, TONE_ALERT, "No %smark is called \"%s\"",
                  selected && is_called(model, selected) ? "other " : "",
                  model->sought);
}

/* "75.5", "1:15.5", "1:02:03": from the beginning of the item. */
static bool parse_time(const char *text, int64_t *us)
{
    int64_t whole = 0, seconds;

    for (const char *colon; (colon = strchr(text, ':')); text = colon + 1) {
        char part[16];
        int64_t number;

        if (colon - text >= (int)sizeof(part))
            return false;
        memcpy(part, text, (size_t)(colon - text));
        part[colon - text] = '\0';
        if (!number_parse_int(part, &number) || number < 0 || number > 100000)
            return false;
        whole = (whole + number) * 60;
    }
    if (!number_parse_seconds(text, &seconds))
        return false;
    *us = whole * 1000000 + seconds;
    return true;
}

static void jump(struct step *step, const char *text)
{
    struct model *model = step->model;
    const struct playback *playback = &model->playback;
    int64_t us;

    if (!parse_time(text, &us)) {
        model_say(model, TONE_ALERT,
                  "\"%s\" is no time; write seconds, or 1:15.5", text);
        return;
    }
    if (us > playback->to_us - playback->from_us) {
        model_say(model, TONE_ALERT, "The item ends before that");
        return;
    }
    model->prompt.kind = PROMPT_NONE;
    play_seek_to(step, playback->from_us + us);
    timeline_show(&model->timeline, playback->from_us + us);
}

/* --- prompts ------------------------------------------------------------- */

void marks_prompt(struct step *step, const char *text)
{
    struct model *model = step->model;
    enum prompt_kind kind = model->prompt.kind;

    if (kind == PROMPT_JUMP) { /* stays open when it is no time */
        jump(step, text);
        return;
    }
    if (kind == PROMPT_LABEL) {
        take_label(step);
        return;
    }
    model->prompt.kind = PROMPT_NONE;
    if (kind == PROMPT_MARK_NOTE) {
        write_note(step, text);
    } else if (kind == PROMPT_LABEL_WORDS && model_segment(model)) {
        marks_label(step, model_segment(model), text);
    } else if (kind == PROMPT_FIND) {
        snprintf(model->sought, sizeof(model->sought), "%s", text);
        if (text[0])
            find_and_go(step, 1);
    }
}

bool segments_find(struct step *step, enum action action)
{
    struct model *model = step->model;
    const struct segment *segment;

    switch (action) {
    case ACTION_SEGMENT_LABEL:
        ask_label(step);
        return true;
    case ACTION_OTHER:
        segment = marks_need_selected(model);
        if (segment && model_tier(model)->free_label)
            prompt_open(model, PROMPT_LABEL_WORDS,
                        tier_option(model_tier(model), segment->label)
                            ? ""
                            : segment->label);
        else if (segment)
            model_say(model, TONE_ALERT,
                      "Labels of this tier are those of the protocol");
        return true;
    case ACTION_SEGMENT_NOTE:
        segment = marks_need_selected(model);
        if (segment)
            prompt_open(model, PROMPT_MARK_NOTE, segment->note);
        return true;
    case ACTION_FIND:
        prompt_open(model, PROMPT_FIND, "");
        return true;
    case ACTION_FIND_NEXT:
    case ACTION_FIND_BACK:
        find_and_go(step, action == ACTION_FIND_NEXT ? 1 : -1);
        return true;
    case ACTION_JUMP:
        prompt_open(model, PROMPT_JUMP, "");
        return true;
    default:
        return false;
    }
}
