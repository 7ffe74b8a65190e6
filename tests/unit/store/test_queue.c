/*
 * test_queue - practice, gold, attention checks and further work.
 */
#include <config.h>

#include "fixture.h"

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/store/bundle.h"
#include "common/store/queue.h"
#include "common/study/protocol.h"

enum { ITEMS = 40, PEOPLE = 3 };

static const char *const people[PEOPLE] = { "anna", "ben", "cleo" };

static const char conducted[] =
    "{\"mien\":1,\"name\":\"tiny\",\"version\":\"%s\",\"title\":\"Tiny\","
    "\"instructions\":\"Listen.\",\"qualification\":{\"practice\":4,"
    "\"gold_min\":0.5,\"reference\":{\"emotion\":{\"attribute\":\"target\","
    "\"values\":{\"+\":\"glad\",\"-\":\"dull\"}}}},"
    "\"attention\":{\"every\":10,\"checks\":[{\"text\":\"Say dull.\","
    "\"question\":\"emotion\",\"value\":\"dull\"}]},"
    "\"questions\":[{\"id\":\"emotion\",\"type\":\"choice\","
    "\"options\":[{\"value\":\"glad\",\"key\":\"g\"},"
    "{\"value\":\"dull\",\"key\":\"d\"}]}]}";

/* Forty items; the first thirty have a reference. */
static struct project *make(const char *folder)
{
    char *path = path_join(folder, "q");
    char *text = xasprintf(conducted, "1.0");
    struct error err;
    struct project *project = project_create(path, "tiny", "1.0", text, &err);

    if (!project)
        fail_msg("%s", err.text);
    GOOD(project_begin(project, &err));
    for (int i = 0; i < ITEMS; i++) {
        struct project_item item = { .end_us = -1, .speaker = "s" };
        char id[32], file[64];
        enum project_add how;

        snprintf(id, sizeof(id), "c%d", i);
        snprintf(file, sizeof(file), "../c%d.wav", i);
        item.id = id;
        item.file = file;
        memset(item.sha256, i + 1, HASH_SIZE);
        GOOD(project_add_item(project, &item, &how, &err));
        if (i < 30)
            GOOD(project_set_attribute(project, item.number, "target",
                                       i % 3 ? "+" : "-", &err));
    }
    for (int i = 0; i < PEOPLE; i++)
        GOOD(project_add_annotator(project, people[i], &err));
    GOOD(project_commit(project, &err));
    free(path);
    free(text);
    return project;
}

static void assign(struct project *project, struct queue_settings *settings,
                   struct queue_report *report)
{
    struct error err;

    memset(report, 0, sizeof(*report));
    settings->seed = 1;
    GOOD(queue_assign(project, settings, report, &err));
}

/* The works of bundle `number` of `alias`. */
static void works_of(struct project *project, const char *alias, int64_t number,
                     struct project_works *works)
{
    struct project_bundles list;
    struct error err;
    bool found = false;

    GOOD(project_bundles(project, &list, &err));
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.item[i].alias, alias) == 0 &&
            list.item[i].number == number) {
            GOOD(project_works(project, list.item[i].id, works, &err));
            found = true;
        }
    project_bundles_release(&list);
    assert_true(found);
}

static size_t count_role(const struct project_works *works, const char *role)
{
    size_t count = 0;

    for (size_t i = 0; i < works->count; i++)
        count += strcmp(works->item[i].role, role) == 0;
    return count;
}

static struct bundle *open_bundle(const char *folder, const char *alias,
                                  int number)
{
    char *path = xasprintf("%s/q/work/%s/%d.mien", folder, alias, number);
    struct error err;
    struct bundle *bundle = bundle_open(path, BUNDLE_READ, &err);

    if (!bundle)
        fail_msg("%s", err.text);
    free(path);
    return bundle;
}

/*
 * 36 items are left after practice; 3 x 1 of gold at a share of 0.2:
 * g = 0.2 * 36 / (3 + 0.2) = 2.25, so 3 gold items and 33 of work, 11 each,
 * of which 0.2 are 2.2: two gold entries in each queue.
 */
