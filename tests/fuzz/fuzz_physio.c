/*
 * fuzz_physio - the files of an Empatica E4 and tables with time stamps; the
 * first byte says which, and what is read goes on to the set's features.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "eval/feat/physio.h"
#include "eval/feat/physio_read.h"
#include "fuzz.h"

enum { KINDS = 7 };

static const char *const kinds[KINDS] = { "EDA.csv",  "HR.csv",  "TEMP.csv",
                                          "ACC.csv",  "IBI.csv", "BVP.csv",
                                          "table.csv" };

static const char *const words[] = {
    "1.0000000000\n",
    "4.000000\n",
    "32.0\n",
    "IBI\n",
    ",",
    "\r\n",
    "1e300",
    "-1",
    "1e-9",
    "nan",
    "ibi_ms",
    "eda_us",
    "bvp",
    "acc_x",
    "(F)",
    "2019-06-11T00:00:00Z",
    "00:16:16,059",
    NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    fuzz_give_text(give, context, 0,
                   "1544027337.000000\n4.000000\n0.000000\n0.25\n0.26\n0.31\n"
                   "0.35\n0.33\n0.31\n");
    fuzz_give_text(give, context, 1,
                   "1544027347.000000\n1.000000\n75.00\n76.50\n80\n");
    fuzz_give_text(give, context, 2,
                   "1544027337.0\r\n4.0\r\n31.5\r\n31.53\r\n");
    fuzz_give_text(give, context, 3,
                   "1544027337.0, 1544027337.0, 1544027337.0\n"
                   "32.0, 32.0, 32.0\n-2,10,62\n-3,11,61\n");
    fuzz_give_text(give, context, 4,
                   "1544027337.0, IBI\n2.5,0.8\n3.3,0.8\n4.2,0.9\n5,0.8\n");
    fuzz_give_text(give, context, 5, "1544027337.0\n64.0\n0.5\n1\n-3\n2\n");
    fuzz_give_text(give, context, 6,
                   "time;EDA (uS);hr;acc_x;acc_y;acc_z\n0;0.3;70;1;0;0\n"
                   "0.25;0.31;71;1;0;0.1\n0.55;nan;;0;1;0\n9;1;2;3;4;5\n");
    fuzz_give_text(give, context, 6,
                   "timestamp,ibi_ms,temp_f\n2019-06-11T18:43:45Z,800,90\n"
                   "2019-06-11T18:43:45.8Z,810,91\n");
    fuzz_give_text(give, context, 6,
                   "t,bvp\n0,0\n0.02,1\n0.04,3\n0.06,1\n0.08,0\n0.1,-1\n");
}

/* The set's numbers of the same file: missing or finite. */
static void measure(const char *path)
{
    struct feature_item item = { .path = path, .end_us = -1 };
    size_t count = registry_columns(&physio_set);
    double *value = xcalloc(count, sizeof(*value));
    struct error err = { 0 };
    bool good = physio_set.measure(&physio_set, &item, value, &err);

    fuzz_answered(good, &err, path);
    for (size_t i = 0; good && i < count; i++)
        fuzz_must(!isinf(value[i]));
    free(value);
}

static void one(const uint8_t *bytes, size_t length)
{
    uint8_t kind = fuzz_take(&bytes, &length) % KINDS;
    const char *path = fuzz_named(kinds[kind], bytes, length);
    struct physio physio = { 0 };
    struct error err = { 0 };
    bool good = physio_read(path, &physio, &err);

    fuzz_answered(good, &err, kinds[kind]);
    if (good) {
        fuzz_must(isfinite(physio.duration_s) && physio.duration_s >= 0);
        for (int i = 0; i < PHYSIO_STREAMS; i++) {
            fuzz_must(physio.stream[i].rate_hz >= 0);
            for (size_t k = 0; k < physio.stream[i].count; k++)
                fuzz_must(!isinf(physio.stream[i].value[k]));
        }
        for (size_t i = 1; i < physio.beats.count; i++)
            fuzz_must(physio.beats.item[i].at_s >
                      physio.beats.item[i - 1].at_s);
    }
    physio_release(&physio);
    measure(path);
}

const struct fuzz_target fuzz_target = {
    .name = "physio",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 4096,
    .runs = 4000,
};
