/*
 * test_blind - whoever settles disagreement reads no alias of an annotator.
 *
 * SQLite is asked, at every statement that it prepares, which columns are
 * read; project_blind() refuses those that name annotators.
 */
#include <config.h>

#include "fixture.h"

#include <math.h>

#include "common/store/bundle_trace.h"
#include "common/store/decision_store.h"
#include "common/store/judgement.h"
#include "common/store/project_trace.h"
#include "common/study/event_trace.h"

struct blind {
    struct project *project;
    struct protocol *protocol;
};

static struct blind blindfolded(const char *folder)
{
    struct blind out = { .project = fixture_make(folder) };
    struct collect_report report;
    char *anna = fixture_bundle(folder, "anna");
    char *ben = fixture_bundle(folder, "ben");
    struct error err;

    fixture_judge(anna, 0, CLIPS, "glad", 1000);
    fixture_judge(ben, 0, CLIPS - 1, "dull", 2000);
    fixture_collect(out.project, anna, &report);
    collect_report_release(&report);
    fixture_collect(out.project, ben, &report);
    collect_report_release(&report);
    out.protocol = protocol_parse(fixture_protocol, strlen(fixture_protocol),
                                  "tiny", &err);
    GOOD(out.protocol);
    GOOD(project_blind(out.project, true, &err));
    free(anna);
    free(ben);
    return out;
}

static void let_go(struct blind *it)
{
    protocol_free(it->protocol);
    project_close(it->project);
}

static void aliases_cannot_be_read_by_any_path(void **state)
{
    struct blind it = blindfolded(*state);
    struct project_annotators staff;
    struct project_bundles bundles;
    struct project_rater_names names;
    struct project_items items;
    struct error err;

    assert_false(project_annotators(it.project, &staff, &err));
    assert_non_null(strstr(err.text, "prohibited"));
    assert_false(project_bundles(it.project, &bundles, &err));
    assert_false(project_rater_names(it.project, &names, &err));
    assert_int_equal(project_rater(it.project, "anna", &err), -1);
    assert_false(project_items(it.project, &items, &err));
    let_go(&it);
}

static void the_blindfold_holds_for_statements_prepared_before(void **state)
{
    struct project *project = fixture_make(*state);
    struct project_rater_names names;
    struct error err;

    GOOD(project_rater_names(project, &names, &err));
    project_rater_names_release(&names);
    GOOD(project_blind(project, true, &err));
    assert_false(project_rater_names(project, &names, &err));
    GOOD(project_blind(project, false, &err));
    GOOD(project_rater_names(project, &names, &err));
    project_rater_names_release(&names);
    project_close(project);
}

/* The whole way from the answers to a decision that is kept, and back. */
static void adjudication_goes_its_whole_way_blindfolded(void **state)
{
    struct blind it = blindfolded(*state);
    struct judgements list;
    struct decisions decisions;
    struct ratings *ratings;
    struct arena arena = { 0 };
    struct fit *fit, *back;
    struct decision decision = { .kind = EVENT_DECISION_MADE,
                                 .item = "clip1",
                                 .question = "emotion",
                                 .rule = "adjudicator",
                                 .by = "zoe",
                                 .value = "glad",
                                 .share = 1 };
    struct error err;

    GOOD(judgements_gather(it.project, it.protocol, &list, &err));
    assert_int_equal(list.count, 2 * CLIPS - 1);
    ratings = judgements_ratings(&list, &it.protocol->question[0],
                                 JUDGEMENT_TRUTH, NULL, &err);
    GOOD(ratings);
    fit = settle_fit(&it.protocol->question[0], RULE_DAWID_SKENE, ratings,
                     &arena, &err);
    GOOD(fit);
    GOOD(decisions_load(it.project, &decisions, &err));
    GOOD(project_begin(it.project, &err));
    GOOD(fit_freeze(it.project, fit, &arena, &err));
    GOOD(decision_record(it.project, &decisions, &decision, "other", &err));
    GOOD(project_commit(it.project, &err));
    GOOD(fit_frozen(it.project, "emotion", RULE_DAWID_SKENE, &arena, &back,
                    &err));
    assert_non_null(back);
    assert_int_equal(back->raters, 2);
    assert_string_equal(back->id, fit->id);
    GOOD(project_begin(it.project, &err));
    GOOD(decision_undo(it.project, &decisions, &decisions.item[0], &err));
    GOOD(project_commit(it.project, &err));
    decisions_release(&decisions);
    GOOD(decisions_load(it.project, &decisions, &err));
    assert_null(decisions_last(&decisions, "clip1", "emotion"));
    decisions_release(&decisions);
    ratings_free(ratings);
    judgements_release(&list);
    arena_release(&arena);
    GOOD(project_blind(it.project, false, &err)); /* it names bundles */
    fixture_verifies(it.project, 0);
    let_go(&it);
}

