/*
 * track_rules - what marks must keep to.
 *
 * An interval that runs has no end yet: it begins where nothing is, only one
 * runs on a tier without overlaps, and it must end before what follows.
 * Whoever changes a parent must leave every child inside one.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "common/base/number.h"
#include "common/study/track.h"

/* One look at a track as it would be after a deed. */
struct outlook {
    const struct track *track;
    const struct question *question;
    const struct track_deed *deed;
};

/* The deed takes this mark away, or puts another in its place. */
static bool is_replaced(const struct outlook *outlook,
                        const struct segment *segment)
{
    for (size_t i = 0; i < outlook->deed->count; i++) {
        const struct segment *before = outlook->deed->change[i].before;

        if (before && memcmp(before->id, segment->id, EVENT_HASH_SIZE) == 0)
            return true;
    }
    return false;
}

static const char *name_of(const struct segment *segment)
{
    return segment->label[0] ? segment->label : "a mark without a label";
}

/* "anger (0:03.2 to 0:04.1)" */
static void describe(const struct segment *segment, char *out, size_t size)
{
    char from[NUMBER_TEXT_SIZE], to[NUMBER_TEXT_SIZE];

    number_format_seconds(segment->from_us, from);
    if (segment_runs(segment))
        snprintf(out, size, "%s (from %s s, still running)", name_of(segment),
                 from);
    else if (segment->to_us == segment->from_us)
        snprintf(out, size, "%s (at %s s)", name_of(segment), from);
    else
        snprintf(out, size, "%s (%s to %s s)", name_of(segment), from,
                 number_format_seconds(segment->to_us, to));
}

/*
 * Do two marks of one tier lie over each other?  One that runs may have been
 * begun before what is there: it must end before that.
 */
static bool conflict(const struct segment *a, const struct segment *b)
{
    if (segment_runs(a) && segment_runs(b))
        return true;
    if (segment_runs(a))
        return b->from_us <= a->from_us && a->from_us < b->to_us;
    if (segment_runs(b))
        return a->from_us <= b->from_us && b->from_us < a->to_us;
    if (a->from_us == b->from_us)
        return true;
    return a->from_us < b->from_us ? b->from_us < a->to_us
                                   : a->from_us < b->to_us;
}

static bool refuse_overlap(const struct segment *other, struct error *err)
{
    char text[200];

    describe(other, text, sizeof(text));
    return error_set(err, ERROR_INPUT, "It would lie over %s", text);
}

/* Wherever on the tier it was begun. */
static bool check_running(const struct outlook *outlook,
                          const struct segment *mark, struct error *err)
{
    const struct track_tier *tier = track_tier(outlook->track, mark->tier);

    for (size_t i = tier->count; segment_runs(mark) && i-- > 0;) {
        if (segment_runs(tier->item[i]) && !is_replaced(outlook, tier->item[i]))
            return refuse_overlap(tier->item[i], err);
    }
    return true;
}

/* Marks that keep to the rule are in order, so the neighbours tell. */
static bool check_overlap(const struct outlook *outlook,
                          const struct segment *mark, struct error *err)
{
    const struct track_tier *tier = track_tier(outlook->track, mark->tier);
    size_t at = track_tier_before(tier, mark->from_us);

    for (size_t i = at; i < tier->count; i++) {
        if (is_replaced(outlook, tier->item[i]))
            continue;
        if (conflict(mark, tier->item[i]))
            return refuse_overlap(tier->item[i], err);
        break;
    }
    for (size_t i = at; i-- > 0;) {
        if (is_replaced(outlook, tier->item[i]))
            continue;
        if (conflict(mark, tier->item[i]))
            return refuse_overlap(tier->item[i], err);
        break;
    }
    for (size_t i = 0; i < outlook->deed->count; i++) {
        const struct segment *other = outlook->deed->change[i].after;

        if (other && other != mark && strcmp(other->tier, mark->tier) == 0 &&
            conflict(mark, other))
            return refuse_overlap(other, err);
    }
    return true;
}

static bool lies_in(const struct segment *child, const struct segment *parent)
{
    if (child->from_us < parent->from_us)
        return false;
    if (segment_runs(parent))
        return true;
    if (segment_runs(child))
        return child->from_us < parent->to_us;
    return child->to_us <= parent->to_us;
}

