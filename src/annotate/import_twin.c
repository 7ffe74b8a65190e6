/* import_twin - see import_twin.h. */
#include <config.h>

#include "annotate/import_twin.h"

#include <inttypes.h>
#include <stdio.h>

enum { SPAN_SIZE = 2 * HASH_SIZE + 64 };

static void add(struct import_twins *twins, const char *span, const char *id)
{
    if (intern_find(&twins->spans, span) >= 0)
        return;
    intern_add(&twins->spans, span);
    text_list_add(&twins->id, id);
}

static void span_of(const struct project_item *item, char span[SPAN_SIZE])
{
    char hex[2 * HASH_SIZE + 1];

    hash_to_hex(item->sha256, HASH_SIZE, hex);
    snprintf(span, SPAN_SIZE, "%s %" PRId64 " %" PRId64, hex, item->start_us,
             item->end_us);
}

bool import_twins_init(struct import_twins *twins, struct project *project,
                       struct error *err)
{
    struct project_items items;
    char span[SPAN_SIZE];

    *twins = (struct import_twins){ 0 };
    if (!project_items(project, &items, err))
        return false;
    for (size_t i = 0; i < items.count; i++) {
        intern_add(&twins->ids, items.item[i].id);
        if (!items.item[i].file[0])
            continue; /* without a medium */
        span_of(&items.item[i], span);
        add(twins, span, items.item[i].id);
    }
    project_items_release(&items);
    return true;
}

const char *import_twins_find(const struct import_twins *twins,
                              const struct project_item *item)
{
    char span[SPAN_SIZE];
    long place;

    if (intern_find(&twins->ids, item->id) >= 0)
        return NULL;
    span_of(item, span);
    place = intern_find(&twins->spans, span);
    return place < 0 ? NULL : twins->id.item[place];
}

void import_twins_release(struct import_twins *twins)
{
    intern_release(&twins->ids);
    intern_release(&twins->spans);
    text_list_release(&twins->id);
}
