/* protocol_check - each fault is named with its path and the mend. */
#include <config.h>

#include "common/study/protocol_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/vec.h"

/* Without fault; each test changes one place of it. */
static const char sound[] =
    "{\"mien\": 1, \"name\": \"p\", \"version\": \"1.0\",\n"
    " \"instructions\": {\"en\": \"Listen.\"}, \"unit\": \"clip\",\n"
    " \"context\": 0, \"show\": [\"waveform\"],\n"
    " \"questions\": [\n"
    "  {\"id\": \"emotion\", \"type\": \"choice\", \"text\": \"Which?\",\n"
    "   \"measure\": \"nominal\", \"many\": false, \"required\": true,\n"
    "   \"options\": [\n"
    "    {\"value\": \"anger\", \"key\": \"a\"},\n"
    "    {\"value\": \"fear\", \"key\": \"f\", \"label\": \"dread\"}],\n"
    "   \"cannot_tell\": {\"key\": \"x\"},\n"
    "   \"intensity\": {\"min\": 1, \"max\": 5, \"low\": \"weak\",\n"
    "                 \"high\": \"strong\"},\n"
    "   \"agreement\": {\"primary\": \"alpha\", \"min\": 0.67},\n"
    "   \"adjudication\": [{\"rule\": \"majority\"},\n"
    "                    {\"rule\": \"adjudicator\"}]},\n"
    "  {\"id\": \"arousal\", \"type\": \"scale\", \"text\": \"How?\",\n"
    "   \"min\": 1, \"max\": 9, \"low\": \"calm\", \"high\": \"excited\",\n"
    "   \"points\": [{\"value\": 5, \"label\": \"medium\"}]}],\n"
    " \"playback\": {\"speeds\": [1], \"gain\": \"none\"},\n"
    " \"breaks\": {\"every_minutes\": 45}}\n";

static const struct protocol_reserved reserved[] = { { "A", "answer-all" },
                                                     { "?", "help" },
                                                     { NULL, NULL } };

/* Puts `new` in the place of the first `old`; the caller's. */
static char *changed(const char *old, const char *new)
{
    const char *at = strstr(sound, old);
    struct buf out = { 0 };

    if (!at)
        fail_msg("the sound protocol has no %s", old);
    buf_add(&out, sound, (size_t)(at - sound));
    buf_add_text(&out, new);
    buf_add_text(&out, at + strlen(old));
    return buf_steal(&out);
}

static struct fault_list faults_of(const char *text)
{
    struct fault_list faults = { 0 };
    struct protocol *protocol = NULL;
    struct error err;

    if (!protocol_read(text, strlen(text), "p.json", &faults, &protocol, &err))
        fail_msg("%s", err.text);
    if (protocol)
        protocol_check(protocol, reserved, &faults);
    assert_true((protocol != NULL) || fault_errors(&faults) > 0);
    protocol_free(protocol);
    return faults;
}

static bool has(const struct fault_list *faults, bool warning, const char *path,
                const char *said)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->item[i];

        if (fault->warning == warning && strcmp(fault->path, path) == 0 &&
            strstr(fault->text, said))
            return true;
    }
    return false;
}

static void show(const struct fault_list *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        printf("# %s%s: %s\n", faults->item[i].warning ? "warning: " : "",
               faults->item[i].path, faults->item[i].text);
}

struct example {
    const char *old, *new; /* the change */
    const char *path, *said;
};

static void each_of(const struct example *example, size_t count, bool warning)
{
    for (size_t i = 0; i < count; i++) {
        char *text = changed(example[i].old, example[i].new);
        struct fault_list faults = faults_of(text);

        if (!has(&faults, warning, example[i].path, example[i].said)) {
            show(&faults);
            fail_msg("no \"%s: %s\" for %s", example[i].path, example[i].said,
                     example[i].new);
        }
        fault_release(&faults);
        free(text);
    }
}

static void a_sound_protocol_has_no_fault(void **state)
{
    struct fault_list faults = faults_of(sound);

    (void)state;
    show(&faults);
    assert_int_equal(faults.count, 0);
}