static void judgements_have_numbers_in_place_of_names(void **state)
{
    struct blind it = blindfolded(*state);
    struct judgements list;
    struct error err;

    GOOD(judgements_gather(it.project, it.protocol, &list, &err));
    for (size_t i = 1; i < list.count; i++)
        if (list.item[i].item == list.item[i - 1].item)
            assert_true(list.item[i].rater != list.item[i - 1].rater);
    judgements_release(&list);
    let_go(&it);
}

static const char drawn_protocol[] =
    "{\"mien\":1,\"name\":\"tiny\",\"version\":\"1.0\",\"questions\":["
    "{\"id\":\"talk\",\"type\":\"segments\",\"tiers\":[{\"id\":\"speech\","
    "\"options\":[{\"value\":\"woman\",\"key\":\"w\"},"
    "{\"value\":\"man\",\"key\":\"m\"}]}],"
    "\"adjudication\":[{\"rule\":\"unanimous\"}]},"
    "{\"id\":\"felt\",\"type\":\"trace\",\"measure\":\"interval\","
    "\"dimensions\":[{\"id\":\"valence\",\"min\":-1,\"max\":1}],"
    "\"adjudication\":[{\"rule\":\"ewe\"}]}]}";

enum { SAMPLES = 300 };

static void keep(struct bundle *bundle, enum event_kind kind, const char *entry,
                 char *payload, uint8_t hash[EVENT_HASH_SIZE])
{
    struct event event = {
        .kind = kind, .entry = entry, .payload = payload, .wall_us = 1000
    };
    struct error err;

    event.session[0] = 7;
    GOOD(bundle_append(bundle, &event, &err));
    if (hash)
        memcpy(hash, event.hash, EVENT_HASH_SIZE);
    free(payload);
}

/* A mark and a wave, `late` samples late, on every clip. */
static void draw(const char *path, int late)
{
    struct error err;
    struct bundle *bundle = bundle_open(path, BUNDLE_WORK, &err);

    GOOD(bundle);
    for (size_t i = 0; i < CLIPS; i++) {
        const char *entry = bundle_entry(bundle, i)->id;
        struct event_pass begin = { (char *)"felt", 1, 0, 3000000, false, 0 };
        struct event_seal it = { .count = SAMPLES,
                                 .last_us = (SAMPLES - 1) * TRACE_STEP_US };
        struct trace_sample row[SAMPLES];

        keep(bundle, EVENT_SEGMENT_ADDED, entry,
             strdup("{\"from_us\":1000000,\"label\":\"woman\","
                    "\"question\":\"talk\",\"tier\":\"speech\","
                    "\"to_us\":2000000}"),
             NULL);
        keep(bundle, EVENT_TRACE_STARTED, entry, event_payload_pass(&begin),
             it.pass);
        for (int k = 0; k < SAMPLES; k++)
            row[k] = (struct trace_sample){
                .media_us = k * TRACE_STEP_US,
                .value = { sin((k - late) / 40.0), NAN },
            };
        GOOD(bundle_trace_add(bundle, it.pass, 0, row, SAMPLES, &err));
        trace_hash(it.pass, 0, row, SAMPLES, it.hash);
        keep(bundle, EVENT_TRACE_SEALED, entry, event_payload_seal(&it), NULL);
        keep(bundle, EVENT_SUBMITTED, entry, strdup("{}"), NULL);
    }
    bundle_close(bundle);
}

