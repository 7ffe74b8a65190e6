/* fuzz_run - run.json of an earlier run, as `cv --repeat-run` reads it. */
#include <config.h>

#include "eval/valid/run_record.h"
#include "fuzz.h"

static const char *const words[] = {
    "\"arguments\"",
    "\"inputs\"",
    "\"sha256\"",
    "\"corpus\"",
    "\"features\"",
    "\"seed\"",
    "\"versions\"",
    "\"normalize\"",
    "1e300",
    "-1",
    "[]",
    "null",
    "18446744073709551615",
    NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    fuzz_give_text(
        give, context, -1,
        "{\"mien\":1,\"command\":\"cv\",\"versions\":{\"mien\":\"0.1.0\"},"
        "\"inputs\":[{\"what\":\"corpus\",\"path\":\"../corpus.csv\","
        "\"sha256\":\"aa\",\"rows\":80},{\"what\":\"features\","
        "\"name\":\"f\",\"path\":\"../f.csv\",\"sha256\":\"bb\"}],"
        "\"arguments\":{\"target\":\"emotion\",\"group\":null,"
        "\"folds\":\"loso\",\"shuffle\":false,\"model\":\"svm\","
        "\"task\":\"classify\",\"param\":[\"c=1\"],\"inner\":3,"
        "\"normalize\":\"global\",\"normalize_by\":null,\"spread\":\"sd\","
        "\"neutral\":\"neutral\",\"impute\":\"median\","
        "\"class_weights\":\"balanced\",\"text\":\"said\","
        "\"text_ngrams\":2,\"text_min_items\":2,\"text_terms\":100,"
        "\"by\":[\"sex\"],\"only\":[],\"seed\":\"18446744073709551615\"}}");
    fuzz_give_text(
        give, context, -1,
        "{\"inputs\":[{\"path\":\"c\",\"sha256\":\"\"},{\"name\":\"f\","
        "\"path\":\"f\",\"sha256\":\"\"}],\"arguments\":{\"target\":\"e\","
        "\"folds\":\"5\",\"task\":\"auto\",\"param\":[],\"inner\":3,"
        "\"normalize\":\"speaker\",\"neutral\":\"\",\"impute\":\"none\","
        "\"class_weights\":\"none\",\"by\":[],\"only\":[],\"seed\":1}}");
}

static void one(const uint8_t *bytes, size_t length)
{
    const char *path = fuzz_named("run.json", bytes, length);
    struct run_record record = { 0 };
    struct error err = { 0 };
    bool good = run_record_read(path, &record, &err);

    fuzz_answered(good, &err, "run.json");
    if (!good)
        return;
    fuzz_must(record.corpus && record.arguments.corpus);
    fuzz_must(record.hashes.count == record.arguments.features.count + 1);
    run_record_version(&record);
    run_record_release(&record);
}

const struct fuzz_target fuzz_target = {
    .name = "run",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 8192,
    .runs = 3000,
};
