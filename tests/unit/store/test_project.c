/*
 * project - collecting is a union; work is handed out blind and seeded.
 */
#include <config.h>

#include "fixture.h"

#include "common/base/rng.h"
#include "common/base/vec.h"
#include "common/store/bundle.h"
#include "common/store/queue.h"

static void collecting_twice_changes_nothing(void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "anna");
    struct collect_report report;
    char *before, *after;

    fixture_judge(path, 0, 3, "glad", 1000);
    fixture_collect(project, path, &report);
    assert_int_equal(report.events, 9);
    collect_report_release(&report);
    before = fixture_state(project);
    fixture_collect(project, path, &report);
    assert_int_equal(report.events, 0);
    assert_int_equal(report.notes.count, 0);
    collect_report_release(&report);
    after = fixture_state(project);
    assert_string_equal(before, after);
    fixture_verifies(project, 0);
    free(before);
    free(after);
    free(path);
    project_close(project);
}

/* Copies continued apart, collected in every order drawn: one outcome. */
static void the_order_of_collecting_does_not_matter(void **state)
{
    struct project *first = fixture_make(*state);
    char *anna = fixture_bundle(*state, "anna");
    char *ben = fixture_bundle(*state, "ben");
    struct rng *rng = rng_new(1, "test/collect");
    char *files[4] = { anna, ben };
    char *expected = NULL;
    struct collect_report report;

    project_close(first);
    fixture_judge(anna, 0, 2, "glad", 1000);
    files[2] = path_join(*state, "copy1.mien");
    files[3] = path_join(*state, "copy2.mien");
    fixture_copy(anna, files[2]);
    fixture_copy(anna, files[3]);
    fixture_judge(anna, 2, 4, "glad", 5000);
    fixture_judge(files[2], 1, 3, "dull", 4000);
    fixture_judge(files[3], 3, 6, "dull", 6000);
    fixture_judge(ben, 0, 5, "dull", 2000);
    for (int round = 0; round < 8; round++) {
        size_t order[6] = { 0, 1, 2, 3, 0, 2 };
        char name[32];
        char *outcome;
        struct project *project;

        snprintf(name, sizeof(name), "q%d", round);
        project = fixture_copy_project(*state, name);
        rng_shuffle(rng, order, LENGTH_OF(order));
        for (size_t i = 0; i < LENGTH_OF(order); i++) {
            fixture_collect(project, files[order[i]], &report);
            collect_report_release(&report);
        }
        fixture_verifies(project, 0);
        outcome = fixture_state(project);
        if (expected)
            assert_string_equal(outcome, expected);
        else
            expected = strdup(outcome);
        free(outcome);
        project_close(project);
    }
    /* The later answer of the fork counts. */
    assert_non_null(strstr(expected, "\"value\":\"dull\""));
    free(expected);
    rng_free(rng);
    for (size_t i = 0; i < LENGTH_OF(files); i++)
        free(files[i]);
}

static void a_fork_is_kept_and_named(void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "anna");
    char *copy = path_join(*state, "copy.mien");
    struct collect_report report;

    fixture_judge(path, 0, 1, "glad", 1000);
    fixture_copy(path, copy);
    fixture_judge(path, 1, 2, "glad", 2000);
    fixture_collect(project, path, &report);
    assert_int_equal(report.forked.count, 0);
    collect_report_release(&report);
    fixture_judge(copy, 1, 2, "dull", 3000);
    fixture_collect(project, copy, &report);
    assert_int_equal(report.events, 3);
    assert_int_equal(report.forked.count, 1);
    assert_string_equal(report.forked.item[0], "anna/1");
    assert_non_null(strstr(report.notes.item[0], "continued in 2 places"));
    collect_report_release(&report);
    fixture_verifies(project, 0);
    free(path);
    free(copy);
    project_close(project);
}

