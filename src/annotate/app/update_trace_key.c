/*
 * update_trace_key - keys, the mouse and the joystick on a trace.
 */
#include <config.h>

#include <math.h>
#include <string.h>

#include "annotate/app/update_internal.h"

static void tell(struct step *step, enum pen_deed deed, size_t axis,
                 double value)
{
    struct tracing *trace = &step->model->trace;
    struct pen_move move = { step->message->host_us, deed, axis, value };

    pen_tell(&trace->pen, &move);
    if (!trace->running) /* nobody samples: it is there at once */
        pen_run(&trace->pen, step->message->host_us);
}

/* Two dimensions have one across and one upwards; a single one goes up. */
static void push(struct step *step, int x, int y)
{
    struct tracing *trace = &step->model->trace;
    const struct question_trace *rules = trace->pen.rules;
    int way = rules->count > 1 ? y : x + y;
    size_t axis = rules->count > 1 && y != 0 ? 1 : 0;
    double range = trace_range(&rules->dimension[axis]);

    if (axis == 0 && rules->count > 1)
        way = x;
    trace->inputs.keys++;
    if (rules->motion == TRACE_BY_VELOCITY)
        tell(step, PEN_SPEED, axis, way * rules->velocity * range);
    else
        tell(step, PEN_BY, axis, way * rules->step * range);
}

static void halt(struct step *step)
{
    step->model->trace.inputs.keys++;
    for (size_t i = 0; i < step->model->trace.pen.rules->count; i++)
        tell(step, PEN_SPEED, i, 0);
}

static void back_to_start(struct step *step)
{
    const struct question_trace *rules = step->model->trace.pen.rules;

    halt(step);
    for (size_t i = 0; i < rules->count; i++)
        tell(step, PEN_TO, i, rules->dimension[i].start);
}

/*
 * A digit puts it somewhere at once: 1 to 9 from the lowest to the highest;
 * in a plane as they lie on a keypad.
 */
static void jump(struct step *step, int digit)
{
    const struct question_trace *rules = step->model->trace.pen.rules;
    const struct trace_dimension *across = &rules->dimension[0];
    const struct trace_dimension *up = &rules->dimension[1];

    halt(step);
    if (rules->count == 1) {
        tell(step, PEN_TO, 0,
             across->min + (digit - 1) / 8.0 * trace_range(across));
        return;
    }
    tell(step, PEN_TO, 0,
         across->min + (digit - 1) % 3 / 2.0 * trace_range(across));
    tell(step, PEN_TO, 1,
         up->min + (double)((digit - 1) / 3) / 2.0 * trace_range(up));
}

/* Of an unbounded one: a digit or a click would say where, not which way. */
static void no_places(struct step *step)
{
    model_say(step->model, TONE_PLAIN,
              "Only up and down count in this trace: it has no places");
}

static bool may_move(const struct model *model, enum trace_input input)
{
    const struct tracing *trace = &model->trace;

    return trace->armed && model->page == PAGE_ITEM &&
           model->question == trace->question &&
           (trace->pen.rules->inputs & input);
}

bool trace_key(struct step *step, uint32_t key)
{
    const struct model *model = step->model;

    if (key < '0' || key > '9' || !may_move(model, TRACE_KEYS))
        return false;
    if (key == '0')
        back_to_start(step);
    else if (model->trace.pen.rules->mode == TRACE_ABSOLUTE)
        jump(step, (int)(key - '0'));
    else
        no_places(step);
    return true;
}

/* Keys that move it, while it is armed. */
static bool move_action(struct step *step, enum action action)
{
    if (!may_move(step->model, TRACE_KEYS))
        return false;
    switch (action) {
    case ACTION_CURSOR_UP:
    case ACTION_TRACE_UP:
        push(step, 0, 1);
        return true;
    case ACTION_CURSOR_DOWN:
    case ACTION_TRACE_DOWN:
        push(step, 0, -1);
        return true;
    case ACTION_SEEK_BACK:
    case ACTION_TRACE_LEFT:
        push(step, -1, 0);
        return true;
    case ACTION_SEEK_ON:
    case ACTION_TRACE_RIGHT:
        push(step, 1, 0);
        return true;
    case ACTION_TRACE_HOLD:
        halt(step);
        return true;
    case ACTION_TRACE_START:
        back_to_start(step);
        return true;
    default:
        return false;
    }
}

