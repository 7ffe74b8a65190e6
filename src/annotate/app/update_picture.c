/*
 * update_picture - the pictures of a video, and going through them one by one.
 */
#include <config.h>

#include "annotate/app/update_internal.h"

void picture_state(struct step *step)
{
    struct model *model = step->model;
    struct picture *picture = &model->picture;
    const struct message *message = step->message;

    if (message->entry != model->position)
        return; /* of an entry that was left meanwhile */
    picture->state = message->picture;
    picture->width = message->width;
    picture->height = message->height;
    if (message->picture != PICTURE_HERE)
        picture_set(picture, NULL, 0, 0);
    if (message->picture == PICTURE_APART && !model->told_window)
        model_say(model, TONE_PLAIN, "The pictures are in a window");
    model->told_window |= message->picture == PICTURE_APART;
    if (message->picture == PICTURE_FAILED)
        model_say(model, TONE_ALERT, "%s", message->text);
}

void picture_cells(struct step *step)
{
    const struct message *message = step->message;

    if (message->entry == step->model->position)
        picture_set(&step->model->picture, message->cells, message->width,
                    message->height);
}

/* The picture was found: the effect is a seek like any other. */
void picture_found(struct step *step)
{
    struct model *model = step->model;

    if (step->message->entry == model->position && !model->playback.playing)
        play_seek_to(step, step->message->from_us);
}

static const char no_pictures[] = "No pictures are shown with this item";

/* To the picture before (-1) or after (1) the one that is shown. */
void picture_step(struct step *step, int direction)
{
    struct model *model = step->model;
    const struct playback *playback = &model->playback;

    if (!play_ready(model, no_pictures))
        return;
    if (model->picture.state == PICTURE_COMING) {
        model_say(model, TONE_PLAIN, "The pictures are still being read");
        return;
    }
    if (model->picture.state != PICTURE_HERE &&
        model->picture.state != PICTURE_APART) {
        model_say(model, TONE_ALERT, "%s", no_pictures);
        return;
    }
    if (playback->playing) {
        effects_add(step->effects, EFFECT_PAUSE);
        model_say(model, TONE_PLAIN, "Paused; again to step by pictures");
        return;
    }
    if (!picture_may_see(model))
        return;
    effects_add_number(step->effects, EFFECT_STEP, direction);
}

/* Where hearings are counted, what was played as often may not be seen. */
bool picture_may_see(struct model *model)
{
    if (model->picture.state == PICTURE_NONE || model_hearings_left(model) != 0)
        return true;
    model_say(model, TONE_ALERT,
              "Seen and heard as often as this protocol allows");
    return false;
}
