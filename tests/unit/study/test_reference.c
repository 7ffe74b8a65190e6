/* reference - what is right of grids, sets and marks. */
#include <config.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/study/fold.h"
#include "common/study/protocol.h"
#include "common/study/reference.h"

static const char text[] =
    "{\"mien\":1,\"name\":\"t\",\"version\":\"1.0\",\"questions\":["
    "{\"id\":\"affect\",\"type\":\"grid\",\"x\":{\"min\":1,\"max\":9},"
    "\"y\":{\"min\":1,\"max\":9}},"
    "{\"id\":\"moods\",\"type\":\"choice\",\"many\":true,\"options\":["
    "{\"value\":\"a\",\"key\":\"a\"},{\"value\":\"b\",\"key\":\"b\"},"
    "{\"value\":\"c\",\"key\":\"c\"}]},"
    "{\"id\":\"bursts\",\"type\":\"segments\",\"none\":{\"key\":\"0\"},"
    "\"tiers\":[{\"id\":\"voice\",\"may_overlap\":true,\"options\":["
    "{\"value\":\"laugh\",\"key\":\"l\"},{\"value\":\"sob\",\"key\":\"s\"}]},"
    "{\"id\":\"breath\",\"kind\":\"point\"}]},"
    "{\"id\":\"why\",\"type\":\"text\"}]}";

static struct protocol *protocol;

static const struct question *question(const char *id)
{
    return protocol_question(protocol, id);
}

static struct conduct_reference rules(double tolerance, double min_overlap)
{
    return (struct conduct_reference){ .attribute = "a",
                                       .rise = "",
                                       .tier = "voice",
                                       .tolerance = tolerance,
                                       .min_overlap = min_overlap };
}

static bool right(const char *id, const struct conduct_reference *reference,
                  const char *value, const char *truth)
{
    struct event_answer answer;
    struct error err;
    char *payload = xasprintf("{\"question\":\"%s\",\"value\":%s}", id, value);
    double distance;
    bool is;

    assert_true(event_read_answer(payload, &answer, &err));
    assert_true(reference_reads(question(id), reference, truth));
    is = reference_is_right(question(id), reference,
                            &(struct reference_given){ .answer = &answer },
                            truth, &distance);
    event_answer_release(&answer);
    free(payload);
    return is;
}

static void both_axes_of_a_grid_must_be_near(void **state)
{
    struct conduct_reference two = rules(2, NAN);

    (void)state;
    assert_true(right("affect", NULL, "{\"x\":3,\"y\":7}", "3,7"));
    assert_true(
        right("affect", NULL, "{\"x\":4,\"y\":6}", "3,7")); /* a step each */
    assert_false(right("affect", NULL, "{\"x\":5,\"y\":7}", "3,7"));
    assert_true(right("affect", &two, "{\"x\":5,\"y\":7}", "3,7"));
    assert_false(right("affect", &two, "{\"x\":5,\"y\":9}", "3,6.9"));
    assert_false(reference_reads(question("affect"), NULL, "3"));
    assert_false(reference_reads(question("affect"), NULL, "3,10"));
    assert_false(reference_reads(question("affect"), NULL, "3,x"));
}

static void a_set_must_be_that_set_or_share_as_much_as_is_wanted(void **state)
{
    struct conduct_reference half = rules(NAN, 0.5);

    (void)state;
    assert_true(right("moods", NULL, "[\"a\",\"b\"]", "a"));
    assert_true(right("moods", NULL, "[\"b\",\"a\"]", "a|b"));
    assert_false(right("moods", NULL, "[\"a\"]", "a|b"));
    assert_false(right("moods", NULL, "[\"a\",\"b\",\"c\"]", "a|b"));
    /* One of two is a half; one of three is not. */
    assert_true(right("moods", &half, "[\"a\"]", "a|b"));
    assert_false(right("moods", &half, "[\"a\",\"c\"]", "a|b"));
    assert_false(reference_reads(question("moods"), NULL, "a|d"));
}

