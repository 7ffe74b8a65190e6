/*
 * fuzz_tables - corpus tables, by those who read them: extraction, training,
 * import into a project, what the lead assigns by hand, and --only.
 *
 * The first byte says who; the project and the feature table beside it are
 * our own.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../unit/media/encode.h"
#include "annotate/assign_read.h"
#include "annotate/import_table.h"
#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/file/atomic.h"
#include "eval/feat/extract_item.h"
#include "eval/learn/design.h"
#include "fuzz.h"

enum {
    MODE_EXTRACT,
    MODE_TRAIN,
    MODE_VALUES,
    MODE_IMPORT,
    MODE_POOL,
    MODE_TASKS,
    MODE_ONLY,
    MODES
};

static const char *const words[] = {
    "id",        "file",  "start",      "end",  "speaker", "text", "emotion",
    "annotator", "item",  "a.wav",      "joy",  "sex",     "age",  "0.01",
    "-1",        "1e300", "file_start", "anna", NULL,
};

static const char protocol_text[] =
    "{\"mien\":1,\"name\":\"tiny\",\"version\":\"1.0\",\"title\":\"Tiny\","
    "\"purpose\":\"a test\",\"instructions\":{\"en\":\"Listen.\"},"
    "\"unit\":\"segment\",\"questions\":[{\"id\":\"emotion\","
    "\"type\":\"choice\",\"options\":[{\"value\":\"joy\",\"key\":\"g\"},"
    "{\"value\":\"dull\",\"key\":\"d\"}]}]}";

static const char feature_text[] = "id,f,g\na,1,2\nb,2,3\nc,0,1\nd,,\n";

static struct {
    char *folder;   /* owned: of the project */
    char *features; /* owned: path */
    char *bytes;    /* owned: the project's file, when it was new */
    size_t length;
} own;

static void must(bool done, const struct error *err)
{
    if (!done)
        fuzz_wrong(__FILE__, __LINE__, "our own files can be made", err->text);
}

static void make_own(void)
{
    float sample[800];
    struct error err;
    struct project *project;
    char *path = path_join(fuzz_folder(), "a.wav");

    for (int i = 0; i < 800; i++)
        sample[i] = (float)(0.5 * sin(0.2 * i));
    if (!encode_wav(path, 8000, 1, sample, 800))
        abort();
    free(path);
    own.features =
        xstrdup(fuzz_named("f.csv", feature_text, sizeof(feature_text) - 1));
    own.folder = path_join(fuzz_folder(), "p");
    project = project_create(own.folder, "tiny", "1.0", protocol_text, &err);
    must(project != NULL, &err);
    must(project_begin(project, &err), &err);
    for (int i = 0; i < 2; i++) {
        struct project_item item = { .id = i ? "b" : "a",
                                     .file = "../a.wav",
                                     .speaker = "s1",
                                     .text = "",
                                     .start_us = i * 10000,
                                     .end_us = -1 };
        enum project_add how;

        must(project_add_item(project, &item, &how, &err), &err);
    }
    must(project_add_annotator(project, "anna", &err), &err);
    must(project_commit(project, &err), &err);
    project_close(project);
    path = path_join(own.folder, "mien.db");
    own.bytes = file_read(path, 1 << 24, &own.length, &err);
    must(own.bytes != NULL, &err);
    free(path);
}

static void seeds(fuzz_give *give, void *context)
{
    static const char *const text[] = {
        "id,file,speaker,emotion\na,a.wav,s1,joy\nb,a.wav,s2,sad\n"
        "c,a.wav,s1,sad\nd,,s2,joy\n",
        "id,file,start,end,text,sex,age\na,a.wav,0,0.05,\"hi, you\",f,30\n"
        "e,a.wav,0.05,0.1,,m,\n",
        "id,file,file_start,file_end,speaker,valence\na,a.wav,,,s1,1.5\n"
        "b,a.wav,,,s2,2\nc,a.wav,,,s1,-1\n",
        "item,annotator\na,anna\nb,anna\n",
        "id,emotion\na,joy\nb,dull\n",
    };

    for (int mode = 0; mode < MODES; mode++)
        for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
            fuzz_give_text(give, context, mode, text[i]);
}

