/*
 * fuzz_predictions - tables of truths and predictions; what is written is
 * read again as the same.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "common/base/mem.h"
#include "eval/score/predictions.h"
#include "fuzz.h"

static const char *const words[] = {
    "truth",    "predicted", "score:joy", "fold",   "repeat",
    "speaker",  "recording", "time",      "weight", "# task: regress\n",
    "# task: ", "id,",       "joy",       "1e300",  "nan",
    "-1",       "0",         NULL,
};

static void seeds(fuzz_give *give, void *context)
{
    static const char *const text[] = {
        "id,truth,predicted,score:zeal\n1,sad,Joy,0.5\n2,anger,sad,0.25\n",
        "# task: regress\nid,truth,predicted,speaker,weight\na,1,1.5,x,1\n"
        "b,2,2.5,y,0.5\nc,-1,0,x,2\n",
        "id,fold,repeat,truth,predicted,speaker,recording,time,sex\n"
        "a,1,1,joy,sad,s1,r1,0.5,f\na,1,2,joy,joy,s1,r1,0.5,f\n"
        "b,2,1,sad,sad,s2,,1,m\nb,2,2,sad,joy,s2,,1,m\n",
        "id,truth,predicted\na,1,2\nb,3,4\n",
    };

    for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
        for (int task = 0; task < 3; task++)
            fuzz_give_text(give, context, task, text[i]);
}

static void check(const struct predictions *p)
{
    fuzz_must(p->items <= p->rows && p->clusters <= p->rows + 1);
    for (size_t i = 0; i < p->rows; i++) {
        fuzz_must(p->item[i] < p->items && p->weight[i] >= 0);
        fuzz_must(isfinite(p->weight[i]));
        if (p->task == PREDICTIONS_CLASSIFY) {
            fuzz_must(p->truth[i] < p->labels.count);
            fuzz_must(p->predicted[i] < p->labels.count);
        } else {
            fuzz_must(isfinite(p->true_value[i]));
            fuzz_must(isfinite(p->predicted_value[i]));
        }
        fuzz_must(p->cluster[i] < p->clusters);
    }
}

static void one(const uint8_t *bytes, size_t length)
{
    struct predictions_options options = {
        .task = (enum predictions_task)(fuzz_take(&bytes, &length) % 3),
    };
    const char *path = fuzz_file(bytes, length);
    struct error err = { 0 };
    struct predictions *p = predictions_read(path, &options, &err);
    struct predictions *again;
    char *other;

    fuzz_answered(p != NULL, &err, path);
    if (!p)
        return;
    check(p);
    other = xasprintf("%s/again.csv", fuzz_folder());
    if (!predictions_write(p, other, &err))
        fuzz_wrong(__FILE__, __LINE__, "it can be written", err.text);
    again = predictions_read(other, &options, &err);
    if (!again)
        fuzz_wrong(__FILE__, __LINE__, "what is written is read", err.text);
    check(again);
    fuzz_must(again->rows == p->rows && again->items == p->items);
    fuzz_must(again->labels.count == p->labels.count);
    predictions_free(again);
    predictions_free(p);
    free(other);
}

const struct fuzz_target fuzz_target = {
    .name = "predictions",
    .one = one,
    .seeds = seeds,
    .words = words,
    .most = 4096,
    .runs = 2000,
};
