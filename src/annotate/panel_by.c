/* panel_by - agreement by speaker, and over the time of the work. */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/panel.h"
#include "common/base/intern.h"
#include "common/base/number.h"
#include "common/base/vec.h"

static void put(struct table *table, const struct coefficient *of)
{
    if (of->fits && of->value.defined)
        table_put_number(table, of->value.value);
    else
        table_put_missing(table, "undefined");
}

/* The speaker of each item, borrowed from the judgements. */
static const char **speakers_of(const struct panel *panel,
                                const struct ratings *ratings)
{
    const char **speaker = xcalloc(ratings->items.count + 1, sizeof(*speaker));
    size_t i = 0;

    /* Both are in the order of items. */
    for (size_t k = 0; k < panel->judgements.count; k++) {
        const struct judgement *it = &panel->judgements.item[k];

        while (i < ratings->items.count &&
               strcmp(ratings->items.item[i], it->item_id) < 0)
            i++;
        if (i < ratings->items.count &&
            strcmp(ratings->items.item[i], it->item_id) == 0)
            speaker[i] = it->speaker;
    }
    return speaker;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void put_speaker(struct table *table, const struct panel_question *of,
                        const char *name, const bool *keep)
{
    struct ratings *part = ratings_subset(of->single, keep, NULL);
    struct agreement_settings settings = of->settings;
    struct agreement got;

    settings.resamples = settings.permutations = 0;
    got = agreement_of(part, &settings);
    table_begin_row(table);
    table_put_text(table, *name ? name : "(nobody knows)");
    table_put_int(table, (int64_t)got.items);
    table_put_int(table, (int64_t)got.ratings);
    put(table, &got.of[COEFFICIENT_PERCENT]);
    put(table, &got.of[COEFFICIENT_ALPHA]);
    if (of->primary != COEFFICIENT_ALPHA && of->primary != COEFFICIENT_PERCENT)
        put(table, &got.of[of->primary]);
    ratings_free(part);
}

struct table *panel_by_speaker(const struct panel *panel,
                               const struct panel_question *of)
{
    size_t n = of->single->items.count;
    const char **speaker = speakers_of(panel, of->single);
    const char **sorted = xcalloc(n + 1, sizeof(*sorted));
    bool *keep = xcalloc(n + 1, sizeof(*keep));
    struct table *table = table_new();

    table_column(table, "speaker", "speaker", TABLE_TEXT, 0);
    table_column(table, "items", "items", TABLE_INT, 0);
    table_column(table, "ratings", "ratings", TABLE_INT, 0);
    table_column(table, "percent", "percent", TABLE_NUMBER, 3);
    table_column(table, "alpha", "alpha", TABLE_NUMBER, 3);
    if (of->primary != COEFFICIENT_ALPHA && of->primary != COEFFICIENT_PERCENT)
        table_column(table, coefficient_name(of->primary),
                     coefficient_name(of->primary), TABLE_NUMBER, 3);
    if (n > 0)
        memcpy(sorted, speaker, n * sizeof(*sorted));
    if (n > 0)
        qsort(sorted, n, sizeof(*sorted), by_text);
    for (size_t s = 0; s < n; s++) {
        if (s > 0 && strcmp(sorted[s], sorted[s - 1]) == 0)
            continue;
        for (size_t i = 0; i < n; i++)
            keep[i] = strcmp(speaker[i], sorted[s]) == 0;
        put_speaker(table, of, sorted[s], keep);
    }
    free(keep);
    free(sorted);
    free(speaker);
    return table;
}

static int by_time(const void *a, const void *b)
{
    const struct panel_timed *one = a;
    const struct panel_timed *two = b;

    if (one->rater != two->rater)
        return (one->rater > two->rater) - (one->rater < two->rater);
    if (one->wall_us != two->wall_us)
        return (one->wall_us > two->wall_us) - (one->wall_us < two->wall_us);
    return (one->item > two->item) - (one->item < two->item);
}

/* Where a quarter of so many ends. */
static size_t part_end(int quarter, size_t count)
{
    size_t end = (size_t)(quarter + 1) * count;

    return (end + PANEL_QUARTERS - 1) / PANEL_QUARTERS;
}

void panel_quarters(struct panel_timed_list *list, size_t items,
                    void (*row)(void *context, const struct panel_quarter *of),
                    void *context)
{
    bool *keep = xcalloc(items + 1, sizeof(*keep));

    if (list->count > 0)
        qsort(list->item, list->count, sizeof(*list->item), by_time);
    for (size_t from = 0, to = 0; from < list->count; from = to) {
        struct panel_quarter it = { .rater = list->item[from].rater,
                                    .item = &list->item[from],
                                    .keep = keep };

        while (to < list->count && list->item[to].rater == it.rater)
            to++;
        for (; it.quarter < PANEL_QUARTERS; it.quarter++) {
            const struct panel_timed *end = &list->item[from];

            end += part_end(it.quarter, to - from);
            it.count = (size_t)(end - it.item);
            memset(keep, 0, items * sizeof(*keep));
            for (size_t k = 0; k < it.count; k++)
                keep[it.item[k].item] = true;
            row(context, &it);
            it.item = end;
        }
    }
    free(keep);
}

const char **panel_speakers(const struct project_items *items,
                            const struct text_list *names)
{
    const char **speaker = xcalloc(names->count + 1, sizeof(char *));
    struct intern known = { 0 };

    for (size_t i = 0; i < items->count; i++)
        intern_add(&known, items->item[i].id);
    for (size_t n = 0; n < names->count; n++) {
        long at = intern_find(&known, names->item[n]);

        speaker[n] = at < 0 ? "" : items->item[at].speaker;
    }
    intern_release(&known);
    return speaker;
}

size_t panel_place(const struct text_list *names, const char *name)
{
    size_t at = 0;

    while (at < names->count && strcmp(names->item[at], name) != 0)
        at++;
    return at;
}

static void gather(const struct panel *panel, const struct panel_question *of,
                   struct panel_timed_list *list)
{
    const struct ratings *r = of->single;
    size_t item = 0;

    for (size_t k = 0; k < panel->judgements.count; k++) {
        const struct judgement *it = &panel->judgements.item[k];
        struct panel_timed one = { .wall_us = it->fold->last_wall_us };

        while (item < r->items.count &&
               strcmp(r->items.item[item], it->item_id) < 0)
            item++;
        if (item == r->items.count ||
            strcmp(r->items.item[item], it->item_id) != 0 || it->reserved ||
            !text_equal(it->question, of->question->id) ||
            !text_equal(it->role, "work"))
            continue;
        one.item = item;
        one.rater = panel_place(&r->raters,
                                project_rater_alias(&panel->names, it->rater));
        if (one.rater < r->raters.count)
            VEC_PUSH(list, one);
    }
}

struct quarter {
    size_t ratings; /* with somebody else's beside them */
    double agreement, distance;
    int64_t from_us;
};

static void add(struct quarter *to, const struct ratings *r,
                const struct panel_timed *one)
{
    size_t others = 0, same = 0;
    double mean = 0, own = 0;
    uint32_t code = 0;
    bool found = false;

    for (size_t k = r->start[one->item]; k < r->start[one->item + 1]; k++)
        if (r->rating[k].rater == one->rater) {
            code = r->rating[k].code;
            found = true;
        }
    for (size_t k = r->start[one->item]; found && k < r->start[one->item + 1];
         k++) {
        if (r->rating[k].rater == one->rater)
            continue;
        others++;
        same += r->rating[k].code == code;
        mean += r->value ? r->value[r->rating[k].code] : 0;
    }
    if (others == 0)
        return;
    own = r->value ? r->value[code] : 0;
    to->ratings++;
    to->agreement += (double)same / (double)others;
    to->distance += fabs(own - mean / (double)others);
    if (to->from_us == 0 || one->wall_us < to->from_us)
        to->from_us = one->wall_us;
}

static void put_quarter(struct table *table, const char *name, int part,
                        const struct quarter *of, bool numbers)
{
    table_begin_row(table);
    table_put_text(table, name);
    table_put_int(table, part + 1);
    table_put_int(table, (int64_t)of->ratings);
    if (of->ratings == 0) {
        table_put_missing(table, NULL);
        if (numbers)
            table_put_missing(table, NULL);
        return;
    }
    table_put_number(table, of->agreement / (double)of->ratings);
    if (numbers)
        table_put_number(table, of->distance / (double)of->ratings);
}

struct times {
    const struct ratings *ratings;
    struct table *table;
    bool numbers;
    struct quarter everyone[PANEL_QUARTERS];
};

static void tell_quarter(void *context, const struct panel_quarter *of)
{
    struct times *times = context;
    struct quarter own = { 0 };

    for (size_t k = 0; k < of->count; k++) {
        add(&own, times->ratings, &of->item[k]);
        add(&times->everyone[of->quarter], times->ratings, &of->item[k]);
    }
    put_quarter(times->table, times->ratings->raters.item[of->rater],
                of->quarter, &own, times->numbers);
}

struct table *panel_by_time(const struct panel *panel,
                            const struct panel_question *of)
{
    const struct ratings *r = of->single;
    struct times times = {
        .ratings = r,
        .table = table_new(),
        .numbers = r->value && of->settings.scale != ALPHA_NOMINAL,
    };
    struct panel_timed_list list = { 0 };

    table_column(times.table, "annotator", "annotator", TABLE_TEXT, 0);
    table_column(times.table, "quarter", "quarter", TABLE_INT, 0);
    table_column(times.table, "ratings", "ratings", TABLE_INT, 0);
    table_column(times.table, "agreement", "agree", TABLE_NUMBER, 3);
    if (times.numbers)
        table_column(times.table, "distance", "distance", TABLE_NUMBER, 3);
    gather(panel, of, &list);
    panel_quarters(&list, r->items.count, tell_quarter, &times);
    for (int part = 0; part < PANEL_QUARTERS; part++)
        put_quarter(times.table, "(all)", part, &times.everyone[part],
                    times.numbers);
    free(list.item);
    return times.table;
}
