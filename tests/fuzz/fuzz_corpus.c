/*
 * fuzz_corpus - dataset descriptors: read, refused with all faults, and those
 * that are read scan a folder with a side table.
 */
#include <config.h>

#include <string.h>
#include <sys/stat.h>

#include "common/base/mem.h"
#include "common/study/corpus.h"
#include "fuzz.h"

static const char *const words[] = {
    "\"mien\":1",  "\"name\"",     "\"files\"",    "\"path\"",
    "\"columns\"", "\"tables\"",   "\"map\"",      "\"join\"",
    "\"where\"",   "\"(?<id>",     ".*",           "\\\\.wav",
    "{name}",      "{{",           "**/",          "\"id\"",
    "\"label\"",   "\"speaker\"",  "\"expected\"", "\"separator\"",
    "\"latin1\"",  "\"optional\"", "\"licence\"",  "\"side.csv\"",
    NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    for (const struct embedded_file *file = corpus_embedded; file->name; file++)
        give(context, file->text, file->length);
}

/* A small folder for descriptors to look at. */
static const char *corpus_folder(void)
{
    static const char table[] =
        "id,emotion,file,speaker,text\n03a01Fa,joy,03a01Fa.wav,03,eins\n"
        "1001_DFA_ANG_XX,ANG,1001_DFA_ANG_XX.wav,1001,\"a,b\"\n";
    static bool made;

    if (!made) {
        fuzz_named("03a01Fa.wav", "RIFF", 4);
        fuzz_named("1001_DFA_ANG_XX.wav", "RIFF", 4);
        fuzz_named("03-01-05-01-02-01-12.wav", "RIFF", 4);
        fuzz_named("side.csv", table, sizeof(table) - 1);
        made = true;
    }
    return fuzz_folder();
}

static void one(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *)bytes;
    struct error err = { 0 };
    struct fault_list faults = { 0 };
    struct corpus *corpus = corpus_parse(text, length, "d.json", &err);
    struct corpus *again = NULL;
    struct columns *table;
    bool read;

    fuzz_answered(corpus != NULL, &err, "d.json");
    err = (struct error){ 0 };
    read = corpus_read(text, length, "d.json", &faults, &again, &err);
    fuzz_answered(read, &err, "d.json");
    fuzz_must((again != NULL) == (corpus != NULL));
    fault_release(&faults);
    corpus_free(again);
    if (!corpus)
        return;
    err = (struct error){ 0 };
    table = corpus_scan(corpus, corpus_folder(), &faults, &err);
    fuzz_answered(table != NULL, &err, NULL);
    for (size_t i = 0; table && i < corpus->count_count; i++)
        corpus_tally(table, &corpus->count[i]);
    columns_free(table);
    fault_release(&faults);
    corpus_free(corpus);
}

const struct fuzz_target fuzz_target = {
    .name = "corpus",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 8192,
    .runs = 1500,
};
