/*
 * settle_marks - rules for the marks of one item.
 *
 * Marks of different annotators are the same one when any two of them match
 * (stat/stretch_match: intersection over union, or borders within a
 * tolerance).  Such a group carries the label that its members give it, and
 * begins and ends at the medians of those that do.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/vec.h"
#include "common/stat/stretch_match.h"
#include "common/study/settle_internal.h"
#include "common/study/verdict.h"

enum { MARK_TOLERANCE_MS = 250 }; /* of points, when the rule has none */

#define MARK_OVERLAP 0.5 /* when the rule has neither */

/* The marks of a tier, everyone's, as stretches and as they are. */
struct tier_marks {
    struct stretch_row *row;        /* owned; of each who answered */
    struct stretch *stretch;        /* owned */
    const struct segment **segment; /* owned; beside each */
    size_t *rater;                  /* owned; the same */
    size_t *group;                  /* owned; the same */
    size_t n, groups;
    struct text_list labels; /* by code; white space normalised */
};

/* What a pass over the tiers makes. */
struct settling {
    const struct question *question;
    const struct question_rule *rule;
    const struct settle_case *it;
    const struct voiced *heard;
    struct settlement *out;
    struct track track; /* owned; in the item's time */
    size_t kept, left, mended;
    double share; /* the least of the marks */
};

static struct stretch_rule match_rule(const struct question_rule *rule,
                                      const struct tier *tier)
{
    struct stretch_rule out = { rule->overlap, rule->tolerance };

    if (tier->kind == TIER_POINT) {
        out.overlap = 0;
        if (!(out.tolerance > 0))
            out.tolerance = MARK_TOLERANCE_MS / 1e3;
    } else if (!(out.overlap > 0) && !(out.tolerance > 0)) {
        out.overlap = MARK_OVERLAP;
    }
    return out;
}

static uint32_t code_of(struct tier_marks *marks, const char *label)
{
    struct buf words = { 0 };
    size_t code = 0;

    verdict_put_words(label, &words);
    while (code < marks->labels.count &&
           strcmp(marks->labels.item[code], buf_text(&words)) != 0)
        code++;
    if (code == marks->labels.count)
        text_list_add(&marks->labels, buf_text(&words));
    buf_release(&words);
    return (uint32_t)code;
}

static const struct track_tier *tier_of(const struct settle_voice *voice,
                                        const struct tier *tier)
{
    static const struct track nothing;

    return track_tier(
        voice->track && !voice->reserved ? voice->track : &nothing, tier->id);
}

static void gather(const struct settle_case *it, const struct voiced *heard,
                   const struct tier *tier, const struct stretch_rule *rule,
                   struct tier_marks *out)
{
    size_t all = 0;

    memset(out, 0, sizeof(*out));
    for (size_t h = 0; h < heard->n; h++)
        all += tier_of(&it->voice[heard->place[h]], tier)->count;
    out->row = xcalloc(heard->n + 1, sizeof(*out->row));
    out->stretch = xcalloc(all + 1, sizeof(*out->stretch));
    out->segment = xcalloc(all + 1, sizeof(const struct segment *));
    out->rater = xcalloc(all + 1, sizeof(*out->rater));
    out->group = xcalloc(all + 1, sizeof(*out->group));
    for (size_t h = 0; h < heard->n; h++) {
        const struct settle_voice *voice = &it->voice[heard->place[h]];
        const struct track_tier *marks = tier_of(voice, tier);
        struct stretch_row *row = &out->row[h];

        *row = (struct stretch_row){ .item = &out->stretch[out->n],
                                     .judged = true };
        for (size_t i = 0; i < marks->count; i++) {
            const struct segment *mark = marks->item[i];

            if (segment_runs(mark))
                continue;
            out->stretch[out->n] = (struct stretch){
                (double)(mark->from_us - voice->begins_us) / 1e6,
                (double)(mark->to_us - voice->begins_us) / 1e6,
                code_of(out, mark->label)
            };
            out->segment[out->n] = mark;
            out->rater[out->n++] = h;
            row->n++;
        }
    }
    out->groups =
        stretch_groups(out->row, heard->n, rule, tier->may_overlap, out->group);
}

static void release(struct tier_marks *marks)
{
    free(marks->row);
    free(marks->stretch);
    free(marks->segment);
    free(marks->rater);
    free(marks->group);
    text_list_release(&marks->labels);
}

/* One group: its members, and those that have the winning label. */
struct group {
    size_t *member; /* owned; places in the tier's marks */
    size_t n;
    uint32_t label;
    size_t agree;
};

static void look_at(const struct tier_marks *marks, size_t number,
                    struct group *out)
{
    memset(out, 0, sizeof(*out));
    out->member = xcalloc(marks->n + 1, sizeof(*out->member));
    for (size_t k = 0; k < marks->n; k++)
        if (marks->group[k] == number)
            out->member[out->n++] = k;
    for (size_t c = 0; c < marks->labels.count; c++) {
        size_t votes = 0;

        for (size_t m = 0; m < out->n; m++)
            votes += marks->stretch[out->member[m]].label == c;
        if (votes > out->agree) {
            out->agree = votes;
            out->label = (uint32_t)c;
        }
    }
}