/* What a locked pass does not let happen. */
static bool moves_time(enum action action)
{
    switch (action) {
    case ACTION_PLAY_PAUSE:
    case ACTION_REPLAY:
    case ACTION_SEEK_BACK_TENTH:
    case ACTION_SEEK_ON_TENTH:
    case ACTION_SEEK_BACK:
    case ACTION_SEEK_ON:
    case ACTION_SEEK_BACK_FAR:
    case ACTION_SEEK_ON_FAR:
    case ACTION_HEAR_LAST:
    case ACTION_LOOP:
    case ACTION_SLOWER:
    case ACTION_FASTER:
        return true;
    default:
        return false;
    }
}

static void begin(struct step *step)
{
    struct model *model = step->model;
    struct fold_span hole;

    if (model->trace.armed) {
        effects_add(step->effects, EFFECT_PAUSE);
        trace_stop(step, TRACE_STOPPED);
        return;
    }
    if (model_trace_hole(model, model->question, &hole)) {
        trace_arm(step, hole.from_us, hole.to_us, false);
        return;
    }
    model_say(model, TONE_ALERT,
              "All of it is traced; select a part to trace it again, or go "
              "back to where it should be traced anew");
}

static void retrace(struct step *step)
{
    struct model *model = step->model;
    const struct playback *playback = &model->playback;
    int64_t from_us =
        playback->at_end ? playback->from_us : playback->position_us;
    int64_t to_us = playback->to_us;

    if (model->trace.armed) {
        model_say(model, TONE_ALERT, "A trace is under way; stop it first");
        return;
    }
    if (playback->medium == MEDIUM_READY &&
        timeline_selection(&model->timeline, &from_us, &to_us))
        timeline_select_none(&model->timeline);
    trace_arm(step, from_us, to_us, true);
}

static void discard(struct step *step)
{
    struct model *model = step->model;
    const char *id = model_question(model)->id;
    int version = fold_trace_version(&model->fold, model->position, id);

    if (model->trace.armed) {
        model_say(model, TONE_ALERT, "A trace is under way; stop it first");
    } else if (version == 0) {
        model_say(model, TONE_ALERT, "There is no trace to take back");
    } else if (item_may_change(step)) {
        step_append(step, EVENT_TRACE_DISCARDED,
                    event_payload_discard(id, version));
        model_say(model, TONE_GOOD, "Version %d of the trace is taken back",
                  version);
    }
}

static bool pass_action(struct step *step, enum action action)
{
    struct model *model = step->model;
    struct fold_span hole;

    switch (action) {
    case ACTION_TAKE:
        if (model->cursor >= 0 || model_answer(model, model->question) ||
            (!model->trace.armed &&
             !model_trace_hole(model, model->question, &hole)))
            return false;
        begin(step);
        return true;
    case ACTION_TRACE:
        begin(step);
        return true;
    case ACTION_RETRACE:
        retrace(step);
        return true;
    case ACTION_CANCEL:
        if (!model->trace.armed)
            return false;
        begin(step); /* which stops it */
        return true;
    case ACTION_CLEAR:
        if (model_answer(model, model->question))
            return false;
        discard(step);
        return true;
    default:
        return false;
    }
}

bool trace_locks(struct step *step)
{
    struct model *model = step->model;
    char key[KEY_NAME_SIZE];

    if (!model->trace.running ||
        model->trace.pen.rules->transport != TRACE_LOCKED)
        return false;
    model_say(model, TONE_ALERT,
              "This trace goes in one go; %s stops it, to begin anew",
              key_name(keymap_key(model->keymap, ACTION_CANCEL), key));
    return true;
}