/* Work that was done elsewhere goes on under work/ without a fork. */
static void a_copy_that_comes_home_brings_the_bundle_up_to_date(void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "anna");
    char *copy = path_join(*state, "copy.mien");
    struct collect_report report;
    struct bundle *bundle;
    struct fold fold;
    struct error err;

    fixture_judge(path, 0, 1, "glad", 1000);
    fixture_copy(path, copy);
    fixture_judge(copy, 1, 4, "dull", 2000);
    fixture_collect(project, copy, &report);
    assert_int_equal(report.notes.count, 0);
    collect_report_release(&report);
    bundle = bundle_open(path, BUNDLE_WORK, &err); /* verifies */
    GOOD(bundle);
    GOOD(bundle_fold(bundle, &fold, &err));
    assert_int_equal(fold_resume(&fold), 4);
    fold_release(&fold);
    bundle_close(bundle);
    fixture_judge(path, 4, 6, "glad", 3000);
    fixture_collect(project, path, &report);
    assert_int_equal(report.events, 6);
    assert_int_equal(report.forked.count, 0);
    collect_report_release(&report);
    fixture_verifies(project, 0);
    free(path);
    free(copy);
    project_close(project);
}

static void an_older_copy_takes_nothing_away(void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "anna");
    char *copy = path_join(*state, "copy.mien");
    struct collect_report report;
    char *before, *after;

    fixture_judge(path, 0, 1, "glad", 1000);
    fixture_copy(path, copy);
    fixture_judge(path, 1, 2, "glad", 2000);
    fixture_collect(project, path, &report);
    collect_report_release(&report);
    before = fixture_state(project);
    fixture_collect(project, copy, &report);
    assert_int_equal(report.events, 0);
    assert_non_null(strstr(report.notes.item[0], "older"));
    collect_report_release(&report);
    after = fixture_state(project);
    assert_string_equal(before, after);
    free(before);
    free(after);
    free(path);
    free(copy);
    project_close(project);
}

static void a_damaged_bundle_is_left_outside(void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "anna");
    struct collect_report report;
    struct error err;
    size_t length;
    char *bytes, *at;

    fixture_judge(path, 0, 2, "glad", 1000);
    bytes = file_read(path, 1 << 24, &length, &err);
    GOOD(bytes);
    at = memmem(bytes, length, "secretnote", 10);
    assert_non_null(at);
    memcpy(at, "S", 1);
    GOOD(atomic_write(path, bytes, length, &err));
    fixture_collect(project, path, &report);
    assert_int_equal(report.damaged, 1);
    assert_int_equal(report.events, 0);
    assert_non_null(strstr(report.notes.item[0], "payload was changed"));
    collect_report_release(&report);
    free(bytes);
    free(path);
    project_close(project);
}

static void a_bundle_of_another_project_is_refused(void **state)
{
    char *other = path_join(*state, "other");
    struct project *project = fixture_make(*state);
    struct project *stranger;
    char *path = fixture_bundle(*state, "anna");
    struct collect_report report = { 0 };
    struct error err;

    stranger = project_create(other, "tiny", "1.0", fixture_protocol, &err);
    GOOD(stranger);
    assert_false(collect_file(stranger, path, &report, &err));
    assert_non_null(strstr(err.text, "another project"));
    project_close(stranger);
    project_close(project);
    free(path);
    free(other);
}

/* What a bundle's holder could read in it. */
static void a_bundle_tells_nothing_that_its_annotator_may_not_know(void **state)
{
    static const char *const hidden[] = {
        "secretlabel", "secretcountry",     "secretperson", "repeat",
        "gold",        "emotion\",\"value", "ben",
    };
    struct project *project = fixture_make(*state);
    struct queue_settings settings = { .per_item = 3,
                                       .repeat = 0.5,
                                       .seed = 3 };
    struct queue_report report = { 0 };
    struct error err;
    char *path = NULL;
    char *text;
    size_t length;

    GOOD(project_begin(project, &err));
    GOOD(project_add_annotator(project, "cleo", &err));
    GOOD(project_commit(project, &err));
    GOOD(queue_assign(project, &settings, &report, &err));
    assert_int_equal(report.count, 1);
    assert_int_equal(report.item[0].repeats, 3);
    queue_report_release(&report);
    project_close(project);
    path = fixture_bundle(*state, "cleo");
    text = file_read(path, 1 << 24, &length, &err);
    GOOD(text);
    for (size_t i = 0; i < LENGTH_OF(hidden); i++)
        if (memmem(text, length, hidden[i], strlen(hidden[i])))
            fail_msg("the bundle holds \"%s\"", hidden[i]);
    assert_non_null(memmem(text, length, "secretclip", 10)); /* to open it */
    free(text);
    free(path);
}