static double border(const struct tier_marks *marks, const struct group *group,
                     bool end)
{
    double *value = xcalloc(group->n + 1, sizeof(*value)), median;
    size_t n = 0;

    for (size_t m = 0; m < group->n; m++) {
        const struct stretch *one = &marks->stretch[group->member[m]];

        if (one->label == group->label)
            value[n++] = end ? one->end : one->start;
    }
    median = settle_median(value, n);
    free(value);
    return median;
}

/*
 * What most of those say who give the label; of a scale their median, of two
 * the lower one; NULL: they differ.
 */
static const char *common_value(const struct tier_marks *marks,
                                const struct group *group,
                                const struct tier_attribute *attribute,
                                bool all_alike, char text[NUMBER_TEXT_SIZE])
{
    const char *best = "";
    double *number = xcalloc(group->n + 1, sizeof(*number));
    size_t votes = 0, numbers = 0;

    for (size_t m = 0; m < group->n; m++) {
        const char *value =
            segment_value(marks->segment[group->member[m]], attribute->id);
        size_t same = 0;

        if (marks->stretch[group->member[m]].label != group->label)
            continue;
        if (number_parse(value, &number[numbers]))
            numbers++;
        for (size_t k = 0; k < group->n; k++)
            same +=
                marks->stretch[group->member[k]].label == group->label &&
                strcmp(value, segment_value(marks->segment[group->member[k]],
                                            attribute->id)) == 0;
        if (same > votes) {
            votes = same;
            best = value;
        }
    }
    if (attribute->has_scale && !all_alike) {
        settle_median(number, numbers); /* sorts; the lower one was given */
        best =
            numbers > 0 ? number_format(number[(numbers - 1) / 2], text) : "";
    } else if (all_alike ? votes < group->agree : 2 * votes <= group->agree)
        best = NULL;
    free(number);
    return best;
}

static bool unsettled(const struct settling *at, const struct tier *tier,
                      double start, const char *what, size_t n)
{
    settle_say(at->out, false, "%s, %.2f s: %zu of %zu %s", tier->id, start, n,
               at->heard->n, what);
    return false;
}

static bool add_mark(struct settling *at, const struct tier *tier,
                     const struct tier_marks *marks, const struct group *group)
{
    bool all = at->rule->kind == RULE_UNANIMOUS;
    double start = border(marks, group, false);
    double end = border(marks, group, true);
    struct segment *mark = xcalloc(1, sizeof(*mark));
    struct track_deed deed = { .count = 1 };

    at->kept++;
    memcpy(mark->id, &at->kept, sizeof(at->kept)); /* unique here */
    mark->tier = xstrdup(tier->id);
    mark->label = xstrdup(marks->labels.item[group->label]);
    mark->note = xstrdup("");
    mark->from_us = llround(start * 1e6);
    mark->to_us = llround(end * 1e6);
    deed.change[0].after = mark;
    for (size_t i = 0; i < tier->attribute_count; i++) {
        char text[NUMBER_TEXT_SIZE];
        const char *value =
            common_value(marks, group, &tier->attribute[i], all, text);

        if (!value && (all || tier->attribute[i].required)) {
            track_deed_release(&deed);
            settle_say(at->out, false, "%s, %.2f s: they differ in \"%s\"",
                       tier->id, start, tier->attribute[i].id);
            return false;
        }
        if (value && *value)
            segment_values_set(&mark->values, tier->attribute[i].id, value);
    }
    track_apply(&at->track, &deed);
    track_deed_release(&deed);
    return true;
}

/* A mark of everybody; or of most, where half of them is no answer. */
static bool take_group(struct settling *at, const struct tier *tier,
                       const struct tier_marks *marks,
                       const struct group *group)
{
    double start = marks->stretch[group->member[0]].start;
    double share = (double)group->agree / (double)at->heard->n;

    if (at->rule->kind == RULE_UNANIMOUS) {
        if (group->n < at->heard->n)
            return unsettled(at, tier, start, "have a mark there", group->n);
        if (group->agree < group->n)
            return unsettled(at, tier, start, "give it the same label",
                             group->agree);
        return add_mark(at, tier, marks, group);
    }
    if (2 * group->n < at->heard->n) {
        at->left += group->n;
        return true;
    }
    if (2 * group->n == at->heard->n)
        return unsettled(at, tier, start, "have a mark there", group->n);
    if (2 * group->agree <= at->heard->n || share < at->rule->min_share)
        return unsettled(at, tier, start, "give it the same label",
                         group->agree);
    at->share = fmin(at->share, share);
    return add_mark(at, tier, marks, group);
}

