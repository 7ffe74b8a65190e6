/* event - payloads are canonical and read back the same. */
#include <config.h>

#include "common/study/event.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void kinds_are_found_by_their_names(void **state)
{
    (void)state;
    for (int i = 0; i < EVENT_KIND_COUNT; i++)
        assert_int_equal(event_kind_of(event_name((enum event_kind)i)), i);
    assert_int_equal(event_kind_of("no-such-kind"), EVENT_UNKNOWN);
    assert_true(event_has(EVENT_ANSWER_SET, EVENT_IS_KEPT));
    assert_false(event_has(EVENT_PLAY, EVENT_IS_KEPT));
    assert_false(event_has(EVENT_UNKNOWN, EVENT_IS_ASKED));
}

static void reads_back(const char *payload)
{
    struct event_answer answer;
    struct event_answer copy;
    struct error err;
    char *again;

    assert_true(event_read_answer(payload, &answer, &err));
    again = event_payload_answer(&answer);
    assert_string_equal(again, payload);
    event_answer_copy(&copy, &answer);
    assert_true(event_answer_same(&answer, &copy));
    event_answer_release(&answer);
    event_answer_release(&copy);
    free(again);
}

static void answers_of_every_kind_read_back_the_same(void **state)
{
    (void)state;
    reads_back("{\"question\":\"emotion\",\"value\":\"anger\"}");
    reads_back("{\"intensity\":3,\"question\":\"e\",\"value\":\"anger\"}");
    reads_back("{\"question\":\"valence\",\"value\":-0.25}");
    reads_back("{\"question\":\"e\",\"value\":[\"anger\",\"fear\"]}");
    reads_back("{\"question\":\"e\",\"value\":[]}");
    reads_back("{\"question\":\"e\",\"text\":\"sp\xc3\xb6ttisch \\\"so\\\"\","
               "\"value\":\"@other\"}");
}

static void what_does_not_read_is_refused_with_its_place(void **state)
{
    struct event_answer answer;
    struct error err;
    uint8_t hash[EVENT_HASH_SIZE];

    (void)state;
    assert_false(event_read_answer("{\"value\":1}", &answer, &err));
    assert_non_null(strstr(err.text, "question"));
    assert_false(event_read_answer("{\"question\":\"e\",\"value\":true}",
                                   &answer, &err));
    assert_false(event_read_answer("[]", &answer, &err));
    assert_false(
        event_read_answer("{\"question\":\"e\",\"value\":[1]}", &answer, &err));
    assert_non_null(strstr(err.text, "value[0]"));
    assert_false(event_read_undo("{\"event\":\"12\"}", hash, &err));
}

static void reserved_answers_are_told_from_values(void **state)
{
    struct event_answer answer;
    struct error err;

    (void)state;
    event_read_answer("{\"question\":\"e\",\"value\":\"@cannot_tell\"}",
                      &answer, &err);
    assert_true(event_answer_reserved(&answer));
    event_answer_release(&answer);
    event_read_answer("{\"question\":\"e\",\"value\":\"@other\"}", &answer,
                      &err);
    assert_false(event_answer_reserved(&answer));
    event_answer_release(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_found_by_their_names),
        cmocka_unit_test(answers_of_every_kind_read_back_the_same),
        cmocka_unit_test(what_does_not_read_is_refused_with_its_place),
        cmocka_unit_test(reserved_answers_are_told_from_values),
    };

    return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
