/* fuzz_policy - policies of the gate. */
#include <config.h>

#include "eval/fair/policy.h"
#include "fuzz.h"

static const char *const words[] = {
    "\"overall\"",    "\"rules\"",    "\"groups\"",   "\"min_group\"",
    "\"metric\"",     "\"gap\"",      "\"ratio\"",    "\"difference\"",
    "\"confidence\"", "\"burden\"",   "\"disprove\"", "\"prove\"",
    "\"min\":",       "\"max\":",     "\"label\"",    "\"uar\"",
    "\"recall:joy\"", "\"speakers\"", "\"items\"",    "\"on_insufficient\"",
    "\"sex*age\"",    "1e300",        "-1",           NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    fuzz_give_text(
        give, context, -1,
        "{\"mien\": 1,"
        " \"overall\": {\"uar\": {\"min\": 0.60}, \"recall:joy\": {\"min\":0}},"
        " \"groups\": [\"sex\", \"age_band\", \"sex*age_band\"],"
        " \"min_group\": {\"items\": 30, \"speakers\": 5, \"per_class\": 5},"
        " \"on_insufficient\": \"fail\","
        " \"rules\": [{\"metric\": \"uar\", \"gap\": \"difference\","
        "  \"max\": 0.10, \"confidence\": 0.9, \"burden\": \"disprove\"},"
        "  {\"metric\": \"tpr\", \"label\": \"anger\", \"gap\": \"ratio\","
        "  \"min\": 0.80}]}");
    fuzz_give_text(give, context, -1,
                   "{\"mien\":1,\"overall\":{\"ccc\":{\"min\":0.5,"
                   "\"confidence\":0.95,\"burden\":\"prove\"}}}");
}

static void one(const uint8_t *bytes, size_t length)
{
    struct error err = { 0 };
    struct policy *policy =
        policy_parse((const char *)bytes, length, "p.json", &err);

    fuzz_answered(policy != NULL, &err, "p.json");
    if (!policy)
        return;
    fuzz_must(policy->overall.count + policy->rules.count > 0);
    for (size_t i = 0; i < policy->rules.count; i++)
        fuzz_must(policy->rules.item[i].metric && policy->rules.item[i].path);
    policy_free(policy);
}

const struct fuzz_target fuzz_target = {
    .name = "policy",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 2048,
    .runs = 4000,
};
