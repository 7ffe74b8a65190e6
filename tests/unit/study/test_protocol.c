/* protocol - what is read of a protocol file, and what is asked of it. */
#include <config.h>

#include "common/study/protocol.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/study/protocol_check.h"

enum { SHIPPED = 11 };

/* A protocol of one choice and one scale; the smallest that asks both. */
static const char small[] =
    "{\"mien\": 1, \"name\": \"small\", \"version\": \"2.3\","
    " \"instructions\": {\"en\": \"Listen.\", \"de\": \"Bitte zuhören.\"},"
    " \"show\": [\"waveform\", \"text\"],"
    " \"questions\": ["
    "  {\"id\": \"emotion\", \"type\": \"choice\","
    "   \"options\": [{\"value\": \"anger\", \"key\": \"a\","
    "                  \"label\": {\"en\": \"anger\", \"de\": \"Ärger\"}},"
    "                 {\"value\": \"neutral\", \"key\": \"ä\","
    "                  \"intensity\": false}],"
    "   \"other\": {\"key\": \"o\"}, \"cannot_tell\": true,"
    "   \"intensity\": {\"min\": 0, \"max\": 1, \"step\": 0.1},"
    "   \"agreement\": {\"primary\": \"alpha\", \"min\": 0.67},"
    "   \"adjudication\": [{\"rule\": \"majority\", \"min_share\": 0.6,"
    "                       \"min_raters\": 3}, {\"rule\": \"soft\"}]},"
    "  {\"id\": \"arousal\", \"type\": \"scale\", \"min\": 1, \"max\": 9,"
    "   \"low\": \"calm\", \"high\": {\"de\": \"erregt\"},"
    "   \"points\": [{\"value\": 5, \"label\": \"medium\"}],"
    "   \"figure\": \"sam-arousal\"}],"
    " \"playback\": {\"max_replays\": 2, \"speeds\": [1, 0.5]}}";

static struct protocol *parse(const char *text)
{
    struct error err = { 0 };
    struct protocol *protocol =
        protocol_parse(text, strlen(text), "p.json", &err);

    if (!protocol)
        fail_msg("%s", err.text);
    return protocol;
}

static void a_question_has_its_options_then_the_other_answers(void **state)
{
    struct protocol *protocol = parse(small);
    const struct question *emotion = protocol_question(protocol, "emotion");

    (void)state;
    assert_int_equal(protocol->question_count, 2);
    assert_int_equal(emotion->value_count, 2);
    assert_int_equal(emotion->option_count, 4);
    assert_string_equal(emotion->option[2].value, "@other");
    assert_int_equal(emotion->option[2].kind, ANSWER_OTHER);
    assert_int_equal(emotion->option[2].code, 'o');
    assert_string_equal(emotion->option[3].value, "@cannot_tell");
    assert_int_equal(emotion->option[3].code, 0);
    assert_int_equal(emotion->option[1].code, 0xe4);
    assert_string_equal(localized_pick(&emotion->option[1].label, "de"),
                        "neutral");
    assert_ptr_equal(question_option_by_code(emotion, 'a'),
                     &emotion->option[0]);
    assert_null(question_option_by_code(emotion, 0));
    assert_int_equal(emotion->rule_count, 2);
    assert_true(emotion->rule[0].min_share == 0.6);
    assert_int_equal(emotion->agreement, PRIMARY_ALPHA);
    assert_true(isnan(protocol->question[1].agreement_min));
    protocol_free(protocol);
}

static void what_the_file_leaves_out_has_its_default(void **state)
{
    struct protocol *protocol = parse(small);

    (void)state;
    assert_int_equal(protocol->major, 2);
    assert_int_equal(protocol->minor, 3);
    assert_int_equal(protocol->unit, UNIT_CLIP);
    assert_int_equal(protocol->order, ORDER_RANDOM);
    assert_int_equal(protocol->show, SHOW_WAVEFORM | SHOW_TEXT);
    assert_int_equal(protocol->playback.max_replays, 2);
    assert_int_equal(protocol->playback.speed_count, 2);
    assert_false(protocol->playback.silent);
    assert_true(protocol->revise);
    assert_int_equal(protocol->record, RECORD_TIMING);
    assert_string_equal(protocol->skip[0].value, "distressing");
    assert_string_equal(localized_pick(&protocol->title, "fr"), "small");
    assert_string_equal(localized_pick(&protocol->question[1].text, NULL),
                        "arousal");
    protocol_free(protocol);
}

static void distressing_is_always_a_reason_to_skip(void **state)
{
    static const char text[] =
        "{\"mien\": 1, \"name\": \"x\", \"version\": \"1.0\","
        " \"skip_reasons\": [{\"value\": \"noise\", \"key\": \"n\"}],"
        " \"questions\": [{\"id\": \"a\", \"type\": \"scale\","
        " \"min\": 1, \"max\": 5}]}";
    struct protocol *protocol = parse(text);

    (void)state;
    assert_int_equal(protocol->skip_count, 2);
    assert_string_equal(protocol->skip[1].value, "distressing");
    protocol_free(protocol);
}

