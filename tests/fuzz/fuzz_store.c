/*
 * fuzz_store - projects, bundles and people files that somebody changed.
 *
 * The files are made once, good; an input is what was done to one of them:
 *
 *     1 byte    which file: bundle, project, people
 *     the rest  changes, as fuzz_change.h has them
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "annotate/bench.h"
#include "annotate/replay.h"
#include "annotate/view/view.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/file/atomic.h"
#include "common/store/bundle.h"
#include "common/store/collect.h"
#include "common/store/decision_store.h"
#include "common/store/people.h"
#include "common/store/project.h"
#include "common/store/queue.h"
#include "common/store/snapshot.h"
#include "common/store/truth.h"
#include "fuzz.h"
#include "fuzz_change.h"

enum { FILE_BUNDLE, FILE_PROJECT, FILE_PEOPLE, FILES };

static const char *const file_names[FILES] = { "p/work/anna/1.mien",
                                               "p/mien.db", "p/people.db" };

static const char *const words[] = {
    "{\"question\":\"emotion\",\"value\":\"glad\"}",
    "answer-set",
    "submitted",
    "{}",
    "../clip0.wav",
    "erased",
    "1.0",
    "{\"mien\":1",
    NULL,
};

static const char protocol_text[] =
    "{\"mien\":1,\"name\":\"tiny\",\"version\":\"1.0\",\"title\":\"Tiny\","
    "\"purpose\":\"a test\",\"instructions\":{\"en\":\"Listen.\"},"
    "\"unit\":\"clip\",\"order\":\"random\",\"show\":[\"waveform\",\"text\"],"
    "\"questions\":[{\"id\":\"emotion\",\"type\":\"choice\","
    "\"measure\":\"nominal\",\"options\":[{\"value\":\"glad\",\"key\":\"g\"},"
    "{\"value\":\"dull\",\"key\":\"d\"}]}]}";

struct image {
    char *bytes; /* owned */
    size_t length;
};

/* The good files, made once. */
static struct image good[FILES];

static char *place(const char *name)
{
    return path_join(fuzz_folder(), name);
}

static void must(bool done, const struct error *err)
{
    if (!done)
        fuzz_wrong(__FILE__, __LINE__, "the good files can be made", err->text);
}

/* --- the good files ------------------------------------------------------ */

static void add_items(struct project *project)
{
    struct error err;

    for (int i = 0; i < 3; i++) {
        char id[16], file[32];
        struct project_item item = { .id = id,
                                     .file = file,
                                     .speaker = i ? "s1" : "s2",
                                     .text = "words",
                                     .end_us = -1 };
        enum project_add how;

        snprintf(id, sizeof(id), "clip%d", i);
        snprintf(file, sizeof(file), "../clip%d.wav", i);
        memset(item.sha256, i + 1, HASH_SIZE);
        must(project_add_item(project, &item, &how, &err), &err);
        must(project_set_attribute(project, item.number, "emotion", "glad",
                                   &err),
             &err);
    }
}

static void make_project(const char *folder)
{
    struct queue_settings settings = { .per_item = 1, .seed = 1 };
    struct queue_report report = { 0 };
    struct error err;
    struct project *project =
        project_create(folder, "tiny", "1.0", protocol_text, &err);
    struct people *people;

    must(project != NULL, &err);
    must(project_begin(project, &err), &err);
    add_items(project);
    must(project_add_annotator(project, "anna", &err), &err);
    must(project_commit(project, &err), &err);
    people = people_open(folder, true, &err);
    must(people != NULL, &err);
    must(people_add(people, PEOPLE_SPEAKER, "s1", &err), &err);
    must(people_set(people, PEOPLE_SPEAKER, "s1", "country", "x", &err), &err);
    people_close(people);
    must(queue_assign(project, &settings, &report, &err), &err);
    queue_report_release(&report);
    project_close(project);
}

static void put(struct bundle *bundle, enum event_kind kind, const char *entry,
                const char *payload)
{
    struct event event = { .kind = kind,
                           .entry = entry,
                           .payload = payload,
                           .wall_us = 1,
                           .media_us = EVENT_NO_TIME,
                           .session[0] = 7 };
    struct error err;

    must(bundle_append(bundle, &event, &err), &err);
}

static void judge(const char *path)
{
    struct error err;
    struct bundle *bundle = bundle_open(path, BUNDLE_WORK, &err);

    must(bundle != NULL, &err);
    put(bundle, EVENT_SESSION_STARTED, "", "{\"program\":\"x\"}");
    for (size_t i = 0; i < 2; i++) {
        const char *entry = bundle_entry(bundle, i)->id;

        put(bundle, EVENT_ANSWER_SET, entry,
            "{\"question\":\"emotion\",\"value\":\"glad\"}");
        put(bundle, EVENT_NOTE, entry, "{\"text\":\"a note\"}");
        put(bundle, EVENT_SUBMITTED, entry, "{}");
    }
    bundle_close(bundle);
}

