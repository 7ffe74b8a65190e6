/*
 * protocol_trace - reading and checking questions of type "trace".
 */
#include <config.h>

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/base/vec.h"
#include "common/study/protocol_internal.h"
#include "common/study/question_trace.h"

const char *const trace_mode_names[] = { "absolute", "unbounded", NULL };
const char *const trace_input_names[] = { "keys", "mouse", "stick", NULL };
const char *const trace_motion_names[] = { "step", "velocity", NULL };
const char *const trace_transport_names[] = { "free", "locked", NULL };

static const char *const dimension_keys[] = { "id",  "label", "min",   "max",
                                              "low", "high",  "start", NULL };
static const char *const key_keys[] = { "motion", "step", "velocity", NULL };
static const char *const stick_keys[] = { "spring", "dead_zone", "gain", NULL };

/*
 * The orientation at the start of a trace takes a median of 8 s: Schubert, E.
 * (2013), Reliability issues regarding the beginning, middle and end of
 * continuous emotion ratings to music, Psychology of Music 41(3).
 */
enum { SETTLE_SECONDS = 8, IDLE_SECONDS = 20 };

double trace_range(const struct trace_dimension *dimension)
{
    return dimension->max - dimension->min;
}

static void read_dimension(const struct descriptor *reading,
                           const struct json *node,
                           struct trace_dimension *dimension)
{
    *dimension = (struct trace_dimension){ .id = "", .min = -1, .max = 1 };
    if (json_kind(node) != JSON_OBJECT) {
        descriptor_fault(reading, node,
                         "must be an object: {\"id\": \"valence\", \"min\": "
                         "-1, \"max\": 1}");
        return;
    }
    descriptor_keys(reading, node, dimension_keys);
    dimension->id = descriptor_text(reading, node, "id", NULL);
    dimension->label = descriptor_localized(reading, node, "label");
    if (dimension->label.count == 0)
        dimension->label = descriptor_plain(reading, dimension->id);
    dimension->low = descriptor_localized(reading, node, "low");
    dimension->high = descriptor_localized(reading, node, "high");
    dimension->min = descriptor_number(reading, node, "min", -1, -1e6, 1e6);
    dimension->max = descriptor_number(reading, node, "max", 1, -1e6, 1e6);
    dimension->start =
        descriptor_number(reading, node, "start",
                          (dimension->min + dimension->max) / 2, -1e6, 1e6);
}

static void read_dimensions(const struct descriptor *reading,
                            const struct json *node,
                            struct question_trace *trace)
{
    const struct json *list =
        descriptor_member(reading, node, "dimensions", JSON_ARRAY);
    size_t count = json_count(list);

    if (count < 1 || count > TRACE_DIMENSIONS) {
        descriptor_fault_at(reading, node, "dimensions",
                            "has %zu; a trace has one dimension or two", count);
        return;
    }
    for (const struct json *item = json_first(list); item;
         item = json_next(item))
        read_dimension(reading, item, &trace->dimension[trace->count++]);
}

static unsigned read_inputs(const struct descriptor *reading,
                            const struct json *node)
{
    const struct json *list =
        descriptor_member(reading, node, "input", JSON_ARRAY);
    unsigned inputs = 0;

    if (!list)
        return TRACE_KEYS | TRACE_MOUSE | TRACE_STICK;
    for (const struct json *item = json_first(list); item;
         item = json_next(item)) {
        const char *name = json_text(item);
        unsigned bit = 0;

        for (size_t i = 0; name && trace_input_names[i]; i++)
            if (strcmp(name, trace_input_names[i]) == 0)
                bit = 1u << i;
        if (bit == 0)
            descriptor_fault(reading, item,
                             "must be \"keys\", \"mouse\" or \"stick\"");
        inputs |= bit;
    }
    return inputs;
}

static void read_keys(const struct descriptor *reading, const struct json *node,
                      struct question_trace *trace)
{
    const struct json *keys =
        descriptor_member(reading, node, "keys", JSON_OBJECT);

    trace->step = 0.05;
    trace->velocity = 0.25;
    if (!keys)
        return;
    descriptor_keys(reading, keys, key_keys);
    trace->motion = (enum trace_motion)descriptor_choice(
        reading, keys, "motion", trace_motion_names, TRACE_BY_STEP);
    trace->step = descriptor_number(reading, keys, "step", 0.05, 0.001, 0.5);
    trace->velocity =
        descriptor_number(reading, keys, "velocity", 0.25, 0.001, 10);
}

static void read_stick(const struct descriptor *reading,
                       const struct json *node, struct question_trace *trace)
{
    const struct json *stick =
        descriptor_member(reading, node, "stick", JSON_OBJECT);

    trace->spring = trace->mode == TRACE_ABSOLUTE;
    trace->dead_zone = 0.1;
    trace->gain = 1;
    if (!stick)
        return;
    descriptor_keys(reading, stick, stick_keys);
    trace->spring = descriptor_bool(reading, stick, "spring", trace->spring);
    trace->dead_zone =
        descriptor_number(reading, stick, "dead_zone", 0.1, 0, 0.9);
    trace->gain = descriptor_number(reading, stick, "gain", 1, 0.01, 100);
}

