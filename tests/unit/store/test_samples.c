/* samples - rows under seals: home, away, changed, erased. */
#include <config.h>

#include "common/store/bundle_trace.h"

#include <math.h>

#include "fixture.h"

#include "common/store/bundle_copy.h"
#include "common/store/erase.h"
#include "common/store/project_internal.h"
#include "common/store/samples_internal.h"
#include "common/study/event_trace.h"

enum { SEALED = 250, TAIL = 7, BLOCK = 100 };

static struct trace_sample sample_of(int64_t i)
{
    return (struct trace_sample){ .media_us = i * TRACE_STEP_US,
                                  .host_us = 5000000 + i * TRACE_STEP_US,
                                  .value = { sin((double)i), i / 7.0 },
                                  .flags = i % 3 ? 0 : TRACE_INPUT };
}

static void put(struct bundle *bundle, enum event_kind kind, const char *entry,
                char *payload, uint8_t hash[EVENT_HASH_SIZE])
{
    struct event event = { .kind = kind,
                           .entry = entry,
                           .payload = payload,
                           .wall_us = 1000,
                           .media_us = 0 };
    struct error err;

    event.session[0] = 7;
    GOOD(bundle_append(bundle, &event, &err));
    if (hash)
        memcpy(hash, event.hash, EVENT_HASH_SIZE);
    free(payload);
}

static void seal(struct bundle *bundle, const char *entry,
                 const uint8_t pass[EVENT_HASH_SIZE], int64_t first,
                 int64_t count)
{
    struct trace_sample rows[BLOCK];
    struct event_seal it = { .first = first, .count = count };
    struct error err;

    for (int64_t i = 0; i < count; i++)
        rows[i] = sample_of(first + i);
    GOOD(bundle_trace_add(bundle, pass, first, rows, (size_t)count, &err));
    memcpy(it.pass, pass, EVENT_HASH_SIZE);
    it.first_us = rows[0].media_us;
    it.last_us = rows[count - 1].media_us;
    trace_hash(pass, first, rows, (size_t)count, it.hash);
    put(bundle, EVENT_TRACE_SEALED, entry, event_payload_seal(&it), NULL);
}

/* A pass of SEALED samples over the entry, and TAIL more without a seal. */
static void trace(struct bundle *bundle, size_t index,
                  uint8_t pass[EVENT_HASH_SIZE])
{
    const char *entry = bundle_entry(bundle, index)->id;
    struct event_pass begin = { (char *)"q", 1, 0, 10000000, false, 0 };
    struct trace_sample tail[TAIL];
    struct error err;

    put(bundle, EVENT_TRACE_STARTED, entry, event_payload_pass(&begin), pass);
    for (int64_t at = 0; at < SEALED; at += BLOCK)
        seal(bundle, entry, pass, at,
             SEALED - at < BLOCK ? SEALED - at : BLOCK);
    for (int i = 0; i < TAIL; i++)
        tail[i] = sample_of(SEALED + i);
    GOOD(bundle_trace_add(bundle, pass, SEALED, tail, TAIL, &err));
}

static struct bundle *open_it(const char *path, enum bundle_mode mode)
{
    struct error err;
    struct bundle *bundle = bundle_open(path, mode, &err);

    if (!bundle)
        fail_msg("%s", err.text);
    return bundle;
}

/* Traces entry `index`; the bundle is closed again. */
static void trace_in(const char *path, size_t index,
                     uint8_t pass[EVENT_HASH_SIZE])
{
    struct bundle *bundle = open_it(path, BUNDLE_WORK);

    trace(bundle, index, pass);
    bundle_close(bundle);
}

static int64_t count_in(struct db *db, const uint8_t pass[EVENT_HASH_SIZE])
{
    struct trace_samples rows = { 0 };
    struct error err;
    int64_t number = samples_pass(db, pass, &err);

    assert_true(number >= 0);
    if (number > 0)
        GOOD(samples_get(db, number, 0, -1, &rows, &err));
    free(rows.item);
    return (int64_t)rows.count;
}

static void samples_come_back_as_they_were_written(void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "anna");
    struct trace_samples rows = { 0 };
    uint8_t pass[EVENT_HASH_SIZE];
    struct bundle *bundle;
    struct error err;

    trace_in(path, 0, pass);
    bundle = open_it(path, BUNDLE_READ);
    GOOD(bundle_trace_read(bundle, pass, 0, &rows, &err));
    assert_int_equal(rows.count, SEALED + TAIL);
    for (size_t i = 0; i < rows.count; i++) {
        struct trace_sample it = sample_of((int64_t)i);

        assert_memory_equal(&rows.item[i].value, &it.value, sizeof(it.value));
        assert_int_equal(rows.item[i].media_us, it.media_us);
        assert_int_equal(rows.item[i].host_us, it.host_us);
        assert_int_equal(rows.item[i].flags, it.flags);
    }
    rows.count = 0; /* on from a number */
    GOOD(bundle_trace_read(bundle, pass, SEALED, &rows, &err));
    assert_int_equal(rows.count, TAIL);
    free(rows.item);
    bundle_close(bundle);
    project_close(project);
    free(path);
}

static void collecting_brings_what_is_sealed_and_once(void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "anna");
    struct collect_report report;
    uint8_t pass[EVENT_HASH_SIZE];

    trace_in(path, 0, pass);
    fixture_collect(project, path, &report);
    assert_int_equal(report.samples, SEALED);
    collect_report_release(&report);
    fixture_collect(project, path, &report);
    assert_int_equal(report.samples, 0);
    collect_report_release(&report);
    assert_int_equal(count_in(project_db(project), pass), SEALED);
    fixture_verifies(project, 0);
    project_close(project);
    free(path);
}

