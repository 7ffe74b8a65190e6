/*
 * tally - rows sorted by cluster and by the sum they go into, then merged.
 */
#include <config.h>

#include "eval/score/tally.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

/*
 * What one cluster adds to one place: a cell of the confusion matrix, or a
 * recording (0 without recordings).
 */
struct tally_cell {
    size_t place;
    int64_t count;
    double weight;
    struct ccc_sums pairs;
};

struct place {
    size_t cluster, place, row;
};

static int by_cluster_and_place(const void *a, const void *b)
{
    const struct place *x = a;
    const struct place *y = b;

    if (x->cluster != y->cluster)
        return x->cluster < y->cluster ? -1 : 1;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* The rows that count, in order; the caller's. */
static struct place *places_of(const struct predictions *p, const size_t *row,
                               size_t count, size_t *used)
{
    struct place *places = xcalloc(count + 1, sizeof(*places));

    *used = 0;
    for (size_t i = 0; i < count; i++) {
        size_t r = row[i];
        size_t place = p->recording[r];

        if (!(p->weight[r] > 0))
            continue;
        if (p->task == PREDICTIONS_CLASSIFY)
            place = p->truth[r] * p->labels.count + p->predicted[r];
        places[(*used)++] = (struct place){ p->cluster[r], place, r };
    }
    qsort(places, *used, sizeof(*places), by_cluster_and_place);
    return places;
}

static size_t count_items(const struct predictions *p,
                          const struct place *places, size_t count)
{
    bool *seen = xcalloc(p->items + 1, sizeof(*seen));
    size_t items = 0;

    for (size_t i = 0; i < count; i++) {
        items += !seen[p->item[places[i].row]];
        seen[p->item[places[i].row]] = true;
    }
    free(seen);
    return items;
}

/* A number near the values keeps the sums of squares small. */
static double origin_of(const struct predictions *p, const struct place *places,
                        size_t count)
{
    double origin = 0;

    for (size_t i = 0; i < count; i++)
        origin += (p->true_value[places[i].row] - origin) / (double)(i + 1);
    return origin;
}

static void merge(struct tally *tally, const struct predictions *p,
                  const struct place *places, size_t count)
{
    bool regress = p->task == PREDICTIONS_REGRESS;
    double origin = regress ? origin_of(p, places, count) : 0;
    size_t cells = 0;

    for (size_t i = 0; i < count; i++) {
        size_t row = places[i].row;
        struct tally_cell *cell;

        if (i == 0 || places[i].cluster != places[i - 1].cluster) {
            tally->cluster[tally->clusters] = places[i].cluster;
            tally->first[tally->clusters++] = cells;
            cells++;
        } else if (places[i].place != places[i - 1].place) {
            cells++;
        }
        cell = &tally->cell[cells - 1];
        cell->place = places[i].place;
        cell->count++;
        cell->weight += p->weight[row];
        if (regress) {
            ccc_add(&cell->pairs, origin, p->true_value[row],
                    p->predicted_value[row], p->weight[row]);
            tally->recording_items[cell->place]++;
        }
    }
    tally->first[tally->clusters] = cells;
}

struct tally *tally_new(const struct predictions *predictions,
                        const size_t *row, size_t count)
{
    struct tally *tally = xcalloc(1, sizeof(*tally));
    size_t used;
    struct place *places = places_of(predictions, row, count, &used);

    tally->task = predictions->task;
    tally->classes = predictions->labels.count;
    tally->recordings =
        predictions->has_recordings ? predictions->recordings : 0;
    tally->rows = used;
    tally->items = count_items(predictions, places, used);
    tally->cluster = xcalloc(used + 1, sizeof(*tally->cluster));
    tally->first = xcalloc(used + 1, sizeof(*tally->first));
    tally->cell = xcalloc(used + 1, sizeof(*tally->cell));
    tally->recording_items =
        xcalloc(predictions->recordings + 1, sizeof(*tally->recording_items));
    merge(tally, predictions, places, used);
    free(places);
    return tally;
}

void tally_free(struct tally *tally)
{
    if (!tally)
        return;
    free(tally->cluster);
    free(tally->first);
    free(tally->cell);
    free(tally->recording_items);
    free(tally);
}

size_t tally_carriers(const struct tally *tally, size_t label, bool predicted)
{
    size_t carriers = 0;

    assert(tally->task == PREDICTIONS_CLASSIFY);
    for (size_t c = 0; c < tally->clusters; c++) {
        bool carries = false;

        for (size_t i = tally->first[c]; i < tally->first[c + 1]; i++) {
            size_t place = tally->cell[i].place;

            carries |= (predicted ? place % tally->classes
                                  : place / tally->classes) == label;
        }
        carriers += carries;
    }
    return carriers;
}

void tally_sums_init(struct tally_sums *sums, const struct tally *tally)
{
    *sums = (struct tally_sums){ .task = tally->task,
                                 .recordings = tally->recordings,
                                 .recording_items = tally->recording_items };
    confusion_init(&sums->confusion, tally->classes);
    sums->recording = xcalloc(tally->recordings + 1, sizeof(*sums->recording));
}

void tally_sums_release(struct tally_sums *sums)
{
    confusion_release(&sums->confusion);
    free(sums->recording);
    *sums = (struct tally_sums){ 0 };
}

void tally_sums_clear(struct tally_sums *sums)
{
    confusion_clear(&sums->confusion);
    sums->all = (struct ccc_sums){ 0 };
    memset(sums->recording, 0, sums->recordings * sizeof(*sums->recording));
}

void tally_sums_add(struct tally_sums *sums, const struct tally *tally,
                    size_t cluster, int times)
{
    for (size_t i = tally->first[cluster]; i < tally->first[cluster + 1]; i++) {
        const struct tally_cell *cell = &tally->cell[i];

        if (sums->task == PREDICTIONS_CLASSIFY) {
            sums->confusion.count[cell->place] += times * cell->count;
            sums->confusion.weight[cell->place] += times * cell->weight;
            continue;
        }
        ccc_join(&sums->all, &cell->pairs, times);
        if (sums->recordings > 0)
            ccc_join(&sums->recording[cell->place], &cell->pairs, times);
    }
}

void tally_sums_fill(struct tally_sums *sums, const struct tally *tally)
{
    tally_sums_clear(sums);
    for (size_t c = 0; c < tally->clusters; c++)
        tally_sums_add(sums, tally, c, 1);
}