/* Home, decided, frozen. */
static void settle(const char *folder)
{
    struct decision decision = { .kind = EVENT_DECISION_MADE,
                                 .item = "clip0",
                                 .question = "emotion",
                                 .rule = "majority",
                                 .value = "glad",
                                 .share = 1 };
    struct collect_report report = { 0 };
    struct decisions decisions = { 0 };
    struct truth_lines lines = { 0 };
    struct error err;
    struct project *project = project_open(folder, true, &err);

    must(project != NULL, &err);
    must(collect_work(project, &report, &err), &err);
    must(decisions_load(project, &decisions, &err), &err);
    must(project_begin(project, &err), &err);
    must(decision_record(project, &decisions, &decision, "s2", &err), &err);
    must(project_commit(project, &err), &err);
    must(truth_gather_items(project, &lines, &err), &err);
    must(truth_gather_cases(project, &lines, &err), &err);
    must(snapshot_create(project, "v1", &lines, &err), &err);
    truth_release(&lines);
    decisions_release(&decisions);
    collect_report_release(&report);
    project_close(project);
}

static void make_good(void)
{
    char *folder = place("p");
    char *bundle = place(file_names[FILE_BUNDLE]);
    struct error err;

    make_project(folder);
    judge(bundle);
    settle(folder);
    for (int i = 0; i < FILES; i++) {
        char *path = place(file_names[i]);

        good[i].bytes = file_read(path, 1 << 24, &good[i].length, &err);
        must(good[i].bytes != NULL, &err);
        free(path);
    }
    free(bundle);
    free(folder);
}

/* --- who reads it --------------------------------------------------------- */

static bool look_event(void *context, const struct event *event,
                       struct error *err)
{
    (void)err;
    fuzz_must(event->name && event->entry);
    ++*(size_t *)context;
    return true;
}

static void find_medium(struct bundle *bundle, size_t index)
{
    const uint8_t *hash = NULL;
    struct error err = { 0 };
    char *medium = NULL;

    if (bundle_medium_find(bundle, index, BUNDLE_FIRST, NULL, &medium, &hash,
                           &err) == BUNDLE_MEDIUM_OK)
        free(medium);
    else
        fuzz_refused(&err, NULL);
}

static void look_at_bundle(const char *path, enum bundle_mode mode)
{
    struct error err = { 0 };
    struct bundle *bundle = bundle_open(path, mode, &err);
    size_t events = 0;
    struct fold fold;
    bool done;

    fuzz_answered(bundle != NULL, &err, NULL);
    if (!bundle)
        return;
    fuzz_must(bundle_alias(bundle) && bundle_protocol(bundle));
    for (size_t i = 0; i < bundle_count(bundle); i++) {
        fuzz_must(bundle_entry(bundle, i)->id != NULL);
        bundle_truth(bundle, i, "emotion");
        if (bundle_entry(bundle, i)->has_medium)
            find_medium(bundle, i);
    }
    err = (struct error){ 0 };
    done = bundle_events(bundle, look_event, &events, &err);
    fuzz_answered(done, &err, NULL);
    done = bundle_fold(bundle, &fold, &err);
    if (done) {
        fuzz_must(fold_resume(&fold) <= fold.count);
        fold_release(&fold);
    } else {
        fuzz_refused(&err, NULL);
    }
    bundle_close(bundle);
}

static void show(struct model *model)
{
    struct screen screen;

    screen_init(&screen, 80, 24, false);
    view_draw(model, &screen);
    screen_release(&screen);
}

/* The whole session once more, and the screen that work would go on with. */
static void look_at_screens(const char *path)
{
    struct keymap keymap = { 0 };
    struct bench_settings settings = {
        .bundle = path,
        .terminal = "headless",
        .keymap = &keymap,
        .output = PLAYER_MANUAL,
        .window = WINDOW_NO,
        .latency_us = -1,
        .kept = { .key_sd = -1 },
        .depth = PICTURE_MONO,
    };
    struct bench_watch watch = { 0 };
    struct replay replay = { 0 };
    struct bench bench;
    struct error err = { 0 };
    struct buf line = { 0 };
    bool done = replay_open(&replay, path, NULL, &err);

    fuzz_answered(done, &err, NULL);
    for (size_t i = 0; done && i < replay.count; i++) {
        replay_seek(&replay, i + 1);
        replay_describe(&replay, i, &line);
        show(&replay.model);
    }
    replay_close(&replay);
    buf_release(&line);
    err = (struct error){ 0 };
    keymap_defaults(&keymap);
    done = bench_open(&bench, &settings, &watch, &err);
    fuzz_answered(done, &err, NULL);
    if (done) {
        bench_size(&bench, 80, 24);
        bench_start(&bench);
        bench_advance(&bench, 100000);
        show(&bench.model);
        bench_close(&bench, "end");
    }
    keymap_release(&keymap);
}

static void look_at_folds(struct project *project)
{
    struct project_bundles list = { 0 };
    struct error err = { 0 };
    bool done = project_bundles(project, &list, &err);

    fuzz_answered(done, &err, NULL);
    for (size_t i = 0; done && i < list.count; i++) {
        struct project_works works = { 0 };
        struct fold fold;

        if (project_works(project, list.item[i].id, &works, &err) &&
            project_fold(project, list.item[i].id, &works, &fold, &err))
            fold_release(&fold);
        project_works_release(&works);
    }
    project_bundles_release(&list);
}