/* One value of a million of them, by a hair. */
static void nudge(struct db *db, const uint8_t pass[EVENT_HASH_SIZE])
{
    struct trace_samples rows = { 0 };
    struct error err;
    int64_t number = samples_pass(db, pass, &err);

    GOOD(db_begin(db, &err));
    GOOD(samples_get(db, number, 120, -1, &rows, &err));
    rows.item[0].value[0] = nextafter(rows.item[0].value[0], 2);
    GOOD(samples_cut(db, number, 120, &err));
    GOOD(samples_put(db, number, 120, rows.item, rows.count, &err));
    GOOD(db_commit(db, &err));
    free(rows.item);
}

static void a_changed_sample_is_noticed_before_and_after_collecting(
    void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "anna");
    char *copy = path_join(*state, "copy.mien");
    struct collect_report report;
    struct text_list faults = { 0 };
    uint8_t pass[EVENT_HASH_SIZE];
    size_t events, erased;
    struct bundle *bundle;
    struct error err;

    trace_in(path, 0, pass);
    fixture_copy(path, copy);
    bundle = open_it(copy, BUNDLE_WORK);
    nudge(bundle_db(bundle), pass);
    bundle_close(bundle);
    fixture_collect(project, copy, &report);
    assert_int_equal(report.damaged, 1);
    assert_int_equal(report.samples, 0);
    assert_non_null(strstr(report.notes.item[0], "samples of a trace"));
    collect_report_release(&report);
    fixture_collect(project, path, &report);
    collect_report_release(&report);
    fixture_verifies(project, 0);
    nudge(project_db(project), pass);
    GOOD(collect_verify(project, &events, &erased, &faults, &err));
    assert_int_equal(faults.count, 1);
    assert_non_null(strstr(faults.item[0], "samples of a trace"));
    text_list_release(&faults);
    project_close(project);
    free(copy);
    free(path);
}

/* Hers goes on; the copy claims nothing that she has not sealed. */
static void a_copy_made_while_tracing_and_its_original_both_come_home(
    void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "anna");
    char *copy = path_join(*state, "copy.mien");
    struct event_inputs inputs = { 0 };
    struct collect_report report;
    uint8_t pass[EVENT_HASH_SIZE];
    struct bundle *bundle = open_it(path, BUNDLE_WORK);
    char *entry = xstrdup(bundle_entry(bundle, 0)->id);
    struct bundle *other;
    struct error err;
    struct text_list media = { 0 };

    trace(bundle, 0, pass);
    GOOD(bundle_copy(path, copy, false, &media, &err));
    text_list_release(&media);
    {
        /* Her next samples differ from none: the tail was cut in the copy. */
        int64_t number = samples_pass(bundle_db(bundle), pass, &err);

        GOOD(samples_cut(bundle_db(bundle), number, SEALED, &err));
    }
    seal(bundle, entry, pass, SEALED, BLOCK);
    bundle_close(bundle);
    other = open_it(copy, BUNDLE_WORK);
    assert_int_equal(count_in(bundle_db(other), pass), SEALED);
    put(other, EVENT_TRACE_ENDED, entry,
        event_payload_pass_end(pass, TRACE_CUT_OFF, SEALED, &inputs), NULL);
    bundle_close(other);
    fixture_collect(project, copy, &report);
    collect_report_release(&report);
    fixture_collect(project, path, &report);
    assert_int_equal(report.damaged, 0);
    collect_report_release(&report);
    assert_int_equal(count_in(project_db(project), pass), SEALED + BLOCK);
    fixture_verifies(project, 0);
    project_close(project);
    free(entry);
    free(copy);
    free(path);
}

static void an_erased_annotator_leaves_no_sample_and_none_comes_back(
    void **state)
{
    struct project *project = fixture_make(*state);
    char *path = fixture_bundle(*state, "anna");
    char *copy = path_join(*state, "copy.mien");
    struct erase_report erased = { 0 };
    struct collect_report report;
    uint8_t pass[EVENT_HASH_SIZE];
    struct bundle *bundle;
    struct error err;

    trace_in(path, 0, pass);
    fixture_copy(path, copy);
    fixture_collect(project, path, &report);
    collect_report_release(&report);
    assert_int_equal(count_in(project_db(project), pass), SEALED);
    GOOD(erase_person(project, PEOPLE_ANNOTATOR, "anna", &erased, &err));
    erase_report_release(&erased);
    assert_int_equal(count_in(project_db(project), pass), 0);
    bundle = open_it(path, BUNDLE_READ);
    assert_int_equal(count_in(bundle_db(bundle), pass), 0);
    bundle_close(bundle);
    fixture_collect(project, copy, &report);
    assert_int_equal(report.samples, 0);
    collect_report_release(&report);
    assert_int_equal(count_in(project_db(project), pass), 0);
    fixture_verifies(project, 1);
    project_close(project);
    free(copy);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(samples_come_back_as_they_were_written),
        TEST(collecting_brings_what_is_sealed_and_once),
        TEST(a_changed_sample_is_noticed_before_and_after_collecting),
        TEST(a_copy_made_while_tracing_and_its_original_both_come_home),
        TEST(an_erased_annotator_leaves_no_sample_and_none_comes_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
