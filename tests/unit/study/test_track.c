/*
 * track - intervals and points keep to their rules, and every deed can be
 * taken back.
 */
#include <config.h>

#include "common/study/track.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/study/protocol.h"

/* speech holds words, words hold bursts that may overlap; points anywhere. */
static const char json[] =
    "{\"mien\": 1, \"name\": \"t\", \"version\": \"1.0\", \"instructions\":"
    " \"I\", \"questions\": [{\"id\": \"q\", \"type\": \"segments\","
    " \"none\": true, \"tiers\": ["
    "{\"id\": \"speech\", \"min_duration\": 0.1,"
    " \"options\": [{\"value\": \"s\", \"key\": \"s\"}]},"
    "{\"id\": \"burst\", \"parent\": \"speech\", \"may_overlap\": true,"
    " \"free_label\": true, \"attributes\": [{\"id\": \"strength\","
    " \"type\": \"scale\", \"min\": 1, \"max\": 5}]},"
    "{\"id\": \"breath\", \"kind\": \"point\"}]}]}";

static const struct track_bounds bounds = { 0, 10000000 };

struct scene {
    struct protocol *protocol;
    const struct question *question;
    struct track track;
    uint8_t made; /* ids so far */
    struct error err;
};

static void open_scene(struct scene *scene)
{
    memset(scene, 0, sizeof(*scene));
    scene->protocol = protocol_parse(json, strlen(json), "test", &scene->err);
    if (!scene->protocol)
        fail_msg("%s", scene->err.text);
    scene->question = &scene->protocol->question[0];
}

static void close_scene(struct scene *scene)
{
    track_release(&scene->track);
    protocol_free(scene->protocol);
}

/* Does it where the rules allow it. */
static bool act(struct scene *scene, enum event_kind kind,
                const struct event_segment *event)
{
    uint8_t id[EVENT_HASH_SIZE] = { ++scene->made };
    struct track_deed deed;
    bool good;

    if (!track_resolve(&scene->track, kind, event, id, &deed, &scene->err))
        return false;
    good = track_allows(&scene->track, scene->question, &bounds, &deed,
                        &scene->err);
    if (good)
        track_apply(&scene->track, &deed);
    track_deed_release(&deed);
    return good;
}

/* Times in milliseconds; to -1: it runs.  The id's first byte, or 0. */
static uint8_t put(struct scene *scene, const char *tier, int from, int to)
{
    struct event_segment event = {
        .tier = (char *)tier,
        .label = strcmp(tier, "speech") == 0 ? "s" : "",
        .has_from = true,
        .from_us = from * INT64_C(1000),
        .has_to = to >= 0,
        .to_us = to * INT64_C(1000),
    };

    return act(scene, EVENT_SEGMENT_ADDED, &event) ? scene->made : 0;
}

static struct event_segment about(uint8_t id)
{
    struct event_segment event = { .has_segment = true };

    event.segment[0] = id;
    return event;
}

static bool move(struct scene *scene, uint8_t id, int from, int to)
{
    struct event_segment event = about(id);

    event.has_from = from >= 0;
    event.from_us = from * INT64_C(1000);
    event.has_to = to >= 0;
    event.to_us = to * INT64_C(1000);
    return act(scene, EVENT_SEGMENT_CHANGED, &event);
}

static bool take_away(struct scene *scene, uint8_t id)
{
    struct event_segment event = about(id);

    return act(scene, EVENT_SEGMENT_DELETED, &event);
}

/* The reason of the last refusal holds the text. */
static void refused(const struct scene *scene, const char *text)
{
    if (!strstr(scene->err.text, text))
        fail_msg("refused with \"%s\", not \"%s\"", scene->err.text, text);
}

static void intervals_of_a_tier_may_touch_but_not_overlap(void **state)
{
    struct scene scene;

    (void)state;
    open_scene(&scene);
    assert_true(put(&scene, "speech", 1000, 2000));
    assert_true(put(&scene, "speech", 2000, 3000));
    assert_false(put(&scene, "speech", 1900, 2000));
    refused(&scene, "It would lie over s (1 to 2 s)");
    assert_false(put(&scene, "speech", 500, 1001));
    assert_false(put(&scene, "speech", 0, 5000));
    assert_false(put(&scene, "speech", 1200, 1800));
    assert_false(put(&scene, "speech", 1000, 2000));
    assert_true(put(&scene, "speech", 0, 1000));
    assert_int_equal(scene.track.count, 3);
    close_scene(&scene);
}

static void points_of_a_tier_have_times_of_their_own(void **state)
{
    struct scene scene;

    (void)state;
    open_scene(&scene);
    assert_true(put(&scene, "breath", 1000, 1000));
    assert_true(put(&scene, "breath", 1001, 1001));
    assert_false(put(&scene, "breath", 1000, 1000));
    refused(&scene, "It would lie over");
    assert_false(put(&scene, "breath", 2000, 2001));
    refused(&scene, "\"breath\" has points, no intervals");
    close_scene(&scene);
}

static void times_lie_in_the_medium_and_last_long_enough(void **state)
{
    struct scene scene;

    (void)state;
    open_scene(&scene);
    assert_false(put(&scene, "speech", 9000, 10001));
    refused(&scene, "outside of what is heard");
    assert_true(put(&scene, "speech", 9000, 10000));
    assert_false(put(&scene, "speech", 1000, 1099));
    refused(&scene, "shorter than 0.1 s");
    assert_true(put(&scene, "speech", 1000, 1100));
    assert_false(put(&scene, "speech", 3000, 3000));
    refused(&scene, "end before it has begun");
    close_scene(&scene);
}

