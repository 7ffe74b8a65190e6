/*
 * pairs - what is compared with what, handed out, brought home and erased.
 */
#include <config.h>

#include "fixture.h"

#include "common/store/bundle.h"
#include "common/store/erase.h"
#include "common/store/judgement.h"
#include "common/store/queue.h"
#include "common/study/protocol.h"

static const char protocol[] =
    "{\"mien\":1,\"name\":\"two\",\"version\":\"1.0\",\"title\":\"Two\","
    "\"instructions\":\"Listen.\",\"unit\":\"pair\",\"questions\":["
    "{\"id\":\"emotion\",\"type\":\"compare\",\"text\":\"Which?\"}]}";

static void assign(struct project *project, double repeat,
                   struct queue_report *report)
{
    struct queue_settings settings = {
        .per_item = 2, .partners = 3, .repeat = repeat, .seed = 1
    };
    struct error err;

    memset(report, 0, sizeof(*report));
    GOOD(queue_assign(project, &settings, report, &err));
}

/* Six clips of two speakers, compared by anna and ben. */
static struct project *make(const char *folder, double repeat,
                            struct queue_report *report)
{
    char *path = path_join(folder, "p");
    struct error err;
    struct project *project =
        project_create(path, "two", "1.0", protocol, &err);

    if (!project)
        fail_msg("%s", err.text);
    GOOD(project_begin(project, &err));
    for (int i = 0; i < CLIPS; i++) {
        struct project_item item = { .end_us = -1, .file = "x.wav" };
        enum project_add how;
        char id[32];

        snprintf(id, sizeof(id), "%s%d", i % 2 ? "clip" : "secretclip", i);
        item.id = id;
        item.speaker = i % 2 ? "other" : "secretperson";
        memset(item.sha256, i + 1, HASH_SIZE);
        GOOD(project_add_item(project, &item, &how, &err));
    }
    GOOD(project_add_annotator(project, "anna", &err));
    GOOD(project_add_annotator(project, "ben", &err));
    GOOD(project_commit(project, &err));
    assign(project, repeat, report);
    free(path);
    return project;
}

static void a_repeat_stands_the_other_way_round(void **state)
{
    struct queue_report report;
    struct project *project = make(*state, 0.5, &report);
    char *path = fixture_bundle(*state, "anna");
    size_t repeats = report.item[0].repeats, found = 0;
    struct error err;
    struct bundle *bundle;

    assert_int_equal(report.count, 2);
    assert_true(repeats >= 2);
    assert_int_equal(report.pairs_parts, 1);
    assert_int_equal(report.item[0].items, report.pairs);
    queue_report_release(&report);
    project_close(project);
    bundle = bundle_open(path, BUNDLE_READ, &err);
    GOOD(bundle);
    for (size_t i = 0; i < bundle_count(bundle); i++) {
        const struct bundle_entry *one = bundle_entry(bundle, i);

        assert_true(one->pair && one->has_medium && one->second.has_medium);
        for (size_t j = 0; j < i; j++) {
            const struct bundle_entry *two = bundle_entry(bundle, j);

            if (one->same != two->same)
                continue;
            assert_true(one->turned != two->turned);
            found++;
        }
    }
    assert_int_equal(found, repeats);
    bundle_close(bundle);
    free(path);
}

/* Both said the same of the pair, whichever they met first. */
static void answers_are_said_of_the_pair_itself(void **state)
{
    struct queue_report report;
    struct project *project = make(*state, 0, &report);
    struct collect_report collected = { 0 };
    static const char *const aliases[] = { "anna", "ben" };
    struct protocol *read;
    struct judgements list;
    struct error err;
    size_t first[2] = { 0 };

    queue_report_release(&report);
    for (size_t i = 0; i < 2; i++) {
        char *path = fixture_bundle(*state, aliases[i]);
        struct bundle *bundle = bundle_open(path, BUNDLE_READ, &err);
        size_t count;

        GOOD(bundle);
        count = bundle_count(bundle);
        bundle_close(bundle);
        fixture_judge(path, 0, count, "first", 1000);
        free(path);
    }
    GOOD(collect_work(project, &collected, &err));
    collect_report_release(&collected);
    read = protocol_parse(protocol, strlen(protocol), "p", &err);
    GOOD(read);
    GOOD(judgements_gather(project, read, &list, &err));
    assert_true(list.count > 0 && list.count % 2 == 0);
    for (size_t i = 0; i < list.count; i++) {
        struct buf value = { 0 };

        judgement_value(&list.item[i], &read->question[0], &value);
        assert_string_equal(buf_text(&value),
                            list.item[i].swapped ? "second" : "first");
        first[!list.item[i].swapped]++;
        buf_release(&value);
        if (i % 2) /* anna and ben met each pair in both ways */
            assert_true(list.item[i].swapped != list.item[i - 1].swapped);
    }
    assert_int_equal(first[0], first[1]);
    judgements_release(&list);
    protocol_free(read);
    project_close(project);
}

static void who_withdraws_takes_every_pair_along(void **state)
{
    struct queue_report report;
    struct project *project = make(*state, 0, &report);
    struct collect_report collected = { 0 };
    char *path = fixture_bundle(*state, "anna");
    struct erase_report erased = { 0 };
    size_t pairs = report.pairs, mine = 0, left = 0;
    struct project_items items;
    struct bundle *bundle;
    struct error err;

    queue_report_release(&report);
    fixture_judge(path, 0, pairs, "second", 1000);
    GOOD(collect_work(project, &collected, &err));
    collect_report_release(&collected);
    GOOD(project_items(project, &items, &err));
    for (size_t i = 0; i < items.count; i++)
        mine += items.item[i].first > 0 &&
                strstr(items.item[i].speaker, "secretperson") != NULL;
    project_items_release(&items);
    GOOD(erase_person(project, PEOPLE_SPEAKER, "secretperson", &erased, &err));
    assert_int_equal(erased.items, CLIPS / 2 + mine);
    assert_int_equal(erased.payloads, 3 * mine); /* hers alone came home */
    erase_report_release(&erased);
    bundle = bundle_open(path, BUNDLE_WORK, &err); /* verifies the chain */
    GOOD(bundle);
    for (size_t i = 0; i < bundle_count(bundle); i++) {
        const struct bundle_entry *entry = bundle_entry(bundle, i);

        assert_true(entry->pair != entry->erased);
        assert_true(entry->has_medium != entry->erased);
        left += !entry->erased;
    }
    assert_int_equal(left, pairs - mine);
    bundle_close(bundle);
    fixture_verifies(project, 3 * mine);
    /* What is left can still be handed out, and what is new with it. */
    assign(project, 0, &report);
    queue_report_release(&report);
    free(path);
    project_close(project);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_repeat_stands_the_other_way_round),
        TEST(answers_are_said_of_the_pair_itself),
        TEST(who_withdraws_takes_every_pair_along),
    };

    return cmocka_run_group_tests_name("pairs", tests, NULL, NULL);
}
