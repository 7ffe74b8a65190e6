/*
 * sink_null - takes samples at the pace of a device and drops them.
 *
 * In real time it stands in for a device that is missing; with a manual
 * clock it makes whatever stands on a clock testable.
 */
#ifndef MIEN_PLAY_SINK_NULL_H
#define MIEN_PLAY_SINK_NULL_H

#include "annotate/play/sink.h"

/* Never NULL. */
struct sink *sink_null_open(const struct sink_request *request, bool manual);

/*
 * Manual only: moves the clock to the next callback and makes it, if one is
 * due by `until_us`; else moves to `until_us` and returns false.
 */
bool sink_null_step(struct sink *sink, int64_t until_us);

#endif
