/*
 * run_record - run.json: what was asked, of which files, and what came of
 * it, so that a run can be repeated and trusted.
 */
#ifndef MIEN_VALID_RUN_RECORD_H
#define MIEN_VALID_RUN_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/error.h"
#include "common/base/text.h"
#include "common/file/hash.h"
#include "common/file/json.h"
#include "eval/valid/cv.h"

enum run_task { RUN_TASK_AUTO, RUN_TASK_CLASSIFY, RUN_TASK_REGRESS };
enum run_weights { RUN_WEIGHTS_BALANCED, RUN_WEIGHTS_NONE };

/* Choices of options, ended by NULL. */
extern const char *const run_task_names[];
extern const char *const run_weights_names[];

/* What decides the result: as the command line has it. */
struct run_arguments {
    const char *corpus;
    struct text_list features; /* [NAME=]FILE */
    const char *target;
    const char *group; /* NULL: speaker */
    const char *folds; /* loso, K, logo:COL */
    bool shuffle;
    const char *model; /* NULL: by the task */
    int task;          /* enum run_task */
    struct text_list params;
    int64_t inner;
    const char *normalize;
    const char *normalize_by; /* NULL: speaker */
    int spread;               /* of normalize_spread_names */
    int cascade;              /* of cascade_names */
    const char *neutral;
    int impute;       /* enum impute */
    int weights;      /* enum run_weights */
    const char *text; /* NULL: no words */
    int64_t text_ngrams, text_min_items, text_terms;
    struct text_list by;
    struct text_list only;
    uint64_t seed;
};

/* The corpus table first, then the feature tables. */
struct run_input {
    char *name; /* owned; of the modality, NULL for the corpus table */
    char *path; /* owned */
    char sha256[HASH_HEX_SIZE];
};

struct run_inputs {
    struct run_input *item; /* owned */
    size_t count, capacity;
};

/* Reads every input once, for its hash. */
bool run_inputs_take(struct run_inputs *inputs,
                     const struct run_arguments *arguments, struct error *err);
void run_inputs_release(struct run_inputs *inputs);

/* A score of the same folds with global z-scores, for transductive runs. */
struct run_score {
    const char *metric; /* borrowed */
    bool defined;
    double value;
    bool ranged; /* it has an interval, the leading one: */
    double low, high;
};

/*
 * run.json.  Paths of inputs are written as seen from `folder`, where the
 * run will stand.  `beside` are those of a transductive run, or none.
 */
void run_record_print(const char *folder, const struct run_arguments *arguments,
                      const struct run_inputs *inputs,
                      const struct cv_settings *settings,
                      const struct cv_result *result,
                      const struct run_score *beside, size_t beside_count,
                      struct buf *out);

/* An earlier run; owns what the arguments point to. */
struct run_record {
    struct json_document *document;
    struct run_arguments arguments;
    char *corpus;            /* owned */
    struct text_list hashes; /* of the corpus table, then the features */
};

/* `path` is a run.json or the folder that holds it. */
bool run_record_read(const char *path, struct run_record *record,
                     struct error *err);
/* Fails, naming the file, when an input is not what it was. */
bool run_record_same(const struct run_record *record,
                     const struct run_inputs *inputs, struct error *err);
/* The version of mien that made it; borrowed. */
const char *run_record_version(const struct run_record *record);
void run_record_release(struct run_record *record);

#endif