static void practice_comes_first_and_gold_is_hidden_in_the_work(void **state)
{
    struct project *project = make(*state);
    struct queue_settings settings = { .per_item = 1, .gold = 0.2 };
    struct queue_report report;
    struct project_works works;
    struct bundle *bundle;

    assign(project, &settings, &report);
    assert_int_equal(report.count, PEOPLE);
    for (size_t i = 0; i < report.count; i++) {
        assert_int_equal(report.item[i].items, 11);
        assert_int_equal(report.item[i].gold, 2);
        assert_int_equal(report.item[i].practice, 4);
        assert_int_equal(report.item[i].checks, 1);
    }
    works_of(project, "ben", 1, &works);
    assert_int_equal(works.count, 11 + 2 + 4 + 1);
    assert_int_equal(count_role(&works, "gold"), 2);
    bundle = open_bundle(*state, "ben", 1);
    for (size_t i = 0; i < works.count; i++) {
        const struct bundle_entry *entry = bundle_entry(bundle, i);
        bool practice = strcmp(works.item[i].role, "practice") == 0;

        assert_int_equal(practice, i < 4);
        assert_int_equal(entry->practice, practice);
        assert_int_equal(bundle_truth(bundle, i, "emotion") != NULL, practice);
        assert_int_equal(entry->asks >= 0,
                         strcmp(works.item[i].role, "attention") == 0);
    }
    bundle_close(bundle);
    project_works_release(&works);
    queue_report_release(&report);
    project_close(project);
}

static void practice_shows_each_answer_about_as_often(void **state)
{
    struct project *project = make(*state);
    struct queue_settings settings = { .per_item = 1 };
    struct queue_report report;
    struct bundle *bundle;
    size_t glad = 0;

    assign(project, &settings, &report);
    bundle = open_bundle(*state, "anna", 1);
    for (size_t i = 0; i < 4; i++)
        glad += strcmp(bundle_truth(bundle, i, "emotion"), "glad") == 0;
    assert_int_equal(glad, 2);
    bundle_close(bundle);
    queue_report_release(&report);
    project_close(project);
}

/* Nobody is asked as work what anybody was shown the answer of. */
static void what_was_practice_or_gold_is_never_work(void **state)
{
    struct project *project = make(*state);
    struct queue_settings settings = { .per_item = 1, .gold = 0.2 };
    struct queue_report report;
    struct project_works works;
    bool special[ITEMS + 1] = { false };

    for (int pass = 0; pass < 2; pass++) {
        for (int who = 0; pass == 0 && who < 1; who++) {
            assign(project, &settings, &report);
            queue_report_release(&report);
            settings.per_item = 3;
            assign(project, &settings, &report);
            queue_report_release(&report);
        }
        for (int who = 0; who < PEOPLE; who++)
            for (int64_t number = 1; number <= 2; number++) {
                works_of(project, people[who], number, &works);
                for (size_t i = 0; i < works.count; i++) {
                    const char *role = works.item[i].role;
                    bool is = strcmp(role, "practice") == 0 ||
                              strcmp(role, "gold") == 0;

                    if (pass == 0 && is)
                        special[works.item[i].item] = true;
                    if (pass == 1 && strcmp(role, "work") == 0)
                        assert_false(special[works.item[i].item]);
                    if (number == 2)
                        assert_string_not_equal(role, "practice");
                }
                project_works_release(&works);
            }
    }
    project_close(project);
}

static void practice_is_refused_where_references_are_too_few(void **state)
{
    struct project *project = make(*state);
    struct queue_settings settings = {
        .per_item = 1, .practice_given = true, .practice = 31, .seed = 1
    };
    struct queue_report report = { 0 };
    struct error err;

    assert_false(queue_assign(project, &settings, &report, &err));
    assert_non_null(strstr(err.text, "31 practice items are wanted, but only "
                                     "30 have a reference"));
    assert_int_equal(report.count, 0);
    queue_report_release(&report);
    project_close(project);
}

