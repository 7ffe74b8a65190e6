/*
 * event_timing - what the journal says of how well things were timed.
 *
 *     session-started  has "timing": {"source":"measured", "latency_ms":..,
 *                      "latency_sd_ms":.., "buffer_ms":.., "key_sd_ms":..,
 *                      "round_ms":.., "round_sd_ms":.., "uncertainty_ms":..}
 *     every event with a media time has "uncertainty_ms", one standard
 *     deviation (timing.h), where it is known and not 0
 */
#ifndef MIEN_STUDY_EVENT_TIMING_H
#define MIEN_STUDY_EVENT_TIMING_H

#include <stdint.h>

#include "common/base/error.h"
#include "common/study/timing.h"

struct json_document;

/* Take the payload and return one with the member added; both the caller's. */
char *event_payload_with_timing(char *payload, const struct timing *timing);
char *event_payload_with_uncertainty(char *payload, double uncertainty_ms);
/* Reads it back, in microseconds; 0 where there is none. */
bool event_want_uncertainty(const struct json_document *document, int64_t *us,
                            struct error *err);

#endif
