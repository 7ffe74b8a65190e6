/*
 * test_blind - whoever settles disagreement reads no alias of an annotator.
 *
 * SQLite is asked, at every statement that it prepares, which columns are
 * read; project_blind() refuses those that name annotators.
 */
#include <config.h>

#include "fixture.h"

#include "common/store/decision_store.h"
#include "common/store/judgement.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(aliases_cannot_be_read_by_any_path),
        TEST(the_blindfold_holds_for_statements_prepared_before),
        TEST(adjudication_goes_its_whole_way_blindfolded),
        TEST(judgements_have_numbers_in_place_of_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