static void only_what_is_offered_is_accepted(void **state)
{
    struct protocol *protocol = parse(small);
    const struct question *emotion = &protocol->question[0];
    const struct question *arousal = &protocol->question[1];
    struct error err;

    (void)state;
    assert_true(question_accepts(emotion, "anger", &err));
    assert_true(question_accepts(emotion, "@other", &err));
    assert_true(question_accepts(emotion, "@skipped", &err));
    assert_true(question_accepts(arousal, "@technical_fault", &err));
    assert_false(question_accepts(emotion, "@mixed", &err));
    assert_false(question_accepts(emotion, "fear", &err));
    assert_string_equal(
        err.text, "emotion: the protocol does not offer the answer \"fear\"");
    assert_true(question_accepts(arousal, "9", &err));
    assert_false(question_accepts(arousal, "10", &err));
    assert_false(question_accepts(arousal, "2.5", &err));
    assert_false(question_accepts(arousal, "@cannot_tell", &err));
    assert_false(question_accepts(arousal, "@bored", &err));
    assert_true(question_accepts_intensity(emotion, "anger", 0.3, &err));
    assert_false(question_accepts_intensity(emotion, "anger", 0.35, &err));
    assert_false(question_accepts_intensity(emotion, "neutral", 0.3, &err));
    assert_false(question_accepts_intensity(arousal, "3", 0.3, &err));
    protocol_free(protocol);
}

static void a_scale_of_tenths_has_eleven_exact_points(void **state)
{
    struct scale scale = { .min = 0, .max = 1, .step = 0.1 };

    (void)state;
    assert_int_equal(scale_count(&scale), 11);
    assert_true(scale_value(&scale, 3) == 0.3);
    assert_int_equal(scale_index(&scale, 0.7), 7);
    assert_int_equal(scale_index(&scale, 0.71), -1);
    assert_int_equal(scale_index(&scale, -0.1), -1);
    scale.step = 0.3;
    assert_int_equal(scale_count(&scale), 0);
}

static void points_are_named_by_themselves_or_by_the_anchors(void **state)
{
    struct protocol *protocol = parse(small);
    const struct scale *scale = &protocol->question[1].scale;

    (void)state;
    assert_string_equal(scale_label(scale, 0, "de"), "calm");
    assert_string_equal(scale_label(scale, 4, "en"), "medium");
    assert_string_equal(scale_label(scale, 8, "en"), "erregt");
    assert_string_equal(scale_label(scale, 1, "en"), "");
    protocol_free(protocol);
}

static void a_text_is_picked_by_language_then_english_then_first(void **state)
{
    struct localized_text item[] = { { "pt", "raiva" },
                                     { "pt-BR", "bravo" },
                                     { "en", "anger" } };
    struct localized text = { .item = item, .count = 3 };

    (void)state;
    assert_string_equal(localized_pick(&text, "pt_BR.UTF-8"), "bravo");
    assert_string_equal(localized_pick(&text, "pt_PT"), "raiva");
    assert_string_equal(localized_pick(&text, "ptx"), "anger");
    assert_string_equal(localized_pick(&text, "C"), "anger");
    text.count = 2;
    assert_string_equal(localized_pick(&text, NULL), "raiva");
    text.count = 0;
    assert_string_equal(localized_pick(&text, "pt"), "");
}

static void layout_does_not_change_the_hash_but_words_do(void **state)
{
    struct protocol *a = parse(small);
    char *spaced = xasprintf("\n %s \n", small);
    struct protocol *b = parse(spaced);

    (void)state;
    assert_string_equal(a->hash_hex, b->hash_hex);
    assert_string_equal(a->canonical, b->canonical);
    assert_string_equal(b->source, spaced);
    assert_int_equal(b->source_length, strlen(spaced));
    memcpy(strstr(spaced, "calm"), "tame", 4);
    protocol_free(b);
    b = parse(spaced);
    assert_string_not_equal(a->hash_hex, b->hash_hex);
    assert_true(protocol_compatible(a, b));
    protocol_free(a);
    protocol_free(b);
    free(spaced);
}

static void every_shipped_protocol_is_without_fault(void **state)
{
    size_t shipped = 0;

    (void)state;
    for (const struct embedded_file *file = protocol_embedded; file->name;
         file++) {
        struct fault_list faults = { 0 };
        struct protocol *protocol = NULL;
        struct error err;

        if (!protocol_read(file->text, file->length, file->name, &faults,
                           &protocol, &err))
            fail_msg("%s", err.text);
        if (protocol)
            protocol_check(protocol, NULL, &faults);
        for (size_t i = 0; i < faults.count; i++)
            fail_msg("%s: %s: %s", file->name, faults.item[i].path,
                     faults.item[i].text);
        assert_string_equal(protocol->name, file->name);
        protocol_free(protocol);
        fault_release(&faults);
        shipped++;
    }
    assert_int_equal(shipped, SHIPPED);
}

static void an_unknown_name_gets_the_nearest_one(void **state)
{
    struct error err;

    (void)state;
    assert_null(protocol_load("ekman", &err));
    assert_string_equal(err.text, "no protocol is called \"ekman\"; did you "
                                  "mean \"ekman6\"?");
    assert_null(protocol_load("./none.json", &err));
    assert_non_null(strstr(err.text, "./none.json"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_has_its_options_then_the_other_answers),
        cmocka_unit_test(what_the_file_leaves_out_has_its_default),
        cmocka_unit_test(distressing_is_always_a_reason_to_skip),
        cmocka_unit_test(only_what_is_offered_is_accepted),
        cmocka_unit_test(a_scale_of_tenths_has_eleven_exact_points),
        cmocka_unit_test(points_are_named_by_themselves_or_by_the_anchors),
        cmocka_unit_test(a_text_is_picked_by_language_then_english_then_first),
        cmocka_unit_test(layout_does_not_change_the_hash_but_words_do),
        cmocka_unit_test(every_shipped_protocol_is_without_fault),
        cmocka_unit_test(an_unknown_name_gets_the_nearest_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