static void a_child_lies_inside_a_parent(void **state)
{
    struct scene scene;
    uint8_t speech;

    (void)state;
    open_scene(&scene);
    assert_false(put(&scene, "burst", 1200, 1300));
    refused(&scene, "inside a segment of \"speech\"");
    speech = put(&scene, "speech", 1000, 2000);
    assert_true(put(&scene, "burst", 1200, 1300));
    assert_true(put(&scene, "burst", 1250, 2000));
    assert_false(put(&scene, "burst", 1900, 2001));
    assert_false(put(&scene, "burst", 999, 1100));
    assert_false(move(&scene, speech, 1201, -1));
    refused(&scene, "It holds a mark without a label (1.2 to 1.3 s)");
    assert_false(move(&scene, speech, -1, 1250));
    assert_false(take_away(&scene, speech));
    refused(&scene, "and 1 more");
    assert_true(move(&scene, speech, 1200, 2500));
    close_scene(&scene);
}

static void a_parent_that_is_split_keeps_its_children_inside(void **state)
{
    struct scene scene;
    struct event_segment split;
    uint8_t speech;

    (void)state;
    open_scene(&scene);
    speech = put(&scene, "speech", 1000, 2000);
    assert_true(put(&scene, "burst", 1200, 1300));
    split = about(speech);
    split.has_at = true;
    split.at_us = 1250000;
    assert_false(act(&scene, EVENT_SEGMENT_SPLIT, &split));
    refused(&scene, "It holds");
    split.at_us = 1300000;
    assert_true(act(&scene, EVENT_SEGMENT_SPLIT, &split));
    split.segment[0] = speech;
    split.at_us = 1350000;
    assert_false(act(&scene, EVENT_SEGMENT_SPLIT, &split));
    refused(&scene, "between its edges");
    assert_int_equal(track_tier(&scene.track, "speech")->count, 2);
    close_scene(&scene);
}

static void an_interval_that_runs_ends_before_what_follows(void **state)
{
    struct scene scene;
    uint8_t runs;

    (void)state;
    open_scene(&scene);
    assert_true(put(&scene, "speech", 3000, 4000));
    assert_false(put(&scene, "speech", 3500, -1));
    runs = put(&scene, "speech", 1000, -1);
    assert_int_not_equal(runs, 0);
    assert_false(put(&scene, "speech", 2000, -1));
    refused(&scene, "still running");
    assert_true(put(&scene, "burst", 1500, -1));
    assert_false(move(&scene, runs, -1, 3001));
    refused(&scene, "It would lie over s (3 to 4 s)");
    assert_true(move(&scene, runs, -1, 3000));
    close_scene(&scene);
}

static void labels_and_attributes_are_those_of_the_protocol(void **state)
{
    struct scene scene;
    struct event_segment event;
    uint8_t speech, burst;

    (void)state;
    open_scene(&scene);
    speech = put(&scene, "speech", 1000, 2000);
    burst = put(&scene, "burst", 1000, 2000);
    event = about(speech);
    event.label = "sob";
    assert_false(act(&scene, EVENT_SEGMENT_CHANGED, &event));
    refused(&scene, "does not offer the label \"sob\"");
    event = about(burst);
    event.label = "sob";
    assert_true(act(&scene, EVENT_SEGMENT_CHANGED, &event));
    event = about(burst);
    segment_values_set(&event.values, "strength", "6");
    assert_false(act(&scene, EVENT_SEGMENT_CHANGED, &event));
    refused(&scene, "does not offer \"6\" for \"strength\"");
    segment_values_set(&event.values, "strength", "5");
    assert_true(act(&scene, EVENT_SEGMENT_CHANGED, &event));
    assert_string_equal(
        segment_value(track_find(&scene.track, event.segment), "strength"),
        "5");
    segment_values_set(&event.values, "strength", "");
    assert_true(act(&scene, EVENT_SEGMENT_CHANGED, &event));
    assert_string_equal(
        segment_value(track_find(&scene.track, event.segment), "strength"), "");
    segment_values_release(&event.values);
    close_scene(&scene);
}

static void two_that_merge_cover_what_lies_between(void **state)
{
    struct scene scene;
    struct event_segment merge;
    const struct segment *both;
    uint8_t first, second;

    (void)state;
    open_scene(&scene);
    first = put(&scene, "speech", 1000, 2000);
    second = put(&scene, "speech", 2500, 3000);
    merge = about(first);
    merge.has_with = true;
    merge.with[0] = second;
    assert_true(act(&scene, EVENT_SEGMENT_MERGED, &merge));
    both = track_find(&scene.track, merge.segment);
    assert_int_equal(both->from_us, 1000000);
    assert_int_equal(both->to_us, 3000000);
    assert_null(track_find(&scene.track, merge.with));
    close_scene(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_of_a_tier_may_touch_but_not_overlap),
        cmocka_unit_test(points_of_a_tier_have_times_of_their_own),
        cmocka_unit_test(times_lie_in_the_medium_and_last_long_enough),
        cmocka_unit_test(a_child_lies_inside_a_parent),
        cmocka_unit_test(a_parent_that_is_split_keeps_its_children_inside),
        cmocka_unit_test(an_interval_that_runs_ends_before_what_follows),
        cmocka_unit_test(labels_and_attributes_are_those_of_the_protocol),
        cmocka_unit_test(two_that_merge_cover_what_lies_between),
    };

    return cmocka_run_group_tests_name("track", tests, NULL, NULL);
}
