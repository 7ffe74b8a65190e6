/*
 * frame - see frame.h.
 */
#include <config.h>

#include "common/signal/frame.h"

#include <assert.h>
#include <string.h>

int64_t frame_count(const struct frame_settings *settings, int64_t samples)
{
    assert(settings->size > 0 && settings->hop > 0);
    if (settings->centred)
        return (samples + settings->hop - 1) / settings->hop;
    if (samples < settings->size)
        return 0;
    return (samples - settings->size) / settings->hop + 1;
}

int64_t frame_begin(const struct frame_settings *settings, int64_t index)
{
    int64_t at = index * settings->hop;

    return settings->centred ? at - settings->size / 2 : at;
}

void frame_copy(const struct frame_settings *settings, const float *sample,
                int64_t samples, int64_t index, float *out)
{
    int64_t begin = frame_begin(settings, index);
    int64_t first = begin < 0 ? 0 : begin;
    int64_t end = begin + settings->size;

    if (end > samples)
        end = samples;
    memset(out, 0, (size_t)settings->size * sizeof(*out));
    if (end > first)
        memcpy(out + (first - begin), sample + first,
               (size_t)(end - first) * sizeof(*out));
}