/* Each of `mark` is "label from to", in milliseconds; ends with NULL. */
static bool marked(const struct conduct_reference *reference, int64_t begins_us,
                   const char *truth, const char *const *mark)
{
    static const char *const ids[] = { "0" };
    struct reference_given given = { .begins_us = begins_us };
    struct fold fold;
    double distance;
    bool is;

    fold_init(&fold, ids, 1);
    for (int i = 0; mark[i]; i++) {
        char label[16];
        int from, to;
        struct event event = { .kind = EVENT_SEGMENT_ADDED,
                               .name = "segment-added",
                               .entry = "0" };
        char *payload;

        assert_int_equal(sscanf(mark[i], "%15s %d %d", label, &from, &to), 3);
        payload = xasprintf("{\"from_us\":%lld,\"label\":\"%s\",\"question\":"
                            "\"bursts\",\"tier\":\"voice\",\"to_us\":%lld}",
                            begins_us + from * 1000LL, label,
                            begins_us + to * 1000LL);
        event.payload = payload;
        event.hash[0] = (uint8_t)(i + 1);
        fold_apply(&fold, &event);
        free(payload);
    }
    given.track = fold_track(&fold, 0, "bursts");
    assert_true(reference_reads(question("bursts"), reference, truth));
    is = reference_is_right(question("bursts"), reference, &given, truth,
                            &distance);
    fold_release(&fold);
    return is;
}

#define MARKS(...)        \
    (const char *const[]) \
    {                     \
        __VA_ARGS__, NULL \
    }

static void edges_of_marks_must_be_within_the_tolerance(void **state)
{
    struct conduct_reference near = rules(0.1, NAN);
    const char *truth = "laugh 1.2 1.85; sob 3 3.4";

    (void)state;
    assert_true(
        marked(&near, 0, truth, MARKS("laugh 1200 1850", "sob 3000 3400")));
    assert_true(marked(&near, 5000000, truth,
                       MARKS("sob 3100 3300", "laugh 1100 1950")));
    assert_false(
        marked(&near, 0, truth, MARKS("laugh 1200 1951", "sob 3000 3400")));
    assert_false(
        marked(&near, 0, truth, MARKS("sob 1200 1850", "sob 3000 3400")));
    assert_false(marked(&near, 0, truth, MARKS("laugh 1200 1850")));
    assert_false(
        marked(&near, 0, truth,
               MARKS("laugh 1200 1850", "sob 3000 3400", "sob 4000 4100")));
    assert_true(marked(&near, 0, "@none", (const char *const[]){ NULL }));
    assert_false(marked(&near, 0, "@none", MARKS("sob 1 2")));
}

/* 0.8 of 1 s is shared; 0.7 s of the second one. */
static void marks_must_share_as_much_as_is_wanted(void **state)
{
    struct conduct_reference most = rules(NAN, 0.75);

    (void)state;
    assert_true(marked(&most, 0, "sob 1 2", MARKS("sob 1200 2000")));
    assert_false(marked(&most, 0, "sob 1 2", MARKS("sob 1300 2000")));
}

/* The first fits both, the second only one: a greedy match would fail. */
static void one_mark_gives_way_to_another(void **state)
{
    struct conduct_reference near = rules(0.3, NAN);

    (void)state;
    assert_true(marked(&near, 0, "sob 1.2 2.2; sob 1.4 2.4",
                       MARKS("sob 1150 2150", "sob 1000 2000")));
}

static void what_is_not_written_so_is_no_reference(void **state)
{
    static const char *const bad[] = { "laugh",     "laugh 1", "laugh 2 1",
                                       "cough 1 2", "1 2",     "laugh 1 2;",
                                       "laugh 1 2x" };
    struct conduct_reference near = rules(0.1, NAN);
    struct conduct_reference point = rules(0.1, NAN);
    struct conduct_reference vague = rules(NAN, NAN);

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(reference_reads(question("bursts"), &near, bad[i]));
    assert_true(reference_reads(question("bursts"), &near, " laugh  1 2 "));
    point.tier = "breath";
    assert_true(reference_reads(question("bursts"), &point, "1.5; 2"));
    assert_false(reference_reads(question("bursts"), &point, "1.5 2"));
    assert_false(reference_judges(question("bursts"), &vague));
    assert_false(reference_judges(question("bursts"), NULL));
    assert_false(reference_judges(question("why"), &near));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_axes_of_a_grid_must_be_near),
        cmocka_unit_test(a_set_must_be_that_set_or_share_as_much_as_is_wanted),
        cmocka_unit_test(edges_of_marks_must_be_within_the_tolerance),
        cmocka_unit_test(marks_must_share_as_much_as_is_wanted),
        cmocka_unit_test(one_mark_gives_way_to_another),
        cmocka_unit_test(what_is_not_written_so_is_no_reference),
    };
    struct error err;
    int failed;

    protocol = protocol_parse(text, strlen(text), "t", &err);
    if (!protocol) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    failed = cmocka_run_group_tests_name("reference", tests, NULL, NULL);
    protocol_free(protocol);
    return failed;
}
