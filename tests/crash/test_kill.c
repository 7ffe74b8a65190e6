/*
 * test_kill - kept means kept: answers.
 */
#include <config.h>

#include <string.h>

#include "common/base/mem.h"
#include "killing.h"

static const char protocol[] =
    "{\"mien\":1,\"name\":\"quick\",\"version\":\"1.0\",\"title\":\"Quick\","
    "\"purpose\":\"a test\",\"instructions\":{\"en\":\"Listen.\"},"
    "\"unit\":\"clip\",\"order\":\"random\",\"show\":[\"waveform\"],"
    "\"questions\":[{\"id\":\"emotion\",\"type\":\"choice\","
    "\"measure\":\"nominal\",\"options\":[{\"value\":\"glad\",\"key\":\"g\"},"
    "{\"value\":\"dull\",\"key\":\"d\"}]}],"
    "\"playback\":{\"must_hear_all\":false},\"advance\":\"last-answer\"}";

static void put_line(struct rng *rng, struct buf *out)
{
    buf_add_text(out, rng_below(rng, 2) ? "g\n" : "d\n");
}

/* "ENTRY QUESTION VALUE" */
static bool wants(const char *line)
{
    return !strchr(line, '@');
}

static bool line_of(const struct event *event, char **line, struct error *err)
{
    struct event_answer answer;

    if (event->kind != EVENT_ANSWER_SET)
        return true;
    if (!event_read_answer(event->payload, &answer, err))
        return false;
    *line = xasprintf("%s %s %s", event->entry, answer.question,
                      answer.values.item[0]);
    event_answer_release(&answer);
    return true;
}

int main(void)
{
    static const struct killing killing = {
        .name = "test/kill",
        .protocol = protocol,
        .frames = 800, /* 0.05 s */
        .kills = 200,
        .put_line = put_line,
        .wants = wants,
        .line_of = line_of,
    };

    return kill_all(&killing);
}