static bool settle_tier(struct settling *at, const struct tier *tier)
{
    struct stretch_rule rule = match_rule(at->rule, tier);
    struct tier_marks marks;
    bool good = true;

    gather(at->it, at->heard, tier, &rule, &marks);
    for (size_t g = 0; good && g < marks.groups; g++) {
        struct group group;

        look_at(&marks, g, &group);
        good = take_group(at, tier, &marks, &group);
        free(group.member);
    }
    release(&marks);
    return good;
}

/* Where medians of neighbours overlap, the border is halfway. */
static void mend(struct settling *at, const struct tier *tier)
{
    const struct track_tier *marks = track_tier(&at->track, tier->id);

    for (size_t i = 1; !tier->may_overlap && i < marks->count; i++) {
        struct segment *before = marks->item[i - 1], *mark = marks->item[i];
        int64_t middle = mark->from_us + (before->to_us - mark->from_us) / 2;

        if (before->to_us <= mark->from_us || middle <= before->from_us ||
            middle >= mark->to_us)
            continue; /* apart; or a fault that is told */
        before->to_us = mark->from_us = middle;
        at->mended++;
    }
}

static void say_kept(const struct settling *at)
{
    struct buf text = { 0 };

    buf_addf(&text, "%zu mark%s that %s %zu have, borders at the median",
             at->kept, at->kept == 1 ? "" : "s",
             at->rule->kind == RULE_UNANIMOUS ? "all" : "most of",
             at->heard->n);
    if (at->left > 0)
        buf_addf(&text, "; %zu of few %s left out", at->left,
                 at->left == 1 ? "is" : "are");
    if (at->mended > 0)
        buf_addf(&text, "; %zu neighbour%s parted halfway", at->mended,
                 at->mended == 1 ? "" : "s");
    settle_say(at->out, true, "%s", buf_text(&text));
    buf_release(&text);
}

/* "@none" where that can be said, else an empty list. */
static void conclude(struct settling *at)
{
    struct buf value = { 0 };
    struct error err;

    for (size_t t = 0; t < at->question->tier_count; t++)
        mend(at, &at->question->tier[t]);
    if (!verdict_check_track(at->question, &at->track, &err)) {
        settle_say(at->out, false, "the marks would not keep to the rules: %s",
                   err.text);
        return;
    }
    at->out->share = at->share;
    if (at->kept == 0) {
        settle_value(at->out,
                     question_option(at->question, "@none") ? "@none" : "[]");
        settle_say(at->out, true, "%s %zu have no mark",
                   at->rule->kind == RULE_UNANIMOUS ? "all" : "most of",
                   at->heard->n);
        return;
    }
    verdict_put_track(at->question, &at->track, 0, &value);
    settle_value(at->out, buf_text(&value));
    buf_release(&value);
    say_kept(at);
}

void settle_marks(const struct question *question,
                  const struct question_rule *rule,
                  const struct settle_case *it, struct settlement *out)
{
    bool all = rule->kind == RULE_UNANIMOUS;
    struct voiced heard;
    struct settling at = { question, rule, it, &heard, out, .share = 1 };
    bool good;

    settle_hear(it, true, &heard);
    good = settle_enough(&heard, rule, all ? 2 : 1, all, out);
    for (size_t t = 0; good && t < question->tier_count; t++)
        good = settle_tier(&at, &question->tier[t]);
    if (good)
        conclude(&at);
    track_release(&at.track);
    free(heard.place);
}

/* Matched marks of the same label, twice, by the marks of both. */
static void add_pair(const struct question *question,
                     const struct settle_case *it, const size_t pair[2],
                     double *sum, double *n)
{
    static const struct question_rule plain = { .kind = RULE_UNANIMOUS };
    struct voiced two = { .place = (size_t *)pair, .n = 2 };
    double matched = 0, marked = 0;

    for (size_t t = 0; t < question->tier_count; t++) {
        struct stretch_rule rule = match_rule(&plain, &question->tier[t]);
        struct tier_marks marks;

        gather(it, &two, &question->tier[t], &rule, &marks);
        for (size_t g = 0; g < marks.groups; g++) {
            struct group group;

            look_at(&marks, g, &group);
            matched += group.agree == 2 ? 2 : 0;
            free(group.member);
        }
        marked += (double)marks.n;
        release(&marks);
    }
    *sum += marked > 0 ? matched / marked : 1;
    *n += 1;
}

struct estimate settle_marks_concord(const struct question *question,
                                     const struct settle_case *it)
{
    struct voiced heard;
    double sum = 0, n = 0;

    settle_hear(it, true, &heard);
    for (size_t a = 0; a < heard.n; a++)
        for (size_t b = a + 1; b < heard.n; b++) {
            size_t pair[2] = { heard.place[a], heard.place[b] };

            add_pair(question, it, pair, &sum, &n);
        }
    free(heard.place);
    return estimate_ratio(sum, n, "fewer than two answers");
}