static void faults_of_form_are_named(void **state)
{
    static const struct example examples[] = {
        { "\"mien\": 1,", "", "mien", "is missing; write \"mien\": 1" },
        { "\"mien\": 1", "\"mien\": 2", "mien", "install a newer mien" },
        { "\"1.0\"", "\"1\"", "version", "must be major.minor" },
        { "\"1.0\"", "\"1.0b\"", "version", "must be major.minor" },
        { "\"1.0\"", "1.0", "version", "is a number, must be a text" },
        { "\"unit\"", "\"unti\"", "unti", "did you mean \"unit\"?" },
        { "\"key\": \"a\"", "\"kye\": \"a\"", "questions[0].options[0].kye",
          "did you mean \"key\"?" },
        { "\"waveform\"", "\"wavefrom\"", "show[0]",
          "did you mean \"waveform\"?" },
        { "\"clip\"", "\"stream\"", "unit",
          "\"stream\" is not supported in this version" },
        { "\"scale\"", "\"scala\"", "questions[1].type",
          "did you mean \"scale\"?" },
        { "\"id\": \"emotion\", ", "", "questions[0].id", "is missing" },
        { "\"value\": \"fear\"", "\"value\": \"\"",
          "questions[0].options[1].value", "is empty" },
        { "\"key\": \"a\"", "\"key\": \"ab\"", "questions[0].options[0].key",
          "must be one visible character" },
        { "\"Listen.\"", "\"a\\u0007b\"", "instructions.en",
          "control character U+0007" },
        { "\"en\": \"Listen.\"", "\"english\": \"Listen.\"",
          "instructions.english", "is no language code" },
        { "\"speeds\": [1]", "\"speeds\": [1, 9]", "playback.speeds[1]",
          "within 0.5 and 2" },
        { "\"every_minutes\": 45", "\"every_minutes\": 0.5",
          "breaks.every_minutes", "must be a whole number within 1 and 480" },
        { "\"breaks\"", "\"qualification\": {\"gold_min\": 70}, \"breaks\"",
          "qualification.gold_min", "must lie within 0 and 1" },
        { "\"rule\": \"majority\"", "\"rule\": \"majority\", \"min_shar\": 1",
          "questions[0].adjudication[0].min_shar",
          "did you mean \"min_share\"?" },
        { "\"rule\": \"majority\"", "\"rule\": \"by coin flip\"",
          "questions[0].adjudication[0].rule", "must be unanimous, " },
        { "\"primary\": \"alpha\"", "\"primary\": \"alfa\"",
          "questions[0].agreement.primary", "did you mean \"alpha\"?" },
        { "\"min\": 1, \"max\": 9", "\"min\": 1", "questions[1].max",
          "is missing" },
        { "\"text\": \"How?\",", "\"text\": \"How?\", \"options\": [],",
          "questions[1].options", "a scale has no options" },
    };

    (void)state;
    each_of(examples, LENGTH_OF(examples), false);
}