static void truths_by_hand_win_over_the_corpus(void **state)
{
    static const struct queue_truth truth[] = { { "c31", "emotion", "+" },
                                                { "c33", "emotion", "dull" } };
    struct project *project = make(*state);
    struct queue_settings settings = { .per_item = 1,
                                       .practice_given = true,
                                       .practice = 2,
                                       .practice_from = { .truth = truth,
                                                          .truth_count = 2 } };
    struct queue_report report;
    struct project_works works;

    assign(project, &settings, &report);
    works_of(project, "cleo", 1, &works);
    assert_int_equal(count_role(&works, "practice"), 2);
    assert_true(strcmp(works.item[0].item_id, "c31") == 0 ||
                strcmp(works.item[0].item_id, "c33") == 0);
    project_works_release(&works);
    queue_report_release(&report);
    project_close(project);
}

static void items_are_sent_back_to_those_who_are_named(void **state)
{
    struct project *project = make(*state);
    struct queue_settings settings = { .per_item = 1 };
    struct queue_report report;
    struct project_works first, works;
    struct queue_task task[2] = { { "ben", 0 }, { "ben", 0 } };
    struct error err;

    assign(project, &settings, &report);
    queue_report_release(&report);
    works_of(project, "ben", 1, &first);
    task[0].item = first.item[5].item; /* practice and its like aside */
    for (int64_t item = 1; item <= ITEMS && task[1].item == 0; item++) {
        bool had = false;

        for (size_t i = 0; i < first.count; i++)
            had = had || first.item[i].item == item;
        if (!had)
            task[1].item = item;
    }
    memset(&report, 0, sizeof(report));
    GOOD(queue_send(project, task, 2, &settings, &report, &err));
    assert_int_equal(report.count, 1);
    assert_int_equal(report.item[0].number, 2);
    assert_int_equal(report.item[0].items, 2);
    works_of(project, "ben", 2, &works);
    assert_int_equal(count_role(&works, "again"), 1);
    assert_int_equal(count_role(&works, "work"), 1);
    project_works_release(&works);
    project_works_release(&first);
    queue_report_release(&report);

    task[1].alias = "dora";
    assert_false(queue_send(project, task, 2, &settings, &report, &err));
    assert_non_null(strstr(err.text, "nobody called \"dora\" works here"));
    queue_report_release(&report);
    project_close(project);
}

static void a_minor_version_goes_on_and_a_major_one_begins_anew(void **state)
{
    struct project *project = make(*state);
    struct queue_settings settings = { .per_item = 1 };
    struct queue_report report;
    struct error err;
    bool compatible;
    char *minor = xasprintf(conducted, "1.1");
    char *major = xasprintf(conducted, "2.0");

    assign(project, &settings, &report);
    assert_int_equal(report.count, PEOPLE);
    queue_report_release(&report);
    GOOD(project_adopt_protocol(project, minor, "minor.json", &compatible,
                                &err));
    assert_true(compatible);
    assert_false(project_adopt_protocol(project, minor, "minor.json",
                                        &compatible, &err));
    assert_non_null(strstr(err.text, "the project has 1.1 already"));
    assign(project, &settings, &report);
    assert_int_equal(report.count, 0);
    queue_report_release(&report);
    GOOD(project_adopt_protocol(project, major, "major.json", &compatible,
                                &err));
    assert_false(compatible);
    assign(project, &settings, &report);
    assert_int_equal(report.count, PEOPLE);
    assert_int_equal(report.item[0].number, 2);
    queue_report_release(&report);
    free(minor);
    free(major);
    project_close(project);
}

static void repeats_keep_the_distance_that_is_asked_for(void **state)
{
    struct project *project = make(*state);
    struct queue_settings settings = { .per_item = 3,
                                       .repeat = 0.3,
                                       .distance = 15 };
    struct queue_report report;
    struct project_works works;

    assign(project, &settings, &report);
    assert_true(report.item[0].repeats > 5);
    works_of(project, "anna", 1, &works);
    for (size_t i = 0; i < works.count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(works.item[i].role, "repeat") == 0 &&
                works.item[j].item == works.item[i].item)
                assert_true(i - j >= 15);
    project_works_release(&works);
    queue_report_release(&report);
    project_close(project);
}