void protocol_read_trace(const struct descriptor *reading,
                         const struct json *node, struct question *question)
{
    struct question_trace *trace = arena_alloc(reading->arena, sizeof(*trace));

    question->trace = trace;
    read_dimensions(reading, node, trace);
    trace->mode = (enum trace_mode)descriptor_choice(
        reading, node, "mode", trace_mode_names, TRACE_ABSOLUTE);
    trace->inputs = read_inputs(reading, node);
    read_keys(reading, node, trace);
    read_stick(reading, node, trace);
    trace->transport = (enum trace_transport)descriptor_choice(
        reading, node, "transport", trace_transport_names, TRACE_FREE);
    trace->show_earlier = descriptor_bool(reading, node, "show_earlier", false);
    trace->idle_seconds =
        descriptor_number(reading, node, "idle_seconds", IDLE_SECONDS, 0, 3600);
    trace->settle_seconds = descriptor_number(reading, node, "settle_seconds",
                                              SETTLE_SECONDS, 0, 600);
}

/* A dimension's id becomes a word in a column. */
static bool is_id(const char *text)
{
    if (!isalpha((unsigned char)text[0]))
        return false;
    for (; *text; text++)
        if (!isalnum((unsigned char)*text) && *text != '_' && *text != '-')
            return false;
    return true;
}

static void check_dimension(const char *path,
                            const struct trace_dimension *dimension,
                            struct fault_list *faults)
{
    char place[160];

    snprintf(place, sizeof(place), "%s.id", path);
    if (dimension->id[0] && !is_id(dimension->id))
        fault_add(faults, place,
                  "is \"%s\"; it stands in a column: begin with a letter, "
                  "then letters, digits, _ or -",
                  dimension->id);
    snprintf(place, sizeof(place), "%s.max", path);
    if (dimension->min >= dimension->max) {
        fault_add(faults, place,
                  "is %g and min is %g; max must be greater than min",
                  dimension->max, dimension->min);
        return;
    }
    snprintf(place, sizeof(place), "%s.start", path);
    if (dimension->start < dimension->min || dimension->start > dimension->max)
        fault_add(faults, place, "is %g; it must lie from %g to %g",
                  dimension->start, dimension->min, dimension->max);
    snprintf(place, sizeof(place), "%s.low", path);
    if (dimension->low.count == 0 || dimension->high.count == 0)
        fault_add_warning(faults, place,
                          "or \"high\" is missing: nobody knows what the ends "
                          "mean; add both");
}

static void check_feel(const char *path, const struct question_trace *trace,
                       struct fault_list *faults)
{
    char place[160];

    snprintf(place, sizeof(place), "%s.input", path);
    if (trace->inputs == 0)
        fault_add(faults, place,
                  "is empty: nothing could move the trace; add \"keys\"");
    else if (!(trace->inputs & TRACE_KEYS))
        fault_add_warning(faults, place,
                          "leaves out \"keys\": whoever has no %s cannot work",
                          trace->inputs & TRACE_MOUSE ? "mouse" : "joystick");
    snprintf(place, sizeof(place), "%s.settle_seconds", path);
    if (trace->settle_seconds < 4)
        fault_add_warning(faults, place,
                          "is %g: people need a median of 8 s to find into a "
                          "trace (Schubert 2013)",
                          trace->settle_seconds);
    snprintf(place, sizeof(place), "%s.stick.spring", path);
    if (trace->mode == TRACE_UNBOUNDED && trace->spring &&
        (trace->inputs & TRACE_STICK))
        fault_add_warning(faults, place,
                          "is true, but an unbounded trace has no middle to "
                          "come back to: the stick says how fast; write "
                          "false");
}

void protocol_check_trace(const struct protocol *protocol, size_t q,
                          struct fault_list *faults)
{
    const struct question *question = &protocol->question[q];
    const struct question_trace *trace = question->trace;
    char path[64];

    for (size_t i = 0; i < trace->count; i++) {
        snprintf(path, sizeof(path), "questions[%zu].dimensions[%zu]", q, i);
        check_dimension(path, &trace->dimension[i], faults);
        if (i > 0 &&
            strcmp(trace->dimension[0].id, trace->dimension[i].id) == 0) {
            snprintf(path, sizeof(path), "questions[%zu].dimensions[1].id", q);
            fault_add(faults, path, "is \"%s\" as that of the first one is",
                      trace->dimension[i].id);
        }
    }
    snprintf(path, sizeof(path), "questions[%zu]", q);
    check_feel(path, trace, faults);
    snprintf(path, sizeof(path), "questions[%zu].measure", q);
    if (question->measure == MEASURE_NOMINAL)
        fault_add(faults, path, "is \"nominal\", but a trace has an order");
    if (trace->mode == TRACE_UNBOUNDED && question->measure > MEASURE_ORDINAL)
        fault_add_warning(faults, path,
                          "is \"%s\", but an unbounded trace says only up or "
                          "down; write \"ordinal\"",
                          question_measure_names[question->measure]);
    snprintf(path, sizeof(path), "playback.silent");
    if (protocol->playback.silent)
        fault_add(faults, path,
                  "is true, but a trace follows what is heard; leave it out");
    snprintf(path, sizeof(path), "playback.max_replays");
    if (protocol->playback.max_replays >= 0 && trace->transport == TRACE_FREE)
        fault_add_warning(faults, path,
                          "counts hearings, and each retrace of a part is "
                          "one; write \"transport\": \"locked\", or null here");
}