static void comparisons_want_pairs(void **state)
{
    static const char *const form =
        "{\"mien\":1,\"name\":\"two\",\"version\":\"1.0\",\"title\":\"Two\","
        "\"instructions\":\"Listen.\",%s"
        "\"questions\":[{\"id\":\"more\",\"text\":\"Which?\",%s}]}";
    static const struct {
        const char *head, *question, *path, *said;
        bool warning;
    } cases[] = {
        { "", "\"type\":\"compare\"", "questions[0].type",
          "write \"unit\": \"pair\"", false },
        { "\"unit\":\"pair\",", "\"type\":\"text\"", "unit",
          "no question compares the two", true },
        { "\"unit\":\"pair\",", "\"type\":\"segments\",\"tiers\":[]",
          "questions[0].tiers", "", false },
        { "\"unit\":\"pair\",\"show\":[\"video\"],", "\"type\":\"compare\"",
          "show", "only sound and text", false },
        { "\"unit\":\"pair\",\"order\":\"contextual\",", "\"type\":\"compare\"",
          "order", "no conversation", false },
        { "\"unit\":\"pair\",", "\"type\":\"compare\",\"options\":[]",
          "questions[0].options", "", false },
        { "\"unit\":\"pair\",", "\"type\":\"compare\",\"first\":true",
          "questions[0].first", "must be an object", false },
        { "\"unit\":\"pair\",", "\"type\":\"compare\",\"tie\":{\"key\":\"a\"}",
          "questions[0].tie.key", "", false },
        { "\"unit\":\"pair\",", "\"type\":\"compare\",\"measure\":\"ordinal\"",
          "questions[0].measure", "what is compared are names", false },
        { "\"unit\":\"pair\",",
          "\"type\":\"compare\",\"adjudication\":[{\"rule\":\"mean\"}]",
          "questions[0].adjudication[0].rule", "no mean", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char *text = xasprintf(form, cases[i].head, cases[i].question);
        struct fault_list faults = faults_of(text);

        if (!has(&faults, cases[i].warning, cases[i].path, cases[i].said)) {
            show(&faults);
            fail_msg("no \"%s\" for %s", cases[i].path, text);
        }
        fault_release(&faults);
        free(text);
    }
}

static void contradictions_are_named(void **state)
{
    static const struct example examples[] = {
        { "\"p\"", "\"My Study\"", "name", "lower-case letters" },
        { "\"id\": \"arousal\"", "\"id\": \"emotion\"", "questions[1].id",
          "as questions[0].id is" },
        { "\"id\": \"arousal\"", "\"id\": \"1st\"", "questions[1].id",
          "begin with a letter" },
        { "\"value\": \"fear\"", "\"value\": \"anger\"",
          "questions[0].options[1].value",
          "as that of questions[0].options[0] is" },
        { "\"value\": \"fear\"", "\"value\": \"@mixed\"",
          "questions[0].options[1].value", "reserved" },
        { "\"value\": \"fear\"", "\"value\": \"fear,anger\"",
          "questions[0].options[1].value", "leave out , ; |" },
        { "\"dread\"", "\"anger\"", "questions[0].options[1].label",
          "nobody could tell them apart" },
        { "\"key\": \"f\"", "\"key\": \"a\"", "questions[0].options[1].key",
          "give each a key of its own" },
        { "\"key\": \"x\"", "\"key\": \"a\"", "questions[0].cannot_tell.key",
          "as that of questions[0].options[0] is" },
        { "\"key\": \"f\"", "\"key\": \"?\"", "questions[0].options[1].key",
          "the workbench's own key for help" },
        { "\"key\": \"a\"", "\"key\": \"A\"", "questions[0].options[0].key",
          "lower-case letters and digits are free" },
        { "\"key\": \"a\"", "\"key\": \"3\"", "questions[0].options[0].key",
          "digits answer this question's scale" },
        { "\"min\": 1, \"max\": 9", "\"min\": 9, \"max\": 9",
          "questions[1].max", "must be greater than min" },
        { "\"max\": 5", "\"max\": 0", "questions[0].intensity.max",
          "must be greater than min" },
        { "\"min\": 1, \"max\": 9", "\"min\": 1, \"max\": 9, \"step\": 3",
          "questions[1].step", "equal steps" },
        { "\"min\": 1, \"max\": 9",
          "\"min\": 1, \"max\": 6, \"figure\": \"sam-arousal\"",
          "questions[1].figure", "5, 7 or 9 points and the scale has 6" },
        { "\"value\": 5", "\"value\": 10", "questions[1].points[0].value",
          "no point of the scale" },
        { "\"nominal\"", "\"interval\"", "questions[0].measure",
          "options are no numbers" },
        { "\"type\": \"scale\"",
          "\"type\": \"scale\", \"measure\": "
          "\"nominal\"",
          "questions[1].measure", "a scale has an order" },
        { "\"many\": false", "\"many\": true", "questions[0].many",
          "not supported in this version" },
        { "\"rule\": \"majority\"", "\"rule\": \"ewe\"",
          "questions[0].adjudication[0].rule", "needs a scale" },
        { "\"primary\": \"alpha\"", "\"primary\": \"ccc\"",
          "questions[0].agreement.primary", "compares numbers" },
        { "\"breaks\"", "\"qualification\": {\"gold_min\": 0.7}, \"breaks\"",
          "qualification.gold_min", "without practice" },
        { "\"breaks\"",
          "\"plan\": {\"items\": 100, \"annotators\": 2, \"per_item\": 3}, "
          "\"breaks\"",
          "plan.per_item", "there are 2 annotators" },
        { "\"breaks\"",
          "\"plan\": {\"items\": 100, \"annotators\": 10, \"repeat\": 0.1}, "
          "\"repeats\": {\"min_distance\": 11}, \"breaks\"",
          "repeats.min_distance", "a queue has 11 entries" },
        { "\"breaks\"",
          "\"plan\": {\"items\": 3600, \"annotators\": 2, "
          "\"seconds_per_item\": 10, \"hours_each\": 4}, \"breaks\"",
          "plan.hours_each", "are 5.0 hours each: more work" },
        { "\"breaks\"", "\"pauses\": [{\"rule\": \"attention\"}], \"breaks\"",
          "pauses[0]", "there are none" },
        { "\"breaks\"",
          "\"attention\": {\"checks\": [{\"text\": \"x\", \"question\": "
          "\"emotion\", \"value\": \"glee\"}]}, \"breaks\"",
          "attention.checks[0]", "no answer to \"emotion\"" },
        { "\"breaks\"",
          "\"qualification\": {\"reference\": {\"emotion\": {\"values\": "
          "{\"W\": \"rage\"}}}}, \"breaks\"",
          "qualification.reference.emotion", "makes \"rage\" of \"W\"" },
        { "\"gain\": \"none\"",
          "\"gain\": \"none\", \"silent\": true, \"must_hear_all\": true",
          "playback.silent", "leave one of both out" },
    };

    (void)state;
    each_of(examples, LENGTH_OF(examples), false);
}

static void a_gain_says_its_one_number(void **state)
{
    static const struct example examples[] = {
        { "\"gain\": \"none\"", "\"gain\": \"loud\"", "playback.gain",
          "must be \"none\", {\"session_db\": -6} or {\"lufs\": -23}" },
        { "\"gain\": \"none\"", "\"gain\": {}", "playback.gain",
          "needs one of" },
        { "\"gain\": \"none\"", "\"gain\": {\"lufs\": 0}", "playback.gain.lufs",
          "-10" },
    };

    (void)state;
    each_of(examples, LENGTH_OF(examples), false);
}

static void doubtful_designs_are_warned_of(void **state)
{
    static const struct example examples[] = {
        { "\"breaks\"",
          "\"plan\": {\"items\": 3600, \"annotators\": 2, "
          "\"hours_each\": 4}, \"breaks\"",
          "plan.hours_each", "add seconds_per_item" },
        { "\"gain\": \"none\"", "\"gain\": \"loudness\"", "playback.gain",
          "a cue of arousal" },
        { "\"gain\": \"none\"", "\"gain\": {\"lufs\": -23}", "playback.gain",
          "a cue of arousal" },
        { "\"gain\": \"none\"", "\"gain\": {\"session_db\": 6}",
          "playback.gain", "clipped" },
        { ", \"key\": \"f\"", "", "questions[0].options[1].key",
          "reached with the arrow keys only" },
        { "\"speeds\": [1]", "\"speeds\": [1.5]", "playback.speeds", "add 1" },
        { "\"breaks\"",
          "\"session\": {\"max_minutes\": 5, \"max_minutes_per_day\": 4}, "
          "\"breaks\"",
          "session.max_minutes", "never acts" },
        { "\"breaks\"",
          "\"plan\": {\"items\": 90, \"annotators\": 3}, \"attention\": "
          "{\"every\": 30, \"checks\": [{\"text\": \"x\", \"question\": "
          "\"emotion\", \"value\": \"anger\"}]}, \"breaks\"",
          "attention.every", "nobody meets a check" },
        { "\"context\": 0", "\"context\": 2", "context",
          "does not list \"context\"" },
        { "\"waveform\"", "\"context\"", "show", "\"context\" is 0" },
        { "\"instructions\": {\"en\": \"Listen.\"}, ", "", "instructions",
          "the voice or the words" },
        { "\"text\": \"Which?\",", "", "questions[0].text", "add what is" },
        { "\"low\": \"calm\", ", "", "questions[1].low", "add an anchor" },
        { ",\n                    {\"rule\": \"adjudicator\"}", "",
          "questions[0].adjudication", "may end without a decision" },
        { "{\"rule\": \"majority\"}", "{\"rule\": \"soft\"}",
          "questions[0].adjudication[1].rule", "never reached" },
        { "\"en\": \"Listen.\"", "\"en\": \"Listen.\", \"de\": \"Hören.\"",
          "questions[0].options[1].label", "has no \"de\"" },
    };

    (void)state;
    each_of(examples, LENGTH_OF(examples), true);
}

static void all_faults_are_found_not_just_the_first(void **state)
{
    static const char text[] =
        "{\"mien\": 1, \"name\": \"p\", \"version\": \"x\", \"untis\": 1,"
        " \"questions\": [{\"id\": \"a\", \"type\": \"gird\"},"
        " {\"id\": \"b\", \"type\": \"scale\", \"min\": true}]}";
    struct fault_list faults = faults_of(text);
    struct error err;

    (void)state;
    assert_true(has(&faults, false, "untis", "did you mean"));
    assert_true(has(&faults, false, "version", "must be"));
    assert_true(has(&faults, false, "questions[0].type", "\"grid\"?"));
    assert_true(has(&faults, false, "questions[1].min", "is true or false"));
    assert_true(has(&faults, false, "questions[1].max", "is missing"));
    assert_null(protocol_parse(text, sizeof(text) - 1, "p.json", &err));
    assert_non_null(strstr(err.text, "p.json: untis: is no known key"));
    assert_non_null(strstr(err.text, "more)"));
    fault_release(&faults);
}

/* Which rules settle which type: "U" unanimous, "M" majority, "a" mean, "m"
 * median, "e" ewe, "d" dawid-skene, "c" mace, "x" expert, "j" adjudicator, "s"
 * soft, "u" unresolved, in the order of the rules. */
static const struct fitting {
    const char *question, *rules;
} fitting[] = {
    { "\"type\": \"choice\", \"options\": [{\"value\": \"a\", \"key\":"
      " \"a\"}, {\"value\": \"b\", \"key\": \"b\"}]",
      "UM...dcxjsu" },
    { "\"type\": \"choice\", \"many\": true, \"options\": [{\"value\":"
      " \"a\", \"key\": \"a\"}, {\"value\": \"b\", \"key\": \"b\"}]",
      "UM.....xjsu" },
    { "\"type\": \"scale\", \"measure\": \"interval\", \"min\": 1,"
      " \"max\": 5",
      "UMame..xjsu" },
    { "\"type\": \"grid\", \"measure\": \"interval\", \"x\": {\"min\": 1,"
      " \"max\": 5}, \"y\": {\"min\": 1, \"max\": 5}",
      "U.ame..xj.u" },
    { "\"type\": \"segments\", \"tiers\": [{\"id\": \"t\","
      " \"free_label\": true}]",
      "UM.....xj.u" },
    { "\"type\": \"trace\", \"measure\": \"interval\", \"dimensions\":"
      " [{\"id\": \"v\", \"min\": 0, \"max\": 1}]",
      "..a.e..xj.u" },
    { "\"type\": \"text\"", "UM.....xj.u" },
};

static void each_type_has_its_rules_and_others_say_why(void **state)
{
    (void)state;
    for (size_t f = 0; f < LENGTH_OF(fitting); f++)
        for (size_t r = 0; rule_kind_names[r]; r++) {
            struct buf text = { 0 };
            struct fault_list faults;
            bool refused;

            buf_addf(&text,
                     "{\"mien\": 1, \"name\": \"p\", \"version\": \"1.0\","
                     "\"instructions\": \"L\", \"questions\": [{\"id\":"
                     "\"q\", \"text\": \"Q\", %s, \"adjudication\":"
                     "[{\"rule\": \"%s\"}]}]}",
                     fitting[f].question, rule_kind_names[r]);
            faults = faults_of(buf_text(&text));
            refused = has(&faults, false, "questions[0].adjudication[0].rule",
                          rule_kind_names[r]);
            if (refused != (fitting[f].rules[r] == '.'))
                fail_msg("%s: %s", rule_kind_names[r], fitting[f].question);
            fault_release(&faults);
            buf_release(&text);
        }
}

static void a_rule_of_marks_has_an_overlap_or_a_tolerance(void **state)
{
    static const char both[] =
        "{\"mien\": 1, \"name\": \"p\", \"version\": \"1.0\","
        "\"instructions\": \"L\", \"questions\": [{\"id\": \"q\","
        "\"text\": \"Q\", \"type\": \"segments\", \"tiers\":"
        "[{\"id\": \"t\", \"free_label\": true}], \"adjudication\":"
        "[{\"rule\": \"majority\", \"overlap\": 0.5, \"tolerance\": 1},"
        " {\"rule\": \"expert\"}]}]}";
    struct fault_list faults = faults_of(both);
    char *choice = changed("{\"rule\": \"majority\"}",
                           "{\"rule\": \"majority\", \"overlap\": 0.5}");

    (void)state;
    assert_true(has(&faults, false, "questions[0].adjudication[0]",
                    "leave one of both out"));
    fault_release(&faults);
    faults = faults_of(choice);
    assert_true(has(&faults, false, "questions[0].adjudication[0].overlap",
                    "unknown") ||
                fault_errors(&faults) > 0);
    fault_release(&faults);
    free(choice);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_protocol_has_no_fault),
        cmocka_unit_test(faults_of_form_are_named),
        cmocka_unit_test(comparisons_want_pairs),
        cmocka_unit_test(contradictions_are_named),
        cmocka_unit_test(a_gain_says_its_one_number),
        cmocka_unit_test(doubtful_designs_are_warned_of),
        cmocka_unit_test(all_faults_are_found_not_just_the_first),
        cmocka_unit_test(each_type_has_its_rules_and_others_say_why),
        cmocka_unit_test(a_rule_of_marks_has_an_overlap_or_a_tolerance),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