/* What was decided, and what was frozen of it. */
static void look_at_truth(struct project *project)
{
    struct truth_lines lines = { 0 }, frozen = { 0 };
    struct decisions decisions = { 0 };
    struct snapshot snapshot = { 0 };
    struct error err = { 0 };

    fuzz_answered(decisions_load(project, &decisions, &err), &err, NULL);
    decisions_release(&decisions);
    err = (struct error){ 0 };
    fuzz_answered(truth_gather_items(project, &lines, &err) &&
                      truth_gather_cases(project, &lines, &err),
                  &err, NULL);
    truth_release(&lines);
    err = (struct error){ 0 };
    fuzz_answered(snapshot_load(project, "v1", &snapshot, &frozen, &err), &err,
                  NULL);
    snapshot_release(&snapshot);
    truth_release(&frozen);
}

static void look_at_project(const char *folder, bool write)
{
    struct error err = { 0 };
    struct project *project = project_open(folder, write, &err);
    struct project_items items = { 0 };
    struct project_annotators annotators = { 0 };
    struct project_references references = { 0 };
    struct collect_report report = { 0 };
    struct text_list faults = { 0 };
    size_t events, erased;
    int64_t number;

    fuzz_answered(project != NULL, &err, NULL);
    if (!project)
        return;
    fuzz_answered(project_items(project, &items, &err), &err, NULL);
    for (size_t i = 0; i < items.count; i++)
        fuzz_must(items.item[i].id && items.item[i].file &&
                  items.item[i].speaker && items.item[i].text);
    project_items_release(&items);
    err = (struct error){ 0 };
    fuzz_answered(project_annotators(project, &annotators, &err), &err, NULL);
    project_annotators_release(&annotators);
    err = (struct error){ 0 };
    fuzz_answered(project_references(project, &references, &err), &err, NULL);
    project_references_release(&references);
    free(project_protocol(project, &number, &err));
    look_at_folds(project);
    look_at_truth(project);
    err = (struct error){ 0 };
    fuzz_answered(collect_verify(project, &events, &erased, &faults, &err),
                  &err, NULL);
    text_list_release(&faults);
    err = (struct error){ 0 };
    if (write)
        fuzz_answered(collect_work(project, &report, &err), &err, NULL);
    collect_report_release(&report);
    project_close(project);
}

static void look_at_people(const char *folder)
{
    struct error err = { 0 };
    struct people *people = people_open(folder, false, &err);
    struct people_frozen_list list = { 0 };
    char *value = NULL;

    fuzz_answered(people != NULL, &err, NULL);
    if (!people)
        return;
    if (people_get(people, PEOPLE_SPEAKER, "s1", "country", &value, &err))
        free(value);
    else
        fuzz_refused(&err, NULL);
    err = (struct error){ 0 };
    fuzz_answered(people_freeze(people, &list, &err), &err, NULL);
    people_frozen_release(&list);
    people_close(people);
}

/* What SQLite and the locks leave beside a file. */
static void restore(int which)
{
    static const char *const beside[] = { "-wal", "-shm", "-journal", ".lock" };
    char *path = place(file_names[which]);
    struct error err;

    for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
        char *other = xasprintf("%s%s", path, beside[i]);

        unlink(other);
        free(other);
    }
    unlink(path);
    must(atomic_write(path, good[which].bytes, good[which].length, &err), &err);
    free(path);
}

static void one(const uint8_t *bytes, size_t length)
{
    int which = fuzz_take(&bytes, &length) % FILES;
    char *folder, *path;

    if (!good[0].bytes)
        make_good();
    for (int i = 0; i < FILES; i++)
        restore(i);
    folder = place("p");
    path = place(file_names[which]);
    fuzz_change(path, bytes, length);
    if (which == FILE_BUNDLE) {
        look_at_bundle(path, BUNDLE_READ);
        look_at_bundle(path, BUNDLE_WORK);
        look_at_screens(path);
    }
    if (which == FILE_PEOPLE)
        look_at_people(folder);
    else
        look_at_project(folder, true);
    if (which == FILE_PROJECT)
        look_at_project(folder, false);
    free(path);
    free(folder);
}

/* Every kind of value in a cell of each table, and a few others. */
static void seeds(fuzz_give *give, void *context)
{
    static const char value[] = "{\"question\":\"emotion\",\"value\":\"dull\"}";

    for (int file = 0; file < FILES; file++) {
        uint8_t made[CHANGE_HEAD + 1 + sizeof(value)] = { (uint8_t)file };

        give(context, made, 1);
        for (int deed = 0; deed < CHANGE_DEEDS; deed++) {
            made[1] = (uint8_t)deed;
            made[2] = (uint8_t)(deed + 1);
            made[3] = (uint8_t)(deed + 2);
            made[4] = 1;
            made[5] = sizeof(value) - 1;
            memcpy(made + 6, value, sizeof(value) - 1);
            give(context, made, 5 + sizeof(value));
        }
    }
}

const struct fuzz_target fuzz_target = {
    .name = "store",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 512,
    .runs = 200,
};