static void extract(const struct columns *table)
{
    for (int timed = 0; timed < 2; timed++) {
        struct error err = { 0 };
        struct extract_item *item =
            extract_items_read(table, "file", timed, &err);

        fuzz_answered(item != NULL, &err, NULL);
        for (size_t i = 0; item && i < columns_rows(table); i++) {
            fuzz_must(item[i].id && item[i].id[0]);
            fuzz_must(item[i].start_us >= 0);
            fuzz_must(item[i].end_us < 0 || item[i].end_us > item[i].start_us);
        }
        if (item)
            extract_items_free(item, columns_rows(table));
    }
}

static void train(const char *path, bool numbers)
{
    struct text_list features = { 0 }, only = { 0 };
    struct design_settings settings = {
        .corpus = path,
        .features = &features,
        .only = &only,
        .target = numbers ? "valence" : "emotion",
        .group = "speaker",
        .task = numbers ? LEARNER_REGRESS : LEARNER_CLASSIFY,
        .neutral = "neutral",
        .text = NULL,
    };
    struct error err = { 0 };
    struct design *design;

    text_list_add(&features, own.features);
    design = design_read(&settings, true, &err);
    fuzz_answered(design != NULL, &err, NULL);
    for (size_t i = 0; design && i < design->count; i++) {
        fuzz_must(design->group[i] < design->groups.count);
        fuzz_must(numbers ? isfinite(design->value[i])
                          : design->class_of[i] < design->classes.count);
    }
    design_free(design);
    text_list_release(&features);
}

static void import(struct project *project, const struct columns *table)
{
    struct import_report report = { 0 };
    struct error err = { 0 };
    bool good =
        import_table(project, table, fuzz_folder(), NULL, &report, &err);

    fuzz_answered(good, &err, NULL);
    if (good)
        fuzz_must(report.added + report.known + report.moved + report.twins +
                      report.left <=
                  columns_rows(table));
}

/* Goes into a project that is as it was made. */
static void with_project(int mode, const char *path,
                         const struct columns *table)
{
    char *file = path_join(own.folder, "mien.db");
    char *people = path_join(own.folder, "people.db");
    struct text_list from = { 0 };
    struct assign_list list = { 0 };
    struct queue_pool pool = { 0 };
    struct error err = { 0 };
    struct project *project;

    unlink(people);
    must(atomic_write(file, own.bytes, own.length, &err), &err);
    project = project_open(own.folder, true, &err);
    must(project != NULL, &err);
    err = (struct error){ 0 };
    if (mode == MODE_IMPORT) {
        import(project, table);
    } else if (mode == MODE_POOL) {
        text_list_add(&from, path);
        fuzz_answered(assign_read_pool(project, &from, &list, &pool, &err),
                      &err, NULL);
    } else {
        fuzz_answered(assign_read_tasks(project, path, &list, &err), &err,
                      NULL);
    }
    text_list_release(&from);
    assign_list_release(&list);
    project_close(project);
    free(people);
    free(file);
}

/* The table's first note is the expression. */
static void keep_only(struct columns *table)
{
    const char *expression = columns_note(table, "only");
    struct text_list only = { 0 };
    size_t before = columns_rows(table);
    struct error err = { 0 };

    text_list_add(&only, expression ? expression : "emotion=joy,sad");
    fuzz_answered(columns_keep_only(table, &only, &err), &err, NULL);
    fuzz_must(columns_rows(table) <= before);
    text_list_release(&only);
}

static void one(const uint8_t *bytes, size_t length)
{
    int mode = fuzz_take(&bytes, &length) % MODES;
    struct error err = { 0 };
    struct columns *table;
    char *path;

    if (!own.bytes)
        make_own();
    path = xstrdup(fuzz_named("table.csv", bytes, length));
    table = columns_read(path, NULL, &err);
    fuzz_answered(table != NULL, &err, path);
    if (table && mode == MODE_EXTRACT)
        extract(table);
    else if (table && mode == MODE_ONLY)
        keep_only(table);
    else if (mode == MODE_TRAIN || mode == MODE_VALUES)
        train(path, mode == MODE_VALUES);
    else if (table)
        with_project(mode, path, table);
    columns_free(table);
    free(path);
}

const struct fuzz_target fuzz_target = {
    .name = "tables",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 1024,
    .runs = 600,
};
