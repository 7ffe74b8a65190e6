/* policy - what is read, and that nothing is ignored. */
#include <config.h>

#include "eval/fair/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct policy *parse(const char *text, struct error *err)
{
    return policy_parse(text, strlen(text), "p.json", err);
}

static void assert_refused(const char *text, const char *why)
{
    struct error err;

    assert_null(parse(text, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    if (!strstr(err.text, why))
        fail_msg("expected \"%s\" in: %s", why, err.text);
}

/* The example of mien-policy(5), without what is not supported yet. */
static void the_example_is_understood(void **state)
{
    struct error err;
    struct policy *policy = parse(
        "{\"mien\": 1,"
        " \"overall\": {\"uar\": {\"min\": 0.60}},"
        " \"groups\": [\"sex\", \"age_band\", \"sex*age_band\"],"
        " \"min_group\": {\"items\": 30, \"speakers\": 5, \"per_class\": 5},"
        " \"on_insufficient\": \"fail\","
        " \"rules\": [{\"metric\": \"uar\", \"gap\": \"difference\","
        "  \"max\": 0.10, \"confidence\": 0.9, \"burden\": \"disprove\"},"
        "  {\"metric\": \"tpr\", \"label\": \"anger\", \"gap\": \"ratio\","
        "  \"min\": 0.80}]}",
        &err);
    const struct policy_rule *rule;

    (void)state;
    assert_non_null(policy);
    assert_int_equal(policy->overall.count, 1);
    assert_string_equal(policy->overall.item[0].path, "overall.uar");
    assert_true(policy->overall.item[0].min == 0.6);
    assert_int_equal(policy->groups.count, 3);
    assert_int_equal(policy->group_minimum.items, 30);
    assert_int_equal(policy->group_minimum.speakers, 5);
    assert_true(policy->insufficient_fails);
    rule = &policy->rules.item[0];
    assert_int_equal(rule->burden, POLICY_DISPROVE);
    assert_true(rule->confidence == 0.9);
    rule = &policy->rules.item[1];
    assert_int_equal(rule->gap, POLICY_RATIO);
    assert_string_equal(rule->label, "anger");
    assert_int_equal(rule->burden, POLICY_POINT);
    policy_free(policy);
}

static void four_speakers_are_asked_for_in_any_case(void **state)
{
    struct error err;
    struct policy *policy = parse("{\"mien\":1,\"overall\":"
                                  "{\"recall:joy\":{\"min\":0.5}},"
                                  "\"min_group\":{\"speakers\":2}}",
                                  &err);

    (void)state;
    assert_non_null(policy);
    assert_int_equal(policy->group_minimum.speakers, 4);
    assert_string_equal(policy->overall.item[0].label, "joy");
    policy_free(policy);
}

static void unknown_keys_are_refused_by_name(void **state)
{
    (void)state;
    assert_refused("{\"mien\":1,\"overal\":{}}", "overal");
    assert_refused("{\"mien\":1,\"overall\":{\"uar\":{\"minn\":1}}}", "minn");
    assert_refused("{\"mien\":1,\"overall\":{\"uar\":{\"min\":0.5}},"
                   "\"min_group\":{\"speaker\":3}}",
                   "speaker");
    assert_refused("{\"mien\":1,\"overall\":{\"uar\":{\"min\":0.6}},"
                   "\"regression\":{\"uar\":{\"max_drop\":0.02}}}",
                   "regression: is not supported");
}

static void bad_values_are_named_by_their_path(void **state)
{
    (void)state;
    assert_refused("[]", "must be an object");
    assert_refused("{\"overall\":{\"uar\":{\"min\":0.6}}}", "mien");
    assert_refused("{\"mien\":2,\"overall\":{\"uar\":{\"min\":0.6}}}",
                   "p.json: mien: must be 1");
    assert_refused("{\"mien\":1}", "checks nothing");
    assert_refused("{\"mien\":1,\"overall\":{\"uar\":{}}}",
                   "overall.uar: needs \"min\" or \"max\"");
    assert_refused("{\"mien\":1,\"overall\":{\"uar\":{\"min\":\"x\"}}}",
                   "overall.uar.min: must be a number");
    assert_refused("{\"mien\":1,\"overall\":{\"uarr\":{\"min\":0.6}}}",
                   "did you mean \"uar\"");
    assert_refused("{\"mien\":1,\"overall\":{\"recall\":{\"min\":0.6}}}",
                   "say which");
    assert_refused("{\"mien\":1,\"overall\":{\"uar:joy\":{\"min\":0.6}}}",
                   "has no label");
    assert_refused("{\"mien\":1,\"overall\":{\"uar\":{\"min\":0.6}},"
                   "\"on_insufficient\":\"pass\"}",
                   "on_insufficient: must be \"fail\" or \"warn\"");
    assert_refused("{\"mien\":1,\"overall\":{\"uar\":{\"min\":0.6,"
                   "\"confidence\":0.9}}}",
                   "overall.uar.confidence: needs \"burden\"");
}

static void a_rule_has_one_bound_and_something_to_compare(void **state)
{
    (void)state;
    assert_refused("{\"mien\":1,\"groups\":[\"sex\"],\"rules\":[{\"metric\":"
                   "\"uar\",\"gap\":\"difference\",\"min\":0.1}]}",
                   "rules[0]: a difference has a \"max\"");
    assert_refused("{\"mien\":1,\"groups\":[\"sex\"],\"rules\":[{\"metric\":"
                   "\"uar\",\"gap\":\"ratio\",\"max\":0.1}]}",
                   "rules[0]: a ratio");
    assert_refused("{\"mien\":1,\"groups\":[\"sex\"],\"rules\":[{\"metric\":"
                   "\"uar\",\"gap\":\"ratio\",\"min\":1.5}]}",
                   "rules[0].min: 1.5 is outside 0..1");
    assert_refused("{\"mien\":1,\"rules\":[{\"metric\":\"uar\",\"gap\":"
                   "\"difference\",\"max\":0.1}]}",
                   "rules: need \"groups\"");
    assert_refused("{\"mien\":1,\"overall\":{\"uar\":{\"min\":0.6}},"
                   "\"groups\":[\"sex\"]}",
                   "groups: need \"rules\"");
    assert_refused("{\"mien\":1,\"groups\":[\"sex\",\"sex\"],\"rules\":[]}",
                   "groups[1]: \"sex\" is there twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_is_understood),
        cmocka_unit_test(four_speakers_are_asked_for_in_any_case),
        cmocka_unit_test(unknown_keys_are_refused_by_name),
        cmocka_unit_test(bad_values_are_named_by_their_path),
        cmocka_unit_test(a_rule_has_one_bound_and_something_to_compare),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