static const char turns[] =
    "{\"mien\":1,\"name\":\"turns\",\"version\":\"1.0\",\"order\":"
    "\"contextual\",\"show\":[\"text\"],\"questions\":[{\"id\":\"emotion\","
    "\"type\":\"choice\",\"options\":[{\"value\":\"glad\",\"key\":\"g\"},"
    "{\"value\":\"dull\",\"key\":\"d\"}]}]}";

/* Turns without sound, two dialogues told alternately: "0.0", "1.0", ... */
static struct project *make_dialogues(const char *folder)
{
    char *path = path_join(folder, "d");
    struct error err;
    struct project *project = project_create(path, "turns", "1.0", turns, &err);

    if (!project)
        fail_msg("%s", err.text);
    GOOD(project_begin(project, &err));
    for (int i = 0; i < 20; i++) {
        struct project_item item = { .end_us = -1, .speaker = "", .file = "" };
        char id[32], dialogue[32];
        enum project_add how;

        snprintf(id, sizeof(id), "%d.%d", i % 2, i / 2);
        snprintf(dialogue, sizeof(dialogue), "dia%d", i % 2);
        item.id = id;
        GOOD(project_add_item(project, &item, &how, &err));
        GOOD(project_set_attribute(project, item.number, "text", id, &err));
        GOOD(project_set_attribute(project, item.number, "recording", dialogue,
                                   &err));
    }
    GOOD(project_add_annotator(project, "anna", &err));
    GOOD(project_commit(project, &err));
    free(path);
    return project;
}

static void a_dialogue_is_read_in_its_own_order(void **state)
{
    struct project *project = make_dialogues(*state);
    struct queue_settings settings = { .per_item = 1 };
    struct queue_report report;
    struct project_works works;

    assign(project, &settings, &report);
    works_of(project, "anna", 1, &works);
    assert_int_equal(works.count, 20);
    for (size_t i = 0; i < 20; i++) {
        const char *id = works.item[i].item_id;

        assert_int_equal(id[0], works.item[i / 10 * 10].item_id[0]);
        assert_int_equal(id[2], '0' + (int)(i % 10));
    }
    project_works_release(&works);
    queue_report_release(&report);
    project_close(project);
}

/* Whatever a bundle says of an entry, it says of work and of gold alike. */
static void gold_looks_like_all_other_work(void **state)
{
    struct project *project = make(*state);
    struct queue_settings settings = { .per_item = 1,
                                       .gold = 0.3,
                                       .repeat = 0.2 };
    struct queue_report report;
    struct project_works works;
    struct bundle *bundle;

    assign(project, &settings, &report);
    works_of(project, "anna", 1, &works);
    bundle = open_bundle(*state, "anna", 1);
    for (size_t i = 0; i < works.count; i++) {
        const struct bundle_entry *entry = bundle_entry(bundle, i);

        if (strcmp(works.item[i].role, "practice") == 0 ||
            strcmp(works.item[i].role, "attention") == 0)
            continue;
        assert_int_equal(strlen(entry->id), 16);
        assert_false(entry->practice);
        assert_int_equal(entry->asks, -1);
        assert_null(entry->text);
        assert_null(entry->speaker);
        assert_true(entry->has_medium);
        assert_null(bundle_truth(bundle, i, "emotion"));
    }
    bundle_close(bundle);
    project_works_release(&works);
    queue_report_release(&report);
    project_close(project);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(practice_comes_first_and_gold_is_hidden_in_the_work),
        TEST(practice_shows_each_answer_about_as_often),
        TEST(what_was_practice_or_gold_is_never_work),
        TEST(practice_is_refused_where_references_are_too_few),
        TEST(truths_by_hand_win_over_the_corpus),
        TEST(items_are_sent_back_to_those_who_are_named),
        TEST(a_minor_version_goes_on_and_a_major_one_begins_anew),
        TEST(repeats_keep_the_distance_that_is_asked_for),
        TEST(a_dialogue_is_read_in_its_own_order),
        TEST(gold_looks_like_all_other_work),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
