/*
 * test_snapshot - frozen states: the same for the same state, and without
 * those who were erased.
 */
#include <config.h>

#include "fixture.h"

#include "common/store/erase.h"
#include "common/store/snapshot.h"

static void gather(struct project *project, struct truth_lines *lines)
{
    struct error err;

    memset(lines, 0, sizeof(*lines));
    GOOD(truth_gather_items(project, lines, &err));
    GOOD(truth_gather_cases(project, lines, &err));
    GOOD(truth_gather_people(project, lines, &err));
}

static struct project *judged(const char *folder)
{
    struct project *project = fixture_make(folder);
    struct collect_report report;
    char *anna = fixture_bundle(folder, "anna");

    fixture_judge(anna, 0, CLIPS, "glad", 1000);
    fixture_collect(project, anna, &report);
    collect_report_release(&report);
    free(anna);
    return project;
}

static void a_snapshot_gives_back_what_was_frozen(void **state)
{
    struct project *project = judged(*state);
    struct truth_lines lines, again, back = { 0 };
    struct snapshot snapshot;
    char one[HASH_HEX_SIZE], two[HASH_HEX_SIZE];
    struct error err;

    gather(project, &lines);
    gather(project, &again);
    snapshot_hash(&lines, one);
    snapshot_hash(&again, two);
    assert_string_equal(one, two);
    GOOD(snapshot_create(project, "v1", &lines, &err));
    assert_false(snapshot_create(project, "v1", &lines, &err));
    assert_non_null(strstr(err.text, "already"));
    GOOD(snapshot_load(project, "v1", &snapshot, &back, &err));
    assert_int_equal(back.count, lines.count);
    for (size_t i = 0; i < lines.count; i++) {
        assert_int_equal(back.item[i].kind, lines.item[i].kind);
        assert_string_equal(back.item[i].body, lines.item[i].body);
    }
    assert_string_equal(snapshot.sha256, one);
    snapshot_release(&snapshot);
    truth_release(&lines);
    truth_release(&again);
    truth_release(&back);
    fixture_verifies(project, 0);
    project_close(project);
}

static void attributes_stay_in_people_db_and_change_the_hash(void **state)
{
    struct project *project = judged(*state);
    struct truth_lines lines, later;
    char one[HASH_HEX_SIZE], two[HASH_HEX_SIZE];
    struct people *people;
    struct error err;

    gather(project, &lines);
    for (size_t i = 0; i < lines.count; i++)
        assert_null(strstr(lines.item[i].body, "secretcountry"));
    people = people_open(project_folder(project), false, &err);
    GOOD(people);
    GOOD(people_set(people, PEOPLE_SPEAKER, "secretperson", "country",
                    "elsewhere", &err));
    people_close(people);
    gather(project, &later);
    snapshot_hash(&lines, one);
    snapshot_hash(&later, two);
    assert_string_not_equal(one, two);
    truth_release(&lines);
    truth_release(&later);
    project_close(project);
}

static void the_erased_leave_every_snapshot_and_are_counted(void **state)
{
    struct project *project = judged(*state);
    struct truth_lines lines, back = { 0 };
    struct snapshot snapshot;
    struct erase_report report = { 0 };
    struct error err;
    size_t concerned = 0;

    gather(project, &lines);
    for (size_t i = 0; i < lines.count; i++)
        concerned += strcmp(lines.item[i].speaker, "secretperson") == 0;
    assert_true(concerned > CLIPS / 2);
    GOOD(snapshot_create(project, "v1", &lines, &err));
    GOOD(erase_person(project, PEOPLE_SPEAKER, "secretperson", &report, &err));
    erase_report_release(&report);
    GOOD(snapshot_load(project, "v1", &snapshot, &back, &err));
    assert_int_equal(snapshot.lines, lines.count);
    assert_int_equal(snapshot.erased, concerned);
    for (size_t i = 0; i < back.count; i++)
        assert_null(strstr(back.item[i].body, "secret"));
    snapshot_release(&snapshot);
    truth_release(&lines);
    truth_release(&back);
    project_close(project);
}

static void marks_and_traces_leave_with_their_annotator(void **state)
{
    struct project *project = judged(*state);
    struct truth_lines lines, back = { 0 };
    struct snapshot snapshot;
    struct erase_report report = { 0 };
    struct error err;
    size_t left = 0;

    gather(project, &lines);
    for (int i = 0; i < 2; i++) {
        const char *who = i == 0 ? "anna" : "ben";
        char body[64];

        snprintf(body, sizeof(body), "{\"mark\":\"%s\"}", who);
        truth_add(&lines, (struct truth_line){ TRUTH_MARK, "", who, body });
        snprintf(body, sizeof(body), "{\"pass\":\"%s\"}", who);
        truth_add(&lines, (struct truth_line){ TRUTH_PASS, "", who, body });
    }
    GOOD(snapshot_create(project, "v1", &lines, &err));
    GOOD(erase_person(project, PEOPLE_ANNOTATOR, "anna", &report, &err));
    erase_report_release(&report);
    GOOD(snapshot_load(project, "v1", &snapshot, &back, &err));
    for (size_t i = 0; i < back.count; i++) {
        assert_null(strstr(back.item[i].body, "anna"));
        left +=
            back.item[i].kind == TRUTH_MARK || back.item[i].kind == TRUTH_PASS;
    }
    assert_int_equal(left, 2);
    snapshot_release(&snapshot);
    truth_release(&lines);
    truth_release(&back);
    project_close(project);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(marks_and_traces_leave_with_their_annotator),
        TEST(a_snapshot_gives_back_what_was_frozen),
        TEST(attributes_stay_in_people_db_and_change_the_hash),
        TEST(the_erased_leave_every_snapshot_and_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