static bool has_parent(const struct outlook *outlook, const char *parent_id,
                       const struct segment *child)
{
    const struct track_tier *tier = track_tier(outlook->track, parent_id);
    size_t end = track_tier_before(tier, child->from_us + 1);

    for (size_t i = 0; i < outlook->deed->count; i++) {
        const struct segment *parent = outlook->deed->change[i].after;

        if (parent && strcmp(parent->tier, parent_id) == 0 &&
            lies_in(child, parent))
            return true;
    }
    /* The nearest before it first: without overlaps it is that or none. */
    for (size_t i = end; i-- > 0;) {
        if (!is_replaced(outlook, tier->item[i]) &&
            lies_in(child, tier->item[i]))
            return true;
    }
    return false;
}

static bool check_parent(const struct outlook *outlook, const struct tier *tier,
                         const struct segment *mark, struct error *err)
{
    if (tier->parent[0] == '\0' || has_parent(outlook, tier->parent, mark))
        return true;
    return error_set(err, ERROR_INPUT, "It must lie inside a segment of \"%s\"",
                     tier->parent);
}

/* Children of `before` that would lie in no parent any more. */
static bool check_children(const struct outlook *outlook,
                           const struct segment *before, struct error *err)
{
    size_t orphans = 0;
    char text[200] = "";

    for (size_t t = 0; t < outlook->question->tier_count; t++) {
        const struct tier *tier = &outlook->question->tier[t];
        const struct track_tier *marks;

        if (strcmp(tier->parent, before->tier) != 0)
            continue;
        marks = track_tier(outlook->track, tier->id);
        for (size_t i = track_tier_before(marks, before->from_us);
             i < marks->count; i++) {
            const struct segment *child = marks->item[i];

            if (!segment_runs(before) && child->from_us > before->to_us)
                break;
            if (is_replaced(outlook, child) || !lies_in(child, before) ||
                has_parent(outlook, tier->parent, child))
                continue;
            if (orphans++ == 0)
                describe(child, text, sizeof(text));
        }
    }
    if (orphans == 0)
        return true;
    return error_set(err, ERROR_INPUT,
                     orphans == 1
                         ? "It holds %s: move or delete that first"
                         : "It holds %s and %zu more: move or delete those "
                           "first",
                     text, orphans - 1);
}

static bool check_times(const struct tier *tier,
                        const struct track_bounds *bounds,
                        const struct segment *mark, struct error *err)
{
    char text[NUMBER_TEXT_SIZE];
    int64_t last_us = segment_runs(mark) ? mark->from_us : mark->to_us;

    if (mark->from_us < bounds->from_us || last_us > bounds->to_us)
        return error_set(err, ERROR_INPUT,
                         "It would lie outside of what is heard");
    if (tier->kind == TIER_POINT)
        return mark->to_us == mark->from_us ||
               error_set(err, ERROR_INPUT, "\"%s\" has points, no intervals",
                         tier->id);
    if (segment_runs(mark))
        return true;
    if (mark->to_us <= mark->from_us)
        return error_set(err, ERROR_INPUT, "It would end before it has begun");
    if (mark->to_us - mark->from_us < tier->min_duration_us)
        return error_set(err, ERROR_INPUT,
                         "It would be shorter than %s s, the least that this "
                         "protocol allows",
                         number_format_seconds(tier->min_duration_us, text));
    return true;
}

static bool check_mark(const struct outlook *outlook,
                       const struct track_bounds *bounds,
                       const struct segment *mark, struct error *err)
{
    size_t at = question_tier(outlook->question, mark->tier);
    const struct tier *tier = &outlook->question->tier[at];

    if (at == outlook->question->tier_count)
        return error_set(err, ERROR_INPUT, "The protocol has no tier \"%s\"",
                         mark->tier);
    if (!check_times(tier, bounds, mark, err) ||
        !tier_accepts_label(tier, mark->label, err))
        return false;
    for (size_t i = 0; i < mark->values.count; i++) {
        if (!tier_accepts_value(tier, mark->values.item[i].attribute,
                                mark->values.item[i].value, err))
            return false;
    }
    if (!tier->may_overlap && (!check_running(outlook, mark, err) ||
                               !check_overlap(outlook, mark, err)))
        return false;
    return check_parent(outlook, tier, mark, err);
}

bool track_allows(const struct track *track, const struct question *question,
                  const struct track_bounds *bounds,
                  const struct track_deed *deed, struct error *err)
{
    struct outlook outlook = { track, question, deed };

    for (size_t i = 0; i < deed->count; i++) {
        const struct track_change *change = &deed->change[i];

        if (change->after && !check_mark(&outlook, bounds, change->after, err))
            return false;
        if (change->before && !check_children(&outlook, change->before, err))
            return false;
    }
    return true;
}