/* The voices of the clip that comes first; curves of `memory`. */
static size_t hear(struct project *project, const struct judgements *list,
                   const char *question, struct settle_voice voice[2],
                   struct curve curve[2], double memory[2][2][SAMPLES])
{
    size_t n = 0;
    struct error err;

    for (size_t i = 0; i < list->count; i++) {
        const struct judgement *it = &list->item[i];
        struct trace_samples samples = { 0 };

        if (it->item != list->item[0].item ||
            strcmp(it->question, question) != 0)
            continue;
        assert_true(n < 2);
        voice[n] = (struct settle_voice){ .rater = n == 0 ? "1" : "2",
                                          .track = it->track,
                                          .trace = &curve[n] };
        GOOD(
            project_trace_current(project, it->fold, question, &samples, &err));
        for (size_t k = 0; k < samples.count; k++) {
            memory[n][0][k] = (double)samples.item[k].media_us / 1e6;
            memory[n][1][k] = samples.item[k].value[0];
        }
        curve[n] = (struct curve){ memory[n][0], memory[n][1], samples.count };
        free(samples.item);
        n++;
    }
    return n;
}

/* What the rule says of the voices, kept as a decision. */
static void decide(struct project *project, const struct question *question,
                   const struct settle_voice *voice, struct fit *fit,
                   const char *item)
{
    const struct settle_case it = { voice, 2 };
    struct decisions decisions;
    struct settlement said;
    struct decision decision = { .kind = EVENT_DECISION_MADE,
                                 .item = item,
                                 .question = question->id,
                                 .share = NAN };
    struct error err;

    settle_voices(question, &question->rule[0], &it, fit, &said);
    if (!said.settled)
        fail_msg("%s: %s", question->id, said.why);
    decision.rule = rule_kind_names[said.kind];
    decision.value = said.value;
    GOOD(decisions_load(project, &decisions, &err));
    GOOD(project_begin(project, &err));
    GOOD(decision_record(project, &decisions, &decision, "other", &err));
    GOOD(project_commit(project, &err));
    settlement_release(&said);
    decisions_release(&decisions);
}

/* Marks, samples of traces, lags: none of it needs to know who it was. */
static void marks_and_traces_are_settled_blindfolded(void **state)
{
    static const char *const names[] = { "anna", "ben" };
    static double memory[2][2][SAMPLES];
    struct project *project = fixture_make(*state);
    struct protocol *protocol;
    struct judgements list;
    struct settle_voice voice[2];
    struct curve curve[2];
    struct settle_case it = { voice, 2 };
    struct arena arena = { 0 };
    struct fit *fit;
    struct error err;

    for (int i = 0; i < 2; i++) {
        char *path = fixture_bundle(*state, names[i]);
        struct collect_report report;

        draw(path, 20 * i);
        fixture_collect(project, path, &report);
        collect_report_release(&report);
        free(path);
    }
    protocol =
        protocol_parse(drawn_protocol, strlen(drawn_protocol), "tiny", &err);
    GOOD(protocol);
    GOOD(project_blind(project, true, &err));
    GOOD(judgements_gather(project, protocol, &list, &err));
    assert_int_equal(list.count, 2 * 2 * CLIPS);
    assert_int_equal(hear(project, &list, "talk", voice, curve, memory), 2);
    decide(project, &protocol->question[0], voice, NULL, list.item[0].item_id);
    assert_int_equal(hear(project, &list, "felt", voice, curve, memory), 2);
    fit = settle_fit_voices(&protocol->question[1], &it, 1, &arena, &err);
    GOOD(fit);
    GOOD(project_begin(project, &err));
    GOOD(fit_freeze(project, fit, &arena, &err));
    GOOD(project_commit(project, &err));
    decide(project, &protocol->question[1], voice, fit, list.item[0].item_id);
    /* It was on all the while. */
    assert_int_equal(project_rater(project, "anna", &err), -1);
    judgements_release(&list);
    arena_release(&arena);
    protocol_free(protocol);
    project_close(project);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(aliases_cannot_be_read_by_any_path),
        TEST(the_blindfold_holds_for_statements_prepared_before),
        TEST(adjudication_goes_its_whole_way_blindfolded),
        TEST(judgements_have_numbers_in_place_of_names),
        TEST(marks_and_traces_are_settled_blindfolded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
