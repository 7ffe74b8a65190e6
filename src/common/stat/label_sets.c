/*
 * label_sets - see label_sets.h.
 */
#include <config.h>

#include "common/stat/label_sets.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/mem.h"

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char *label_sets_canonical(const char *set, char separator)
{
    struct text_list labels = { 0 };
    struct buf out = { 0 };
    char *text;

    text_list_split(&labels, set, separator);
    if (labels.count > 1)
        qsort(labels.item, labels.count, sizeof(*labels.item), by_text);
    for (size_t i = 0; i < labels.count; i++) {
        if (*labels.item[i] == '\0' ||
            (i > 0 && text_equal(labels.item[i], labels.item[i - 1])))
            continue;
        if (out.length > 0)
            buf_add_char(&out, separator);
        buf_add_text(&out, labels.item[i]);
    }
    text = xstrdup(buf_text(&out));
    buf_release(&out);
    text_list_release(&labels);
    return text;
}

/* Labels in both of two sorted lists. */
static size_t in_both(const struct text_list *a, const struct text_list *b)
{
    size_t i = 0, j = 0, both = 0;

    while (i < a->count && j < b->count) {
        int order = strcmp(a->item[i], b->item[j]);

        both += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return both;
}

static double agree(const struct text_list *a, const struct text_list *b,
                    enum label_sets_metric metric)
{
    size_t both = in_both(a, b);
    double jaccard = (double)both / (double)(a->count + b->count - both);

    if (metric == LABEL_SETS_JACCARD || both == 0)
        return jaccard;
    if (both == a->count && both == b->count)
        return 1;
    if (both == a->count || both == b->count)
        return jaccard * 2 / 3;
    return jaccard / 3;
}

double *label_sets_weights(const struct text_list *categories, char separator,
                           enum label_sets_metric metric)
{
    size_t count = categories->count;
    double *weight = xcalloc(count * count + 1, sizeof(*weight));
    struct text_list *set = xcalloc(count + 1, sizeof(*set));

    for (size_t c = 0; c < count; c++)
        text_list_split(&set[c], categories->item[c], separator);
    for (size_t a = 0; a < count; a++) {
        weight[a * count + a] = 1;
        for (size_t b = 0; b < a; b++)
            weight[a * count + b] = weight[b * count + a] =
                agree(&set[a], &set[b], metric);
    }
    for (size_t c = 0; c < count; c++)
        text_list_release(&set[c]);
    free(set);
    return weight;
}
