/*
 * support - speakers and items counted for what a metric is about.
 */
#include <config.h>

#include "eval/fair/support.h"

#include <inttypes.h>

#include "common/base/mem.h"

static const char *noun(const struct predictions *p, size_t count)
{
    if (p->has_speakers)
        return count == 1 ? "speaker" : "speakers";
    return count == 1 ? "row" : "rows";
}

static char *lack_of_all(const struct predictions *p, const struct tally *tally,
                         const struct support_minimum *minimum)
{
    if (tally->clusters < minimum->speakers)
        return xasprintf("%zu %s, fewer than %zu", tally->clusters,
                         noun(p, tally->clusters), minimum->speakers);
    if (tally->items < minimum->items)
        return xasprintf("%zu items, fewer than %zu", tally->items,
                         minimum->items);
    return NULL;
}

static char *lack_of_class(const struct predictions *p,
                           const struct tally *tally,
                           const struct tally_sums *whole, size_t label,
                           bool predicted,
                           const struct support_minimum *minimum)
{
    size_t carriers = tally_carriers(tally, label, predicted);
    int64_t items = predicted
                        ? confusion_predicted_items(&whole->confusion, label)
                        : confusion_truth_items(&whole->confusion, label);
    const char *what = predicted ? "predicted class" : "class";
    const char *name = p->labels.item[label];

    if (carriers < minimum->class_speakers)
        return xasprintf("%s \"%s\": %zu %s, fewer than %zu", what, name,
                         carriers, noun(p, carriers), minimum->class_speakers);
    if (items < (int64_t)minimum->per_class)
        return xasprintf("%s \"%s\": %" PRId64 " items, fewer than %zu", what,
                         name, items, minimum->per_class);
    return NULL;
}

char *support_lack(const struct predictions *predictions,
                   const struct tally *tally, const struct tally_sums *whole,
                   const struct metric *metric, size_t label, const bool *among,
                   const struct support_minimum *minimum)
{
    char *lack = lack_of_all(predictions, tally, minimum);

    if (lack || metric->about == METRIC_ABOUT_ITEMS)
        return lack;
    if (metric->about != METRIC_ABOUT_CLASSES)
        return lack_of_class(predictions, tally, whole, label,
                             metric->about == METRIC_ABOUT_PREDICTED, minimum);
    for (size_t k = 0; !lack && k < tally->classes; k++) {
        bool asked =
            among ? among[k] : confusion_truth_items(&whole->confusion, k) > 0;

        if (asked)
            lack = lack_of_class(predictions, tally, whole, k, false, minimum);
    }
    return lack;
}
