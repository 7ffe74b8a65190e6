/*
 * classify - the scores of a confusion matrix.
 */
#include <config.h>

#include "eval/score/classify.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

void confusion_init(struct confusion *confusion, size_t classes)
{
    confusion->classes = classes;
    confusion->weight =
        xcalloc(classes * classes + 1, sizeof(*confusion->weight));
    confusion->count =
        xcalloc(classes * classes + 1, sizeof(*confusion->count));
}

void confusion_release(struct confusion *confusion)
{
    free(confusion->weight);
    free(confusion->count);
    *confusion = (struct confusion){ 0 };
}

void confusion_clear(struct confusion *confusion)
{
    size_t cells = confusion->classes * confusion->classes;

    memset(confusion->weight, 0, cells * sizeof(*confusion->weight));
    memset(confusion->count, 0, cells * sizeof(*confusion->count));
}

void confusion_copy(struct confusion *to, const struct confusion *from)
{
    size_t cells = from->classes * from->classes;

    assert(to->classes == from->classes);
    memcpy(to->weight, from->weight, cells * sizeof(*to->weight));
    memcpy(to->count, from->count, cells * sizeof(*to->count));
}

void confusion_add(struct confusion *confusion, size_t truth, size_t predicted,
                   double weight)
{
    size_t cell = truth * confusion->classes + predicted;

    assert(truth < confusion->classes && predicted < confusion->classes);
    if (!(weight > 0))
        return;
    confusion->weight[cell] += weight;
    confusion->count[cell]++;
}

/* Sums of a row, a column and the diagonal; `count` or `weight` by type. */
static double truth_weight(const struct confusion *confusion, size_t label)
{
    double sum = 0;

    for (size_t k = 0; k < confusion->classes; k++)
        sum += confusion->weight[label * confusion->classes + k];
    return sum;
}

static double predicted_weight(const struct confusion *confusion, size_t label)
{
    double sum = 0;

    for (size_t k = 0; k < confusion->classes; k++)
        sum += confusion->weight[k * confusion->classes + label];
    return sum;
}

static double right_weight(const struct confusion *confusion, size_t label)
{
    return confusion->weight[label * confusion->classes + label];
}

int64_t confusion_truth_items(const struct confusion *confusion, size_t label)
{
    int64_t sum = 0;

    for (size_t k = 0; k < confusion->classes; k++)
        sum += confusion->count[label * confusion->classes + k];
    return sum;
}

int64_t confusion_predicted_items(const struct confusion *confusion,
                                  size_t label)
{
    int64_t sum = 0;

    for (size_t k = 0; k < confusion->classes; k++)
        sum += confusion->count[k * confusion->classes + label];
    return sum;
}

int64_t confusion_items(const struct confusion *confusion)
{
    int64_t sum = 0;

    for (size_t k = 0; k < confusion->classes; k++)
        sum += confusion_truth_items(confusion, k);
    return sum;
}

size_t confusion_present(const struct confusion *confusion)
{
    size_t present = 0;

    for (size_t k = 0; k < confusion->classes; k++)
        present += confusion_truth_items(confusion, k) > 0;
    return present;
}

struct estimate classify_accuracy(const struct confusion *confusion)
{
    double right = 0, all = 0;

    if (confusion_items(confusion) == 0)
        return estimate_undefined("no items");
    for (size_t k = 0; k < confusion->classes; k++) {
        right += right_weight(confusion, k);
        all += truth_weight(confusion, k);
    }
    return estimate_of(right / all);
}

struct estimate classify_recall(const struct confusion *confusion, size_t label)
{
    if (confusion_truth_items(confusion, label) == 0)
        return estimate_undefined("no items of this class");
    return estimate_of(right_weight(confusion, label) /
                       truth_weight(confusion, label));
}

struct estimate classify_precision(const struct confusion *confusion,
                                   size_t label)
{
    if (confusion_predicted_items(confusion, label) == 0)
        return estimate_undefined("never predicted");
    return estimate_of(right_weight(confusion, label) /
                       predicted_weight(confusion, label));
}

struct estimate classify_f1(const struct confusion *confusion, size_t label)
{
    if (confusion_truth_items(confusion, label) == 0 &&
        confusion_predicted_items(confusion, label) == 0)
        return estimate_undefined("neither in truth nor predicted");
    return estimate_of(
        2 * right_weight(confusion, label) /
        (truth_weight(confusion, label) + predicted_weight(confusion, label)));
}

/* False when a class that is asked for has lost all its items. */
static bool has_all(const struct confusion *confusion, const bool *among)
{
    for (size_t k = 0; among && k < confusion->classes; k++)
        if (among[k] && confusion_truth_items(confusion, k) == 0)
            return false;
    return true;
}

/* The mean over classes of what each of them scores. */
static struct estimate mean_of(
    struct estimate (*score)(const struct confusion *confusion, size_t label),
    const struct confusion *confusion, const bool *among)
{
    double sum = 0;
    size_t n = 0;

    if (!has_all(confusion, among))
        return estimate_undefined("a class has no items left");
    for (size_t k = 0; k < confusion->classes; k++) {
        struct estimate one = score(confusion, k);

        if ((among && !among[k]) || !one.defined)
            continue;
        sum += one.value;
        n++;
    }
    return estimate_ratio(sum, (double)n, "no items");
}

struct estimate classify_uar(const struct confusion *confusion,
                             const bool *among)
{
    return mean_of(classify_recall, confusion, among);
}

struct estimate classify_f1_macro(const struct confusion *confusion,
                                  const bool *among)
{
    return mean_of(classify_f1, confusion, among);
}

struct estimate classify_f1_weighted(const struct confusion *confusion,
                                     const bool *among)
{
    double sum = 0, all = 0;

    if (!has_all(confusion, among))
        return estimate_undefined("a class has no items left");
    for (size_t k = 0; k < confusion->classes; k++) {
        struct estimate f1 = classify_f1(confusion, k);
        double weight;

        if ((among && !among[k]) || confusion_truth_items(confusion, k) == 0)
            continue;
        weight = truth_weight(confusion, k);
        sum += weight * f1.value;
        all += weight;
    }
    return estimate_ratio(sum, all, "no items");
}

struct estimate classify_uar_of(const size_t *truth, const size_t *predicted,
                                size_t count, size_t classes)
{
    struct confusion confusion;
    struct estimate uar;

    confusion_init(&confusion, classes);
    for (size_t i = 0; i < count; i++)
        confusion_add(&confusion, truth[i], predicted[i], 1);
    uar = classify_uar(&confusion, NULL);
    confusion_release(&confusion);
    return uar;
}
