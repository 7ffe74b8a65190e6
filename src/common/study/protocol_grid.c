/*
 * protocol_grid - questions of two dimensions at once: grids, and wheels of
 * options; and questions in the annotator's own words.
 *
 * The affect grid: Russell, J. A., Weiss, A. & Mendelsohn, G. A. (1989).
 * Affect Grid: a single-item scale of pleasure and arousal. J. Pers. Soc.
 * Psychol. 57(3), 493-502.  The wheel: Scherer, K. R. (2005). What are
 * emotions? And how can they be measured? Soc. Sci. Inf. 44(4), 695-729.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/study/protocol_internal.h"

enum { PATH_SIZE = 64, TEXT_ROWS = 3, TEXT_ROWS_MAX = 10 };

static const char *const axis_keys[] = { "min",  "max",    "step", "low",
                                         "high", "points", NULL };
static const char *const corner_keys[] = { "bottom_left", "bottom_right",
                                           "top_left", "top_right", NULL };
static const char *const wheel_figures[] = { "wheel", NULL };

enum question_measure protocol_usual_measure(enum question_type type)
{
    switch (type) {
    case QUESTION_SCALE:
        return MEASURE_ORDINAL;
    case QUESTION_GRID:
    case QUESTION_TRACE:
        return MEASURE_INTERVAL;
    default:
        return MEASURE_NOMINAL;
    }
}

static void read_axis(const struct descriptor *reading, const struct json *node,
                      const char *key, struct scale *scale)
{
    const struct json *axis =
        descriptor_member(reading, node, key, JSON_OBJECT);

    scale->figure = "";
    if (!axis) {
        descriptor_fault_at(reading, node, key,
                            "is missing; a grid needs x and y, each an object "
                            "with min, max, low and high");
        return;
    }
    descriptor_keys(reading, axis, axis_keys);
    protocol_read_scale(reading, axis, scale);
}

static void refuse_keys(const struct descriptor *reading,
                        const struct json *node, const char *const *keys,
                        const char *why)
{
    for (size_t i = 0; keys[i]; i++) {
        if (json_member(node, keys[i]))
            descriptor_fault_at(reading, node, keys[i], "%s", why);
    }
}

bool protocol_read_grid(const struct descriptor *reading,
                        const struct json *node, struct question *question)
{
    static const char *const own[] = { "x", "y", "corners", NULL };
    const struct json *corners;

    if (question->type != QUESTION_GRID) {
        refuse_keys(reading, node, own, "belongs to a grid");
        return question->type == QUESTION_CHOICE &&
               json_member(node, "figure") &&
               descriptor_choice(reading, node, "figure", wheel_figures, -1) ==
                   0;
    }
    refuse_keys(reading, node, axis_keys,
                "belongs to one of the two scales of a grid, \"x\" or \"y\"");
    question->has_scale = true;
    read_axis(reading, node, "x", &question->scale);
    read_axis(reading, node, "y", &question->rise);
    corners = descriptor_member(reading, node, "corners", JSON_OBJECT);
    if (corners)
        descriptor_keys(reading, corners, corner_keys);
    for (size_t i = 0; i < CORNER_COUNT; i++)
        question->corner[i] =
            descriptor_localized(reading, corners, corner_keys[i]);
    return false;
}

void protocol_read_text(const struct descriptor *reading,
                        const struct json *node, struct question *question)
{
    static const char *const own[] = { "rows", "max_length", NULL };

    if (question->type != QUESTION_TEXT) {
        refuse_keys(reading, node, own, "belongs to a text");
        return;
    }
    question->rows =
        descriptor_int(reading, node, "rows", TEXT_ROWS, 1, TEXT_ROWS_MAX);
    question->max_length = descriptor_int(
        reading, node, "max_length", QUESTION_TEXT_MAX, 1, QUESTION_TEXT_MAX);
}

void protocol_check_grid(size_t q, const struct question *question,
                         struct fault_list *faults)
{
    char path[PATH_SIZE];

    if (question->wheel && question->value_count < 4) {
        snprintf(path, sizeof(path), "questions[%zu].figure", q);
        fault_add(faults, path,
                  "is a wheel of %zu options; a wheel needs four or more",
                  question->value_count);
    }
    if (question->wheel && question->many) {
        snprintf(path, sizeof(path), "questions[%zu].many", q);
        fault_add(faults, path,
                  "is true, but a wheel takes one answer; leave it out");
    }
    if (question->type != QUESTION_GRID)
        return;
    snprintf(path, sizeof(path), "questions[%zu].x.", q);
    protocol_check_scale(path, &question->scale, faults);
    snprintf(path, sizeof(path), "questions[%zu].y.", q);
    protocol_check_scale(path, &question->rise, faults);
}
