/* stretch_group - which stretches of several raters are the same one? */
#include <config.h>

#include <stdlib.h>

#include "common/base/mem.h"
#include "common/base/vec.h"
#include "common/stat/stretch_match.h"

/* A stretch, its rater, and its place in what was given. */
struct member {
    const struct stretch *stretch;
    size_t rater, place;
    size_t next; /* of its group, a circle of places by time */
};

struct link {
    double likeness;
    size_t a, b; /* places by time */
};

struct links {
    struct link *item; /* owned */
    size_t count, capacity;
};

static int by_time(const void *a, const void *b)
{
    const struct member *one = a;
    const struct member *two = b;

    if (one->stretch->start != two->stretch->start)
        return one->stretch->start < two->stretch->start ? -1 : 1;
    if (one->stretch->end != two->stretch->end)
        return one->stretch->end < two->stretch->end ? -1 : 1;
    return (one->place > two->place) - (one->place < two->place);
}

/* The most alike first; else in the order of time. */
static int by_likeness(const void *a, const void *b)
{
    const struct link *one = a;
    const struct link *two = b;

    if (one->likeness != two->likeness)
        return one->likeness > two->likeness ? -1 : 1;
    if (one->a != two->a)
        return one->a < two->a ? -1 : 1;
    return (one->b > two->b) - (one->b < two->b);
}

static void find_links(const struct member *member, size_t n,
                       const struct stretch_rule *rule, bool labels_apart,
                       struct links *links)
{
    double margin = rule->overlap > 0 ? 0 : rule->tolerance;

    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            const struct stretch *a = member[i].stretch;
            const struct stretch *b = member[j].stretch;
            struct link link = { 0, i, j };

            if (b->start > a->end + margin + 1e-9)
                break;
            if (member[i].rater == member[j].rater ||
                (labels_apart && a->label != b->label))
                continue;
            link.likeness = stretch_likeness(a, b, rule);
            if (link.likeness >= 0)
                VEC_PUSH(links, link);
        }
}

/* May the groups of a and b be one? */
static bool fit_together(const struct member *member, size_t a, size_t b,
                         const struct stretch_rule *rule, bool labels_apart)
{
    size_t i = a, j = b;

    do {
        do {
            const struct stretch *one = member[i].stretch;
            const struct stretch *two = member[j].stretch;

            if (i == j || member[i].rater == member[j].rater ||
                (labels_apart && one->label != two->label) ||
                stretch_likeness(one, two, rule) < 0)
                return false;
            j = member[j].next;
        } while (j != b);
        i = member[i].next;
    } while (i != a);
    return true;
}

static size_t number_groups(const struct member *member, size_t n,
                            size_t *group)
{
    bool *seen = xcalloc(n + 1, sizeof(*seen));
    size_t groups = 0;

    for (size_t i = 0; i < n; i++) {
        if (seen[i])
            continue;
        for (size_t k = i; !seen[k]; k = member[k].next) {
            seen[k] = true;
            group[member[k].place] = groups;
        }
        groups++;
    }
    free(seen);
    return groups;
}

size_t stretch_groups(const struct stretch_row *row, size_t raters,
                      const struct stretch_rule *rule, bool labels_apart,
                      size_t *group)
{
    struct member *member;
    struct links links = { 0 };
    size_t n = 0, groups;

    for (size_t r = 0; r < raters; r++)
        n += row[r].n;
    member = xcalloc(n + 1, sizeof(*member));
    n = 0;
    for (size_t r = 0; r < raters; r++)
        for (size_t i = 0; i < row[r].n; i++, n++)
            member[n] = (struct member){ &row[r].item[i], r, n, 0 };
    if (n > 0)
        qsort(member, n, sizeof(*member), by_time);
    for (size_t i = 0; i < n; i++)
        member[i].next = i;
    find_links(member, n, rule, labels_apart, &links);
    if (links.count > 0)
        qsort(links.item, links.count, sizeof(*links.item), by_likeness);
    for (size_t k = 0; k < links.count; k++) {
        size_t a = links.item[k].a, b = links.item[k].b, swap;

        if (!fit_together(member, a, b, rule, labels_apart))
            continue;
        swap = member[a].next; /* two circles become one */
        member[a].next = member[b].next;
        member[b].next = swap;
    }
    groups = number_groups(member, n, group);
    free(member);
    free(links.item);
    return groups;
}
