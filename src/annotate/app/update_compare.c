/*
 * update_compare - two of which one is judged more: which of them is heard.
 *
 * Both are one medium (reader_pair.h), the first, a silence, the second: it
 * plays through, or one of them alone.  What is answered is an option, as of
 * any choice.
 */
#include <config.h>

#include "annotate/app/update_internal.h"

static bool is_compare(enum action action)
{
    return action == ACTION_PLAY_FIRST || action == ACTION_PLAY_SECOND;
}

static void play_side(struct step *step, int side)
{
    int64_t from_us, to_us;

    if (item_reopen(step))
        return;
    model_side(step->model, side, &from_us, &to_us);
    play_part(step, from_us, to_us);
}

bool compare_action(struct step *step, enum action action)
{
    struct model *model = step->model;

    if (!is_compare(action))
        return false;
    if (model_pair(model))
        play_side(step, action == ACTION_PLAY_SECOND);
    else
        model_say(model, TONE_ALERT, "There is only one item to judge here");
    return true;
}

bool compare_key(struct step *step, uint32_t key)
{
    struct model *model = step->model;
    enum action action = keymap_action(model->keymap, key);

    if (!is_compare(action) || !model_pair(model))
        return false;
    play_side(step, action == ACTION_PLAY_SECOND);
    return true;
}

void compare_press(struct step *step, const struct hit *hit)
{
    if (model_pair(step->model))
        play_side(step, hit->index);
}
