/*
 * export_mine_marks - marks and passes of traces in annotators' own record.
 *
 * Times are seconds from the item's beginning, as in the lead's exports.
 */
#include <config.h>

#include "annotate/export_mine_marks.h"

#include <string.h>

#include "common/base/number.h"

enum { RUNS = -1 }; /* an edge that is not there */

static void set_span(struct mine_mark *mark, int64_t begins_us, int64_t from_us,
                     int64_t to_us)
{
    mark->start_us = from_us - begins_us;
    mark->end_us = to_us == RUNS ? RUNS : to_us - begins_us;
}

static void add_track(const struct fold_track *track, int64_t begins_us,
                      struct mine_marks *out)
{
    for (size_t t = 0; t < track->track.tier_count; t++) {
        const struct track_tier *tier = &track->track.tier[t];

        for (size_t i = 0; i < tier->count; i++) {
            const struct segment *segment = tier->item[i];
            bool point = segment->to_us == segment->from_us;
            struct mine_mark mark = {
                .question = track->question,
                .tier = tier->id,
                .segment = segment,
                .start_sd_us = segment->from_sd_us,
                .end_sd_us = point ? 0 : segment->to_sd_us,
            };

            set_span(&mark, begins_us, segment->from_us,
                     point || segment_runs(segment) ? RUNS : segment->to_us);
            VEC_PUSH(out, mark);
        }
    }
}

static void add_pass(const struct fold_pass *pass, int64_t begins_us,
                     struct mine_marks *out)
{
    struct mine_mark mark = {
        .question = pass->begin.question,
        .pass = pass,
        .start_sd_us = pass->begin.uncertainty_us,
        .end_sd_us = pass->begin.uncertainty_us,
    };

    if (pass->count == 0)
        return; /* broken off before its first sample */
    set_span(&mark, begins_us, pass->first_us, pass->last_us);
    VEC_PUSH(out, mark);
}

void mine_marks_list(const struct fold_entry *entry, int64_t begins_us,
                     struct mine_marks *out)
{
    memset(out, 0, sizeof(*out));
    for (size_t q = 0; q < entry->tracks.count; q++)
        add_track(&entry->tracks.item[q], begins_us, out);
    for (size_t i = 0; i < entry->passes.count; i++)
        add_pass(&entry->passes.item[i], begins_us, out);
}

void mine_mark_seconds(int64_t us, struct buf *out)
{
    char text[NUMBER_TEXT_SIZE];

    if (us >= 0)
        buf_add_text(out, number_format_seconds(us, text));
}

void mine_mark_attributes(const struct mine_mark *mark, struct buf *out)
{
    const struct segment *segment = mark->segment;

    for (size_t i = 0; segment && i < segment->values.count; i++)
        buf_addf(out, "%s%s=%s", i ? "|" : "",
                 segment->values.item[i].attribute,
                 segment->values.item[i].value);
}

static void pair_seconds(struct json_writer *json, const char *key, int64_t us)
{
    if (us >= 0)
        json_pair_number(json, key, (double)us / 1e6);
}

void mine_mark_json(const struct mine_mark *mark, size_t item,
                    struct json_writer *json)
{
    const struct segment *segment = mark->segment;

    json_begin_object(json);
    json_pair_int(json, "item", (int64_t)item + 1);
    json_pair_text(json, "question", mark->question);
    if (segment) {
        json_pair_text(json, "tier", mark->tier);
        json_pair_text(json, "label", segment->label);
        json_pair_text(json, "note", segment->note);
        json_put_key(json, "attributes");
        json_begin_object(json);
        for (size_t i = 0; i < segment->values.count; i++)
            json_pair_text(json, segment->values.item[i].attribute,
                           segment->values.item[i].value);
        json_end_object(json);
    } else {
        json_pair_int(json, "version", mark->pass->begin.version);
        json_pair_int(json, "samples", mark->pass->count);
        json_pair_bool(json, "taken_back", mark->pass->discarded);
    }
    pair_seconds(json, "start", mark->start_us);
    pair_seconds(json, "end", mark->end_us);
    if (mark->start_sd_us > 0)
        pair_seconds(json, "start_uncertainty", mark->start_sd_us);
    if (mark->end_sd_us > 0)
        pair_seconds(json, "end_uncertainty", mark->end_sd_us);
    json_end_object(json);
}
