/*
 * metrics - one row a metric.
 */
#include <config.h>

#include "eval/score/metrics.h"

#include <math.h>
#include <string.h>

#include "common/base/text.h"
#include "eval/score/regress.h"

#define COMPUTE(name)                                                        \
    static struct estimate name(const struct tally_sums *sums, size_t label, \
                                const bool *among)

COMPUTE(uar)
{
    (void)label;
    return classify_uar(&sums->confusion, among);
}

COMPUTE(accuracy)
{
    (void)label, (void)among;
    return classify_accuracy(&sums->confusion);
}

COMPUTE(f1_macro)
{
    (void)label;
    return classify_f1_macro(&sums->confusion, among);
}

COMPUTE(f1_weighted)
{
    (void)label;
    return classify_f1_weighted(&sums->confusion, among);
}

COMPUTE(recall)
{
    (void)among;
    return classify_recall(&sums->confusion, label);
}

COMPUTE(precision)
{
    (void)among;
    return classify_precision(&sums->confusion, label);
}

COMPUTE(f1)
{
    (void)among;
    return classify_f1(&sums->confusion, label);
}

COMPUTE(ccc)
{
    (void)label, (void)among;
    return ccc_lin(&sums->all);
}

COMPUTE(ccc_recording)
{
    (void)label, (void)among;
    return regress_ccc_recording(sums, NULL);
}

COMPUTE(pearson)
{
    (void)label, (void)among;
    return ccc_pearson(&sums->all);
}

COMPUTE(mae)
{
    (void)label, (void)among;
    return ccc_mae(&sums->all);
}

COMPUTE(rmse)
{
    (void)label, (void)among;
    return ccc_rmse(&sums->all);
}

#define CLASSIFY PREDICTIONS_CLASSIFY
#define REGRESS PREDICTIONS_REGRESS
#define ITEMS METRIC_ABOUT_ITEMS
#define CLASSES METRIC_ABOUT_CLASSES
#define TRUTH METRIC_ABOUT_TRUTH
#define PREDICTED METRIC_ABOUT_PREDICTED

/* clang-format off */
const struct metric metrics[] = {
    { "uar", NULL, "UAR", CLASSIFY, CLASSES, false, 0, 1, uar },
    { "accuracy", NULL, "accuracy", CLASSIFY, ITEMS, false, 0, 1, accuracy },
    { "f1_macro", NULL, "macro F1", CLASSIFY, CLASSES, false, 0, 1, f1_macro },
    { "f1_weighted", NULL, "weighted F1", CLASSIFY, CLASSES, false, 0, 1,
      f1_weighted },
    { "recall", "tpr", "recall", CLASSIFY, TRUTH, false, 0, 1, recall },
    { "precision", "ppv", "precision", CLASSIFY, PREDICTED, false, 0, 1,
      precision },
    { "f1", NULL, "F1", CLASSIFY, TRUTH, false, 0, 1, f1 },
    { "ccc", NULL, "CCC, all items", REGRESS, ITEMS, false, -1, 1, ccc },
    { "ccc_recording", NULL, "CCC, recordings", REGRESS, ITEMS, false, -1, 1,
      ccc_recording },
    { "pearson", NULL, "Pearson r", REGRESS, ITEMS, false, -1, 1, pearson },
    { "mae", NULL, "MAE", REGRESS, ITEMS, true, 0, INFINITY, mae },
    { "rmse", NULL, "RMSE", REGRESS, ITEMS, true, 0, INFINITY, rmse },
    { .name = NULL },
};
/* clang-format on */

bool metric_has_label(const struct metric *metric)
{
    return metric->about == METRIC_ABOUT_TRUTH ||
           metric->about == METRIC_ABOUT_PREDICTED;
}

const struct metric *metric_find(const char *name)
{
    for (const struct metric *metric = metrics; metric->name; metric++)
        if (text_equal(metric->name, name) ||
            (metric->alias && text_equal(metric->alias, name)))
            return metric;
    return NULL;
}

const struct metric *metric_leading(enum predictions_task task)
{
    return metric_find(task == PREDICTIONS_CLASSIFY ? "uar" : "ccc");
}