static void the_same_seed_hands_out_the_same_work(void **state)
{
    struct project *project = fixture_make(*state);
    struct project_bundles list;
    struct error err;
    char *orders[2] = { NULL, NULL };

    for (int round = 0; round < 2; round++) {
        struct queue_settings settings = { .per_item = 3, .seed = 9 };
        struct queue_report report = { 0 };
        struct project *copy;
        struct buf order = { 0 };
        char name[16];

        snprintf(name, sizeof(name), "r%d", round);
        copy = fixture_copy_project(*state, name);
        GOOD(project_begin(copy, &err));
        GOOD(project_add_annotator(copy, "cleo", &err));
        GOOD(project_commit(copy, &err));
        GOOD(queue_assign(copy, &settings, &report, &err));
        queue_report_release(&report);
        GOOD(project_bundles(copy, &list, &err));
        for (size_t i = 0; i < list.count; i++) {
            struct project_works works;

            GOOD(project_works(copy, list.item[i].id, &works, &err));
            for (size_t w = 0; w < works.count; w++)
                buf_addf(&order, "%s ", works.item[w].item_id);
            project_works_release(&works);
        }
        project_bundles_release(&list);
        project_close(copy);
        orders[round] = buf_steal(&order);
    }
    assert_string_equal(orders[0], orders[1]);
    free(orders[0]);
    free(orders[1]);
    project_close(project);
}

/* Of ben's six he did two: four must be done by somebody else. */
static void work_of_one_who_retired_counts_when_it_was_done(void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "ben");
    struct queue_settings settings = { .per_item = 2, .seed = 1 };
    struct queue_report report = { 0 };
    struct collect_report collected;
    struct error err;

    fixture_judge(path, 0, 2, "glad", 1000);
    fixture_collect(project, path, &collected);
    collect_report_release(&collected);
    GOOD(project_begin(project, &err));
    GOOD(project_retire_annotator(project, "ben", &err));
    GOOD(project_commit(project, &err));
    assert_false(queue_assign(project, &settings, &report, &err));
    assert_non_null(strstr(err.text, "but 1 work here"));
    queue_report_release(&report);
    GOOD(project_begin(project, &err));
    GOOD(project_add_annotator(project, "cleo", &err));
    GOOD(project_commit(project, &err));
    GOOD(queue_assign(project, &settings, &report, &err));
    assert_int_equal(report.count, 1);
    assert_string_equal(report.item[0].alias, "cleo");
    assert_int_equal(report.item[0].items, CLIPS - 2);
    queue_report_release(&report);
    free(path);
    project_close(project);
}

/* Cut off after mien.db knew of a bundle, before that had its name. */
static void handing_out_that_was_cut_off_is_finished(void **state)
{
    struct project *project = fixture_make(*state);
    char *home = path_join(*state, "p");
    char *path = fixture_bundle(*state, "anna");
    char *draft = path_join(*state, "p/work/anna/.1.mien.new");
    struct error err;

    project_close(project);
    assert_int_equal(rename(path, draft), 0);
    project = project_open(home, true, &err);
    GOOD(project);
    assert_true(path_is_file(path));
    assert_false(path_is_file(draft));
    project_close(project);
    free(home);
    free(path);
    free(draft);
}

static void one_process_writes_a_project(void **state)
{
    struct project *project = fixture_make(*state);
    char *home = path_join(*state, "p");
    struct error err;

    assert_null(project_open(home, true, &err));
    assert_int_equal(err.code, ERROR_BUSY);
    assert_non_null(strstr(err.text, "mien.db is open in process"));
    project_close(project);
    project = project_open(home, true, &err);
    GOOD(project);
    project_close(project);
    free(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(collecting_twice_changes_nothing),
        TEST(the_order_of_collecting_does_not_matter),
        TEST(a_fork_is_kept_and_named),
        TEST(a_copy_that_comes_home_brings_the_bundle_up_to_date),
        TEST(an_older_copy_takes_nothing_away),
        TEST(a_damaged_bundle_is_left_outside),
        TEST(a_bundle_of_another_project_is_refused),
        TEST(a_bundle_tells_nothing_that_its_annotator_may_not_know),
        TEST(the_same_seed_hands_out_the_same_work),
        TEST(work_of_one_who_retired_counts_when_it_was_done),
        TEST(handing_out_that_was_cut_off_is_finished),
        TEST(one_process_writes_a_project),
    };

    return cmocka_run_group_tests_name("project", tests, NULL, NULL);
}
