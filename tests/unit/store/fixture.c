/* fixture - a small project, judged, copied and collected. */
#include <config.h>

#include "fixture.h"

#include <sys/wait.h>
#include <unistd.h>

#include "common/store/bundle.h"
#include "common/store/people.h"
#include "common/store/queue.h"

const char fixture_protocol[] =
    "{\"mien\":1,\"name\":\"tiny\",\"version\":\"1.0\",\"title\":\"Tiny\","
    "\"purpose\":\"a test\",\"instructions\":{\"en\":\"Listen.\"},"
    "\"unit\":\"clip\",\"order\":\"random\",\"show\":[\"waveform\"],"
    "\"questions\":[{\"id\":\"emotion\",\"type\":\"choice\","
    "\"measure\":\"nominal\",\"options\":[{\"value\":\"glad\",\"key\":\"g\"},"
    "{\"value\":\"dull\",\"key\":\"d\"}]}]}";

int fixture_setup(void **state)
{
    char *folder = strdup("/tmp/mien-project.XXXXXX");

    *state = mkdtemp(folder);
    return *state ? 0 : -1;
}

int fixture_teardown(void **state)
{
    pid_t child = fork();

    if (child == 0)
        execlp("rm", "rm", "-rf", (char *)*state, (char *)NULL);
    waitpid(child, NULL, 0);
    free(*state);
    return 0;
}

static void add_clip(struct project *project, int number)
{
    struct project_item item = { .end_us = -1 };
    char id[32], file[64];
    enum project_add how;
    struct error err;
    bool secret = number % 2 == 0;

    snprintf(id, sizeof(id), "%s%d", secret ? "secretclip" : "clip", number);
    snprintf(file, sizeof(file), "../%s.wav", id);
    item.id = id;
    item.file = file;
    item.speaker = secret ? "secretperson" : "other";
    memset(item.sha256, number + 1, HASH_SIZE);
    GOOD(project_add_item(project, &item, &how, &err));
    GOOD(project_set_attribute(project, item.number, "emotion",
                               secret ? "secretlabel" : "glad", &err));
}

/* A project with six clips of two speakers, for anna and ben. */
struct project *fixture_make(const char *folder)
{
    char *path = path_join(folder, "p");
    struct people *people;
    struct queue_settings settings = { .per_item = 2, .seed = 1 };
    struct queue_report report = { 0 };
    struct error err;
    struct project *project =
        project_create(path, "tiny", "1.0", fixture_protocol, &err);

    if (!project)
        fail_msg("%s", err.text);
    GOOD(project_begin(project, &err));
    for (int i = 0; i < CLIPS; i++)
        add_clip(project, i);
    GOOD(project_add_annotator(project, "anna", &err));
    GOOD(project_add_annotator(project, "ben", &err));
    GOOD(project_commit(project, &err));
    people = people_open(path, true, &err);
    GOOD(people);
    GOOD(people_add(people, PEOPLE_SPEAKER, "secretperson", &err));
    GOOD(people_set(people, PEOPLE_SPEAKER, "secretperson", "country",
                    "secretcountry", &err));
    people_close(people);
    GOOD(queue_assign(project, &settings, &report, &err));
    assert_int_equal(report.count, 2);
    queue_report_release(&report);
    free(path);
    return project;
}

char *fixture_bundle(const char *folder, const char *alias)
{
    char *path = NULL;

    if (asprintf(&path, "%s/p/work/%s/1.mien", folder, alias) < 0)
        abort();
    return path;
}

static void put(struct bundle *bundle, enum event_kind kind, const char *entry,
                const char *payload, int64_t wall_us)
{
    struct event event = { .kind = kind,
                           .entry = entry,
                           .payload = payload,
                           .wall_us = wall_us,
                           .media_us = EVENT_NO_TIME };
    struct error err;

    event.session[0] = 7;
    GOOD(bundle_append(bundle, &event, &err));
}

/* Judges the entries [from, to) with `value` and a note. */
void fixture_judge(const char *path, size_t from, size_t to, const char *value,
                   int64_t wall_us)
{
    struct error err;
    struct bundle *bundle = bundle_open(path, BUNDLE_WORK, &err);
    char *answer = NULL;

    if (!bundle)
        fail_msg("%s", err.text);
    if (asprintf(&answer, "{\"question\":\"emotion\",\"value\":\"%s\"}",
                 value) < 0)
        abort();
    for (size_t i = from; i < to; i++) {
        const char *entry = bundle_entry(bundle, i)->id;

        put(bundle, EVENT_ANSWER_SET, entry, answer, wall_us + (int64_t)i);
        put(bundle, EVENT_NOTE, entry, "{\"text\":\"secretnote\"}", wall_us);
        put(bundle, EVENT_SUBMITTED, entry, "{}", wall_us);
    }
    free(answer);
    bundle_close(bundle);
}

void fixture_collect(struct project *project, const char *path,
                     struct collect_report *report)
{
    struct error err;

    memset(report, 0, sizeof(*report));
    GOOD(collect_file(project, path, report, &err));
}

/* All that was collected, as folds. */
char *fixture_state(struct project *project)
{
    struct project_bundles list;
    struct buf out = { 0 };
    struct error err;

    GOOD(project_bundles(project, &list, &err));
    for (size_t i = 0; i < list.count; i++) {
        struct project_works works;
        struct fold fold;

        GOOD(project_works(project, list.item[i].id, &works, &err));
        GOOD(project_fold(project, list.item[i].id, &works, &fold, &err));
        fold_dump(&fold, &out);
        fold_release(&fold);
        project_works_release(&works);
    }
    project_bundles_release(&list);
    return buf_steal(&out);
}

void fixture_verifies(struct project *project, size_t erased_least)
{
    struct text_list faults = { 0 };
    size_t events, erased;
    struct error err;

    GOOD(collect_verify(project, &events, &erased, &faults, &err));
    if (faults.count)
        fail_msg("%s", faults.item[0]);
    assert_true(erased >= erased_least);
    text_list_release(&faults);
}

void fixture_copy(const char *from, const char *to)
{
    struct error err;
    size_t length;
    char *bytes = file_read(from, 1 << 24, &length, &err);

    GOOD(bytes);
    GOOD(atomic_write(to, bytes, length, &err));
    free(bytes);
}

/* A fresh project that knows the same bundles: a copy of the first. */
struct project *fixture_copy_project(const char *folder, const char *name)
{
    char *from = path_join(folder, "p/mien.db");
    char *home = path_join(folder, name);
    char *to = path_join(home, "mien.db");
    struct error err;
    struct project *project;

    GOOD(path_make_folders(home, 0700, &err));
    fixture_copy(from, to);
    project = project_open(home, true, &err);
    if (!project)
        fail_msg("%s", err.text);
    free(from);
    free(home);
    free(to);
    return project;
}