static bool refuses(struct step *step, enum action action)
{
    struct model *model = step->model;
    char key[KEY_NAME_SIZE];

    if (!model->trace.running)
        return false;
    if (moves_time(action) && trace_locks(step))
        return true;
    if (action == ACTION_LOOP || action == ACTION_QUESTION_NEXT ||
        action == ACTION_QUESTION_BACK) {
        model_say(model, TONE_ALERT, "A trace is under way; %s stops it",
                  key_name(keymap_key(model->keymap, ACTION_CANCEL), key));
        return true;
    }
    return false;
}

bool trace_action(struct step *step, enum action action)
{
    if (model_trace(step->model) &&
        (move_action(step, action) || pass_action(step, action)))
        return true;
    if (refuses(step, action))
        return true;
    if (action >= ACTION_TRACE && action <= ACTION_TRACE_START) {
        model_say(step->model, TONE_ALERT, "%s",
                  model_trace(step->model) ? "Nothing is being traced"
                                           : "This question is no trace");
        return true;
    }
    return false;
}

void trace_mouse(struct step *step)
{
    struct tracing *trace = &step->model->trace;
    const struct hit *hit = &step->message->hit;
    const struct trace_dimension *dimension;
    double x = hit->x;
    double y = 1 - hit->y;

    if (!may_move(step->model, TRACE_MOUSE))
        return;
    if (trace->pen.rules->mode != TRACE_ABSOLUTE) {
        if (step->message->mouse.deed == MOUSE_PRESS)
            no_places(step);
        return;
    }
    trace->inputs.mouse++;
    dimension = trace->pen.rules->dimension;
    if (trace->pen.rules->count > 1) {
        tell(step, PEN_TO, 0,
             dimension[0].min + x * trace_range(&dimension[0]));
        tell(step, PEN_TO, 1,
             dimension[1].min + y * trace_range(&dimension[1]));
        return;
    }
    if (hit->part == HIT_TRACE)
        x = y; /* of the pane; the slider lies across */
    tell(step, PEN_TO, 0, dimension[0].min + x * trace_range(&dimension[0]));
}

bool trace_wheel(struct step *step, int direction)
{
    struct tracing *trace = &step->model->trace;
    const struct question_trace *rules = trace->pen.rules;
    size_t axis;

    if (!may_move(step->model, TRACE_MOUSE))
        return false;
    axis = rules->count - 1;
    trace->inputs.mouse++;
    tell(step, PEN_BY, axis,
         direction * rules->step * trace_range(&rules->dimension[axis]));
    return true;
}

/* Off its middle by -1 .. 1, once the dead zone is taken away. */
static double deflection(const struct question_trace *rules, double way)
{
    double size = fabs(way);

    if (size <= rules->dead_zone)
        return 0;
    size = (size - rules->dead_zone) / (1 - rules->dead_zone) * rules->gain;
    return way < 0 ? -size : size;
}

bool model_trace_held(const struct model *model)
{
    const struct tracing *trace = &model->trace;

    if (!trace->plugged || !may_move(model, TRACE_STICK))
        return false;
    for (size_t i = 0; i < TRACE_DIMENSIONS; i++)
        if (deflection(trace->pen.rules, trace->stick[i]) != 0)
            return true;
    return false;
}

void trace_steer(struct step *step)
{
    struct tracing *trace = &step->model->trace;
    const struct question_trace *rules = trace->pen.rules;

    if (!trace->plugged || !may_move(step->model, TRACE_STICK))
        return;
    for (size_t i = 0; i < rules->count; i++) {
        const struct trace_dimension *dimension = &rules->dimension[i];
        /* A single dimension follows the stick's way up and down. */
        double way = deflection(rules, trace->stick[rules->count > 1 ? i : 1]);
        double range = trace_range(dimension);

        if (rules->spring && rules->mode == TRACE_ABSOLUTE)
            tell(step, PEN_TO, i,
                 (dimension->min + dimension->max + way * range) / 2);
        else
            tell(step, PEN_SPEED, i, way * rules->velocity * range);
    }
}

void trace_stick(struct step *step)
{
    struct tracing *trace = &step->model->trace;

    trace->plugged = step->message->plugged;
    memcpy(trace->stick, step->message->stick, sizeof(trace->stick));
    if (!may_move(step->model, TRACE_STICK))
        return;
    trace->inputs.stick++;
    trace_steer(step);
}
