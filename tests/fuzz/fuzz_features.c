/*
 * fuzz_features - feature tables: our own CSV, openSMILE's CSV and ARFF; what
 * is written again is read as the same.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "eval/feat/feature_table.h"
#include "fuzz.h"

static const char *const words[] = {
    "@relation ", "@attribute ",
    "@data\n",    " numeric\n",
    " string\n",  "{a,b}",
    "name;",      "frameTime",
    "'",          "?",
    "nan",        "inf",
    "1e300",      "# set: basic\n",
    "id,",        ";",
    "%",          NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    static const char *const text[] = {
        "id,x\na,1\nb,\n",
        "# set: basic\n# version: 1\nx,id,y\n1,a,2\n-3e2,\"b\"\"2\",\n",
        "name;frameTime;F0;class\n'03a01Fa.wav';0;1.5e+00;?\n"
        "'take.1';0;nan;?\n",
        "name;F0\n'a';1\n'b';2\n",
        "@relation openSMILE\n\n@attribute name string\n"
        "@attribute frameTime numeric\n@attribute F0 numeric\n"
        "@attribute 'a b' real\n@attribute class {joy,anger}\n\n@data\n\n"
        "'a.wav',0,1.5,2,joy\n% note\n'b',0,?,-1e3,?\n",
        "@RELATION x\r\n@ATTRIBUTE name STRING\r\n@ATTRIBUTE v REAL\r\n"
        "@DATA\r\n'it\\'s',1\r\n",
    };

    for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
        fuzz_give_text(give, context, -1, text[i]);
}

static void check_same(const struct feature_table *a,
                       const struct feature_table *b)
{
    fuzz_must(a->rows == b->rows && a->columns == b->columns);
    for (size_t i = 0; i < a->columns; i++)
        fuzz_must(strcmp(a->name[i], b->name[i]) == 0);
    for (size_t row = 0; row < a->rows; row++) {
        fuzz_must(strcmp(a->id[row], b->id[row]) == 0);
        for (size_t i = 0; i < a->columns; i++) {
            double x = feature_table_get(a, row, i);
            double y = feature_table_get(b, row, i);

            fuzz_must(x == y || (isnan(x) && isnan(y)));
        }
    }
}

static void one(const uint8_t *bytes, size_t length)
{
    const char *path = fuzz_file(bytes, length);
    struct error err = { 0 };
    struct feature_table *table = feature_table_read(path, &err);
    struct feature_table *again;
    char *other;

    fuzz_answered(table != NULL, &err, path);
    if (!table)
        return;
    fuzz_must(table->columns > 0);
    for (size_t row = 0; row < table->rows; row++)
        fuzz_must(feature_table_row(table, table->id[row]) == (long)row);
    other = xasprintf("%s/again.csv", fuzz_folder());
    if (!feature_table_write(table, 1, other, &err))
        fuzz_wrong(__FILE__, __LINE__, "it can be written", err.text);
    again = feature_table_read(other, &err);
    if (!again)
        fuzz_wrong(__FILE__, __LINE__, "what is written is read", err.text);
    check_same(table, again);
    feature_table_free(again);
    feature_table_free(table);
    free(other);
}

const struct fuzz_target fuzz_target = {
    .name = "features",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 4096,
    .runs = 2000,
};
