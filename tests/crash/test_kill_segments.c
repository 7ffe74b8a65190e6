/*
 * test_kill_segments - kept means kept: marks, while they run, are edited,
 * split, merged, deleted, undone and redone.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "killing.h"

static const char protocol[] =
    "{\"mien\":1,\"name\":\"marks\",\"version\":\"1.0\",\"title\":\"Marks\","
    "\"instructions\":\"Listen.\",\"unit\":\"clip\",\"order\":\"random\","
    "\"questions\":[{\"id\":\"q\",\"type\":\"segments\",\"none\":true,"
    "\"tiers\":[{\"id\":\"emotion\",\"options\":["
    "{\"value\":\"glad\",\"key\":\"g\"},{\"value\":\"dull\",\"key\":\"d\"}],"
    "\"attributes\":[{\"id\":\"strength\",\"type\":\"scale\",\"min\":1,"
    "\"max\":5}]},{\"id\":\"breath\",\"kind\":\"point\",\"options\":["
    "{\"value\":\"sigh\",\"key\":\"s\"}]}]}],"
    "\"playback\":{\"must_hear_all\":false},\"advance\":\"key\"}";

static void put_line(struct rng *rng, struct buf *out)
{
    static const char *const lines[] = {
        "g",
        "g",
        "d",
        "d",
        "s",
        "s",
        "3",
        "5",
        "mark-in",
        "mark-out",
        "mark-out",
        "segment-back",
        "edge-on",
        "edge-back",
        "edge-on-far",
        "undo",
        "undo",
        "redo",
        "clear",
        "jump\ntext 0.5\nEnter",
        "segment-here\nsegment-split",
        "edge-snap",
        "segment-merge",
    };

    if (rng_below(rng, 40) == 0)
        buf_add_text(out, "mark-out\ng\nsubmit\n");
    else
        buf_addf(out, "tick %d\n%s\n", (int)rng_below(rng, 60000),
                 lines[rng_below(rng, LENGTH_OF(lines))]);
}

static bool wants(const char *line)
{
    return strstr(line, "@segment-") || strstr(line, "@undo") ||
           strstr(line, "@redo");
}

/* As the script writes it. */
static bool line_of(const struct event *event, char **line, struct error *err)
{
    struct event_segment it;
    struct buf out = { 0 };

    if (event->kind == EVENT_UNDO || event->kind == EVENT_REDO)
        *line = xasprintf("%s @%s", event->entry, event->name);
    if (!event_is_segment(event->kind))
        return true;
    if (!event_read_segment(event->kind, event->payload, &it, err))
        return false;
    buf_addf(&out, "%s %s @%s", event->entry, it.question, event->name);
    if (it.tier)
        buf_addf(&out, " tier %s", it.tier);
    if (it.label)
        buf_addf(&out, " label %s", it.label[0] ? it.label : "-");
    if (it.has_from)
        buf_addf(&out, " from %lld", (long long)it.from_us);
    if (it.has_to)
        buf_addf(&out, " to %lld", (long long)it.to_us);
    if (it.has_at)
        buf_addf(&out, " at %lld", (long long)it.at_us);
    for (size_t i = 0; i < it.values.count; i++)
        buf_addf(&out, " %s %s", it.values.item[i].attribute,
                 it.values.item[i].value);
    *line = buf_steal(&out);
    event_segment_release(&it);
    return true;
}

/* What was kept keeps to the rules, too: no two emotions at once. */
static const char *check(const struct fold *fold)
{
    for (size_t e = 0; e < fold->count; e++) {
        const struct track *track = fold_track(fold, e, "q");
        const struct track_tier *marks =
            track ? track_tier(track, "emotion") : NULL;
        int64_t end_us = 0;

        for (size_t i = 0; marks && i < marks->count; i++) {
            const struct segment *it = marks->item[i];

            if (segment_runs(it))
                continue;
            if (it->from_us < end_us || it->to_us <= it->from_us)
                return "marks lie over each other";
            end_us = it->to_us;
        }
    }
    return NULL;
}

int main(void)
{
    static const struct killing killing = {
        .name = "test/kill segments",
        .protocol = protocol,
        .frames = 48000, /* 3 s */
        .kills = 250,
        .lines = 300,
        .put_line = put_line,
        .wants = wants,
        .line_of = line_of,
        .check = check,
    };

    return kill_all(&killing);
}
