/*
 * erase - no byte is left, the chain verifies, and nothing comes back.
 */
#include <config.h>

#include "fixture.h"

#include "common/base/vec.h"
#include "common/store/bundle.h"
#include "common/store/erase.h"

/* One of each person's secrets: none of these may be found after erasing. */
static const char *const secrets[] = {
    "secretperson", "secretclip", "secretlabel",
    "secretanswer", "secretnote", "secretcountry",
};

/* Looks for the secrets in every byte of every file under the folder. */
static bool search(void *context, const char *relative, struct error *err)
{
    const char *folder = context;
    char *path = path_join(folder, relative);
    size_t length;
    char *bytes = file_read(path, 1 << 26, &length, err);
    bool clean = bytes != NULL;

    for (size_t i = 0; clean && i < LENGTH_OF(secrets); i++)
        if (memmem(bytes, length, secrets[i], strlen(secrets[i])))
            clean = error_set(err, ERROR_NO, "%s has %s", relative, secrets[i]);
    free(bytes);
    free(path);
    return clean;
}

static void is_clean(const char *folder)
{
    struct error err;

    GOOD(path_walk(folder, search, (void *)folder, &err));
}

static void judge_everything(const char *folder, struct project *project)
{
    static const char *const aliases[] = { "anna", "ben" };
    struct collect_report report = { 0 };
    struct error err;

    for (size_t i = 0; i < LENGTH_OF(aliases); i++) {
        char *path = fixture_bundle(folder, aliases[i]);

        fixture_judge(path, 0, CLIPS, "secretanswer", 1000);
        free(path);
    }
    GOOD(collect_work(project, &report, &err));
    assert_int_equal(report.events, 6 * CLIPS);
    collect_report_release(&report);
}

/*
 * The other speaker's answers hold the same words: they are erased first, so
 * that what is left must be clean.
 */
static void an_erased_speaker_leaves_no_byte_behind(void **state)
{
    struct project *project = fixture_make(*state);
    char *home = path_join(*state, "p");
    struct erase_report report = { 0 };
    struct error err;

    judge_everything(*state, project);
    assert_false(path_walk(home, search, home, &err)); /* it can find them */
    GOOD(erase_person(project, PEOPLE_SPEAKER, "other", &report, &err));
    erase_report_release(&report);
    GOOD(erase_person(project, PEOPLE_SPEAKER, "secretperson", &report, &err));
    assert_int_equal(report.items, CLIPS / 2);
    assert_int_equal(report.payloads, 2 * 3 * CLIPS / 2);
    assert_int_equal(report.media.count, CLIPS / 2);
    assert_int_equal(report.bundles, 2);
    erase_report_release(&report);
    fixture_verifies(project, 2 * 3 * CLIPS / 2);
    project_close(project);
    is_clean(home);
    free(home);
}

static void bundles_of_an_erased_speaker_still_verify(void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "anna");
    struct erase_report report = { 0 };
    struct collect_report collected = { 0 };
    struct bundle *bundle;
    struct fold fold;
    struct error err;
    size_t erased = 0;

    judge_everything(*state, project);
    GOOD(erase_person(project, PEOPLE_SPEAKER, "secretperson", &report, &err));
    erase_report_release(&report);
    bundle = bundle_open(path, BUNDLE_WORK, &err); /* verifies the chain */
    GOOD(bundle);
    for (size_t i = 0; i < bundle_count(bundle); i++)
        erased += bundle_entry(bundle, i)->erased;
    assert_int_equal(erased, CLIPS / 2);
    GOOD(bundle_fold(bundle, &fold, &err));
    assert_int_equal(fold_done_count(&fold), CLIPS);
    fold_release(&fold);
    bundle_close(bundle);
    GOOD(collect_work(project, &collected, &err));
    assert_int_equal(collected.damaged, 0);
    assert_int_equal(collected.refused, 0);
    collect_report_release(&collected);
    fixture_verifies(project, 3 * CLIPS);
    free(path);
    project_close(project);
}

static void an_old_bundle_that_comes_back_restores_nothing(void **state)
{
    struct project *project = fixture_make(*state);
    char *home = path_join(*state, "p");
    char *path = fixture_bundle(*state, "anna");
    char *old = path_join(*state, "old.mien");
    char *older = path_join(*state, "older.mien");
    struct erase_report report = { 0 };
    struct collect_report collected;
    struct error err;

    fixture_copy(path, older);
    judge_everything(*state, project);
    fixture_copy(path, old);
    fixture_judge(older, 0, CLIPS, "secretanswer", 9000); /* never collected */
    GOOD(erase_person(project, PEOPLE_SPEAKER, "other", &report, &err));
    erase_report_release(&report);
    GOOD(erase_person(project, PEOPLE_SPEAKER, "secretperson", &report, &err));
    erase_report_release(&report);
    fixture_collect(project, old, &collected);
    assert_int_equal(collected.refused, 3 * CLIPS);
    assert_non_null(strstr(collected.notes.item[0], "delete that file"));
    collect_report_release(&collected);
    fixture_collect(project, older, &collected);
    assert_int_equal(collected.refused, 3 * CLIPS);
    collect_report_release(&collected);
    fixture_verifies(project, 6 * CLIPS);
    project_close(project);
    is_clean(home);
    free(home);
    free(path);
    free(old);
    free(older);
}

/* Nor do her entries count, in any report. */
static void an_erased_annotator_leaves_no_answer_behind(void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "anna");
    char *old = path_join(*state, "old.mien");
    struct erase_report report = { 0 };
    struct collect_report collected;
    struct project_bundles list;
    struct project_works works;
    struct error err;
    char *text;
    size_t length;

    fixture_judge(path, 0, CLIPS, "secretanswer", 1000);
    fixture_copy(path, old);
    fixture_collect(project, path, &collected);
    collect_report_release(&collected);
    GOOD(erase_person(project, PEOPLE_ANNOTATOR, "anna", &report, &err));
    assert_int_equal(report.payloads, 3 * CLIPS);
    assert_int_equal(report.items, 0);
    erase_report_release(&report);
    fixture_collect(project, old, &collected);
    assert_int_equal(collected.refused, 3 * CLIPS);
    collect_report_release(&collected);
    fixture_verifies(project, 3 * CLIPS);
    GOOD(project_bundles(project, &list, &err));
    GOOD(project_works(project, list.item[0].id, &works, &err));
    assert_string_equal(list.item[0].alias, "anna");
    for (size_t i = 0; i < works.count; i++)
        assert_true(works.item[i].erased);
    project_works_release(&works);
    project_bundles_release(&list);
    GOOD(project_begin(project, &err));
    assert_false(project_add_annotator(project, "anna", &err));
    project_close(project);
    text = file_read(path, 1 << 24, &length, &err);
    assert_null(memmem(text, length, "secretanswer", 12));
    free(text);
    free(path);
    free(old);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_erased_speaker_leaves_no_byte_behind),
        TEST(bundles_of_an_erased_speaker_still_verify),
        TEST(an_old_bundle_that_comes_back_restores_nothing),
        TEST(an_erased_annotator_leaves_no_answer_behind),
    };

    return cmocka_run_group_tests_name("erase", tests, NULL, NULL);
}
